//! The suggestion to decide: its sentence between the one before and the one after, and what can be done with it.

use egui::{Button, RichText, ScrollArea, TextFormat, Ui, text::LayoutJob};

use super::{Fate, Item, Sitting, view::Pressed};
use crate::{
    app::{
        Session, access,
        find::unit::Unit,
        passage::card_frame,
        theme::{self, Palette},
        words,
    },
    model::{Label, Reading},
    text::{Span, fold_space},
};

/// Shows the card. Returns what was pressed.
pub fn show(sitting: &Sitting, session: &Session, label: &Label, ui: &mut Ui) -> Option<Pressed> {
    let palette = theme::palette(ui.ctx());
    let item = sitting.current()?;
    let shelf = session.project().shelf(&item.suggestion.reading)?;
    let reading = &shelf.reading;
    let most = (ui.available_height() * 0.5).max(90.0);
    let mut pressed = None;
    card_frame(&palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let place = words::locator(reading, item.suggestion.sentence);
        ui.horizontal(|ui| {
            let at = RichText::new(place).font(theme::sans_bold(12.0));
            ui.label(at.color(palette.dim));
            let title = RichText::new(&reading.meta.title).size(12.0);
            ui.add(egui::Label::new(title.color(palette.dim)).truncate());
        });
        ScrollArea::vertical()
            .id_salt("suggestion")
            .max_height(most)
            .show(ui, |ui| {
                ui.set_width(ui.available_width() - 8.0);
                let job = context(reading, item, &palette);
                ui.add(egui::Label::new(job).wrap());
            });
        ui.add_space(2.0);
        ui.horizontal_wrapped(|ui| pressed = buttons(item, label, &palette, ui));
    });
    ui.add_space(6.0);
    pressed
}

/// The sentence with its cues marked, those before and after it dimmed.
fn context(reading: &Reading, item: &Item, palette: &Palette) -> LayoutJob {
    let (text, sentence) = (&reading.text, item.suggestion.sentence);
    let format = |font, color| TextFormat {
        line_height: Some(21.0),
        ..TextFormat::simple(font, color)
    };
    let plain = format(theme::serif(15.0), palette.ink);
    let cue = format(theme::serif_bold(15.0), palette.accent);
    let dim = format(theme::serif(15.0), palette.dim);
    let mut job = LayoutJob::default();
    let mut add = |span: Span, format: &TextFormat| {
        let raw = text.slice(span);
        let folded = fold_space(raw);
        let lead = if raw.starts_with(char::is_whitespace) {
            " "
        } else {
            ""
        };
        let trail = if raw.ends_with(char::is_whitespace) && !folded.is_empty() {
            " "
        } else {
            ""
        };
        job.append(&format!("{lead}{folded}{trail}"), 0.0, format.clone());
    };
    // The mark of a footnote stands for a sentence of its own, but says nothing.
    let mark = |b: &Span| !text.slice(*b).contains(char::is_alphabetic);
    let mut before = text.sentence_before(sentence.start);
    if let Some(mark) = before.filter(mark) {
        before = text.sentence_before(mark.start);
    }
    if let Some(before) = before.filter(|b| b.end <= sentence.start) {
        add(Span::new(before.start, sentence.start), &dim);
    }
    let mut at = sentence.start;
    for hit in &item.suggestion.cues {
        add(Span::new(at, hit.start.max(at)), &plain);
        add(Span::new(hit.start.max(at), hit.end.max(at)), &cue);
        at = hit.end.max(at);
    }
    add(Span::new(at, sentence.end.max(at)), &plain);
    if let Some(after) = text.sentence_after(sentence.start)
        && after.start >= sentence.end
    {
        add(Span::new(sentence.end, after.end), &dim);
    }
    job
}

fn buttons(item: &Item, label: &Label, palette: &Palette, ui: &mut Ui) -> Option<Pressed> {
    ui.spacing_mut().item_spacing.x = 5.0;
    let mut pressed = None;
    let mut button = |ui: &mut Ui, name: &str, help: &str, what: Pressed, main: bool| {
        let text = RichText::new(name).size(12.5);
        let button = match main {
            true => Button::new(text.color(palette.on_accent)).fill(palette.accent),
            false => Button::new(text),
        };
        let response = ui.add(button.small()).on_hover_text(help);
        access::name(&response, &format!("{name} the suggestion"));
        if response.clicked() {
            pressed = Some(what);
        }
    };
    match item.fate {
        Fate::Open => {
            let accept = Pressed::Accept;
            let help = "Tag the sentence (Enter).";
            button(ui, "Tag", help, accept(Unit::Sentence), true);
            let help = "Tag the whole paragraph (Shift+Enter).";
            button(ui, "Tag paragraph", help, accept(Unit::Paragraph), false);
            let help = "Reject it: it is not suggested again (Delete).";
            button(ui, "Reject", help, Pressed::Reject, false);
            let help = "Leave it for later (Space).";
            button(ui, "Skip", help, Pressed::Skip, false);
        }
        Fate::Tagged => {
            let told = format!("Tagged with {}. Ctrl+Z takes it back.", label.name);
            ui.label(RichText::new(told).size(12.5).color(palette.dim));
        }
        Fate::Rejected => {
            ui.label(RichText::new("Rejected.").size(12.5).color(palette.dim));
            let help = "Have it suggested again.";
            button(ui, "Offer again", help, Pressed::OfferAgain, false);
        }
    }
    pressed
}
