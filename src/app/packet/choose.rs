//! Into which section of which packet excerpts are to be put, asked from elsewhere.

use egui::{Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::{Request, spot};
use crate::{
    app::{
        App, Command, Session, View, access,
        excerpts::{self},
        fuzzy::fuzzy,
        theme, words,
    },
    model::{Highlight, HighlightId, PacketId, Project, ReadingId, SectionId, Subject},
};

/// A section that is offered.
struct Offer {
    packet: PacketId,
    section: SectionId,
    /// `Week 6 › Balance of threat`.
    path: String,
    /// Whether the excerpts are of its theory.
    fits: bool,
    /// Why nothing can be put into it.
    why_not: Option<&'static str>,
}

/// The question.
pub struct Where {
    excerpts: Vec<(ReadingId, HighlightId)>,
    offers: Vec<Offer>,
    typed: String,
    chosen: usize,
    fresh: bool,
}

impl Where {
    /// Asks it about what is selected in the list of excerpts, or in focus.
    ///
    /// # Errors
    /// When nothing is, in words for people.
    pub fn new(session: &Session) -> Result<Self, String> {
        let all: Vec<_> = match session.view {
            View::Excerpts => excerpts::chosen(session),
            _ => { session.focused().into_iter() }
                .map(|h| std::sync::Arc::new(h.clone()))
                .collect(),
        };
        if all.is_empty() {
            return Err("Choose the excerpts first.".to_owned());
        }
        let offers = offers(session.project(), &all);
        Ok(Self {
            excerpts: { all.iter() }.map(|h| (h.reading.clone(), h.id)).collect(),
            offers,
            typed: String::new(),
            chosen: 0,
            fresh: true,
        })
    }

    /// Draws it; true when it is done.
    pub(in crate::app) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let palette = theme::palette(ui.ctx());
        let dim = |text: String| RichText::new(text).size(12.5).color(palette.dim);
        if self.offers.is_empty() {
            ui.label("There is no packet with sections yet.");
            let pressed = ui.button("New packet…").clicked();
            if pressed {
                app.commands.push(Command::Packet(Request::Choose));
            }
            return pressed;
        }
        let count = words::counted(self.excerpts.len(), "excerpt");
        ui.label(dim(format!("{count}, to be put at the end of a section.")));
        let (down, up, enter) = ui.input_mut(|i| {
            (
                i.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
                i.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
                i.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let field = TextEdit::singleline(&mut self.typed)
            .hint_text("Find a section")
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        access::name(&response, "Section");
        if std::mem::take(&mut self.fresh) {
            response.request_focus();
        }
        if response.changed() {
            self.chosen = 0;
        }
        let shown = self.shown();
        self.chosen = (self.chosen + down).saturating_sub(up);
        self.chosen = self.chosen.min(shown.len().saturating_sub(1));
        let mut picked = shown.get(self.chosen).copied().filter(|_| enter);
        ScrollArea::vertical().max_height(340.0).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            for (row, at) in shown.iter().enumerate() {
                let offer = &self.offers[*at];
                let enabled = offer.why_not.is_none();
                let button = egui::Button::selectable(row == self.chosen, &offer.path);
                let mut response = ui.add_enabled(enabled, button);
                if let Some(why) = offer.why_not {
                    response = response.on_disabled_hover_text(why);
                }
                if response.clicked() {
                    picked = Some(*at);
                }
            }
            if shown.is_empty() {
                ui.label(dim("No section has such a name.".to_owned()));
            }
        });
        let Some(offer) = picked.and_then(|at| self.offers.get(at)) else {
            return false;
        };
        let (packet, section) = (offer.packet.clone(), offer.section.clone());
        let request = Request::Append(self.excerpts.clone(), packet, section);
        app.commands.push(Command::Packet(request));
        true
    }

    /// The offers that fit what was typed, the best first.
    fn shown(&self) -> Vec<usize> {
        let score = |at: &usize| fuzzy(&self.typed, &self.offers[*at].path).map(|m| m.score);
        let mut all: Vec<(i32, usize)> = (0..self.offers.len())
            .filter_map(|at| Some((score(&at)?, at)))
            .collect();
        all.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        all.into_iter().map(|(_, at)| at).collect()
    }
}

/// All sections, those about the theory of the excerpts first.
fn offers(project: &Project, excerpts: &[std::sync::Arc<Highlight>]) -> Vec<Offer> {
    let mut all = Vec::new();
    for packet in project.packets().values() {
        for (id, section) in packet.in_order() {
            let fits = match &section.subject {
                Subject::Theory(theory) => {
                    let family = project.with_descendants(theory);
                    { excerpts.iter() }.any(|h| h.labels.iter().any(|l| family.contains(l)))
                }
                _ => false,
            };
            let by_rule = spot::picks(section).is_none();
            all.push(Offer {
                packet: packet.id.clone(),
                section: id.clone(),
                path: format!("{} › {}", packet.head.title, section.title),
                fits,
                why_not: by_rule.then_some(spot::BY_RULE),
            });
        }
    }
    all.sort_by_key(|offer| (!offer.fits, offer.why_not.is_some()));
    all
}
