//! Random projects: a few readings in several languages, nested labels, highlights that overlap in every way.

use std::{collections::BTreeSet, sync::Arc};

use glossator::{
    analysis::Corpus,
    edit::{Edit, apply},
    model::{
        About, ClaimPlace, CoderId, Highlight, HighlightId, Label, LabelId, PALETTE, Project,
        Reading, ReadingId, ReadingMeta, Stance, Structure, Value,
    },
    text::{Span, Text},
};
use jiff::Timestamp;

use crate::random::Random;

const SENTENCES: [&str; 14] = [
    "An ally may be drawn into a war that is not its own.",
    "The allies’ promise costs more than the smaller ally thinks!",
    "“Who pays?” he asked; nobody had an answer.",
    "It did not last.",
    "States balance against the threats they see, not against power.",
    "A threat is what the state that is threatened says it is.",
    "In 1950 the price was $400 a head (cf. Walt 1987, p. 21).",
    "国际格局正在发生变化，势不是力量本身。",
    "The word is 势 or 国际, as they say.",
    "Balancing threats and balances of threat are what allies fear.",
    "同盟を結ぶ者は恐れる。",
    "don’t",
    "Naïve promises promise nothing: promising is cheap.",
    "…",
];

const RUSSIAN: [&str; 3] = [
    "Между двумя державами нет союза, но есть общий интерес, и он не требует подписи.",
    "Союзы держав и интересы союзников не одно и то же.",
    "Это было не так.",
];

pub const LABELS: usize = 9;

pub fn label_id(n: usize) -> LabelId {
    LabelId::new(&format!("l{n}")).unwrap()
}

pub fn reading_id(n: usize) -> ReadingId {
    ReadingId::new(&format!("r{n}")).unwrap()
}

fn text(random: &mut Random, sentences: &[&str]) -> Text {
    let mut out = String::new();
    for _ in 0..1 + random.below(5) {
        for _ in 0..1 + random.below(5) {
            out.push_str(sentences[random.below(sentences.len())]);
            out.push(' ');
        }
        out.truncate(out.trim_end().len());
        out.push_str(["\n", "\n\n"][random.below(2)]);
    }
    Text::new(out)
}

fn meta(random: &mut Random, n: usize) -> ReadingMeta {
    let values = [
        "China",
        "china",
        "2.5",
        "-1",
        "yes",
        "2026-11-22",
        "Op-ed \"x\"",
        "10",
    ];
    let attributes = (!random.one_in(3)).then(|| {
        let value = Value::parse(values[random.below(values.len())]).unwrap();
        let name = ["Kind", "kind"][usize::from(random.one_in(4))];
        (name.to_owned(), value)
    });
    ReadingMeta {
        title: format!("Reading {n}"),
        year: [None, Some(1987), Some(2014), Some(-3)][random.below(4)],
        attributes: attributes.into_iter().collect(),
        ..ReadingMeta::default()
    }
}

fn reading(random: &mut Random, n: usize, revises: Option<ReadingId>) -> Reading {
    let text = match n {
        1 => text(random, &RUSSIAN),
        _ => text(random, &SENTENCES),
    };
    Reading {
        id: reading_id(n),
        meta: meta(random, n),
        sha256: n.to_string(),
        words: 0,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: "UTF-8".to_owned(),
        source_sha256: String::new(),
        revises,
        remarks: Vec::new(),
        imported: Timestamp::from_second(n as i64 * 100).unwrap(),
        text,
    }
}

/// A passage somewhere in a text; often a word, often at the same place as another.
fn span(random: &mut Random, text: &Text) -> Span {
    let longest = [6, 30, 120, 600][random.below(4)];
    loop {
        let start = text.floor(random.below(text.len() as usize) as u32 / 3 * 3);
        let end = text.floor((start + 1 + random.below(longest) as u32).min(text.len()));
        let span = Span::new(start, end);
        if span.fits(text.as_str()) {
            return span;
        }
    }
}

