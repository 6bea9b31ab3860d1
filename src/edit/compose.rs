//! Edits made of several: what people do that touches more than one thing. Each function looks at the project and returns
//! the edit; nothing is changed until it is applied.

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;

use super::Edit;
use crate::{
    model::{
        About, CoderId, Highlight, HighlightId, Label, LabelId, Notebook, Project, ReadingId,
        Section, Subject,
    },
    text::Span,
};

/// What tagging a passage needs to know.
#[derive(Clone, Debug)]
pub struct Tagging {
    /// The reading.
    pub reading: ReadingId,
    /// The passage; white space at its ends is left out.
    pub span: Span,
    /// The label.
    pub label: LabelId,
    /// Who tags.
    pub coder: CoderId,
    /// When.
    pub at: Timestamp,
    /// The number a new highlight gets.
    pub new_id: HighlightId,
}

/// Tags a passage: the coder's own highlight of exactly that passage gets the label too, else a new highlight is made.
/// Returns the edit (`None` when the passage is empty or has the label already) and the highlight it concerns.
pub fn tag(project: &Project, tagging: Tagging) -> Option<(Option<Edit>, HighlightId)> {
    let shelf = project.shelf(&tagging.reading)?;
    let span = shelf.reading.text.trim(tagging.span)?;
    let same = shelf
        .highlights
        .overlapping(span)
        .find(|h| h.span == span && h.coder == tagging.coder);
    let Some(old) = same else {
        let new = Highlight {
            id: tagging.new_id,
            reading: tagging.reading,
            span,
            labels: vec![tagging.label],
            stance: None,
            note: String::new(),
            coder: tagging.coder,
            created: tagging.at,
            changed: tagging.at,
        };
        return Some((Some(Edit::AddHighlight(Arc::new(new))), tagging.new_id));
    };
    if old.labels.contains(&tagging.label) {
        return Some((None, old.id));
    }
    let edit = change(old, tagging.at, |h| h.labels.push(tagging.label));
    Some((Some(edit), old.id))
}

/// Tags many passages with one label as one edit, so that one undo takes all of it back. Each is tagged as by [`tag`]: the coder's
/// own highlight of exactly that passage gets the label too, else a new one is made, with a number of `new_id`. White space at the
/// ends is left out; the same passage counts once; passages that are empty, or have the label already, are passed over. The edits
/// stand in the order of the passages. `None` when there is nothing to do. O(passages × highlights near each).
pub fn tag_all(
    project: &Project,
    passages: impl IntoIterator<Item = (ReadingId, Span)>,
    label: &LabelId,
    coder: &CoderId,
    at: Timestamp,
    mut new_id: impl FnMut() -> HighlightId,
) -> Option<Edit> {
    let mut seen = BTreeSet::new();
    let mut edits = Vec::new();
    for (reading, span) in passages {
        let shelf = project.shelf(&reading);
        let Some(span) = shelf.and_then(|s| s.reading.text.trim(span)) else {
            continue;
        };
        if !seen.insert((reading.clone(), span)) {
            continue;
        }
        let tagging = Tagging {
            reading,
            span,
            label: label.clone(),
            coder: coder.clone(),
            at,
            new_id: new_id(),
        };
        edits.extend(tag(project, tagging).and_then(|(edit, _)| edit));
    }
    match edits.len() {
        0 => None,
        1 => edits.pop(),
        _ => Some(Edit::Batch(edits)),
    }
}

/// Changes a highlight by `f` and dates it.
pub fn change(old: &Highlight, at: Timestamp, f: impl FnOnce(&mut Highlight)) -> Edit {
    let mut new = old.clone();
    f(&mut new);
    new.changed = at;
    Edit::ChangeHighlight(Arc::new(new))
}

/// Takes a label off a highlight, and the highlight away when it was the last.
pub fn untag(old: &Highlight, label: &LabelId, at: Timestamp) -> Edit {
    if old.labels.iter().all(|l| l == label) {
        return Edit::RemoveHighlight(old.reading.clone(), old.id);
    }
    change(old, at, |h| h.labels.retain(|l| l != label))
}

/// Deletes a label: its highlights keep their other labels, those that would have none left go; its children move up to its
/// parent; contrasts with it are cleared. What notebooks say about it stays in them, and so do the sections of packets that are
/// about it. O(highlights).
pub fn delete_label(project: &Project, id: &LabelId, at: Timestamp) -> Edit {
    let mut edits: Vec<Edit> = project
        .all_highlights()
        .filter(|h| h.labels.contains(id))
        .map(|h| untag(h, id, at))
        .collect();
    let parent = project.label(id).and_then(|l| l.parent.clone());
    edits.extend(detach(project, id, parent.as_ref(), None));
    edits.push(Edit::RemoveLabel(id.clone()));
    Edit::Batch(edits)
}

