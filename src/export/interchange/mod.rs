//! What other programs read: annotations for the web, for machine learning and for text mining, and codebooks for QDA programs.
//!
//! | format | of | what it is | ids |
//! |---|---|---|---|
//! | [`annotations`], JSON-LD | excerpts | W3C Web Annotation Data Model, a collection with one page | `urn:uuid:` |
//! | [`lines`], JSONL | excerpts | a reading a line with its spans, as doccano imports it | numbers from 1 |
//! | [`brat()`] | excerpts | standoff files of brat in a ZIP | `T1`, `T2`… in each file |
//! | [`qdc()`] | codebook | REFI-QDA codebook 1.0 | GUIDs |
//!
//! Offsets count code points from 0, ends are exclusive, and texts are as the project has them, with LF. Ids are always the same for
//! the same highlight, reading or label ([`uuid()`]), so what is exported again takes the place of what was there.
//!
//! In JSONL and brat a span is a coding, as the rows of [`super::rows`] are: a highlight with one of its labels, or of those that were
//! asked for. An annotation of JSON-LD is a highlight with all its labels. Readings are there when they have any of these.

mod annotations;
mod brat;
mod doccano;
mod qdc;
mod uuid;

pub use annotations::annotations;
pub use brat::brat;
pub use doccano::lines;
pub use qdc::qdc;
pub use uuid::uuid;

use std::io;

use serde::Serialize;

use super::{Selected, Selection, document::Stop, places::Places};
use crate::{
    model::{Highlight, LabelId, Reading},
    text::Span,
};

/// Writes a value as JSON on the line at hand.
fn json(out: &mut dyn io::Write, value: &impl Serialize) -> Result<(), Stop> {
    serde_json::to_writer(out, value).map_err(|error| Stop::Io(error.into()))
}

/// Where a highlight lies, in code points of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    start: u32,
    end: u32,
}

/// Finds ranges of spans that come in text order.
fn range(reading: &Reading, places: &mut Places<'_>, span: Span) -> Range {
    let start = places.chars_before(span.start);
    let length = reading.text.slice(span).chars().count() as u32;
    Range {
        start,
        end: start + length,
    }
}

/// The readings with highlights that pass.
fn coded<'s, 'a>(selection: &'s Selection<'a>) -> impl Iterator<Item = &'s Selected<'a>> {
    let readings = selection.readings.iter();
    readings.filter(|selected| !selected.highlights.is_empty())
}

/// The codings of a reading: each highlight with each of its labels that was asked for, in text order.
fn codings<'s>(
    selection: &'s Selection<'_>,
    selected: &'s Selected<'_>,
) -> impl Iterator<Item = (&'s Highlight, &'s LabelId)> {
    let highlights = selected.highlights.iter();
    highlights.flat_map(|h| selection.labels_of(h).map(move |label| (&**h, label)))
}
