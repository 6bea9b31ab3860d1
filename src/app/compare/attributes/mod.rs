//! The table of the readings' attributes, worked in like a spreadsheet: one row a reading; title, year, kind and attributes in
//! columns.
//!
//! One cell has the cursor and takes the keyboard. Arrow keys and Tab move it, Shift with an arrow key makes an area of cells.
//! Enter, F2, a second click or simply typing edits the cell; Enter and Tab put down what was typed and move on, Esc leaves the
//! cell as it was. Delete empties an area, Ctrl+C and Ctrl+V copy and paste cells, also from and to spreadsheets. Everything that
//! changes something is one edit. What does not look like a number, a day, yes or no is text.

mod grid;
mod keys;
mod sheet;

use std::{collections::BTreeSet, path::PathBuf, sync::mpsc::Receiver};

use egui::{Id, Key, RichText, TextEdit, Ui};

use self::sheet::{Area, Put, Sheet, Sorting};
use super::Desk;
use crate::{
    app::{App, Command, access, command::Outcome, dialogs::Dialog, exporting::Exporting, theme},
    export::attributes::{Values, table as export},
    import::{
        self,
        attributes::{Column, SheetError},
    },
    model::{Project, ReadingId},
    store::{is_own_file, write_file},
    text::counted,
};

/// What the table keeps.
#[derive(Default)]
pub struct Table {
    sheet: Sheet,
    /// The revision of the project that the sheet shows.
    shown: Option<u64>,
    order: Vec<ReadingId>,
    sorting: Option<Sorting>,
    /// Columns that were added and have no value yet.
    fresh: BTreeSet<String>,
    cursor: (usize, usize),
    /// The other end of the area that is chosen.
    anchor: (usize, usize),
    editing: Option<Editing>,
    naming: Option<Naming>,
    /// A file that is being read.
    loading: Option<(PathBuf, Receiver<std::io::Result<Vec<u8>>>)>,
    /// Whether the cursor is to be brought into view.
    reveal: bool,
}

/// A cell while it is typed into.
struct Editing {
    reading: ReadingId,
    column: Column,
    text: String,
    /// Whether the field has yet to get the keyboard.
    fresh: bool,
}

/// A column while its name is typed.
struct Naming {
    /// The name that it has; a new column has none.
    old: Option<String>,
    text: String,
    fresh: bool,
}

/// What the table asks for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Makes cells say something.
    Put(Vec<Put>),
    /// Gives an attribute another name.
    Rename(String, String),
    /// Takes an attribute away from all readings.
    Remove(String),
    /// Asks for a file to take in.
    AskForFile,
    /// Takes in what a file says.
    Load(PathBuf),
    /// Asks where the table is to be written.
    AskWhere,
    /// Writes the table.
    Save(PathBuf),
    /// Shows the details of a reading.
    Details(ReadingId),
}

impl Table {
    /// Brings the sheet up to what the project says.
    fn refresh(&mut self, project: &Project, revision: u64) {
        if self.shown == Some(revision) {
            return;
        }
        let known = project.attribute_names();
        self.fresh.retain(|name| !known.contains(name));
        let at = self
            .sheet
            .rows
            .get(self.cursor.0)
            .map(|r| r.reading.clone());
        let column = self.sheet.columns.get(self.cursor.1).cloned();
        self.sheet = Sheet::new(project, &self.fresh, &self.order);
        self.shown = Some(revision);
        // The cursor stays with its reading and column.
        if let Some(row) = at.and_then(|id| self.sheet.row_of(&id)) {
            self.cursor.0 = row;
        }
        if let Some(at) = column.and_then(|c| self.sheet.columns.iter().position(|o| *o == c)) {
            self.cursor.1 = at;
        }
        let (rows, columns) = self.sheet.size();
        let within = |(row, column): (usize, usize)| {
            (
                row.min(rows.saturating_sub(1)),
                column.min(columns.saturating_sub(1)),
            )
        };
        self.cursor = within(self.cursor);
        self.anchor = match self.anchor == self.cursor {
            true => self.cursor,
            false => within(self.anchor),
        };
        let gone = |e: &Editing| {
            self.sheet.row_of(&e.reading).is_none() || !self.sheet.columns.contains(&e.column)
        };
        if self.editing.as_ref().is_some_and(gone) {
            self.editing = None;
        }
    }

    fn sort(&mut self, project: &Project, column: Column, backward: bool) {
        let sorting = (column, backward);
        self.order = sheet::sorted(project, &sorting);
        self.sorting = Some(sorting);
        self.shown = None;
    }

    fn area(&self) -> Area {
        Area::between(self.cursor, self.anchor)
    }

    /// Begins to type into the cell of the cursor, over what it says or after it.
    fn edit(&mut self, typed: Option<String>) {
        let (row, column) = self.cursor;
        let Some((row, column)) = self.sheet.rows.get(row).zip(self.sheet.columns.get(column))
        else {
            return;
        };
        let now = row.cells.get(self.cursor.1).map(|c| c.typed.clone());
        self.editing = Some(Editing {
            reading: row.reading.clone(),
            column: column.clone(),
            text: typed.or(now).unwrap_or_default(),
            fresh: true,
        });
        self.anchor = self.cursor;
        self.reveal = true;
    }

