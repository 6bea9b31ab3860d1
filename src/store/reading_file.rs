//! `readings/<reading>/reading.ron`; of one with conflict marks, both versions brought together.

use super::{
    codebook::sides,
    highlights_file::is_mark,
    ron_text::{Unread, read},
    saved::SavedReading,
};

/// Reads the file. Of two versions with conflict marks, that of this side is taken, filled up from the other, with the earlier
/// time of import; then what differed comes too, in words.
pub(super) fn read_saved(ron: &str) -> Result<(SavedReading, Option<String>), Unread> {
    if !ron.lines().any(is_mark) {
        return Ok((read(ron)?, None));
    }
    let (ours, theirs) = sides(ron);
    let (ours, theirs) = (read(&ours)?, read(&theirs)?);
    let (merged, differing) = merge(ours, theirs);
    Ok((merged, Some(differing)))
}

fn merge(mut ours: SavedReading, theirs: SavedReading) -> (SavedReading, String) {
    let mut differing = Vec::new();
    let mut text = |name: &str, ours: &mut String, theirs: String| {
        if ours.trim().is_empty() {
            *ours = theirs;
        } else if !theirs.trim().is_empty() && *ours != theirs {
            differing.push(format!("{name} “{theirs}”"));
        }
    };
    text("title", &mut ours.title, theirs.title);
    text("kind", &mut ours.kind, theirs.kind);
    text("publisher", &mut ours.publisher, theirs.publisher);
    text("address", &mut ours.url, theirs.url);
    let (own, other) = (&mut ours.imprint, theirs.imprint);
    text("journal or book", &mut own.container, other.container);
    text("volume", &mut own.volume, other.volume);
    text("issue", &mut own.issue, other.issue);
    text("pages", &mut own.pages, other.pages);
    text("place", &mut own.place, other.place);
    text("DOI", &mut own.doi, other.doi);
    text("date accessed", &mut own.accessed, other.accessed);
    text("key", &mut own.key, other.key);
    if ours.authors.is_empty() {
        ours.authors = theirs.authors;
    } else if !theirs.authors.is_empty() && ours.authors != theirs.authors {
        differing.push(format!("authors “{}”", theirs.authors.join("; ")));
    }
    match (ours.year, theirs.year) {
        (None, year) => ours.year = year,
        (Some(a), Some(b)) if a != b => differing.push(format!("year {b}")),
        _ => {}
    }
    for (name, value) in theirs.attributes {
        match ours.attributes.get(&name) {
            None => {
                ours.attributes.insert(name, value);
            }
            Some(own) if *own != value => differing.push(format!("{name} “{value}”")),
            Some(_) => {}
        }
    }
    match (ours.page_shift, theirs.page_shift) {
        (None, shift) => ours.page_shift = shift,
        (Some(a), Some(b)) if a != b => differing.push(format!("page shift {b}")),
        _ => {}
    }
    let time = |at: &str| at.parse::<jiff::Timestamp>().ok();
    let earlier = match (time(&ours.imported), time(&theirs.imported)) {
        (Some(a), Some(b)) => b < a,
        (a, b) => a.is_none() && b.is_some(),
    };
    if earlier {
        ours.imported = theirs.imported;
    }
    (ours, differing.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA: &str = "00";

    fn file(imported: &str, rest: &str) -> String {
        format!("<<<<<<< HEAD\n{imported}\n=======\n{rest}\n>>>>>>> theirs\n")
    }

    #[test]
    fn only_the_time_of_import_differs() {
        let ron = format!(
            "(\n    version: 1,\n    title: \"Walls\",\n    sha256: \"{SHA}\",\n{})\n",
            file(
                "    imported: \"2027-02-01T00:00:00Z\",",
                "    imported: \"2027-01-01T00:00:00Z\","
            )
        );
        let (saved, differing) = read_saved(&ron).unwrap();
        assert_eq!(saved.imported, "2027-01-01T00:00:00Z");
        assert_eq!(differing.as_deref(), Some(""));
    }

    #[test]
    fn what_one_side_says_is_not_lost() {
        let ours =
            "title: \"Walls\", authors: [], year: Some(1990), imported: \"2027-01-01T00:00:00Z\",";
        let theirs = "title: \"A wall\", authors: [\"Lee, Ann\"], year: None, kind: \"essay\", imported: \"2027-02-01T00:00:00Z\",";
        let ron = format!("(version: 1, sha256: \"{SHA}\",\n{})\n", file(ours, theirs));
        let (saved, differing) = read_saved(&ron).unwrap();
        assert_eq!((saved.title.as_str(), saved.year), ("Walls", Some(1990)));
        assert_eq!(
            (saved.authors, saved.kind),
            (vec!["Lee, Ann".to_owned()], "essay".to_owned())
        );
        assert_eq!(saved.imported, "2027-01-01T00:00:00Z");
        assert_eq!(differing.as_deref(), Some("title “A wall”"));
    }

    #[test]
    fn a_side_that_can_t_be_read_is_left_to_people() {
        let ron = format!(
            "(version: 1, sha256: \"{SHA}\",\n{})\n",
            file("title: \"Walls\",", "tit")
        );
        assert!(read_saved(&ron).is_err());
    }
}
