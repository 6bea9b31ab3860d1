//! Random edits of every kind, most of which fit and some of which don't. Shared by the property tests and the crash test.

use std::{collections::BTreeMap, sync::Arc};

use glossator::{
    edit::{Edit, compose},
    model::{
        About, ClaimPlace, CoderId, Color, Highlight, HighlightId, Imprint, Label, LabelId,
        Project, Reading, ReadingId, ReadingMeta, Stance, Structure, Suggested, Value,
    },
    text::{Span, Text},
};
use jiff::Timestamp;

/// A small generator of random numbers (xorshift64*), so that a seed gives the same edits everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % n.max(1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn of<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

pub const TEXT: &str = "An ally can be dragged in, “entrapped”.\n\nOr left alone: 弃. Naïve?\nSo it said “no” — \\ and 'so on'.";

pub fn time(second: usize) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second as i64).expect("a time")
}

fn coder(random: &mut Random) -> CoderId {
    let name = ["MK", "JL", "WZ"][random.below(3)];
    CoderId::new(name).expect("a coder")
}

fn words(random: &mut Random) -> String {
    let all = [
        "",
        "plain",
        "don't",
        "two\nlines",
        "“勢” \"x\" \\",
        "e\u{301}\u{7}",
        "<b>*",
    ];
    all[random.below(all.len())].to_owned()
}

fn attributes(random: &mut Random) -> BTreeMap<String, Value> {
    let names = ["country", "genre", "seen on", "勢"];
    let values = [
        "China",
        "op-ed",
        "2.5",
        "yes",
        "2026-11-22",
        "\"1987\"",
        "-0",
    ];
    (0..random.below(3))
        .filter_map(|_| {
            let name = names[random.below(names.len())].to_owned();
            Some((name, Value::parse(values[random.below(values.len())])?))
        })
        .collect()
}

pub fn meta(random: &mut Random) -> ReadingMeta {
    let titles = ["Poles", "Who gains", "勢", "Entrapment", " "];
    let offered = if random.one_in(9) { 5 } else { 4 };
    ReadingMeta {
        title: titles[random.below(offered)].to_owned(),
        authors: (0..random.below(3)).map(|i| format!("A{i}, B")).collect(),
        year: random.one_in(2).then_some(1987),
        kind: words(random),
        publisher: words(random),
        url: String::new(),
        imprint: Imprint {
            doi: words(random),
            ..Imprint::default()
        },
        page_shift: random.one_in(3).then_some(114),
        attributes: attributes(random),
    }
}

