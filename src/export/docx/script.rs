//! Which way text runs and in which language Word is to take it, as far as its letters tell.

/// How letters are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Writing {
    /// From right to left.
    pub rtl: bool,
    /// With Chinese, Japanese or Korean letters and without Latin ones, so that quotation marks and dashes are as wide as those.
    pub wide: bool,
    /// The attribute of `w:lang` and its value, where it is not the document's.
    pub language: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    Han,
    Kana,
    Hangul,
}

impl Letter {
    /// By the blocks of Unicode; none for digits, signs and spaces.
    fn of(c: char) -> Option<Self> {
        Some(match u32::from(c) {
            0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => Self::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF => Self::Greek,
            0x400..=0x52F => Self::Cyrillic,
            0x590..=0x5FF | 0xFB1D..=0xFB4F => Self::Hebrew,
            0x600..=0x8FF | 0xFB50..=0xFDCF | 0xFDF0..=0xFDFF | 0xFE70..=0xFEFC => Self::Arabic,
            0x10800..=0x10FFF | 0x1E800..=0x1EFFF => Self::Arabic,
            0x3041..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Self::Kana,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7A3 => Self::Hangul,
            0x2E80..=0x2FDF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF => Self::Han,
            0x20000..=0x3FFFF => Self::Han,
            _ if c.is_alphabetic() => Self::Latin,
            _ => return None,
        })
    }

    fn is_rtl(self) -> bool {
        matches!(self, Self::Hebrew | Self::Arabic)
    }
}

/// Whether the first letter runs from right to left: so does its paragraph then (UAX 9, P2).
pub(super) fn is_rtl<'a>(texts: impl IntoIterator<Item = &'a str>) -> bool {
    let first = |text: &str| match text.is_ascii() {
        true => text
            .bytes()
            .any(|b| b.is_ascii_alphabetic())
            .then_some(false),
        false => text.chars().find_map(Letter::of).map(Letter::is_rtl),
    };
    texts.into_iter().find_map(first).unwrap_or(false)
}

/// The text in pieces that run one way each. What has no direction goes with what stands before it.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (&str, Writing)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at(one_way(rest));
        rest = after;
        Some((piece, writing(piece)))
    })
}

/// Up to which byte text runs one way.
fn one_way(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut way = None;
    for (at, c) in text.char_indices() {
        let Some(rtl) = Letter::of(c).map(Letter::is_rtl) else {
            continue;
        };
        if *way.get_or_insert(rtl) != rtl {
            return at;
        }
    }
    text.len()
}

fn writing(text: &str) -> Writing {
    if text.is_ascii() {
        return Writing::default();
    }
    let has = |letter: Letter| text.chars().any(|c| Letter::of(c) == Some(letter));
    let latin = has(Letter::Latin);
    let language = if has(Letter::Hebrew) {
        Some(("w:bidi", "he-IL"))
    } else if has(Letter::Kana) {
        Some(("w:eastAsia", "ja-JP"))
    } else if has(Letter::Hangul) {
        Some(("w:eastAsia", "ko-KR"))
    } else if has(Letter::Cyrillic) && !latin {
        Some(("w:val", "ru-RU"))
    } else if has(Letter::Greek) && !latin {
        Some(("w:val", "el-GR"))
    } else {
        None
    };
    Writing {
        rtl: is_rtl([text]),
        wide: !latin
            && [Letter::Han, Letter::Kana, Letter::Hangul]
                .into_iter()
                .any(has),
        language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(text: &str) -> Vec<(&str, bool)> {
        pieces(text).map(|(t, w)| (t, w.rtl)).collect()
    }

    #[test]
    fn text_falls_into_pieces_that_run_one_way() {
        assert_eq!(ways(""), []);
        assert_eq!(ways("plain (1987)"), [("plain (1987)", false)]);
        assert_eq!(
            ways("“the שלום, 12 world”"),
            [("“the ", false), ("שלום, 12 ", true), ("world”", false)]
        );
        assert_eq!(ways("… سلام"), [("… سلام", true)]);
    }

    #[test]
    fn letters_tell_the_language() {
        let of = |text| pieces(text).next().unwrap().1;
        assert_eq!(of("союз").language, Some(("w:val", "ru-RU")));
        assert_eq!(of("the союз").language, None);
        assert_eq!(of("かな").language, Some(("w:eastAsia", "ja-JP")));
        assert!(of("“格局”").wide && of("“格局”").language.is_none());
        assert!(!of("the “格局”").wide);
        assert_eq!(of("שלום").language, Some(("w:bidi", "he-IL")));
        assert!(is_rtl(["12 ", "سلام"]) && !is_rtl(["12", "a", "سلام"]));
    }
}
