//! The list of readings at the left, each with a strip of where its highlights lie.

use egui::{Align2, Key, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    App, Command, Session, View, action::Action, excerpts::Request, keys, review, theme, words,
};
use crate::{
    model::{LabelId, Reading, Shelf},
    text::Span,
};

/// The strip of a reading: which label leads in each of its parts, from start to end.
pub type Strip = Vec<Option<LabelId>>;

/// How many parts a strip has.
const PARTS: u32 = 56;
const ROW: f32 = 66.0;
/// The room for how many highlights were lost.
const LOST: f32 = 62.0;

/// What a click does where excerpts show.
const FILTERS: &str =
    "Click: only its excerpts; Ctrl+click: these too. Double click or Enter: open it.";

/// Shows the list.
pub fn show(app: &mut App, ui: &mut Ui) {
    let App {
        screen: super::Screen::Open(session),
        commands,
        ..
    } = app
    else {
        return;
    };
    heading(ui, "Readings", "Import readings", |_, pressed| {
        if pressed {
            commands.push(Command::Do(Action::Import));
        }
    });
    let ids: Vec<_> = session
        .project()
        .shelves()
        .iter()
        .map(|s| s.reading.id.clone())
        .collect();
    let hovering = ui.input(|i| !i.raw.hovered_files.is_empty());
    if hovering {
        let palette = theme::palette(ui.ctx());
        let told = "Drop a file on a reading to put it in its place, or anywhere else to add it.";
        ui.label(egui::RichText::new(told).size(12.5).color(palette.accent));
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let reach = reach(ui);
        for id in &ids {
            let next = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW));
            if !reach.intersects(next) {
                ui.allocate_space(row_size(ui));
                continue;
            }
            if ui.is_rect_visible(next) {
                refresh_strip(session, id);
            }
            let Some(shelf) = session.project().shelf(id) else {
                continue;
            };
            let filters = session.view == View::Excerpts;
            let chosen = match filters {
                true => session.excerpts.filters_reading(&shelf.reading),
                false => session.reading.as_ref() == Some(id),
            };
            let lost = review::lost_count(session.project(), &shelf.reading);
            let response = row(ui, session, shelf, chosen, lost);
            if lost > 0 && lost_link(ui, &response, &shelf.reading.meta.title, lost) {
                commands.push(Command::FindLost(id.clone()));
            }
            if ui.is_rect_visible(response.rect) {
                let shown = response.rect.intersect(ui.clip_rect());
                session.rows.push((id.clone(), shown));
            }
            if response.gained_focus() {
                response.scroll_to_me(None);
            }
            let enter = response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            if !filters && response.clicked() {
                commands.push(Command::Show(id.clone()));
            } else if filters && (enter || response.double_clicked()) {
                // The first of the two clicks chose the reading's excerpts, or let go of them.
                if !enter {
                    commands.push(Command::Excerpts(Request::Reading(id.clone(), false)));
                }
                commands.push(Command::Show(id.clone()));
            } else if filters && response.clicked() {
                let more = keys::of_click(ui).command;
                commands.push(Command::Excerpts(Request::Reading(id.clone(), more)));
            }
            let response = match filters {
                true => response.on_hover_text(FILTERS),
                false => response,
            };
            response.context_menu(|ui| {
                let actions = [
                    Some(Action::ReadingDetails),
                    Some(Action::ReplaceReading),
                    Some(Action::Lost).filter(|_| lost > 0),
                    Some(Action::RemoveReading),
                ];
                for action in actions.into_iter().flatten() {
                    let info = action.info();
                    if ui.button(info.name).on_hover_text(info.help).clicked() {
                        commands.push(Command::Show(id.clone()));
                        commands.push(Command::Do(action));
                    }
                }
            });
        }
    });
}

/// Where a list's rows are made into something to press: as far as a page from what shows, so that Tab finds the next one
/// and goes on from there, however long the list is; all of them when a screen reader listens.
pub fn reach(ui: &Ui) -> Rect {
    if ui.ctx().has_accesskit_node(egui::accesskit_root_id()) {
        return Rect::EVERYTHING;
    }
    let shows = ui.clip_rect();
    shows.expand2(vec2(0.0, shows.height()))
}

fn row_size(ui: &Ui) -> egui::Vec2 {
    vec2(ui.available_width(), ROW - ui.spacing().item_spacing.y)
}

/// A panel's heading with a "+" button; `rest` is told whether that was pressed and may add more beside it.
pub fn heading(ui: &mut Ui, name: &str, plus: &str, rest: impl FnOnce(&mut Ui, bool)) {
    let palette = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        let caps = egui::RichText::new(name.to_uppercase())
            .font(theme::sans_bold(11.0))
            .color(palette.dim);
        ui.label(caps.extra_letter_spacing(0.8));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = egui::Button::new(egui::RichText::new("+").size(17.0).color(palette.dim));
            let response = ui
                .add(button.frame_when_inactive(false).small())
                .on_hover_text(plus);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, plus));
            rest(ui, response.clicked());
        });
    });
}

