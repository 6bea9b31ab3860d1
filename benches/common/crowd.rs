//! A large project: many readings, each of some 80 KB, with many highlights by three coders.

use std::sync::Arc;

use glossator::{
    edit::{Edit, apply},
    model::{
        CoderId, Highlight, HighlightId, Project, Reading, ReadingId, ReadingMeta, Stance, Value,
    },
    text::{Span, Text},
};
use jiff::Timestamp;

use crate::common::{LABELS, dice, label_id, labels, reading};

/// How long a reading's text is, in bytes.
const BYTES: usize = 80_000;
/// How many different words there are besides the small ones.
const WORDS: usize = 40_000;

const SMALL: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "be",
    "by", "on", "not", "he", "this", "are", "or", "his", "from", "which",
];

/// A made-up word. Those with low numbers are asked for more often.
fn word(n: usize, out: &mut String) {
    const SYLLABLES: [&str; 16] = [
        "al", "ba", "cer", "do", "en", "fi", "gor", "ha", "in", "ko", "lan", "mi", "nor", "pa",
        "re", "st",
    ];
    let mut left = dice(n);
    for _ in 0..2 + n % 3 {
        out.push_str(SYLLABLES[left % 16]);
        left /= 16;
    }
    out.push_str(["", "s", "ing", "ed", "er", ""][n % 6]);
}

/// Paragraphs of sentences of words of which few are frequent and most are rare, as in any language.
fn text(seed: usize) -> Text {
    let mut out = String::with_capacity(BYTES + 1000);
    let mut n = seed << 20;
    let mut roll = |below: usize| {
        n += 1;
        dice(n) % below
    };
    while out.len() < BYTES {
        for _ in 0..2 + roll(8) {
            let start = out.len();
            for _ in 0..6 + roll(24) {
                match roll(5) {
                    0 | 1 => out.push_str(SMALL[roll(SMALL.len())]),
                    // The product of two rolls is mostly low.
                    _ => word(roll(200) * roll(WORDS / 200), &mut out),
                }
                out.push_str(if roll(12) == 0 { ", " } else { " " });
            }
            out[start..=start].make_ascii_uppercase();
            out.truncate(out.trim_end_matches([' ', ',']).len());
            out.push_str(". ");
        }
        out.truncate(out.trim_end().len());
        out.push_str("\n\n");
    }
    Text::new(out.trim_end())
}

/// The `i`-th of the readings.
fn of_many(i: usize) -> Reading {
    let text = text(i);
    let genre = ["article", "book", "op-ed", "speech"][i % 4];
    Reading {
        id: ReadingId::new(&format!("reading-{i}")).unwrap(),
        meta: ReadingMeta {
            title: format!("Reading {i}"),
            authors: vec![format!("Author{i}, Ann")],
            year: (!i.is_multiple_of(9)).then_some(1950 + (i % 70) as i32),
            attributes: [("genre".to_owned(), Value::Text(genre.to_owned()))].into(),
            ..ReadingMeta::default()
        },
        sha256: glossator::text::sha256(text.as_str()),
        text,
        imported: Timestamp::from_second(i as i64).unwrap(),
        ..reading(1000, false)
    }
}

/// The `k`-th of `n` highlights of the `i`-th reading: a phrase to a paragraph, one in two hundred 20 KB long.
pub fn highlight(i: usize, k: usize, n: usize, text: &Text) -> Highlight {
    let seed = i * 100_003 + k;
    let length = match seed % 200 {
        0 => 20_000,
        _ => 30 + dice(seed) % 500,
    };
    let start = text.floor((text.len() as usize * k / n) as u32);
    let end = text.floor((start + length as u32).min(text.len()));
    let mut labels: Vec<_> = Vec::new();
    for label in (0..=dice(seed) % 3).map(|l| label_id(dice(seed + 7 * l) % LABELS)) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    Highlight {
        id: HighlightId(seed as u64 + 1),
        reading: ReadingId::new(&format!("reading-{i}")).unwrap(),
        span: Span::new(start, end),
        labels,
        stance: Stance::ALL.get(dice(seed + 5) % 9).copied(),
        note: if seed.is_multiple_of(3) {
            "He says so, and again elsewhere.".into()
        } else {
            String::new()
        },
        coder: CoderId::new(["MK", "AL", "JB"][dice(seed + 3) % 3]).unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    }
}

/// A project of `readings` readings with `highlights` highlights in all.
pub fn project(readings: usize, highlights: usize) -> Project {
    let mut project = Project::new("Crowd");
    for label in labels() {
        apply(&mut project, Edit::AddLabel(label)).unwrap();
    }
    let each = highlights / readings;
    for i in 0..readings {
        let reading = Arc::new(of_many(i));
        apply(&mut project, Edit::AddReading(Arc::clone(&reading))).unwrap();
        let all =
            (0..each).map(|k| Edit::AddHighlight(Arc::new(highlight(i, k, each, &reading.text))));
        apply(&mut project, Edit::Batch(all.collect())).unwrap();
    }
    project
}

/// Changes the note and the labels of one highlight, another one each time.
pub fn edit(project: &mut Project, nth: usize) {
    let shelves = project.shelves();
    let shelf = shelves[nth * 7 % shelves.len()];
    let old = shelf
        .highlights
        .iter()
        .nth(nth % shelf.highlights.len())
        .unwrap();
    let changed = Highlight {
        note: format!("Changed {nth}."),
        labels: vec![label_id(nth * 11), label_id(nth * 13 + 1)],
        ..(**old).clone()
    };
    apply(project, Edit::ChangeHighlight(Arc::new(changed))).unwrap();
}
