//! Labels × readings, or × years, coders, stances, an attribute: a heat map whose tiles open their excerpts.

use std::{collections::BTreeSet, sync::Arc};

use egui::{ComboBox, Ui, vec2};

use super::{
    Desk, State as View, chips,
    grid::{self, Answer, Cursor, Head, Measure as Sizes, Tile},
    order::{Order, column_key},
    side::Ask,
};
use crate::{
    analysis::{
        Corpus,
        matrix::{self, Across, ColumnKey, Matrix, Measure, Spec},
        order::by_similarity,
        query::QueryError,
    },
    app::{Command, access, excerpts, words, worker::Worked},
    export::finding::{What, arranged},
    model::LabelId,
};

/// What this tab keeps.
#[derive(Default)]
pub struct State {
    across: Across,
    measure: Measure,
    sums: bool,
    /// The label, and the column or the heading, that the cursor is on.
    chosen: Option<(LabelId, Option<ColumnKey>)>,
    worked: Worked<Key, Result<Arc<Shown>, QueryError>>,
    similar: [Worked<Key, Vec<usize>>; 2],
    /// The attributes of the readings, for a revision.
    attributes: Option<(u64, Vec<String>)>,
}

type Key = (u64, Spec);

/// A matrix with what it was worked out from.
pub struct Shown {
    /// The revision of the project.
    pub revision: u64,
    /// The project then.
    pub corpus: Arc<Corpus>,
    /// What was asked.
    pub spec: Spec,
    /// The answer.
    pub matrix: Matrix,
    row_keys: Vec<String>,
    column_keys: Vec<String>,
    highest: f64,
    /// Sums at the end of rows and at the foot of columns.
    sums: (Vec<f64>, Vec<f64>),
}

impl Shown {
    fn new(revision: u64, corpus: Arc<Corpus>, spec: Spec) -> Result<Self, QueryError> {
        let matrix = matrix::matrix(&corpus, &spec)?;
        let labels = corpus.codebook();
        let row_key = |row: &matrix::Row| labels.get(row.label).map(|l| l.id.to_string());
        let cells = || matrix.cells.iter();
        let sum_of = |column: usize| cells().map(|row| row[column]).sum();
        Ok(Self {
            revision,
            row_keys: matrix.rows.iter().filter_map(row_key).collect(),
            column_keys: matrix.columns.iter().map(|c| column_key(&c.key)).collect(),
            highest: cells().flatten().copied().fold(0.0, f64::max),
            sums: (
                cells().map(|row| row.iter().sum()).collect(),
                (0..matrix.columns.len()).map(sum_of).collect(),
            ),
            matrix,
            corpus,
            spec,
        })
    }

    /// The label of a row.
    pub fn label(&self, row: usize) -> Option<&crate::model::Label> {
        self.corpus.codebook().get(self.matrix.rows.get(row)?.label)
    }

    /// The row of a label.
    pub fn row_of(&self, label: &LabelId) -> Option<usize> {
        let number = self.corpus.codebook().number(label)?;
        self.matrix.rows.iter().position(|r| r.label == number)
    }

    /// The column of a key.
    pub fn column_of(&self, key: &ColumnKey) -> Option<usize> {
        self.matrix.columns.iter().position(|c| c.key == *key)
    }

    /// How a value is written.
    pub fn value(&self, value: f64) -> String {
        match self.spec.measure {
            _ if value == 0.0 => String::new(),
            Measure::Count | Measure::Words => words::grouped(value as usize),
            Measure::Share => format!("{:.1} %", value * 100.0),
        }
    }
}

/// A matrix in the order in which it stands.
struct Table<'a> {
    shown: &'a Shown,
    rows: Vec<usize>,
    columns: Vec<usize>,
    sums: Option<(Vec<String>, Vec<String>)>,
}

