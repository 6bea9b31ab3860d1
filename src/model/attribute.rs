//! Attributes of readings: what a team wants to compare them by, under names of its own.

use std::fmt;

use jiff::civil::Date;

/// The value of an attribute, of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// A number; never NaN or infinite.
    Number(f64),
    /// A day.
    Date(Date),
    /// Anything else; never empty.
    Text(String),
}

impl Eq for Value {}

impl Value {
    /// What a person typed, as the narrowest type that it fits: `yes` or `no`, a number (`2.5`, `-3`), a day (`2026-11-22`), else
    /// text. White space at the ends is left out; `None` for nothing. A value that is to be text although it looks like a
    /// number is written in double quotes.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let quoted = typed.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
        if let Some(text) = quoted {
            let text = text.trim();
            return (!text.is_empty()).then(|| Self::Text(text.to_owned()));
        }
        if typed.is_empty() {
            return None;
        }
        let digits =
            typed.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        let number = typed.parse::<f64>().ok();
        Some(if typed.eq_ignore_ascii_case("yes") {
            Self::YesNo(true)
        } else if typed.eq_ignore_ascii_case("no") {
            Self::YesNo(false)
        } else if let Some(number) = number.filter(|n| n.is_finite() && digits) {
            Self::Number(number)
        } else if let Ok(date) = typed.parse::<Date>() {
            Self::Date(date)
        } else {
            Self::Text(typed.to_owned())
        })
    }

    /// How it is written so that [`Self::parse`] gives it again.
    pub fn typed(&self) -> String {
        let plain = self.to_string();
        match self {
            Self::Text(_) if Self::parse(&plain).as_ref() != Some(self) => format!("\"{plain}\""),
            _ => plain,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YesNo(true) => f.write_str("yes"),
            Self::YesNo(false) => f.write_str("no"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_narrowest_type() {
        let text = |t: &str| Some(Value::Text(t.to_owned()));
        assert_eq!(Value::parse(" yes "), Some(Value::YesNo(true)));
        assert_eq!(Value::parse("-2.50"), Some(Value::Number(-2.5)));
        assert_eq!(
            Value::parse("2026-11-22"),
            Some(Value::Date(jiff::civil::date(2026, 11, 22)))
        );
        assert_eq!(Value::parse("China"), text("China"));
        assert_eq!(Value::parse("\"1987\""), text("1987"));
        assert_eq!(Value::parse("  "), None);
        assert_eq!(Value::parse("\" \""), None);
        for word in ["nan", "inf", "infinity", "1e999", "٣"] {
            assert_eq!(Value::parse(word), text(word), "{word}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for typed in [
            "yes",
            "\"yes\"",
            "12",
            "\"12\"",
            "0.1",
            "2020-01-31",
            "\"2020-01-31\"",
            "op-ed",
            "\"a\" b",
        ] {
            let value = Value::parse(typed).unwrap();
            assert_eq!(Value::parse(&value.typed()), Some(value.clone()), "{typed}");
        }
    }
}
