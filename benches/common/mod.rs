//! Large readings and many highlights, the same every time: several languages, overlaps, some highlights 20 KB long.

#![allow(dead_code)] // Each bench takes what it needs.

pub mod many;
pub mod packet;

use std::{fmt::Write as _, path::Path, sync::Arc, time::Duration};

use glossator::{
    edit::{Edit, apply},
    import::Imported,
    model::{
        CoderId, Heading, Highlight, HighlightId, Label, LabelId, PALETTE, Project, Reading,
        ReadingId, ReadingMeta, Stance, Structure,
    },
    store::{ReadingWriter, Workspace},
    text::{Span, Text, word_count},
};
use jiff::Timestamp;

/// How many labels the codebook has, a fifth of them at the top level.
pub const LABELS: usize = 300;
/// Each so many highlights one is 20 KB long.
const LONG_EACH: usize = 200;

const SENTENCES: [&str; 10] = [
    "An ally may be drawn into a war that is not its own, and the smaller one is right to ask what the promise costs.",
    "“Who pays?” he asked; nobody in the room—least of all the minister—had an answer.",
    "Das Bündnis war, wie er später schrieb, „eher ein Versprechen als ein Vertrag“ und hielt doch elf Jahre.",
    "L’équilibre des puissances n’est pas une loi ; c’est une habitude que l’on prend à l’école des défaites.",
    "Между двумя державами нет союза, но есть общий интерес, и он не требует подписи.",
    "国际格局正在发生变化，势不是力量本身，而是力量的走向。他们说“不结盟”不等于不合作。",
    "In 1950 the price was $400 a head (see note 12), or 3.5 % of what the state took in.",
    "同盟を結ぶ者は、見捨てられることと巻き込まれることの両方を恐れる。",
    "Trade rose from 96 to 240 billion between 2016 and 2023, most of it oil and machines.",
    "It did not last.",
];

/// A few bits that look random and are the same every time.
pub fn dice(n: usize) -> usize {
    let mut x = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (x ^ (x >> 32)) as usize >> 3
}

/// About `bytes` of paragraphs of one to fourteen sentences, or all in one line.
pub fn text(bytes: usize, one_line: bool) -> Text {
    let mut out = String::with_capacity(bytes + 4000);
    let mut n = 0;
    while out.len() < bytes {
        for _ in 0..1 + dice(n) % 14 {
            n += 1;
            // Mostly English, so that a paragraph is mostly of one script.
            let pick = dice(n) % 16;
            out.push_str(SENTENCES.get(pick).unwrap_or(&SENTENCES[0]));
            out.push(' ');
        }
        n += 1;
        if !one_line {
            out.truncate(out.trim_end().len());
            out.push_str(if dice(n).is_multiple_of(40) {
                "\n\nA heading of a few words\n\n"
            } else {
                "\n\n"
            });
        }
    }
    out.truncate(out.trim_end().len());
    Text::new(out)
}

