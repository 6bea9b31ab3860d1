//! Names as BibTeX writes them, as `Surname, Given`.

use super::{latex::decode, text_of::literal};

/// The names of a list parted by `and`. `and others` stays as a name, so that a citation says it.
pub(super) fn names(value: &str) -> Vec<String> {
    let names = split(value, |rest| {
        let after = rest.strip_prefix(char::is_whitespace)?.trim_start();
        let (and, after) = after.split_at_checked(3)?;
        let is_and = and.eq_ignore_ascii_case("and") && after.starts_with(char::is_whitespace);
        is_and.then_some(rest.len() - after.len())
    });
    let names = names.into_iter().map(|n| name(n.trim()));
    names.filter(|n| !n.is_empty()).collect()
}

/// Cuts at depth 0 of braces wherever `cut` says how many bytes part two pieces.
fn split(value: &str, cut: impl Fn(&str) -> Option<usize>) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut from, mut skip_to) = (0usize, 0, 0);
    for (i, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && i >= skip_to => {
                if let Some(len) = value.get(i..).and_then(&cut) {
                    pieces.push(&value[from..i]);
                    from = i + len;
                    skip_to = from;
                }
            }
            _ => {}
        }
    }
    pieces.push(value.get(from..).unwrap_or_default());
    pieces
}

fn name(source: &str) -> String {
    if is_braced(source) {
        return literal(&decode(source));
    }
    let parts = split(source, |rest| rest.starts_with(',').then_some(1));
    if source.contains("family=") || source.contains("family =") {
        return named_parts(&parts);
    }
    let part = |i: usize| parts.get(i).map(|p| decode(p)).unwrap_or_default();
    match parts.len() {
        1 => first_last(source),
        2 => joined(&part(0), &part(1), ""),
        _ => joined(&part(0), &part(2), &part(1)),
    }
}

/// Whether one pair of braces holds all of it.
fn is_braced(source: &str) -> bool {
    let mut depth = 0usize;
    let last = source.len().saturating_sub(1);
    source.starts_with('{')
        && source.char_indices().all(|(i, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > 0 || i == last
        })
}

/// `given=Stephen M., family=Walt, prefix=von`, as BibLaTeX may have it.
fn named_parts(parts: &[&str]) -> String {
    let named = |wanted: &str| {
        let found = parts.iter().find_map(|part| {
            let (name, value) = part.split_once('=')?;
            (name.trim() == wanted).then(|| decode(value))
        });
        found.unwrap_or_default()
    };
    let (prefix, family) = (named("prefix"), named("family"));
    let family = format!("{prefix} {family}");
    joined(family.trim(), &named("given"), &named("suffix"))
}

/// `Charles de Gaulle`: the surname is the last word with the small words before it.
fn first_last(source: &str) -> String {
    let words = split(source, |rest| {
        let after = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '~');
        (after.len() < rest.len()).then_some(rest.len() - after.len())
    });
    let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
    let is_small = |word: &&str| {
        let caseless = word.starts_with('{') && !word.starts_with("{\\");
        let first = decode(word).chars().find(|c| c.is_alphabetic());
        !caseless && first.is_some_and(char::is_lowercase)
    };
    let Some((last, before)) = words.split_last() else {
        return String::new();
    };
    if before.is_empty() {
        return literal(&decode(last));
    }
    let small = before.iter().position(is_small).unwrap_or(before.len());
    let (given, particles) = before.split_at(small);
    let family = particles.iter().chain([last]).copied().collect::<Vec<_>>();
    joined(&decode(&family.join(" ")), &decode(&given.join(" ")), "")
}

fn joined(family: &str, given: &str, suffix: &str) -> String {
    let parts: Vec<&str> = [family, given, suffix]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_every_form() {
        for (source, expected) in [
            ("Stephen M. Walt", "Walt, Stephen M."),
            ("Walt, Stephen M.", "Walt, Stephen M."),
            ("Charles de Gaulle", "de Gaulle, Charles"),
            ("de Gaulle, Charles", "de Gaulle, Charles"),
            ("Ludwig van der Rohe", "van der Rohe, Ludwig"),
            ("King, Jr., Martin Luther", "King, Martin Luther, Jr."),
            ("{RAND Corporation, Inc.}", "RAND Corporation Inc."),
            ("{World Bank}", "World Bank"),
            ("{\\'E}tienne Balibar", "Balibar, Étienne"),
            ("Kurt G{\\\"o}del", "Gödel, Kurt"),
            ("Jean {de La} Fontaine", "Fontaine, Jean de La"),
            ("阎学通", "阎学通"),
            ("阎, 学通", "阎, 学通"),
            (
                "given=Hannah, prefix=von, family=Arendt",
                "von Arendt, Hannah",
            ),
            ("Plato", "Plato"),
            ("D.~E. Knuth", "Knuth, D. E."),
        ] {
            assert_eq!(names(source), [expected], "{source}");
        }
    }

    #[test]
    fn lists_are_parted_by_and() {
        assert_eq!(
            names("Lo, Bobo and  F. Hill\nAND {Food and Agriculture Organization} and others"),
            [
                "Lo, Bobo",
                "Hill, F.",
                "Food and Agriculture Organization",
                "others"
            ]
        );
        assert_eq!(names("Anders Anderson"), ["Anderson, Anders"]);
        assert_eq!(names(" and "), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn any_list_is_read(source in "[ {},a-zA勢~\\\\=]{0,30}( and [{},a-z ]{0,9}){0,3}") {
            for name in names(&source) {
                prop_assert_eq!(name.trim(), name.as_str());
            }
        }
    }
}
