//! E-books: EPUB 2 and 3.
//!
//! `book` opens the package and gives the parts in reading order, `contents` the table of contents and the printed pages, `meta`
//! who wrote it. The parts are pages of HTML and go through the walker of web pages, with links of notes followed between them.
//!
//! Parts are read through [`super::package`], which bounds what they unpack to; the rbook crate would do without our reader of
//! packages, but unpacks each part whole whatever it swells to.

mod book;
mod contents;
mod meta;
mod pages;
#[cfg(test)]
mod tests;
mod xml;

use std::collections::{HashMap, HashSet};

use dom_query::NodeId;

use super::{
    Options, Parsed, Refusal,
    draft::{Draft, Kind},
    web::{
        dom,
        notes::{self, Notes, Sheet},
        walk::{Scope, Walker},
    },
};
use crate::model::Style;
use book::Book;
use contents::{Contents, Entry};

/// The most that the texts of a book may hold, in bytes, markup included.
const BYTES: usize = 32 * 1024 * 1024;

/// Reads an e-book.
///
/// # Errors
/// Without package or text, locked by its seller, or made to do harm.
pub fn parse(_name: &str, bytes: &[u8], _options: &Options) -> Result<Parsed, Refusal> {
    let mut book = Book::open(bytes)?;
    let meta = meta::read(&book.opf);
    let contents = contents::read(&mut book);
    let (sheets, mut remarks) = sheets(&mut book, BYTES)?;
    let places: HashMap<String, usize> = sheets
        .iter()
        .enumerate()
        .map(|(i, s)| (s.path.to_lowercase(), i))
        .collect();
    let notes = notes::find(&sheets, |from, href| {
        let (path, id) = book::resolve(&sheets.get(from)?.path, href);
        let is_outside = href
            .split(['/', '#'])
            .next()
            .is_some_and(|s| s.contains(':'));
        (!is_outside && !id.is_empty()).then_some((*places.get(&path.to_lowercase())?, id))
    });
    let drafted = write(&sheets, &notes, &contents, &places);
    remarks.extend(drafted.remarks);
    Ok(Parsed {
        meta,
        text: drafted.text,
        structure: drafted.structure,
        encoding: "",
        remarks,
    })
}

/// The parts that hold text, of at most so many bytes in all, and what is to be said of those that can't be read.
fn sheets(book: &mut Book, most: usize) -> Result<(Vec<Sheet>, Vec<String>), Refusal> {
    let mut sheets = Vec::new();
    let mut remarks = Vec::new();
    let mut size = 0;
    for item in book.spine.clone() {
        if book.nav.as_ref() == Some(&item.path)
            || !item.is_text() && !item.path.is_empty() && item.is_known()
        {
            continue;
        }
        let read = book.read(&item.path).and_then(|bytes| {
            size += bytes.len();
            match size > most {
                true => Err(Refusal::Swollen),
                false => contents::document(&bytes),
            }
        });
        match read {
            Ok(document) => sheets.push(Sheet {
                document,
                path: item.path,
            }),
            Err(Refusal::Missing(_)) => {
                remarks.push(format!("A part of the book is missing: “{}”.", item.path));
            }
            Err(Refusal::Damaged) => {
                remarks.push(format!(
                    "A part of the book can't be read: “{}”.",
                    item.path
                ));
            }
            Err(why) => return Err(why),
        }
    }
    if sheets.is_empty() {
        // A book of pictures has no parts to miss.
        return Err(match remarks.is_empty() {
            true => Refusal::Empty,
            false => Refusal::Missing("text".into()),
        });
    }
    Ok((sheets, remarks))
}

fn write(
    sheets: &[Sheet],
    notes: &[Notes],
    contents: &Contents,
    places: &HashMap<String, usize>,
) -> super::draft::Drafted {
    let mut draft = Draft::default();
    let mut of_sheet: Vec<(Vec<&Entry>, Vec<&Entry>)> =
        sheets.iter().map(|_| Default::default()).collect();
    let place = |e: &Entry| places.get(&e.path.to_lowercase()).copied();
    for (i, entry) in contents.titles.iter().filter_map(|e| Some((place(e)?, e))) {
        of_sheet[i].0.push(entry);
    }
    for (i, entry) in contents.pages.iter().filter_map(|e| Some((place(e)?, e))) {
        of_sheet[i].1.push(entry);
    }
    let marked: HashSet<&str> = notes
        .iter()
        .flat_map(|n| n.marks.values())
        .map(String::as_str)
        .collect();
    for ((sheet, notes), (titles, listed)) in sheets.iter().zip(notes).zip(&of_sheet) {
        let document = &sheet.document;
        if document.body().is_none_or(|b| is_list_of_links(b)) {
            continue;
        }
        let ids: HashMap<String, NodeId> = notes::ids(document);
        let (known, missing) = pages::titles(document, titles, &ids);
        if let Some((title, level)) = missing {
            draft.paragraph(Kind::Heading(level));
            draft.text(title, Style::PLAIN);
        }
        let mut walker = Walker::new(&mut draft, document, Scope::Book, notes);
        walker.titles = known;
        walker.pages = pages::pages(document, listed, &ids);
        walker.run();
        walker.other_notes(&marked);
    }
    draft.finish()
}

/// Whether a part is a printed table of contents: nothing but links.
fn is_list_of_links(body: dom_query::NodeRef) -> bool {
    let (mut links, mut count, mut all) = (0, 0, 0);
    for node in dom::walk(body, |_| false) {
        if node.is_text() {
            let bytes = node.text().trim().len();
            all += bytes;
            let link = node
                .ancestors_it(Some(4))
                .any(|a| a.has_name("a") && a.has_attr("href"));
            links += if link { bytes } else { 0 };
            count += usize::from(link && bytes > 0);
        }
    }
    count >= 4 && links * 10 > all * 8
}
