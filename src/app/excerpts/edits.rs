//! What is done to excerpts: one edit for all of them, on one's own highlights only.

use std::{collections::BTreeSet, sync::Arc};

use egui::Context;
use jiff::Timestamp;

use super::{Change, Whose};
use crate::{
    app::{Session, clipboard, command::Outcome, words},
    edit::{Edit, compose},
    export::{Chosen, cite::Style, clip},
    model::{CoderId, Highlight, Label, LabelId, Project},
};

pub(super) const NONE_CHOSEN: &str = "Choose an excerpt first: click it, or press ↓.";

/// The excerpts that a change is meant for.
struct Meant {
    own: Vec<Arc<Highlight>>,
    others: Vec<Arc<Highlight>>,
}

/// Carries a change out as one edit. A colleague's highlights stay as they are; what is told says how many.
pub(super) fn carry_out(session: &mut Session, change: &Change, whose: &Whose) -> Outcome {
    session.commit_note()?;
    let meant = meant(session, whose)?;
    let edits = edits(&meant.own, change, Timestamp::now());
    let (count, removed) = (edits.len(), removals(&edits));
    match describe(session.project(), change, &meant.own, count) {
        Some(what) => session.perform_as(what, Edit::Batch(edits))?,
        None => edits.into_iter().try_for_each(|e| session.perform(e))?,
    }
    Ok(told(count, removed, &meant.others))
}

/// Makes a label and tags with it, as one edit.
pub(super) fn tag_new(session: &mut Session, label: Label) -> Outcome {
    session.commit_note()?;
    let meant = meant(session, &Whose::Selected)?;
    let change = Change::Add(label.id.clone());
    let tags = edits(&meant.own, &change, Timestamp::now());
    let count = tags.len();
    let what = format!("Tag with the new label “{}”", label.name);
    let all = std::iter::once(Edit::AddLabel(label)).chain(tags);
    session.perform_as(what, Edit::Batch(all.collect()))?;
    Ok(told(count, 0, &meant.others))
}

/// The excerpts that are meant; an error when none of them can be changed.
fn meant(session: &Session, whose: &Whose) -> Result<Meant, String> {
    let all = those(session, whose);
    if all.is_empty() {
        return Err(NONE_CHOSEN.to_owned());
    }
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|h| session.is_own(h));
    match own.is_empty() {
        true => Err(not_own(&others)),
        false => Ok(Meant { own, others }),
    }
}

/// Has the note of the excerpt in focus take the keyboard, where it shows.
pub(super) fn start_note(session: &mut Session) -> Result<(), String> {
    let Some((reading, h)) = session.excerpts.focused() else {
        return Err(NONE_CHOSEN.to_owned());
    };
    meant(session, &Whose::One(reading, h.id))?;
    session.note_wants_keyboard = true;
    session.excerpts.reveal_focus();
    Ok(())
}

fn coders(of: &[Arc<Highlight>]) -> String {
    let names: BTreeSet<&CoderId> = of.iter().map(|h| &h.coder).collect();
    let names: Vec<&str> = names.into_iter().map(CoderId::as_str).collect();
    names.join(", ")
}

fn not_own(others: &[Arc<Highlight>]) -> String {
    let whose = coders(others);
    match others.len() {
        1 => format!(
            "That is {whose}’s highlight. Open it to tag the passage yourself, or change the coder."
        ),
        n => format!(
            "All {} are {whose}’s; only their coder can change them.",
            words::counted(n, "highlight")
        ),
    }
}

/// The highlights that are meant, as they are now.
pub(super) fn those(session: &Session, whose: &Whose) -> Vec<Arc<Highlight>> {
    let state = &session.excerpts;
    let now = |h: &Arc<Highlight>| session.project().highlight(&h.reading, h.id).cloned();
    match whose {
        Whose::One(reading, id) => {
            let one = session.project().highlight(reading, *id);
            one.cloned().into_iter().collect()
        }
        Whose::Selected if state.selected.is_empty() => {
            let focused = state.focused().and_then(|(_, h)| now(&h));
            focused.into_iter().collect()
        }
        Whose::Selected => match &state.listing {
            Some(listing) => listing
                .among(state.selected.ids())
                .filter_map(now)
                .collect(),
            None => Vec::new(),
        },
    }
}

