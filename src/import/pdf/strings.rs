//! Text strings of a PDF: UTF-16, UTF-8 or PDFDocEncoding (ISO 32000-1, 7.9.2.2).

/// What stands at 0x80–0x9E and 0xA0 in PDFDocEncoding (ISO 32000-1, D.3); the rest is as in Latin-1.
const HIGH: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";
/// What stands at 0x18–0x1F.
const LOW: &str = "˘ˇˆ˙˝˛˚˜";

/// The characters of a text string.
pub(super) fn decode(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|c| unit([c[0], c[1]]));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&b| of_byte(b)).collect(),
    }
}

fn of_byte(byte: u8) -> char {
    let at = |table: &str, i: u8| table.chars().nth(usize::from(i)).unwrap_or('\u{FFFD}');
    match byte {
        0x18..=0x1F => at(LOW, byte - 0x18),
        0x80..=0x9E => at(HIGH, byte - 0x80),
        0xA0 => '€',
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_of_three_kinds() {
        assert_eq!(decode(b"\xFE\xFF\x52\xE2\x00-"), "勢-");
        assert_eq!(decode(b"\xFF\xFE\xE2\x52\x41"), "勢");
        assert_eq!(decode("\u{FEFF}Wände".as_bytes()), "Wände");
        assert_eq!(decode(b"W\xE4nde \x8Dof\x8E \x93\x94"), "Wände “of” ﬁﬂ");
        assert_eq!(decode(b"\x80 \x9E \x18 \x9F"), "• ž ˘ \u{9F}");
    }
}
