//! What several edits come to, and taking that back.
//!
//! Of each thing that the edits touched, a [`Net`] knows how it was before them and how they left it. So taking back a
//! thousand edits of one highlight is one edit; and what someone else changed since stays: of a label, a reading's details
//! or a highlight only those fields go back that the edits changed and that are still as they left them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Edit, EditError, apply};
use crate::model::{
    About, CoderId, Highlight, HighlightId, Imprint, Label, LabelId, Project, ReadingId,
    ReadingMeta,
};

/// What an edit touches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Name,
    Place(ReadingId),
    Details(ReadingId),
    Label(LabelId),
    Highlight(ReadingId, HighlightId),
    Jotting(CoderId, About),
}

/// How it is.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Name(String),
    /// Whether the reading is there rather than removed.
    Place(bool),
    Details(ReadingMeta),
    Label(Option<Label>),
    Highlight(Option<Arc<Highlight>>),
    Jotting(Option<String>),
}

/// What edits came to.
#[derive(Debug, Default)]
pub struct Net {
    /// How each thing was before, and how it was left.
    things: BTreeMap<Thing, (State, Option<State>)>,
}

/// What came of taking edits back.
#[derive(Debug)]
pub struct TakenBack {
    /// What was carried out; an empty batch for nothing.
    pub edit: Edit,
    /// What takes that back.
    pub inverse: Edit,
    /// What could not be taken back: why, each reason once.
    pub refused: Vec<String>,
}

/// The parts of an edit in order, batches taken apart.
pub fn parts(edit: &Edit) -> Vec<&Edit> {
    match edit {
        Edit::Batch(edits) => edits.iter().flat_map(parts).collect(),
        other => vec![other],
    }
}

/// What an edit that is no batch leaves behind.
fn left(edit: &Edit) -> Option<(Thing, State)> {
    Some(match edit {
        Edit::RenameProject(name) => (Thing::Name, State::Name(name.clone())),
        Edit::AddLabel(l) | Edit::ChangeLabel(l) => {
            (Thing::Label(l.id.clone()), State::Label(Some(l.clone())))
        }
        Edit::RemoveLabel(id) => (Thing::Label(id.clone()), State::Label(None)),
        Edit::AddReading(r) => (Thing::Place(r.id.clone()), State::Place(true)),
        Edit::RestoreReading(id) => (Thing::Place(id.clone()), State::Place(true)),
        Edit::RemoveReading(id) => (Thing::Place(id.clone()), State::Place(false)),
        Edit::ChangeReading(id, meta) => (Thing::Details(id.clone()), State::Details(meta.clone())),
        Edit::AddHighlight(h) | Edit::ChangeHighlight(h) => (
            Thing::Highlight(h.reading.clone(), h.id),
            State::Highlight(Some(Arc::clone(h))),
        ),
        Edit::RemoveHighlight(reading, id) => (
            Thing::Highlight(reading.clone(), *id),
            State::Highlight(None),
        ),
        Edit::Jot(coder, about, text) => (
            Thing::Jotting(coder.clone(), about.clone()),
            State::Jotting(text.clone()),
        ),
        Edit::PutPacket(..) | Edit::PutSection(..) => todo!("helper A"),
        Edit::Batch(_) => return None,
    })
}

impl Net {
    /// Adds the next entry: the parts of what was done, in order, and those of its inverse, in theirs. A part of what was
    /// done that can't be read is left out: `None`.
    pub fn add(&mut self, made: &[Option<&Edit>], inverse: &[&Edit]) {
        let paired = made.len() == inverse.len();
        for (i, back) in inverse.iter().rev().enumerate() {
            let Some((thing, before)) = left(back) else {
                continue;
            };
            let made = made.get(i).copied().flatten().filter(|_| paired);
            let after = made.and_then(left).filter(|(t, _)| *t == thing);
            let after = after.map(|(_, state)| state);
            let before = match self.things.remove(&thing) {
                Some((first, left)) => since(first, left.as_ref(), before),
                None => before,
            };
            self.things.insert(thing, (before, after));
        }
    }

    /// Takes back what still stands of the edits, as far as that fits. `about_to` is told of each edit before it is applied.
    pub fn take_back(
        self,
        project: &mut Project,
        about_to: &mut dyn FnMut(&Project, &Edit),
    ) -> TakenBack {
        let mut steps = Steps {
            project,
            about_to,
            done: Vec::new(),
            inverses: Vec::new(),
            refused: Vec::new(),
        };
        let mut pending = Vec::new();
        let mut removals = Vec::new();
        // Names and readings come first, then labels, then highlights.
        for (thing, (before, after)) in self.things {
            match goal(steps.project, &thing, before, after) {
                Ok(None) => {}
                Ok(Some(edit @ Edit::RemoveLabel(_))) => removals.push(edit),
                Ok(Some(edit)) => pending.push(edit),
                Err(why) => steps.refuse(why),
            }
        }
        pending.append(&mut removals);
        steps.carry_out(pending);
        steps.inverses.reverse();
        TakenBack {
            edit: one(steps.done),
            inverse: one(steps.inverses),
            refused: steps.refused,
        }
    }
}

