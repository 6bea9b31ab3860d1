//! Which files an order makes, and what they are called.

use super::{Format, Order, What};
use crate::model::{Project, ReadingId};

/// One file of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its name with its ending: letters, digits and hyphens, so that every system takes it.
    pub name: String,
    /// What is in it.
    pub order: Order,
}

/// The annotated readings that the filter of `order` asks for, or all of them, each a file of its own.
pub fn annotated(project: &Project, order: &Order) -> Vec<File> {
    let asked = &order.filter.readings;
    let ids: Vec<&ReadingId> = match asked.as_slice() {
        [] => project
            .shelves()
            .into_iter()
            .map(|s| &s.reading.id)
            .collect(),
        asked => asked.iter().collect(),
    };
    let file = |id: &ReadingId| File {
        name: format!("{id}.{}", order.format.ending()),
        order: Order {
            what: What::Annotated(id.clone()),
            ..order.clone()
        },
    };
    ids.into_iter().map(file).collect()
}

/// The name that is offered for an export, without its ending; it may hold what no file name can.
pub fn usual_name(project: &Project, what: &What, format: Format) -> String {
    match (what, format) {
        (What::Annotated(id), _) => format!("{id} annotated"),
        (What::Packet(id), _) => project
            .packets()
            .get(id)
            .map_or_else(|| id.to_string(), |packet| packet.head.title.clone()),
        (What::Excerpts, Format::Ron) => project.name().to_owned(),
        (What::Excerpts | What::Codebook, _) => {
            format!("{} {}", project.name(), what.kind().word())
        }
    }
}
