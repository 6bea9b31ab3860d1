//! What an import brought, file by file, and another try for files that ask for a password.

use egui::{Key, RichText, ScrollArea, TextEdit, Ui, Vec2};

use super::dim;
use crate::{
    app::{App, Command, theme, words},
    import::annotated::Counts,
    intake::{Line, Outcome, contents},
    model::Reading,
};

/// How high a line is taken to be until it is first seen, in points.
const GUESS: f32 = 48.0;

/// The dialog.
pub struct Report {
    /// What did not come in stands first: it is what one has to see.
    lines: Vec<Line>,
    /// How high each line is, as far as it was seen. Only what shows is laid out: there may be thousands.
    heights: Vec<Option<f32>>,
    password: String,
}

impl Report {
    /// A line a file.
    pub fn new(mut lines: Vec<Line>) -> Self {
        lines.sort_by_key(|line| !line.failed());
        Self {
            heights: vec![None; lines.len()],
            lines,
            password: String::new(),
        }
    }

    /// With the lines of the report before, but for the files that were tried again.
    pub fn after(self, before: Vec<Line>) -> Self {
        let again = |line: &Line| self.lines.iter().any(|l| l.path == line.path);
        let before: Vec<Line> = before.into_iter().filter(|line| !again(line)).collect();
        Self::new(self.lines.into_iter().chain(before).collect())
    }

    /// Draws it; true when it is done.
    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let good = self.lines.iter().filter(|l| !l.failed()).count();
        ui.label(format!(
            "{} of {} came in.",
            words::grouped(good),
            words::counted(self.lines.len(), "file")
        ));
        let tries_again = self.ask_for_password(app, ui);
        let height = ui.ctx().content_rect().height() * 0.55;
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| self.list(ui));
        ui.add_space(8.0);
        let typing = ui.memory(|m| m.focused().is_some());
        let enter = !typing && ui.input(|i| i.key_pressed(Key::Enter));
        ui.button("Close").clicked() || enter || tries_again
    }

    fn list(&mut self, ui: &mut Ui) {
        for (line, height) in self.lines.iter().zip(&mut self.heights) {
            let size = Vec2::new(ui.available_width(), height.unwrap_or(GUESS));
            let place = egui::Rect::from_min_size(ui.cursor().min, size);
            if ui.is_rect_visible(place) {
                let shown = ui.scope(|ui| show_line(ui, line)).response;
                *height = Some(shown.rect.height());
            } else {
                ui.allocate_space(size);
            }
        }
    }

    /// Asks for the password of files that need one; true when they are tried again.
    fn ask_for_password(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let n = self.lines.iter().filter(|l| l.asks_for_password()).count();
        if n == 0 {
            return false;
        }
        let what = match n {
            1 => "Password of the encrypted file".to_owned(),
            n => format!("Password of the {n} encrypted files"),
        };
        ui.add_space(4.0);
        let label = ui.label(RichText::new(what).size(12.5));
        let pressed = ui.horizontal(|ui| {
            let edit = TextEdit::singleline(&mut self.password)
                .password(true)
                .desired_width(260.0);
            let field = ui.add(edit).labelled_by(label.id);
            let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            let ready = !self.password.is_empty();
            let again = ui.add_enabled(ready, egui::Button::new("Try again"));
            ready && (again.clicked() || entered)
        });
        if pressed.inner {
            let (password, lines) = (&mut self.password, &mut self.lines);
            let command = Command::Unlock(std::mem::take(password), std::mem::take(lines));
            app.commands.push(command);
        }
        pressed.inner
    }
}

fn show_line(ui: &mut Ui, line: &Line) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(4.0);
    let name = line.path.file_name().unwrap_or(line.path.as_os_str());
    ui.label(RichText::new(name.to_string_lossy()).font(theme::sans_bold(12.5)));
    match &line.outcome {
        Outcome::Imported { reading, read_as } => dim(ui, came_in(reading, read_as)),
        Outcome::Known(reading) => dim(ui, format!("Not new: “{}”.", reading.meta.title)),
        Outcome::Annotated { holds, counts, .. } => dim(ui, annotated(*holds, counts)),
        Outcome::Bibliography {
            entries,
            found,
            changed,
        } => dim(
            ui,
            format!(
                "{}, {} of them found here, {changed} with something new",
                words::counted(*entries, "work"),
                words::grouped(*found)
            ),
        ),
        Outcome::Failed(trouble) => {
            ui.label(RichText::new(trouble.to_string()).color(palette.error));
        }
    }
    for remark in &line.remarks {
        dim(ui, format!("· {remark}"));
    }
}

fn came_in(reading: &Reading, read_as: &str) -> String {
    format!("{}, read as {read_as}", contents(reading))
}

fn annotated([readings, labels, highlights]: [usize; 3], counts: &Counts) -> String {
    let mut told = format!(
        "{}, {}, {}",
        words::counted(readings, "reading"),
        words::counted(labels, "label"),
        words::counted(highlights, "highlight")
    );
    if counts.left_out > 0 {
        told.push_str(&format!("; {} left out", counts.left_out));
    }
    told
}