    /// The cell that is typed into.
    fn edited(&self) -> Option<(usize, usize)> {
        let editing = self.editing.as_ref()?;
        let row = self.sheet.row_of(&editing.reading)?;
        let columns = &self.sheet.columns;
        let column = columns.iter().position(|c| *c == editing.column)?;
        Some((row, column))
    }

    /// Moves the cursor there, with an area from where it was when `extend`.
    fn go(&mut self, to: (usize, usize), extend: bool) {
        self.cursor = to;
        if !extend {
            self.anchor = to;
        }
        self.reveal = true;
    }
}

/// The one id under which the cursor takes the keyboard, wherever it stands.
fn cursor_id() -> Id {
    Id::unique("attributes cursor")
}

/// Shows it.
pub fn show(app: &mut App, ui: &mut Ui) {
    let nobody_types = app.dialog.is_none()
        && app.picker.is_none()
        && !egui::Popup::is_any_open(ui.ctx())
        && ui.memory(|m| m.focused().is_none());
    let mut held = std::mem::take(&mut app.held);
    super::with_state(app, |state, desk| {
        let table = &mut state.attributes;
        table.refresh(desk.session.project(), desk.session.revision);
        receive(table, desk);
        toolbar(table, desk, ui);
        ui.add_space(6.0);
        if table.sheet.rows.is_empty() {
            let told =
                "Here stands every reading with what you compare it by. Import readings first.";
            super::teach(ui, told, desk);
            return;
        }
        if nobody_types && table.naming.is_none() && table.editing.is_none() {
            ui.memory_mut(|m| m.request_focus(cursor_id()));
        }
        keys::take(table, desk, ui, &mut held);
        grid::show(table, desk, ui);
    });
    app.held.append(&mut held);
}

/// Takes in a file that was read meanwhile.
fn receive(table: &mut Table, desk: &mut Desk<'_>) {
    let Some((path, receiver)) = &table.loading else {
        return;
    };
    let Ok(read) = receiver.try_recv() else {
        return;
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let taken = read
        .map_err(|e| format!("{name} can't be read: {e}."))
        .and_then(|bytes| {
            let project = desk.session.project();
            import::attributes::read(project, &bytes).map_err(|e| refused(&name, &e))
        })
        .and_then(|sheet| {
            let n = counted(sheet.changed.len(), "reading");
            if let Some(edit) = sheet.edit() {
                let what = format!("Take the attributes of {n} from {name}");
                desk.session.perform_as(what, edit)?;
            }
            let left_out = match sheet.left_out.as_slice() {
                [] => String::new(),
                [one] => format!(" One row was left out, {one}."),
                [first, rest @ ..] => {
                    let others = counted(rest.len(), "other");
                    format!(" Rows were left out: {first}, and {others}.")
                }
            };
            Ok(format!("{name}: {n} changed.{left_out}"))
        });
    table.loading = None;
    desk.commands.push(match taken {
        Ok(told) => Command::Tell(told),
        Err(error) => Command::Fail(error),
    });
}

fn refused(name: &str, error: &SheetError) -> String {
    match error {
        SheetError::Cells(cells) => {
            let more = match cells.len() {
                0 | 1 => String::new(),
                n => format!(", and {} like it", counted(n - 1, "cell")),
            };
            let first = cells.first().map(ToString::to_string).unwrap_or_default();
            format!("Nothing was taken from {name}: {first}{more}.")
        }
        error => format!("{name} can't be used: {error}."),
    }
}

/// What is done with the table as a whole.
fn toolbar(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.horizontal_wrapped(|ui| {
        if table.naming.is_some() {
            naming(table, desk, ui);
            return;
        }
        if ui.button("Add a column").clicked() {
            table.naming = Some(Naming {
                old: None,
                text: String::new(),
                fresh: true,
            });
        }
        let hover = "Copies the whole table, to be pasted into a spreadsheet.";
        if ui.button("Copy the table").on_hover_text(hover).clicked() {
            let all = export(desk.session.project(), Values::Typed);
            ui.ctx().copy_text(all.tsv());
            let told = format!("{} copied.", counted(all.rows.len(), "row"));
            desk.commands.push(Command::Tell(told));
        }
        let hover = "Writes the table for spreadsheets.";
        if ui.button("Save CSV…").on_hover_text(hover).clicked() {
            desk.commands.push(command(Request::AskWhere));
        }
        let hover = "Takes in a table that a spreadsheet saved as CSV. Rows find their readings by id, key or title.";
        if ui.button("Load CSV…").on_hover_text(hover).clicked() {
            desk.commands.push(command(Request::AskForFile));
        }
        let (rows, columns) = table.sheet.size();
        let told = format!(
            "{}, {}",
            counted(rows, "reading"),
            counted(columns.saturating_sub(3), "attribute")
        );
        ui.label(RichText::new(told).size(12.5).color(palette.dim));
        if table.loading.is_some() {
            ui.spinner();
        }
    });
}

/// The field for a column's name.
fn naming(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui) {
    let Some(naming) = &mut table.naming else {
        return;
    };
    let escape = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Escape));
    let (name, verb) = match &naming.old {
        None => ("Name of the new column".to_owned(), "Add"),
        Some(old) => (format!("New name of {old}"), "Rename"),
    };
    ui.label(&name);
    let field = TextEdit::singleline(&mut naming.text)
        .hint_text("country, genre…")
        .desired_width(200.0);
    let response = ui.add(field);
    access::name(&response, &name);
    if std::mem::take(&mut naming.fresh) {
        response.request_focus();
    }
    // Taken, else it would open the cell that gets the keyboard next.
    let enter =
        response.lost_focus() && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Enter));
    let done = ui.button(verb).clicked() || enter;
    let cancelled = ui.button("Cancel").clicked() || escape;
    if done {
        name_column(table, desk);
    } else if cancelled {
        table.naming = None;
    }
    if table.naming.is_none() {
        ui.memory_mut(|m| m.request_focus(cursor_id()));
    } else if enter {
        response.request_focus();
    }
}

