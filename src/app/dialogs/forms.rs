//! Forms: a label, the coder.

use egui::{Color32, Key, RichText, TextEdit, Ui};

use super::{buttons, dim, field};
use crate::{
    app::{App, Command, access, settings::coder_from, theme},
    model::{Color, Label, LabelId, PALETTE, Project},
};

/// A label's fields while they are edited.
pub struct LabelForm {
    label: Label,
    cues: String,
    fresh: bool,
}

impl LabelForm {
    /// The fields as they are.
    pub fn new(label: Label) -> Self {
        let cues = label.cues.join(", ");
        Self {
            label,
            cues,
            fresh: true,
        }
    }

    pub(super) fn title(&self) -> &'static str {
        "Label"
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let Some(session) = app.session() else {
            return true;
        };
        let project = session.project();
        let height = (ui.ctx().content_rect().height() - 190.0).max(200.0);
        let mut asked = None;
        egui::ScrollArea::vertical()
            .max_height(height)
            .show(ui, |ui| {
                let name = field(ui, "Name", "Entrapment", &mut self.label.name);
                if std::mem::take(&mut self.fresh) {
                    name.request_focus();
                }
                self.color_row(ui);
                let below = project.with_descendants(&self.label.id);
                let book = project.codebook();
                let under: Vec<_> = book
                    .iter()
                    .filter(|(_, l)| !below.contains(&l.id))
                    .map(|(d, l)| (*d, *l))
                    .collect();
                let others: Vec<_> = book
                    .iter()
                    .filter(|(_, l)| l.id != self.label.id)
                    .map(|(d, l)| (*d, *l))
                    .collect();
                ui.horizontal(|ui| {
                    choose(ui, "Under", "(top level)", &mut self.label.parent, &under);
                    choose(ui, "Contrast", "(none)", &mut self.label.contrast, &others);
                });
                area(ui, "Definition", &mut self.label.definition);
                area(ui, "When to use it", &mut self.label.when);
                area(
                    ui,
                    "When not, and which label instead",
                    &mut self.label.when_not,
                );
                field(ui, "Source", "Snyder 1984, …", &mut self.label.source);
                field(
                    ui,
                    "Cues, with commas between them",
                    "entrap*, dragged into",
                    &mut self.cues,
                );
                if let Some(command) = self.last_row(ui, project, &others) {
                    asked = Some(command);
                }
            });
        if let Some(command) = asked {
            app.commands.push(command);
            return true;
        }
        let name = self.label.name.trim().to_owned();
        let taken = project
            .label_named(&name)
            .is_some_and(|l| l.id != self.label.id);
        if taken {
            let palette = theme::palette(ui.ctx());
            ui.label(
                RichText::new(format!("Another label is called “{name}”.")).color(palette.error),
            );
        }
        let ready = !taken && !name.is_empty();
        let enter = ready && ui.input(|i| i.modifiers.command && i.key_pressed(Key::Enter));
        let (cancelled, done) = buttons(ui, "Save", ready);
        if done || enter {
            let cues = self.cues.split([',', ';']).map(|c| c.trim().to_owned());
            self.label.cues = cues.filter(|c| !c.is_empty()).collect();
            self.label.name = name;
            app.commands.push(Command::SaveLabel(self.label.clone()));
            return true;
        }
        cancelled
    }

    /// The digit key, and for a label that is there already merging and deleting.
    fn last_row(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        others: &[(usize, &Label)],
    ) -> Option<Command> {
        let mut asked = None;
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new("Digit key").size(12.5));
            let shown = self
                .label
                .digit
                .map_or_else(|| "none".to_owned(), |d| d.to_string());
            let combo = egui::ComboBox::from_id_salt("digit")
                .width(70.0)
                .selected_text(shown);
            let response = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut self.label.digit, None, "none");
                for digit in 1..=9 {
                    let holder = project
                        .labels()
                        .find(|l| l.digit == Some(digit) && l.id != self.label.id);
                    let text = holder.map_or_else(
                        || digit.to_string(),
                        |l| format!("{digit}  (now {})", l.name),
                    );
                    ui.selectable_value(&mut self.label.digit, Some(digit), text);
                }
            });
            response.response.labelled_by(label.id);
            if project.label(&self.label.id).is_none() {
                return;
            }
            ui.add_space(20.0);
            let mut into = None;
            let combo = egui::ComboBox::from_id_salt("merge")
                .width(150.0)
                .height(320.0)
                .selected_text("Merge into…");
            let response = combo.show_ui(ui, |ui| {
                for (depth, label) in others {
                    let text = format!("{}{}", "    ".repeat(*depth), label.name);
                    ui.selectable_value(&mut into, Some(label.id.clone()), text);
                }
            });
            access::name(&response.response, "Merge into");
            asked = into.map(|into| Command::MergeLabels(self.label.id.clone(), into));
            if ui
                .button("Delete the label")
                .on_hover_text("Its highlights keep their other labels; undo brings all back.")
                .clicked()
            {
                asked = Some(Command::DeleteLabel(self.label.id.clone()));
            }
        });
        asked
    }

    fn color_row(&mut self, ui: &mut Ui) {
        ui.label(RichText::new("Colour").size(12.5));
        ui.horizontal(|ui| {
            for color in PALETTE {
                let chosen = self.label.color == color;
                let (rect, response) =
                    ui.allocate_exact_size(egui::vec2(24.0, 24.0), egui::Sense::click());
                response.widget_info(|| {
                    egui::WidgetInfo::selected(
                        egui::Role::Button,
                        true,
                        chosen,
                        format!("Colour {color}"),
                    )
                });
                ui.painter().rect_filled(
                    rect.shrink(if chosen { 1.0 } else { 4.0 }),
                    5.0,
                    theme::to_color32(color),
                );
                if chosen || response.has_focus() {
                    let stroke = egui::Stroke::new(1.5, theme::palette(ui.ctx()).ink);
                    ui.painter()
                        .rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
                }
                if response.clicked() {
                    self.label.color = color;
                }
            }
            let mut other: Color32 = theme::to_color32(self.label.color);
            if ui.color_edit_button_srgba(&mut other).changed() {
                self.label.color = Color([other.r(), other.g(), other.b()]);
            }
        });
    }
}

