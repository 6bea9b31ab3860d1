//! What is said of the packet as a whole: title, line, citations, paper.

use egui::Ui;

use super::{Desk, Request, fields};
use crate::{
    app::{session::drafts::Slot, settings::CitationChoice},
    model::{PacketHead, PacketId, Paper},
};

/// Shows it.
pub(super) fn show(id: &PacketId, desk: &mut Desk<'_>, ui: &mut Ui) {
    let Some(head) = desk.project().packets().get(id).map(|p| p.head.clone()) else {
        return;
    };
    fields::caption(ui, "Title");
    fields::text(id, Slot::Title, "Alliance seminar, week 6", desk, ui);
    ui.add_space(4.0);
    fields::caption(ui, "Line beside the title");
    fields::text(id, Slot::Line, "Thursday, 26 November", desk, ui);
    ui.add_space(8.0);
    let styles = CitationChoice::ALL.map(|(choice, name)| (choice.style(), name.to_owned()));
    let mut new = head.clone();
    if let Some(cite) = fields::choice(ui, "Citations", head.cite, &styles) {
        new.cite = cite;
    }
    let papers = Paper::ALL.map(|paper| (paper, paper.word().to_owned()));
    if let Some(paper) = fields::choice(ui, "Paper", head.paper, &papers) {
        new.paper = paper;
    }
    put(new, &head, desk);
    ui.add_space(10.0);
    if ui.button("Export packet…").clicked() {
        desk.ask(Request::Export);
    }
    ui.add_space(4.0);
    fields::dim(
        ui,
        "Packets are kept in the project’s folder as text, one file each: packets/.",
    );
}

fn put(new: PacketHead, old: &PacketHead, desk: &mut Desk<'_>) {
    if new != *old {
        desk.ask(Request::PutHead(new));
    }
}
