//! The bar over a reading that was opened from another view, to go back there.

use egui::{Button, RichText, Ui, vec2};

use super::{App, Command, View, action::Action, theme};

const HEIGHT: f32 = 34.0;

/// Shows the bar when there is somewhere to go back to.
pub fn show(app: &mut App, ui: &mut Ui) {
    let place = match app.session().and_then(|s| s.came_from) {
        Some(View::Excerpts) => "excerpts",
        Some(View::Compare) => "the comparison",
        Some(View::Packet) => "the packet",
        Some(View::Read) | None => return,
    };
    let palette = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), HEIGHT);
    let centred = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, centred, |ui| {
        ui.set_min_size(size);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, palette.panel);
        let line = egui::Stroke::new(1.0, palette.line);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        ui.add_space(10.0);
        let text = RichText::new(format!("← Back to {place}")).font(theme::sans_bold(12.5));
        let button = Button::new(text.color(palette.accent)).frame_when_inactive(false);
        let keys = Action::BackToView.info().keys;
        let key = keys.first().map(|k| ui.ctx().format_shortcut(k));
        let hint = format!("{}, or Esc", key.unwrap_or_default());
        if ui.add(button).on_hover_text(&hint).clicked() {
            app.commands.push(Command::Do(Action::BackToView));
        }
        ui.label(RichText::new(hint).size(12.0).color(palette.dim));
    });
}
