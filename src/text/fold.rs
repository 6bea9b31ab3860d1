//! Text without what people spell now one way, now another.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// `text` in small letters without accents, with every run of anything but letters and digits as one space: for comparing
/// titles and for putting names in order. `Škoda: L’Œuvre` gives `skoda l oeuvre`. The same in every locale. Accents are those
/// of Latin, Greek and Cyrillic letters; the vowel signs of other scripts stay.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36F}');
    for c in text.nfkd().filter(|c| !is_accent(c)) {
        if !c.is_alphanumeric() && !is_combining_mark(c) {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        for c in c.to_lowercase() {
            match latin(c) {
                "" => out.push(c),
                plain => out.push_str(plain),
            }
        }
    }
    out.nfc().collect()
}

/// The Latin letters that no decomposition of Unicode makes plain, as plain letters; empty for all others.
pub(crate) fn latin(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_evened_out() {
        assert_eq!(fold("Škoda: L’Œuvre "), "skoda l oeuvre");
        assert_eq!(fold("  (Who?) "), "who");
        assert_eq!(fold("Straße, Łódź, İstanbul"), "strasse lodz istanbul");
        assert_eq!(fold("Ｔｒｅｎｄ 勢 Й"), "trend 勢 и");
        assert_eq!(fold("…"), "");
        assert_eq!(fold("한국 हिन्दी が"), "한국 हिन्दी が");
    }
}
