//! Going through the passages that a label's cues suggest.

mod card;
mod view;

use std::{collections::BTreeSet, ops::Range};

use egui::Rect;
use jiff::Timestamp;

pub use self::view::show;
use super::{Side, roll::Roll, unit::Unit};
use crate::{
    analysis::{
        find::{Finder, Kind, Pattern},
        suggest::{Suggestion, suggestions},
    },
    app::{
        Session,
        command::Outcome,
        reader::Hits,
        worker::{Worked, Workers},
    },
    edit::{Edit, compose},
    model::{About, CoderId, LabelId, Project, ReadingId, Suggested},
    store::new_highlight_id,
    text::Span,
};

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Open,
    Tagged,
    Rejected,
}

/// In which order they are gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    #[default]
    Best,
    Text,
}

/// A suggestion as it is gone through.
struct Item {
    suggestion: Suggestion,
    /// The place of its reading in the list of readings.
    position: usize,
    fate: Fate,
}

/// What suggestions depend on.
type Key = (u64, CoderId);

/// The suggestions for a label while one goes through them. What is decided stays in the list until it is closed; what
/// became of each is read off the project, so what is undone is open again.
pub struct Sitting {
    label: LabelId,
    order: Order,
    /// Whether those that were rejected show, instead of those that are to be decided.
    shows_rejected: bool,
    items: Vec<Item>,
    rejected: Vec<Item>,
    at: usize,
    worked: Worked<Key, Vec<Suggestion>>,
    /// What the items were made of last.
    merged: Option<Key>,
    revision: Option<u64>,
    /// The passage that is marked in the reader.
    marked: Option<(ReadingId, Vec<Span>)>,
    roll: Roll,
    wants_keyboard: bool,
    has_keyboard: bool,
}

/// Begins to go through the suggestions for a label.
pub fn open(session: &mut Session, workers: &Workers, label: LabelId) {
    let mut sitting = Sitting {
        label,
        order: Order::default(),
        shows_rejected: false,
        items: Vec::new(),
        rejected: Vec::new(),
        at: 0,
        worked: Worked::default(),
        merged: None,
        revision: None,
        marked: None,
        roll: Roll::default(),
        wants_keyboard: true,
        has_keyboard: false,
    };
    sitting.refresh(session, workers);
    session.find.sitting = Some(sitting);
    session.find.side = Some(Side::Suggestions);
    session.reader.leave_keyboard();
}

