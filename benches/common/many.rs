//! A large project for analyses: many readings with labels, stances, notes, coders, years and attributes.

use std::sync::Arc;

use glossator::{
    edit::{Edit, apply},
    model::{
        CoderId, Highlight, HighlightId, Project, Reading, ReadingId, ReadingMeta, Stance, Value,
    },
    text::{Span, Text},
};
use jiff::Timestamp;

use super::{dice, label_id, labels, reading};

/// How many readings there are.
pub const READINGS: usize = 500;

/// A project of `n` highlights in [`READINGS`] readings of about `bytes` each, with [`super::LABELS`] labels. Three passages in
/// four are a sentence or two long, others a few words; half of them stand in the first fifth of their reading, where they overlap.
/// Three coders.
pub fn project(n: usize, bytes: usize) -> Project {
    let mut project = Project::new("Bench");
    for label in labels() {
        apply(&mut project, Edit::AddLabel(label)).unwrap();
    }
    let texts: Vec<Reading> = (0..8)
        .map(|i| reading(bytes + i * bytes / 16, false))
        .collect();
    for number in 0..READINGS {
        let text = &texts[number % texts.len()];
        let id = ReadingId::new(&format!("reading-{number:03}")).unwrap();
        let reading = Reading {
            meta: meta(number),
            imported: Timestamp::from_second(number as i64).unwrap(),
            sha256: format!("{number:064x}"),
            id: id.clone(),
            ..text.clone()
        };
        let own = (number..n).step_by(READINGS);
        let highlights: Vec<Edit> = own
            .map(|i| Edit::AddHighlight(Arc::new(highlight(i, &id, &reading.text))))
            .collect();
        apply(&mut project, Edit::AddReading(Arc::new(reading))).unwrap();
        apply(&mut project, Edit::Batch(highlights)).unwrap();
    }
    project
}

fn meta(number: usize) -> ReadingMeta {
    let country = ["China", "Russia", "India", "Chile"][dice(number) % 4];
    let surname = ["Walt", "Lo", "Yan", "Snyder", "Goh"][dice(number + 1) % 5];
    ReadingMeta {
        title: format!("Reading {number}"),
        authors: vec![format!("{surname}, A.")],
        year: (!number.is_multiple_of(20)).then_some(1980 + (dice(number + 2) % 45) as i32),
        kind: "article".into(),
        attributes: [
            ("country".to_owned(), Value::Text(country.to_owned())),
            ("score".to_owned(), Value::Number((number % 10) as f64)),
        ]
        .into(),
        ..ReadingMeta::default()
    }
}

fn highlight(i: usize, reading: &ReadingId, text: &Text) -> Highlight {
    let room = if dice(i).is_multiple_of(2) {
        text.len() / 5
    } else {
        text.len()
    };
    let length = if dice(i + 3).is_multiple_of(4) {
        12
    } else {
        60 + dice(i + 4) as u32 % 200
    };
    let start = text.floor(dice(i + 5) as u32 % (room - 300));
    let end = text.floor(start + length).max(start + 1);
    let time = Timestamp::from_second(1_700_000_000 + (i * 300) as i64).unwrap();
    Highlight {
        id: HighlightId((i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        reading: reading.clone(),
        span: Span::new(start, text.floor(end + 4)),
        labels: (0..=dice(i) % 3)
            .map(|k| label_id(dice(i + 6) % (40 + k * 130)))
            .collect(),
        stance: Stance::ALL.get(dice(i + 7) % 9).copied(),
        note: match i % 3 {
            0 => "He says so, and again elsewhere; 参见第三章.".into(),
            _ => String::new(),
        },
        coder: CoderId::new(["MK", "JB", "AL"][dice(i + 8) % 3]).unwrap(),
        created: time,
        changed: time,
    }
}
