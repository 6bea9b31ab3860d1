//! A reading's details: what a bibliography says of it, what its pages are called, and how its file was read.

use egui::{CollapsingHeader, Key, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{
    Dialog,
    attribute_rows::{self, AttributeRows},
    buttons, dim,
};
use crate::{
    app::{App, Command, settings::CitationChoice, theme, words},
    export::cite::{self, Names},
    model::{Project, Reading, ReadingMeta, Structure},
};

/// A reading's details while they are edited.
pub struct ReadingForm {
    /// The reading with the details as they are typed, without what its text is made of.
    reading: Reading,
    before: ReadingMeta,
    /// What the file calls its pages, in order.
    pages: Vec<String>,
    authors: String,
    year: String,
    page_of_file: String,
    printed: String,
    /// What it is compared by, from the first time that it shows on.
    attributes: Option<AttributeRows>,
    /// What is told of the file.
    file: Vec<String>,
    /// The entry in a list of references, for these details.
    entry: Option<(ReadingMeta, String)>,
    fresh: bool,
}

impl ReadingForm {
    /// The details as they are.
    pub fn new(reading: &Reading) -> Self {
        let meta = reading.meta.clone();
        let shift = meta.page_shift;
        Self {
            reading: Reading {
                structure: Structure::default(),
                ..reading.clone()
            },
            pages: reading
                .structure
                .pages
                .iter()
                .map(|p| p.label.clone())
                .collect(),
            authors: meta.authors.join("\n"),
            year: meta.year.map_or_else(String::new, |y| y.to_string()),
            page_of_file: shift.map_or_else(String::new, |_| "1".to_owned()),
            printed: shift.map_or_else(String::new, |s| (i64::from(s) + 1).to_string()),
            attributes: None,
            file: file(reading),
            entry: None,
            fresh: true,
            before: meta,
        }
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let Some(session) = app.session() else {
            return true;
        };
        if self.attributes.is_none() {
            let names = session.project().attribute_names();
            self.attributes = Some(AttributeRows::new(&self.reading.meta, names));
        }
        let height = (ui.ctx().content_rect().height() - 200.0).max(160.0);
        let mut entered = false;
        let shown = ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                // The scroll bar has its own room.
                ui.set_max_width(ui.available_width() - 12.0);
                entered = self.fields(ui);
                let problem = self.take();
                self.cited(ui, session.project(), app.settings.citation);
                self.about_the_file(ui);
                problem
            });
        let problem = shown.inner;
        if let Some(problem) = &problem {
            let palette = theme::palette(ui.ctx());
            ui.label(RichText::new(problem).size(12.5).color(palette.error));
        }
        let ready = problem.is_none();
        let attach = ui.add_enabled(ready, egui::Button::new("Attach a bibliography…"));
        let attach = attach
            .on_hover_text(
                "Saves these details, then takes what is missing from a .bib, .json or .ris file.",
            )
            .clicked();
        entered |= ui.input(|i| i.modifiers.command && i.key_pressed(Key::Enter));
        let (cancelled, done) = buttons(ui, "Save", ready);
        let done = done || attach || (entered && ready);
        if done && self.reading.meta != self.before {
            let (id, meta) = (self.reading.id.clone(), self.reading.meta.clone());
            app.commands.push(Command::SaveReading(id, meta));
        }
        if attach {
            app.dialog = Some(Dialog::bibliography());
        }
        done || cancelled
    }

    /// The fields; whether Enter was pressed in one.
    fn fields(&mut self, ui: &mut Ui) -> bool {
        let meta = &mut self.reading.meta;
        let imprint = &mut meta.imprint;
        let mut form = Fields {
            entered: false,
            fresh: std::mem::take(&mut self.fresh),
        };
        form.row(ui, &mut [("Title", "", &mut meta.title, 1.0)]);
        let label = ui.label(RichText::new("Authors, one a line").size(12.5));
        let authors = TextEdit::multiline(&mut self.authors)
            .hint_text("Walt, Stephen M.")
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        ui.add(authors).labelled_by(label.id);
        form.row(
            ui,
            &mut [
                ("Year", "1987", &mut self.year, 0.25),
                ("Kind", "article, thesis, op-ed…", &mut meta.kind, 0.75),
            ],
        );
        heading(ui, "Where it came out");
        form.row(
            ui,
            &mut [("Journal, book or site", "", &mut imprint.container, 1.0)],
        );
        form.row(
            ui,
            &mut [
                ("Volume", "9", &mut imprint.volume, 0.25),
                ("Issue", "4", &mut imprint.issue, 0.25),
                ("Pages in it", "3–43", &mut imprint.pages, 0.5),
            ],
        );
        form.row(
            ui,
            &mut [
                ("Publisher", "", &mut meta.publisher, 0.5),
                ("Place", "", &mut imprint.place, 0.5),
            ],
        );
        heading(ui, "Where to find it");
        form.row(
            ui,
            &mut [
                ("DOI", "10.2307/2538540", &mut imprint.doi, 0.5),
                ("Web address", "https://…", &mut meta.url, 0.5),
            ],
        );
        form.row(
            ui,
            &mut [
                ("Accessed", "2026-11-22", &mut imprint.accessed, 0.5),
                ("Key in a bibliography", "walt1987", &mut imprint.key, 0.5),
            ],
        );
        if let Some(rows) = &mut self.attributes {
            attribute_rows::heading(ui);
            rows.show(ui, |ui, response| form.took_enter(ui, response));
        }
        if !self.pages.is_empty() {
            heading(ui, "What its pages are called");
            self.page_numbers(ui, &mut form);
        }
        form.entered
    }

    /// “Page [3] of the file is page [117].”
    fn page_numbers(&mut self, ui: &mut Ui, form: &mut Fields) {
        ui.horizontal(|ui| {
            ui.label("Page");
            form.small(ui, "Page of the file", &mut self.page_of_file);
            ui.label("of the file is page");
            form.small(ui, "Its number", &mut self.printed);
        });
        let shift = self.reading.meta.page_shift;
        let last = self.pages.len() as i64;
        let told = match (shift, self.pages.first(), self.pages.last()) {
            (Some(shift), _, _) => {
                let shift = i64::from(shift);
                format!("They are cited as {} to {}.", 1 + shift, last + shift)
            }
            (None, Some(first), Some(last)) => {
                format!("Left empty, they are cited as the file calls them: {first} to {last}.")
            }
            _ => String::new(),
        };
        dim(ui, told);
    }

    /// Takes over what was typed. Returns what is wrong with it.
    fn take(&mut self) -> Option<String> {
        let meta = &mut self.reading.meta;
        let names = self.authors.split(['\n', ';']).map(str::trim);
        meta.authors = names.filter(|n| !n.is_empty()).map(str::to_owned).collect();
        let year = self.year.trim();
        meta.year = year.parse().ok();
        if meta.title.trim().is_empty() {
            return Some("A reading has a title.".to_owned());
        }
        if meta.year.is_none() && !year.is_empty() {
            return Some(format!("“{year}” is no year; write it in digits."));
        }
        match self.attributes.as_ref().map(AttributeRows::take) {
            Some(Ok(attributes)) => meta.attributes = attributes,
            Some(Err(why)) => return Some(why),
            None => {}
        }
        match shift(&self.page_of_file, &self.printed, self.pages.len()) {
            Ok(shift) => {
                meta.page_shift = shift;
                None
            }
            Err(why) => Some(why),
        }
    }

    /// How it is cited, and its entry in a list of references.
    fn cited(&mut self, ui: &mut Ui, project: &Project, citation: CitationChoice) {
        let meta = &self.reading.meta;
        if self.entry.as_ref().is_none_or(|(of, _)| of != meta) {
            let entry = cite::reference(&Names::of(project), &self.reading, citation.style());
            self.entry = Some((meta.clone(), entry.text()));
        }
        ui.add_space(4.0);
        dim(ui, format!("Cited as ({})", meta.citation()));
        if let Some((_, entry)) = &self.entry {
            ui.label(RichText::new(entry).font(theme::serif(14.0)));
        }
    }

    fn about_the_file(&self, ui: &mut Ui) {
        ui.add_space(2.0);
        CollapsingHeader::new(RichText::new("The file and how it was read").size(12.5))
            .default_open(!self.reading.remarks.is_empty())
            .show(ui, |ui| {
                for line in &self.file {
                    dim(ui, line.clone());
                }
            });
    }
}

