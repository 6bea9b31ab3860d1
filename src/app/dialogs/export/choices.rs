//! What can be chosen, at the left of the dialog.

use egui::{ComboBox, RichText, ScrollArea, TextEdit, Ui};

use super::{ExportDialog, fields};
use crate::{
    app::{access, dialogs::dim, settings::CitationChoice, theme},
    export::order::{Format, Glosses, Kind},
    model::ReadingId,
};

/// What each kind of thing is called here.
const KINDS: [(Kind, &str); 4] = [
    (Kind::Excerpts, "Excerpts"),
    (Kind::Annotated, "Annotated readings"),
    (Kind::Packet, "Packet"),
    (Kind::Codebook, "Codebook"),
];

impl ExportDialog {
    pub(super) fn choices(&mut self, ui: &mut Ui) {
        heading(ui, "What");
        for (kind, name) in KINDS {
            let is_there = kind != Kind::Packet || !self.project.packets().is_empty();
            let is_chosen = self.choice.kind == kind;
            let radio = egui::RadioButton::new(is_chosen, name);
            let response = ui.add_enabled(is_there, radio);
            if response.clicked() {
                self.choice.kind = kind;
            }
            response.on_disabled_hover_text("The project has no packets yet.");
        }
        if self.choice.kind == Kind::Packet {
            self.packets(ui);
        }
        heading(ui, "Format");
        self.formats(ui);
        self.options(ui);
        match self.choice.kind {
            Kind::Excerpts => {
                heading(ui, "Which");
                self.scopes(ui);
                self.readings(ui);
                self.labels(ui);
                self.coders(ui);
                self.query(ui);
            }
            Kind::Annotated => {
                heading(ui, "Which");
                self.annotated(ui);
                self.labels(ui);
                self.coders(ui);
                self.query(ui);
            }
            Kind::Codebook => {
                heading(ui, "Which");
                self.labels(ui);
            }
            Kind::Packet => {}
        }
    }

    fn formats(&mut self, ui: &mut Ui) {
        let now = self.choice.format();
        ui.horizontal_wrapped(|ui| {
            for &format in self.choice.kind.formats() {
                let response = ui.radio(now == format, format.name());
                if response.on_hover_text(format.purpose()).clicked() {
                    self.choice.settings.set_format(self.choice.kind, format);
                }
            }
        });
        dim(ui, capital(now.purpose()));
    }

    /// What concerns the kind and the format.
    fn options(&mut self, ui: &mut Ui) {
        let (kind, format) = (self.choice.kind, self.choice.format());
        let settings = &mut self.choice.settings;
        ui.add_space(2.0);
        if kind == Kind::Excerpts && format.is_document() {
            ui.horizontal(|ui| {
                ui.radio_value(&mut settings.by_reading, false, "By label");
                ui.radio_value(&mut settings.by_reading, true, "By reading");
            });
            ui.checkbox(&mut settings.definitions, "With the labels’ definitions");
        }
        if kind == Kind::Excerpts && format == Format::Ron {
            let name = "With the texts, so that it can be imported anywhere";
            ui.checkbox(&mut settings.texts, name);
        }
        if kind == Kind::Annotated && format == Format::Docx {
            ui.horizontal(|ui| {
                let (glosses, label) = (&mut settings.glosses, "Labels and notes as");
                ui.label(RichText::new(label).size(12.5));
                ui.radio_value(glosses, Glosses::Comments, "comments");
                ui.radio_value(glosses, Glosses::Footnotes, "footnotes");
            });
        }
        if format == Format::Csv {
            ui.checkbox(&mut settings.mark, "For Excel")
                .on_hover_text("Begins the file with a mark by which Excel knows its letters.");
        }
        let has_paper = matches!(format, Format::Docx | Format::Pdf);
        if has_paper && kind != Kind::Packet {
            ui.horizontal(|ui| {
                ui.label(RichText::new("Paper").size(12.5));
                ui.radio_value(&mut settings.letter, false, "A4");
                ui.radio_value(&mut settings.letter, true, "Letter");
            });
        }
        let cites = format.is_document() || format.is_table();
        if cites && matches!(kind, Kind::Excerpts | Kind::Annotated) {
            self.citations(ui);
        }
        if kind == Kind::Excerpts && format.is_table() {
            fields::show(ui, &mut self.choice.settings.fields);
        }
    }

