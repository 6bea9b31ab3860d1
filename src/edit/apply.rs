//! Carrying out an edit.

use std::{collections::BTreeMap, sync::Arc};

use super::{Edit, EditError};
use crate::model::{
    About, CoderId, Highlight, HighlightSet, Label, LabelId, Packet, PacketHead, PacketId, Project,
    ReadingId, Section, SectionId, Shelf,
};

/// Carries out `edit` and returns its inverse: applying that gives the project as it was. An edit that does not fit is
/// refused and changes nothing.
///
/// # Errors
/// Says what does not fit: an id that is missing or taken, an empty name, a label still in use, a range that cuts a
/// character or leaves the text.
pub fn apply(project: &mut Project, edit: Edit) -> Result<Edit, EditError> {
    match edit {
        Edit::RenameProject(name) => {
            if name.trim().is_empty() {
                return Err(EditError::EmptyName);
            }
            Ok(Edit::RenameProject(std::mem::replace(
                &mut project.name,
                name,
            )))
        }
        Edit::AddLabel(label) => {
            if project.labels.contains_key(&label.id) {
                return Err(EditError::LabelExists(label.id));
            }
            check_label(project, &label)?;
            let id = label.id.clone();
            project.labels.insert(id.clone(), label);
            Ok(Edit::RemoveLabel(id))
        }
        Edit::ChangeLabel(label) => {
            if !project.labels.contains_key(&label.id) {
                return Err(EditError::NoSuchLabel(label.id));
            }
            check_label(project, &label)?;
            let id = label.id.clone();
            let old = project.labels.insert(id.clone(), label);
            old.map(Edit::ChangeLabel).ok_or(EditError::NoSuchLabel(id))
        }
        Edit::RemoveLabel(id) => {
            check_unused(project, &id)?;
            let old = project.labels.remove(&id);
            old.map(Edit::AddLabel).ok_or(EditError::NoSuchLabel(id))
        }
        Edit::AddReading(reading) => {
            let id = reading.id.clone();
            if project.readings.contains_key(&id) || project.removed.contains_key(&id) {
                return Err(EditError::ReadingExists(id));
            }
            if reading.meta.title.trim().is_empty() {
                return Err(EditError::EmptyName);
            }
            let shelf = Shelf {
                reading,
                highlights: HighlightSet::default(),
            };
            project.readings.insert(id.clone(), shelf);
            Ok(Edit::RemoveReading(id))
        }
        Edit::ChangeReading(id, meta) => {
            if meta.title.trim().is_empty() {
                return Err(EditError::EmptyName);
            }
            let shelf = project
                .any_shelf_mut(&id)
                .ok_or_else(|| EditError::NoSuchReading(id.clone()))?;
            let reading = Arc::make_mut(&mut shelf.reading);
            let old = std::mem::replace(&mut reading.meta, meta);
            Ok(Edit::ChangeReading(id, old))
        }
        Edit::RemoveReading(id) => match project.readings.remove(&id) {
            Some(shelf) => {
                project.removed.insert(id.clone(), shelf);
                Ok(Edit::RestoreReading(id))
            }
            None => Err(EditError::NoSuchReading(id)),
        },
        Edit::RestoreReading(id) => match project.removed.remove(&id) {
            Some(shelf) => {
                project.readings.insert(id.clone(), shelf);
                Ok(Edit::RemoveReading(id))
            }
            None => Err(EditError::NoSuchReading(id)),
        },
        Edit::AddHighlight(highlight) => {
            if project
                .highlight(&highlight.reading, highlight.id)
                .is_some()
            {
                return Err(EditError::HighlightExists(highlight.id));
            }
            let inverse = Edit::RemoveHighlight(highlight.reading.clone(), highlight.id);
            place(project, highlight)?;
            Ok(inverse)
        }
        Edit::ChangeHighlight(highlight) => {
            let id = highlight.id;
            if project.highlight(&highlight.reading, id).is_none() {
                return Err(EditError::NoSuchHighlight(id));
            }
            let old = place(project, highlight)?;
            old.map(Edit::ChangeHighlight)
                .ok_or(EditError::NoSuchHighlight(id))
        }
        Edit::RemoveHighlight(reading, id) => {
            let old = shelf_mut(project, &reading)?.highlights.remove(id);
            old.map(Edit::AddHighlight)
                .ok_or(EditError::NoSuchHighlight(id))
        }
        Edit::Jot(coder, about, text) => {
            let old = jot(project, &coder, about.clone(), text);
            Ok(Edit::Jot(coder, about, old))
        }
        Edit::PutPacket(id, head) => {
            let old = put_packet(project, &id, head)?;
            Ok(Edit::PutPacket(id, old))
        }
        Edit::PutSection(packet, id, section) => {
            let old = put_section(project, &packet, &id, section)?;
            Ok(Edit::PutSection(packet, id, old))
        }
        Edit::Batch(edits) => apply_all(project, edits),
    }
}

/// Writes or takes out an entry of a notebook; a notebook without entries is none. Returns what the entry was.
fn jot(
    project: &mut Project,
    coder: &CoderId,
    about: About,
    text: Option<String>,
) -> Option<String> {
    let notebook = project.notebooks.entry(coder.clone()).or_default();
    let old = notebook.set(about, text);
    if notebook.is_empty() {
        project.notebooks.remove(coder);
    }
    old
}

