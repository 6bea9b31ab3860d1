//! Bytes made characters.
//!
//! A byte order mark decides; else what is valid UTF-8 is UTF-8; NULs at every other place say UTF-16; a text with many more
//! good than bad UTF-8 sequences is damaged UTF-8; everything else is a legacy encoding, which chardetng guesses from
//! letter frequencies (it was right for 16 of 18 sample files; short texts are the hard ones).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::counted;

/// How many places of unreadable bytes are listed one by one.
const PLACES: usize = 20;

/// How many bytes the guess of a legacy encoding looks at.
const SAMPLE: usize = 4 * 1024 * 1024;

/// A file's characters.
#[derive(Debug, PartialEq)]
pub struct Decoded {
    /// All of them, without a byte order mark; U+FFFD stands for each run of bytes that could not be read.
    pub text: String,
    /// The encoding, by its WHATWG name.
    pub encoding: &'static str,
    /// How many bytes could not be read, and where; and that the encoding is a guess.
    pub remarks: Vec<String>,
}

/// The name of the format when the first bytes say that this is no plain text.
pub fn known_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a Word, OpenDocument, EPUB or ZIP file"),
        (b"\xD0\xCF\x11\xE0", "an old Word or Office document"),
        (b"{\\rtf", "a Rich Text document"),
        (b"\x7FELF", "a program"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "a compressed file"),
        (b"7z\xBC\xAF", "a compressed file"),
        (b"Rar!\x1A", "a compressed file"),
        (b"SQLite format 3\0", "a database"),
    ];
    if bytes.starts_with(b"MZ") && bytes.contains(&0) {
        return Some("a program");
    }
    let start = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    MAGIC
        .iter()
        .find(|(magic, _)| start.starts_with(magic))
        .map(|&(_, kind)| kind)
}

/// Makes characters of bytes; `None` when they are no text.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let decoded = if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE\0\0") {
        utf_32(rest, "UTF-32LE", u32::from_le_bytes)
    } else if let Some(rest) = bytes.strip_prefix(b"\0\0\xFE\xFF") {
        utf_32(rest, "UTF-32BE", u32::from_be_bytes)
    } else if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        decode_as(encoding, bytes, mark)
    } else if has_stray_nuls(bytes) {
        // They are removed with other control characters, which says so.
        unmarked(bytes)
    } else if let Some(encoding) = utf_16_without_mark(bytes) {
        let mut decoded = decode_as(encoding, bytes, 0);
        decoded.remarks.push(format!(
            "Read as {} without a byte order mark.",
            encoding.name()
        ));
        decoded
    } else if bytes.contains(&0) {
        return None;
    } else {
        unmarked(bytes)
    };
    is_text(&decoded.text).then_some(decoded)
}

/// Makes characters of bytes in an encoding that the file itself names; `None` when they are no text.
pub fn decode_in(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let decoded = decode_as(encoding, bytes, 0);
    is_text(&decoded.text).then_some(decoded)
}

/// Whether a text in UTF-8 has a few NULs by mistake. UTF-16 of nothing but such letters has them at every other place.
fn has_stray_nuls(bytes: &[u8]) -> bool {
    let nuls = bytes.iter().filter(|&&b| b == 0).count();
    let few =
        nuls.saturating_mul(4) < bytes.len() && (nuls < 5 || nuls.saturating_mul(20) < bytes.len());
    nuls > 0 && few && str::from_utf8(bytes).is_ok()
}

