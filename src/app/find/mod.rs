//! Finding: the bar over the reading, the list of hits in all readings, suggestions from cues.
//!
//! A search runs on all cores and its hits come in while it runs ([`search`]); what stands in a field and what came of it is
//! [`asked`]. Hits are tagged as themselves or as the sentences or paragraphs they stand in ([`unit`], [`tagging`]), always as one
//! edit. Suggestions are gone through one by one ([`suggest`]).

mod asked;
mod bar;
mod field;
mod panel;
mod roll;
mod row;
mod search;
mod suggest;
mod tagging;
mod unit;

use std::collections::HashMap;

use egui::{Context, Rect, Ui};

use self::{
    bar::Bar,
    panel::Panel,
    suggest::Sitting,
    tagging::{Batch, Coming, With},
};
pub use self::{bar::show as bar, unit::Unit};
use super::{
    App, Screen, Session, View,
    command::{Outcome, new_label},
    picker::{Picker, Purpose},
    reader,
    worker::{Worked, Workers},
};
use crate::{
    analysis::{self, find::Pattern},
    model::{CoderId, LabelId, ReadingId, Suggested},
    text::Span,
};

/// What this view keeps.
#[derive(Default)]
pub struct State {
    bar: Bar,
    panel: Panel,
    sitting: Option<Sitting>,
    side: Option<Side>,
    /// The patterns that were worked with, the last one last.
    remembered: Vec<Pattern>,
    /// What is to be tagged once a label is picked.
    batch: Option<Batch>,
    coming: Option<Coming>,
    /// How many suggestions each label has.
    counts: Worked<(u64, CoderId), HashMap<LabelId, usize>>,
}

/// What stands at the left in the place of the readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The hits in all readings.
    Hits,
    /// Suggestions for a label.
    Suggestions,
}

/// Which hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The one that one is at, of the bar.
    Hit,
    /// All of the bar.
    All,
    /// The ticked ones of the panel, or else the one that one is at.
    Ticked,
}

/// What this view asks for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Opens the bar.
    OpenBar,
    /// Closes it.
    CloseBar,
    /// Opens the panel of hits in all readings.
    OpenPanel,
    /// Closes what stands at the left.
    ClosePanel,
    /// Goes to the next hit, or the previous one.
    Step(bool),
    /// Shows a hit in the reader; with the keyboard when it is opened.
    Show(ReadingId, Span, bool),
    /// Picks a label for hits.
    Tag(What, Unit),
    /// As [`Self::Tag`], with these letters typed in the picker already.
    TagTyped(What, Unit, String),
    /// Tags them with the label of a digit.
    TagDigit(What, Unit, u8),
    /// Tags what a label was to be picked for.
    TagWith(LabelId),
    /// As [`Self::TagWith`], with the label of that name, which is made when there is none.
    TagNew(String),
    /// Picks a label to suggest passages for.
    PickForSuggestions,
    /// Suggests passages for a label.
    Suggest(LabelId),
    /// Tags a suggestion, as its sentence or its paragraph.
    Accept(Suggested, Unit),
    /// Rejects a suggestion, or takes that back.
    Reject(Suggested, bool),
}

impl State {
    /// What stands at the left.
    pub fn side(&self) -> Option<Side> {
        self.side
    }

    /// How many hits in all readings are listed.
    pub fn listed(&self) -> usize {
        self.panel.asked.found().map_or(0, |s| s.total)
    }

    /// What the reader marks in a reading.
    pub fn hits(&self, reading: &ReadingId) -> reader::Hits<'_> {
        let asked = match (self.bar.open, self.side) {
            (true, _) => &self.bar.asked,
            (false, Some(Side::Hits)) => &self.panel.asked,
            (false, Some(Side::Suggestions)) => {
                let sitting = self.sitting.as_ref();
                return sitting.map(|s| s.marks(reading)).unwrap_or_default();
            }
            (false, None) => return reader::Hits::default(),
        };
        let group = asked.found().and_then(|s| s.in_reading(reading));
        group.map_or_else(reader::Hits::default, |group| reader::Hits {
            spans: &group.spans,
            current: bar::current(asked, reading),
            ticks: &group.ticks,
        })
    }

    fn side_has_keyboard(&self) -> bool {
        match self.side {
            Some(Side::Hits) => self.panel.has_keyboard(),
            Some(Side::Suggestions) => self.sitting.as_ref().is_some_and(Sitting::has_keyboard),
            None => false,
        }
    }
}