impl grid::Source for Table<'_> {
    fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.columns.len())
    }

    fn row(&self, row: usize) -> Head {
        let Some(label) = self.shown.label(self.rows[row]) else {
            return Head::default();
        };
        let codebook = self.shown.corpus.codebook();
        let row = &self.shown.matrix.rows[self.rows[row]];
        let parent = codebook.family(row.label).len() > 1;
        Head {
            text: label.name.clone(),
            color: Some(label.color),
            depth: codebook.depth(row.label),
            folded: parent.then_some(row.folded),
            more: label.definition.clone(),
        }
    }

    fn column(&self, column: usize) -> Head {
        let column = &self.shown.matrix.columns[self.columns[column]];
        Head {
            text: column.title.clone(),
            more: match column.words {
                0 => column.title.clone(),
                n => format!("{} ({})", column.title, words::counted(n as usize, "word")),
            },
            ..Head::default()
        }
    }

    fn tile(&self, row: usize, column: usize) -> Tile {
        let (row, column) = (self.rows[row], self.columns[column]);
        let label = self.shown.label(row);
        let value = self.shown.matrix.cells[row][column];
        let text = self.shown.value(value);
        let told = if text.is_empty() { "none" } else { &text };
        Tile {
            name: format!(
                "{} in {}: {told}",
                label.map_or("", |l| &l.name),
                self.shown.matrix.columns[column].title
            ),
            share: (value / self.shown.highest.max(f64::MIN_POSITIVE)) as f32,
            color: label.map(|l| l.color),
            quiet: false,
            text,
        }
    }

    fn sums(&self) -> Option<(&[String], &[String])> {
        let (rows, columns) = self.sums.as_ref()?;
        Some((rows, columns))
    }

    fn moves(&self) -> bool {
        true
    }
}

impl State {
    fn spec(&self, view: &View) -> Spec {
        Spec {
            across: self.across.clone(),
            measure: self.measure,
            scope: view.scope.query().clone(),
            folded: view.folded(),
        }
    }

    /// What shows.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.worked.latest()?.as_ref().ok()
    }
}

/// Shows the tab.
pub fn show(view: &mut View, desk: &mut Desk<'_>, ui: &mut Ui) {
    controls(view, desk, ui);
    let spec = view.matrix.spec(view);
    let key = (desk.session.revision, spec.clone());
    let corpus = desk.session.corpus();
    let work = {
        let (revision, spec) = key.clone();
        move || Shown::new(revision, corpus, spec).map(Arc::new)
    };
    let result = view.matrix.worked.get(desk.workers, key, work);
    let error = result.and_then(|r| r.as_ref().err()).cloned();
    view.scope.told(ui, error.as_ref());
    let Some(shown) = view.matrix.shown().cloned() else {
        return;
    };
    if empty(&shown, view, desk, ui) {
        return;
    }
    let table = arrange(&shown, view, desk);
    let size = grid::Source::size(&table);
    let height = ui.available_height();
    let room = ui.available_size() - vec2(0.0, chips::height(view, height));
    let sizes = Sizes::fitting(size, room, false);
    let cursor = cursor(&table, view.matrix.chosen.as_ref());
    let answers = grid::show(ui, "labels by readings", &table, cursor, &sizes, room);
    for answer in answers {
        take(answer, &table, view, desk);
    }
    ui.add_space(10.0);
    chips::show(view, height, desk, ui);
}

/// Rows and columns in their order.
fn arrange<'a>(shown: &'a Arc<Shown>, view: &mut View, desk: &Desk<'_>) -> Table<'a> {
    let key = (shown.revision, shown.spec.clone());
    let mut similar = |axis: usize, order: &Order| -> Option<Vec<usize>> {
        if *order != Order::Similar {
            return None;
        }
        let from = Arc::clone(shown);
        let work = move || match axis {
            0 => by_similarity(&from.matrix.cells),
            _ => by_similarity(&turned(&from.matrix.cells)),
        };
        view.matrix.similar[axis]
            .get(desk.workers, key.clone(), work)
            .cloned()
    };
    let columns = view.kept.columns.get(&across_key(&shown.spec.across));
    let columns = columns.cloned().unwrap_or_default();
    let (by_row, by_column) = (similar(0, &view.kept.rows), similar(1, &columns));
    let rows = view.kept.rows.arrange(&shown.row_keys, by_row.as_deref());
    let columns = columns.arrange(&shown.column_keys, by_column.as_deref());
    let summable = view.matrix.sums && shown.spec.measure != Measure::Share;
    let sums = summable.then(|| {
        let write = |places: &[usize], sums: &[f64]| {
            places.iter().map(|at| shown.value(sums[*at])).collect()
        };
        (write(&rows, &shown.sums.0), write(&columns, &shown.sums.1))
    });
    Table {
        shown,
        rows,
        columns,
        sums,
    }
}