/// Bytes without byte order mark and with no more NULs than strayed in.
fn unmarked(bytes: &[u8]) -> Decoded {
    // ISO-2022-JP is the one encoding looked for that is valid UTF-8 too: its escapes give it away.
    let escapes = bytes.contains(&0x1B);
    match str::from_utf8(bytes) {
        Ok(text) if !escapes => Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name(),
            remarks: Vec::new(),
        },
        Err(_) if is_damaged_utf_8(bytes) || is_cut_utf_8(bytes) => decode_as(UTF_8, bytes, 0),
        valid => {
            let encoding = guess(bytes);
            if valid.is_ok() && encoding != encoding_rs::ISO_2022_JP {
                return decode_as(UTF_8, bytes, 0);
            }
            let mut decoded = decode_as(encoding, bytes, 0);
            decoded.remarks.push(format!(
                "The encoding {} is a guess: check that letters with accents or of other scripts look right.",
                encoding.name()
            ));
            decoded
        }
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let first = bytes
        .iter()
        .position(|&b| b >= 0x80 || b == 0x1B)
        .unwrap_or_default();
    let from = first.saturating_sub(4096);
    let sample = bytes.get(from..).unwrap_or_default();
    let sample = sample.get(..SAMPLE).unwrap_or(sample);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether nearly all sequences beyond ASCII are good UTF-8: ten good ones for each bad one.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad * 10
}

/// Whether the bytes are UTF-8 but for a last character that was cut. A single byte at the end of an ASCII text may as well be a
/// legacy letter (`Café`), unless it is one that UTF-8 starts letters of the West or typographic marks with.
fn is_cut_utf_8(bytes: &[u8]) -> bool {
    let Err(error) = str::from_utf8(bytes) else {
        return false;
    };
    let (good, tail) = bytes.split_at(error.valid_up_to());
    let is_first = |byte: &u8| matches!(byte, 0xC2..=0xC5 | 0xE2);
    error.error_len().is_none() && (!good.is_ascii() || tail.len() > 1 || tail.iter().all(is_first))
}

/// UTF-16 by its NULs, which are half of each Latin letter, space or line end: the byte order that makes valid text, and more of
/// those characters. (Chinese has NULs too: 一 is U+4E00.)
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..64 * 1024).unwrap_or(bytes);
    if !sample.contains(&0) {
        return None;
    }
    let common = |encoding: &'static Encoding| {
        let whole = sample.len() / 2 * 2;
        let sample = sample.get(..whole - half_pair(sample, encoding))?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(sample)?;
        let is_common = |c: &char| c.is_ascii() || matches!(c, '\u{3000}'..='\u{3003}' | '，');
        let common = text.chars().filter(is_common).count();
        // A binary file decodes to bad pairs and controls sooner or later.
        (!text.contains(is_stray) && common * 200 >= sample.len() / 2).then_some(common)
    };
    let orders = [(common(UTF_16LE), UTF_16LE), (common(UTF_16BE), UTF_16BE)];
    let (common, encoding) = orders.into_iter().max_by_key(|(common, _)| *common)?;
    common.map(|_| encoding)
}

/// How many bytes at the sample's end are the first half of a surrogate pair.
fn half_pair(sample: &[u8], encoding: &'static Encoding) -> usize {
    let high = match sample.chunks_exact(2).next_back() {
        Some(pair) if encoding == UTF_16LE => pair[1],
        Some(pair) => pair[0],
        None => 0,
    };
    if (0xD8..0xDC).contains(&high) { 2 } else { 0 }
}

/// A control character that no text has a use for.
fn is_stray(c: char) -> bool {
    c.is_control() && !matches!(c, '\t'..='\r' | '\u{85}')
}

/// A few stray control characters are removed later; many say that this is no text.
fn is_text(text: &str) -> bool {
    let stray = text.chars().filter(|&c| is_stray(c)).count();
    stray < 5 || stray.saturating_mul(20) < text.len()
}

/// Decodes everything from byte `from`, with the places of what could not be read.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], from: usize) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut bad = Unreadable::default();
    let mut at = from;
    while let Some(rest) = bytes.get(at..) {
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len().min(1 << 20));
        text.reserve(room.unwrap_or(1 << 22));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let end = at.saturating_sub(usize::from(after));
                bad.add(&text, end.saturating_sub(usize::from(length)), end);
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    if encoding.is_single_byte() {
        text = without_c1(text, from, &mut bad);
    }
    Decoded {
        remarks: bad.remark().into_iter().collect(),
        text,
        encoding: encoding.name(),
    }
}

