//! Our own reader gives back what was written.

use proptest::prelude::*;

use super::{file, made};
use crate::{
    export::{
        document::{Block, Inline, Inlines, Item},
        docx::xml::fit,
        order::Glosses,
    },
    import::{Imported, import_file},
    text::Span,
};

/// Text without what is lost on purpose: what XML can't hold, and how much white space there is.
fn bare(text: &str) -> String {
    let text = fit(text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a document says, and its footnotes.
#[derive(Default)]
struct Said {
    text: String,
    notes: Vec<String>,
}

impl Said {
    fn line(&mut self, line: &[Inline]) {
        for inline in line {
            match inline {
                Inline::Run(run) => self.text.push_str(&run.text),
                Inline::Footnote(note) => {
                    let mut inside = Self::default();
                    inside.line(note);
                    self.notes.push(inside.text);
                }
                Inline::Gloss(_) | Inline::Break => {}
            }
        }
    }

    fn lines<'a>(&mut self, lines: impl IntoIterator<Item = &'a Inlines>) {
        lines.into_iter().for_each(|line| self.line(line));
    }

    fn block(&mut self, block: &Block, head: &str) {
        match block {
            Block::Heading(1, line) => {
                self.line(line);
                self.text.push_str(head);
            }
            Block::Heading(_, line) | Block::Text(_, line) | Block::Reference(line) => {
                self.line(line)
            }
            Block::Quote(quote) => {
                self.lines(&quote.paragraphs);
                self.line(&quote.cite);
                self.line(&quote.aside);
                self.lines(&quote.note);
            }
            Block::Passage(passage) => self.line(&passage.text),
            Block::List { numbered, items } => {
                for (i, item) in items.iter().enumerate() {
                    match numbered {
                        true => self.text.push_str(&format!("{}.", i + 1)),
                        false => self.text.push('•'),
                    }
                    self.line(item);
                }
            }
            Block::Legend(labels) => {
                let labels = labels.iter().map(|l| format!("{} {}", l.name, l.count));
                self.text.push_str(&labels.collect::<Vec<_>>().join(" · "));
            }
            Block::Columns(columns) => {
                self.lines(columns.iter().map(|c| &c.heading));
                let items = columns.iter().flat_map(|c| &c.items);
                items.for_each(|item| self.block(&item.block, head));
            }
            Block::Table(table) => {
                self.lines(&table.head);
                self.lines(table.rows.iter().flatten());
            }
            Block::Lines(_) | Block::Break => {}
        }
    }
}

fn said(items: &[Item], head: &str) -> Said {
    let mut said = Said::default();
    items.iter().for_each(|item| said.block(&item.block, head));
    said
}

/// The text that was read, without notes, their marks and the numbers of paragraphs.
fn body(read: &Imported) -> String {
    let mut gaps: Vec<Span> = Vec::new();
    for note in &read.structure.notes {
        gaps.extend([note.mark, note.body]);
    }
    gaps.sort_by_key(|gap| gap.start);
    let (mut out, mut at) = (String::new(), 0);
    for gap in gaps {
        out.push_str(&read.text[at as usize..gap.start as usize]);
        at = gap.end;
    }
    out.push_str(&read.text[at as usize..]);
    out
}

/// The items without numbers and glosses of their paragraphs: those are written as text.
fn without_margin(items: Vec<Item>) -> Vec<Item> {
    let keep = |item: &Item| !matches!(&item.block, Block::Passage(p) if p.heading.is_none());
    items.into_iter().filter(keep).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_written_is_read(items in made::items()) {
        let items = without_margin(items);
        let head = made::head();
        let read = import_file("x.docx", &file(&items, &head, Glosses::Comments)).unwrap();
        let said = said(&items, &head.line);
        prop_assert_eq!(bare(&body(&read)), bare(&said.text));
        let notes = read.structure.notes.iter().map(|n| &read.text[n.body.start as usize..n.body.end as usize]);
        let notes: Vec<String> = notes.map(bare).collect();
        prop_assert_eq!(notes.len(), said.notes.len());
        for (read, said) in notes.iter().zip(&said.notes) {
            prop_assert!(read.ends_with(&bare(said)), "{} {}", read, said);
        }
    }

    #[test]
    fn paragraphs_of_a_reading_come_back_with_their_numbers(items in made::items()) {
        let keep = |item: &Item| matches!(&item.block, Block::Passage(p) if p.heading.is_none() && p.kind.is_none());
        let items: Vec<Item> = items.into_iter().filter(keep).collect();
        let read = import_file("x.docx", &file(&items, &made::head(), Glosses::Comments));
        let Ok(read) = read else {
            prop_assert!(items.is_empty());
            return Ok(());
        };
        let mut expected = String::new();
        let mut comments = 0;
        for item in &items {
            let Block::Passage(passage) = &item.block else { continue };
            if let Some(page) = &passage.page {
                expected.push_str(&format!("p. {page}"));
            }
            expected.push_str(&format!("¶{}", passage.number));
            let mut said = Said::default();
            said.line(&passage.text);
            expected.push_str(&said.text);
            comments += passage.glosses.len();
        }
        prop_assert_eq!(bare(&read.text), bare(&expected));
        let told = read.remarks.iter().any(|r| r.starts_with("Left out") && r.contains("comment"));
        prop_assert_eq!(told, comments > 0);
    }
}
