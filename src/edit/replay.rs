//! Carrying out a journalled edit onto files that may hold it already.

use std::sync::Arc;

use super::{Edit, EditError};
use crate::model::{Packet, PacketHead, PacketId, Project, ReadingId, Section, SectionId};

/// Brings about what `edit` brought about when it was made, whether the files hold it or not: adding what is there
/// replaces it, changing what is missing adds it, removing what is missing does nothing. Since every edit carries whole
/// values, replaying a journal from any point at or before the state of the files gives the state at its end.
///
/// The files need not be of one moment: a crash may leave some newer than others. So labels and highlights are put down
/// without asking whether names are free or labels still used, as [`super::apply`] does: the edit did fit when it was made,
/// and what stands in its way now is something that a later edit of the journal moves. Refusing it would lose it.
///
/// Each refusal of a part is returned with that part left out; the rest is carried out. Only what could not stand in the
/// project at all is refused: highlights of a missing reading, without labels, or out of the text.
pub fn replay(project: &mut Project, edit: Edit) -> Vec<EditError> {
    let edit = match edit {
        Edit::Batch(edits) => {
            return edits.into_iter().flat_map(|e| replay(project, e)).collect();
        }
        Edit::AddLabel(label) | Edit::ChangeLabel(label) => {
            project.labels.insert(label.id.clone(), label);
            return Vec::new();
        }
        Edit::RemoveLabel(id) => {
            project.labels.remove(&id);
            return Vec::new();
        }
        Edit::AddHighlight(highlight) | Edit::ChangeHighlight(highlight) => {
            let Some(shelf) = project.any_shelf_mut(&highlight.reading) else {
                return vec![EditError::NoSuchReading(highlight.reading.clone())];
            };
            if highlight.labels.is_empty() {
                return vec![EditError::NoLabels];
            }
            let span = highlight.span;
            if !span.fits(shelf.reading.text.as_str()) {
                let reading = highlight.reading.clone();
                return vec![EditError::BadRange(reading, span.start, span.end)];
            }
            shelf.highlights.insert(highlight);
            return Vec::new();
        }
        Edit::RemoveHighlight(reading, id) => {
            let Some(shelf) = project.any_shelf_mut(&reading) else {
                return vec![EditError::NoSuchReading(reading)];
            };
            shelf.highlights.remove(id);
            return Vec::new();
        }
        Edit::RenameProject(name) => {
            project.name = name;
            return Vec::new();
        }
        Edit::ChangeReading(id, meta) => {
            let Some(shelf) = project.any_shelf_mut(&id) else {
                return vec![EditError::NoSuchReading(id)];
            };
            Arc::make_mut(&mut shelf.reading).meta = meta;
            return Vec::new();
        }
        Edit::PutPacket(id, head) => {
            put_packet(project, id, head);
            return Vec::new();
        }
        Edit::PutSection(packet, id, section) => {
            put_section(project, packet, id, section);
            return Vec::new();
        }
        Edit::AddReading(reading) if has_reading(project, &reading.id) => return Vec::new(),
        Edit::AddReading(reading) if project.removed_shelf(&reading.id).is_some() => {
            Edit::RestoreReading(reading.id.clone())
        }
        Edit::RemoveReading(id) if project.removed_shelf(&id).is_some() => return Vec::new(),
        Edit::RestoreReading(id) if has_reading(project, &id) => return Vec::new(),
        other => other,
    };
    super::apply(project, edit).err().into_iter().collect()
}

/// A packet that still has sections stays: those that were there when it was taken out went one by one, so these are somebody
/// else's, or a later edit of the journal takes them out.
fn put_packet(project: &mut Project, id: PacketId, head: Option<PacketHead>) {
    match (head, project.packets.get(&id)) {
        (Some(head), _) => packet(project, id).head = head,
        (None, Some(there)) if there.sections.is_empty() => drop(project.packets.remove(&id)),
        (None, _) => {}
    }
}

/// A section whose packet is missing makes the packet, under its file name.
fn put_section(project: &mut Project, id: PacketId, name: SectionId, section: Option<Section>) {
    match (section, project.packets.get_mut(&id)) {
        (Some(section), _) => drop(packet(project, id).sections.insert(name, section)),
        (None, Some(there)) => drop(there.sections.remove(&name)),
        (None, None) => {}
    }
}

fn packet(project: &mut Project, id: PacketId) -> &mut Packet {
    let new = || Packet::new(id.clone(), id.as_str());
    project.packets.entry(id.clone()).or_insert_with(new)
}

fn has_reading(project: &Project, id: &ReadingId) -> bool {
    project.shelf(id).is_some()
}
