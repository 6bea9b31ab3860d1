//! What goes between the program and the child process that reads a file: a line of JSON each way.

use serde::{Deserialize, Serialize};

use crate::{
    export::ron::{
        BlockRecord, EmphasisRecord, HeadingRecord, NoteRecord, PageRecord, ReadingRecord,
    },
    import::{Format, Imported, Refusal, annotated},
    model::Structure,
};

/// What the child is to do with the file whose path stands in its arguments. A password is said here, since arguments can be
/// seen by everyone on the machine.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Task {
    pub password: Option<String>,
    /// How many bytes of memory it may have.
    pub memory: usize,
}

/// What the child says.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Reply {
    /// The version of the program: another one may mean other things by the same words.
    pub version: String,
    pub answer: Answer,
}

impl Reply {
    pub fn new(answer: Answer) -> Self {
        Self {
            version: VERSION.to_owned(),
            answer,
        }
    }
}

pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What became of the file.
#[derive(Debug, Deserialize, Serialize)]
pub(super) enum Answer {
    /// What is in it, and the format that it was read as.
    Read(Box<ReadingRecord>, Format),
    Refused(Refusal),
    /// The system did not give it: why.
    Unread(String),
}

/// An imported file as a record of an annotated project, which says the same things.
pub(super) fn record(imported: Imported) -> ReadingRecord {
    let Imported {
        meta,
        text,
        structure,
        source_name,
        source_sha256,
        encoding,
        remarks,
    } = imported;
    let Structure {
        headings,
        blocks,
        emphasis,
        notes,
        pages,
    } = structure;
    let headings = headings.into_iter().map(|h| HeadingRecord {
        start: h.span.start,
        end: h.span.end,
        level: h.level,
    });
    let blocks = blocks.into_iter().map(|b| BlockRecord {
        start: b.span.start,
        end: b.span.end,
        kind: b.kind.to_string(),
    });
    let emphasis = emphasis.into_iter().map(|e| EmphasisRecord {
        start: e.span.start,
        end: e.span.end,
        style: e.style.to_string(),
    });
    let notes = notes.into_iter().map(|n| NoteRecord {
        start: n.mark.start,
        end: n.mark.end,
        body_start: n.body.start,
        body_end: n.body.end,
    });
    let pages = pages.into_iter().map(|p| PageRecord {
        start: p.start,
        label: p.label,
    });
    ReadingRecord {
        title: meta.title,
        authors: meta.authors,
        year: meta.year,
        kind: meta.kind,
        publisher: meta.publisher,
        url: meta.url,
        container: meta.imprint.container,
        volume: meta.imprint.volume,
        issue: meta.imprint.issue,
        page_range: meta.imprint.pages,
        place: meta.imprint.place,
        doi: meta.imprint.doi,
        accessed: meta.imprint.accessed,
        key: meta.imprint.key,
        page_shift: meta.page_shift,
        attributes: (meta.attributes.into_iter())
            .map(|(name, value)| (name, value.typed()))
            .collect(),
        headings: headings.collect(),
        blocks: blocks.collect(),
        emphasis: emphasis.collect(),
        notes: notes.collect(),
        pages: pages.collect(),
        source_name,
        source_sha256,
        encoding,
        remarks,
        text: Some(text),
        ..ReadingRecord::default()
    }
}

/// The way back.
pub(super) fn imported(record: ReadingRecord) -> Imported {
    Imported {
        meta: annotated::meta_of(&record),
        structure: annotated::structure_of(&record),
        text: record.text.unwrap_or_default(),
        source_name: record.source_name,
        source_sha256: record.source_sha256,
        encoding: record.encoding,
        remarks: record.remarks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            Block, BlockKind, Emphasis, Heading, Imprint, Note, Page, ReadingMeta, Script, Style,
        },
        text::Span,
    };

    fn over<T: Serialize + for<'a> Deserialize<'a>>(value: &T) -> T {
        serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
    }

    #[test]
    fn what_was_read_comes_over_whole() {
        let style = Style {
            bold: true,
            italic: true,
            script: Script::Raised,
        };
        let file = Imported {
            meta: ReadingMeta {
                title: "A “title”\n".into(),
                authors: vec!["Lee, Ann".into()],
                year: Some(-44),
                kind: "thesis".into(),
                publisher: "P".into(),
                url: "https://x".into(),
                imprint: Imprint {
                    container: "C".into(),
                    volume: "1".into(),
                    issue: "2".into(),
                    pages: "3–4".into(),
                    place: "Oxford".into(),
                    doi: "10.1/x".into(),
                    accessed: "2026-11-22".into(),
                    key: "lee".into(),
                },
                page_shift: Some(-3),
                attributes: Default::default(),
            },
            text: "Title\n\nWords[1] \u{1F600}.\n\n[1] Note.\n".into(),
            structure: Structure {
                headings: vec![Heading {
                    span: Span::new(0, 5),
                    level: 2,
                }],
                blocks: vec![
                    Block {
                        span: Span::new(7, 20),
                        kind: BlockKind::Item(3),
                    },
                    Block {
                        span: Span::new(23, 32),
                        kind: BlockKind::Note,
                    },
                ],
                emphasis: vec![Emphasis {
                    span: Span::new(12, 15),
                    style,
                }],
                notes: vec![Note {
                    mark: Span::new(12, 15),
                    body: Span::new(23, 32),
                }],
                pages: vec![Page {
                    start: 7,
                    label: "xiv".into(),
                }],
            },
            source_name: "a b.pdf".into(),
            source_sha256: "00ff".into(),
            encoding: "windows-1251".into(),
            remarks: vec!["One.".into(), "Two.".into()],
        };
        assert_eq!(imported(over(&record(file.clone()))), file);
    }

    #[test]
    fn every_refusal_comes_over() {
        let all = [
            Refusal::Empty,
            Refusal::TooLarge(7),
            Refusal::Kind("a picture".into()),
            Refusal::NoBibliography,
            Refusal::Locked,
            Refusal::NotWhatItSays(Format::Odt),
            Refusal::Binary,
            Refusal::Damaged,
            Refusal::Missing("x".into()),
            Refusal::Swollen,
            Refusal::Password { wrong: true },
            Refusal::Scanned(3),
            Refusal::Slow(30),
            Refusal::Hungry,
            Refusal::Failed,
        ];
        for refusal in all {
            assert_eq!(over(&refusal), refusal);
        }
    }
}
