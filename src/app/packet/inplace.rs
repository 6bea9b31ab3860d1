//! Writing in a text where it stands on the page.

use egui::{
    FontId, Frame, Id, Key, Margin, Modifiers, Rect, Stroke, TextEdit, Ui, UiBuilder, vec2,
};

use super::{
    Desk, State,
    pages::Setting,
    state::{Editing, Written},
};
use crate::{
    app::{
        Command, access,
        session::drafts::{Slot, Text},
        theme::{self, LIGHT},
    },
    export::{
        document::{Origin, Part},
        page::{Font, Page},
    },
    model::{Packet, Question},
};

/// The text of the packet that an item shows, if it is one that was written.
pub fn slot(packet: &Packet, origin: &Origin) -> Option<Slot> {
    let Some(id) = &origin.section else {
        return (origin.part == Part::Title).then_some(Slot::Title);
    };
    let section = packet.sections.get(id)?;
    let text = match origin.part {
        Part::Title => Text::Title,
        Part::Introduction => Text::Introduction,
        Part::Question(at) => {
            let written = matches!(section.questions.get(at)?, Question::Written(_));
            written.then_some(Text::Question(at))?
        }
        _ => return None,
    };
    Some(Slot::Of(id.clone(), text))
}

/// What a text is called.
pub fn name(slot: &Slot) -> String {
    match slot {
        Slot::Title => "Title of the packet".to_owned(),
        Slot::Line => "Line beside the title".to_owned(),
        Slot::Of(_, Text::Title) => "Title of the section".to_owned(),
        Slot::Of(_, Text::Introduction) => "Introduction".to_owned(),
        Slot::Of(_, Text::Question(at)) => format!("Question {}", at + 1),
        Slot::Of(_, Text::Heading(_)) => "Heading of the side".to_owned(),
        Slot::Of(_, Text::Query) => "Query".to_owned(),
    }
}

/// Begins to write in what an item shows; whether there is something to write in.
pub fn begin(state: &mut State, packet: &Packet, origin: &Origin) -> bool {
    let text = match &origin.part {
        Part::Claim(place) => Some(Written::Claim(place.clone())),
        _ => slot(packet, origin).map(Written::Packet),
    };
    let begun = text.map(|text| Editing {
        text,
        origin: origin.clone(),
        at: None,
        fresh: true,
    });
    state.editing = begun;
    state.editing.is_some()
}

/// The font and the size, in points of paper, of the text that begins in a rectangle of a page.
fn type_of(page: &Page, rect: Rect) -> (fn(f32) -> FontId, f32) {
    let inside = |g: &&crate::export::page::Glyphs| rect.contains(egui::pos2(g.x + 0.5, g.y - 1.0));
    // Numbers before titles and questions may be set otherwise.
    let longest = { page.texts().filter(inside) }.max_by_key(|g| g.text.len());
    let font: fn(f32) -> FontId = match longest.map(|g| g.font) {
        Some(Font::SerifItalic) => theme::serif_italic,
        Some(Font::SerifBold) => theme::serif_bold,
        Some(Font::SerifBoldItalic) => theme::serif_bold_italic,
        Some(Font::Sans) => theme::sans,
        Some(Font::SansBold) => theme::sans_bold,
        _ => theme::serif,
    };
    (font, longest.map_or(11.0, |g| g.size))
}

/// Shows the field over the text at `rect` on the screen.
pub(super) fn show(
    state: &mut State,
    packet: &Packet,
    page: &Page,
    (paper, rect): (Rect, Rect),
    setting: &Setting,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    let Some(editing) = &mut state.editing else {
        return;
    };
    let written = editing.text.clone();
    let id = Id::unique(("packet text", &packet.id, &written));
    if std::mem::take(&mut editing.fresh) {
        ui.memory_mut(|m| m.request_focus(id));
    }
    let done = ui.memory(|m| m.has_focus(id)) && leaves(&written, ui);
    let mut text = now(packet, &written, desk);
    let on_paper = Rect::from_min_size(
        ((rect.min - paper.min) / setting.scale).to_pos2(),
        rect.size() / setting.scale,
    );
    let (font, size) = type_of(page, on_paper);
    let builder = UiBuilder::new().max_rect(rect.expand2(vec2(7.0, 3.0)));
    let response = ui
        .scope_builder(builder, |ui| {
            *ui.visuals_mut() = theme::visuals(LIGHT);
            let frame = Frame::new()
                .fill(LIGHT.card)
                .stroke(Stroke::new(1.5, LIGHT.accent))
                .corner_radius(4)
                .inner_margin(Margin::symmetric(6, 2));
            let edit = TextEdit::multiline(&mut text)
                .id(id)
                .frame(Frame::NONE)
                .margin(Margin::ZERO)
                .font(font(size * setting.scale))
                .text_color(LIGHT.ink)
                .desired_rows(1)
                .desired_width(f32::INFINITY);
            frame.show(ui, |ui| ui.add(edit)).inner
        })
        .inner;
    let called = match &written {
        Written::Packet(slot) => name(slot),
        Written::Claim(_) => "Your claim".to_owned(),
    };
    access::name(&response, &called);
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(id, crate::app::keys::ARROWS_AND_ESCAPE);
    });
    let mut failed = None;
    if response.changed() {
        failed = write(packet, written, text, desk).err();
    }
    if done || response.lost_focus() {
        response.surrender_focus();
        failed = failed.or(desk.session.commit_note().err());
        state.editing = None;
        if done {
            state.take_keyboard();
        }
    }
    desk.commands.extend(failed.map(Command::Fail));
}

/// The text as far as it is written.
fn now(packet: &Packet, written: &Written, desk: &Desk<'_>) -> String {
    match written {
        Written::Packet(slot) => desk.session.packet_text(&packet.id, slot),
        Written::Claim(place) => Some(desk.session.claim(place)),
    }
    .unwrap_or_default()
    .to_owned()
}

fn write(
    packet: &Packet,
    written: Written,
    text: String,
    desk: &mut Desk<'_>,
) -> Result<(), String> {
    match written {
        Written::Packet(slot) => desk.session.write_packet(&packet.id, slot, text, desk.time),
        Written::Claim(place) => desk.session.write_claim(&place, text, desk.time),
    }
}

/// Whether a key is pressed that ends writing: Esc or Ctrl+Enter, and Enter where there is one line.
fn leaves(written: &Written, ui: &Ui) -> bool {
    let lines = matches!(written, Written::Packet(Slot::Of(_, Text::Introduction)));
    let one_line = !lines;
    ui.input_mut(|i| {
        i.consume_key(Modifiers::NONE, Key::Escape)
            || i.consume_key(Modifiers::COMMAND, Key::Enter)
            || (one_line && i.consume_key(Modifiers::NONE, Key::Enter))
    })
}