fn name_column(table: &mut Table, desk: &mut Desk<'_>) {
    let Some(naming) = table.naming.take() else {
        return;
    };
    let mut known = desk.session.project().attribute_names();
    known.extend(table.fresh.iter().cloned());
    known.extend(naming.old.iter().cloned());
    let name = match Column::attribute(&naming.text, &known) {
        Ok(name) => name,
        Err(why) => {
            let fail = format!("That can't be the name of a column: {why}.");
            desk.commands.push(Command::Fail(fail));
            table.naming = Some(naming);
            return;
        }
    };
    match naming.old {
        None => {
            if !known.contains(&name) {
                table.fresh.insert(name.clone());
            }
            table.shown = None;
            table.refresh(desk.session.project(), desk.session.revision);
            let columns = &table.sheet.columns;
            let wanted = Column::Attribute(name);
            let at = columns.iter().position(|c| *c == wanted);
            let row = table.cursor.0;
            table.go((row, at.unwrap_or_default()), false);
        }
        Some(old) => {
            if table.fresh.remove(&old) {
                table.fresh.insert(naming.text.trim().to_owned());
                table.shown = None;
            }
            let new = naming.text.trim().to_owned();
            desk.commands.push(command(Request::Rename(old, new)));
        }
    }
}

fn command(request: Request) -> Command {
    Command::Compare(super::Request::Attributes(request))
}

/// Carries out what it asked for.
pub fn carry_out(app: &mut App, request: Request) -> Outcome {
    let workers = app.workers.clone();
    match request {
        Request::AskForFile => {
            app.dialog = Some(Dialog::attributes());
            return Ok(None);
        }
        Request::AskWhere => {
            app.dialog = Some(Dialog::save_attributes());
            return Ok(None);
        }
        Request::Save(path) => return save(app, path),
        _ => {}
    }
    let Some(session) = app.session_mut() else {
        return Ok(None);
    };
    let named = match request {
        Request::Put(puts) => sheet::put(session.project(), &puts)?,
        Request::Rename(from, to) => sheet::rename(session.project(), &from, &to)?,
        Request::Remove(name) => {
            session.compare.attributes.fresh.remove(&name);
            session.compare.attributes.shown = None;
            sheet::remove(session.project(), &name)
        }
        Request::Load(path) => {
            let file = path.clone();
            let read = workers.start(move || read_table(&file));
            session.compare.attributes.loading = Some((path, read));
            None
        }
        Request::Details(id) => {
            let dialog = session.project().reading(&id).map(|r| Dialog::reading(r));
            app.dialog = dialog;
            None
        }
        Request::AskForFile | Request::AskWhere | Request::Save(_) => None,
    };
    if let (Some((what, edit)), Some(session)) = (named, app.session_mut()) {
        session.perform_as(what, edit)?;
    }
    Ok(None)
}

/// Has a thread write the table.
fn save(app: &mut App, path: PathBuf) -> Outcome {
    let Some(session) = app.session() else {
        return Ok(None);
    };
    if is_own_file(session.folder(), &path) {
        return Err(format!(
            "{} is the project's own; choose another place.",
            path.display()
        ));
    }
    let csv = export(session.project(), Values::Typed).csv(true);
    app.exporting = Some(Exporting::at_once(&app.workers, move || {
        match write_file(&path, csv.as_bytes()) {
            Ok(()) => Ok(format!("Saved to {}.", path.display())),
            Err(error) => Err(format!("{} can't be written: {error}.", path.display())),
        }
    }));
    Ok(None)
}

/// The most that is read of a table, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

fn read_table(path: &std::path::Path) -> std::io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > LARGEST {
        return Err(std::io::Error::other(
            "it is larger than any table of readings",
        ));
    }
    std::fs::read(path)
}
