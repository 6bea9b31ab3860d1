//! How pages call footnotes: roles, classes, ids, labels, headings.

use dom_query::Element;

use super::dom;

/// Whether a link says that it is the mark of a note.
pub fn says_mark(element: &Element) -> bool {
    const CLASSES: &[&str] = &[
        "footnote-ref",
        "footnote-reference",
        "footnoteref",
        "footnote-anchor",
        "footnote-link",
        "noteref",
        "sdfootnoteanc",
        "sdendnoteanc",
        "fn-ref",
        "fnref",
        "footnotecall",
        "footnote-call",
        "easy-footnote-to-top",
        "easy-footnote",
        "simple-footnote",
        "endnote-ref",
    ];
    dom::has_word(element, "role", &["doc-noteref"])
        || dom::has_word(element, "epub:type", &["noteref", "footnoteref"])
        || dom::has_word(element, "class", CLASSES)
}

/// Whether a link says that it leads back from a note.
pub fn says_back(element: &Element) -> bool {
    const CLASSES: &[&str] = &[
        "footnote-back",
        "footnote-backref",
        "footnoteback",
        "reversefootnote",
        "backlink",
        "footnote-number",
        "fn-backref",
        "footnote-return",
        "sdfootnotesym",
        "sdendnotesym",
        "data-footnote-backref",
    ];
    dom::has_word(element, "role", &["doc-backlink"])
        || dom::has_word(element, "epub:type", &["backlink"])
        || dom::has_word(element, "class", CLASSES)
        || dom::has_word(element, "rev", &["footnote"])
}

/// Whether a link's words are what a note is called: `1`, `[12]`, `*`, `note 3`, `iv`.
pub fn is_label(label: &str) -> bool {
    let bare = label.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '.' | ' '));
    let word = bare.rsplit(' ').next().unwrap_or_default();
    let chars = word.chars().count();
    let is_number = chars <= 4 && word.chars().all(|c| c.is_ascii_digit());
    let is_roman = chars <= 6 && word.chars().all(|c| "ivxlcIVXLC".contains(c));
    let is_letter = chars == 1 && word.chars().all(char::is_alphabetic);
    let is_sign = (1..=4).contains(&chars) && word.chars().all(|c| "*†‡§¶#¹²³⁰⁴⁵⁶⁷⁸⁹".contains(c));
    bare.chars().count() <= 10 && chars > 0 && (is_number || is_roman || is_letter || is_sign)
}

/// Whether an id is called as a note's, not as a mark's.
pub fn is_note_id(id: &str) -> bool {
    const STARTS: &[&str] = &[
        "fn",
        "ftn",
        "edn",
        "footnote",
        "endnote",
        "note",
        "cite_note",
        "cite-note",
        "sdfootnote",
        "sdendnote",
        "n",
        "en",
        "easy-footnote-bottom",
    ];
    let id = id.to_ascii_lowercase();
    let id = id.trim_start_matches('_');
    let ends_well =
        |rest: &str| rest.starts_with(|c: char| !c.is_alphabetic()) || rest.starts_with("text");
    !id.contains("ref")
        && !id.contains("anchor")
        && !id.ends_with("anc")
        && !id.contains("back")
        && STARTS
            .iter()
            .any(|s| id.strip_prefix(s).is_some_and(ends_well))
}

pub fn is_notes_name(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "notes",
        "note",
        "footnotes",
        "endnotes",
        "references",
        "notes and references",
        "citations",
        "anmerkungen",
        "fußnoten",
        "fussnoten",
        "endnoten",
        "einzelnachweise",
        "notes et références",
        "références",
        "notas",
        "note al testo",
        "примечания",
        "сноски",
        "注释",
        "註釋",
        "脚注",
        "注",
    ];
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    NAMES.contains(&text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_ids_of_notes_are_known() {
        for label in ["1", "[12]", "(3)", "*", "†", "note 3", "iv", "²"] {
            assert!(is_label(label), "{label}");
        }
        for label in ["", "2014a", "Chapter one", "here", "12345"] {
            assert!(!is_label(label), "{label}");
        }
        for id in [
            "fn1",
            "_ftn12",
            "cite_note-Lee-3",
            "footnote-4",
            "n1",
            "sdfootnote1sym",
        ] {
            assert!(is_note_id(id), "{id}");
        }
        for id in [
            "fnref1",
            "_ftnref12",
            "cite_ref-3",
            "footnote-anchor-4",
            "news",
            "sdfootnote1anc",
            "north",
        ] {
            assert!(!is_note_id(id), "{id}");
        }
        assert!(
            is_notes_name("Notes:")
                && is_notes_name("Einzelnachweise")
                && !is_notes_name("Notes on walls")
        );
    }
}