#[allow(dead_code, reason = "the crash test imports readings instead")]
pub fn reading(random: &mut Random, n: usize) -> Reading {
    Reading {
        id: ReadingId::new(&format!("r{n}")).expect("an id"),
        meta: meta(random),
        text: Text::new(TEXT),
        sha256: String::new(),
        words: 20,
        structure: Structure::default(),
        source_name: "r.txt".to_owned(),
        encoding: "UTF-8".to_owned(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: time(n),
    }
}

fn label_id(random: &mut Random) -> LabelId {
    LabelId::new(&format!("l{}", random.below(14))).expect("an id")
}

fn some_label(random: &mut Random, project: &Project) -> LabelId {
    let all: Vec<LabelId> = project.labels().map(|l| l.id.clone()).collect();
    match random.one_in(12) {
        true => label_id(random),
        false => random.of(&all).cloned().unwrap_or_else(|| label_id(random)),
    }
}

fn label(random: &mut Random, project: &Project, id: LabelId) -> Label {
    let names = [
        "Entrapment",
        "Abandonment",
        "Wedge",
        "Pole",
        "Cue",
        "勢",
        "Norm",
        "Rent",
        "X",
        "Y",
        "",
    ];
    let offered = if random.one_in(20) { 11 } else { 10 };
    let name = names[random.below(offered)];
    let mut label = Label::new(id, name, Color([random.below(256) as u8, 2, 3]));
    label.parent = random.one_in(3).then(|| some_label(random, project));
    label.contrast = random.one_in(4).then(|| some_label(random, project));
    label.definition = words(random);
    label.when = words(random);
    label.source = words(random);
    label.cues = (0..random.below(3)).map(|i| format!("cue{i}*")).collect();
    label.digit = random.one_in(3).then(|| 1 + random.below(9) as u8);
    label.position = random.below(8) as f64 / 4.0;
    label
}

fn any_reading(random: &mut Random, project: &Project) -> ReadingId {
    let all: Vec<ReadingId> = (project.shelves().iter().map(|s| s.reading.id.clone()))
        .chain(project.removed().map(|s| s.reading.id.clone()))
        .collect();
    match random.one_in(15) {
        true => ReadingId::new("nowhere").expect("an id"),
        false => random
            .of(&all)
            .cloned()
            .unwrap_or_else(|| ReadingId::new("r0").expect("an id")),
    }
}

fn span(random: &mut Random) -> Span {
    let text = Text::new(TEXT);
    let (a, b) = (random.below(TEXT.len() + 2), random.below(TEXT.len() + 2));
    let span = Span::between(a as u32, b as u32);
    match random.one_in(15) {
        true => span,
        false => Span::between(text.floor(span.start), text.floor(span.end)),
    }
}

fn highlight(random: &mut Random, project: &Project, at: Timestamp) -> Highlight {
    let mut labels = vec![some_label(random, project)];
    if random.one_in(3) {
        let more = some_label(random, project);
        if !labels.contains(&more) {
            labels.push(more);
        }
    }
    if random.one_in(30) {
        labels.clear();
    }
    Highlight {
        id: HighlightId(random.below(300) as u64),
        reading: any_reading(random, project),
        span: span(random),
        labels,
        stance: random
            .of(&Stance::ALL)
            .copied()
            .filter(|_| at.as_second() % 2 == 0),
        note: words(random),
        coder: coder(random),
        created: at,
        changed: at,
    }
}

/// One of the highlights there are, or one that is not.
fn old(random: &mut Random, project: &Project, at: Timestamp) -> Highlight {
    let all: Vec<&Arc<Highlight>> = project.highlights().collect();
    match random.one_in(10) {
        true => highlight(random, project, at),
        false => random
            .of(&all)
            .map(|h| (***h).clone())
            .unwrap_or_else(|| highlight(random, project, at)),
    }
}

fn change(random: &mut Random, project: &Project, at: Timestamp) -> Edit {
    let mut new = highlight(random, project, at);
    let old = old(random, project, at);
    (new.id, new.reading, new.created) = (old.id, old.reading, old.created);
    if !random.one_in(4) {
        new.coder = old.coder;
    }
    Edit::ChangeHighlight(Arc::new(new))
}

/// An entry of a notebook that is written or taken out; of few things, so that they are often written again.
pub fn jotting(random: &mut Random, project: &Project) -> Edit {
    let about = match random.below(3) {
        0 => About::Query(["Fears", "“勢” \"x\"", "two\nlines"][random.below(3)].to_owned()),
        1 => About::Claim(ClaimPlace {
            label: some_label(random, project),
            reading: any_reading(random, project),
            stance: random.one_in(2).then(|| Stance::ALL[random.below(5)]),
        }),
        _ => About::Rejected(Suggested {
            label: some_label(random, project),
            reading: any_reading(random, project),
            sentence: span(random),
        }),
    };
    let text = match about {
        About::Rejected(_) => String::new(),
        _ => words(random),
    };
    let written = !random.one_in(4);
    Edit::Jot(coder(random), about, written.then_some(text))
}

/// A random edit other than the adding of a reading, made for `project` as it is.
pub fn edit(random: &mut Random, project: &Project, at: Timestamp) -> Edit {
    match random.below(27) {
        0 => Edit::RenameProject(words(random)),
        1 | 2 | 20..=23 => {
            let id = label_id(random);
            Edit::AddLabel(label(random, project, id))
        }
        3 => {
            let id = some_label(random, project);
            Edit::ChangeLabel(label(random, project, id))
        }
        4 => Edit::RemoveLabel(some_label(random, project)),
        5 => Edit::ChangeReading(any_reading(random, project), meta(random)),
        6 if random.one_in(4) => Edit::RemoveReading(any_reading(random, project)),
        6 | 7 => Edit::RestoreReading(any_reading(random, project)),
        8..=12 => Edit::AddHighlight(Arc::new(highlight(random, project, at))),
        13 | 14 => change(random, project, at),
        15 => {
            let old = old(random, project, at);
            Edit::RemoveHighlight(old.reading, old.id)
        }
        16 => compose::delete_label(project, &some_label(random, project), at),
        17 => {
            let (from, into) = (some_label(random, project), some_label(random, project));
            compose::merge_labels(project, &from, &into, at)
        }
        18 => {
            let (id, parent) = (some_label(random, project), some_label(random, project));
            compose::move_label(project, &id, Some(&parent), None)
                .unwrap_or(Edit::Batch(Vec::new()))
        }
        24 | 25 => jotting(random, project),
        // Its parts are made for the project as it is, so they often don't fit one after the other.
        _ => Edit::Batch(
            (0..random.below(4))
                .map(|_| edit(random, project, at))
                .collect(),
        ),
    }
}
