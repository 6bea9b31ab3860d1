//! RON: everything, the codebook alone, or a packet.

use super::{Order, Out, Surroundings, What};
use crate::{
    export::{
        document::Stop,
        ron::{self, RonOptions},
    },
    model::Project,
};

/// Writes what is ordered as RON of the schema [`ron::Annotated`]; a packet as [`ron::packet`] does.
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
            let packet = project.packets().get(id).ok_or_else(super::documents::gone)?;
            progress.expect(1);
            progress.tick()?;
            return Ok(out.write_all(ron::packet(project, packet, now).as_bytes())?);
        }
        What::Excerpts | What::Annotated(_) => &order.filter,
    };
    let options = RonOptions {
        text: order.options.texts,
    };
    progress.expect(filter.select(project).len());
    ron::write_to(project, filter, &options, now, progress, out)
}
