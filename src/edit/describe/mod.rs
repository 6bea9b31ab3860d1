//! Edits in words, for the history.

mod packet;

use super::Edit;
use crate::{
    model::{About, Highlight, LabelId, Project},
    text::{Span, fold_space},
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
        Edit::Jot(_, about, text) => describe_jotting(project, about, text.is_some()),
        Edit::PutPacket(id, head) => packet::put_packet(project, id, head.as_ref()),
        Edit::PutSection(id, name, section) => {
            packet::put_section(project, id, name, section.as_ref())
        }
        Edit::Batch(edits) => match edits.as_slice() {
            all if packet::of_one(all) => packet::put_all(project, all),
            all => and_more(project, all),
        },
    }
}

/// The first of several edits, and how many follow.
fn and_more(project: &Project, edits: &[Edit]) -> String {
    match edits {
        [] => "Nothing".to_owned(),
        [one] => describe(project, one),
        [first, rest @ ..] => format!("{} and {} more", describe(project, first), rest.len()),
    }
}

fn describe_jotting(project: &Project, about: &About, written: bool) -> String {
    match about {
        About::Query(name) if written => format!("Save the query “{name}”"),
        About::Query(name) => format!("Delete the query “{name}”"),
        About::Claim(place) => {
            let label = project.label_name(&place.label);
            let reading = title(project, place.reading.as_str());
            let verb = if written { "Claim" } else { "Delete the claim" };
            format!("{verb} about {label} in “{reading}”")
        }
        About::Rejected(suggested) => {
            let label = project.label_name(&suggested.label);
            let verb = if written { "Reject" } else { "Offer again" };
            format!("{verb} a suggestion for {label}")
        }
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

/// The beginning of the passage. Costs no more for a long passage than for a short one.
fn quote(project: &Project, h: &Highlight) -> String {
    const SHOWN: usize = 40;
    // Enough for characters of several bytes and some white space between them.
    const NEAR: u32 = 8 * SHOWN as u32;
    let Some(reading) = project.reading(&h.reading) else {
        return "“”".to_owned();
    };
    let reach = reading.text.floor(h.span.start.saturating_add(NEAR));
    let near = Span::new(h.span.start, reach.min(h.span.end));
    let text = fold_space(reading.text.slice(near));
    let short: String = text.chars().take(SHOWN).collect();
    let is_all = near.end == h.span.end && short.len() == text.len();
    let more = if is_all { "" } else { "…" };
    format!("“{}{more}”", short.trim_end())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;
    use crate::{
        edit::tests::random::{Random, reading},
        model::{CoderId, HighlightId, Shelf},
        text::Text,
    };

    #[test]
    fn a_passage_is_quoted_by_its_beginning() {
        let mut reading = reading(&mut Random::new(1), 0);
        reading.text = Text::new("Naïve \n 弃 ".to_owned() + &"so on ".repeat(1_000_000));
        let length = reading.text.as_str().len() as u32;
        let mut project = Project::new("P");
        let shelf = Shelf {
            highlights: crate::model::HighlightSet::default(),
            reading: Arc::new(reading.clone()),
        };
        project.readings.insert(reading.id.clone(), shelf);
        let mut passage = Highlight {
            id: HighlightId(1),
            reading: reading.id,
            span: Span::new(0, length),
            labels: Vec::new(),
            stance: None,
            note: String::new(),
            coder: CoderId::new("MK").unwrap(),
            created: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
        };
        let begun = std::time::Instant::now();
        for _ in 0..1000 {
            let said = quote(&project, &passage);
            assert_eq!(said, "“Naïve 弃 so on so on so on so on so on so…”");
        }
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
        passage.span = Span::new(0, 12);
        assert_eq!(quote(&project, &passage), "“Naïve 弃”");
    }
}