    fn citations(&mut self, ui: &mut Ui) {
        let now = self.choice.citation;
        let named = CitationChoice::ALL.iter().find(|(c, _)| *c == now);
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new("Citations").size(12.5));
            let combo = ComboBox::from_id_salt("citations")
                .selected_text(named.map_or("", |(_, name)| *name));
            let response = combo.show_ui(ui, |ui| {
                for (choice, name) in CitationChoice::ALL {
                    ui.selectable_value(&mut self.choice.citation, choice, name);
                }
            });
            response.response.labelled_by(label.id);
        });
    }

    fn packets(&mut self, ui: &mut Ui) {
        let packets = self.project.packets();
        let now = self.choice.packet.as_ref();
        let title = now.and_then(|id| packets.get(id)).map(|p| &*p.head.title);
        let combo = ComboBox::from_id_salt("packets")
            .width(ui.available_width() - 8.0)
            .selected_text(title.unwrap_or("Choose a packet"));
        let shown = combo.show_ui(ui, |ui| {
            for (id, packet) in packets {
                let value = Some(id.clone());
                ui.selectable_value(&mut self.choice.packet, value, &packet.head.title);
            }
        });
        access::name(&shown.response, "Which packet");
    }

    fn scopes(&mut self, ui: &mut Ui) {
        if self.scopes.len() > 1 {
            for (at, scope) in self.scopes.iter().enumerate() {
                ui.radio_value(&mut self.choice.scope, at, &scope.name);
            }
        }
    }

    /// The readings that are annotated: at least one.
    fn annotated(&mut self, ui: &mut Ui) {
        let all: Vec<(&ReadingId, &str)> = titles(&self.project);
        let mut ticked = self.choice.annotated(self.open.as_ref());
        let before = ticked.clone();
        let told = format!("Readings: {} of {}", ticked.len(), all.len());
        egui::CollapsingHeader::new(told)
            .id_salt("annotated")
            .default_open(true)
            .show(ui, |ui| {
                let every = all.len() > 1 && ticked.len() < all.len();
                if every && ui.small_button("Tick all readings").clicked() {
                    ticked = all.iter().map(|(id, _)| (*id).clone()).collect();
                }
                rows(ui, &all, |ui, (id, title)| tick(ui, &mut ticked, id, title));
            });
        if ticked != before && !ticked.is_empty() {
            self.choice.readings = ticked;
        }
    }

    fn readings(&mut self, ui: &mut Ui) {
        let chosen = &mut self.choice.readings;
        collapsing(ui, "Readings", chosen.len(), |ui| {
            let all = titles(&self.project);
            rows(ui, &all, |ui, (id, title)| tick(ui, chosen, id, title));
        });
    }

    fn labels(&mut self, ui: &mut Ui) {
        let chosen = &mut self.choice.labels;
        collapsing(ui, "Labels", chosen.len(), |ui| {
            dim(ui, "A label brings those under it.");
            rows(ui, &self.project.codebook(), |ui, (depth, label)| {
                let name = format!("{}{}", "   ".repeat(*depth), label.name);
                tick(ui, chosen, &label.id, &name);
            });
        });
    }

    fn coders(&mut self, ui: &mut Ui) {
        let chosen = &mut self.choice.coders;
        collapsing(ui, "Coders", chosen.len(), |ui| {
            for coder in &self.coders {
                tick(ui, chosen, coder, coder.as_str());
            }
        });
    }

    fn query(&mut self, ui: &mut Ui) {
        ui.add_space(2.0);
        let label = ui.label(RichText::new("Query").size(12.5));
        let edit = TextEdit::singleline(&mut self.choice.query)
            .hint_text("Only… stance:contests, near(sentence) …")
            .desired_width(ui.available_width() - 8.0);
        ui.add(edit)
            .labelled_by(label.id)
            .on_hover_text("The language is that of the list of excerpts.");
        if let Some(mistake) = self.choice.mistake() {
            let color = theme::palette(ui.ctx()).error;
            ui.label(RichText::new(mistake).size(12.5).color(color));
        }
    }
}

/// A list of things to tick; a long one scrolls by itself, and only what shows is laid out.
fn rows<T>(ui: &mut Ui, all: &[T], mut row: impl FnMut(&mut Ui, &T)) {
    if all.len() <= SHORT {
        return all.iter().for_each(|item| row(ui, item));
    }
    let height = ui.spacing().interact_size.y;
    let list = ScrollArea::vertical().max_height(height * SHORT as f32);
    list.auto_shrink([false, true])
        .show_rows(ui, height, all.len(), |ui, shown| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            all.iter()
                .take(shown.end)
                .skip(shown.start)
                .for_each(|item| row(ui, item));
        });
}

/// How many rows a list has that does not scroll.
const SHORT: usize = 12;

fn titles(project: &crate::model::Project) -> Vec<(&ReadingId, &str)> {
    let readings = project.shelves().into_iter().map(|s| &s.reading);
    readings.map(|r| (&r.id, r.meta.title.as_str())).collect()
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(text).font(theme::sans_bold(12.5)));
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

fn collapsing(ui: &mut Ui, name: &str, chosen: usize, contents: impl FnOnce(&mut Ui)) {
    let told = match chosen {
        0 => format!("{name}: all"),
        n => format!("{name}: {n} chosen"),
    };
    egui::CollapsingHeader::new(told)
        .id_salt(name)
        .show(ui, contents);
}

fn tick<T: Clone + PartialEq>(ui: &mut Ui, chosen: &mut Vec<T>, id: &T, name: &str) {
    let mut on = chosen.contains(id);
    if ui.checkbox(&mut on, name).changed() {
        match on {
            true => chosen.push(id.clone()),
            false => chosen.retain(|c| c != id),
        }
    }
}
