//! Guesses at title, authors and year: from the file's name and the first lines of a text.

use crate::model::ReadingMeta;

/// How much of a text's beginning and end is searched for an author's given name, in bytes.
const NEARBY: usize = 2500;

/// How many of the first paragraphs can hold the title or the author.
const FIRST: usize = 6;

/// What a file's name tells. The title is never empty. `lee-2012-doors-and-walls.txt` has the shape author, year, words.
pub fn from_file_name(name: &str) -> ReadingMeta {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let tokens: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|t| !t.is_empty())
        .collect();
    let mut meta = ReadingMeta::default();
    let mut words = tokens.as_slice();
    if let [author, year, title @ ..] = tokens.as_slice()
        && !title.is_empty()
        && author.chars().all(char::is_alphabetic)
        && let Some(year) = exact_year(year)
    {
        meta.authors = vec![capitalised(author)];
        meta.year = Some(year);
        words = title;
    }
    meta.title = match words {
        [] => "Untitled".to_owned(),
        _ => capitalised(&words.join(" ")),
    };
    meta
}

/// The place among `paragraphs` (trimmed) of the title, if one of the first looks like it. A section's name of one or two words
/// (“Opinion”) gives way to a longer line after it that shares a word with the file's name; “Summary” and the like are no title.
pub fn title_index(paragraphs: &[&str], file_title: &str) -> Option<usize> {
    let first = paragraphs.first()?;
    // A text that is but one line has no title.
    if paragraphs.len() < 2 || !looks_like_title(first) {
        return None;
    }
    let is_short = |p: &str| p.split_whitespace().count() <= 2;
    if !is_short(first) {
        return Some(0);
    }
    let shared = |p: &str| {
        let p = p.to_lowercase();
        let known = |w: &&str| w.len() > 3 && p.contains(&w.to_lowercase());
        file_title.split_whitespace().filter(known).count()
    };
    let better = paragraphs
        .iter()
        .take(FIRST)
        .position(|p| looks_like_title(p) && !is_short(p) && shared(p) > shared(first));
    better.or((!is_known_section(first)).then_some(0))
}

/// Whether a line is the name of a part that many texts have.
pub fn is_known_section(text: &str) -> bool {
    const KNOWN: &[&str] = &[
        "abstract",
        "acknowledgements",
        "acknowledgments",
        "appendix",
        "bibliography",
        "conclusion",
        "conclusions",
        "contents",
        "foreword",
        "introduction",
        "notes",
        "preface",
        "references",
        "summary",
        "table of contents",
        "works cited",
    ];
    KNOWN.contains(&text.to_lowercase().as_str())
}

/// Whether a paragraph is short, starts like a title, and ends like none of running text.
fn looks_like_title(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().count();
    let starts_well = paragraph
        .trim_start_matches(['“', '"', '‘', '\'', '«', '¿', '¡', '(', '*', '_', '#', ' '])
        .starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    paragraph.chars().count() <= 140
        && words <= 22
        && starts_well
        && paragraph.chars().any(char::is_alphabetic)
        && !paragraph.ends_with(['.', ',', ';', ':', '。', '，', '、', '-', '–', '—'])
        && !super::wrapped::is_item(paragraph)
        && !paragraph.contains("://")
}

/// An author named in a line of their own (`By Ann Lee`) among the first paragraphs.
pub fn by_line(paragraphs: &[&str]) -> Vec<String> {
    paragraphs
        .iter()
        .take(FIRST)
        .find_map(|p| p.strip_prefix("By ").or_else(|| p.strip_prefix("by ")))
        .filter(|names| names.split_whitespace().count() <= 12)
        .map(authors)
        .filter(|all| all.iter().all(|a| is_name(a)))
        .unwrap_or_default()
}

/// Whether every word of a name is a capitalised word or a particle.
fn is_name(name: &str) -> bool {
    let words = name.split_whitespace();
    name.contains(',')
        && words.clone().count() <= 5
        && words.clone().all(|w| {
            w.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
                || matches!(
                    w,
                    "de" | "van" | "von" | "der" | "di" | "da" | "la" | "le" | "al" | "bin"
                )
        })
}

/// A surname's author with the given name that stands before it near the text's beginning or end: `Lee` gives `Lee, Ann`
/// where the text says “Ann Lee”.
pub fn full_name(surname: &str, text: &str) -> Option<String> {
    let head = text
        .char_indices()
        .nth(NEARBY)
        .map_or(text, |(i, _)| text.get(..i).unwrap_or(text));
    let tail = text
        .char_indices()
        .rev()
        .nth(NEARBY)
        .map_or("", |(i, _)| text.get(i..).unwrap_or_default());
    [head, tail].into_iter().find_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.iter().enumerate().find_map(|(i, word)| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let ends_early = word.starts_with(|c: char| !c.is_alphanumeric());
            if bare.to_lowercase() != surname.to_lowercase() || ends_early {
                return None;
            }
            let given = given_names(words.get(..i).unwrap_or_default());
            let is_capitalised = bare.starts_with(char::is_uppercase);
            (is_capitalised && !given.is_empty()).then(|| format!("{bare}, {given}"))
        })
    })
}