/// What a thing would have been `now`, before the next edit, without the edits so far, which found it as `first` and left it as
/// `left`: what others did in between is not the edits' own.
fn since(first: State, left: Option<&State>, now: State) -> State {
    match (&first, left, &now) {
        (_, None, _) => first,
        (_, Some(left), now) if left == now => first,
        (State::Label(Some(first)), Some(State::Label(Some(left))), State::Label(Some(now))) => {
            State::Label(Some(label(left, first, now)))
        }
        (State::Details(first), Some(State::Details(left)), State::Details(now)) => {
            State::Details(details(left, first, now))
        }
        (
            State::Highlight(Some(first)),
            Some(State::Highlight(Some(left))),
            State::Highlight(Some(now)),
        ) => State::Highlight(Some(Arc::new(highlight(left, first, now)))),
        _ => now,
    }
}

fn one(mut edits: Vec<Edit>) -> Edit {
    match edits.len() {
        1 => edits.remove(0),
        _ => Edit::Batch(edits),
    }
}

/// The edit that brings a thing back to how it was before, if one is needed; or why it can't be.
fn goal(
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
                Some(State::Details(after)) => details(after, &before, now),
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
                Some(Some(after)) => label(after, &before, now),
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
                Some(Some(after)) => Arc::new(highlight(after, &before, now)),
                Some(None) => Arc::clone(now),
                None => Arc::clone(&before),
            };
            let superseded = || "the highlight was changed since".to_owned();
            Ok(changed(now, goal, &before, superseded)?.map(Edit::ChangeHighlight))
        }
    }
}

/// A field as it was before, if it was changed and is still as it was left; else as it is now.
fn field<T: PartialEq + Clone>(after: &T, before: &T, now: &T) -> T {
    if now == after { before } else { now }.clone()
}

/// Entries under names, each as [`field`].
fn entries<T: PartialEq + Clone>(
    after: &BTreeMap<String, T>,
    before: &BTreeMap<String, T>,
    now: &BTreeMap<String, T>,
) -> BTreeMap<String, T> {
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let entry = |name: &String| {
        let value = field(&after.get(name), &before.get(name), &now.get(name))?;
        Some((name.clone(), value.clone()))
    };
    names.into_iter().filter_map(entry).collect()
}

/// A list without what was added to it and with what was taken from it.
fn list<T: PartialEq + Clone>(after: &[T], before: &[T], now: &[T]) -> Vec<T> {
    if now == after {
        return before.to_vec();
    }
    let added = |x: &&T| after.contains(x) && !before.contains(x);
    let mut list: Vec<T> = now.iter().filter(|x| !added(x)).cloned().collect();
    for x in before {
        if !after.contains(x) && !list.contains(x) {
            list.push(x.clone());
        }
    }
    list
}

fn label(after: &Label, before: &Label, now: &Label) -> Label {
    // Named one by one, so that a new field is not forgotten.
    Label {
        id: now.id.clone(),
        name: field(&after.name, &before.name, &now.name),
        parent: field(&after.parent, &before.parent, &now.parent),
        color: field(&after.color, &before.color, &now.color),
        definition: field(&after.definition, &before.definition, &now.definition),
        when: field(&after.when, &before.when, &now.when),
        when_not: field(&after.when_not, &before.when_not, &now.when_not),
        source: field(&after.source, &before.source, &now.source),
        cues: list(&after.cues, &before.cues, &now.cues),
        contrast: field(&after.contrast, &before.contrast, &now.contrast),
        digit: field(&after.digit, &before.digit, &now.digit),
        position: field(&after.position, &before.position, &now.position),
    }
}

fn details(after: &ReadingMeta, before: &ReadingMeta, now: &ReadingMeta) -> ReadingMeta {
    ReadingMeta {
        title: field(&after.title, &before.title, &now.title),
        authors: field(&after.authors, &before.authors, &now.authors),
        year: field(&after.year, &before.year, &now.year),
        kind: field(&after.kind, &before.kind, &now.kind),
        publisher: field(&after.publisher, &before.publisher, &now.publisher),
        url: field(&after.url, &before.url, &now.url),
        imprint: imprint(&after.imprint, &before.imprint, &now.imprint),
        attributes: entries(&after.attributes, &before.attributes, &now.attributes),
        page_shift: field(&after.page_shift, &before.page_shift, &now.page_shift),
    }
}