/// Shows what stands at the left.
pub fn show(app: &mut App, ui: &mut Ui) {
    match app.session().and_then(|s| s.find.side()) {
        Some(Side::Hits) => panel::show(app, ui),
        Some(Side::Suggestions) => suggest::show(app, ui),
        None => {}
    }
}

/// Esc: closes the bar, or what stands at the left when it has the keyboard or nothing else is to be backed out of (`last`).
/// Whether it did.
pub fn back_out(session: &mut Session, last: bool) -> bool {
    let find = &session.find;
    if find.bar.open && session.view == View::Read && !last {
        bar::close(session);
        return true;
    }
    if find.side.is_some() && (last || find.side_has_keyboard()) {
        close_side(session);
        return true;
    }
    false
}

fn close_side(session: &mut Session) {
    let find = &mut session.find;
    if find.side.take() == Some(Side::Hits) {
        find.panel.asked.remember(&mut find.remembered);
    }
    session.take_keyboard();
}

/// Takes in what threads have worked out for tagging.
pub fn receive(app: &mut App) {
    let Screen::Open(session) = &mut app.screen else {
        return;
    };
    let Some(coming) = session.find.coming.take() else {
        return;
    };
    match tagging::finish(session, &coming) {
        None => session.find.coming = Some(coming),
        Some(Ok(told)) => told.into_iter().for_each(|told| app.tell(told)),
        Some(Err(error)) => app.fail(error),
    }
}

/// Carries out what it asked for.
pub fn carry_out(app: &mut App, ctx: &Context, request: Request) -> Outcome {
    let Screen::Open(session) = &mut app.screen else {
        return Ok(None);
    };
    match request {
        Request::OpenBar => {
            let mut state = std::mem::take(&mut session.find);
            state.bar.open(session);
            session.find = state;
        }
        Request::CloseBar => bar::close(session),
        Request::OpenPanel => {
            session.commit_note()?;
            session.find.side = Some(Side::Hits);
            session.find.panel.take_keyboard();
            session.reader.leave_keyboard();
        }
        Request::ClosePanel => close_side(session),
        Request::Step(forward) => step(session, forward)?,
        Request::Show(id, span, open) => show_hit(session, &id, span, open)?,
        Request::Tag(what, unit) => pick(app, what, unit, String::new()),
        Request::TagTyped(what, unit, typed) => pick(app, what, unit, typed),
        Request::TagDigit(what, unit, digit) => {
            let project = session.project();
            let label = project.labels().find(|l| l.digit == Some(digit));
            let Some(label) = label.map(|l| l.id.clone()) else {
                return Err(format!(
                    "No label has the digit {digit}. Give it to one through its menu in the codebook."
                ));
            };
            session.find.batch = batch(session, what, unit);
            return tag_with(app, With::Label(label));
        }
        Request::TagWith(label) => return tag_with(app, With::Label(label)),
        Request::TagNew(name) => {
            let there = session.project().label_named(&name).map(|l| l.id.clone());
            let with = match there {
                Some(label) => With::Label(label),
                None => With::New(new_label(session, &name, None)),
            };
            return tag_with(app, with);
        }
        Request::PickForSuggestions => {
            app.picker = Some(Picker::asking(Purpose::Suggestions, String::new(), None));
        }
        Request::Suggest(label) => {
            session.commit_note()?;
            let workers = app.workers.clone();
            suggest::open(session, &workers, label);
        }
        Request::Accept(suggested, unit) => return suggest::accept(session, &suggested, unit),
        Request::Reject(suggested, rejected) => {
            return suggest::reject(session, suggested, rejected);
        }
    }
    ctx.request_repaint();
    Ok(None)
}

