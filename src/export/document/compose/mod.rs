//! Composers: what is put into a document, and in which order.

mod annotated;
mod codebook;
mod excerpts;
mod packet;
mod quote;
mod words;

pub use annotated::annotated;
pub use codebook::codebook;
pub use excerpts::{ExcerptOptions, Group, excerpts};
pub use packet::packet;
pub(in crate::export) use words::words;

use super::Head;
use crate::{
    export::{Filter, cite::Style},
    model::{Packet, Project, ReadingId},
};

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

impl Head {
    /// The head of a document of excerpts.
    pub fn excerpts(project: &Project, filter: &Filter, cite: Style) -> Self {
        Self {
            title: crate::text::fold_space(project.name()),
            cite,
            authors: coders(project, filter),
            ..Self::default()
        }
    }

    /// The head of an annotated reading; its title is the reading's.
    pub fn annotated(project: &Project, reading: &ReadingId, filter: &Filter, cite: Style) -> Self {
        let title = project.reading(reading).map(|r| r.meta.title.as_str());
        Self {
            title: crate::text::fold_space(title.unwrap_or_default()),
            cite,
            authors: coders(project, &annotated::of_reading(reading, filter)),
            ..Self::default()
        }
    }

    /// The head of a codebook.
    pub fn codebook(project: &Project) -> Self {
        Self {
            title: codebook::title(project),
            ..Self::default()
        }
    }
}

/// Those whose highlights `filter` lets through. O(highlights).
fn coders(project: &Project, filter: &Filter) -> Vec<String> {
    let selection = filter.select(project);
    let highlights = selection.readings.iter().flat_map(|r| &r.highlights);
    let all: std::collections::BTreeSet<&str> = highlights.map(|h| h.coder.as_str()).collect();
    all.into_iter().map(str::to_owned).collect()
}
