//! What new packets begin with.

use crate::{
    edit::packets,
    export::packet::{Template, Wanted},
    model::{Packet, Project},
};

/// The name of what begins with nothing, and what it makes.
const EMPTY: (&str, &str) = ("Empty packet", "A title; sections as you add them.");

/// The templates: their names, and what they make. The last is an empty packet.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let templates = Template::ALL.iter().map(|t| (t.name(), t.help()));
    templates.chain([EMPTY])
}

/// Makes a packet from the template of that number; `None` when no name is free for it. O(highlights).
pub fn make(project: &Project, number: usize) -> Option<Packet> {
    let title = |packet: &str| format!("{packet}: {}", project.name());
    match Template::ALL.get(number) {
        Some(template) => {
            let id = packets::new_id(project, &title(template.name()))?;
            Some(template.packet(project, &Wanted::default(), id))
        }
        None => {
            let title = title("Packet");
            Some(Packet::new(packets::new_id(project, &title)?, title))
        }
    }
}
