//! Which entry of a bibliography is which reading: by the name of its file, by DOI, by title.
//!
//! Every pair that has something in common gets a score; the best pair is taken first, and each entry and each reading is taken
//! once. Where two are equally good, none is: a wrong match would be cited for years.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use super::{Entry, file_names::base, text_of::dois_in};
use crate::{
    model::{Name, Reading, ReadingMeta},
    text::{Span, fold},
};

/// By what an entry and a reading were found to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The reading's title stands at the beginning of its text, where the entry's title was found.
    TitleInText,
    /// They have the same title.
    Title,
    /// A file that the entry names is called like the reading's, but for the ending.
    FileStem,
    /// The entry's DOI stands in the text.
    DoiInText,
    /// They have the same DOI.
    Doi,
    /// The entry names the reading's file.
    File,
}

impl How {
    /// What reports say of it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::File | Self::FileStem => "by file name",
            Self::Doi => "by DOI",
            Self::DoiInText => "by the DOI in its text",
            Self::Title => "by title",
            Self::TitleInText => "by the title in its text",
        }
    }
}

/// Pairs and ties, as indexes of entries and readings.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Matches {
    /// Each entry and each reading at most once.
    pub pairs: Vec<(usize, usize, How)>,
    /// Entries and the readings that each might be.
    pub ambiguous: Vec<(usize, Vec<usize>)>,
}

/// How many characters of a text's beginning and end are searched.
const SEARCHED: usize = 3_000;

/// How much two titles have in common when they count as one, 1 being all (Dice's coefficient of pairs of letters).
const ALIKE: f64 = 0.9;

/// What is compared of a reading.
struct Known {
    file: String,
    title: String,
    pairs: Vec<(char, char)>,
    doi: String,
    /// DOIs at the beginning of its text, and those at its end, where references stand.
    dois: (HashSet<String>, HashSet<String>),
    /// The beginning of its text, folded, and the words there.
    head: String,
    words: HashSet<String>,
    year: Option<i32>,
    surname: String,
}

impl Known {
    fn of(reading: &Reading) -> Self {
        let text = reading.text.as_str();
        let (head, tail) = ends(text);
        let title = fold(&reading.meta.title);
        let head_folded = fold(head);
        Self {
            file: file_name(&reading.source_name),
            pairs: letter_pairs(&title),
            title,
            doi: reading.meta.imprint.doi.to_lowercase(),
            dois: (
                dois_in(head).into_iter().collect(),
                dois_in(tail).into_iter().collect(),
            ),
            words: head_folded.split(' ').map(str::to_owned).collect(),
            head: format!(" {head_folded} "),
            year: reading.meta.year,
            surname: surname(&reading.meta),
        }
    }

    /// Whether these words stand at the beginning of its text, one after another.
    fn says(&self, folded: &str) -> bool {
        let mut words = folded.split(' ');
        let likely = words.all(|w| self.words.contains(w));
        likely && self.head.contains(&format!(" {folded} "))
    }
}

/// The beginning and the end of a text.
fn ends(text: &str) -> (&str, &str) {
    let to = text
        .char_indices()
        .nth(SEARCHED)
        .map_or(text.len(), |(i, _)| i);
    let from = text
        .char_indices()
        .rev()
        .nth(SEARCHED - 1)
        .map_or(0, |(i, _)| i);
    let whole = Span::new(0, text.len() as u32);
    (
        Span::new(0, to as u32).of(text),
        Span::new(from as u32, whole.end).of(text),
    )
}

