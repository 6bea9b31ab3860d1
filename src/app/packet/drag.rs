//! Excerpts and sections on their way, by the mouse.

use egui::{Area, Context, CursorIcon, DragAndDrop, Frame, Id, Order, Response, RichText, vec2};

use crate::{
    app::theme,
    model::{Pick, SectionId},
};

/// Excerpts on their way.
pub struct Carried {
    /// Which.
    pub picks: Vec<Pick>,
    /// The section that they are taken from.
    pub from: Option<SectionId>,
    /// What is shown beside the pointer.
    pub words: String,
}

/// A section on its way.
pub struct CarriedSection(pub SectionId);

impl Carried {
    /// What is on its way, if anything is.
    pub fn now(ctx: &Context) -> Option<std::sync::Arc<Self>> {
        DragAndDrop::payload(ctx)
    }

    /// What is let go of in this frame.
    pub fn dropped(ctx: &Context) -> Option<std::sync::Arc<Self>> {
        let released = ctx.input(|i| i.pointer.any_released());
        released.then(|| DragAndDrop::take_payload(ctx)).flatten()
    }

    /// Takes excerpts up with a thing that is dragged.
    pub fn take_up(response: &Response, carried: impl FnOnce() -> Self) {
        if response.drag_started() {
            DragAndDrop::set_payload(&response.ctx, carried());
        }
    }
}

/// Shows beside the pointer what is on its way.
pub fn ghost(ctx: &Context) {
    let Some(carried) = Carried::now(ctx) else {
        return;
    };
    let Some(at) = ctx.pointer_latest_pos() else {
        return;
    };
    let palette = theme::palette(ctx);
    ctx.set_cursor_icon(CursorIcon::Grabbing);
    Area::new(Id::unique("carried excerpts"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(at + vec2(12.0, 10.0))
        .show(ctx, |ui| {
            let frame = Frame::popup(ui.style()).fill(palette.card);
            frame.show(ui, |ui| {
                ui.set_max_width(240.0);
                let words = RichText::new(&carried.words).font(theme::serif(13.5));
                ui.add(egui::Label::new(words.color(palette.ink)).wrap());
            });
        });
}
