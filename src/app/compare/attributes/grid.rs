//! The table on the screen. The heads and the titles stay while the rest scrolls; only what shows is laid out and has a name.

use egui::{
    Align2, EventFilter, FontSelection, Margin, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    Desk, Naming, Request, Table, command, cursor_id,
    keys::put_down,
    sheet::{Cell, Sheet},
};
use crate::{
    app::{Command, access, compare::grid::wrapped, theme},
    import::attributes::Column,
};

const ROW: f32 = 28.0;
const HEAD: f32 = 32.0;

/// The left edges of the columns, from that of the titles; one more than there are columns.
fn edges(sheet: &Sheet, room: f32) -> Vec<f32> {
    let mut edges = vec![0.0];
    let mut at = 0.0;
    for (i, chars) in sheet.chars.iter().enumerate() {
        let wanted = *chars as f32 * 7.4 + 24.0;
        at += match i {
            0 => wanted.clamp(150.0, (room * 0.36).max(160.0)),
            _ => wanted.clamp(72.0, 240.0),
        };
        edges.push(at.round());
    }
    edges
}

/// Where things lie.
struct Places {
    edges: Vec<f32>,
    /// Where the first row of the first column that scrolls would be.
    origin: egui::Pos2,
    /// How far the table has been scrolled.
    offset: Vec2,
}

impl Places {
    fn title_width(&self) -> f32 {
        self.edges.get(1).copied().unwrap_or_default()
    }

    fn cell(&self, row: usize, column: usize) -> Rect {
        let left = self.edges.get(column).copied().unwrap_or_default();
        let right = self.edges.get(column + 1).copied().unwrap_or(left);
        // Titles stay where they are.
        let shift = if column == 0 { self.offset.x } else { 0.0 };
        let min = self.origin + vec2(left + shift, HEAD + row as f32 * ROW);
        Rect::from_min_size(min, vec2(right - left, ROW))
    }

    fn head(&self, column: usize) -> Rect {
        let mut rect = self.cell(0, column).translate(vec2(0.0, -HEAD));
        rect.max.y = rect.min.y + HEAD;
        rect.translate(vec2(0.0, self.offset.y))
    }
}

/// Shows the cells.
pub fn show(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui) {
    let room = ui.available_size();
    let edges = edges(&table.sheet, room.x);
    let (rows, _) = table.sheet.size();
    let total = vec2(
        edges.last().copied().unwrap_or_default() + 8.0,
        HEAD + rows as f32 * ROW + 8.0,
    );
    ScrollArea::both()
        .id_salt("attributes")
        .content_margin(0.0)
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_size(total);
            let places = Places {
                edges,
                origin: ui.max_rect().min,
                offset: viewport.min.to_vec2(),
            };
            content(table, desk, ui, viewport, &places);
        });
}

fn content(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui, viewport: Rect, places: &Places) {
    let palette = theme::palette(ui.ctx());
    let seen = Rect::from_min_size(places.origin + viewport.min.to_vec2(), viewport.size());
    if std::mem::take(&mut table.reveal) {
        reveal(table, ui, places);
    }
    let (n, columns) = table.sheet.size();
    let first = ((viewport.min.y / ROW).floor().max(0.0) as usize).min(n);
    let last = (((viewport.max.y - HEAD) / ROW).ceil().max(0.0) as usize).clamp(first, n);
    let split = places.title_width();
    let shows = |column: usize| {
        let rect = places.cell(0, column);
        column == 0 || (rect.right() > seen.left() + split && rect.left() < seen.right())
    };
    let visible: Vec<usize> = (1..columns).filter(|c| shows(*c)).collect();
    let body = Rect::from_min_max(seen.min + vec2(split, HEAD), seen.max);
    let titles = Rect::from_min_max(
        seen.min + vec2(0.0, HEAD),
        pos2(seen.min.x + split, seen.max.y),
    );
    let mut right = part(ui, body);
    cells(table, desk, &mut right, places, first..last, &visible);
    let mut left = part(ui, titles);
    left.painter().rect_filled(titles, 0.0, palette.paper);
    cells(table, desk, &mut left, places, first..last, &[0]);
    let line = Stroke::new(1.0, palette.line);
    let end = places.cell(n, 0).top().min(seen.bottom());
    ui.painter().vline(titles.right(), seen.top()..=end, line);
    heads(table, desk, ui, places, seen, &visible);
}

/// Brings the cursor into view, also from behind the heads and the titles.
fn reveal(table: &Table, ui: &Ui, places: &Places) {
    let (row, column) = table.cursor;
    let mut rect = places.cell(row, column);
    rect.min.y -= HEAD;
    rect.max.y += 4.0;
    match column {
        0 => rect = rect.with_max_x(rect.left() + 1.0).translate(vec2(1.0, 0.0)),
        _ => rect.min.x -= places.title_width(),
    }
    if column == 0 {
        // Up and down only.
        let x = places.origin.x + places.offset.x + 2.0;
        rect = Rect::from_x_y_ranges(x..=x + 1.0, rect.y_range());
    }
    ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
}

