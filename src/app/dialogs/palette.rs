//! Every command by name.

use egui::{Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use crate::app::{App, Command, access, action::Action, fuzzy::fuzzy, theme};

/// The palette's state.
#[derive(Default)]
pub struct CommandPalette {
    typed: String,
    chosen: usize,
}

impl CommandPalette {
    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let palette = theme::palette(ui.ctx());
        let (down, up, enter) = ui.input_mut(|i| {
            (
                i.consume_key(Modifiers::NONE, Key::ArrowDown),
                i.consume_key(Modifiers::NONE, Key::ArrowUp),
                i.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let field = TextEdit::singleline(&mut self.typed)
            .hint_text("Type a command's name")
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        access::name(&response, "Command");
        response.request_focus();
        if response.changed() {
            self.chosen = 0;
        }
        let mut found: Vec<(i32, Action)> = Action::ALL
            .into_iter()
            .filter(|a| (a.info().enabled)(app))
            .filter_map(|a| Some((fuzzy(&self.typed, a.info().name)?.score, a)))
            .collect();
        found.sort_by_key(|f| std::cmp::Reverse(f.0));
        if down {
            self.chosen += 1;
        }
        if up {
            self.chosen = self.chosen.saturating_sub(1);
        }
        self.chosen = self.chosen.min(found.len().saturating_sub(1));
        let mut picked = enter.then(|| found.get(self.chosen).map(|f| f.1)).flatten();
        ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
            for (i, (_, action)) in found.iter().enumerate() {
                let info = action.info();
                let mut button = egui::Button::selectable(i == self.chosen, info.name)
                    .min_size(egui::vec2(ui.available_width(), 28.0));
                if let Some(key) = info.keys.first() {
                    button = button.shortcut_text(
                        RichText::new(ui.ctx().format_shortcut(key)).color(palette.dim),
                    );
                }
                let response = ui.add(button).on_hover_text(info.help);
                if i == self.chosen && (down || up) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    picked = Some(*action);
                }
            }
        });
        if let Some(action) = picked {
            app.commands.push(Command::Do(action));
        }
        picked.is_some()
    }
}
