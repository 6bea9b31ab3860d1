//! A reading with everything a file can tell of its text, written in a small markup.

use std::path::PathBuf;

use glossator::{
    edit::Edit,
    import::Imported,
    model::{
        Block, BlockKind, CoderId, Emphasis, Heading, Note, Page, ReadingMeta, Script, Structure,
        Style,
    },
    seeds,
    store::{ReadingWriter, Workspace},
    text::Span,
};
use jiff::Timestamp;

use crate::desk::Home;

/// Paragraphs of an article: what each is, and its text. `*bold*`, `_italic_`, `^raised^`, `~lowered~`; `{2}` is the mark of
/// note 2 and `{=2}` where the note starts; `{p 118}` starts a page.
const ARTICLE: &[(&str, &str)] = &[
    ("1", "{p 117}The wages of caution"),
    (
        "body",
        "States that fear *each other* more than they fear a third do not ally, and states that fear a third do; this is the \
         whole of the theory, and _everything else_ is commentary.{1} What the commentary adds is *_when_* fear turns into a \
         treaty, and at what price. The answer has been sought in geography, in regimes, and in the habits of those who \
         write the treaties down.{p 118} None of the three has been found sufficient by itself, and nobody has shown that \
         they are sufficient together.{2}",
    ),
    ("2", "Three conditions"),
    (
        "body",
        "A pledge is given where three things come together:",
    ),
    (
        "item",
        "1. a threat that both parties see, and see in the same place, so that neither has to be told by the other where to \
         look for it;",
    ),
    ("item", "2. means that add up, which is the case where"),
    ("item 2", "• one has ships and the other has harbours, or"),
    (
        "item 2",
        "• one has men and the other has money to pay them;",
    ),
    ("item", "10. a public that forgives."),
    ("body", "The oldest statement of it says so in fewer words:"),
    (
        "quote",
        "It is not the oath that makes us believe the man, but the man the oath. Where there is no fear there is no need of \
         an oath, and where there is fear there is _no use_ for one.{3}",
    ),
    (
        "body",
        "How the four cases compare is seen from the table; H~2~O and x^2^ stand here for the formulas.",
    ),
    ("row", "*Case*\t*Years*\t*What was promised*\t*Kept*"),
    (
        "row",
        "North Pact\t1949–1966\tTo come to each other’s help in every case, whoever had begun it\tyes",
    ),
    ("row", "Gulf League\t1971\tNothing\tno"),
    (
        "row",
        "River Concert\t1922–1935\tTo consult before any of them moved a regiment across the river\tin part",
    ),
    ("body", "The rule can be written down as a program:"),
    ("code", "if fear(a, b) < fear(a, c):"),
    ("code", "\u{2003}\u{2003}ally(a, b)"),
    (
        "body",
        "{p 119}{p 120}More cannot be said with so little evidence, and less need not be.",
    ),
    (
        "note",
        "{=1}1 So already the dialogue, from which the schools took it; see also the discussion of fear and interest.",
    ),
    ("note", "{=2}2 _Pace_ the historians."),
    (
        "note",
        "{=3}3 A fragment, quoted from memory by a later author.",
    ),
    ("note", "It may well be spurious."),
];

/// The article as an importer would bring it.
pub fn article() -> Imported {
    let mut made = Made::default();
    for (kind, marked) in ARTICLE {
        made.paragraph(kind, marked);
    }
    made.structure.notes = made.notes();
    Imported {
        meta: ReadingMeta {
            title: "The Wages of Caution".into(),
            authors: vec!["Vale, Ruth".into()],
            year: Some(1987),
            ..ReadingMeta::default()
        },
        text: made.text,
        structure: made.structure,
        source_name: "vale.pdf".into(),
        source_sha256: "00".repeat(32),
        encoding: String::new(),
        remarks: vec!["Two pages hold no text.".into()],
    }
}

impl Home {
    /// A project that holds the article.
    pub fn article(&self) -> PathBuf {
        let folder = self.project_with("Article", seeds::starter_codebook().unwrap());
        self.add_to(&folder, &article());
        folder
    }

    /// Adds a reading to a project that is not open.
    pub fn add_to(&self, folder: &std::path::Path, imported: &Imported) {
        let coder = CoderId::new("SN").unwrap();
        let mut workspace = Workspace::open(folder, coder).unwrap().workspace;
        let now = Timestamp::now();
        let reading = ReadingWriter::new(folder)
            .write(imported, b"the file", now)
            .unwrap();
        workspace
            .perform(Edit::AddReading(reading.into()), now)
            .unwrap();
        workspace.close().unwrap();
    }
}

#[derive(Default)]
struct Made {
    text: String,
    structure: Structure,
    style: Style,
    marks: Vec<(String, Span)>,
    bodies: Vec<(String, u32)>,
}

impl Made {
    fn at(&self) -> u32 {
        self.text.len() as u32
    }

    fn paragraph(&mut self, kind: &str, marked: &str) {
        if !self.text.is_empty() {
            self.text.pop();
            self.text.push_str("\n\n");
        }
        let start = self.at();
        let mut run = start;
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            let (told, after) = match c {
                '{' => rest[1..].split_once('}').unwrap(),
                _ => ("", &rest[c.len_utf8()..]),
            };
            if "{*_^~".contains(c) {
                self.end_run(run);
                run = self.at();
            }
            match c {
                '*' => self.style.bold ^= true,
                '_' => self.style.italic ^= true,
                '^' => self.toggle(Script::Raised),
                '~' => self.toggle(Script::Lowered),
                '{' => {
                    if let Some(label) = told.strip_prefix("p ") {
                        let (start, label) = (self.at(), label.to_owned());
                        self.structure.pages.push(Page { start, label });
                    } else if let Some(note) = told.strip_prefix('=') {
                        self.bodies.push((note.to_owned(), self.at()));
                    } else {
                        self.text.push_str(told);
                        self.marks
                            .push((told.to_owned(), Span::new(run, self.at())));
                        self.toggle(Script::Raised);
                        self.end_run(run);
                        self.toggle(Script::Raised);
                        run = self.at();
                    }
                }
                _ => self.text.push(c),
            }
            rest = after;
        }
        self.end_run(run);
        let span = Span::new(start, self.at());
        match kind.parse::<u8>() {
            Ok(level) => self.structure.headings.push(Heading { span, level }),
            Err(_) if kind == "body" => {}
            Err(_) => {
                let kind: BlockKind = kind.parse().unwrap();
                self.structure.blocks.push(Block { span, kind });
            }
        }
        self.text.push('\n');
    }

    fn toggle(&mut self, script: Script) {
        self.style.script = match self.style.script {
            Script::Base => script,
            _ => Script::Base,
        };
    }

    fn end_run(&mut self, from: u32) {
        let span = Span::new(from, self.at());
        if !span.is_empty() && self.style != Style::PLAIN {
            let style = self.style;
            self.structure.emphasis.push(Emphasis { span, style });
        }
    }

    /// Each note says what stands from its start to that of the next.
    fn notes(&self) -> Vec<Note> {
        let end = self.text.trim_end().len() as u32;
        let starts = self.bodies.iter().map(|b| b.1).skip(1);
        let ends: Vec<u32> = starts
            .map(|s| self.text[..s as usize].trim_end().len() as u32)
            .chain([end])
            .collect();
        let body = |name: &str| {
            let i = self.bodies.iter().position(|b| b.0 == name).unwrap();
            Span::new(self.bodies[i].1, ends[i])
        };
        let note = |(name, mark): &(String, Span)| Note {
            mark: *mark,
            body: body(name),
        };
        self.marks.iter().map(note).collect()
    }
}