/// The edits that change these highlights: those that have to change.
fn edits(own: &[Arc<Highlight>], change: &Change, at: Timestamp) -> Vec<Edit> {
    let add = |h: &Highlight, label: &LabelId| {
        let change = || compose::change(h, at, |h| h.labels.push(label.clone()));
        (!h.labels.contains(label)).then(change)
    };
    let take_off = |h: &Highlight, label: &LabelId| {
        (h.labels.contains(label)).then(|| compose::untag(h, label, at))
    };
    let all_have = match change {
        Change::Toggle(label) => own.iter().all(|h| h.labels.contains(label)),
        _ => false,
    };
    let edit = |h: &Arc<Highlight>| match change {
        Change::Toggle(label) if all_have => take_off(h, label),
        Change::Toggle(label) | Change::Add(label) => add(h, label),
        Change::TakeOff(label) => take_off(h, label),
        Change::Stance(stance) => {
            (h.stance != *stance).then(|| compose::change(h, at, |h| h.stance = *stance))
        }
        Change::Note(note) => {
            (h.note != *note).then(|| compose::change(h, at, |h| h.note.clone_from(note)))
        }
        Change::Append(more) => (!more.trim().is_empty()).then(|| append(h, more, at)),
        Change::Remove => Some(Edit::RemoveHighlight(h.reading.clone(), h.id)),
    };
    own.iter().filter_map(edit).collect()
}

fn append(h: &Highlight, more: &str, at: Timestamp) -> Edit {
    compose::change(h, at, |h| {
        if !h.note.is_empty() {
            h.note.push('\n');
        }
        h.note.push_str(more.trim());
    })
}

fn removals(edits: &[Edit]) -> usize {
    let gone = |e: &&Edit| matches!(e, Edit::RemoveHighlight(..));
    edits.iter().filter(gone).count()
}

/// What the history says of many; of one it says what it says of any edit.
fn describe(
    project: &Project,
    change: &Change,
    own: &[Arc<Highlight>],
    count: usize,
) -> Option<String> {
    if count < 2 {
        return None;
    }
    let those = words::counted(count, "excerpt");
    let adds = |label: &LabelId| own.iter().any(|h| !h.labels.contains(label));
    Some(match change {
        Change::Toggle(label) | Change::Add(label) if adds(label) => {
            format!("Tag {those} with {}", project.label_name(label))
        }
        Change::Toggle(label) | Change::TakeOff(label) | Change::Add(label) => {
            format!("Take {} off {those}", project.label_name(label))
        }
        Change::Stance(Some(stance)) => format!("Mark {those} as “{stance}”"),
        Change::Stance(None) => format!("Clear the stance of {those}"),
        Change::Note(_) => format!("Write a note on {those}"),
        Change::Append(_) => format!("Add to the notes of {those}"),
        Change::Remove => format!("Remove {those}"),
    })
}

/// What is told: what is gone, how many changed, and whose did not.
fn told(count: usize, removed: usize, others: &[Arc<Highlight>]) -> Option<String> {
    let mut parts = Vec::new();
    match (removed, count) {
        (0, 0 | 1) => {}
        (0, n) => parts.push(format!("{} changed.", words::counted(n, "excerpt"))),
        (1, 1) => parts.push("Highlight removed. Ctrl+Z brings it back.".to_owned()),
        (n, _) => parts.push(format!(
            "{} removed. Ctrl+Z brings them back.",
            words::counted(n, "highlight")
        )),
    }
    if !others.is_empty() {
        parts.push(format!(
            "{} of {} left as they are: only the coder can change them.",
            words::counted(others.len(), "excerpt"),
            coders(others)
        ));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Those that are selected, or the one in focus, to be exported.
pub(super) fn to_export(session: &Session) -> Chosen {
    let mut chosen = Chosen::default();
    for h in those(session, &Whose::Selected) {
        let here = chosen.highlights.entry(h.reading.clone()).or_default();
        here.insert(h.id);
    }
    chosen
}

/// Puts the excerpts into the clipboard, each as a quote with its citation.
pub(super) fn copy(session: &Session, ctx: &Context, style: Style) -> Option<String> {
    let all = those(session, &Whose::Selected);
    let project = session.project();
    let passages: Vec<_> = all
        .iter()
        .filter_map(|h| Some((&**project.reading(&h.reading)?, h.span)))
        .collect();
    if passages.is_empty() {
        return None;
    }
    let what = words::counted(passages.len(), "excerpt");
    clipboard::copy(ctx, clip::quotes(project, passages, style));
    Some(format!("{what} copied with citations."))
}
