//! Characters as they are compared: whatever typesetting does to a text between two exports of it is undone.

use unicode_normalization::char::decompose_compatible;

/// Hands over what `c` is compared as: decomposed by compatibility (NFKD: ligatures, composed accents, full width), straight
/// quotes, one kind of dash, and nothing for characters that only steer line breaks.
pub(super) fn fold_char(c: char, mut put: impl FnMut(char)) {
    if c.is_ascii() {
        return put(if c == '`' { '\'' } else { c });
    }
    match c {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => {}
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => put('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '′' | '´' => put('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => put('-'),
        _ => decompose_compatible(c, put),
    }
}

/// Whether words are not parted by spaces in the script of `c`, so that each character is a token of its own: Han, kana, and
/// the scripts of Thailand, Laos, Burma and Cambodia.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{2FDF}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether `c` is a hyphen within words, or one that stands where a line was broken.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether two passages hold the same words: equal when folded, but for white space and for hyphens within words. Case counts.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a == b || without_space(a) == without_space(b)
}

fn without_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joins = |next: &char| next.is_alphabetic() || *next == '\n';
        if is_hyphen(c) && before.is_alphabetic() && chars.peek().is_some_and(joins) {
            continue;
        }
        fold_char(c, |f| {
            if !(f.is_whitespace() || f == '-' && out.ends_with('-')) {
                out.push(f);
            }
        });
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typesetting_makes_no_other_words() {
        for (a, b) in [
            ("“It’s e\u{301}t\u{e9}…”", "\"It's \u{e9}te\u{301}...\""),
            ("the ﬁnal exam-\nple", "the final  example"),
            ("war—peace", "war -- peace"),
            ("co\u{AD}operate", "cooperate"),
            ("ＡＢＣ", "ABC"),
        ] {
            assert!(same_words(a, b), "{a} / {b}");
        }
        assert!(!same_words("pages 1-2", "pages 12"));
        assert!(!same_words("resume", "résumé"));
        assert!(!same_words("He said", "he said"));
    }
}
