//! Edits that bring a revised version of a reading in, and its highlights along.
//!
//! The revised version is a reading of its own that names the old one ([`Reading::revises`]). Highlights that have a place in it
//! move there under their numbers; the old reading goes among the removed ones with those that have none. So nothing is ever
//! dropped, one undo takes all of it back, and what a colleague adds to the old version meanwhile shows up among the *lost*
//! highlights after a merge, to be placed by hand.

use std::sync::Arc;

use jiff::Timestamp;

use super::Edit;
use crate::{
    model::{Highlight, HighlightId, Project, Reading, ReadingId, ReadingMeta},
    text::Span,
};

/// Where a highlight of an old version goes in the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placing<'a> {
    /// The version that it lies in.
    pub reading: &'a ReadingId,
    /// Its number.
    pub highlight: HighlightId,
    /// Its place in the new version, in bytes.
    pub span: Span,
}

/// The highlights that are to be placed when `reading` is replaced: its own, and those that were lost when it replaced an
/// older version.
pub fn to_place(project: &Project, reading: &Reading) -> Vec<Arc<Highlight>> {
    let own = project.shelf(&reading.id).into_iter();
    let own = own.flat_map(|s| s.highlights.iter().cloned());
    own.chain(lost(project, reading)).collect()
}

/// The highlights of older versions of a reading that have no place in it.
pub fn lost(project: &Project, reading: &Reading) -> Vec<Arc<Highlight>> {
    let older = project.older_versions(reading).into_iter();
    older.flat_map(|s| s.highlights.iter().cloned()).collect()
}

/// Replaces a reading by `new`, which revises it, and moves the highlights of `placings` there. What is not among them, or does
/// not fit the new text, stays on the old version and is lost.
pub fn replace(
    project: &Project,
    new: Arc<Reading>,
    placings: &[Placing<'_>],
    at: Timestamp,
) -> Edit {
    let id = new.id.clone();
    let old = new.revises.clone();
    let text = new.text.clone();
    let mut edits = vec![Edit::AddReading(new)];
    for placing in placings.iter().filter(|p| p.span.fits(text.as_str())) {
        if let Some(highlight) = project.highlight(placing.reading, placing.highlight) {
            edits.extend(moved(highlight, &id, placing.span, at));
        }
    }
    edits.extend(old.map(Edit::RemoveReading));
    Edit::Batch(edits)
}

/// Gives a lost highlight a place in `reading`, a newer version of the one that it lies in.
pub fn place(
    project: &Project,
    highlight: &Highlight,
    reading: &ReadingId,
    span: Span,
    at: Timestamp,
) -> Edit {
    let mut edits = moved(highlight, reading, span, at);
    // Two people may have replaced a reading apart: then the number can be taken by the same highlight, placed by the other.
    if let (true, [_, Edit::AddHighlight(new)]) = (
        project.highlight(reading, highlight.id).is_some(),
        edits.as_slice(),
    ) {
        edits[1] = Edit::ChangeHighlight(Arc::clone(new));
    }
    Edit::Batch(edits.into())
}

/// Lets a lost highlight go: it is taken off the old version that it lies in.
pub fn let_go(highlight: &Highlight) -> Edit {
    Edit::RemoveHighlight(highlight.reading.clone(), highlight.id)
}

fn moved(highlight: &Highlight, to: &ReadingId, span: Span, at: Timestamp) -> [Edit; 2] {
    let mut new = highlight.clone();
    new.reading = to.clone();
    new.span = span;
    new.changed = at;
    [let_go(highlight), Edit::AddHighlight(Arc::new(new))]
}

/// What is said about a revised version: what was said about the old one, since people may have put that right, and what its own
/// file says where nothing was. The printed page numbers stay when it has as many pages. A remark says when its file
/// says otherwise.
pub fn inherit(old: &Reading, new: &mut Reading) {
    let said = std::mem::take(&mut new.meta);
    let text = |old: &String, new: String| if old.is_empty() { new } else { old.clone() };
    let meta = &old.meta;
    let (was, is) = (&meta.imprint, said.imprint);
    let mut imprint = was.clone();
    imprint.container = text(&was.container, is.container);
    imprint.volume = text(&was.volume, is.volume);
    imprint.issue = text(&was.issue, is.issue);
    imprint.pages = text(&was.pages, is.pages);
    imprint.place = text(&was.place, is.place);
    imprint.doi = text(&was.doi, is.doi);
    imprint.accessed = text(&was.accessed, is.accessed);
    imprint.key = text(&was.key, is.key);
    let same_pages = old.structure.pages.len() == new.structure.pages.len();
    let title = said.title.clone();
    new.meta = ReadingMeta {
        title: text(&meta.title, said.title),
        authors: match meta.authors.is_empty() {
            true => said.authors,
            false => meta.authors.clone(),
        },
        year: meta.year.or(said.year),
        kind: text(&meta.kind, said.kind),
        publisher: text(&meta.publisher, said.publisher),
        url: text(&meta.url, said.url),
        imprint,
        // Of two values under one name the later is taken.
        attributes: (said.attributes.into_iter())
            .chain(meta.attributes.clone())
            .collect(),
        page_shift: meta.page_shift.filter(|_| same_pages).or(said.page_shift),
    };
    new.revises = Some(old.id.clone());
    if meta.page_shift.is_some() && !same_pages {
        new.remarks.push(
            "This version has another number of pages: say anew which printed page its first is."
                .to_owned(),
        );
    }
    if title != new.meta.title {
        new.remarks.push(format!(
            "The details of the version before were kept; the file calls itself “{title}”."
        ));
    }
}
