//! Composers: what is put into a document, and in which order.

use super::{Head, Sink, Stop};
use crate::{
    export::{Filter, cite::Style, markdown::ExcerptOptions},
    model::{Packet, Project, ReadingId},
};

/// The excerpts that `filter` lets through, by label or by reading, and the list of the readings they are from. Labels and readings
/// without any are left out. O(what passes).
///
/// # Errors
/// Those of `sink`.
pub fn excerpts(
    project: &Project,
    filter: &Filter,
    options: &ExcerptOptions,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    todo!(
        "helper C {project:?} {filter:?} {options:?} {}",
        sink.put(super::Block::Break.into()).is_ok()
    )
}

/// A whole reading with the passages that `filter` lets through marked; the filter's readings don't matter.
///
/// # Errors
/// Those of `sink`; [`Stop::Bad`] when there is no such reading.
pub fn annotated(
    project: &Project,
    reading: &ReadingId,
    filter: &Filter,
    style: Style,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    todo!(
        "helper C {project:?} {reading:?} {filter:?} {style:?} {}",
        sink.put(super::Block::Break.into()).is_ok()
    )
}

/// The codebook, or the labels that `filter` asks for with those above and under them: definitions, when to use, source, contrast, cues.
///
/// # Errors
/// Those of `sink`.
pub fn codebook(project: &Project, filter: &Filter, sink: &mut dyn Sink) -> Result<(), Stop> {
    todo!(
        "helper C {project:?} {filter:?} {}",
        sink.put(super::Block::Break.into()).is_ok()
    )
}

/// A packet as it is to be printed. Excerpts, notes, claims and questions are as the project has them now; those that are gone are left
/// out.
///
/// # Errors
/// Those of `sink`; [`Stop::Bad`] when the query of a section can't be read.
pub fn packet(project: &Project, packet: &Packet, sink: &mut dyn Sink) -> Result<(), Stop> {
    todo!(
        "helper A {project:?} {packet:?} {}",
        sink.put(super::Block::Break.into()).is_ok()
    )
}

/// The head of a packet's document.
impl From<&Packet> for Head {
    fn from(packet: &Packet) -> Self {
        Self {
            title: packet.head.title.clone(),
            line: packet.head.line.clone(),
            cite: packet.head.cite,
            paper: packet.head.paper,
            authors: Vec::new(),
        }
    }
}
