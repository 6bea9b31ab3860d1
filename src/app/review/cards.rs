//! The cards of the list: a highlight whose passage changed, and one that was lost.

use std::sync::Arc;

use egui::{Align, Button, Label, Layout, RichText, Ui, Vec2};

use super::{Card, SHOWN, diff::Diff, shortened};
use crate::{
    app::{Command, access, session::Session, theme, words},
    model::{Highlight, Reading},
    text::{Span, fold_space},
};

/// Who has the keyboard, and whether a card was decided.
pub(super) struct Hand {
    pub wants_keyboard: bool,
    pub decided: bool,
}

impl Hand {
    /// A button, named with what it is about.
    fn button(&mut self, ui: &mut Ui, button: Button<'_>, name: String) -> egui::Response {
        let response = ui.add(button);
        access::name(&response, &name);
        if response.enabled() && std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
        }
        response
    }
}

/// The labels and the note of a highlight.
pub(super) fn heading(ui: &mut Ui, session: &Session, old: &Highlight) {
    let palette = theme::palette(ui.ctx());
    let project = session.project();
    ui.horizontal_wrapped(|ui| {
        for id in &old.labels {
            let color = project.label(id).map(|l| palette.label_text(l.color));
            let name = RichText::new(project.label_name(id)).font(theme::sans_bold(12.0));
            ui.label(name.color(color.unwrap_or(palette.ink)));
        }
        if old.coder != *session.coder() {
            let coder = RichText::new(old.coder.to_string()).size(11.0);
            ui.label(coder.color(palette.dim));
        }
    });
    if !old.note.is_empty() {
        let note = RichText::new(fold_space(&old.note)).size(12.0);
        ui.add(Label::new(note.color(palette.dim)).truncate());
    }
}

/// A highlight whose passage changed: before and now, side by side.
pub(super) fn changed(
    ui: &mut Ui,
    new: &Reading,
    card: &mut Card,
    span: Span,
    commands: &mut Vec<Command>,
    hand: &mut Hand,
) {
    if card.diff.as_ref().is_none_or(|(of, _)| *of != span) {
        let now = shortened(new.text.slice(span));
        card.diff = Some((span, Diff::new(&card.quote, &now)));
    }
    if let Some((_, diff)) = &card.diff {
        let palette = theme::palette(ui.ctx());
        ui.columns(2, |columns| {
            let both = [
                ("Before", diff.before(&palette)),
                ("Now", diff.now(&palette)),
            ];
            for (ui, (name, job)) in columns.iter_mut().zip(both) {
                // Columns would set it justified.
                ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                    ui.label(RichText::new(name).size(11.5).color(palette.dim));
                    ui.add(Label::new(job).wrap());
                });
            }
        });
    }
    let about = about(&card.quote);
    ui.horizontal(|ui| {
        let show = hand.button(ui, Button::new("Show"), format!("Show: {about}"));
        if show.clicked() {
            commands.push(Command::ShowPlace(span, Some(card.old.id)));
        }
        let not = hand.button(ui, Button::new("Not this"), format!("Not this: {about}"));
        let not = not.on_hover_text(
            "Takes the highlight off this passage: it is lost then and can be placed elsewhere.",
        );
        if not.clicked() {
            commands.push(Command::NotThere(Arc::clone(&card.old)));
            hand.decided = true;
        }
        at_right(ui, new, span);
    });
}

/// A lost highlight: its passage, and where it may belong.
pub(super) fn lost(
    ui: &mut Ui,
    session: &Session,
    card: &Card,
    new: &Reading,
    commands: &mut Vec<Command>,
    hand: &mut Hand,
) {
    let palette = theme::palette(ui.ctx());
    let quote = RichText::new(format!("“{}”", card.quote)).font(theme::serif(14.5));
    ui.add(Label::new(quote).wrap());
    let here = session.reading.as_ref() == Some(&new.id);
    let selected = session.reader.selected().filter(|_| here);
    if card.candidates.is_empty() {
        let told =
            "Nothing like it was found. Select its passage in the text, then place it there.";
        ui.label(RichText::new(told).size(12.0).color(palette.dim));
    }
    for candidate in &card.candidates {
        let percent = (candidate.likeness * 100.0).round();
        let words = words::beginning(&new.text, candidate.span, SHOWN);
        let at = words::locator(new, candidate.span);
        let told = RichText::new(format!("{at} · {percent}% alike · “{words}”")).size(12.5);
        let chosen = selected == Some(candidate.span);
        let button = Button::selectable(chosen, told)
            .wrap()
            .min_size(Vec2::new(ui.available_width(), 24.0));
        let name = format!("Show {at}: “{words}”");
        if hand.button(ui, button, name).clicked() {
            commands.push(Command::ShowPlace(candidate.span, None));
        }
    }
    let about = about(&card.quote);
    ui.horizontal(|ui| {
        let place = ui.add_enabled_ui(selected.is_some(), |ui| {
            hand.button(
                ui,
                Button::new("Place here"),
                format!("Place here: {about}"),
            )
        });
        let place = place
            .inner
            .on_hover_text("Puts the highlight on the passage that is selected in the text.")
            .on_disabled_hover_text("Show a place, or select one in the text.");
        if place.clicked() {
            commands.push(Command::PlaceHere(Arc::clone(&card.old)));
            hand.decided = true;
        }
        // A key pressed by mistake lets nothing go: the keyboard does not come here by itself.
        let go = ui.button("Let it go");
        access::name(&go, &format!("Let it go: {about}"));
        let go = go.on_hover_text("Removes the highlight; undo brings it back.");
        if go.clicked() {
            commands.push(Command::LetGo(Arc::clone(&card.old)));
            hand.decided = true;
        }
    });
}

/// Where a passage of the new version stands.
fn at_right(ui: &mut Ui, new: &Reading, span: Span) {
    let palette = theme::palette(ui.ctx());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let at = words::locator(new, span);
        ui.label(RichText::new(at).size(12.0).color(palette.dim));
    });
}

/// The beginning of a quote, for the names of buttons.
fn about(quote: &str) -> String {
    let beginning: String = quote.chars().take(40).collect();
    format!("“{beginning}”")
}
