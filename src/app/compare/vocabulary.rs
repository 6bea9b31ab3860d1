//! Words: which stand out in the excerpts of a label against the rest. A word is found by a click, and made a cue by another.

use std::{cmp::Ordering, sync::Arc};

use egui::{
    Align2, ComboBox, Id, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::{Desk, Request, State as View, chooser};
use crate::{
    analysis::{
        Corpus,
        keyness::{self, Against, Keyness, Spec, Word},
        query::{Query, QueryError},
    },
    app::{Command, Session, access, excerpts, theme, words, worker::Worked},
    edit::compose,
    model::{Label, LabelId},
};

/// What the rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sorting {
    #[default]
    Keyness,
    Word,
    Here,
    There,
    Ratio,
}

/// What this tab keeps.
#[derive(Default)]
pub struct State {
    label: Option<LabelId>,
    spec: Spec,
    sorting: Sorting,
    worked: Worked<(u64, Spec), Result<Arc<Shown>, QueryError>>,
    /// The rows in order, for what shows and how it is sorted.
    order: Option<(usize, Sorting, Vec<usize>)>,
}

/// The words with what they were worked out from.
pub struct Shown {
    /// The project then.
    pub corpus: Arc<Corpus>,
    /// What was asked.
    pub spec: Spec,
    /// The answer.
    pub found: Keyness,
}

impl State {
    /// What shows.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.worked.latest()?.as_ref().ok()
    }
}

/// A query for a label and those under it.
fn of_label(label: &Label) -> Query {
    let name = label.name.replace('\\', "\\\\").replace('"', "\\\"");
    Query::parse(&format!("label:\"{name}\"")).unwrap_or_default()
}

/// Shows the tab.
pub fn show(view: &mut View, desk: &mut Desk<'_>, ui: &mut Ui) {
    controls(view, desk, ui);
    let project = desk.session.project();
    let label = (view.words.label.as_ref())
        .and_then(|id| project.label(id))
        .cloned();
    let scope = view.scope.query().clone();
    if label.is_none() && scope.is_all() {
        let told = "Choose a label to see which words stand out in its excerpts, or write above which excerpts are meant.";
        return super::teach(ui, told, desk);
    }
    let spec = Spec {
        target: Query::all_of(label.iter().map(of_label).chain([scope])),
        ..view.words.spec.clone()
    };
    let corpus = desk.session.corpus();
    let asked = spec.clone();
    let work = move || {
        let found = keyness::keyness(&corpus, &asked)?;
        Ok(Arc::new(Shown {
            corpus,
            spec: asked,
            found,
        }))
    };
    let key = (desk.session.revision, spec);
    let result = view.words.worked.get(desk.workers, key, work);
    let error = result.and_then(|r| r.as_ref().err()).cloned();
    view.scope.told(ui, error.as_ref());
    let Some(shown) = view.words.shown().cloned() else {
        return;
    };
    if shown.found.words.is_empty() {
        let told = match shown.found.here {
            0 => "No excerpts yet. Tag passages with the label first.",
            _ => {
                "No word occurs often enough there. Lower how often words have to occur, or let stop words in."
            }
        };
        return super::teach(ui, told, desk);
    }
    let against = match shown.spec.against {
        Against::Excerpts => "the other excerpts",
        Against::Texts => "the rest of the readings",
    };
    let palette = theme::palette(ui.ctx());
    let told = format!(
        "{} in the excerpts against {} in {against}. Keyness is log-likelihood (Dunning 1993); above 10.83, chance is below 1 in 1,000.",
        words::counted(shown.found.here as usize, "word"),
        words::grouped(shown.found.there as usize),
    );
    ui.label(egui::RichText::new(told).size(12.5).color(palette.dim));
    ui.add_space(4.0);
    table(&shown, label.as_ref(), &mut view.words, desk, ui);
}