/// The given name that ends `words`: one capitalised word, with initials after it (`Ann B.`).
fn given_names(words: &[&str]) -> String {
    const NOT_NAMES: &[&str] = &[
        "The",
        "A",
        "An",
        "Of",
        "By",
        "In",
        "On",
        "For",
        "And",
        "But",
        "See",
        "As",
        "Professor",
        "President",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr.",
        "Prof.",
        "Sir",
        "When",
        "While",
        "Author",
    ];
    let is_initial = |w: &str| {
        let mut chars = w.chars();
        matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase())
    };
    let is_given = |w: &str| {
        w.starts_with(char::is_uppercase)
            && w.chars()
                .skip(1)
                .all(|c| c.is_lowercase() || c == '-' || c == '’')
            && w.chars().count() > 1
            && !NOT_NAMES.contains(&w)
    };
    let initials = words
        .iter()
        .rev()
        .take_while(|w| is_initial(w))
        .count()
        .min(2);
    let at = words.len() - initials;
    let first = at
        .checked_sub(1)
        .and_then(|i| words.get(i))
        .filter(|w| is_given(w));
    let parts: Vec<&str> = first
        .into_iter()
        .chain(words.get(at..).unwrap_or_default())
        .copied()
        .collect();
    parts.join(" ")
}

/// Several authors as people write them (`Ann Lee and Bo Wu`, `Lee, Ann; Wu, Bo`), each as `Surname, Given`.
pub fn authors(text: &str) -> Vec<String> {
    let text = text.trim().trim_end_matches('.');
    let parts: Vec<&str> = if text.contains(';') {
        text.split(';').collect()
    } else {
        text.split(" and ")
            .flat_map(|p| p.split(" & "))
            .flat_map(commas)
            .collect()
    };
    parts
        .into_iter()
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(surname_first)
        .collect()
}

/// Parts of a list by commas, unless the comma is that of `Surname, Given`: both sides of a list have a space in them.
fn commas(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text
        .split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    if parts.iter().all(|p| p.contains(' ')) {
        parts
    } else {
        vec![text]
    }
}

fn surname_first(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((given, surname)) if !name.contains(',') => format!("{surname}, {given}"),
        _ => name.to_owned(),
    }
}

/// The first number of four digits in `text` that can be a year.
pub fn year_in(text: &str) -> Option<i32> {
    text.split(|c: char| !c.is_ascii_digit())
        .find_map(exact_year)
}

fn exact_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    (text.len() == 4 && (1400..=2100).contains(&year)).then_some(year)
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> (String, Vec<String>, Option<i32>) {
        let meta = from_file_name(name);
        (meta.title, meta.authors, meta.year)
    }

    #[test]
    fn file_names_of_the_shape_author_year_words() {
        assert_eq!(
            name("lee-2012-doors-and-walls.txt"),
            ("Doors and walls".into(), vec!["Lee".into()], Some(2012))
        );
        assert_eq!(
            name("Lee (2012) Doors.md"),
            ("Doors".into(), vec!["Lee".into()], Some(2012))
        );
    }

    #[test]
    fn other_file_names_are_made_readable() {
        assert_eq!(
            name("my_field-notes.v2.txt"),
            ("My field notes v2".into(), vec![], None)
        );
        assert_eq!(name("lee-2012.txt"), ("Lee 2012".into(), vec![], None));
        assert_eq!(name("...txt"), ("Untitled".into(), vec![], None));
        assert_eq!(name("国际格局.txt").0, "国际格局");
        assert_eq!(name("chapter-1984-x").2, Some(1984));
    }

    #[test]
    fn a_title_is_a_short_first_line() {
        let long = "A paragraph that goes on and ends like a sentence.";
        assert_eq!(title_index(&["Of doors and walls", long], ""), Some(0));
        assert_eq!(title_index(&["Who holds the door?", long], ""), Some(0));
        assert_eq!(title_index(&[long, "Of doors"], ""), None);
        assert_eq!(title_index(&["of doors", long], ""), None);
        assert_eq!(title_index(&["- A list", long], ""), None);
        assert_eq!(title_index(&["Only a line"], ""), None);
        assert_eq!(title_index(&["论联盟", long], ""), Some(0));
        assert_eq!(title_index(&["Summary", long], ""), None);
    }

    #[test]
    fn a_section_name_gives_way_to_the_title() {
        let lines = ["Opinion", "Who holds the door?", "Opinion", "Text goes on."];
        assert_eq!(title_index(&lines, "Holds door"), Some(1));
        assert_eq!(title_index(&lines, "Something else"), Some(0));
    }

    #[test]
    fn authors_are_turned_round() {
        assert_eq!(
            authors("Ann B. Lee, Bo Wu and Cy Young"),
            ["Lee, Ann B.", "Wu, Bo", "Young, Cy"]
        );
        assert_eq!(authors("Lee, Ann; Wu, Bo"), ["Lee, Ann", "Wu, Bo"]);
        assert_eq!(authors("Lee, Ann"), ["Lee, Ann"]);
        assert_eq!(authors("Plato"), ["Plato"]);
        assert!(authors(" ; ").is_empty());
    }

    #[test]
    fn by_lines_name_people_only() {
        assert_eq!(by_line(&["A title", "By Ann Lee"]), ["Lee, Ann"]);
        assert!(by_line(&["By far the longest of all walls"]).is_empty());
    }

    #[test]
    fn a_given_name_is_found_near() {
        assert_eq!(
            full_name("lee", "Doors. Written by Ann B. Lee. More").as_deref(),
            Some("Lee, Ann B.")
        );
        assert_eq!(full_name("Lee", "The Lee shore and (Lee 2012)"), None);
        let far = format!("Ann Lee {} Bo Lee is an author.", "word ".repeat(2000));
        assert_eq!(full_name("lee", &far).as_deref(), Some("Lee, Ann"));
        assert_eq!(
            full_name("lee", far.trim_start_matches("Ann Lee")).as_deref(),
            Some("Lee, Bo")
        );
    }

    #[test]
    fn years_are_four_digits() {
        assert_eq!(year_in("1 May 2014"), Some(2014));
        assert_eq!(year_in("1607179670000"), None);
    }
}