/// Fields in rows.
struct Fields {
    /// Whether Enter was pressed in one.
    entered: bool,
    /// Whether the first is to get the keyboard.
    fresh: bool,
}

impl Fields {
    /// A row of fields: the name, hint, value and share of the width of each.
    fn row(&mut self, ui: &mut Ui, fields: &mut [(&str, &str, &mut String, f32)]) {
        let gap = ui.spacing().item_spacing.x;
        let room = ui.available_width() - gap * (fields.len() - 1) as f32;
        ui.horizontal_top(|ui| {
            for (name, hint, value, share) in fields {
                let size = vec2((room * *share).floor(), 0.0);
                ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_width(size.x);
                    let response = super::field(ui, name, hint, value);
                    if std::mem::take(&mut self.fresh) {
                        response.request_focus();
                    }
                    self.took_enter(ui, &response);
                });
            }
        });
    }

    /// A field for a number.
    fn small(&mut self, ui: &mut Ui, name: &str, value: &mut String) {
        let response = ui.add(TextEdit::singleline(value).desired_width(46.0));
        crate::app::access::name(&response, name);
        self.took_enter(ui, &response);
    }

    fn took_enter(&mut self, ui: &Ui, response: &egui::Response) {
        self.entered |= response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(text).font(theme::sans_bold(12.5)));
}