fn controls(view: &mut View, desk: &Desk<'_>, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        let state = &mut view.words;
        let project = desk.session.project();
        let now = state.label.clone();
        let chosen = chooser::show(
            ui,
            project,
            "Words of",
            now.as_ref(),
            Some("no label: what fits the line"),
        );
        if let Some(chosen) = chosen {
            state.label = chosen;
        }
        let all = [
            (Against::Texts, "against the rest of the text"),
            (Against::Excerpts, "against other excerpts"),
        ];
        let shown = all.iter().find(|(a, _)| *a == state.spec.against);
        let combo = ComboBox::from_id_salt("against").selected_text(shown.map_or("", |(_, n)| n));
        let response = combo.show_ui(ui, |ui| {
            for (against, name) in all {
                ui.selectable_value(&mut state.spec.against, against, name);
            }
        });
        access::name(&response.response, "Compared with");
        let longest = |n: usize| match n {
            1 => "single words".to_owned(),
            n => format!("up to {n} words"),
        };
        let combo = ComboBox::from_id_salt("phrases").selected_text(longest(state.spec.longest));
        let response = combo.show_ui(ui, |ui| {
            for n in 1..=4 {
                ui.selectable_value(&mut state.spec.longest, n, longest(n));
            }
        });
        access::name(&response.response, "Length of phrases");
        ui.checkbox(&mut state.spec.stems, "Stems").on_hover_text(
            "Forms of one word count as one: ally, allies, allied (English and Russian).",
        );
        ui.checkbox(&mut state.spec.stop_words, "Leave out stop words");
        let least = egui::DragValue::new(&mut state.spec.least)
            .range(1..=100)
            .prefix("at least ")
            .suffix("×");
        let response = ui.add(least);
        access::name(&response, "How often words have to occur");
        view.scope.show(ui);
    });
}

/// Where the columns stand, from the left edge of the table to the right edge of each.
const COLUMNS: [(Sorting, &str, f32); 5] = [
    (Sorting::Word, "Word", 220.0),
    (Sorting::Here, "Here", 290.0),
    (Sorting::There, "There", 370.0),
    (Sorting::Keyness, "Keyness", 460.0),
    (Sorting::Ratio, "Log ratio", 550.0),
];
const ROW: f32 = 28.0;

fn table(
    shown: &Arc<Shown>,
    label: Option<&Label>,
    state: &mut State,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    headings(state, ui);
    let which = Arc::as_ptr(shown) as usize;
    if (state.order.as_ref()).is_none_or(|(of, by, _)| (*of, *by) != (which, state.sorting)) {
        let order = sorted(&shown.found.words, state.sorting);
        state.order = Some((which, state.sorting, order));
    }
    let Some((_, _, order)) = &state.order else {
        return;
    };
    let highest = shown
        .found
        .words
        .iter()
        .map(|w| w.keyness)
        .fold(1.0, f64::max);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("words")
        .auto_shrink(false)
        .show_rows(ui, ROW, order.len(), |ui, rows| {
            for at in &order[rows] {
                row(&shown.found.words[*at], highest, label, desk, ui);
            }
        });
}

fn sorted(words: &[Word], by: Sorting) -> Vec<usize> {
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&words[*a], &words[*b]);
        match by {
            Sorting::Keyness => Ordering::Equal,
            Sorting::Word => a.word.cmp(&b.word),
            Sorting::Here => b.here.cmp(&a.here),
            Sorting::There => b.there.cmp(&a.there),
            Sorting::Ratio => b.log_ratio.total_cmp(&a.log_ratio),
        }
    });
    order
}

fn headings(state: &mut State, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let mut left = rect.left();
    for (by, name, right) in COLUMNS {
        let area = Rect::from_min_max(
            pos2(left, rect.top()),
            pos2(rect.left() + right, rect.bottom()),
        );
        left = area.right();
        let response = ui.interact(area, Id::unique(("sort words by", name)), Sense::click());
        let chosen = state.sorting == by;
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::Button,
                true,
                chosen,
                format!("Sort by {}", name.to_lowercase()),
            )
        });
        let color = if chosen { palette.ink } else { palette.dim };
        let font = if chosen {
            theme::sans_bold(12.5)
        } else {
            theme::sans(12.5)
        };
        let (at, align) = match by {
            Sorting::Word => (area.left_center() + vec2(8.0, 0.0), Align2::LEFT_CENTER),
            _ => (area.right_center() - vec2(6.0, 0.0), Align2::RIGHT_CENTER),
        };
        ui.painter().text(at, align, name, font, color);
        if response.has_focus() {
            let line = Stroke::new(1.5, palette.accent);
            ui.painter()
                .rect_stroke(area.shrink(1.0), 5.0, line, StrokeKind::Inside);
        }
        if response.clicked() {
            state.sorting = by;
        }
    }
    let line = Stroke::new(1.0, palette.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
}