fn highlight(random: &mut Random, n: usize, reading: &Reading) -> Highlight {
    let mut labels: Vec<LabelId> = Vec::new();
    for _ in 0..1 + random.below(4) {
        let label = label_id(random.below(LABELS - 1));
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    Highlight {
        id: HighlightId(n as u64),
        reading: reading.id.clone(),
        span: span(random, &reading.text),
        labels,
        stance: Stance::ALL.get(random.below(7)).copied(),
        note: ["", " ", "A note."][random.below(3)].to_owned(),
        coder: CoderId::new(["MK", "AL", "JB"][random.below(3)]).unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    }
}

fn perform(project: &mut Project, edit: Edit) {
    apply(project, edit).unwrap();
}

/// A project of up to six readings, of which one may be revised, with up to a hundred highlights.
pub fn project(seed: u64) -> Project {
    let random = &mut Random::new(seed);
    let mut project = Project::new("Made");
    for (n, color) in PALETTE.into_iter().enumerate().take(LABELS) {
        let parent = n.checked_sub(1).filter(|_| !random.one_in(3));
        let label = Label {
            parent: parent.map(|p| label_id(p - random.below(p + 1).min(2))),
            position: random.below(5) as f64,
            ..Label::new(label_id(n), format!("Label \"{n}\""), color)
        };
        perform(&mut project, Edit::AddLabel(label));
    }
    for n in 0..1 + random.below(5) {
        let reading = Arc::new(reading(random, n, None));
        perform(&mut project, Edit::AddReading(Arc::clone(&reading)));
        for k in 0..random.below(25) {
            let highlight = highlight(random, n * 100 + k, &reading);
            perform(&mut project, Edit::AddHighlight(Arc::new(highlight)));
        }
    }
    if random.one_in(2) {
        perform(&mut project, Edit::RemoveReading(reading_id(0)));
        let revised = Arc::new(reading(random, 9, Some(reading_id(0))));
        perform(&mut project, Edit::AddReading(Arc::clone(&revised)));
        for k in 0..random.below(9) {
            let highlight = highlight(random, 900 + k, &revised);
            perform(&mut project, Edit::AddHighlight(Arc::new(highlight)));
        }
    }
    for n in 0..random.below(12) {
        let about = About::Claim(ClaimPlace {
            label: label_id(random.below(LABELS)),
            reading: reading_id([0, 1, 2, 9, 7][random.below(5)]),
            stance: Stance::ALL.get(random.below(6)).copied(),
        });
        let coder = CoderId::new(["MK", "AL"][random.below(2)]).unwrap();
        let claim = Edit::Jot(coder, about, Some(format!("Claim {n}")));
        // Not every random claim is about something that is there.
        let _ = apply(&mut project, claim);
    }
    project
}

/// Some labels to fold.
pub fn folded(random: &mut Random) -> BTreeSet<LabelId> {
    (0..random.below(4))
        .map(|_| label_id(random.below(LABELS)))
        .collect()
}

/// The labels that a row stands for: its own, and those below it when it is folded.
pub fn family(corpus: &Corpus, label: u32, folded: bool) -> BTreeSet<LabelId> {
    let all = corpus.codebook().labels();
    let mut family = BTreeSet::from([all[label as usize].id.clone()]);
    let mut grown = folded;
    while grown {
        let below = all
            .iter()
            .filter(|l| l.parent.as_ref().is_some_and(|p| family.contains(p)));
        let below: Vec<LabelId> = below.map(|l| l.id.clone()).collect();
        let before = family.len();
        family.extend(below);
        grown = family.len() > before;
    }
    family
}

/// Whether a highlight has one of some labels.
pub fn has(highlight: &Highlight, family: &BTreeSet<LabelId>) -> bool {
    highlight.labels.iter().any(|label| family.contains(label))
}

/// Whether a label lies under one of `folded`, at whatever depth.
pub fn is_hidden(corpus: &Corpus, label: &LabelId, folded: &BTreeSet<LabelId>) -> bool {
    let parent = |id: &LabelId| {
        let all = corpus.codebook().labels();
        all.iter()
            .find(|l| l.id == *id)
            .and_then(|l| l.parent.clone())
    };
    let mut above = parent(label);
    while let Some(id) = above {
        if folded.contains(&id) {
            return true;
        }
        above = parent(&id);
    }
    false
}