fn imprint(after: &Imprint, before: &Imprint, now: &Imprint) -> Imprint {
    Imprint {
        container: field(&after.container, &before.container, &now.container),
        volume: field(&after.volume, &before.volume, &now.volume),
        issue: field(&after.issue, &before.issue, &now.issue),
        pages: field(&after.pages, &before.pages, &now.pages),
        place: field(&after.place, &before.place, &now.place),
        doi: field(&after.doi, &before.doi, &now.doi),
        accessed: field(&after.accessed, &before.accessed, &now.accessed),
        key: field(&after.key, &before.key, &now.key),
    }
}

fn highlight(after: &Highlight, before: &Highlight, now: &Highlight) -> Highlight {
    Highlight {
        id: now.id,
        reading: now.reading.clone(),
        span: field(&after.span, &before.span, &now.span),
        labels: list(&after.labels, &before.labels, &now.labels),
        stance: field(&after.stance, &before.stance, &now.stance),
        note: field(&after.note, &before.note, &now.note),
        coder: field(&after.coder, &before.coder, &now.coder),
        created: field(&after.created, &before.created, &now.created),
        changed: field(&after.changed, &before.changed, &now.changed),
    }
}

/// Edits that are carried out one by one.
struct Steps<'a> {
    project: &'a mut Project,
    about_to: &'a mut dyn FnMut(&Project, &Edit),
    done: Vec<Edit>,
    inverses: Vec<Edit>,
    refused: Vec<String>,
}

impl Steps<'_> {
    fn refuse(&mut self, why: String) {
        if !self.refused.contains(&why) {
            self.refused.push(why);
        }
    }

    /// Carries out what fits, whatever has to come first.
    fn carry_out(&mut self, pending: Vec<Edit>) {
        if self.attempt(pending.clone(), true).is_empty() {
            return;
        }
        // Nothing is left put aside for an edit that never fits.
        for inverse in std::mem::take(&mut self.inverses).into_iter().rev() {
            super::replay(self.project, inverse);
        }
        self.done.clear();
        for error in self.attempt(pending, false) {
            self.refuse(error.to_string());
        }
    }

    /// Carries out what fits and says why the rest does not.
    fn attempt(&mut self, mut pending: Vec<Edit>, may_make_way: bool) -> Vec<EditError> {
        loop {
            let before = pending.len();
            let mut why = Vec::new();
            pending.retain(|edit| match self.step(edit) {
                Ok(()) => false,
                Err(error) => {
                    why.push(error);
                    true
                }
            });
            let stuck = pending.len() == before
                && !self.add_bare(&mut pending)
                && !(may_make_way && self.make_way(&pending));
            if pending.is_empty() || stuck {
                return why;
            }
        }
    }

    fn step(&mut self, edit: &Edit) -> Result<(), EditError> {
        (self.about_to)(self.project, edit);
        let inverse = apply(self.project, edit.clone())?;
        self.done.push(edit.clone());
        self.inverses.push(inverse);
        Ok(())
    }

    /// When labels that are to come back name each other: adds one without the labels it names, which it gets afterwards.
    fn add_bare(&mut self, pending: &mut [Edit]) -> bool {
        pending.iter_mut().any(|edit| {
            let Edit::AddLabel(label) = edit else {
                return false;
            };
            if label.parent.is_none() && label.contrast.is_none() {
                return false;
            }
            let bare = Label {
                parent: None,
                contrast: None,
                ..label.clone()
            };
            let added = self.step(&Edit::AddLabel(bare)).is_ok();
            if added {
                *edit = Edit::ChangeLabel(label.clone());
            }
            added
        })
    }

    /// When labels stand in each other's way, as those do that are to swap their names or places: puts one of them aside. Each
    /// is put aside once at most, since it then is in no one's way.
    fn make_way(&mut self, pending: &[Edit]) -> bool {
        pending.iter().any(|edit| {
            let (Edit::ChangeLabel(Label { id, .. }) | Edit::RemoveLabel(id)) = edit else {
                return false;
            };
            let Some(now) = self.project.label(id) else {
                return false;
            };
            let aside = format!("{id} ({id})");
            if now.name == aside {
                return false;
            }
            let mut way = now.clone();
            way.name = aside;
            way.parent = None;
            way.contrast = None;
            self.step(&Edit::ChangeLabel(way)).is_ok()
        })
    }
}

#[cfg(test)]
#[path = "net_tests.rs"]
mod tests;