impl Sitting {
    /// What the reader marks.
    pub fn marks(&self, reading: &ReadingId) -> Hits<'_> {
        match &self.marked {
            Some((id, spans)) if id == reading => Hits {
                spans,
                current: spans.first().copied(),
                ticks: &[],
            },
            _ => Hits::default(),
        }
    }

    /// Whether its list has the keyboard.
    pub fn has_keyboard(&self) -> bool {
        self.has_keyboard
    }

    fn shown(&self) -> &[Item] {
        match self.shows_rejected {
            true => &self.rejected,
            false => &self.items,
        }
    }

    fn current(&self) -> Option<&Item> {
        self.shown().get(self.at)
    }

    fn count(&self, fate: Fate) -> usize {
        self.items.iter().filter(|i| i.fate == fate).count()
    }

    /// Whether all that belongs to the project as it is has come.
    fn is_complete(&self) -> bool {
        self.merged.as_ref().map(|(revision, _)| *revision) == self.revision
    }

    /// Takes in what changed in the project, and what a thread has worked out for it. Whether one is somewhere else now.
    fn refresh(&mut self, session: &mut Session, workers: &Workers) -> bool {
        let before = self.current().map(Item::key);
        if self.revision != Some(session.revision) {
            self.revision = Some(session.revision);
            self.read_fates(session);
        }
        let key = (session.revision, session.coder().clone());
        if !self.worked.is_current(&key) {
            let (corpus, label, coder) = (session.corpus(), self.label.clone(), key.1.clone());
            self.worked.get(workers, key.clone(), move || {
                let number = corpus.codebook().number(&label);
                number.map_or_else(Vec::new, |n| suggestions(&corpus, n, &coder))
            });
        }
        if self.worked.is_current(&key) && self.merged.as_ref() != Some(&key) {
            self.merge(session);
            self.merged = Some(key);
        }
        self.current().map(Item::key) != before
    }

    /// What became of each, by the project.
    fn read_fates(&mut self, session: &Session) {
        let judge = Judge::new(session, &self.label);
        let mut came_back = None;
        for (at, item) in self.items.iter_mut().enumerate() {
            let fate = judge.fate(&item.suggestion);
            if fate == Fate::Open && item.fate != Fate::Open {
                came_back = Some(at);
            }
            item.fate = fate;
        }
        self.rejected = judge.rejected(&self.label);
        match came_back.filter(|_| !self.shows_rejected) {
            Some(at) => self.go_to(at),
            None => self.at = self.at.min(self.shown().len().saturating_sub(1)),
        }
    }

    /// Puts what was worked out together with what was decided meanwhile.
    fn merge(&mut self, session: &Session) {
        let Some(new) = self.worked.latest() else {
            return;
        };
        let judge = Judge::new(session, &self.label);
        let here = self.current().map(Item::key);
        let known: BTreeSet<_> = new.iter().map(|s| (&s.reading, s.sentence)).collect();
        let old = std::mem::take(&mut self.items).into_iter();
        let decided = old.filter(|i| {
            let key = (&i.suggestion.reading, i.suggestion.sentence);
            i.fate != Fate::Open && !known.contains(&key)
        });
        let mut items: Vec<Item> = decided.collect();
        items.extend(new.iter().filter_map(|suggestion| {
            Some(Item {
                position: judge.position(&suggestion.reading)?,
                fate: judge.fate(suggestion),
                suggestion: suggestion.clone(),
            })
        }));
        self.items = items;
        self.sort();
        if let Some(here) = here.filter(|_| !self.shows_rejected) {
            let at = self.items.iter().position(|i| i.key() == here);
            self.at = at.unwrap_or(self.at.min(self.items.len().saturating_sub(1)));
        }
    }

    fn sort(&mut self) {
        let place = |i: &Item| (i.position, i.suggestion.sentence.start);
        self.items.sort_by_key(place);
        if self.order == Order::Best {
            self.items
                .sort_by(|a, b| b.suggestion.score.total_cmp(&a.suggestion.score));
        }
    }

    fn set_order(&mut self, order: Order) {
        if self.order != order {
            self.order = order;
            self.sort();
            self.go_to(0);
        }
    }

    fn show_rejected(&mut self, rejected: bool) {
        self.shows_rejected = rejected;
        self.go_to(0);
    }

    fn go_to(&mut self, at: usize) {
        self.at = at.min(self.shown().len().saturating_sub(1));
        let row = f64::from(view::ROW);
        let top = self.at as f64 * row;
        self.roll.reveal(top..top + row);
    }

    /// Goes on to the next that is open, around the end; the next of all when none is.
    fn pass_on(&mut self) {
        let (len, at) = (self.shown().len(), self.at);
        let open = |i: &usize| self.shows_rejected || self.shown()[*i].fate == Fate::Open;
        let next = (at + 1..len).chain(0..at).find(open);
        self.go_to(next.unwrap_or(at));
    }
}

impl Item {
    fn key(&self) -> (ReadingId, Span) {
        (self.suggestion.reading.clone(), self.suggestion.sentence)
    }

    fn suggested(&self, label: &LabelId) -> Suggested {
        Suggested {
            label: label.clone(),
            reading: self.suggestion.reading.clone(),
            sentence: self.suggestion.sentence,
        }
    }
}

/// Tells what became of suggestions.
struct Judge<'a> {
    project: &'a Project,
    coder: &'a CoderId,
    label: &'a LabelId,
    /// The label and those under it.
    family: BTreeSet<LabelId>,
}

impl<'a> Judge<'a> {
    fn new(session: &'a Session, label: &'a LabelId) -> Self {
        let project = session.project();
        Self {
            project,
            coder: session.coder(),
            label,
            family: project.with_descendants(label),
        }
    }

    fn position(&self, reading: &ReadingId) -> Option<usize> {
        let shelves = self.project.shelves();
        shelves.iter().position(|s| s.reading.id == *reading)
    }

