//! The rows of the list as they are painted: readings' headings and hits.

use std::sync::Arc;

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2};

use super::{
    list::{HEAD, Pressed, ROW, head_top},
    list_id,
};
use crate::{
    app::{
        Session,
        find::{asked::Asked, roll::BAR, row, search::Search},
        theme::{self, Palette},
        words,
    },
    model::Reading,
    text::Span,
};

/// A hit as its row shows it.
struct Hit<'a> {
    reading: &'a Reading,
    span: Span,
    /// Its number in the whole list.
    number: usize,
    /// One is at it.
    at: bool,
    ticked: bool,
}

/// What shows of the list.
pub(super) struct Rows<'a> {
    pub session: &'a Session,
    pub view: Rect,
    pub top: f64,
    pub palette: &'a Palette,
    pub pressed: Option<Pressed>,
    pub anchor: Option<Rect>,
}

impl Rows<'_> {
    fn rect(&self, y: f64, height: f32) -> Rect {
        let top = self.view.top() + (y - self.top) as f32;
        let right = self.view.right() - BAR;
        Rect::from_min_max(
            pos2(self.view.left(), top.round()),
            pos2(right, (top + height).round()),
        )
    }

    /// A reading's heading and those of its hits that show.
    pub fn group(&mut self, ui: &mut Ui, asked: &Asked, group: usize, list: &Response) {
        let Some(found) = asked.found() else { return };
        let hits = &found.groups[group];
        let Some(shelf) = self.session.project().shelf(&hits.reading) else {
            return;
        };
        let reading = Arc::clone(&shelf.reading);
        let first = head_top(found, group) + f64::from(HEAD);
        let from = ((self.top - first) / f64::from(ROW)).floor().max(0.0) as usize;
        let fit = (f64::from(self.view.height() / ROW)).ceil() as usize + 1;
        let to = (from + fit).min(hits.spans.len());
        for index in from..to {
            let rect = self.rect(first + index as f64 * f64::from(ROW), ROW);
            if rect.top() > self.view.bottom() {
                break;
            }
            let number = hits.before + index;
            let hit = Hit {
                reading: &reading,
                span: hits.spans[index],
                number,
                at: asked.at == Some(number),
                ticked: hits.ticked[index],
            };
            self.hit(ui, &hit, rect, list);
        }
        // The heading stays at the top while hits of its reading show.
        let end = first + hits.spans.len() as f64 * f64::from(ROW) - f64::from(HEAD);
        let y = head_top(found, group).max(self.top.min(end));
        self.head(ui, &reading.meta.title, found, group, self.rect(y, HEAD));
    }

    fn head(&mut self, ui: &Ui, title: &str, found: &Search, group: usize, rect: Rect) {
        let hits = &found.groups[group];
        let all = hits.all_ticked();
        let rect = rect.intersect(self.view);
        let id = list_id().with(("reading", hits.before));
        let response = ui.interact(rect, id, Sense::CLICK);
        response.widget_info(|| {
            let count = words::counted(hits.spans.len(), "hit");
            let name = format!("Tick all of {title}: {count}");
            WidgetInfo::selected(Role::CheckBox, true, all, name)
        });
        let painter = ui
            .painter()
            .with_clip_rect(self.view.intersect(ui.clip_rect()));
        painter.rect_filled(rect, 0.0, self.palette.panel);
        let mid = rect.center().y + 3.0;
        row::tick_box(&painter, pos2(rect.left() + 11.0, mid), all, self.palette);
        let count = painter.text(
            pos2(rect.right() - 6.0, mid),
            egui::Align2::RIGHT_CENTER,
            words::grouped(hits.spans.len()),
            theme::sans(12.0),
            self.palette.dim,
        );
        let room = Rect::from_min_max(
            pos2(rect.left() + 26.0, mid - 10.0),
            pos2(count.left() - 8.0, mid + 10.0),
        );
        row::short(
            ui,
            &painter,
            title,
            theme::sans_bold(13.0),
            room,
            self.palette.ink,
        );
        let line = [rect.left_bottom(), rect.right_bottom()];
        painter.line_segment(line, egui::Stroke::new(1.0, self.palette.line));
        if response.clicked() {
            self.pressed = Some(Pressed::TickGroup(group, !all));
        }
    }

    fn hit(&mut self, ui: &Ui, hit: &Hit<'_>, rect: Rect, list: &Response) {
        let &Hit {
            reading,
            span,
            number,
            at,
            ticked,
        } = hit;
        let shown = rect.intersect(self.view);
        let id = list_id().with(("hit", number));
        // The list has the keyboard: its rows need not be stopped at.
        let response = ui.interact(shown, id, Sense::CLICK);
        let line = row::line(reading, span);
        response.widget_info(|| {
            let labels = row::labels(self.session, &reading.id, span);
            let coded = match labels.is_empty() {
                true => String::new(),
                false => format!(", coded {labels}"),
            };
            let text = format!("{}{}{}", line.before, line.hit, line.after);
            let place = words::locator(reading, span);
            let name = format!("{place}: {}{coded}", text.trim());
            WidgetInfo::selected(Role::ListItem, true, ticked, name)
        });
        let painter = ui
            .painter()
            .with_clip_rect(self.view.intersect(ui.clip_rect()));
        if at {
            painter.rect_filled(rect, 4.0, self.palette.chosen);
            self.anchor = Some(shown);
            (list.ctx).accesskit_node_builder(list.id, |node| {
                node.set_active_descendant(id.accesskit_id());
            });
        } else if response.hovered() {
            painter.rect_filled(rect, 4.0, self.palette.line.gamma_multiply(0.5));
        }
        let mid = rect.center().y;
        let tick = pos2(rect.left() + 11.0, mid);
        row::tick_box(&painter, tick, ticked, self.palette);
        let right = row::dots(
            &painter,
            self.session,
            &reading.id,
            span,
            pos2(rect.right() - 4.0, mid),
            self.palette,
        );
        let text = Rect::from_min_max(
            pos2(rect.left() + 26.0, rect.top()),
            pos2(right - 4.0, rect.bottom()),
        );
        row::paint(
            ui,
            &painter,
            &line,
            text,
            (rect.width() - 26.0) * 0.4,
            self.palette,
        );
        if response.double_clicked() {
            self.pressed = Some(Pressed::Open(number));
        } else if response.clicked() {
            let on_box = response
                .interact_pointer_pos()
                .is_some_and(|p| p.x < rect.left() + 24.0);
            self.pressed = Some(match on_box {
                true => Pressed::Tick(number),
                false => Pressed::Hit(number),
            });
        }
    }
}
