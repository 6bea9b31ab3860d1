//! Edits in words, for the history.

use super::Edit;
use crate::{
    model::{Highlight, LabelId, Project},
    text::fold_space,
};

/// Says in one line what `edit` would do to `project`, before it is applied: `Tag “An ally can…” with Entrapment`.
pub fn describe(project: &Project, edit: &Edit) -> String {
    match edit {
        Edit::RenameProject(name) => format!("Rename the project to “{name}”"),
        Edit::AddLabel(label) => format!("New label “{}”", label.name),
        Edit::ChangeLabel(label) => match project.label(&label.id) {
            Some(old) if old.name != label.name => {
                format!("Rename “{}” to “{}”", old.name, label.name)
            }
            Some(old) if old.parent != label.parent => format!("Move label “{}”", label.name),
            Some(old) if old.color != label.color => format!("Recolour label “{}”", label.name),
            _ => format!("Change label “{}”", label.name),
        },
        Edit::RemoveLabel(id) => format!("Delete label “{}”", project.label_name(id)),
        Edit::AddReading(reading) => format!("Import “{}”", reading.meta.title),
        Edit::ChangeReading(_, meta) => format!("Change the details of “{}”", meta.title),
        Edit::RemoveReading(id) => format!("Remove “{}”", title(project, id.as_str())),
        Edit::RestoreReading(id) => format!("Restore “{}”", title(project, id.as_str())),
        Edit::AddHighlight(h) => format!(
            "Tag {} with {}",
            quote(project, h),
            names(project, &h.labels)
        ),
        Edit::ChangeHighlight(h) => describe_change(project, h),
        Edit::RemoveHighlight(reading, id) => match project.highlight(reading, *id) {
            Some(h) => format!("Remove the highlight {}", quote(project, h)),
            None => "Remove a highlight".to_owned(),
        },
        Edit::Batch(edits) => match edits.as_slice() {
            [] => "Nothing".to_owned(),
            [one] => describe(project, one),
            [first, rest @ ..] => format!("{} and {} more", describe(project, first), rest.len()),
        },
    }
}

fn describe_change(project: &Project, new: &Highlight) -> String {
    let quote = quote(project, new);
    let Some(old) = project.highlight(&new.reading, new.id) else {
        return format!("Change {quote}");
    };
    if old.labels != new.labels {
        let added: Vec<_> = minus(&new.labels, &old.labels);
        let gone: Vec<_> = minus(&old.labels, &new.labels);
        match (added.is_empty(), gone.is_empty()) {
            (false, true) => format!("Tag {quote} with {}", names(project, &added)),
            (true, false) => format!("Take {} off {quote}", names(project, &gone)),
            _ => format!("Change the labels of {quote}"),
        }
    } else if old.span != new.span {
        format!("Change the range of {quote}")
    } else if old.stance != new.stance {
        match new.stance {
            Some(stance) => format!("Mark that {quote} {stance}"),
            None => format!("Clear the stance of {quote}"),
        }
    } else {
        format!("Note on {quote}")
    }
}

fn minus(a: &[LabelId], b: &[LabelId]) -> Vec<LabelId> {
    a.iter().filter(|l| !b.contains(l)).cloned().collect()
}

fn names(project: &Project, labels: &[LabelId]) -> String {
    let names: Vec<_> = labels.iter().map(|l| project.label_name(l)).collect();
    names.join(", ")
}

fn title<'a>(project: &'a Project, id: &'a str) -> &'a str {
    crate::model::ReadingId::new(id)
        .ok()
        .and_then(|key| project.shelf(&key).or_else(|| project.removed_shelf(&key)))
        .map_or(id, |s| &s.reading.meta.title)
}

fn quote(project: &Project, h: &Highlight) -> String {
    let text = project.reading(&h.reading).map(|r| r.text.slice(h.span));
    let text = fold_space(text.unwrap_or_default());
    let short: String = text.chars().take(40).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("“{}{more}”", short.trim_end())
}
