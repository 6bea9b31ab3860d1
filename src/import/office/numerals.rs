//! How lists and pages count: `1`, `iv`, `B`, `三`.

/// A way to write numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numeral {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// 01, 02, 03
    Zero,
    /// I, II, III
    UpperRoman,
    /// i, ii, iii
    LowerRoman,
    /// A, B, … Z, AA, BB
    UpperLetter,
    /// a, b, … z, aa, bb
    LowerLetter,
    /// 1st, 2nd, 3rd
    Ordinal,
    /// 一, 二, 三
    Chinese,
    /// А, Б, В
    UpperRussian,
    /// а, б, в
    LowerRussian,
    /// ①, ②, ③
    Circled,
    /// *, †, ‡, §
    Marks,
    /// A bullet rather than a number.
    Bullet,
    /// Nothing.
    None,
}

impl Numeral {
    /// By the name that OOXML has for it (ISO/IEC 29500-1, 17.18.59); decimal for those that are not known.
    pub fn of_word(name: &str) -> Self {
        match name {
            "decimalZero" => Self::Zero,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "ideographDigital"
            | "japaneseDigitalTenThousand"
            | "koreanDigital2" => Self::Chinese,
            "russianUpper" => Self::UpperRussian,
            "russianLower" => Self::LowerRussian,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "chicago" => Self::Marks,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// By the `num-format` of OpenDocument (1.3, part 3, 19.500).
    pub fn of_open_document(name: &str) -> Self {
        match name {
            "I" => Self::UpperRoman,
            "i" => Self::LowerRoman,
            "A" => Self::UpperLetter,
            "a" => Self::LowerLetter,
            "" => Self::None,
            n if n.starts_with('А') => Self::UpperRussian,
            n if n.starts_with('а') => Self::LowerRussian,
            n if n.starts_with('一') || n.starts_with('壱') => Self::Chinese,
            n if n.starts_with('①') => Self::Circled,
            "1st" => Self::Ordinal,
            _ => Self::Decimal,
        }
    }

    /// The number `n` in this way; in digits where the way does not reach so far.
    pub fn write(self, n: u32) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::Zero => Some(format!("{n:02}")),
            Self::UpperRoman => roman(n),
            Self::LowerRoman => roman(n).map(|r| r.to_lowercase()),
            Self::UpperLetter => letters(n, ('A'..='Z').collect()),
            Self::LowerLetter => letters(n, ('a'..='z').collect()),
            Self::UpperRussian => letters(n, russian().flat_map(char::to_uppercase).collect()),
            Self::LowerRussian => letters(n, russian().collect()),
            Self::Ordinal => Some(ordinal(n)),
            Self::Chinese => chinese(n),
            Self::Circled => char::from_u32(0x245F_u32.saturating_add(n))
                .filter(|_| (1..=20).contains(&n))
                .map(String::from),
            Self::Marks => letters(n, vec!['*', '†', '‡', '§']),
            Self::Bullet => Some("•".to_owned()),
            Self::None => Some(String::new()),
        };
        written.unwrap_or_else(|| n.to_string())
    }
}

fn russian() -> impl Iterator<Item = char> {
    ('а'..='я').filter(|c| !matches!(c, 'й' | 'ъ' | 'ы' | 'ь'))
}

/// 4 is `IV`; `None` beyond 3999 and for 0.
pub fn roman(mut n: u32) -> Option<String> {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return None;
    }
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while n >= value {
            n -= value;
            out.push_str(digit);
        }
    }
    Some(out)
}

/// `c`, then from the alphabet's end on each letter twice, thrice.
fn letters(n: u32, alphabet: Vec<char>) -> Option<String> {
    let n = (n as usize).checked_sub(1)?;
    let times = n / alphabet.len() + 1;
    let letter = alphabet.get(n % alphabet.len())?;
    (times <= 5).then(|| std::iter::repeat_n(letter, times).collect())
}

fn ordinal(n: u32) -> String {
    let end = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

fn chinese(n: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS.get(n as usize).copied().unwrap_or_default();
    match n {
        0..=9 => Some(digit(n).to_owned()),
        10..=99 => {
            let tens = if n < 20 { "" } else { digit(n / 10) };
            let ones = if n.is_multiple_of(10) {
                ""
            } else {
                digit(n % 10)
            };
            Some(format!("{tens}十{ones}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written() {
        let cases = [
            (Numeral::Decimal, 12, "12"),
            (Numeral::Zero, 3, "03"),
            (Numeral::UpperRoman, 1994, "MCMXCIV"),
            (Numeral::LowerRoman, 4, "iv"),
            (Numeral::LowerRoman, 5000, "5000"),
            (Numeral::UpperLetter, 27, "AA"),
            (Numeral::LowerLetter, 28, "bb"),
            (Numeral::LowerLetter, 0, "0"),
            (Numeral::LowerLetter, 30_000, "30000"),
            (Numeral::Ordinal, 112, "112th"),
            (Numeral::Ordinal, 22, "22nd"),
            (Numeral::Chinese, 23, "二十三"),
            (Numeral::Chinese, 10, "十"),
            (Numeral::UpperRussian, 3, "В"),
            (Numeral::Circled, 20, "⑳"),
            (Numeral::Circled, 21, "21"),
            (Numeral::Marks, 2, "†"),
            (Numeral::None, 2, ""),
        ];
        for (numeral, n, expected) in cases {
            assert_eq!(numeral.write(n), expected, "{numeral:?} {n}");
        }
        for numeral in [Numeral::Circled, Numeral::Marks, Numeral::UpperRussian] {
            assert!(!numeral.write(u32::MAX).is_empty());
        }
    }
}
