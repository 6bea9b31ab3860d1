//! The columns of a table: ticked, and moved up and down.

use egui::{CollapsingHeader, Ui};

use crate::export::rows::Field;

/// Shows the columns that are chosen in their order, then the others.
pub fn show(ui: &mut Ui, fields: &mut Vec<Field>) {
    let told = format!("Columns: {} of {}", fields.len(), Field::ALL.len());
    CollapsingHeader::new(told)
        .id_salt("columns")
        .show(ui, |ui| {
            if fields != &Field::USUAL && ui.small_button("The usual columns").clicked() {
                *fields = Field::USUAL.to_vec();
            }
            let mut change = None;
            for (at, &field) in fields.iter().enumerate() {
                chosen(ui, field, at, fields.len(), &mut change);
            }
            let others = Field::ALL.into_iter().filter(|f| !fields.contains(f));
            for field in others {
                let mut on = false;
                let tick = ui.checkbox(&mut on, field.name());
                if tick.on_hover_text(field.help()).changed() {
                    change = Some(Change::Add(field));
                }
            }
            if let Some(change) = change {
                change.apply(fields);
            }
        });
}

/// What was done to the columns.
enum Change {
    Add(Field),
    Remove(usize),
    /// Swaps a column with the one after it.
    Swap(usize),
}

impl Change {
    fn apply(self, fields: &mut Vec<Field>) {
        match self {
            Self::Add(field) => fields.push(field),
            // A table has a column.
            Self::Remove(at) if fields.len() > 1 => {
                fields.remove(at);
            }
            Self::Remove(_) => {}
            Self::Swap(at) => fields.swap(at, at + 1),
        }
    }
}

fn chosen(ui: &mut Ui, field: Field, at: usize, count: usize, change: &mut Option<Change>) {
    ui.horizontal(|ui| {
        let mut on = true;
        let tick = ui.checkbox(&mut on, field.name());
        if tick.on_hover_text(field.help()).changed() {
            *change = Some(Change::Remove(at));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(8.0);
            let mut arrow = |ui: &mut Ui, sign: &str, enabled: bool, swap: usize, name: &str| {
                let button = egui::Button::new(sign).small().frame_when_inactive(false);
                let response = ui.add_enabled(enabled, button);
                let name = format!("Move {} {name}", field.name());
                response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &name));
                if response.on_hover_text(name).clicked() {
                    *change = Some(Change::Swap(swap));
                }
            };
            arrow(ui, "↓", at + 1 < count, at, "down");
            arrow(ui, "↑", at > 0, at.saturating_sub(1), "up");
        });
    });
}