/// A part of the table that is clipped to `rect`.
fn part(ui: &mut Ui, rect: Rect) -> Ui {
    let clip = rect.intersect(ui.clip_rect());
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    child.set_clip_rect(clip);
    child
}

fn cells(
    table: &mut Table,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
    places: &Places,
    rows: std::ops::Range<usize>,
    columns: &[usize],
) {
    let cursor = table.cursor;
    for row in rows.clone() {
        for &column in columns {
            if (row, column) != cursor {
                cell(table, desk, ui, places, (row, column));
            }
        }
    }
    // Also out of sight, else the keyboard would be lost.
    let here = match cursor.1 {
        0 => columns == [0],
        _ => columns != [0],
    };
    if here {
        cell(table, desk, ui, places, cursor);
    }
}

fn cell(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui, places: &Places, at: (usize, usize)) {
    let palette = theme::palette(ui.ctx());
    let rect = places.cell(at.0, at.1);
    if table.edited() == Some(at) {
        field(table, desk, ui, rect);
        return;
    }
    let is_cursor = table.cursor == at;
    let (id, sense) = match is_cursor {
        true => (cursor_id(), Sense::click()),
        false => (cursor_id().with(at), Sense::CLICK),
    };
    let response = ui.interact(rect, id, sense);
    let chosen = table.area().contains(at);
    let (Some(row), Some(column)) = (table.sheet.rows.get(at.0), table.sheet.columns.get(at.1))
    else {
        return;
    };
    let Some(cell) = row.cells.get(at.1) else {
        return;
    };
    response.widget_info(|| {
        let title = row.cells.first().map_or("", |c| c.text.as_str());
        let said = if cell.text.is_empty() {
            "empty"
        } else {
            &cell.text
        };
        let name = format!("{} of {title}: {said}", heading(column));
        WidgetInfo::selected(Role::GridCell, true, chosen, name)
    });
    if ui.is_rect_visible(rect) {
        let area = table.area();
        let fill = chosen && area.count() > 1;
        if fill {
            ui.painter().rect_filled(rect, 0.0, palette.chosen);
        }
        paint(ui, rect, cell, at.1 == 0);
        if is_cursor {
            let color = match response.has_focus() {
                true => palette.accent,
                false => palette.dim,
            };
            let line = Stroke::new(2.0, color);
            ui.painter()
                .rect_stroke(rect.shrink(1.0), 3.0, line, StrokeKind::Inside);
        }
    }
    let reading = row.reading.clone();
    clicked(table, ui, &response, at);
    menu(table, desk, &response, at, &reading);
}

fn heading(column: &Column) -> String {
    match column {
        Column::Attribute(name) => name.clone(),
        Column::Title => "Title".to_owned(),
        Column::Year => "Year".to_owned(),
        Column::Kind => "Kind".to_owned(),
        other => other.heading().to_owned(),
    }
}

fn paint(ui: &Ui, rect: Rect, cell: &Cell, is_title: bool) {
    let palette = theme::palette(ui.ctx());
    let painter = ui.painter();
    let line = Stroke::new(1.0, palette.line);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, line);
    if cell.text.is_empty() {
        return;
    }
    let font = match is_title {
        true => theme::sans_bold(13.0),
        false => theme::sans(13.0),
    };
    let width = rect.width() - 18.0;
    let galley = wrapped(ui, &cell.text, font, palette.ink, width, 1);
    let left = match cell.right {
        true => rect.right() - 9.0 - galley.size().x,
        false => rect.left() + 9.0,
    };
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, palette.ink);
}

fn clicked(table: &mut Table, ui: &Ui, response: &Response, at: (usize, usize)) {
    let extend = ui.input(|i| i.modifiers.shift);
    if response.clicked() || response.double_clicked() {
        // A second click on the cell types into it.
        let again = table.cursor == at && table.anchor == at && response.has_focus() && !extend;
        if again || response.double_clicked() {
            table.go(at, false);
            table.edit(None);
        } else {
            table.go(at, extend);
            ui.memory_mut(|m| m.request_focus(cursor_id()));
        }
    }
}

fn menu(
    table: &mut Table,
    desk: &mut Desk<'_>,
    response: &Response,
    at: (usize, usize),
    reading: &crate::model::ReadingId,
) {
    response.context_menu(|ui| {
        if !table.area().contains(at) {
            table.go(at, false);
        }
        if ui.button("Open the reading").clicked() {
            desk.commands.push(Command::Show(reading.clone()));
        }
        if ui.button("Details…").clicked() {
            let request = Request::Details(reading.clone());
            desk.commands.push(command(request));
        }
        ui.separator();
        if ui.button("Edit the cell").clicked() {
            table.go(at, false);
            table.edit(None);
        }
        if ui.button("Copy").clicked() {
            ui.ctx().copy_text(table.sheet.tsv(table.area()));
        }
    });
}

