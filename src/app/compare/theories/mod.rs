//! Theory against theory: what each reading does with a theory, or with two that contrast. A row is a reading, a column a
//! stance; a cell has the best quotes, and below them what one claims oneself.

mod cell;
mod table;

use std::{collections::BTreeSet, sync::Arc};

use egui::{RichText, Ui};

use super::{Desk, State as View, chooser};
use crate::{
    analysis::{
        Corpus,
        contrast::{self, Contrast, STANCES, Spec},
        query::{Place, QueryError},
    },
    app::{theme, worker::Worked},
    export::cite::Names,
    model::{Label, LabelId, ReadingId, Stance},
};

pub use self::cell::carry_out_stance;

/// The order in which columns show, as places in [`STANCES`]: first what has no stance yet, to be drawn from there to where it
/// belongs.
const SHOWN: [usize; STANCES.len()] = [5, 0, 1, 2, 3, 4];

/// What this tab keeps.
#[derive(Default)]
pub struct State {
    /// Whether columns without anything are left out.
    hide_empty: bool,
    /// Whether readings without anything are left out.
    hide_readings: bool,
    /// Whether the panels at the sides give way to the table.
    pub wide: bool,
    worked: Worked<(u64, Spec), Result<Arc<Shown>, QueryError>>,
    /// How readings are cited, for a revision.
    names: Option<(u64, Arc<Names>)>,
    heights: table::Heights,
    /// Cells of which all quotes show.
    unfolded: BTreeSet<(ReadingId, LabelId, Option<Stance>)>,
}

/// A table with what it was worked out from.
pub struct Shown {
    /// The project then.
    pub corpus: Arc<Corpus>,
    /// What was asked.
    pub spec: Spec,
    /// The answer.
    pub contrast: Contrast,
    /// For each of [`STANCES`], how many quotes there are.
    counts: [usize; 6],
    /// For each of [`STANCES`], whether there are quotes or claims.
    filled: [bool; 6],
    /// The theory to begin with, where none was asked for.
    usual: Option<LabelId>,
}

impl Shown {
    fn new(corpus: Arc<Corpus>, spec: Spec) -> Result<Self, QueryError> {
        let contrast = match spec.theories.is_empty() {
            true => Contrast::default(),
            false => contrast::contrast(&corpus, &spec)?,
        };
        let cells = |at: usize| {
            let rows = contrast.rows.iter();
            rows.flat_map(move |row| row.cells.iter().map(move |cells| &cells[at]))
        };
        let count = |at: usize| cells(at).map(|cell| cell.quotes.len()).sum();
        let filled = |at: usize| cells(at).any(|c| !c.quotes.is_empty() || !c.claims.is_empty());
        Ok(Self {
            counts: std::array::from_fn(count),
            filled: std::array::from_fn(filled),
            usual: spec.theories.is_empty().then(|| usual(&corpus)).flatten(),
            contrast,
            corpus,
            spec,
        })
    }

    /// The theory in a place of the spec.
    pub fn theory(&self, at: usize) -> Option<&Label> {
        let codebook = self.corpus.codebook();
        codebook.get(codebook.number(self.spec.theories.get(at)?)?)
    }
}

/// The label with the most highlights whose stance was said, or else with the most highlights.
fn usual(corpus: &Corpus) -> Option<LabelId> {
    let labels = corpus.codebook().labels();
    let mut counts = vec![(0, 0); labels.len()];
    for coding in corpus.sources().iter().flat_map(|s| s.codings()) {
        for label in &coding.labels {
            let (said, all) = &mut counts[*label as usize];
            *said += u32::from(coding.highlight.stance.is_some());
            *all += 1;
        }
    }
    let best = (0..labels.len()).rev().max_by_key(|at| counts[*at])?;
    Some(labels[best].id.clone())
}

/// The highlights of a cell, and what the cell is called.
pub fn places(
    shown: &Shown,
    label: &LabelId,
    reading: &ReadingId,
    stance: Option<Stance>,
) -> Option<(String, Vec<Place>)> {
    let theory = shown.spec.theories.iter().position(|id| id == label)?;
    let row = shown
        .contrast
        .rows
        .iter()
        .find(|row| row.reading == *reading)?;
    let at = STANCES.iter().position(|s| *s == stance)?;
    let quotes = row.cells[theory][at].quotes.iter();
    let source = shown.corpus.source(reading)?;
    let title = format!(
        "{} {} {}",
        source.reading.meta.citation(),
        stance_word(stance),
        shown.theory(theory)?.name
    );
    Some((title, quotes.map(|quote| quote.place).collect()))
}

/// What stands between a reading and a theory.
fn stance_word(stance: Option<Stance>) -> &'static str {
    stance.map_or("on", Stance::word)
}

