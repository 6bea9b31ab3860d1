//! A small seminar made up for tests: every kind of thing that an export has to get right.

use std::sync::Arc;

use glossator::{
    edit::{Edit, apply},
    model::{
        CoderId, Heading, Highlight, HighlightId, Label, LabelId, PALETTE, Page, Project, Reading,
        ReadingId, ReadingMeta, Stance, Structure,
    },
    text::{Span, Text, find_quote, word_count},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// `n` minutes into the seminar.
pub fn minute(n: i64) -> Timestamp {
    Timestamp::from_second(1_795_269_600 + 60 * n).unwrap()
}

/// A reading with nothing said about it but its title.
pub fn reading(id: &str, title: &str, text: &str, at: Timestamp) -> Reading {
    let hash = Sha256::digest(text.as_bytes());
    Reading {
        id: ReadingId::new(id).unwrap(),
        meta: ReadingMeta {
            title: title.into(),
            ..ReadingMeta::default()
        },
        text: Text::new(text),
        sha256: hash.iter().map(|b| format!("{b:02x}")).collect(),
        words: word_count(text) as u32,
        structure: Structure::default(),
        source_name: format!("{id}.txt"),
        encoding: "UTF-8".into(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: at,
    }
}

/// A label with a name and its place in the list.
pub fn label(id: &str, name: &str, parent: Option<&str>, position: u8) -> Label {
    let color = PALETTE[usize::from(position) % PALETTE.len()];
    Label {
        parent: parent.map(|p| LabelId::new(p).unwrap()),
        position: f64::from(position),
        ..Label::new(LabelId::new(id).unwrap(), name, color)
    }
}

/// Puts everything into `project`, which must take it.
pub fn perform(project: &mut Project, edits: impl IntoIterator<Item = Edit>) {
    for edit in edits {
        apply(project, edit).unwrap();
    }
}

const PACT: &str = "\
Who gains from a pact?

Nobody signs a pact for love. A promise to fight is paid for twice: once in freedom, and once more when the friend's quarrel \
becomes one's own. (1) The first price is certain; the second is not.
* * *
The strong ask “what for?”, the weak ask “when?” -- and both are right. In 1950 the answer cost $400 a head, or so a [footnote] says.
   Between them stands 2 < 3: a_b_c and C:\\temp, see http://example.org/a_b.

# 2 is a number, not a heading
A friend who may leave is still a friend.  ";

const TREND: &str = "\
国际格局变了。他们说“不结盟”不等于不合作。
Shi 勢 is not power but its slope; a pole ==leans== before it falls.";

/// The made-up seminar: two readings, six labels, two coders, overlaps three deep, and text that looks like Markdown.
pub fn seminar() -> Project {
    let mut project = Project::new("Pacts & *prices*");
    perform(&mut project, labels().into_iter().map(Edit::AddLabel));
    perform(
        &mut project,
        readings()
            .into_iter()
            .map(|r| Edit::AddReading(Arc::new(r))),
    );
    for highlight in highlights(&project) {
        perform(&mut project, [Edit::AddHighlight(Arc::new(highlight))]);
    }
    let contrast = Label {
        contrast: Some(LabelId::new("flexibility").unwrap()),
        ..project
            .label(&LabelId::new("pledge").unwrap())
            .unwrap()
            .clone()
    };
    perform(&mut project, [Edit::ChangeLabel(contrast)]);
    project
}

fn labels() -> Vec<Label> {
    let mut price = label("price", "Price of a promise", None, 0);
    price.definition =
        "What a promise costs the one who gives it.\n\nIn *freedom*, or in blood.".into();
    price.when = "The text weighs a cost.".into();
    price.when_not = "Only the pledge is named: use “Pledge”.".into();
    price.source = "Snyder 1984".into();
    price.cues = vec!["pay*".into(), "price".into()];
    price.digit = Some(1);
    let mut pledge = label("pledge", "Pledge [formal]", Some("price"), 1);
    pledge.digit = Some(2);
    vec![
        price,
        pledge,
        label("entrapment", "Entrapment", Some("price"), 2),
        label("flexibility", "Flexibility", None, 3),
        label("shi", "Shi 勢", Some("flexibility"), 4),
        label("unused", "Never used", None, 5),
    ]
}

fn readings() -> Vec<Reading> {
    let mut pact = reading(
        "who-gains-from-a-pact",
        "Who gains from a pact? *A note*",
        PACT,
        minute(0),
    );
    pact.meta.authors = vec!["Arnold, Ida".into(), "Böhm, K. T.".into()];
    pact.meta.year = Some(1999);
    pact.meta.kind = "note".into();
    pact.meta.publisher = "The Fictional Review 3(2)".into();
    pact.meta.url = "https://example.org/pact_1".into();
    pact.structure.headings = vec![Heading {
        span: Span::new(0, 22),
        level: 1,
    }];
    let page = |text: &str, label: &str| Page {
        start: PACT.find(text).unwrap() as u32,
        label: label.into(),
    };
    pact.structure.pages = vec![page("Who", "1"), page("more when", "2"), page("# 2", "3")];
    pact.meta.page_shift = Some(114);
    pact.remarks = vec!["One line had no end.".into()];
    let mut trend = reading("qushi", "势 and trend", TREND, minute(1));
    trend.encoding = "GBK".into();
    vec![pact, trend]
}

fn highlights(project: &Project) -> Vec<Highlight> {
    let mut all = Vec::new();
    let mut tag = |reading: &str, quote: &str, labels: &[&str], coder: &str, stance, note: &str| {
        let reading = ReadingId::new(reading).unwrap();
        let text = &project.reading(&reading).unwrap().text;
        let n = all.len() as u64;
        all.push(Highlight {
            id: HighlightId(0x0f3a_0000_0000_0000 + n),
            span: *find_quote(text.as_str(), quote).first().unwrap(),
            reading,
            labels: labels.iter().map(|l| LabelId::new(l).unwrap()).collect(),
            stance,
            note: note.into(),
            coder: CoderId::new(coder).unwrap(),
            created: minute(10 + n as i64),
            changed: minute(20 + 2 * n as i64),
        });
    };
    let (pact, trend) = ("who-gains-from-a-pact", "qushi");
    let twice = "A promise to fight is paid for twice: once in freedom, and once more when the friend's quarrel becomes one's own.";
    tag(
        pact,
        twice,
        &["price", "entrapment"],
        "MK",
        Some(Stance::Supports),
        "- the *core*\n\n1. said <b>twice</b>\n# and $once$",
    );
    tag(pact, "once in freedom", &["flexibility"], "MK", None, "");
    tag(
        pact,
        "freedom, and once more",
        &["price"],
        "J_B",
        Some(Stance::Contests),
        "Really?",
    );
    tag(pact, twice, &["price"], "J_B", None, "");
    tag(pact, "Nobody", &["pledge"], "MK", None, "");
    tag(
        pact,
        "“what for?”, the weak ask “when?”",
        &["pledge"],
        "MK",
        Some(Stance::Qualifies),
        "",
    );
    let long = "and both are right. In 1950 the answer cost $400 a head, or so a [footnote] says. Between them stands 2 < 3: a_b_c";
    tag(
        pact,
        long,
        &["price"],
        "MK",
        Some(Stance::Applies),
        "> two paragraphs",
    );
    tag(
        pact,
        "still a friend.",
        &["flexibility", "pledge"],
        "J_B",
        Some(Stance::Defines),
        "",
    );
    tag(
        trend,
        "“不结盟”不等于不合作。",
        &["flexibility"],
        "MK",
        Some(Stance::Defines),
        "“不” is twice here",
    );
    tag(trend, "结盟", &["pledge"], "J_B", None, "");
    tag(
        trend,
        "Shi 勢 is not power",
        &["shi"],
        "MK",
        Some(Stance::Defines),
        "",
    );
    tag(trend, "==leans==", &["shi"], "J_B", None, "==");
    all
}
