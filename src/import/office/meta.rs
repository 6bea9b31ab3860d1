//! What a word processor's file says of itself, with judgement: its title is often a template's, its author the machine's owner,
//! its date the one on which the file was made.

use super::writer::Written;
use crate::{
    import::{guess, text},
    model::ReadingMeta,
};

/// The properties that a file has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// Its title.
    pub title: String,
    /// Who made it; several with semicolons.
    pub creator: String,
    /// When it was made, beginning with a year.
    pub created: String,
}

/// Titles and creators that programs put in by themselves.
const JUNK: &[&str] = &[
    "document",
    "word document",
    "untitled",
    "untitled document",
    "title",
    "normal",
    "template",
    "blank",
    "powerpoint presentation",
    "microsoft word",
    "unknown",
    "author",
    "user",
    "admin",
    "administrator",
    "owner",
    "windows user",
    "microsoft office user",
    "microsoft",
    "python-docx",
    "docx4j",
    "apache poi",
    "libreoffice",
    "openoffice",
    "pandoc",
    "google docs",
    "aspose",
    "un-named",
    "pc",
    "hp",
    "dell",
    "lenovo",
    "utilisateur windows",
    "usuario de windows",
    "windows-benutzer",
    "пользователь",
    "пользователь windows",
    "home",
    "student",
    "default",
    "none",
    "no title",
    "manuscript",
    "title of the document",
];

fn is_junk(value: &str) -> bool {
    let folded = value.trim().to_lowercase();
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let ends = [
        ".doc", ".docx", ".dot", ".dotx", ".odt", ".ott", ".rtf", ".wpd", ".tmp", ".pdf",
    ];
    bare.is_empty()
        || JUNK.contains(&bare)
        || JUNK.contains(&folded.as_str())
        || folded.starts_with("microsoft word - ")
        || ends.iter().any(|e| folded.ends_with(e))
        || folded.contains("template")
        || !folded.chars().any(char::is_alphabetic)
}

/// What is known of a reading.
pub fn meta(name: &str, properties: &Properties, written: &Written) -> (ReadingMeta, Vec<String>) {
    let text = &written.drafted.text;
    let first: Vec<&str> = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .take(12)
        .map(str::trim)
        .collect();
    let (mut meta, guessed, from_name) = text::guess_meta(name, text, &first);
    let mut remarks = Vec::new();
    let said = properties
        .title
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let said = (!is_junk(&said)).then_some(said);
    // A title left over from the file that this one was made of does not stand in the text.
    let is_in_text = |title: &String| {
        first
            .join(" ")
            .to_lowercase()
            .contains(&title.to_lowercase())
    };
    let title = match (said, &written.title) {
        (Some(said), Some(_)) if is_in_text(&said) => Some(said),
        (_, Some(title)) => Some(title.clone()),
        (Some(said), None) => Some(said),
        (None, None) => {
            // A line before the first heading may be the title, without its style.
            let leads = |h: &String| first.first().is_some_and(|line| line.ends_with(h.as_str()));
            let heading = written.heading.clone();
            heading.filter(|h| !guess::is_known_section(h) && (guessed.is_none() || leads(h)))
        }
    };
    if let Some(title) = title {
        meta.title = title;
    }
    if !is_junk(&properties.creator) {
        let creators = guess::authors(&properties.creator);
        let surname = |name: &String| {
            let name = name.split(',').next().unwrap_or_default();
            name.trim().to_lowercase()
        };
        let same = meta.authors.first().map(surname);
        let confirmed = creators.iter().any(|c| Some(surname(c)) == same);
        if meta.authors.is_empty() {
            remarks.push(
                "The author is the one that the file names as its maker: check it.".to_owned(),
            );
        }
        if meta.authors.is_empty() || confirmed {
            meta.authors = creators;
        }
    }
    if from_name {
        let remark = "Author and year are guessed from the file's name: check them.";
        remarks.push(remark.to_owned());
    }
    if meta.year.is_none() {
        meta.year = first.iter().find_map(|line| dated(line));
    }
    if meta.year.is_none() {
        // A wrong year in a citation is worse than none.
        if let Some(year) = properties.created.get(..4).and_then(guess::year_in) {
            remarks.push(format!(
                "The file was made in {year}; when it was published it does not say."
            ));
        }
    }
    (meta, remarks)
}

