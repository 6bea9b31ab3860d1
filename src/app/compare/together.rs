//! Labels × labels: which stand together, as counts or as Jaccard's index. A tile opens its pairs.

use std::sync::Arc;

use egui::{ComboBox, DragValue, Ui};

use super::{
    Desk, State as View,
    grid::{self, Answer, Cursor, Head, Measure, Tile},
    order::Order,
    side::Ask,
};
use crate::{
    analysis::{
        Corpus,
        cooccur::{Cooccurrence, Nearness, Spec, cooccurrence},
        order::by_similarity,
        query::QueryError,
    },
    app::{access, words, worker::Worked},
    export::finding::{What, arranged_labels},
    model::{Label, LabelId},
};

/// What this tab keeps.
#[derive(Default)]
pub struct State {
    nearness: Nearness,
    /// How many words may lie between, while that is not what is asked for.
    words: u32,
    jaccard: bool,
    same_coder: bool,
    chosen: Option<(LabelId, Option<LabelId>)>,
    worked: Worked<(u64, Spec), Result<Arc<Shown>, QueryError>>,
    similar: Worked<(u64, Spec), Vec<usize>>,
}

/// Which labels stand together, with what that was worked out from.
pub struct Shown {
    /// The revision of the project.
    pub revision: u64,
    /// The project then.
    pub corpus: Arc<Corpus>,
    /// What was asked.
    pub spec: Spec,
    /// The answer.
    pub found: Cooccurrence,
    keys: Vec<String>,
    highest: u32,
}

impl Shown {
    fn new(revision: u64, corpus: Arc<Corpus>, spec: Spec) -> Result<Self, QueryError> {
        let found = cooccurrence(&corpus, &spec)?;
        let key = |at| {
            corpus
                .codebook()
                .get(at)
                .map_or_else(String::new, |l| l.id.to_string())
        };
        Ok(Self {
            revision,
            keys: found.labels.iter().map(|at| key(*at)).collect(),
            highest: found
                .pairs
                .iter()
                .flatten()
                .copied()
                .max()
                .unwrap_or_default(),
            found,
            corpus,
            spec,
        })
    }

    fn label(&self, at: usize) -> Option<&Label> {
        self.corpus.codebook().get(*self.found.labels.get(at)?)
    }

    fn place(&self, label: &LabelId) -> Option<usize> {
        let number = self.corpus.codebook().number(label)?;
        self.found.labels.iter().position(|at| *at == number)
    }
}

struct Table<'a> {
    shown: &'a Shown,
    places: Vec<usize>,
    jaccard: bool,
}

impl grid::Source for Table<'_> {
    fn size(&self) -> (usize, usize) {
        (self.places.len(), self.places.len())
    }

    fn row(&self, row: usize) -> Head {
        let Some(label) = self.shown.label(self.places[row]) else {
            return Head::default();
        };
        let codebook = self.shown.corpus.codebook();
        let number = self.shown.found.labels[self.places[row]];
        Head {
            text: label.name.clone(),
            color: Some(label.color),
            depth: codebook.depth(number),
            folded: (codebook.family(number).len() > 1)
                .then(|| self.shown.spec.folded.contains(&label.id)),
            more: label.definition.clone(),
        }
    }

    fn column(&self, column: usize) -> Head {
        Head {
            depth: 0,
            folded: None,
            ..self.row(column)
        }
    }

    fn tile(&self, row: usize, column: usize) -> Tile {
        let (a, b) = (self.places[row], self.places[column]);
        let name = |at| self.shown.label(at).map_or("", |l| l.name.as_str());
        if a == b {
            let total = self.shown.found.totals[a] as usize;
            return Tile {
                text: format!("({})", words::grouped(total)),
                name: format!("{}: {} in all", name(a), words::counted(total, "highlight")),
                quiet: true,
                ..Tile::default()
            };
        }
        let (pairs, index) = (self.shown.found.pairs[a][b], self.shown.found.jaccard[a][b]);
        let (text, share) = match self.jaccard {
            true => (format!("{index:.2}"), index as f32),
            false => {
                let share = f64::from(pairs) / f64::from(self.shown.highest.max(1));
                (words::grouped(pairs as usize), share as f32)
            }
        };
        let text = if pairs == 0 { String::new() } else { text };
        let told = match (pairs, self.jaccard) {
            (0, _) => "none".to_owned(),
            (_, true) => format!("{text}, {}", words::counted(pairs as usize, "pair")),
            (_, false) => words::counted(pairs as usize, "pair"),
        };
        Tile {
            name: format!("{} with {}: {told}", name(a), name(b)),
            color: self.shown.label(a).map(|l| l.color),
            quiet: false,
            text,
            share,
        }
    }

    fn sums(&self) -> Option<(&[String], &[String])> {
        None
    }

    fn moves(&self) -> bool {
        true
    }
}