/// A reading of about `bytes`.
pub fn reading(bytes: usize, one_line: bool) -> Reading {
    let text = text(bytes, one_line);
    let headings = text
        .paragraphs()
        .iter()
        .filter(|&&p| text.slice(p) == "A heading of a few words")
        .map(|&span| Heading { span, level: 2 })
        .collect();
    Reading {
        id: ReadingId::new("long").unwrap(),
        meta: ReadingMeta {
            title: "Long".into(),
            authors: vec!["Arnold, Ida".into()],
            year: Some(1999),
            ..ReadingMeta::default()
        },
        sha256: glossator::text::sha256(text.as_str()),
        words: word_count(text.as_str()) as u32,
        structure: Structure {
            headings,
            ..Structure::default()
        },
        source_name: "long.txt".into(),
        encoding: "UTF-8".into(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
        text,
    }
}

pub fn label_id(i: usize) -> LabelId {
    LabelId::new(&format!("label-{}", i % LABELS)).unwrap()
}

pub fn labels() -> Vec<Label> {
    (0..LABELS)
        .map(|i| Label {
            parent: (i % 5 > 0).then(|| label_id(i - i % 5)),
            position: i as f64,
            definition: "What the one who promises gives up, and what the other may count on."
                .into(),
            ..Label::new(
                label_id(i),
                format!("Label {i} of some length"),
                PALETTE[i % PALETTE.len()],
            )
        })
        .collect()
}

/// The `i`-th of `n` highlights spread over a text: 20 to 400 bytes, each two hundredth 20 KB.
pub fn highlight(i: usize, n: usize, text: &Text) -> Highlight {
    let at = (u64::from(text.len()) * (i % n) as u64 / n as u64) as u32;
    let length = match i % LONG_EACH {
        0 => 20_000,
        _ => 20 + (dice(i) % 380) as u32,
    };
    let start = text.floor(at.min(text.len() - 30));
    let end = text.floor(start.saturating_add(length).min(text.len()));
    Highlight {
        id: HighlightId((i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        reading: ReadingId::new("long").unwrap(),
        span: Span::new(start, end),
        labels: (0..=dice(i) % 3)
            .map(|k| label_id(dice(i) + 7 * k))
            .collect(),
        stance: Stance::ALL.get(dice(i + 5) % 9).copied(),
        note: match i % 3 {
            0 => "He says so, and again elsewhere; 参见第三章.".into(),
            _ => String::new(),
        },
        coder: CoderId::new(["MK", "JB"][i % 2]).unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    }
}

/// A project of one reading with `n` highlights.
pub fn project(reading: &Arc<Reading>, n: usize) -> Project {
    let mut project = Project::new("Bench");
    for label in labels() {
        apply(&mut project, Edit::AddLabel(label)).unwrap();
    }
    apply(&mut project, Edit::AddReading(Arc::clone(reading))).unwrap();
    let all = (0..n).map(|i| Edit::AddHighlight(Arc::new(highlight(i, n, &reading.text))));
    apply(&mut project, Edit::Batch(all.collect())).unwrap();
    project
}

/// The same project in `folder`, written as the app writes it.
pub fn on_disk(folder: &Path, bytes: usize, n: usize) -> Arc<Reading> {
    let now = Timestamp::UNIX_EPOCH;
    let coder = CoderId::new("MK").unwrap();
    let mut workspace = Workspace::create(folder, "Bench", labels(), coder, now).unwrap();
    let reading = reading(bytes, false);
    let imported = Imported {
        meta: reading.meta.clone(),
        text: reading.text.as_str().to_owned(),
        structure: reading.structure.clone(),
        source_name: reading.source_name.clone(),
        source_sha256: String::new(),
        encoding: reading.encoding.clone(),
        remarks: Vec::new(),
    };
    let written = ReadingWriter::new(folder)
        .write(&imported, b"", now)
        .unwrap();
    let reading = Arc::new(written);
    workspace
        .perform(Edit::AddReading(Arc::clone(&reading)), now)
        .unwrap();
    let all = (0..n).map(|i| Edit::AddHighlight(Arc::new(highlight(i, n, &reading.text))));
    workspace.perform(Edit::Batch(all.collect()), now).unwrap();
    workspace.close().unwrap();
    reading
}

/// The CPU time that this thread has used, which does not count what others on the machine do.
pub fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// How much CPU time of this thread `f` took.
pub fn cpu_of<T>(f: impl FnOnce() -> T) -> Duration {
    let begun = cpu();
    std::hint::black_box(f());
    cpu() - begun
}

/// Median, 99th percentile and maximum of some times, in milliseconds.
pub fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let mut out = String::new();
    let _ = write!(
        out,
        "min {:.3}  median {:.3}  p99 {:.3}  max {:.3} ms",
        at(0.0),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    out
}

/// A number of `/proc/self/status` in MB: `VmHWM` is the most memory that was ever used.
pub fn memory(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(what));
    line.and_then(|l| l.split_whitespace().nth(1)?.parse::<f64>().ok())
        .unwrap_or_default()
        / 1024.0
}
