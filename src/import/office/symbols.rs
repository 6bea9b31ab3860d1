//! Characters of symbol fonts, which mean pictures rather than letters: Symbol and the Wingdings.

/// Adobe's Symbol encoding from 0x20; a space where it has none.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
/// The same from 0xA0.
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// What Wingdings has at places that people use.
const WINGDINGS: &[(u32, char)] = &[
    (0x20, ' '),
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x4A, '☺'),
    (0x4C, '☹'),
    (0x51, '✈'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x78, '☒'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA0, '▪'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '☐'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE3, '↖'),
    (0xE4, '↗'),
    (0xE5, '↙'),
    (0xE6, '↘'),
    (0xE7, '←'),
    (0xE8, '→'),
    (0xE9, '↑'),
    (0xEA, '↓'),
    (0xEF, '⇦'),
    (0xF0, '⇨'),
    (0xF3, '⇔'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: &[(u32, char)] = &[
    (0x20, ' '),
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '●'),
    (0xA3, '☐'),
];

/// Stands for a picture of a symbol font that no character is known for.
const UNKNOWN: char = '□';

/// Whether a font is one whose characters are pictures.
pub fn is_symbol_font(font: &str) -> bool {
    let font = font.to_lowercase();
    font.starts_with("wingdings") || font.starts_with("webdings") || font == "symbol"
}

/// The character for `code` in a symbol font; codes may lie in the private area from U+F000 on, as Word writes them.
pub fn symbol(font: &str, code: u32) -> char {
    let code = if (0xF000..=0xF0FF).contains(&code) {
        code - 0xF000
    } else {
        code
    };
    let in_table = |table: &[(u32, char)]| {
        let found = table.iter().find(|(c, _)| *c == code);
        found.map_or(UNKNOWN, |(_, c)| *c)
    };
    match font.to_lowercase().as_str() {
        "wingdings" => match code {
            0x81..=0x8A => char::from_u32(0x2460 + code - 0x81).unwrap_or(UNKNOWN),
            0x8C..=0x95 => char::from_u32(0x2776 + code - 0x8C).unwrap_or(UNKNOWN),
            _ => in_table(WINGDINGS),
        },
        "wingdings 2" => in_table(WINGDINGS_2),
        "wingdings 3" | "webdings" => UNKNOWN,
        "symbol" => match code {
            0x20..=0x7E => SYMBOL_LOW.chars().nth(code as usize - 0x20),
            0xA0..=0xFE => SYMBOL_HIGH.chars().nth(code as usize - 0xA0),
            _ => None,
        }
        .unwrap_or(UNKNOWN),
        _ => char::from_u32(code).unwrap_or(UNKNOWN),
    }
}

/// A text with the private characters that Word puts for those of symbol fonts made readable; `font` may be unknown.
pub fn readable<'t>(text: &'t str, font: Option<&str>) -> std::borrow::Cow<'t, str> {
    let is_private = |c: char| ('\u{F020}'..='\u{F0FF}').contains(&c);
    let font = font.filter(|f| is_symbol_font(f));
    if !text.contains(is_private) {
        return text.into();
    }
    let font = font.unwrap_or("symbol");
    text.chars()
        .map(|c| {
            if is_private(c) {
                symbol(font, c.into())
            } else {
                c
            }
        })
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        assert_eq!(SYMBOL_LOW.chars().count(), 0x7F - 0x20);
        assert_eq!(SYMBOL_HIGH.chars().count(), 0xFF - 0xA0);
    }

    #[test]
    fn pictures_become_characters() {
        assert_eq!(symbol("Symbol", 0x61), 'α');
        assert_eq!(symbol("Symbol", 0xF0B7), '•');
        assert_eq!(symbol("Symbol", 0xE5), '∑');
        assert_eq!(symbol("Wingdings", 0xF0FC), '✓');
        assert_eq!(symbol("Wingdings", 0x83), '③');
        assert_eq!(symbol("Wingdings", 0x01), UNKNOWN);
        assert_eq!(symbol("Arial", 0x41), 'A');
        assert_eq!(readable("a\u{F0B7}", None), "a•");
        assert_eq!(readable("\u{F0E0}", Some("Wingdings")), "→");
    }
}
