//! What new packets begin with.

use crate::{
    edit::packets,
    model::{Packet, Project},
};

/// The templates: their names, and what they make.
pub fn all() -> &'static [(&'static str, &'static str)] {
    &[("Empty packet", "Nothing but a title.")]
}

/// Makes a packet from a template.
pub fn make(project: &Project, number: usize) -> Result<Packet, String> {
    let _ = number;
    let title = format!("{}, packet", project.name());
    let id = packets::new_id(project, &title).ok_or("No name is free for a packet.")?;
    Ok(Packet::new(id, title))
}
