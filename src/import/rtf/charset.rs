//! Code pages and the character sets of fonts.

use encoding_rs::Encoding;

/// The encoding with this number among the code pages of Windows; none for those of DOS, which no library here has.
pub fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        874 => "windows-874",
        866 => "ibm866",
        932 => "shift_jis",
        936 => "gbk",
        949 | 1361 => "euc-kr",
        950 => "big5",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        10000 => "macintosh",
        10007 => "x-mac-cyrillic",
        20866 => "koi8-r",
        21866 => "koi8-u",
        28591..=28599 => {
            return Encoding::for_label(format!("iso-8859-{}", number - 28590).as_bytes());
        }
        51932 => "euc-jp",
        54936 => "gb18030",
        65001 => "utf-8",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set (`\fcharset`); none for the document's own.
pub fn of_font(charset: i32) -> Option<&'static Encoding> {
    code_page(match charset {
        77 => 10000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// Bytes that stood in the file as they are: in UTF-8 where they can be, which other programs than Word write; else in the
/// encoding that the file says.
pub fn decode(bytes: &[u8], encoding: &'static Encoding, raw: bool) -> String {
    if (raw || bytes.is_ascii())
        && let Ok(text) = str::from_utf8(bytes)
    {
        return text.to_owned();
    }
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_by_font_or_page() {
        let page = |n| code_page(n).unwrap();
        assert_eq!(decode(b"\xCF", page(1251), false), "П");
        assert_eq!(decode(b"\x83A", page(932), false), "ア");
        assert_eq!(decode("é".as_bytes(), page(1252), true), "é");
        assert_eq!(decode("é".as_bytes(), page(1252), false), "Ã©");
        assert_eq!(of_font(238), code_page(1250));
        assert_eq!(of_font(0), None);
        for number in [437, 0, -1, i32::MAX] {
            assert_eq!(code_page(number), None);
        }
    }
}
