//! A menu of labels with a field to find one by its name.

use egui::{ComboBox, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui};

use crate::{
    app::{access, theme},
    model::{LabelId, Project},
};

const ROW: f32 = 24.0;

/// Shows the menu, called `name`; `none` is offered for no label where it is given. Returns what was chosen.
pub fn show(
    ui: &mut Ui,
    project: &Project,
    name: &str,
    now: Option<&LabelId>,
    none: Option<&str>,
) -> Option<Option<LabelId>> {
    let palette = theme::palette(ui.ctx());
    let label = now.and_then(|id| project.label(id));
    let shown = label.map_or(none.unwrap_or("Choose a label"), |l| &l.name);
    let mut text = RichText::new(shown).font(theme::sans_bold(14.0));
    if let Some(label) = label {
        text = text.color(palette.label_text(label.color));
    }
    let typed_id = egui::Id::unique(("letters to find a label by", name));
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(name)
        .selected_text(text)
        .height(360.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let response = combo.show_ui(ui, |ui| {
        ui.set_min_width(240.0);
        let mut typed: String = ui.data(|d| d.get_temp(typed_id)).unwrap_or_default();
        let field = ui.add(TextEdit::singleline(&mut typed).hint_text("Find a label"));
        access::name(&field, "Find a label");
        let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        if !enter && ui.memory(|m| m.focused().is_none()) {
            field.request_focus();
        }
        let sought = typed.to_lowercase();
        let labels = project.codebook();
        let fitting: Vec<_> = (labels.iter())
            .filter(|(_, l)| l.name.to_lowercase().contains(&sought))
            .collect();
        if let (Some(none), true) = (none, sought.is_empty())
            && ui.selectable_label(now.is_none(), none).clicked()
        {
            chosen = Some(None);
        }
        if enter && let Some((_, label)) = fitting.first() {
            chosen = Some(Some(label.id.clone()));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .max_height(300.0)
            .show_rows(ui, ROW, fitting.len(), |ui, rows| {
                for (depth, label) in &fitting[rows] {
                    let depth = if sought.is_empty() { *depth } else { 0 };
                    let text = format!("{}{}", "    ".repeat(depth), label.name);
                    if ui.selectable_label(now == Some(&label.id), text).clicked() {
                        chosen = Some(Some(label.id.clone()));
                    }
                }
            });
        ui.data_mut(|d| d.insert_temp(typed_id, typed));
        if chosen.is_some() {
            ui.close();
        }
    });
    access::name(&response.response, name);
    if chosen.is_some() {
        ui.data_mut(|d| d.remove_temp::<String>(typed_id));
    }
    chosen
}