/// The field in a cell that is typed into.
fn field(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui, rect: Rect) {
    let palette = theme::palette(ui.ctx());
    let name = table.edited().and_then(|(row, column)| {
        let row = table.sheet.rows.get(row)?;
        let title = &row.cells.first()?.text;
        Some(format!(
            "{} of {title}",
            heading(table.sheet.columns.get(column)?)
        ))
    });
    let Some(editing) = &mut table.editing else {
        return;
    };
    let id = cursor_id().with("field");
    let fresh = std::mem::take(&mut editing.fresh);
    if fresh {
        ui.memory_mut(|m| m.request_focus(id));
    }
    ui.painter().rect_filled(rect, 3.0, palette.card);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect.shrink(1.0)));
    let mut output = TextEdit::singleline(&mut editing.text)
        .id(id)
        .font(FontSelection::FontId(theme::sans(13.0)))
        .margin(Margin::symmetric(7, 4))
        .lock_focus(true)
        .min_size(rect.shrink(1.0).size())
        .desired_width(rect.width() - 16.0)
        .show(&mut child);
    access::name(&output.response, &name.unwrap_or_default());
    if fresh {
        let end = egui::text::CCursor::new(editing.text.chars().count());
        let range = egui::text::CCursorRange::one(end);
        output.state.cursor.set_char_range(Some(range));
        output.state.store(ui.ctx(), id);
    }
    // Esc is for the table, else it would count as leaving the field.
    ui.memory_mut(|m| {
        let filter = EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        m.set_focus_lock_filter(id, filter);
    });
    if output.response.lost_focus() && !put_down(table, desk) {
        ui.memory_mut(|m| m.request_focus(id));
    }
}

fn heads(
    table: &mut Table,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
    places: &Places,
    seen: Rect,
    visible: &[usize],
) {
    let palette = theme::palette(ui.ctx());
    let top = Rect::from_min_size(seen.min, vec2(seen.width(), HEAD));
    let split = places.title_width();
    ui.painter().rect_filled(top, 0.0, palette.paper);
    let line = Stroke::new(1.5, palette.line);
    ui.painter().hline(top.x_range(), top.bottom(), line);
    let mut right = part(ui, top.with_min_x(top.left() + split));
    for &column in visible {
        head(table, desk, &mut right, places.head(column), column);
    }
    let mut left = part(ui, top.with_max_x(top.left() + split));
    head(table, desk, &mut left, places.head(0), 0);
}

fn head(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui, rect: Rect, at: usize) {
    let palette = theme::palette(ui.ctx());
    let Some(column) = table.sheet.columns.get(at).cloned() else {
        return;
    };
    let response = ui.interact(rect, cursor_id().with(("head", at)), Sense::click());
    let sorted = table.sorting.as_ref().filter(|(by, _)| *by == column);
    let arrow = match sorted {
        Some((_, false)) => "↑",
        Some((_, true)) => "↓",
        None => "",
    };
    let name = heading(&column);
    response.widget_info(|| {
        let state = match arrow {
            "↑" => ", sorted",
            "↓" => ", sorted backwards",
            _ => "",
        };
        WidgetInfo::labeled(Role::ColumnHeader, true, format!("Column {name}{state}"))
    });
    let font = theme::sans_bold(12.5);
    let galley = wrapped(ui, &name, font, palette.dim, rect.width() - 30.0, 1);
    let y = rect.center().y - galley.size().y / 2.0;
    let end = rect.left() + 9.0 + galley.size().x;
    ui.painter()
        .galley(pos2(rect.left() + 9.0, y), galley, palette.dim);
    let at = pos2(end + 4.0, rect.center().y);
    let font = theme::sans(12.0);
    ui.painter()
        .text(at, Align2::LEFT_CENTER, arrow, font, palette.accent);
    if response.has_focus() || response.hovered() {
        let color = if response.has_focus() {
            palette.accent
        } else {
            palette.line
        };
        let line = Stroke::new(1.5, color);
        ui.painter()
            .rect_stroke(rect.shrink(3.0), 4.0, line, StrokeKind::Inside);
    }
    let was = sorted.map(|(_, backward)| *backward);
    if response.clicked() {
        table.sort(desk.session.project(), column.clone(), was == Some(false));
    }
    response
        .on_hover_text("Sorts by this column. A right click or Shift+F10 has more.")
        .context_menu(|ui| head_menu(table, desk, ui, &column));
}

fn head_menu(table: &mut Table, desk: &mut Desk<'_>, ui: &mut Ui, column: &Column) {
    if ui.button("Sort").clicked() {
        table.sort(desk.session.project(), column.clone(), false);
    }
    if ui.button("Sort backwards").clicked() {
        table.sort(desk.session.project(), column.clone(), true);
    }
    let Column::Attribute(name) = column else {
        return;
    };
    ui.separator();
    if ui.button("Rename the column…").clicked() {
        table.naming = Some(Naming {
            old: Some(name.clone()),
            text: name.clone(),
            fresh: true,
        });
    }
    if ui.button("Remove the column").clicked() {
        desk.commands.push(command(Request::Remove(name.clone())));
    }
}