/// Legacy tables map the bytes they have no letter for to C1 controls: those could not be read either. In a single-byte
/// encoding the nth character comes from the nth byte.
fn without_c1(text: String, from: usize, bad: &mut Unreadable) -> String {
    let is_c1 = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    if !text.contains(is_c1) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.chars().enumerate() {
        if is_c1(c) {
            bad.add(&out, from + i, from + i + 1);
            out.push(char::REPLACEMENT_CHARACTER);
        } else {
            out.push(c);
        }
    }
    out
}

/// UTF-32 after its byte order mark; encoding_rs leaves it out, as browsers do.
fn utf_32(bytes: &[u8], name: &'static str, number: fn([u8; 4]) -> u32) -> Decoded {
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut bad = Unreadable::default();
    for (i, unit) in bytes.chunks(4).enumerate() {
        let c = <[u8; 4]>::try_from(unit)
            .ok()
            .and_then(|unit| char::from_u32(number(unit)));
        if c.is_none() {
            bad.add(&text, 4 + i * 4, 4 + i * 4 + unit.len());
        }
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded {
        text,
        encoding: name,
        remarks: bad.remark().into_iter().collect(),
    }
}

/// The bytes that could not be read.
#[derive(Default)]
struct Unreadable {
    bytes: usize,
    places: Vec<String>,
    more: usize,
    line: usize,
    counted_to: usize,
}

impl Unreadable {
    /// Takes note of bytes `start..end` of the file; `before` is the text read so far.
    fn add(&mut self, before: &str, start: usize, end: usize) {
        self.bytes += end - start;
        if self.places.len() == PLACES {
            self.more += 1;
            return;
        }
        let unseen = before.get(self.counted_to..).unwrap_or_default();
        self.line += unseen.matches('\n').count();
        self.counted_to = before.len();
        let line = self.line + 1;
        self.places.push(match end - start {
            1 => format!("line {line} (byte {})", start + 1),
            _ => format!("line {line} (bytes {} to {end})", start + 1),
        });
    }

    fn remark(self) -> Option<String> {
        if self.bytes == 0 {
            return None;
        }
        let more = match self.more {
            0 => String::new(),
            n => format!(" and {n} more places"),
        };
        Some(format!(
            "{} could not be read, shown as �: {}{more}.",
            counted(self.bytes, "byte", "bytes"),
            self.places.join(", ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &str, text: &str) -> Vec<String> {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
        decoded.remarks
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn marks_decide() {
        let text = "Ally 勢 Ø 😀\n";
        assert!(check(text.as_bytes(), "UTF-8", text).is_empty());
        check(format!("\u{FEFF}{text}").as_bytes(), "UTF-8", text);
        let marked = format!("\u{FEFF}{text}");
        check(&utf_16(&marked, u16::to_le_bytes), "UTF-16LE", text);
        check(&utf_16(&marked, u16::to_be_bytes), "UTF-16BE", text);
        let wide =
            |f: fn(u32) -> [u8; 4]| marked.chars().flat_map(|c| f(c as u32)).collect::<Vec<_>>();
        check(&wide(u32::to_le_bytes), "UTF-32LE", text);
        check(&wide(u32::to_be_bytes), "UTF-32BE", text);
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_nuls() {
        for text in [
            "An ally.\r\nØ",
            "国际格局在改变\n势",
            "A",
            "é 😀",
            "一个国家，一个朋友。\n",
        ] {
            let remarks = check(&utf_16(text, u16::to_le_bytes), "UTF-16LE", text);
            assert_eq!(remarks, ["Read as UTF-16LE without a byte order mark."]);
            check(&utf_16(text, u16::to_be_bytes), "UTF-16BE", text);
        }
    }

    #[test]
    fn half_a_character_at_the_end_is_reported() {
        let mut bytes = utf_16("\u{FEFF}Ally", u16::to_le_bytes);
        bytes.push(b'x');
        let remarks = check(&bytes, "UTF-16LE", "Ally\u{FFFD}");
        assert_eq!(
            remarks,
            ["1 byte could not be read, shown as �: line 1 (byte 11)."]
        );
    }

    #[test]
    fn utf_8_that_lacks_only_its_end_stays_utf_8() {
        for text in [
            "naïve café",
            "势在",
            "It’s a café",
            "plain caf\u{e9}",
            "quote ’",
        ] {
            let cut = &text.as_bytes()[..text.len() - 1];
            let decoded = decode(cut).unwrap();
            assert_eq!(decoded.encoding, "UTF-8", "{text}");
            assert!(decoded.text.ends_with('\u{FFFD}'), "{text}");
            assert!(decoded.remarks[0].contains("could not be read"), "{text}");
        }
        assert_eq!(decode(b"Un caf\xE9").unwrap().text, "Un café");
    }

    #[test]
    fn a_stray_nul_is_no_sign_of_utf_16() {
        check(
            b"A wa\0ll is a promise.\n",
            "UTF-8",
            "A wa\0ll is a promise.\n",
        );
        check("Ein W\0ächter.".as_bytes(), "UTF-8", "Ein W\0ächter.");
        let imported = crate::import::import_file("x.txt", b"A wa\0ll stands.\n").unwrap();
        assert_eq!(imported.text, "A wall stands.\n");
        assert!(
            imported
                .remarks
                .iter()
                .any(|r| r.contains("1 control character")),
            "{imported:?}"
        );
    }

    #[test]
    fn damaged_utf_8_stays_utf_8_and_says_where() {
        let mut bytes = "Пакт — это договор, он связывает.\nА партнёрство не связывает.\n"
            .as_bytes()
            .to_vec();
        bytes.extend(b"x\xFF\xFEy\n\xE5\x8B");
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(
            decoded.remarks,
            [
                "4 bytes could not be read, shown as �: line 3 (byte 114), line 3 (byte 115), line 4 (bytes 118 to 119)."
            ]
        );
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        let samples: &[(&str, &Encoding)] = &[
            (
                "Союз России и Китая обсуждают много лет, но договора нет.",
                encoding_rs::WINDOWS_1251,
            ),
            (
                "Союз России и Китая обсуждают много лет, но договора нет.",
                encoding_rs::KOI8_U,
            ),
            (
                "Der Bündnisfall träte für die Verbündeten natürlich später ein.",
                encoding_rs::WINDOWS_1252,
            ),
            (
                "国际格局正在发生深刻变化,中国主张多极化。",
                encoding_rs::GBK,
            ),
            (
                "國際格局正在發生深刻變化,中國主張多極化。",
                encoding_rs::BIG5,
            ),
            (
                "同盟は両国にとって負担になるかもしれない。",
                encoding_rs::SHIFT_JIS,
            ),
            (
                "同盟は両国にとって負担になるかもしれない。",
                encoding_rs::ISO_2022_JP,
            ),
        ];
        for (text, encoding) in samples {
            let (bytes, _, _) = encoding.encode(text);
            let remarks = check(&bytes, encoding.name(), text);
            assert!(remarks[0].contains("guess"), "{remarks:?}");
        }
    }

    #[test]
    fn bytes_a_legacy_table_lacks_are_reported() {
        let mut bytes = encoding_rs::WINDOWS_1252
            .encode("Der Bündnisfall träte für die Verbündeten später ein.\n")
            .0
            .into_owned();
        bytes.extend(b"a\x81b");
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.ends_with("a\u{FFFD}b"), "{decoded:?}");
        assert!(
            decoded.remarks[0].contains("line 2 (byte 56)"),
            "{decoded:?}"
        );
    }

    #[test]
    fn many_bad_places_are_counted_not_listed() {
        let mut bytes = "é".repeat(1000).into_bytes();
        bytes.extend([0xFF; 50]);
        let remark = decode(&bytes).unwrap().remarks.remove(0);
        assert!(remark.starts_with("50 bytes"), "{remark}");
        assert!(remark.ends_with("and 30 more places."), "{remark}");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"a\0b\0\0\0c\x01"), None);
        assert_eq!(decode(&[1, 2, 3, 4, 5, 6, 7]), None);
        assert_eq!(known_format(b"\xEF\xBB\xBF %PDF-1.7"), Some("a PDF"));
        assert_eq!(known_format(b"MZ is not always a program"), None);
    }
}