/// The year in a line that is a date: `May 2014`, `© 2014`, `(2014)`.
fn dated(line: &str) -> Option<i32> {
    const MONTHS: &[&str] = &[
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "mär",
        "mai",
        "okt",
        "dez",
        "janv",
        "févr",
        "avr",
        "juin",
        "juil",
        "août",
        "déc",
        "ene",
        "abr",
        "ago",
        "dic",
        "янв",
        "фев",
        "мар",
        "апр",
        "мая",
        "май",
        "июн",
        "июл",
        "авг",
        "сен",
        "окт",
        "ноя",
        "дек",
        "draft",
        "version",
        "copyright",
        "©",
        "年",
    ];
    let lower = line.to_lowercase();
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let is_date = (bare.len() == 4 && bare.bytes().all(|b| b.is_ascii_digit()))
        || (line.split_whitespace().count() <= 6
            && lower
                .split(|c: char| c.is_whitespace() || c.is_ascii_punctuation())
                .any(|w| {
                    !w.is_empty()
                        && MONTHS
                            .iter()
                            .any(|m| w.starts_with(m) || (m.chars().count() == 1 && w.contains(m)))
                }));
    is_date.then(|| guess::year_in(line)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        import::{
            draft::Kind,
            office::{Writer, writer::Paragraph},
        },
        model::Style,
    };

    fn written(lines: &[(&str, Kind)]) -> Written {
        let mut writer = Writer::new();
        for (line, kind) in lines {
            writer.paragraph(Paragraph {
                kind: *kind,
                is_title: line.starts_with("Of"),
                ..Paragraph::default()
            });
            writer.text(line, Style::PLAIN);
        }
        writer.finish()
    }

    fn properties(title: &str, creator: &str) -> Properties {
        Properties {
            title: title.into(),
            creator: creator.into(),
            created: "2014-05-01T00:00:00Z".into(),
        }
    }

    #[test]
    fn the_file_is_believed_unless_a_program_spoke() {
        let text = written(&[("Walls", Kind::Heading(1)), ("Text goes on.", Kind::Body)]);
        let (found, remarks) = meta("x.docx", &properties("Of doors", "Ann Lee"), &text);
        assert_eq!(found.title, "Of doors");
        assert_eq!(found.authors, ["Lee, Ann"]);
        assert_eq!(found.year, None);
        assert_eq!(remarks.len(), 2);
        assert!(remarks[1].contains("2014"), "{remarks:?}");
        for junk in ["Microsoft Word - a.doc", "Document1", "", "APA template"] {
            let (found, _) = meta("x.docx", &properties(junk, "Windows User"), &text);
            assert_eq!(found.title, "Walls", "{junk}");
            assert!(found.authors.is_empty());
        }
    }

    #[test]
    fn a_title_in_the_text_beats_one_left_over() {
        let text = written(&[("Of doors", Kind::Heading(1)), ("May 2009", Kind::Body)]);
        let (found, _) = meta("x.docx", &properties("Another thing", ""), &text);
        assert_eq!(found.title, "Of doors");
        assert_eq!(found.year, Some(2009));
    }

    #[test]
    fn only_dates_give_years() {
        assert_eq!(dated("Draft of 3 May 2014"), Some(2014));
        assert_eq!(dated("(2014)"), Some(2014));
        assert_eq!(dated("The crisis of 1962"), None);
        assert_eq!(dated("2014年5月"), Some(2014));
    }
}
