//! Exporting: what, how, and a preview of what will come out.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, mpsc},
};

use egui::{Align, Color32, Context, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};
use jiff::Timestamp;

use super::{
    buttons, dim,
    save::{SavePath, written},
};
use crate::{
    app::{App, Session, access, settings::CitationChoice, theme, words},
    export::{
        Chosen, Filter,
        markdown::{self, ExcerptOptions, Group},
        order,
        ron::{self, RonOptions},
    },
    model::{CoderId, LabelId, Project, ReadingId},
};

/// How much of the preview shows, in bytes.
const PREVIEW: usize = 24_000;

/// What comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum What {
    ExcerptsByLabel,
    ExcerptsByReading,
    Annotated,
    Ron,
}

impl What {
    const ALL: [(Self, &'static str); 4] = [
        (Self::ExcerptsByLabel, "Excerpts by label (Markdown)"),
        (Self::ExcerptsByReading, "Excerpts by reading (Markdown)"),
        (Self::Annotated, "Annotated reading (Markdown)"),
        (Self::Ron, "Annotated project (RON)"),
    ];

    fn extension(self) -> &'static str {
        if self == Self::Ron { "ron" } else { "md" }
    }
}

/// Everything that decides what comes out.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    what: What,
    definitions: bool,
    texts: bool,
    citation: CitationChoice,
    reading: Option<ReadingId>,
    filter: Filter,
}

/// Writes out what was chosen. Pure; O(what passes).
fn write(project: &Project, choice: &Choice, now: Timestamp) -> String {
    let excerpts = |group| {
        let options = ExcerptOptions {
            group,
            definitions: choice.definitions,
            cite: choice.citation.style(),
        };
        markdown::excerpts(project, &choice.filter, &options)
    };
    match (choice.what, &choice.reading) {
        (What::ExcerptsByLabel, _) => excerpts(Group::Label),
        (What::ExcerptsByReading, _) => excerpts(Group::Reading),
        (What::Annotated, Some(reading)) => {
            markdown::annotated(project, reading, &choice.filter, choice.citation.style())
        }
        (What::Annotated, None) => String::new(),
        (What::Ron, _) => ron::write(
            project,
            &choice.filter,
            &RonOptions { text: choice.texts },
            now,
        ),
    }
}

/// A preview as it came from its thread.
struct Preview {
    text: String,
    bytes: usize,
}

/// The dialog.
pub struct ExportDialog {
    choice: Choice,
    shown: Option<Choice>,
    working: Option<mpsc::Receiver<Preview>>,
    preview: Option<Preview>,
    path: SavePath,
    project: Arc<Project>,
    revision: u64,
    coders: Vec<CoderId>,
}

impl ExportDialog {
    /// Everything, by label.
    pub fn new(session: &Session, citation: CitationChoice) -> Self {
        let project = session.project();
        let mut dialog = Self {
            choice: Choice {
                what: What::ExcerptsByLabel,
                definitions: true,
                texts: true,
                citation,
                reading: session.reading.clone(),
                filter: Filter::default(),
            },
            shown: None,
            working: None,
            preview: None,
            path: SavePath::default(),
            project: Arc::new(project.clone()),
            revision: session.revision,
            coders: project.coders().into_iter().collect(),
        };
        let (name, extension) = dialog.usual_name();
        dialog.path.offer(&name, extension);
        dialog
    }

    /// Only these, and the readings that they are of.
    pub(super) fn only(mut self, chosen: Chosen) -> Self {
        self.choice.filter.readings = chosen.highlights.keys().cloned().collect();
        self.choice.filter.chosen = Some(chosen);
        self
    }

    /// Of that.
    pub(super) fn of(mut self, what: order::What) -> Self {
        if let order::What::Annotated(reading) = what {
            self.choice.what = What::Annotated;
            self.choice.reading = Some(reading);
        }
        self
    }

    pub(super) fn picked(&mut self, paths: Vec<PathBuf>) {
        self.path.picked(paths);
    }

