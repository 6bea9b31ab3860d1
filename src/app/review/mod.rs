//! What became of a reading's highlights when it was replaced: those whose passage changed, old beside new, and the lost ones
//! with the places that they may have. A panel beside the page, so that passages can be looked at and selected meanwhile.

mod cards;
mod diff;

use std::sync::Arc;

use egui::{Align, Layout, RichText, ScrollArea, Ui, Vec2};

use self::{
    cards::{Hand, changed, heading, lost},
    diff::Diff,
};
use super::{App, Command, Screen, passage::card_frame, readings::reach, session::Session, theme};
use crate::{
    intake::{Lost, Revision},
    model::{Highlight, HighlightId, Project, Reading, ReadingId},
    text::{Candidate, Span, fold_space},
};

/// Quotes longer than this many characters are cut.
const LONGEST: usize = 1500;
/// How much of a candidate shows, in characters.
const SHOWN: usize = 160;
/// How high a card is taken to be until it is first seen, in points.
const GUESS: f32 = 150.0;

/// What is looked through.
pub struct Review {
    reading: ReadingId,
    title: String,
    /// How many kept their words, at their place and elsewhere; none when only lost ones are looked through.
    same: Option<(usize, usize)>,
    cards: Vec<Card>,
    /// The card whose first button is to get the keyboard.
    wants_keyboard: Option<usize>,
}

/// A highlight whose passage is not the same any more.
struct Card {
    /// As it was in the old version.
    old: Arc<Highlight>,
    /// The passage there.
    quote: String,
    candidates: Vec<Candidate>,
    /// The differences from the passage that it has now.
    diff: Option<(Span, Diff)>,
    height: Option<f32>,
}

/// Where a card's highlight is now.
enum State {
    /// At a passage of the new version.
    Placed(Span),
    /// On the old version.
    Lost,
    /// Nowhere: it was let go, or removed.
    Gone,
}

impl Card {
    fn new(old: Arc<Highlight>, project: &Project, candidates: Vec<Candidate>) -> Self {
        let quote = project.passage(&old).map(shortened).unwrap_or_default();
        Self {
            quote,
            old,
            candidates,
            diff: None,
            height: None,
        }
    }

    fn state(&self, project: &Project, reading: &ReadingId) -> State {
        if let Some(placed) = project.highlight(reading, self.old.id) {
            return State::Placed(placed.span);
        }
        match project.highlight(&self.old.reading, self.old.id) {
            Some(_) => State::Lost,
            None => State::Gone,
        }
    }
}

impl Review {
    /// Of a revised version that has just come in.
    pub fn of(revision: &Revision) -> Self {
        let quote = |h: &Highlight| shortened(h.span.of(revision.old.text.as_str()));
        let card = |old: &Arc<Highlight>, candidates: &[Candidate]| Card {
            quote: quote(old),
            old: Arc::clone(old),
            candidates: candidates.to_vec(),
            diff: None,
            height: None,
        };
        let changed = revision.changed.iter().map(|c| {
            let (span, likeness) = (c.span, c.likeness);
            card(&c.highlight, &[Candidate { span, likeness }])
        });
        let lost = revision.lost.iter();
        let lost = lost.map(|l| card(&l.highlight, &l.candidates));
        Self {
            reading: revision.new.id.clone(),
            title: revision.new.meta.title.clone(),
            same: Some((revision.kept.len(), revision.moved.len())),
            cards: changed.chain(lost).collect(),
            wants_keyboard: Some(0),
        }
    }

    /// Of the lost highlights of a reading.
    pub fn of_lost(project: &Project, reading: &Reading, lost: Vec<Lost>) -> Self {
        let card = |l: Lost| Card::new(l.highlight, project, l.candidates);
        Self {
            reading: reading.id.clone(),
            title: reading.meta.title.clone(),
            same: None,
            cards: lost.into_iter().map(card).collect(),
            wants_keyboard: Some(0),
        }
    }

    /// The new version.
    pub fn reading(&self) -> &ReadingId {
        &self.reading
    }

    /// `34 kept, 2 moved, 3 changed, 1 lost`.
    pub fn counts(&self, project: &Project) -> String {
        let (mut changed, mut lost) = (0, 0);
        for card in &self.cards {
            match card.state(project, &self.reading) {
                State::Placed(_) => changed += 1,
                State::Lost => lost += 1,
                State::Gone => {}
            }
        }
        match self.same {
            Some((kept, moved)) => {
                format!("{kept} kept, {moved} moved, {changed} changed, {lost} lost")
            }
            None => format!("{lost} lost, {changed} placed"),
        }
    }
}

