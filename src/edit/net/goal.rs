//! How a thing is to be when edits of it are taken back.

use std::sync::Arc;

use super::{Edit, State, Thing, fields};
use crate::{
    edit::EditError,
    model::{
        Highlight, HighlightId, Label, LabelId, PacketHead, PacketId, Project, ReadingId, Section,
        SectionId,
    },
};

/// The edit that brings a thing back to how it was before, if one is needed; or why it can't be.
pub(super) fn goal(
    project: &Project,
    thing: &Thing,
    before: State,
    after: Option<State>,
) -> Result<Option<Edit>, String> {
    match (thing, before, after) {
        (Thing::Name, State::Name(before), after) => {
            let now = project.name();
            let stands = !matches!(after, Some(State::Name(after)) if after != now);
            if now == before {
                Ok(None)
            } else if stands {
                Ok(Some(Edit::RenameProject(before)))
            } else {
                Err("the project was given another name since".to_owned())
            }
        }
        (Thing::Place(id), State::Place(before), _) => {
            match (project.shelf(id), project.removed_shelf(id), before) {
                (Some(_), _, false) => Ok(Some(Edit::RemoveReading(id.clone()))),
                (None, Some(_), true) => Ok(Some(Edit::RestoreReading(id.clone()))),
                (None, None, true) => Err(EditError::NoSuchReading(id.clone()).to_string()),
                _ => Ok(None),
            }
        }
        (Thing::Details(id), State::Details(before), after) => {
            let shelf = project.shelf(id).or_else(|| project.removed_shelf(id));
            let now = shelf.map(|s| &s.reading.meta);
            let now = now.ok_or_else(|| EditError::NoSuchReading(id.clone()).to_string())?;
            let goal = match &after {
                Some(State::Details(after)) => fields::details(after, &before, now),
                _ => before.clone(),
            };
            let superseded = || format!("the details of “{}” were changed since", now.title);
            Ok(changed(now, goal, &before, superseded)?
                .map(|goal| Edit::ChangeReading(id.clone(), goal)))
        }
        (Thing::Label(id), State::Label(before), after) => {
            let after = after.map(|state| match state {
                State::Label(label) => label,
                _ => None,
            });
            label_goal(project, id, before, after)
        }
        (Thing::Highlight(reading, id), State::Highlight(before), after) => {
            let after = after.map(|state| match state {
                State::Highlight(highlight) => highlight,
                _ => None,
            });
            highlight_goal(project, (reading, *id), before, after)
        }
        (Thing::Jotting(coder, about), State::Jotting(before), after) => {
            let notebook = project.notebooks().get(coder);
            let now = notebook.and_then(|n| n.get(about)).map(str::to_owned);
            let stands = !matches!(after, Some(State::Jotting(after)) if after != now);
            if now == before {
                Ok(None)
            } else if stands {
                Ok(Some(Edit::Jot(coder.clone(), about.clone(), before)))
            } else {
                Err("an entry of the notebook was changed since".to_owned())
            }
        }
        (Thing::Packet(id), State::Packet(before), after) => {
            let after = after.map(|state| match state {
                State::Packet(head) => head,
                _ => None,
            });
            packet_goal(project, id, before, after)
        }
        (Thing::Section(packet, id), State::Section(before), after) => {
            let after = after.map(|state| match state {
                State::Section(section) => section,
                _ => None,
            });
            section_goal(project, (packet, id), before, after)
        }
        _ => Ok(None),
    }
}

/// The goal if it is another than what is now. When it is none although things are not as before, others changed them.
fn changed<T: PartialEq>(
    now: &T,
    goal: T,
    before: &T,
    superseded: impl FnOnce() -> String,
) -> Result<Option<T>, String> {
    if goal != *now {
        Ok(Some(goal))
    } else if now == before {
        Ok(None)
    } else {
        Err(superseded())
    }
}