/// The matrix as it shows, to be taken away.
pub fn what(view: &View) -> Option<(Arc<Corpus>, What)> {
    let shown = view.matrix.shown()?;
    let columns = view.kept.columns.get(&across_key(&shown.spec.across));
    let columns = columns.cloned().unwrap_or_default();
    let similar = |axis: usize| view.matrix.similar[axis].latest().map(Vec::as_slice);
    let rows = view.kept.rows.arrange(&shown.row_keys, similar(0));
    let columns = columns.arrange(&shown.column_keys, similar(1));
    let what = What::Matrix {
        spec: shown.spec.clone(),
        found: arranged(&shown.matrix, &rows, &columns),
    };
    Some((Arc::clone(&shown.corpus), what))
}

fn turned(cells: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let columns = cells.first().map_or(0, Vec::len);
    let column = |at: usize| cells.iter().map(|row| row[at]).collect();
    (0..columns).map(column).collect()
}

fn cursor(table: &Table<'_>, chosen: Option<&(LabelId, Option<ColumnKey>)>) -> Option<Cursor> {
    let (label, column) = chosen?;
    let row = table.shown.row_of(label)?;
    let row = table.rows.iter().position(|at| *at == row)?;
    let Some(key) = column else {
        return Some((row, None));
    };
    let column = table.shown.column_of(key)?;
    let column = table.columns.iter().position(|at| *at == column)?;
    Some((row, Some(column)))
}

fn take(answer: Answer, table: &Table<'_>, view: &mut View, desk: &mut Desk<'_>) {
    let shown = table.shown;
    match answer {
        Answer::Choose((row, column)) => {
            let Some(label) = shown.label(table.rows[row]).map(|l| l.id.clone()) else {
                return;
            };
            let key = column.map(|c| shown.matrix.columns[table.columns[c]].key.clone());
            view.side.ask = key.clone().map(|key| Ask::Cell(label.clone(), key));
            view.matrix.chosen = Some((label, key));
        }
        Answer::Open((row, Some(column))) => {
            let (row, column) = (table.rows[row], table.columns[column]);
            let query = shown.matrix.query(&shown.corpus, &shown.spec, row, column);
            let request = excerpts::Request::Show(query);
            desk.commands.push(Command::Excerpts(request));
        }
        Answer::Open((row, None)) => fold(table, row, None, view),
        Answer::Fold(row, folded) => fold(table, row, Some(folded), view),
        Answer::MoveRow(from, to) => {
            let keys = table.rows.iter().map(|at| shown.row_keys[*at].clone());
            view.kept.rows.move_to(keys.collect(), from, to);
        }
        Answer::MoveColumn(from, to) => {
            let keys = table
                .columns
                .iter()
                .map(|at| shown.column_keys[*at].clone());
            let keys = keys.collect();
            let across = across_key(&shown.spec.across);
            view.kept
                .columns
                .entry(across)
                .or_default()
                .move_to(keys, from, to);
        }
    }
}

/// Folds or unfolds a row, or turns that round.
fn fold(table: &Table<'_>, row: usize, folded: Option<bool>, view: &mut View) {
    let row = table.rows[row];
    if let Some(label) = table.shown.label(row) {
        let folded = folded.unwrap_or(!table.shown.matrix.rows[row].folded);
        view.fold(&label.id, folded);
    }
}