fn shortened(passage: &str) -> String {
    let folded = fold_space(passage);
    match folded.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &folded[..at]),
        None => folded,
    }
}

/// Shows the panel.
pub fn show(app: &mut App, ui: &mut Ui) {
    let App {
        screen: Screen::Open(session),
        commands,
        ..
    } = app
    else {
        return;
    };
    let Some(mut review) = session.review.take() else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    let head = match review.same {
        Some(_) => "Revised",
        None => "Lost highlights",
    };
    ui.horizontal(|ui| {
        let caps = RichText::new(head.to_uppercase()).font(theme::sans_bold(11.0));
        ui.label(caps.color(palette.dim).extra_letter_spacing(0.8));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let done = ui.button("Done").on_hover_text(
                "Close the list. What is lost stays with the reading, to be placed later.",
            );
            if review.cards.is_empty() && review.wants_keyboard.take().is_some() {
                done.request_focus();
            }
            if done.clicked() {
                commands.push(Command::CloseReview);
            }
        });
    });
    ui.label(RichText::new(&review.title).font(theme::sans_bold(14.0)));
    let counts = review.counts(session.project());
    ui.label(RichText::new(counts).size(12.5).color(palette.dim));
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 10.0);
        review.section(ui, session, commands, true);
        review.section(ui, session, commands, false);
        if review.cards.is_empty() {
            ui.label("Every highlight stands on the same words as before.");
        }
    });
    session.review = Some(review);
}

impl Review {
    /// The cards that have a place, or those that have none.
    fn section(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        commands: &mut Vec<Command>,
        placed: bool,
    ) {
        let project = session.project();
        let palette = theme::palette(ui.ctx());
        let Some(new) = project.reading(&self.reading).cloned() else {
            return;
        };
        let near = reach(ui);
        let mut headed = false;
        let mut passed_on = None;
        for i in 0..self.cards.len() {
            let state = self.cards[i].state(project, &self.reading);
            let place = match (&state, placed) {
                (State::Placed(span), true) => Some(*span),
                (State::Lost, false) => None,
                _ => continue,
            };
            if !std::mem::replace(&mut headed, true) {
                let (name, told) = if placed {
                    (
                        "Changed",
                        "These keep their place unless you say otherwise.",
                    )
                } else {
                    (
                        "Lost",
                        "Their words are not in the new version. Show a place or select one, then place them there; or leave them.",
                    )
                };
                ui.add_space(4.0);
                ui.label(RichText::new(name).font(theme::sans_bold(13.0)));
                ui.label(RichText::new(told).size(12.0).color(palette.dim));
            }
            let card = &mut self.cards[i];
            let size = Vec2::new(ui.available_width(), card.height.unwrap_or(GUESS));
            let rect = egui::Rect::from_min_size(ui.cursor().min, size);
            let wanted = self.wants_keyboard == Some(i);
            if !near.intersects(rect) && !wanted {
                ui.allocate_space(size);
                continue;
            }
            let mut hand = Hand {
                wants_keyboard: wanted,
                decided: false,
            };
            let shown = card_frame(&palette).show(ui, |ui| {
                ui.set_width(ui.available_width());
                heading(ui, session, &card.old);
                match place {
                    Some(span) => changed(ui, &new, card, span, commands, &mut hand),
                    None => lost(ui, session, card, &new, commands, &mut hand),
                }
            });
            card.height = Some(shown.response.rect.height());
            if wanted {
                self.wants_keyboard = None;
                shown.response.scroll_to_me(None);
            }
            if hand.decided {
                passed_on = Some(i);
            }
        }
        // The keyboard goes on to the next card that has not been decided.
        if let Some(from) = passed_on {
            let undecided = |i: &usize| {
                let state = self.cards[*i].state(project, &self.reading);
                matches!(
                    (state, placed),
                    (State::Placed(_), true) | (State::Lost, false)
                )
            };
            self.wants_keyboard = (from + 1..self.cards.len()).chain(0..from).find(undecided);
        }
    }
}

/// How many highlights of a reading were lost when it was replaced. O(versions).
pub fn lost_count(project: &Project, reading: &Reading) -> usize {
    let older = project.older_versions(reading).into_iter();
    older.map(|s| s.highlights.len()).sum()
}

/// A highlight to let go of, when it is still lost.
pub fn is_lost(project: &Project, old: &Highlight) -> bool {
    let id: HighlightId = old.id;
    project.removed_shelf(&old.reading).is_some() && project.highlight(&old.reading, id).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_passages_are_cut() {
        let long = "勢 ".repeat(2000);
        assert_eq!(shortened(&long).chars().count(), LONGEST + 1);
        assert_eq!(shortened(" a \n b "), "a b");
    }
}