    fn usual_name(&self) -> (String, &'static str) {
        let name = match (self.choice.what, &self.choice.reading) {
            (What::Annotated, Some(reading)) => format!("{reading} annotated"),
            (What::Ron, _) => self.project.name().to_owned(),
            _ => format!("{} excerpts", self.project.name()),
        };
        (name, self.choice.what.extension())
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        if let Some(session) = app.session().filter(|s| s.revision != self.revision) {
            self.project = Arc::new(session.project().clone());
            self.revision = session.revision;
            self.shown = None;
        }
        self.refresh(ui.ctx());
        let height = (ui.ctx().content_rect().height() - 330.0).clamp(160.0, 520.0);
        let row = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Min), |ui| {
            ui.vertical(|ui| {
                ui.set_width(280.0);
                ui.set_height(height);
                ScrollArea::vertical()
                    .id_salt("export choices")
                    .auto_shrink(false)
                    .show(ui, |ui| self.choices(ui));
            });
            if app.settings.citation != self.choice.citation {
                app.settings.citation = self.choice.citation;
                app.save_settings();
            }
            ui.add_space(10.0);
            ui.vertical(|ui| self.preview(ui, height));
        });
        ui.add_space(4.0);
        let name = if self.choice.what == What::Ron {
            "project.ron"
        } else {
            "excerpts.md"
        };
        self.path.row(app, ui, name, "Export to");
        if ui.button("Copy to the clipboard").clicked() {
            app.exporting = Some(self.export(ui.ctx(), Target::Clipboard));
        }
        let fits = self.path.check(app, ui);
        let ready = fits && app.exporting.is_none();
        let path = self.path.path();
        let verb = self.path.verb("Export");
        let (cancelled, done) = buttons(ui, verb, ready);
        if done {
            app.exporting = Some(self.export(ui.ctx(), Target::File(path)));
            return true;
        }
        cancelled
    }

    fn choices(&mut self, ui: &mut Ui) {
        let before = self.choice.clone();
        if let Some(chosen) = &self.choice.filter.chosen {
            let mut only = true;
            let count = chosen.highlights.values().map(BTreeSet::len).sum();
            let name = format!("Only the {} selected", words::counted(count, "excerpt"));
            ui.checkbox(&mut only, name);
            ui.add_space(6.0);
            if !only {
                self.choice.filter = Filter::default();
            }
        }
        for (what, name) in What::ALL {
            ui.radio_value(&mut self.choice.what, what, name);
        }
        ui.add_space(6.0);
        match self.choice.what {
            What::ExcerptsByLabel | What::ExcerptsByReading => {
                ui.checkbox(&mut self.choice.definitions, "With the labels' definitions");
            }
            What::Ron => {
                ui.checkbox(
                    &mut self.choice.texts,
                    "With the texts, so that it can be imported anywhere",
                );
            }
            What::Annotated => {}
        }
        if self.choice.what != What::Ron {
            self.citations(ui);
        }
        ui.add_space(6.0);
        if self.choice.what == What::Annotated {
            self.one_reading(ui);
        } else {
            self.readings(ui);
        }
        self.labels(ui);
        self.coders(ui);
        if before != self.choice {
            let (name, extension) = self.usual_name();
            self.path.offer(&name, extension);
        }
    }

    fn citations(&mut self, ui: &mut Ui) {
        let now = self.choice.citation;
        let named = CitationChoice::ALL.iter().find(|(c, _)| *c == now);
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new("Citations").size(12.5));
            let combo = egui::ComboBox::from_id_salt("citations")
                .selected_text(named.map_or("", |(_, name)| *name));
            let response = combo.show_ui(ui, |ui| {
                for (choice, name) in CitationChoice::ALL {
                    ui.selectable_value(&mut self.choice.citation, choice, name);
                }
            });
            response.response.labelled_by(label.id);
        });
    }

    fn one_reading(&mut self, ui: &mut Ui) {
        ui.label(RichText::new("Reading").font(theme::sans_bold(12.5)));
        for shelf in self.project.shelves() {
            let id = Some(shelf.reading.id.clone());
            ui.radio_value(&mut self.choice.reading, id, &shelf.reading.meta.title);
        }
    }

    fn readings(&mut self, ui: &mut Ui) {
        let chosen = &mut self.choice.filter.readings;
        ui.collapsing(summary("Readings", chosen.len()), |ui| {
            for shelf in self.project.shelves() {
                tick(ui, chosen, &shelf.reading.id, &shelf.reading.meta.title);
            }
        });
    }

    fn labels(&mut self, ui: &mut Ui) {
        let chosen: &mut Vec<LabelId> = &mut self.choice.filter.labels;
        ui.collapsing(summary("Labels", chosen.len()), |ui| {
            dim(ui, "A label brings those under it.");
            for (depth, label) in self.project.codebook() {
                tick(
                    ui,
                    chosen,
                    &label.id,
                    &format!("{}{}", "   ".repeat(depth), label.name),
                );
            }
        });
    }

    fn coders(&mut self, ui: &mut Ui) {
        let chosen = &mut self.choice.filter.coders;
        ui.collapsing(summary("Coders", chosen.len()), |ui| {
            for coder in &self.coders {
                tick(ui, chosen, coder, coder.as_str());
            }
        });
    }

    /// Has the preview worked out again when something changed, on a thread.
    fn refresh(&mut self, ctx: &Context) {
        if let Some(preview) = self.working.as_ref().and_then(|w| w.try_recv().ok()) {
            self.preview = Some(preview);
            self.working = None;
        }
        if self.working.is_some() || self.shown.as_ref() == Some(&self.choice) {
            return;
        }
        self.shown = Some(self.choice.clone());
        let (send, receive) = mpsc::channel();
        let (project, choice, ctx) = (Arc::clone(&self.project), self.choice.clone(), ctx.clone());
        std::thread::spawn(move || {
            let text = write(&project, &choice, Timestamp::now());
            let cut = (0..=PREVIEW.min(text.len()))
                .rev()
                .find(|&i| text.is_char_boundary(i));
            let (head, _) = text.split_at(cut.unwrap_or_default());
            // Nobody waits any more when the dialog was closed.
            let _ = send.send(Preview {
                text: head.to_owned(),
                bytes: text.len(),
            });
            ctx.request_repaint();
        });
        self.working = Some(receive);
    }

    fn preview(&self, ui: &mut Ui, height: f32) {
        let palette = theme::palette(ui.ctx());
        let Some(preview) = &self.preview else {
            ui.spinner();
            return;
        };
        egui::Frame::new()
            .fill(palette.paper)
            .inner_margin(10)
            .corner_radius(6)
            .show(ui, |ui| {
                ScrollArea::both()
                    .id_salt("export preview")
                    .max_height(height - 46.0)
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        let mut text = preview.text.as_str();
                        let shown = TextEdit::multiline(&mut text)
                            .frame(egui::Frame::NONE)
                            .font(theme::sans(12.0))
                            .text_color(palette.ink)
                            .background_color(Color32::TRANSPARENT)
                            .desired_width(f32::INFINITY);
                        let response = ui.add(shown);
                        access::name(&response, "Preview");
                    });
            });
        let more = if preview.bytes > preview.text.len() {
            "; the preview shows its beginning"
        } else {
            ""
        };
        dim(ui, format!("{} bytes{more}", words::grouped(preview.bytes)));
    }

    /// Writes what was chosen on a thread; what is to be told of it arrives through the channel.
    fn export(&self, ctx: &Context, target: Target) -> mpsc::Receiver<Result<String, String>> {
        let (send, receive) = mpsc::channel();
        let (project, choice, ctx) = (Arc::clone(&self.project), self.choice.clone(), ctx.clone());
        std::thread::spawn(move || {
            let text = write(&project, &choice, Timestamp::now());
            let result = match target {
                Target::Clipboard => {
                    ctx.copy_text(text);
                    Ok("Copied.".to_owned())
                }
                Target::File(path) => written(&path, text.as_bytes(), "Exported"),
            };
            // The window may have been closed meanwhile.
            let _ = send.send(result);
            ctx.request_repaint();
        });
        receive
    }
}

/// Where an export goes.
enum Target {
    Clipboard,
    File(PathBuf),
}

fn summary(name: &str, chosen: usize) -> String {
    if chosen == 0 {
        format!("{name}: all")
    } else {
        format!("{name}: {chosen} chosen")
    }
}

fn tick<T: Clone + PartialEq>(ui: &mut Ui, chosen: &mut Vec<T>, id: &T, name: &str) {
    let mut on = chosen.contains(id);
    if ui.checkbox(&mut on, name).changed() {
        if on {
            chosen.push(id.clone());
        } else {
            chosen.retain(|c| c != id);
        }
    }
}
