//! Names of people as pages give them.

use super::meta::folded;
use crate::import::guess;

/// What stands in a byline besides names goes: “By”, the date after it, the city.
pub fn byline(line: &str) -> String {
    const BY: &[&str] = &[
        "by",
        "von",
        "par",
        "por",
        "автор:",
        "text:",
        "written",
        "author:",
        "posted",
        "from",
    ];
    const AFTER: &[&str] = &[
        "on",
        "in",
        "for",
        "at",
        "edited",
        "updated",
        "published",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let line = line.trim().lines().next().unwrap_or_default();
    let mut names: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        let lower = word.to_lowercase();
        match names.is_empty() && BY.contains(&lower.as_str()) {
            true => continue,
            false
                if !names.is_empty()
                    && AFTER.contains(&lower.trim_end_matches([',', ':', '.'])) =>
            {
                break;
            }
            false if matches!(word, "|" | "•" | "·" | "—" | "–" | "-" | "/") => break,
            false if word.contains("://") => break,
            false => {}
        }
        let letters = word
            .split(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '·'))
            .next()
            .unwrap_or_default();
        names.push(letters);
        if letters.len() < word.len() {
            break;
        }
    }
    names
        .join(" ")
        .trim_matches([' ', ',', '-', '–', '('])
        .to_owned()
}

/// Names as `Surname, Given`; addresses and what is too long for a name are none.
pub fn people<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let is_name = |n: &str| {
        !n.contains("://")
            && !n.contains('@')
            && n.chars().any(char::is_alphabetic)
            && n.split_whitespace().count() <= 6
            && n.len() <= 120
    };
    let mut people: Vec<String> = Vec::new();
    for names in names {
        for name in guess::authors(&folded(&byline(names))) {
            if is_name(&name) && !people.contains(&name) {
                people.push(name);
            }
        }
    }
    people
}

/// `Given Surname` of `Surname, Given`.
pub fn turned(name: &str) -> String {
    match name.split_once(", ") {
        Some((surname, given)) => format!("{given} {surname}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_hold_more_than_names() {
        assert_eq!(
            people(["By Ann Lee and Bo Wu | 3 May 2014"]),
            ["Lee, Ann", "Wu, Bo"]
        );
        assert_eq!(people(["by ANN LEE in Berlin"]), ["LEE, ANN"]);
        assert!(people(["https://facebook.com/ann"]).is_empty());
    }
}