/// Merges the label `from` into `into`: its highlights carry `into` instead, its children and contrasts go over, its cues
/// are added, and it is deleted. Claims about it go over in the notebooks of all coders, as their highlights do; where
/// there is one about `into` already, the two become one. So do rejected suggestions. Sections of packets about it are about `into`
/// then. O(highlights + notebooks + sections).
pub fn merge_labels(project: &Project, from: &LabelId, into: &LabelId, at: Timestamp) -> Edit {
    let mut edits: Vec<Edit> = project
        .all_highlights()
        .filter(|h| h.labels.contains(from))
        .map(|h| {
            change(h, at, |h| {
                if h.labels.contains(into) {
                    h.labels.retain(|l| l != from);
                } else {
                    for label in h.labels.iter_mut().filter(|l| *l == from) {
                        *label = into.clone();
                    }
                }
            })
        })
        .collect();
    let mut target = project.label(into).cloned();
    if let (Some(from), Some(target)) = (project.label(from), &mut target) {
        let new: Vec<_> = from
            .cues
            .iter()
            .filter(|c| !target.cues.contains(c))
            .cloned()
            .collect();
        target.cues.extend(new);
        // A label that lies somewhere under the one it takes over moves up into its place, else its new children would lie
        // above it.
        if project.with_descendants(&from.id).contains(into) {
            target.parent = from.parent.clone();
        }
        if target.contrast.as_ref() == Some(&from.id) {
            target.contrast = from.contrast.clone().filter(|c| c != into);
        }
    }
    edits.extend(target.map(Edit::ChangeLabel));
    edits.extend(
        detach(project, from, Some(into), Some(into))
            .filter(|edit| !matches!(edit, Edit::ChangeLabel(l) if l.id == *into)),
    );
    for (coder, notebook) in project.notebooks() {
        merge_entries(&mut edits, coder, notebook, from, into);
    }
    edits.extend(merge_subjects(project, from, into));
    edits.push(Edit::RemoveLabel(from.clone()));
    Edit::Batch(edits)
}

/// Makes the sections of packets that are about `from` be about `into`.
fn merge_subjects<'a>(
    project: &'a Project,
    from: &'a LabelId,
    into: &'a LabelId,
) -> impl Iterator<Item = Edit> + 'a {
    let packets = project.packets().values();
    let sections =
        packets.flat_map(|packet| packet.sections.iter().map(move |(id, s)| (packet, id, s)));
    let about =
        sections.filter(move |(.., s)| matches!(&s.subject, Subject::Theory(l) if l == from));
    about.map(|(packet, id, section)| {
        let section = Section {
            subject: Subject::Theory(into.clone()),
            ..section.clone()
        };
        Edit::PutSection(packet.id.clone(), id.clone(), Some(section))
    })
}

/// Moves what a notebook says about `from` to `into`.
fn merge_entries(
    edits: &mut Vec<Edit>,
    coder: &CoderId,
    notebook: &Notebook,
    from: &LabelId,
    into: &LabelId,
) {
    for (about, text) in notebook.iter() {
        let mut moved = about.clone();
        match &mut moved {
            About::Claim(place) if place.label == *from => place.label = into.clone(),
            About::Rejected(suggested) if suggested.label == *from => {
                suggested.label = into.clone();
            }
            _ => continue,
        }
        let text = match notebook.get(&moved) {
            Some(there) => Notebook::joined(there, text),
            None => text.to_owned(),
        };
        edits.push(Edit::Jot(coder.clone(), about.clone(), None));
        edits.push(Edit::Jot(coder.clone(), moved, Some(text)));
    }
}

/// Points the children of `id` to `parent` and the contrasts with it to `contrast`.
fn detach<'a>(
    project: &'a Project,
    id: &'a LabelId,
    parent: Option<&'a LabelId>,
    contrast: Option<&'a LabelId>,
) -> impl Iterator<Item = Edit> + 'a {
    let refers = move |l: &&Label| {
        l.id != *id && (l.parent.as_ref() == Some(id) || l.contrast.as_ref() == Some(id))
    };
    project.labels().filter(refers).map(move |label| {
        let mut label = label.clone();
        if label.parent.as_ref() == Some(id) {
            label.parent = parent.filter(|p| **p != label.id).cloned();
        }
        if label.contrast.as_ref() == Some(id) {
            label.contrast = contrast.filter(|c| **c != label.id).cloned();
        }
        Edit::ChangeLabel(label)
    })
}

/// Moves a label under `parent` (or to the top) behind its last child, or just before the sibling `before`.
pub fn move_label(
    project: &Project,
    id: &LabelId,
    parent: Option<&LabelId>,
    before: Option<&LabelId>,
) -> Option<Edit> {
    let mut label = project.label(id)?.clone();
    let mut siblings: Vec<&Label> = project
        .labels()
        .filter(|l| l.parent.as_ref() == parent && l.id != *id)
        .collect();
    siblings.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.id.cmp(&b.id)));
    let at = before
        .and_then(|b| siblings.iter().position(|l| l.id == *b))
        .unwrap_or(siblings.len());
    let below = at.checked_sub(1).map(|i| siblings[i].position);
    let above = siblings.get(at).map(|l| l.position);
    label.parent = parent.cloned();
    label.position = match (below, above) {
        (None, None) => 0.0,
        (Some(b), None) => b + 1.0,
        (None, Some(a)) => a - 1.0,
        (Some(b), Some(a)) => f64::midpoint(b, a),
    };
    Some(Edit::ChangeLabel(label))
}

/// Adds a label or puts it in the place of the one with its id; its digit key is taken from the label that had it.
pub fn save_label(project: &Project, label: Label) -> Edit {
    let holders = project
        .labels()
        .filter(|l| l.id != label.id && label.digit.is_some() && l.digit == label.digit);
    let mut edits: Vec<Edit> = holders
        .map(|other| {
            Edit::ChangeLabel(Label {
                digit: None,
                ..other.clone()
            })
        })
        .collect();
    edits.push(match project.label(&label.id) {
        Some(_) => Edit::ChangeLabel(label),
        None => Edit::AddLabel(label),
    });
    if edits.len() == 1 {
        edits.remove(0)
    } else {
        Edit::Batch(edits)
    }
}
