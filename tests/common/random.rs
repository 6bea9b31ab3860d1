//! Random edits of every kind, most of which fit and some of which don't. Shared by the property tests and the crash test.

use std::{collections::BTreeMap, sync::Arc};

use glossator::{
    edit::{Edit, compose, packets},
    model::{
        About, CiteStyle, ClaimPlace, CoderId, Color, Excerpts, Highlight, HighlightId, Imprint,
        Label, LabelId, Layout, PacketHead, PacketId, Paper, Pick, Project, Question, Reading,
        ReadingId, ReadingMeta, Rule, RuleOrder, Section, SectionId, Side, Stance, Structure,
        Subject, Suggested, Value,
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

fn some_packet(random: &mut Random, project: &Project) -> PacketId {
    let all: Vec<&PacketId> = project.packets().keys().collect();
    match random.one_in(4) {
        true => PacketId::new(&format!("p{}", random.below(4))).expect("an id"),
        false => random
            .of(&all)
            .map_or_else(|| PacketId::new("p0").expect("an id"), |id| (*id).clone()),
    }
}

fn section_id(random: &mut Random) -> SectionId {
    SectionId::new(&format!("s{}", random.below(5))).expect("an id")
}

fn packet_head(random: &mut Random) -> PacketHead {
    let titles = ["Week 6", "“勢” \"x\"", "Debate", " "];
    let offered = if random.one_in(9) { 4 } else { 3 };
    PacketHead {
        title: titles[random.below(offered)].to_owned(),
        line: words(random),
        cite: CiteStyle::ALL[random.below(3)],
        paper: Paper::ALL[random.below(2)],
        order: (0..random.below(4)).map(|_| section_id(random)).collect(),
    }
}

fn pick(random: &mut Random, project: &Project, at: Timestamp) -> Pick {
    let old = old(random, project, at);
    Pick {
        reading: old.reading,
        highlight: old.id,
        side: Side::BOTH[random.below(2)],
    }
}

/// A section of anything.
pub fn section(random: &mut Random, project: &Project, at: Timestamp) -> Section {
    let queries = [
        "",
        "stance:contests",
        "label:Entrapment",
        "has:note or (",
        "not text:a",
    ];
    let subject = match random.below(3) {
        0 => Subject::Free,
        1 => Subject::Theory(some_label(random, project)),
        _ => Subject::Question,
    };
    let chosen = (0..random.below(4)).map(|_| pick(random, project, at));
    let excerpts = Excerpts::Chosen(chosen.collect());
    let orders = [
        RuleOrder::Place,
        RuleOrder::Year,
        RuleOrder::Stance,
        RuleOrder::Length,
    ];
    Section {
        title: words(random),
        subject,
        introduction: words(random) + &words(random),
        definitions: random.one_in(2),
        excerpts: match random.one_in(3) {
            true => Excerpts::Ruled(Rule {
                query: queries[random.below(queries.len())].to_owned(),
                order: orders[random.below(4)],
                most: random.one_in(2).then_some(2),
            }),
            false => excerpts,
        },
        layout: match random.below(4) {
            0 => Layout::List,
            1 => Layout::Sides(words(random), words(random)),
            2 => Layout::Authors,
            _ => Layout::Map,
        },
        notes: random.one_in(2),
        claims: random.one_in(2),
        questions: (0..random.below(3))
            .map(|_| match random.one_in(2) {
                true => Question::Written(words(random)),
                false => {
                    let pick = pick(random, project, at);
                    Question::Note(pick.reading, pick.highlight)
                }
            })
            .collect(),
        lines: random.below(9) as u8,
        readings: random.one_in(3),
    }
}

/// A change of a packet, as people make it or out of the blue.
pub fn packet(random: &mut Random, project: &Project, at: Timestamp) -> Edit {
    let id = some_packet(random, project);
    let name = section_id(random);
    let made = match random.below(9) {
        0 => return Edit::PutPacket(id, Some(packet_head(random))),
        1 => return Edit::PutPacket(id, None),
        2 => return Edit::PutSection(id, name, None),
        3 | 4 => return Edit::PutSection(id, name, Some(section(random, project, at))),
        5 => packets::delete(project, &id).filter(|_| random.one_in(3)),
        6 => {
            let section = section(random, project, at);
            packets::add_section(project, &id, section, random.below(4)).map(|(_, edit)| edit)
        }
        7 => {
            let picks = [pick(random, project, at), pick(random, project, at)];
            packets::place_picks(project, &id, &name, &picks, None)
        }
        _ => packets::move_section(project, &id, &name, random.below(3)),
    };
    made.unwrap_or_else(|| Edit::PutPacket(id, Some(packet_head(random))))
}

/// A random edit other than the adding of a reading, made for `project` as it is.
pub fn edit(random: &mut Random, project: &Project, at: Timestamp) -> Edit {
    match random.below(32) {
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
        27..=31 => packet(random, project, at),
        // Its parts are made for the project as it is, so they often don't fit one after the other.
        _ => Edit::Batch(
            (0..random.below(4))
                .map(|_| edit(random, project, at))
                .collect(),
        ),
    }
}
