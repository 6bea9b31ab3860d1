//! The questions of a section: written ones, and those that notes ask.

use egui::{RichText, Ui};

use super::{Desk, State, fields};
use crate::{
    app::{
        session::drafts::{Slot, Text},
        theme,
    },
    model::{self, Packet, Question, Section, SectionId},
};

/// How many offers show.
const SHOWN: usize = 12;

/// Shows them.
pub(super) fn show(
    new: &mut Section,
    packet: &Packet,
    id: &SectionId,
    state: &mut State,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    fields::caption(ui, "Questions for discussion");
    let mut moved = None;
    let mut gone = None;
    let count = new.questions.len();
    for (at, question) in new.questions.iter().enumerate() {
        ui.horizontal(|ui| {
            fields::dim(ui, &format!("{}.", at + 1));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                if fields::small(ui, "×", &format!("Delete question {}", at + 1)) {
                    gone = Some(at);
                }
                if at + 1 < count
                    && fields::small(ui, "↓", &format!("Move question {} down", at + 1))
                {
                    moved = Some((at, at + 1));
                }
                if at > 0 && fields::small(ui, "↑", &format!("Move question {} up", at + 1)) {
                    moved = Some((at, at - 1));
                }
            });
        });
        let response = one(question, at, packet, id, desk, ui);
        if let Some(response) = response
            && state.fresh_question.take_if(|fresh| *fresh == at).is_some()
        {
            response.request_focus();
        }
    }
    if let Some((from, to)) = moved {
        new.questions.swap(from, to);
    }
    if let Some(at) = gone {
        new.questions.remove(at);
    }
    if ui.button("Add a question").clicked() {
        new.questions.push(Question::Written(String::new()));
        state.fresh_question = Some(count);
    }
    offers(new, state, ui);
}

fn one(
    question: &Question,
    at: usize,
    packet: &Packet,
    id: &SectionId,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) -> Option<egui::Response> {
    match question {
        Question::Written(_) => {
            let slot = Slot::Of(id.clone(), Text::Question(at));
            return Some(fields::text(&packet.id, slot, "A question", desk, ui));
        }
        Question::Note(reading, highlight) => {
            let found = desk.project().current_highlight(reading, *highlight);
            let asked = found.and_then(|(_, h)| model::question(&h.note));
            let told = asked.unwrap_or("The note that asked this is not there any more.");
            ui.label(RichText::new(told).font(theme::serif(14.0)));
            if let Some((reading, h)) = found {
                let of = format!("Note on {}", reading.meta.citation());
                let open = crate::app::Command::OpenPassage(reading.id.clone(), h.span, Some(h.id));
                if ui.link(RichText::new(of).size(12.0)).clicked() {
                    desk.commands.push(open);
                }
            }
        }
    }
    None
}

/// What notes ask and the packet does not yet.
fn offers(new: &mut Section, state: &State, ui: &mut Ui) {
    let Some(sheets) = state.sheets.as_ref() else {
        return;
    };
    if sheets.offers.is_empty() {
        let none = "A note on a highlight that begins with “Q:” is offered here.";
        fields::dim(ui, none);
        return;
    }
    let palette = theme::palette(ui.ctx());
    fields::dim(ui, "From notes that begin with “Q:”");
    for offered in sheets.offers.iter().take(SHOWN) {
        crate::app::passage::card_frame(&palette).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(&offered.text).font(theme::serif(14.0)));
            ui.horizontal(|ui| {
                fields::dim(ui, &offered.of);
                let add = ui.small_button("Add");
                let name = format!("Add the question: {}", offered.text);
                add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if add.clicked() {
                    new.questions.push(offered.question.clone());
                }
            });
        });
    }
    if let Some(more) = sheets.offers.len().checked_sub(SHOWN + 1) {
        fields::dim(ui, &format!("And {} more, once these are added.", more + 1));
    }
}