/// What is added to the position of a page in the file to get its number, from one page and its number.
fn shift(page_of_file: &str, printed: &str, pages: usize) -> Result<Option<i32>, String> {
    let (page, printed) = (page_of_file.trim(), printed.trim());
    if page.is_empty() && printed.is_empty() {
        return Ok(None);
    }
    let position = page.parse::<i32>().ok();
    let Some(position) = position.filter(|p| (1..=pages as i64).contains(&i64::from(*p))) else {
        return Err(format!(
            "Say which page of the file you mean: a number from 1 to {pages}."
        ));
    };
    let number = printed.parse::<i32>().ok();
    let shift = number.and_then(|n| n.checked_sub(position));
    match shift {
        Some(shift) => Ok(Some(shift)),
        None => Err(format!("Say which number page {position} of the file has.")),
    }
}

/// What is told of the file, line by line.
fn file(reading: &Reading) -> Vec<String> {
    let name = match reading.source_name.as_str() {
        "" => "an unnamed file",
        name => name,
    };
    let mut from = format!("From {name}, imported on {}", words::day(reading.imported));
    if !reading.encoding.is_empty() {
        from += &format!(", read as {}", reading.encoding);
    }
    let mut size = words::counted(reading.words as usize, "word");
    size += &format!(
        ", {}",
        words::counted(reading.text.paragraphs().len(), "paragraph")
    );
    for (n, one) in [
        (reading.structure.pages.len(), "page"),
        (reading.structure.notes.len(), "footnote"),
    ] {
        if n > 0 {
            size += &format!(", {}", words::counted(n, one));
        }
    }
    let mut lines = vec![format!("{from}."), format!("{size}.")];
    if !reading.source_sha256.is_empty() {
        lines.push(format!("SHA-256 of the file: {}", reading.source_sha256));
    }
    lines.extend(reading.remarks.iter().cloned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_and_its_number_tell_those_of_all() {
        assert_eq!(shift("", " ", 9), Ok(None));
        assert_eq!(shift("3", "117", 9), Ok(Some(114)));
        assert_eq!(shift("9", "1", 9), Ok(Some(-8)));
        assert!(shift("10", "1", 9).is_err());
        assert!(shift("0", "1", 9).is_err());
        assert!(shift("3", "", 9).is_err());
        assert!(shift("", "3", 9).is_err());
        assert!(shift("3", "xiv", 9).is_err());
        assert!(shift("1", "-2147483648", 9).is_err());
    }
}
