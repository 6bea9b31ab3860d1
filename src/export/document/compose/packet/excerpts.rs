//! The excerpts of a section, laid out.

use super::{Section, Sheet, claims, map};
use crate::{
    export::{
        document::{Block, Column, Inlines, Item, Manner, Part, italic, text},
        packet::Excerpt,
    },
    model::{Layout, Reading, Side, Stance},
    text::{counted, fold_space},
};

pub(super) fn put<'a>(sheet: &mut Sheet<'a, '_>, out: &mut Section<'_, 'a>) {
    found(out);
    match &out.of.section.layout {
        Layout::List => list(sheet, out),
        Layout::Sides(first, second) => sides(sheet, out, [first, second]),
        Layout::Authors => authors(sheet, out),
        Layout::Map => map::put(sheet, out),
    }
}

/// How many a rule finds, when it is not all of them that are printed, or the section is about a label and says what that means: then
/// how often it was used is part of the answer.
fn found(out: &mut Section<'_, '_>) {
    let Some((all, readings)) = out.of.found else {
        return;
    };
    let shown = out.of.excerpts.len();
    if shown == all && !out.of.section.definitions {
        return;
    }
    let mut said = match all {
        0 => "No excerpts".to_owned(),
        n => format!(
            "{} from {}",
            counted(n, "excerpt"),
            counted(readings, "reading")
        ),
    };
    if shown < all {
        said.push_str(&format!("; here the first {shown}"));
    }
    let said = vec![text(said)];
    out.put(Part::Caption, Block::Text(Manner::Aside, said));
}

fn item<'a>(sheet: &mut Sheet<'a, '_>, out: &Section<'_, 'a>, excerpt: &Excerpt<'a>) -> Item {
    let quote = sheet.quote(excerpt, out.of);
    out.item(excerpt.part(), Block::Quote(quote))
}

fn list<'a>(sheet: &mut Sheet<'a, '_>, out: &mut Section<'_, 'a>) {
    for excerpt in &out.of.excerpts {
        let item = item(sheet, out, excerpt);
        out.items.push(item);
    }
}

/// Two columns. What stands on a side need not say what it does with the theory: the heading does.
fn sides<'a>(sheet: &mut Sheet<'a, '_>, out: &mut Section<'_, 'a>, headings: [&str; 2]) {
    let mut columns = Vec::new();
    for (side, heading) in Side::BOTH.into_iter().zip(headings) {
        let here = out.of.excerpts.iter().filter(|e| e.side == side);
        let mut items = Vec::new();
        for excerpt in here {
            let mut quote = sheet.quote(excerpt, out.of);
            quote.color = Some(side.color());
            if quote.note.is_empty() {
                quote.aside.clear();
            }
            items.push(out.item(excerpt.part(), Block::Quote(quote)));
        }
        columns.push(Column {
            heading: vec![text(fold_space(heading))],
            items,
        });
    }
    if columns.iter().any(|column| !column.items.is_empty()) {
        out.put(Part::Caption, Block::Columns(columns));
    }
}

/// A heading for each reading, what it is and does with the theory, the claims about it, its excerpts.
fn authors<'a>(sheet: &mut Sheet<'a, '_>, out: &mut Section<'_, 'a>) {
    let section = out.of;
    for reading in section.readings() {
        let name = sheet.citer.names().short(reading);
        out.put(Part::Caption, Block::Heading(3, vec![text(name)]));
        let stances = section.stances(sheet.project, reading);
        let about = about(reading, &stances);
        out.put(Part::Caption, Block::Text(Manner::Aside, about));
        for claim in claims::of(section, reading) {
            claims::one(sheet, out, claim, false);
        }
        let here = section.excerpts.iter();
        for excerpt in here.filter(|e| e.reading.id == reading.id) {
            let item = item(sheet, out, excerpt);
            out.items.push(item);
        }
    }
}

/// The title of a reading, and how often it does what with the theory.
fn about(reading: &Reading, stances: &[(Stance, usize)]) -> Inlines {
    let mut line = vec![italic(fold_space(&reading.meta.title))];
    let stances = stances_in_words(stances);
    if !stances.is_empty() {
        line.push(text(format!(" · {stances}")));
    }
    line
}

/// `contests (3), qualifies`.
pub(super) fn stances_in_words(stances: &[(Stance, usize)]) -> String {
    let word = |(stance, n): &(Stance, usize)| match n {
        1 => stance.word().to_owned(),
        n => format!("{stance} ({n})"),
    };
    let words: Vec<String> = stances.iter().map(word).collect();
    words.join(", ")
}