/// Works a reading's strip out again when its highlights changed. O(parts · blocks of highlights).
fn refresh_strip(session: &mut Session, id: &crate::model::ReadingId) {
    let Some(shelf) = session.project().shelf(id) else {
        return;
    };
    let key = (shelf.highlights.len(), shelf.highlights.version());
    if session.strips.get(id).is_some_and(|(k, _)| *k == key) {
        return;
    }
    let length = u64::from(shelf.reading.text.len());
    let edge = |i: u32| (length * u64::from(i) / u64::from(PARTS)) as u32;
    let strip = (0..PARTS)
        .map(|i| {
            let part = Span::new(edge(i), edge(i + 1).max(edge(i) + 1));
            let first = shelf.highlights.overlapping(part).next()?;
            first.labels.first().cloned()
        })
        .collect();
    session.strips.insert(id.clone(), (key, strip));
}

fn row(ui: &mut Ui, session: &Session, shelf: &Shelf, chosen: bool, lost: usize) -> Response {
    let palette = theme::palette(ui.ctx());
    let reading = &shelf.reading;
    let (rect, response) = ui.allocate_exact_size(row_size(ui), Sense::click());
    let count = shelf.highlights.len();
    response.widget_info(|| {
        let highlights = words::counted(count, "highlight");
        let spoken = format!("{}, {}, {highlights}", reading.meta.title, below(reading));
        WidgetInfo::selected(Role::Button, true, chosen, spoken)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter_at(rect);
    if chosen {
        painter.rect_filled(rect, 8.0, palette.chosen);
    } else if response.hovered() {
        painter.rect_filled(rect, 8.0, palette.line.gamma_multiply(0.5));
    }
    // Where the system tells the place of a file that hovers.
    let over = ui.input(|i| {
        let at = i.pointer.latest_pos();
        !i.raw.hovered_files.is_empty() && at.is_some_and(|at| rect.contains(at))
    });
    if over {
        let stroke = egui::Stroke::new(2.0, palette.accent);
        painter.rect_stroke(rect, 8.0, stroke, egui::StrokeKind::Inside);
    }
    if response.has_focus() {
        painter.rect_stroke(
            rect,
            8.0,
            egui::Stroke::new(1.5, palette.accent),
            egui::StrokeKind::Inside,
        );
    }
    let inner = rect.shrink2(vec2(9.0, 7.0));
    let line = |text: &str, font, color, width: f32| {
        let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width);
        ui.fonts_mut(|f| f.layout_job(job))
    };
    let title = line(
        &reading.meta.title,
        theme::sans_bold(13.0),
        palette.ink,
        inner.width(),
    );
    painter.galley(inner.min, title, palette.ink);
    let number = painter.text(
        pos2(inner.right(), inner.top() + 26.0),
        Align2::RIGHT_CENTER,
        words::grouped(count),
        theme::sans(12.0),
        palette.dim,
    );
    let second = line(
        &below(reading),
        theme::sans(12.0),
        palette.dim,
        number.left() - inner.left() - 8.0 - if lost > 0 { LOST } else { 0.0 },
    );
    painter.galley(pos2(inner.left(), inner.top() + 18.0), second, palette.dim);
    let strip = Rect::from_min_max(
        pos2(inner.left(), inner.bottom() - 8.0),
        pos2(inner.right(), inner.bottom() - 3.0),
    );
    paint_strip(&painter, session, reading, strip, &palette);
    response
}

/// “3 lost” in a row, left of the number of highlights; whether it was pressed.
fn lost_link(ui: &mut Ui, row: &Response, title: &str, lost: usize) -> bool {
    let palette = theme::palette(ui.ctx());
    let right = row.rect.right() - 9.0 - 34.0;
    let rect = Rect::from_min_max(
        pos2(right - LOST + 6.0, row.rect.top() + 23.0),
        pos2(right, row.rect.top() + 43.0),
    );
    let response = ui.interact(rect, row.id.with("lost"), Sense::click());
    let told = format!("{} lost", words::grouped(lost));
    response.widget_info(|| {
        let name = format!("Place the highlights of {title} that were lost: {lost}");
        WidgetInfo::labeled(Role::Button, true, name)
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, palette.card);
    }
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        told,
        theme::sans_bold(12.0),
        palette.error,
    );
    let response = response
        .on_hover_text("These had no place when the reading was replaced. Press to find them one.");
    response.clicked()
}

fn below(reading: &Reading) -> String {
    let citation = reading.meta.citation();
    match reading.meta.authors.is_empty() {
        true => reading.meta.year.map_or_else(
            || format!("{} words", words::grouped(reading.words as usize)),
            |y| y.to_string(),
        ),
        false => citation,
    }
}

fn paint_strip(
    painter: &egui::Painter,
    session: &Session,
    reading: &Reading,
    rect: Rect,
    palette: &theme::Palette,
) {
    painter.rect_filled(rect, 2.0, palette.line);
    let Some((_, strip)) = session.strips.get(&reading.id) else {
        return;
    };
    let step = rect.width() / PARTS as f32;
    for (i, label) in strip.iter().enumerate() {
        let Some(label) = label.as_ref().and_then(|l| session.project().label(l)) else {
            continue;
        };
        let left = rect.left() + step * i as f32;
        let part = Rect::from_min_max(pos2(left, rect.top()), pos2(left + step, rect.bottom()));
        painter.rect_filled(part, 0.0, palette.label_mark(label.color));
    }
}