fn choose(
    ui: &mut Ui,
    name: &str,
    none: &str,
    value: &mut Option<LabelId>,
    labels: &[(usize, &Label)],
) {
    ui.vertical(|ui| {
        let now = value
            .as_ref()
            .and_then(|id| labels.iter().find(|(_, l)| l.id == *id));
        let shown = now.map_or(none, |(_, l)| l.name.as_str()).to_owned();
        let label = ui.label(RichText::new(name).size(12.5));
        let combo = egui::ComboBox::from_id_salt(name)
            .width(230.0)
            .height(320.0)
            .selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            ui.selectable_value(value, None, none);
            for (depth, label) in labels {
                let text = format!("{}{}", "    ".repeat(*depth), label.name);
                ui.selectable_value(value, Some(label.id.clone()), text);
            }
        });
        response.response.labelled_by(label.id);
    });
}

fn area(ui: &mut Ui, name: &str, value: &mut String) {
    let label = ui.label(RichText::new(name).size(12.5));
    ui.add(
        TextEdit::multiline(value)
            .desired_rows(2)
            .desired_width(f32::INFINITY),
    )
    .labelled_by(label.id);
}

/// Asks who edits.
pub fn coder(app: &mut App, ui: &mut Ui, name: &mut String) -> bool {
    dim(
        ui,
        "Each coder's highlights are kept in files of their own, under this short name; initials do.",
    );
    let id = egui::Id::unique("coder's name");
    if ui.memory(|m| m.focused().is_none()) {
        ui.memory_mut(|m| m.request_focus(id));
    }
    let label = ui.label(RichText::new("Short name").size(12.5));
    let edit = TextEdit::singleline(name)
        .id(id)
        .hint_text("MK")
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(label.id);
    dim(ui, format!("Edits will be made as {}.", coder_from(name)));
    let ready = !name.trim().is_empty();
    let enter = ready && response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let (cancelled, done) = buttons(ui, "Use", ready);
    if done || enter {
        app.commands.push(Command::SetCoder(name.clone()));
        return true;
    }
    cancelled
}