/// Makes, changes or takes out a packet without its sections; returns what was said of it.
fn put_packet(
    project: &mut Project,
    id: &PacketId,
    head: Option<PacketHead>,
) -> Result<Option<PacketHead>, EditError> {
    let there = project.packets.get_mut(id);
    match (there, head) {
        (_, Some(head)) if head.title.trim().is_empty() => Err(EditError::EmptyName),
        (Some(packet), Some(head)) => Ok(Some(std::mem::replace(&mut packet.head, head))),
        (Some(packet), None) if !packet.sections.is_empty() => {
            Err(EditError::PacketNotEmpty(id.clone()))
        }
        (Some(_), None) => Ok(project.packets.remove(id).map(|packet| packet.head)),
        (None, Some(head)) => {
            let packet = Packet {
                id: id.clone(),
                head,
                sections: BTreeMap::new(),
            };
            project.packets.insert(id.clone(), packet);
            Ok(None)
        }
        (None, None) => Err(EditError::NoSuchPacket(id.clone())),
    }
}

/// Adds, changes or takes out a section; returns what it was.
fn put_section(
    project: &mut Project,
    packet: &PacketId,
    id: &SectionId,
    section: Option<Section>,
) -> Result<Option<Section>, EditError> {
    let there = project.packets.get_mut(packet);
    let sections = &mut there
        .ok_or_else(|| EditError::NoSuchPacket(packet.clone()))?
        .sections;
    match section {
        Some(section) => Ok(sections.insert(id.clone(), section)),
        None => match sections.remove(id) {
            Some(old) => Ok(Some(old)),
            None => Err(EditError::NoSuchSection(packet.clone(), id.clone())),
        },
    }
}

/// Carries out all of `edits` or none.
fn apply_all(project: &mut Project, edits: Vec<Edit>) -> Result<Edit, EditError> {
    let mut inverses = Vec::with_capacity(edits.len());
    let mut added = Vec::new();
    for edit in edits {
        let adds = added_readings(&edit);
        match apply(project, edit) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                for inverse in inverses.into_iter().rev() {
                    // Never refused, so that a batch can't get stuck halfway.
                    super::replay(project, inverse);
                }
                // Taking back the adding of a reading leaves it among the removed ones. Here it never was.
                for id in added {
                    project.removed.remove(&id);
                }
                return Err(error);
            }
        }
        added.extend(adds);
    }
    inverses.reverse();
    Ok(Edit::Batch(inverses))
}

/// The readings that `edit` adds.
fn added_readings(edit: &Edit) -> Vec<ReadingId> {
    match edit {
        Edit::AddReading(reading) => vec![reading.id.clone()],
        Edit::Batch(edits) => edits.iter().flat_map(added_readings).collect(),
        _ => Vec::new(),
    }
}

fn shelf_mut<'a>(project: &'a mut Project, id: &ReadingId) -> Result<&'a mut Shelf, EditError> {
    project
        .any_shelf_mut(id)
        .ok_or_else(|| EditError::NoSuchReading(id.clone()))
}

fn place(
    project: &mut Project,
    highlight: Arc<Highlight>,
) -> Result<Option<Arc<Highlight>>, EditError> {
    check_highlight(project, &highlight)?;
    Ok(shelf_mut(project, &highlight.reading)?
        .highlights
        .insert(highlight))
}

fn check_highlight(project: &Project, highlight: &Highlight) -> Result<(), EditError> {
    if highlight.labels.is_empty() {
        return Err(EditError::NoLabels);
    }
    if let Some(missing) = highlight
        .labels
        .iter()
        .find(|l| !project.labels.contains_key(*l))
    {
        return Err(EditError::NoSuchLabel(missing.clone()));
    }
    let shelf = project
        .shelf(&highlight.reading)
        .or_else(|| project.removed_shelf(&highlight.reading))
        .ok_or_else(|| EditError::NoSuchReading(highlight.reading.clone()))?;
    let span = highlight.span;
    if !span.fits(shelf.reading.text.as_str()) {
        return Err(EditError::BadRange(
            highlight.reading.clone(),
            span.start,
            span.end,
        ));
    }
    Ok(())
}

fn check_label(project: &Project, label: &Label) -> Result<(), EditError> {
    if label.name.trim().is_empty() {
        return Err(EditError::EmptyName);
    }
    let same = |l: &Label| l.id != label.id && l.name.to_lowercase() == label.name.to_lowercase();
    if project.labels().any(same) {
        return Err(EditError::NameTaken(label.name.clone()));
    }
    for other in label.parent.iter().chain(&label.contrast) {
        if *other == label.id {
            return Err(EditError::LabelUnderItself(label.name.clone()));
        }
        if !project.labels.contains_key(other) {
            return Err(EditError::NoSuchLabel(other.clone()));
        }
    }
    let mut above = label.parent.as_ref();
    while let Some(id) = above {
        if *id == label.id {
            return Err(EditError::LabelUnderItself(label.name.clone()));
        }
        above = project.label(id).and_then(|l| l.parent.as_ref());
    }
    Ok(())
}

fn check_unused(project: &Project, id: &LabelId) -> Result<(), EditError> {
    let label = project
        .label(id)
        .ok_or_else(|| EditError::NoSuchLabel(id.clone()))?;
    let refers = |l: &Label| {
        l.id != *id && (l.parent.as_ref() == Some(id) || l.contrast.as_ref() == Some(id))
    };
    if project.label_in_use(id) || project.labels().any(refers) {
        return Err(EditError::LabelInUse(label.name.clone()));
    }
    Ok(())
}
