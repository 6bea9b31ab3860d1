//! RON: everything, the codebook alone, or what a packet uses.

use super::{Order, Out, Surroundings, What};
use crate::{
    export::{
        Chosen, Filter,
        document::Stop,
        packet::resolve,
        ron::{self, RonOptions},
    },
    model::{Packet, Project},
};

/// Writes what is ordered as RON of the schema [`ron::Annotated`].
///
/// # Errors
/// [`Stop`].
pub fn as_ron(
    project: &Project,
    order: &Order,
    around: Surroundings<'_>,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let Surroundings { now, progress, .. } = around;
    let filter = match &order.what {
        What::Codebook => {
            let labels = order.filter.select(project).codebook(project).len();
            progress.expect(labels);
            return ron::codebook_to(project, &order.filter, now, progress, out);
        }
        What::Packet(id) => {
            let packet = project.packets().get(id);
            &of_packet(project, packet.ok_or_else(super::documents::gone)?)
        }
        What::Excerpts | What::Annotated(_) => &order.filter,
    };
    let options = RonOptions {
        text: order.options.texts,
    };
    progress.expect(filter.select(project).len());
    ron::write_to(project, filter, &options, now, progress, out)
}

/// The highlights that a packet's excerpts are, and their readings.
fn of_packet(project: &Project, packet: &Packet) -> Filter {
    let mut chosen = Chosen {
        query: format!("packet “{}”", packet.head.title),
        ..Chosen::default()
    };
    for section in resolve(project, packet) {
        for excerpt in section.printed() {
            let reading = excerpt.reading.id.clone();
            let here = chosen.highlights.entry(reading).or_default();
            here.insert(excerpt.highlight.id);
        }
    }
    Filter {
        readings: chosen.highlights.keys().cloned().collect(),
        chosen: Some(chosen),
        ..Filter::default()
    }
}