impl State {
    fn spec(&self, view: &View) -> Spec {
        Spec {
            nearness: self.nearness,
            scope: view.scope.query().clone(),
            folded: view.folded(),
            same_coder: self.same_coder,
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
    let spec = view.together.spec(view);
    let revision = desk.session.revision;
    let corpus = desk.session.corpus();
    let asked = spec.clone();
    let work = move || Shown::new(revision, corpus, asked).map(Arc::new);
    let result = view
        .together
        .worked
        .get(desk.workers, (revision, spec), work);
    let error = result.and_then(|r| r.as_ref().err()).cloned();
    view.scope.told(ui, error.as_ref());
    let Some(shown) = view.together.shown().cloned() else {
        return;
    };
    if shown.found.labels.is_empty() || shown.highest == 0 {
        let told = match shown.spec.nearness {
            _ if shown.found.totals.iter().all(|n| *n == 0) => {
                "No highlights yet. Tag passages with labels; those that stand together show here."
            }
            Nearness::Overlap => {
                "No two labels overlap. Choose a wider relation above, such as the same paragraph."
            }
            _ => "No two labels stand that near each other. Choose a wider relation above.",
        };
        super::teach(ui, told, desk);
        return;
    }
    let similar = match view.kept.rows {
        Order::Similar => {
            let key = (shown.revision, shown.spec.clone());
            let from = Arc::clone(&shown);
            let work = move || by_similarity(&from.found.jaccard);
            view.together.similar.get(desk.workers, key, work).cloned()
        }
        _ => None,
    };
    let table = Table {
        places: view.kept.rows.arrange(&shown.keys, similar.as_deref()),
        jaccard: view.together.jaccard,
        shown: &shown,
    };
    let room = ui.available_size();
    let sizes = Measure::fitting(grid::Source::size(&table), room, true);
    let cursor = cursor(&table, view.together.chosen.as_ref());
    for answer in grid::show(ui, "labels by labels", &table, cursor, &sizes, room) {
        take(answer, &table, view, desk);
    }
}

/// What shows, to be taken away.
pub fn what(view: &View) -> Option<(Arc<Corpus>, What)> {
    let state = &view.together;
    let shown = state.shown()?;
    let similar = state.similar.latest().map(Vec::as_slice);
    let order = view.kept.rows.arrange(&shown.keys, similar);
    let what = What::Cooccurrence {
        spec: shown.spec.clone(),
        found: arranged_labels(&shown.found, &order),
        jaccard: state.jaccard,
        bows: false,
    };
    Some((Arc::clone(&shown.corpus), what))
}

fn cursor(table: &Table<'_>, chosen: Option<&(LabelId, Option<LabelId>)>) -> Option<Cursor> {
    let (row, column) = chosen?;
    let at = |label: &LabelId| {
        let place = table.shown.place(label)?;
        table.places.iter().position(|p| *p == place)
    };
    Some((
        at(row)?,
        match column {
            Some(column) => Some(at(column)?),
            None => None,
        },
    ))
}

fn take(answer: Answer, table: &Table<'_>, view: &mut View, desk: &mut Desk<'_>) {
    let shown = table.shown;
    let id = |at: usize| shown.label(table.places[at]).map(|l| l.id.clone());
    match answer {
        Answer::Choose((row, column)) => {
            let Some(a) = id(row) else { return };
            let b = column.and_then(id);
            if let Some(b) = b.clone().filter(|b| *b != a) {
                view.side.ask = Some(Ask::Pairs(shown.spec.clone(), a.clone(), b));
            }
            view.together.chosen = Some((a, b));
        }
        Answer::Open((row, Some(column))) => {
            if let Some((a, b)) = id(row).zip(id(column)).filter(|(a, b)| a != b) {
                view.side.ask = Some(Ask::Pairs(shown.spec.clone(), a, b));
                view.side.open = true;
            }
        }
        Answer::Open((row, None)) => {
            let folded = id(row).is_some_and(|id| shown.spec.folded.contains(&id));
            id(row).into_iter().for_each(|id| view.fold(&id, !folded));
        }
        Answer::Fold(row, folded) => id(row).into_iter().for_each(|id| view.fold(&id, folded)),
        Answer::MoveRow(from, to) | Answer::MoveColumn(from, to) => {
            let keys = table.places.iter().map(|at| shown.keys[*at].clone());
            view.kept.rows.move_to(keys.collect(), from, to);
        }
    }
    let _ = desk;
}

fn controls(view: &mut View, desk: &Desk<'_>, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        let state = &mut view.together;
        let words = match state.nearness {
            Nearness::Words(n) => n,
            _ if state.words == 0 => 20,
            _ => state.words,
        };
        let all = [
            (Nearness::Overlap, "Overlapping passages"),
            (Nearness::Sentence, "In one sentence"),
            (Nearness::Paragraph, "In one paragraph"),
            (Nearness::Words(words), "Within some words"),
        ];
        let now = all.iter().find(|(n, _)| *n == state.nearness);
        let combo = ComboBox::from_id_salt("nearness").selected_text(now.map_or("", |(_, n)| n));
        let response = combo.show_ui(ui, |ui| {
            for (nearness, name) in all {
                ui.selectable_value(&mut state.nearness, nearness, name);
            }
        });
        access::name(&response.response, "When labels stand together");
        if let Nearness::Words(n) = &mut state.nearness {
            let response = ui.add(DragValue::new(n).range(1..=500).suffix(" words"));
            access::name(&response, "Words between");
            state.words = *n;
        }
        for (jaccard, name) in [(false, "Pairs"), (true, "Jaccard")] {
            let help = match jaccard {
                true => "Of the highlights with either label, the share that stands together with the other (Jaccard 1901).",
                false => "How many pairs of highlights stand together.",
            };
            let chosen = ui.selectable_label(state.jaccard == jaccard, name).on_hover_text(help);
            if chosen.clicked() {
                state.jaccard = jaccard;
            }
        }
        super::menu(ui, "Arrange", |ui| {
            super::order_choices(ui, "Labels", &mut view.kept.rows);
            ui.separator();
            ui.checkbox(&mut state.same_coder, "Of one coder")
                .on_hover_text("Only passages of the same coder stand together.");
        });
        let folded = !view.kept.folded.is_empty();
        if ui.button(if folded { "Unfold all" } else { "Fold all" }).clicked() {
            view.fold_all(desk.session.project(), !folded);
        }
        view.scope.show(ui);
    });
}