/// A file's name as it is compared: composed, in small letters.
fn file_name(path: &str) -> String {
    base(path).nfc().collect::<String>().to_lowercase()
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn surname(meta: &ReadingMeta) -> String {
    meta.authors
        .first()
        .map(|a| fold(&Name::parse(a).family))
        .unwrap_or_default()
}

/// What is compared of an entry.
struct Wanted {
    files: Vec<String>,
    title: String,
    pairs: Vec<(char, char)>,
    /// The title without its subtitle.
    main: String,
    doi: String,
    year: Option<i32>,
    surname: String,
}

impl Wanted {
    fn of(entry: &Entry) -> Self {
        let meta = &entry.meta;
        Self {
            files: entry.files.iter().map(|f| file_name(f)).collect(),
            pairs: letter_pairs(&fold(&meta.title)),
            title: fold(&meta.title),
            main: main_title(&meta.title),
            doi: meta.imprint.doi.to_lowercase(),
            year: meta.year,
            surname: surname(meta),
        }
    }

    /// How well it fits a reading, and by what; `None` when they have nothing in common.
    fn fits(&self, known: &Known) -> Option<(i32, How)> {
        let (base, how) = self.strongest(known)?;
        let mut score = base;
        score += match (self.year, known.year) {
            (Some(a), Some(b)) if a == b => 4,
            // Texts are printed a year before or after their date.
            (Some(a), Some(b)) if a.abs_diff(b) <= 1 => 1,
            (Some(_), Some(_)) => -4,
            _ => 0,
        };
        let named = !self.surname.is_empty()
            && (self.surname == known.surname || known.says(&self.surname));
        let by_title = matches!(how, How::Title | How::TitleInText);
        score += match named {
            true => 6,
            false if by_title && !self.surname.is_empty() && !known.surname.is_empty() => -12,
            false => 0,
        };
        // A title of one or two words says little, and one in a text may be quoted there.
        let words = self.title.split(' ').count();
        let enough = match how {
            How::Title if words > 2 || self.title.chars().count() >= 20 => score >= 40,
            How::Title => named && score >= 40,
            How::TitleInText => named,
            _ => true,
        };
        enough.then_some((score, how))
    }

    fn strongest(&self, known: &Known) -> Option<(i32, How)> {
        if self.files.iter().any(|f| !f.is_empty() && *f == known.file) {
            return Some((200, How::File));
        }
        if !self.doi.is_empty() {
            if self.doi == known.doi {
                return Some((160, How::Doi));
            }
            if !known.doi.is_empty() {
                // Another work, however much alike.
                return None;
            }
            let titled =
                || !self.title.is_empty() && (self.title == known.title || known.says(&self.title));
            if known.dois.0.contains(&self.doi) {
                // References may stand at the beginning, too; the work's own DOI comes alone or with its title.
                if known.dois.0.len() == 1 || titled() {
                    return Some((120, How::DoiInText));
                }
            }
            if known.dois.1.contains(&self.doi) && titled() {
                return Some((110, How::DoiInText));
            }
        }
        let stemmed = |f: &String| stem(f).chars().count() > 3 && stem(f) == stem(&known.file);
        if self.files.iter().any(stemmed) {
            return Some((90, How::FileStem));
        }
        if self.title.is_empty() {
            return None;
        }
        if self.title == known.title {
            return Some((60, How::Title));
        }
        let long = |title: &str| title.chars().count() >= 12 || !title.is_ascii();
        if long(&self.main) && self.main == known.title {
            return Some((48, How::Title));
        }
        if long(&known.title)
            && known.title.len() < self.title.len()
            && self.title.starts_with(&known.title)
            && self.title.as_bytes().get(known.title.len()) == Some(&b' ')
        {
            return Some((46, How::Title));
        }
        if alike(&self.pairs, &known.pairs) >= ALIKE {
            return Some((50, How::Title));
        }
        let telling = self.title.split(' ').count() >= 4 || !self.title.is_ascii();
        (telling && self.title.chars().count() >= 8 && known.says(&self.title))
            .then_some((36, How::TitleInText))
    }
}

/// A title up to its first colon, dash or question mark, folded.
fn main_title(title: &str) -> String {
    let end = [": ", " – ", " — ", "? ", ". ", "："]
        .iter()
        .filter_map(|mark| title.find(mark))
        .min();
    fold(end.and_then(|end| title.get(..end)).unwrap_or(title))
}

/// The pairs of neighbouring letters of a text, sorted.
fn letter_pairs(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// What part of their pairs of letters two titles share: 1 for the same, 0 for nothing in common. Titles much longer than the other
/// are not looked at.
fn alike(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    if short < 6 || long > short + short / 4 {
        return 0.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0u32);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    f64::from(2 * shared) / (long + short) as f64
}

/// Pairs entries with readings. O(entries × readings) comparisons of short strings.
pub(super) fn matches(entries: &[Entry], readings: &[&Reading]) -> Matches {
    let known: Vec<Known> = readings.iter().map(|r| Known::of(r)).collect();
    let mut scored: Vec<(i32, usize, usize, How)> = Vec::new();
    for (e, entry) in entries.iter().enumerate() {
        let wanted = Wanted::of(entry);
        for (r, known) in known.iter().enumerate() {
            if let Some((score, how)) = wanted.fits(known) {
                scored.push((score, e, r, how));
            }
        }
    }
    scored.sort_by_key(|&(score, e, r, _)| (-score, e, r));
    let mut found = Matches::default();
    let (mut entries_done, mut readings_done) = (HashSet::new(), HashSet::new());
    let mut rest = scored.as_slice();
    while let Some(&(score, ..)) = rest.first() {
        let end = rest.partition_point(|(s, ..)| *s == score);
        let (equal, below) = rest.split_at(end);
        rest = below;
        let open: Vec<_> = equal
            .iter()
            .filter(|(_, e, r, _)| !entries_done.contains(e) && !readings_done.contains(r))
            .collect();
        for &&(_, e, r, how) in &open {
            if entries_done.contains(&e) || readings_done.contains(&r) {
                continue;
            }
            let others: Vec<usize> = open
                .iter()
                .filter(|(_, oe, ..)| *oe == e)
                .map(|(_, _, or, _)| *or)
                .collect();
            let rivals = open.iter().filter(|(_, oe, or, _)| *or == r && *oe != e);
            let mut rivals = rivals.map(|(_, oe, ..)| *oe);
            if others.len() > 1 {
                found.ambiguous.push((e, others));
                entries_done.insert(e);
            } else if rivals.any(|rival| !same(&entries[rival], &entries[e])) {
                for (_, rival, ..) in open.iter().filter(|(_, _, or, _)| *or == r) {
                    if entries_done.insert(*rival) {
                        found.ambiguous.push((*rival, vec![r]));
                    }
                }
                readings_done.insert(r);
            } else {
                found.pairs.push((e, r, how));
                entries_done.insert(e);
                readings_done.insert(r);
            }
        }
    }
    found.pairs.sort_unstable();
    found.ambiguous.sort_unstable();
    found
}

/// Whether two entries say the same, but for what they are called: an export has some works twice.
fn same(a: &Entry, b: &Entry) -> bool {
    let bare = |entry: &Entry| {
        let meta = &entry.meta;
        (
            fold(&meta.title),
            meta.authors.clone(),
            meta.year,
            fold(&meta.imprint.container),
        )
    };
    bare(a) == bare(b)
}