fn row(word: &Word, highest: f64, label: Option<&Label>, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let end = COLUMNS[4].2;
    let area = Rect::from_min_max(rect.min, pos2(rect.left() + end + 8.0, rect.bottom()));
    let response = ui.interact(area, Id::unique(("word", &word.word)), Sense::click());
    response.widget_info(|| {
        let name = format!(
            "Find “{}”: {} here, {} there, keyness {:.1}, log ratio {:.1}",
            word.word, word.here, word.there, word.keyness, word.log_ratio
        );
        WidgetInfo::labeled(Role::Button, true, name)
    });
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(area, 5.0, palette.line.gamma_multiply(0.45));
    }
    if response.has_focus() {
        painter.rect_stroke(
            area,
            5.0,
            Stroke::new(1.5, palette.accent),
            StrokeKind::Inside,
        );
    }
    let [_, _, there, key, _] = COLUMNS.map(|(.., right)| rect.left() + right);
    let share = (word.keyness.max(0.0) / highest) as f32;
    let bar = Rect::from_min_max(
        pos2(there + 14.0, rect.bottom() - 5.0),
        pos2(
            there + 14.0 + (key - there - 20.0) * share,
            rect.bottom() - 3.0,
        ),
    );
    let color = label.map_or(palette.accent, |l| palette.label_mark(l.color));
    painter.rect_filled(bar, 1.0, color);
    let mid = rect.center().y;
    let clipped = ui.painter_at(area.with_max_x(rect.left() + COLUMNS[0].2));
    let at = pos2(rect.left() + 8.0, mid);
    clipped.text(
        at,
        Align2::LEFT_CENTER,
        &word.word,
        theme::sans(14.0),
        palette.ink,
    );
    let numbers = [
        words::grouped(word.here as usize),
        words::grouped(word.there as usize),
        format!("{:.1}", word.keyness),
        format!("{:+.1}", word.log_ratio),
    ];
    for (number, (.., right)) in numbers.iter().zip(&COLUMNS[1..]) {
        let at = pos2(rect.left() + right - 6.0, mid);
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            number,
            theme::sans(13.0),
            palette.ink,
        );
    }
    if response.clicked() {
        desk.commands.push(find(&word.word));
    }
    if let Some(label) = label {
        add_cue(word, label, pos2(area.right() + 12.0, mid), desk, ui);
    }
}

/// The word in the excerpts.
fn find(word: &str) -> Command {
    let text = word.replace('\\', "\\\\").replace('"', "\\\"");
    let query = Query::parse(&format!("text:\"{text}\"")).unwrap_or_default();
    Command::Excerpts(excerpts::Request::Show(query))
}

fn add_cue(word: &Word, label: &Label, at: egui::Pos2, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let there = label
        .cues
        .iter()
        .any(|cue| cue.eq_ignore_ascii_case(&word.word));
    let text = if there { "is a cue" } else { "add as cue" };
    let area = Rect::from_min_size(pos2(at.x, at.y - 11.0), vec2(82.0, 22.0));
    let sense = if there {
        Sense::hover()
    } else {
        Sense::click()
    };
    let response = ui.interact(area, Id::unique(("cue", &word.word)), sense);
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            !there,
            format!("Add “{}” as a cue", word.word),
        )
    });
    let color = if there { palette.dim } else { palette.accent };
    if response.has_focus() {
        let line = Stroke::new(1.5, palette.accent);
        ui.painter()
            .rect_stroke(area, 5.0, line, StrokeKind::Inside);
    } else if response.hovered() && !there {
        ui.painter()
            .rect_filled(area, 5.0, palette.line.gamma_multiply(0.45));
    }
    let at = pos2(area.left() + 8.0, area.center().y);
    ui.painter()
        .text(at, Align2::LEFT_CENTER, text, theme::sans(12.5), color);
    if response.clicked() {
        let request = Request::AddCue(label.id.clone(), word.word.clone());
        desk.commands.push(Command::Compare(request));
    }
}

/// Adds a cue to a label.
pub fn carry_out_cue(
    session: &mut Session,
    label: &LabelId,
    cue: String,
) -> Result<Option<String>, String> {
    let Some(label) = session.project().label(label) else {
        return Ok(None);
    };
    let told = format!(
        "“{cue}” is a cue of “{}” now. Ctrl+Z takes it back.",
        label.name
    );
    let mut label = label.clone();
    label.cues.push(cue);
    let edit = compose::save_label(session.project(), label);
    session.perform(edit)?;
    Ok(Some(told))
}