fn across_key(across: &Across) -> String {
    match across {
        Across::Attribute(name) => format!("attribute {name}"),
        other => across_name(other).to_lowercase(),
    }
}

fn across_name(across: &Across) -> String {
    match across {
        Across::Readings => "Readings".to_owned(),
        Across::Years => "Years".to_owned(),
        Across::Coders => "Coders".to_owned(),
        Across::Stances => "Stances".to_owned(),
        Across::Attribute(name) => name.clone(),
    }
}

const MEASURES: [(Measure, &str); 3] = [
    (Measure::Count, "Highlights"),
    (Measure::Words, "Words"),
    (Measure::Share, "Share of the text"),
];

fn controls(view: &mut View, desk: &Desk<'_>, ui: &mut Ui) {
    let revision = desk.session.revision;
    if view
        .matrix
        .attributes
        .as_ref()
        .is_none_or(|(of, _)| *of != revision)
    {
        let shelves = desk.session.project().shelves();
        let names = shelves
            .iter()
            .flat_map(|s| s.reading.meta.attributes.keys());
        let names: BTreeSet<String> = names.cloned().collect();
        view.matrix.attributes = Some((revision, names.into_iter().collect()));
    }
    ui.horizontal_wrapped(|ui| {
        let state = &mut view.matrix;
        let combo = ComboBox::from_id_salt("columns").selected_text(across_name(&state.across));
        let response = combo.show_ui(ui, |ui| {
            let fixed = [
                Across::Readings,
                Across::Years,
                Across::Coders,
                Across::Stances,
            ];
            let named = state
                .attributes
                .iter()
                .flat_map(|(_, names)| names.iter().cloned());
            for across in fixed.into_iter().chain(named.map(Across::Attribute)) {
                let name = across_name(&across);
                ui.selectable_value(&mut state.across, across, name);
            }
        });
        access::name(&response.response, "Columns");
        let now = MEASURES.iter().find(|(m, _)| *m == state.measure);
        let combo = ComboBox::from_id_salt("measure").selected_text(now.map_or("", |(_, n)| n));
        let response = combo.show_ui(ui, |ui| {
            for (measure, name) in MEASURES {
                ui.selectable_value(&mut state.measure, measure, name);
            }
        });
        access::name(&response.response, "What is counted");
        let across = across_key(&state.across);
        let summable = state.measure != Measure::Share;
        super::menu(ui, "Arrange", |ui| {
            super::order_choices(ui, "Labels", &mut view.kept.rows);
            let columns = view.kept.columns.entry(across).or_default();
            super::order_choices(ui, "Columns", columns);
            ui.separator();
            let sums = egui::Checkbox::new(&mut view.matrix.sums, "Sums");
            ui.add_enabled(summable, sums);
        });
        let folded = !view.kept.folded.is_empty();
        let button = if folded { "Unfold all" } else { "Fold all" };
        if ui.button(button).clicked() {
            view.fold_all(desk.session.project(), !folded);
        }
        view.scope.show(ui);
    });
}

/// Says what to do where there is nothing to compare yet; whether it did.
fn empty(shown: &Shown, view: &View, desk: &mut Desk<'_>, ui: &mut Ui) -> bool {
    let told = if shown.corpus.sources().is_empty() {
        "Nothing to compare yet. Import readings with Ctrl+I, or drop files on the window."
    } else if shown.corpus.codebook().is_empty() {
        "No labels yet. In a reading, select a passage and type the name of one; what you tag adds up here."
    } else if shown.matrix.highlights == 0 && !view.scope.query().is_all() {
        "No highlight fits what stands in the line above. Take something out of it to see more."
    } else if shown.matrix.highlights == 0 {
        "No highlights yet. Select a passage in a reading and press a label’s digit; each label becomes a row here, each reading a column."
    } else {
        return false;
    };
    super::teach(ui, told, desk);
    true
}
