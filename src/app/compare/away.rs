//! Taking a comparison away: what shows as a [`Finding`], copied as a table or saved as a table or a picture.

use std::sync::{Arc, mpsc::Receiver};

use egui::Ui;

use super::{Desk, State as View, Tab, matrix, together};
use crate::{
    analysis::Corpus,
    app::{Command, Session, worker::Workers},
    export::{
        cite::Names,
        finding::{Finding, What},
        table::{Cell, Table},
    },
};

/// How many quotes of a cell a table takes along.
const QUOTES: usize = 12;
/// How many words a picture shows.
const WORDS: usize = 30;

/// A text that is made for the clipboard, and what to tell when it is there.
pub type Coming = (Receiver<String>, &'static str);

/// What shows, with the project that it was worked out from.
fn shown(view: &View) -> Option<(Arc<Corpus>, What)> {
    match view.tab {
        Tab::Readings => matrix::what(view),
        Tab::Labels => together::what(view),
        Tab::Along => {
            let shown = view.along.shown()?;
            let what = What::Along {
                spec: shown.spec.clone(),
                found: shown.along.clone(),
                parts: None,
            };
            Some((Arc::clone(&shown.corpus), what))
        }
        Tab::Theories => {
            let shown = view.theories.shown()?;
            let what = What::Contrast {
                spec: shown.spec.clone(),
                found: shown.contrast.clone(),
                quotes: QUOTES,
            };
            Some((Arc::clone(&shown.corpus), what))
        }
        Tab::Words => {
            let shown = view.words.shown()?;
            let what = What::Keyness {
                spec: shown.spec.clone(),
                found: shown.found.clone(),
                shown: WORDS,
            };
            Some((Arc::clone(&shown.corpus), what))
        }
        Tab::Attributes => None,
    }
}

/// What shows, to be written down.
pub fn finding(view: &View, session: &Session) -> Option<Finding> {
    let (corpus, what) = shown(view)?;
    Some(Finding {
        names: Arc::new(Names::of(session.project())),
        corpus,
        what,
    })
}

/// Has a table made for the clipboard on a thread.
pub fn copy(finding: Finding, workers: &Workers, as_markdown: bool) -> Coming {
    match as_markdown {
        true => (
            workers.start(move || markdown(&finding.table())),
            "Copied the table as Markdown.",
        ),
        false => (
            workers.start(move || finding.table().tsv()),
            "Copied the table; paste it into a spreadsheet or a document.",
        ),
    }
}

/// Puts what was made for the clipboard there when it has come.
pub fn receive(view: &mut View, desk: &mut Desk<'_>, ui: &Ui) {
    let Some((receiver, told)) = &view.coming else {
        return;
    };
    match receiver.try_recv() {
        Ok(text) => {
            ui.copy_text(text);
            desk.commands.push(Command::Tell((*told).to_owned()));
            view.coming = None;
        }
        Err(std::sync::mpsc::TryRecvError::Disconnected) => view.coming = None,
        Err(std::sync::mpsc::TryRecvError::Empty) => {}
    }
}

/// A table in Markdown; line breaks within cells become `<br>`.
fn markdown(table: &Table) -> String {
    let cell = |text: &str| {
        let text = text
            .replace('\\', "\\\\")
            .replace('|', "\\|")
            .replace('<', "&lt;");
        text.replace("\r\n", "\n").replace(['\n', '\r'], "<br>")
    };
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(table.columns.iter().map(|c| cell(c)).collect());
    out.push('|');
    out.push_str(&" --- |".repeat(table.columns.len()));
    out.push('\n');
    for row in &table.rows {
        out.push_str(&line(row.iter().map(|c| cell(&plain(c))).collect()));
    }
    out
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Number(number, decimals) => format!("{number:.decimals$}"),
        other => other.plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_table_in_markdown_keeps_its_cells_apart() {
        let table = Table {
            title: String::new(),
            columns: vec!["Reading".into(), "a|b".into()],
            rows: vec![vec![Cell::from("one\ntwo <b>"), Cell::Count(1200)]],
        };
        assert_eq!(
            markdown(&table),
            "| Reading | a\\|b |\n| --- | --- |\n| one<br>two &lt;b> | 1200 |\n"
        );
    }
}
