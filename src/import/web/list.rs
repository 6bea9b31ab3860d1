//! Bullets and numbers of lists.

use dom_query::{Element, NodeRef};

use super::dom;
use crate::import::office::numerals::roman;

/// What stands before the items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// `None` for bullets.
    style: Option<char>,
    next: i64,
    step: i64,
    /// Whether its items stand close, without empty lines.
    pub tight: bool,
}

impl List {
    /// The list that an `ul`, `ol`, `menu` or `dir` is.
    pub fn new(node: &NodeRef, element: &Element) -> Self {
        let items = || node.children_it(false).filter(|c| c.has_name("li"));
        let tight = !items().any(|i| i.children_it(false).any(|c| c.has_name("p")));
        if dom::name(element) != "ol" {
            return Self {
                style: None,
                next: 1,
                step: 1,
                tight,
            };
        }
        let reversed = dom::attr(element, "reversed").is_some();
        let start = dom::attr(element, "start").and_then(|s| s.trim().parse().ok());
        let first = if reversed { items().count() as i64 } else { 1 };
        Self {
            style: Some(style(element).unwrap_or('1')),
            next: start.unwrap_or(first),
            step: if reversed { -1 } else { 1 },
            tight,
        }
    }

    /// What stands before the next item, with a space: `• `, `3. `, `iv. `.
    pub fn bullet(&mut self, item: &Element) -> String {
        if let Some(value) = dom::attr(item, "value").and_then(|v| v.trim().parse().ok()) {
            self.next = value;
        }
        let number = self.next;
        self.next = self.next.saturating_add(self.step);
        match self.style {
            None => "• ".to_owned(),
            Some(style) => format!("{}. ", numbered(number, style)),
        }
    }
}

fn style(list: &Element) -> Option<char> {
    let from_type = dom::attr(list, "type").and_then(|t| match t.trim() {
        "a" => Some('a'),
        "A" => Some('A'),
        "i" => Some('i'),
        "I" => Some('I'),
        _ => None,
    });
    from_type.or_else(|| {
        let style = dom::attr(list, "style")?;
        let (_, value) = super::hidden::declarations(style)
            .find(|(name, _)| matches!(*name, "list-style-type" | "list-style"))?;
        value.split_whitespace().find_map(|word| match word {
            "lower-alpha" | "lower-latin" => Some('a'),
            "upper-alpha" | "upper-latin" => Some('A'),
            "lower-roman" => Some('i'),
            "upper-roman" => Some('I'),
            _ => None,
        })
    })
}

fn numbered(number: i64, style: char) -> String {
    let said = match style {
        'a' | 'A' => letters(number),
        'i' | 'I' => {
            let capitals = u32::try_from(number).ok().and_then(roman);
            capitals.map(|r| r.to_lowercase())
        }
        _ => None,
    };
    match said {
        Some(said) if style.is_uppercase() => said.to_uppercase(),
        Some(said) => said,
        None => number.to_string(),
    }
}

/// 1 is `a`, 27 is `aa`; `None` below 1.
fn letters(number: i64) -> Option<String> {
    let mut left = u32::try_from(number).ok().filter(|&n| n > 0)?;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'a' + (left % 26) as u8));
        left /= 26;
    }
    Some(letters.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_the_list_wants() {
        assert_eq!(numbered(3, '1'), "3");
        assert_eq!(numbered(28, 'a'), "ab");
        assert_eq!(numbered(1994, 'I'), "MCMXCIV");
        assert_eq!(numbered(0, 'A'), "0");
        assert_eq!(numbered(-4, 'i'), "-4");
        assert_eq!(numbered(9_999_999_999, 'a'), "9999999999");
    }
}