    fn fate(&self, suggestion: &Suggestion) -> Fate {
        let suggested = Suggested {
            label: self.label.clone(),
            reading: suggestion.reading.clone(),
            sentence: suggestion.sentence,
        };
        let notebook = self.project.notebooks().get(self.coder);
        if notebook.is_some_and(|n| n.rejects(&suggested)) {
            return Fate::Rejected;
        }
        let shelf = self.project.shelf(&suggestion.reading);
        let mut over = shelf
            .into_iter()
            .flat_map(|s| s.highlights.overlapping(suggestion.sentence));
        let own = over
            .any(|h| h.coder == *self.coder && h.labels.iter().any(|l| self.family.contains(l)));
        if own { Fate::Tagged } else { Fate::Open }
    }

    /// Those that were rejected, in text order.
    fn rejected(&self, label: &LabelId) -> Vec<Item> {
        let notebook = self.project.notebooks().get(self.coder);
        let finders = self.finders();
        let all = notebook.into_iter().flat_map(|n| n.rejected(label));
        let mut items: Vec<Item> = all
            .filter_map(|s| {
                let text = &self.project.shelf(&s.reading)?.reading.text;
                let shift = |hit: Span| {
                    let start = s.sentence.start;
                    Span::new(start + hit.start, start + hit.end)
                };
                let sentence = text.slice(s.sentence);
                let hits = finders.iter().flat_map(|f| f.hits(sentence));
                let mut cues: Vec<Span> = hits.map(shift).collect();
                cues.sort_unstable();
                Some(Item {
                    suggestion: Suggestion {
                        reading: s.reading.clone(),
                        sentence: s.sentence,
                        cues,
                        score: 0.0,
                    },
                    position: self.position(&s.reading)?,
                    fate: Fate::Rejected,
                })
            })
            .collect();
        items.sort_by_key(|i| (i.position, i.suggestion.sentence.start));
        items
    }

    fn finders(&self) -> Vec<Finder> {
        let label = self.project.label(self.label);
        let cues = label.into_iter().flat_map(|l| &l.cues);
        let pattern = |cue: &String| Pattern {
            text: cue.clone(),
            kind: Kind::Words,
            ..Pattern::default()
        };
        cues.filter_map(|cue| Finder::new(&pattern(cue)).ok())
            .collect()
    }
}

/// Tags a suggestion.
pub fn accept(session: &mut Session, suggested: &Suggested, unit: Unit) -> Outcome {
    session.commit_note()?;
    let project = session.project();
    let Some(shelf) = project.shelf(&suggested.reading) else {
        return Ok(None);
    };
    let text = &shelf.reading.text;
    let span = super::unit::passages(text, &[suggested.sentence], unit);
    let tagging = compose::Tagging {
        reading: suggested.reading.clone(),
        span: span.first().copied().unwrap_or(suggested.sentence),
        label: suggested.label.clone(),
        coder: session.coder().clone(),
        at: Timestamp::now(),
        new_id: new_highlight_id(),
    };
    let name = project.label_name(&suggested.label).to_owned();
    if let Some((Some(edit), _)) = compose::tag(project, tagging) {
        session.perform(edit)?;
    }
    session.hidden.remove(&suggested.label);
    Ok(Some(format!(
        "Tagged with “{name}”. Ctrl+Z brings the suggestion back."
    )))
}

/// Rejects a suggestion, or offers it again.
pub fn reject(session: &mut Session, suggested: Suggested, rejected: bool) -> Outcome {
    let name = session.project().label_name(&suggested.label).to_owned();
    let what = match rejected {
        true => format!("Reject a suggestion for “{name}”"),
        false => format!("Offer a suggestion for “{name}” again"),
    };
    let coder = session.coder().clone();
    let about = About::Rejected(suggested);
    session.perform_as(what, Edit::Jot(coder, about, rejected.then(String::new)))?;
    Ok(Some(match rejected {
        true => "Rejected. It is not suggested again; Ctrl+Z brings it back.".to_owned(),
        false => "It is suggested again.".to_owned(),
    }))
}

/// Where what shows of a list of rows of one height begins and ends.
fn rows_in(view: Rect, top: f64, row: f32, len: usize) -> Range<usize> {
    let from = (top / f64::from(row)).floor().max(0.0) as usize;
    let fit = (view.height() / row).ceil() as usize + 1;
    from.min(len)..(from + fit).min(len)
}