fn step(session: &mut Session, forward: bool) -> Result<(), String> {
    let mut state = std::mem::take(&mut session.find);
    let mut shown = None;
    if state.bar.open && session.view == View::Read {
        state.bar.asked.remember(&mut state.remembered);
        state.bar.step(session, forward);
    } else if state.side == Some(Side::Hits) {
        shown = state.panel.step(forward);
    } else {
        state.bar.open(session);
    }
    session.find = state;
    match shown {
        Some((id, span)) => show_hit(session, &id, span, false),
        None => Ok(()),
    }
}

/// Shows a passage in the reader: beside the list, which keeps the keyboard, or to go on there.
fn show_hit(session: &mut Session, id: &ReadingId, span: Span, open: bool) -> Result<(), String> {
    session.commit_note()?;
    session.open_passage(id, span, None);
    if !open {
        session.reader.clear_selection();
        session.reader.leave_keyboard();
    }
    Ok(())
}

/// What is to be tagged.
fn batch(session: &Session, what: What, unit: Unit) -> Option<Batch> {
    let find = &session.find;
    let asked = match what {
        What::Hit | What::All => &find.bar.asked,
        What::Ticked => &find.panel.asked,
    };
    let found = asked.found()?;
    let ticked = what == What::Ticked && found.ticked > 0;
    let hits = match what {
        What::All => found.passages(false),
        _ if ticked => found.passages(true),
        _ => {
            let hit = asked.hit();
            hit.map(|(id, span)| (id.clone(), vec![span]))
                .into_iter()
                .collect()
        }
    };
    let pattern = found.pattern.text.clone();
    let batch = Batch {
        hits,
        unit,
        pattern,
    };
    (batch.len() > 0).then_some(batch)
}

fn pick(app: &mut App, what: What, unit: Unit, typed: String) {
    let Screen::Open(session) = &mut app.screen else {
        return;
    };
    session.find.batch = batch(session, what, unit);
    if session.find.batch.is_some() {
        let anchor: Option<Rect> = match what {
            What::Ticked => session.find.panel.anchor(),
            What::Hit | What::All => None,
        };
        app.picker = Some(Picker::asking(Purpose::Hits, typed, anchor));
    }
}

fn tag_with(app: &mut App, with: With) -> Outcome {
    let workers = app.workers.clone();
    let Screen::Open(session) = &mut app.screen else {
        return Ok(None);
    };
    let Some(batch) = session.find.batch.take() else {
        return Ok(None);
    };
    let find = &mut session.find;
    find.bar.asked.remember(&mut find.remembered);
    find.panel.asked.remember(&mut find.remembered);
    let (told, coming) = tagging::start(session, &workers, batch, with)?;
    session.find.coming = coming;
    Ok(told)
}

/// How many suggestions a label has, once a thread has counted them.
pub fn suggestions(session: &mut Session, workers: &Workers, label: &LabelId) -> Option<usize> {
    let key = (session.revision, session.coder().clone());
    let (corpus, coder) = (session.corpus(), key.1.clone());
    let counts = &mut session.find.counts;
    counts.get(workers, key.clone(), move || {
        let counted = analysis::suggest::counts(&corpus, &coder);
        let ids = corpus.codebook().labels().iter().map(|l| l.id.clone());
        ids.zip(counted).collect()
    });
    let current = counts.is_current(&key);
    counts.latest().filter(|_| current)?.get(label).copied()
}

/// Gives the keyboard back to where a label was picked from.
pub fn after_picking(session: &mut Session) {
    let find = &mut session.find;
    match find.side {
        _ if find.bar.open && session.view == View::Read => find.bar.take_keyboard(),
        Some(Side::Hits) => find.panel.keep_keyboard(),
        Some(Side::Suggestions) => {}
        None => session.take_keyboard(),
    }
}
