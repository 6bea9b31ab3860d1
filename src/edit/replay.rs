//! Carrying out a journalled edit onto files that may hold it already.

use super::{Edit, EditError, apply::has_highlight};
use crate::model::{Project, ReadingId};

/// Brings about what `edit` brought about when it was made, whether the files hold it or not: adding what is there
/// replaces it, changing what is missing adds it, removing what is missing does nothing. Since every edit carries whole
/// values, replaying a journal from any point at or before the state of the files gives the state at its end.
///
/// Each refusal of a part is returned with that part left out; the rest is carried out.
pub fn replay(project: &mut Project, edit: Edit) -> Vec<EditError> {
    let edit = match edit {
        Edit::Batch(edits) => {
            return edits.into_iter().flat_map(|e| replay(project, e)).collect();
        }
        Edit::AddLabel(label) if project.label(&label.id).is_some() => Edit::ChangeLabel(label),
        Edit::ChangeLabel(label) if project.label(&label.id).is_none() => Edit::AddLabel(label),
        Edit::RemoveLabel(id) if project.label(&id).is_none() => return Vec::new(),
        Edit::AddReading(reading) if has_reading(project, &reading.id) => return Vec::new(),
        Edit::AddReading(reading) if project.removed_shelf(&reading.id).is_some() => {
            Edit::RestoreReading(reading.id.clone())
        }
        Edit::RemoveReading(id) if project.removed_shelf(&id).is_some() => return Vec::new(),
        Edit::RestoreReading(id) if has_reading(project, &id) => return Vec::new(),
        Edit::AddHighlight(h) if has_highlight(project, &h.reading, h.id) => {
            Edit::ChangeHighlight(h)
        }
        Edit::ChangeHighlight(h) if !has_highlight(project, &h.reading, h.id) => {
            Edit::AddHighlight(h)
        }
        Edit::RemoveHighlight(reading, id) if !has_highlight(project, &reading, id) => {
            return Vec::new();
        }
        other => other,
    };
    super::apply(project, edit).err().into_iter().collect()
}

fn has_reading(project: &Project, id: &ReadingId) -> bool {
    project.shelf(id).is_some()
}