/// The heading of a column.
fn stance_title(stance: Option<Stance>) -> &'static str {
    match stance {
        Some(Stance::Supports) => "Supports",
        Some(Stance::Contests) => "Contests",
        Some(Stance::Qualifies) => "Qualifies",
        Some(Stance::Defines) => "Defines",
        Some(Stance::Applies) => "Applies",
        None => "No stance",
    }
}

impl State {
    /// What shows.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.worked.latest()?.as_ref().ok()
    }
}

/// Shows the tab.
pub fn show(view: &mut View, desk: &mut Desk<'_>, ui: &mut Ui) {
    let project = desk.session.project();
    let known = |id: &String| {
        LabelId::new(id)
            .ok()
            .filter(|id| project.label(id).is_some())
    };
    let theories: Vec<LabelId> = view.kept.theories.iter().filter_map(known).collect();
    controls(view, desk, &theories, ui);
    let spec = Spec {
        theories,
        scope: view.scope.query().clone(),
        empty_rows: !view.theories.hide_readings,
    };
    let revision = desk.session.revision;
    let corpus = desk.session.corpus();
    let asked = spec.clone();
    let work = move || Shown::new(corpus, asked).map(Arc::new);
    let result = view
        .theories
        .worked
        .get(desk.workers, (revision, spec), work);
    let error = result.and_then(|r| r.as_ref().err()).cloned();
    view.scope.told(ui, error.as_ref());
    let Some(shown) = view.theories.shown().cloned() else {
        return;
    };
    if shown.corpus.codebook().is_empty() {
        let told = "No labels yet. A theory is a label: make one with Ctrl+L, tag passages with it, and say what each does \
                    with the theory: supports, contests, qualifies, defines, applies.";
        return super::teach(ui, told, desk);
    }
    if let Some(usual) = shown
        .usual
        .clone()
        .filter(|_| view.kept.theories.is_empty())
    {
        view.kept.theories = vec![usual.to_string()];
        ui.ctx().request_repaint();
        return;
    }
    if shown.contrast.rows.is_empty() {
        let told = match (shown.corpus.sources().is_empty(), shown.theory(0)) {
            (true, _) => {
                "No readings yet. Import some with Ctrl+I, or drop files on the window.".to_owned()
            }
            (_, Some(label)) => format!(
                "No reading has anything on “{}” yet. Tag a passage with it and say under the quote what the passage does with \
                 the theory; it shows here.",
                label.name
            ),
            (_, None) => "Choose a theory above.".to_owned(),
        };
        return super::teach(ui, &told, desk);
    }
    if view
        .theories
        .names
        .as_ref()
        .is_none_or(|(of, _)| *of != revision)
    {
        view.theories.names = Some((revision, Arc::new(Names::of(desk.session.project()))));
    }
    table::show(&shown, view, desk, ui);
}

fn controls(view: &mut View, desk: &mut Desk<'_>, theories: &[LabelId], ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let project = desk.session.project();
    ui.horizontal_wrapped(|ui| {
        let first = theories.first();
        if let Some(Some(chosen)) = chooser::show(ui, project, "Theory", first, None) {
            set(view, 0, Some(chosen));
        }
        if let Some(label) = first.and_then(|id| project.label(id)) {
            ui.label(RichText::new("against").color(palette.dim));
            let second = theories.get(1);
            let name = "Theory that it is set against";
            if let Some(chosen) = chooser::show(ui, project, name, second, Some("no other")) {
                set(view, 1, chosen);
            }
            let contrast = label.contrast.as_ref().and_then(|id| project.label(id));
            if let Some(other) = contrast.filter(|_| second.is_none()) {
                let offer = RichText::new(format!("Against {}", other.name));
                let button = ui.button(offer.color(palette.label_text(other.color)));
                let help = "The codebook says that the two contrast.";
                if button.on_hover_text(help).clicked() {
                    set(view, 1, Some(other.id.clone()));
                }
            }
            if second.is_some() && ui.button("Swap").on_hover_text("The second theory comes first.").clicked() {
                view.kept.theories.swap(0, 1);
            }
        }
        super::menu(ui, "Arrange", |ui| {
            ui.checkbox(&mut view.theories.hide_empty, "Hide empty columns");
            ui.checkbox(&mut view.theories.hide_readings, "Hide empty readings");
        });
        ui.checkbox(&mut view.theories.wide, "Hide panels")
            .on_hover_text("Gives the table the whole window, for a seminar’s screen. Ctrl+plus sets it larger.");
        view.scope.show(ui);
    });
}

/// Sets the first or the second theory. One is not set against itself.
fn set(view: &mut View, at: usize, chosen: Option<LabelId>) {
    let theories = &mut view.kept.theories;
    let Some(id) = chosen.map(|id| id.to_string()) else {
        theories.truncate(1);
        return;
    };
    if theories.len() == 2 && theories[1 - at] == id {
        theories.swap(0, 1);
    } else if at < theories.len() {
        theories[at] = id;
    } else if theories.first() != Some(&id) {
        theories.push(id);
    }
}
