//! The list: what shows of it, the pointer on it, its headings and its scroll bar.

use std::sync::Arc;

use egui::{
    Align2, Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::{
    empty, fields, keys,
    listing::Listing,
    measure::{self, HEAD, LINE, Measure},
    row::{self, Laid, Setting},
    rows::Row,
    scroll::Shown,
    scroll_bar,
    state::State,
};
use crate::{
    analysis::excerpts::GroupKey,
    app::{
        Command, Session,
        keys::of_click,
        theme::{self, Palette},
        words,
    },
    model::{Highlight, HighlightId},
};

/// A row laid out, or the heading of a group.
enum Part {
    Head(usize),
    Item(usize, Option<Laid>),
}

/// Shows the list in all the room there is.
pub(super) fn show(
    state: &mut State,
    session: &mut Session,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    palette: &Palette,
    size: f32,
) -> Response {
    let full = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(full);
    let id = ui.make_persistent_id("excerpts");
    let response = ui.interact(full, id, Sense::click());
    state.focus_rect = None;
    let column = measure::column(full);
    let width = column.width();
    state.set_in(Measure { size, width }, ui.ctx().pixels_per_point());
    if state.wants_keyboard() {
        response.request_focus();
    }
    let Some(listing) = state.listing.clone() else {
        return response;
    };
    if !egui::Popup::is_any_open(ui.ctx()) {
        keys::move_about(state, &listing, ui, &response, commands);
    }
    describe(&response, &listing, state);
    if listing.list.items.is_empty() {
        empty::show(state, &listing, commands, ui, full, palette);
        return response;
    }
    let setting = Setting {
        listing: &listing,
        measure: Measure { size, width },
        palette,
    };
    let shown = settle(state, session, &setting, ui, full);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(full).accessibility_parent(id));
    inner.set_clip_rect(full.intersect(ui.clip_rect()));
    let mut view = View {
        state,
        session,
        commands,
        setting: &setting,
        list: &response,
    };
    for one in &shown {
        let top = (full.top() + one.y as f32).round();
        let rect = Rect::from_min_size(pos2(column.left(), top), vec2(width, one.height));
        match &one.laid {
            Part::Head(group) => head(&inner, &setting, *group, rect, "head"),
            Part::Item(item, Some(laid)) => view.item(&mut inner, *item, laid, rect),
            Part::Item(_, None) => {}
        }
    }
    sticky(&inner, &setting, &shown, column);
    scroll_bar::show(&mut state.scroll, ui, full, palette);
    response
}

/// Says how long the list is and where in it one is.
fn describe(response: &Response, listing: &Listing, state: &State) {
    let (total, top) = state.scroll.extent();
    let name = format!("Excerpts: {}", words::grouped(listing.list.highlights));
    (response.ctx).accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::List);
        node.set_label(name);
        node.set_scroll_y(top);
        node.set_scroll_y_min(0.0);
        node.set_scroll_y_max(total);
        node.set_clips_children();
    });
}

/// Scrolls by the wheel, and lays out what shows.
fn settle(
    state: &mut State,
    session: &Session,
    setting: &Setting<'_>,
    ui: &Ui,
    full: Rect,
) -> Vec<Shown<Part>> {
    if ui.rect_contains_pointer(full) && !egui::Popup::is_any_open(ui.ctx()) {
        let by = ui.input(|i| i.smooth_scroll_delta().y);
        if by != 0.0 {
            state.scroll.by(-f64::from(by));
        }
    }
    let rows = &setting.listing.rows;
    let covered = if rows.has_heads() { HEAD } else { 0.0 };
    let (focus, fields, unfolded) = (state.focus, state.fields, &state.unfolded);
    let mut lay = |row: usize| match rows.get(row) {
        Some(Row::Item(item)) => {
            let h = setting.listing.item(item).map(|(_, c)| &c.highlight);
            let own = h.filter(|h| focus == Some(item) && session.is_own(h));
            let known = |id| fields.filter(|(whose, _)| *whose == id);
            let fields = own.map(|h| known(h.id).map_or(fields::FIRST, |(_, height)| height));
            let open = h.is_some_and(|h| unfolded.contains(&h.id));
            let laid = setting.lay(ui, item, open, fields);
            let height = laid.as_ref().map_or(0.0, |l| l.height);
            (height, Part::Item(item, laid))
        }
        Some(Row::Head(group)) => (HEAD, Part::Head(group)),
        None => (0.0, Part::Head(0)),
    };
    let view = f64::from(full.height());
    state.scroll.settle(view, f64::from(covered), &mut lay)
}

