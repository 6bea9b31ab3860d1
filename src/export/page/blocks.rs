//! Blocks to rows: what each block looks like.

use std::rc::Rc;

use super::{
    Line, Thing,
    desk::{Desk, Words},
    look::{
        ASIDE, BAR, BODY, CAPTION, CELL, CELL_HEAD, CLAIM, DIM, GUTTER, HANG, ITEM, Kind, LEAD,
        LEGEND, LINE, LIST, NEUTRAL, NOTE, QUOTE, REFERENCE, RULED, heading,
    },
    para::{Look, Para},
    row::{Bar, Measure, Row, Shown, line},
    tags::Role,
};
use crate::export::document::{
    Block, Column, Inline, Inlines, Item, LabelUse, Manner, Quote, Run, Table, plain,
};

/// What a document is made of before it has pages.
pub(super) enum Piece {
    /// Rows one under another.
    Rows(Vec<Row>),
    /// Columns side by side.
    Sides(Sides),
    /// A table: its head, and its rows.
    Table(Sides, Vec<Sides>),
    /// A new page.
    Break,
}

/// Columns side by side.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    /// Where each begins, and its rows.
    pub columns: Vec<(f32, Vec<Row>)>,
    /// How wide each is.
    pub width: f32,
    /// The space before them.
    pub before: f32,
    /// Whether they stand whole on a page if they can.
    pub whole: bool,
    /// Whether a line is drawn under them.
    pub ruled: bool,
}