fn label_goal(
    project: &Project,
    id: &LabelId,
    before: Option<Label>,
    after: Option<Option<Label>>,
) -> Result<Option<Edit>, String> {
    match (before, project.label(id)) {
        (None, None) => Ok(None),
        (None, Some(_)) => Ok(Some(Edit::RemoveLabel(id.clone()))),
        (Some(before), None) => match after {
            // Somebody took it away meanwhile.
            Some(Some(_)) => Err(EditError::NoSuchLabel(id.clone()).to_string()),
            _ => Ok(Some(Edit::AddLabel(before))),
        },
        (Some(before), Some(now)) => {
            let goal = match &after {
                Some(Some(after)) => fields::label(after, &before, now),
                // It was taken away here and brought back by somebody.
                Some(None) => now.clone(),
                None => before.clone(),
            };
            let superseded = || format!("“{}” was changed since", now.name);
            Ok(changed(now, goal, &before, superseded)?.map(Edit::ChangeLabel))
        }
    }
}

fn highlight_goal(
    project: &Project,
    (reading, id): (&ReadingId, HighlightId),
    before: Option<Arc<Highlight>>,
    after: Option<Option<Arc<Highlight>>>,
) -> Result<Option<Edit>, String> {
    match (before, project.highlight(reading, id)) {
        (None, None) => Ok(None),
        (None, Some(_)) => Ok(Some(Edit::RemoveHighlight(reading.clone(), id))),
        (Some(before), None) => match after {
            Some(Some(_)) => Err(EditError::NoSuchHighlight(id).to_string()),
            _ => Ok(Some(Edit::AddHighlight(before))),
        },
        (Some(before), Some(now)) => {
            let goal = match &after {
                Some(Some(after)) => Arc::new(fields::highlight(after, &before, now)),
                Some(None) => Arc::clone(now),
                None => Arc::clone(&before),
            };
            let superseded = || "the highlight was changed since".to_owned();
            Ok(changed(now, goal, &before, superseded)?.map(Edit::ChangeHighlight))
        }
    }
}

fn packet_goal(
    project: &Project,
    id: &PacketId,
    before: Option<PacketHead>,
    after: Option<Option<PacketHead>>,
) -> Result<Option<Edit>, String> {
    match (before, project.packets().get(id).map(|p| &p.head)) {
        (None, None) => Ok(None),
        (None, Some(_)) => Ok(Some(Edit::PutPacket(id.clone(), None))),
        (Some(before), None) => match after {
            Some(Some(_)) => Err(EditError::NoSuchPacket(id.clone()).to_string()),
            _ => Ok(Some(Edit::PutPacket(id.clone(), Some(before)))),
        },
        (Some(before), Some(now)) => {
            let goal = match &after {
                Some(Some(after)) => fields::head(after, &before, now),
                Some(None) => now.clone(),
                None => before.clone(),
            };
            let superseded = || format!("the packet “{}” was changed since", now.title);
            let goal = changed(now, goal, &before, superseded)?;
            Ok(goal.map(|goal| Edit::PutPacket(id.clone(), Some(goal))))
        }
    }
}

fn section_goal(
    project: &Project,
    (packet, id): (&PacketId, &SectionId),
    before: Option<Section>,
    after: Option<Option<Section>>,
) -> Result<Option<Edit>, String> {
    let put = |section| Edit::PutSection(packet.clone(), id.clone(), section);
    let there = project.packets().get(packet);
    match (before, there.and_then(|p| p.sections.get(id))) {
        (None, None) => Ok(None),
        (None, Some(_)) => Ok(Some(put(None))),
        (Some(before), None) => match after {
            Some(Some(_)) => Err(EditError::NoSuchSection(packet.clone(), id.clone()).to_string()),
            _ => Ok(Some(put(Some(before)))),
        },
        (Some(before), Some(now)) => {
            let goal = match &after {
                Some(Some(after)) => fields::section(after, &before, now),
                Some(None) => now.clone(),
                None => before.clone(),
            };
            let superseded = || format!("the section “{}” was changed since", now.title);
            Ok(changed(now, goal, &before, superseded)?.map(|goal| put(Some(goal))))
        }
    }
}
