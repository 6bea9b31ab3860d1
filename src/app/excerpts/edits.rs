//! What is done to excerpts: one edit for all of them, on one's own highlights only.

use std::{collections::BTreeSet, sync::Arc};

use egui::Context;
use jiff::Timestamp;

use super::{Change, Whose};
use crate::{
    app::{Session, command::Outcome, words},
    edit::{Edit, compose},
    export::cite::{self, Citer, Place, Style},
    model::{CoderId, Highlight, Project},
};

/// Carries a change out as one edit. A colleague's highlights stay as they are; what is told says how many.
pub(super) fn carry_out(session: &mut Session, change: &Change, whose: &Whose) -> Outcome {
    session.commit_note()?;
    let all = those(session, whose);
    if all.is_empty() {
        return Err("Choose an excerpt first: click it, or press ↓.".to_owned());
    }
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|h| session.is_own(h));
    let names: BTreeSet<&CoderId> = others.iter().map(|h| &h.coder).collect();
    let names: Vec<&str> = names.into_iter().map(CoderId::as_str).collect();
    if own.is_empty() {
        let what = words::counted(others.len(), "excerpt");
        return Err(format!(
            "{what} coded by {}; only the coder can change them.",
            names.join(", ")
        ));
    }
    let edits = edits(&own, change, Timestamp::now());
    let (count, removed) = (edits.len(), removals(&edits));
    if count > 0 {
        let what = describe(session.project(), change, &own, count);
        match what {
            Some(what) => session.perform_as(what, Edit::Batch(edits))?,
            None => edits.into_iter().try_for_each(|e| session.perform(e))?,
        }
    }
    Ok(told(count, removed, &others, &names))
}

/// The highlights that are meant, as they are now.
fn those(session: &Session, whose: &Whose) -> Vec<Arc<Highlight>> {
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
            Some(listing) => listing.among(&state.selected).filter_map(now).collect(),
            None => Vec::new(),
        },
    }
}

/// The edits that change these highlights, those that have to change.
fn edits(own: &[Arc<Highlight>], change: &Change, at: Timestamp) -> Vec<Edit> {
    let all_have = |label| own.iter().all(|h| h.labels.contains(label));
    let off = match change {
        Change::Toggle(label) => all_have(label),
        _ => true,
    };
    let edit = |h: &Arc<Highlight>| match change {
        Change::Toggle(label) | Change::TakeOff(label) if off => h
            .labels
            .contains(label)
            .then(|| compose::untag(h, label, at)),
        Change::Toggle(label) | Change::TakeOff(label) => {
            let add = || compose::change(h, at, |h| h.labels.push(label.clone()));
            (!h.labels.contains(label)).then(add)
        }
        Change::Stance(stance) => {
            (h.stance != *stance).then(|| compose::change(h, at, |h| h.stance = *stance))
        }
        Change::Note(note) => {
            (h.note != *note).then(|| compose::change(h, at, |h| h.note.clone_from(note)))
        }
        Change::Append(more) => (!more.trim().is_empty()).then(|| {
            compose::change(h, at, |h| {
                if !h.note.is_empty() {
                    h.note.push('\n');
                }
                h.note.push_str(more.trim_end());
            })
        }),
        Change::Remove => Some(Edit::RemoveHighlight(h.reading.clone(), h.id)),
    };
    own.iter().filter_map(edit).collect()
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
    if count == 1 {
        return None;
    }
    let those = words::counted(count, "excerpt");
    Some(match change {
        Change::Toggle(label) if own.iter().any(|h| !h.labels.contains(label)) => {
            format!("Tag {those} with {}", project.label_name(label))
        }
        Change::Toggle(label) | Change::TakeOff(label) => {
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
fn told(count: usize, removed: usize, others: &[Arc<Highlight>], names: &[&str]) -> Option<String> {
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
            "{} of {} stayed as they are: only the coder can change them.",
            words::counted(others.len(), "excerpt"),
            names.join(", ")
        ));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Puts the excerpts into the clipboard, each as a quote with its citation.
pub(super) fn copy(session: &Session, ctx: &Context, style: Style) -> Option<String> {
    let all = those(session, &Whose::Selected);
    let project = session.project();
    let mut citer = Citer::new(project, style);
    let mut out = Vec::new();
    for h in &all {
        let Some(reading) = project.reading(&h.reading) else {
            continue;
        };
        // The numbers of a list by numbers mean something in a document with that list only.
        let cited = match style {
            Style::Note => citer.cite(reading, &Place::of(reading, h.span)).text(),
            _ => citer.names().passage(reading, &Place::of(reading, h.span)),
        };
        out.push(format!("{} {cited}", cite::quoted(reading, h.span)));
    }
    if out.is_empty() {
        return None;
    }
    ctx.copy_text(out.join("\n\n"));
    let what = words::counted(out.len(), "excerpt");
    Some(format!("{what} copied with citations."))
}