impl Desk<'_> {
    /// An item, ready for pages.
    pub fn piece(&mut self, item: Item) -> Piece {
        match item.block {
            Block::Break => Piece::Break,
            Block::Columns(columns) => Piece::Sides(self.columns(columns)),
            Block::Table(table) => self.table(&table),
            _ => Piece::Rows(self.block(item, self.frame.width, 0)),
        }
    }

    /// A block as rows of a column.
    fn block(&mut self, item: Item, width: f32, parent: u32) -> Vec<Row> {
        let mut rows = match item.block {
            Block::Heading(level, text) => self.heading(level, &text, width, parent),
            Block::Text(manner, text) => self.manner(manner, &text, width, parent),
            Block::Quote(quote) => self.quote(&quote, width, parent),
            Block::Passage(passage) => self.passage(&passage),
            Block::List { numbered, items } => self.list(numbered, &items, width, parent),
            Block::Reference(text) => {
                let measure = Measure {
                    hang: HANG,
                    ..Measure::wide(width)
                };
                self.simple(&text, REFERENCE, measure, parent)
            }
            Block::Lines(count) => ruled(count, width),
            Block::Legend(labels) => self.legend(&labels, width),
            // No composer puts these into columns.
            Block::Columns(_) | Block::Table(_) | Block::Break => Vec::new(),
        };
        if let Some(origin) = item.origin {
            let shown = Shown {
                item: self.item(),
                origin: Rc::new(origin),
            };
            rows.iter_mut()
                .for_each(|row| row.item = Some(shown.clone()));
        }
        rows
    }

    fn simple(&mut self, text: &[Inline], kind: Kind, measure: Measure, parent: u32) -> Vec<Row> {
        let tag = self.tags.add(Role::Paragraph, parent);
        let words = Words {
            inlines: text,
            kind,
            tag,
        };
        self.text(words, measure)
    }

    fn heading(&mut self, level: u8, text: &[Inline], width: f32, parent: u32) -> Vec<Row> {
        let tag = self.tags.add(Role::Heading(level), parent);
        let words = Words {
            inlines: text,
            kind: heading(level),
            tag,
        };
        let mut rows = self.text(words, Measure::wide(width));
        for row in &mut rows {
            row.keep = true;
        }
        if let Some(first) = rows.first_mut() {
            first.heading = Some((level, plain(text)));
        }
        rows
    }

    fn manner(&mut self, manner: Manner, text: &[Inline], width: f32, parent: u32) -> Vec<Row> {
        let wide = Measure::wide(width);
        match manner {
            Manner::Body => self.simple(text, BODY, wide, parent),
            Manner::Lead => self.simple(text, LEAD, wide, parent),
            Manner::Aside => self.simple(text, ASIDE, wide, parent),
            Manner::Note => self.simple(text, NOTE, wide, parent),
            Manner::Claim => self.simple(text, CLAIM, wide, parent),
            Manner::Caption => {
                let mut rows = self.simple(&capitals(text), CAPTION, wide, parent);
                rows.iter_mut().for_each(|row| row.keep = true);
                rows
            }
        }
    }

    fn quote(&mut self, quote: &Quote, width: f32, parent: u32) -> Vec<Row> {
        let outer = self.tags.add(Role::Quote, parent);
        let measure = Measure {
            indent: BAR.1,
            ..Measure::wide(width)
        };
        let mut rows: Vec<Row> = Vec::new();
        for (at, paragraph) in quote.paragraphs.iter().enumerate() {
            let is_last = at + 1 == quote.paragraphs.len();
            let kind = QUOTE.after(if at == 0 { QUOTE.before } else { 4.0 });
            let tag = self.tags.add(Role::Paragraph, outer);
            let para = self.quoted(paragraph, is_last.then_some(&quote.cite), kind, tag);
            rows.extend(self.rows(&para, kind, measure));
        }
        if !quote.aside.is_empty() {
            let kind = ASIDE.after(2.0);
            rows.extend(stuck(self.simple(&quote.aside, kind, measure, outer)));
        }
        for (at, note) in quote.note.iter().enumerate() {
            let kind = NOTE.after(if at == 0 { 3.5 } else { 1.5 });
            rows.extend(stuck(self.simple(note, kind, measure, outer)));
        }
        let bar = Bar {
            id: self.bar(),
            x: 0.0,
            width: BAR.0,
            color: quote.color.unwrap_or(NEUTRAL),
        };
        rows.iter_mut().for_each(|row| row.bars.push(bar));
        rows
    }

    /// A paragraph of a passage between quotation marks, with the citation after the last.
    fn quoted(
        &mut self,
        paragraph: &[Inline],
        cite: Option<&Inlines>,
        kind: Kind,
        tag: u32,
    ) -> Para {
        let mut para = Para::default();
        let words = |inlines| Words { inlines, kind, tag };
        para.push("“", kind.look(tag));
        self.write(&mut para, words(paragraph));
        let Some(cite) = cite else { return para };
        para.glue("”", kind.look(tag));
        if !matches!(cite.first(), None | Some(Inline::Footnote(_))) {
            para.push(" ", kind.look(tag));
        }
        let dim = Kind { color: DIM, ..kind };
        self.write(
            &mut para,
            Words {
                kind: dim,
                ..words(cite)
            },
        );
        para
    }

    fn list(&mut self, numbered: bool, items: &[Inlines], width: f32, parent: u32) -> Vec<Row> {
        let list = self.tags.add(Role::List { numbered }, parent);
        let label = |at: usize| match numbered {
            true => format!("{}.", at + 1),
            false => "•".to_owned(),
        };
        let widest = self.shaper.width(&label(items.len().max(1) - 1), ITEM.font) * ITEM.size;
        let measure = Measure {
            indent: LIST.max(widest + 6.0),
            ..Measure::wide(width)
        };
        let mut rows = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let outer = self.tags.add(Role::Item, list);
            let number = self.tags.add(Role::ItemNumber, outer);
            let tag = self.tags.add(Role::ItemText, outer);
            let words = Words {
                inlines: item,
                kind: ITEM,
                tag,
            };
            let mut lines = self.text(words, measure);
            if let Some(first) = lines.first_mut() {
                let baseline = ITEM.leading * 0.5 + ITEM.size * 0.34;
                let text = format!("{} ", label(at));
                let look = ITEM.look(number);
                let (things, _) = line(&text, look, 0.0, baseline, &mut self.shaper);
                first.things.splice(0..0, things);
            }
            rows.extend(lines);
        }
        rows
    }

    /// The labels of what follows, each after a square of its colour.
    fn legend(&mut self, labels: &[LabelUse], width: f32) -> Vec<Row> {
        let tag = self.tags.add(Role::Paragraph, 0);
        let plain = LEGEND.look(tag);
        let mut para = Para::default();
        for (at, label) in labels.iter().enumerate() {
            if at > 0 {
                para.push("\u{2003}", plain.clone());
            }
            let square = Look {
                color: label.color,
                ..plain.clone()
            };
            para.push("■ ", square);
            para.glued.push(para.text.len());
            para.push_whole(&label.name, plain.clone());
            if label.count > 0 {
                let dim = Look {
                    color: DIM,
                    ..plain.clone()
                };
                para.push(" ", plain.clone());
                para.glue(&label.count.to_string(), dim);
            }
        }
        self.rows(&para, LEGEND, Measure::wide(width))
    }

    fn columns(&mut self, columns: Vec<Column>) -> Sides {
        let count = columns.len().max(1) as f32;
        let width = (self.frame.width - GUTTER * (count - 1.0)) / count;
        let mut sides = Sides {
            width,
            before: 13.0,
            ..Sides::default()
        };
        for (at, column) in columns.into_iter().enumerate() {
            let tag = self.tags.add(Role::Column, 0);
            let mut rows = Vec::new();
            if !column.heading.is_empty() {
                rows = self.manner(Manner::Caption, &column.heading, width, tag);
            }
            for item in column.items {
                rows.extend(self.block(item, width, tag));
            }
            sides.columns.push((at as f32 * (width + GUTTER), rows));
        }
        sides
    }

    fn table(&mut self, table: &Table) -> Piece {
        let outer = self.tags.add(Role::Table, 0);
        let head = self.table_row(&table.head, table, (CELL_HEAD, Role::TableHead), outer);
        let rows = table.rows.iter();
        let rows = rows.map(|row| self.table_row(row, table, (CELL, Role::TableCell), outer));
        let rows = rows.collect();
        Piece::Table(head, rows)
    }

    fn table_row(
        &mut self,
        cells: &[Inlines],
        table: &Table,
        (kind, role): (Kind, Role),
        parent: u32,
    ) -> Sides {
        let row = self.tags.add(Role::TableRow, parent);
        let gap = 10.0;
        let all = self.frame.width + gap;
        let mut sides = Sides {
            before: 3.5,
            whole: true,
            ruled: true,
            ..Sides::default()
        };
        let mut x = 0.0;
        for (at, cell) in cells.iter().enumerate() {
            let even = 1.0 / table.head.len().max(1) as f32;
            let share = table.widths.get(at).copied().unwrap_or(even);
            let tag = self.tags.add(role, row);
            let words = Words {
                inlines: cell,
                kind,
                tag,
            };
            let measure = Measure::wide((share * all - gap).max(1.0));
            sides.columns.push((x, self.text(words, measure)));
            x += share * all;
        }
        sides
    }
}

/// Rows whose first stands under what is before it.
fn stuck(mut rows: Vec<Row>) -> Vec<Row> {
    if let Some(first) = rows.first_mut() {
        first.stick = true;
    }
    rows
}

/// The same text in capitals.
fn capitals(text: &[Inline]) -> Inlines {
    let capitals = |inline: &Inline| match inline {
        Inline::Run(run) => Inline::Run(Run {
            text: run.text.to_uppercase(),
            ..run.clone()
        }),
        other => other.clone(),
    };
    text.iter().map(capitals).collect()
}

fn ruled(count: u8, width: f32) -> Vec<Row> {
    let line = Thing::Line(Line {
        from: (0.0, RULED),
        to: (width, RULED),
        width: 0.6,
        color: LINE,
    });
    let row = |at: u8| Row {
        before: if at == 0 { 4.0 } else { 0.0 },
        height: RULED,
        stick: at == 1,
        things: vec![line.clone()],
        ..Row::default()
    };
    (0..count).map(row).collect()
}