/// What rows act on.
struct View<'a, 'b> {
    state: &'a mut State,
    session: &'a mut Session,
    commands: &'a mut Vec<Command>,
    setting: &'a Setting<'b>,
    list: &'a Response,
}

impl View<'_, '_> {
    fn item(&mut self, ui: &mut Ui, item: usize, laid: &Laid, rect: Rect) {
        let Some((source, coding)) = self.setting.listing.item(item) else {
            return;
        };
        let (reading, highlight) = (source.reading.id.clone(), Arc::clone(&coding.highlight));
        let reach = Rect::from_x_y_ranges(ui.max_rect().x_range(), rect.y_range());
        let shown = reach.intersect(ui.clip_rect());
        let id = self.list.id.with(("row", item));
        // The list has the keyboard: its rows need not be stopped at.
        let response = ui.interact(shown, id, Sense::CLICK);
        let (focused, selected) = (
            self.state.focus == Some(item),
            self.state.selected.has(highlight.id),
        );
        response.widget_info(|| {
            let name = row::spoken(self.setting.listing, item);
            WidgetInfo::selected(Role::ListItem, true, selected, name)
        });
        self.ground(ui, rect, focused, selected, &response);
        let cite = self.setting.citation_rect(laid, rect);
        let citation = ui.interact(cite, id.with("open"), Sense::CLICK);
        citation.widget_info(|| WidgetInfo::labeled(Role::Link, true, "Open in the reader"));
        let over = citation.hovered();
        self.setting.paint(ui.painter(), item, laid, rect, over);
        if over {
            ui.set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if laid.long {
            self.more(ui, &highlight.id, cite, id);
        }
        if focused {
            self.state.focus_rect = Some(shown);
            (self.list.ctx).accesskit_node_builder(self.list.id, |node| {
                node.set_active_descendant(id.accesskit_id());
            });
        }
        let open = Command::OpenPassage(reading, highlight.span, Some(highlight.id));
        if citation
            .on_hover_text("Open in the reader: Enter")
            .clicked()
        {
            self.state.focus = Some(item);
            self.commands.push(open);
        } else if response.double_clicked() {
            self.commands.push(open);
        } else if response.clicked() {
            self.list.request_focus();
            let modifiers = of_click(ui);
            keys::press(self.state, self.setting.listing, item, modifiers);
        }
        if laid.side.is_none() {
            self.fields(ui, &highlight, self.setting.side_rect(laid, rect));
        }
    }

    /// What can be changed in place, of the highlight as it is now.
    fn fields(&mut self, ui: &mut Ui, old: &Highlight, rect: Rect) {
        let now = self.session.project().highlight(&old.reading, old.id);
        if let Some(h) = now.cloned() {
            fields::show(self.state, self.session, self.commands, ui, &h, rect);
        }
    }

    /// What shows that a row is pointed at, selected or in focus.
    fn ground(&self, ui: &Ui, rect: Rect, focused: bool, selected: bool, response: &Response) {
        let palette = self.setting.palette;
        let around = rect.expand2(vec2(12.0, 0.0)).translate(vec2(0.0, -0.5));
        let painter = ui.painter();
        if selected {
            // Paler than in other lists: labels in their colours have to stand out from it.
            let ground = palette.paper.lerp_to_gamma(palette.chosen, 0.6);
            painter.rect_filled(around, 6.0, ground);
        } else if focused {
            painter.rect_filled(around, 6.0, palette.panel);
        } else if response.hovered() {
            painter.rect_filled(around, 6.0, palette.panel.gamma_multiply(0.6));
        }
        if focused {
            let strong = self.list.has_focus();
            let color = if strong { palette.accent } else { palette.line };
            let stroke = Stroke::new(1.5, color);
            painter.rect_stroke(around.shrink(0.75), 6.0, stroke, StrokeKind::Inside);
        }
    }

    /// “more” behind the citation of a quote that is folded, “less” when it is not.
    fn more(&mut self, ui: &Ui, highlight: &HighlightId, cite: Rect, id: egui::Id) {
        let open = self.state.unfolded.contains(highlight);
        let text = if open { "less" } else { "more" };
        let rect = Rect::from_min_size(pos2(cite.right() + 8.0, cite.top()), vec2(36.0, LINE));
        let response = ui.interact(rect, id.with("more"), Sense::CLICK);
        response.widget_info(|| {
            let name = if open {
                "Fold the quote"
            } else {
                "Show the whole quote"
            };
            WidgetInfo::labeled(Role::Button, true, name)
        });
        ui.painter().text(
            rect.left_top(),
            Align2::LEFT_TOP,
            text,
            theme::sans_bold(12.5),
            self.setting.palette.accent,
        );
        if response.on_hover_text("Space").clicked() {
            self.state.fold(*highlight);
        }
    }
}

/// The heading of a group. `salt` tells the one that stays in view from the one in its place.
fn head(ui: &Ui, setting: &Setting<'_>, index: usize, rect: Rect, salt: &str) {
    let Some(group) = setting.listing.list.groups.get(index) else {
        return;
    };
    let palette = setting.palette;
    let (name, color) = title(setting.listing, &group.key, palette);
    let count = words::grouped(group.end - group.start);
    let painter = ui.painter();
    let y = rect.bottom() - 13.0;
    let shown = painter.layout_no_wrap(count.clone(), theme::sans(12.5), palette.dim);
    let mut job =
        egui::text::LayoutJob::simple_singleline(name.clone(), theme::sans_bold(14.0), color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - shown.size().x - 20.0);
    let name_galley = ui.fonts_mut(|f| f.layout_job(job));
    let left = rect.left();
    let at = pos2(left, y - name_galley.size().y / 2.0);
    let width = name_galley.size().x;
    painter.galley(at, name_galley, color);
    painter.galley(
        pos2(left + width + 9.0, y - shown.size().y / 2.0),
        shown,
        palette.dim,
    );
    painter.hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        Stroke::new(1.0, palette.line),
    );
    let id = ui.scope_id().with((salt, index));
    let response = ui.interact(rect.intersect(ui.clip_rect()), id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{name}, {count}")));
}

/// The name of a group and its colour.
fn title(listing: &Listing, key: &GroupKey, palette: &Palette) -> (String, Color32) {
    let corpus = &listing.corpus;
    match key {
        GroupKey::All => ("All".to_owned(), palette.ink),
        GroupKey::Label(id) => {
            let number = corpus.codebook().number(id);
            let label = number.and_then(|n| corpus.codebook().get(n));
            label.map_or((id.to_string(), palette.ink), |l| {
                (l.name.clone(), palette.label_text(l.color))
            })
        }
        GroupKey::Reading(id) => {
            let title = corpus.source(id).map(|s| s.reading.meta.title.clone());
            (title.unwrap_or_else(|| id.to_string()), palette.ink)
        }
        GroupKey::Stance(Some(stance)) => {
            let mut word = stance.word().to_owned();
            word[..1].make_ascii_uppercase();
            (word, palette.ink)
        }
        GroupKey::Stance(None) => ("No stance".to_owned(), palette.ink),
        GroupKey::Coder(coder) => (format!("Coded by {coder}"), palette.ink),
    }
}

/// The heading of the group at the top stays in view until the next one pushes it out.
fn sticky(ui: &Ui, setting: &Setting<'_>, shown: &[Shown<Part>], column: Rect) {
    let rows = &setting.listing.rows;
    let Some(first) = shown.first().filter(|_| rows.has_heads()) else {
        return;
    };
    if matches!(first.laid, Part::Head(_)) && first.y >= 0.0 {
        return;
    }
    let group = rows.group_at(first.row);
    let next = shown.iter().find_map(|s| match s.laid {
        Part::Head(other) if other != group => Some(s.y as f32),
        _ => None,
    });
    let pushed = next.map_or(0.0, |y| (y - HEAD).min(0.0));
    let top = column.top() + pushed;
    let rect = Rect::from_min_size(pos2(column.left(), top), vec2(column.width(), HEAD));
    let ground = rect.expand2(vec2(14.0, 0.0));
    ui.painter().rect_filled(ground, 0.0, setting.palette.paper);
    head(ui, setting, group, rect, "sticky head");
}
