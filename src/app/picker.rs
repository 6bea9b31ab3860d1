//! The label picker: opens at the selection as one types, best match first.

use egui::{
    Align2, Area, Event, Frame, Key, Modifiers, Order, RichText, Role, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use super::{App, Command, Screen, Session, access, fuzzy::fuzzy, keys::hold, theme};
use crate::model::LabelId;

const SHOWN: usize = 8;
const WIDTH: f32 = 330.0;

/// The picker's state while it is open.
pub struct Picker {
    typed: String,
    chosen: usize,
    fresh: bool,
}

/// A label that is offered.
struct Offer {
    id: LabelId,
    score: i32,
    /// `Parent › Name`, or the name.
    path: String,
    /// Which characters of the path were typed.
    at: Vec<usize>,
}

impl Picker {
    /// Open, with some letters typed already.
    pub fn new(typed: String) -> Self {
        Self {
            typed,
            chosen: 0,
            fresh: true,
        }
    }
}

fn offers(session: &Session, typed: &str) -> Vec<Offer> {
    let project = session.project();
    let mut all: Vec<Offer> = project
        .codebook()
        .into_iter()
        .filter_map(|(_, label)| {
            let parent = label.parent.as_ref().and_then(|p| project.label(p));
            let path = parent.map_or_else(
                || label.name.clone(),
                |p| format!("{} › {}", p.name, label.name),
            );
            let lead = path.chars().count() - label.name.chars().count();
            let found = fuzzy(typed, &label.name)
                .map(|m| (m.score, m.at.iter().map(|i| i + lead).collect()));
            let (score, at) =
                found.or_else(|| fuzzy(typed, &path).map(|m| (m.score - 1500, m.at)))?;
            Some(Offer {
                id: label.id.clone(),
                score,
                path,
                at,
            })
        })
        .collect();
    all.sort_by_key(|o| std::cmp::Reverse(o.score));
    all
}

/// Shows the picker when it is open.
pub fn show(app: &mut App, ui: &Ui) {
    let App {
        picker: open,
        screen: Screen::Open(session),
        commands,
        held,
        ..
    } = app
    else {
        return;
    };
    let Some(picker) = open else { return };
    let ctx = ui.ctx().clone();
    hold(held, &ctx, |event| {
        matches!(
            event,
            Event::Key {
                key: Key::Enter | Key::Escape,
                pressed: true,
                ..
            }
        )
    });
    let offers = offers(session, &picker.typed);
    let (down, up, enter, shift_enter, ctrl_enter, escape) = ctx.input_mut(|i| {
        let ctrl_enter = i.consume_key(Modifiers::COMMAND, Key::Enter);
        let shift_enter = i.consume_key(Modifiers::SHIFT, Key::Enter);
        (
            i.consume_key(Modifiers::NONE, Key::ArrowDown),
            i.consume_key(Modifiers::NONE, Key::ArrowUp),
            i.consume_key(Modifiers::NONE, Key::Enter),
            shift_enter,
            ctrl_enter,
            i.consume_key(Modifiers::NONE, Key::Escape),
        )
    });
    if down {
        picker.chosen += 1;
    }
    if up {
        picker.chosen = picker.chosen.saturating_sub(1);
    }
    picker.chosen = picker.chosen.min(offers.len().saturating_sub(1));
    let mut picked = None;
    let (clicked, outside) = popup(&ctx, session, picker, &offers);
    let new_name = picker.typed.trim().to_owned();
    let nothing_fits = offers.is_empty() && !new_name.is_empty();
    if ctrl_enter || (enter && nothing_fits) {
        if !new_name.is_empty() {
            picked = Some(Command::TagNew(new_name));
        }
    } else if enter || shift_enter {
        picked = offers.get(picker.chosen).map(|o| {
            let id = o.id.clone();
            if shift_enter {
                Command::TagAndNote(id)
            } else {
                Command::Toggle(id)
            }
        });
    } else if let Some(id) = clicked {
        picked = Some(Command::Toggle(id));
    }
    if let Some(offer) = offers.get(picker.chosen) {
        session.point_at(offer.id.clone());
    }
    if picked.is_some() || escape || outside {
        commands.extend(picked);
        *open = None;
        session.pointed = None;
        if !shift_enter {
            session.take_keyboard();
        }
    }
}

/// Draws it. Returns the label that was clicked, and whether the click went elsewhere.
fn popup(
    ctx: &egui::Context,
    session: &Session,
    picker: &mut Picker,
    offers: &[Offer],
) -> (Option<LabelId>, bool) {
    let palette = theme::palette(ctx);
    let screen = ctx.content_rect();
    let anchor = session.anchor();
    let rows = offers.len().clamp(1, SHOWN) as f32;
    let height = 92.0 + rows * 26.0;
    let at = anchor.map_or(screen.center() - vec2(WIDTH / 2.0, 80.0), |r| {
        let left = (r.center().x - WIDTH / 2.0)
            .min(screen.right() - WIDTH - 24.0)
            .max(screen.left() + 4.0);
        let below = r.bottom() + 6.0;
        let fits = below + height < screen.bottom();
        pos2(
            left,
            if fits {
                below
            } else {
                (r.top() - height - 6.0).max(screen.top() + 8.0)
            },
        )
    });
    let fresh = std::mem::take(&mut picker.fresh);
    let mut clicked = None;
    let area = Area::new(egui::Id::unique("label picker"))
        .order(Order::Foreground)
        .fixed_pos(at)
        .show(ctx, |ui| {
            Frame::popup(ui.style())
                .inner_margin(10)
                .corner_radius(10)
                .show(ui, |ui| {
                    ui.set_width(WIDTH);
                    let id = egui::Id::unique("label picker field");
                    // Before the field is shown, so that not a letter typed meanwhile goes elsewhere.
                    ui.memory_mut(|m| m.request_focus(id));
                    let mut output = TextEdit::singleline(&mut picker.typed)
                        .id(id)
                        .hint_text("Type a label's name")
                        .desired_width(f32::INFINITY)
                        .show(ui);
                    access::name(&output.response, "Label to tag with");
                    if fresh {
                        let end = egui::text::CCursor::new(picker.typed.chars().count());
                        output
                            .state
                            .cursor
                            .set_char_range(Some(egui::text::CCursorRange::one(end)));
                        output.state.store(ui.ctx(), id);
                    }
                    if output.response.changed() {
                        picker.chosen = 0;
                    }
                    let first = picker.chosen.saturating_sub(SHOWN - 1);
                    for (i, offer) in offers.iter().enumerate().skip(first).take(SHOWN) {
                        if row(ui, session, offer, i == picker.chosen) {
                            clicked = Some(offer.id.clone());
                        }
                    }
                    let name = picker.typed.trim();
                    let hint = match (offers.is_empty(), name.is_empty()) {
                        (true, false) => format!("Enter: new label “{name}”"),
                        (_, true) => "Enter tags · Shift+Enter tags and adds a note".to_owned(),
                        (false, false) => format!(
                            "Enter tags · Shift+Enter adds a note · Ctrl+Enter new label “{name}”"
                        ),
                    };
                    ui.add_space(2.0);
                    ui.label(RichText::new(hint).size(12.0).color(palette.dim));
                });
        });
    let outside =
        !fresh && ctx.input(|i| i.pointer.any_pressed()) && !area.response.contains_pointer();
    (clicked, outside)
}

fn row(ui: &mut Ui, session: &Session, offer: &Offer, chosen: bool) -> bool {
    let palette = theme::palette(ui.ctx());
    let Some(label) = session.project().label(&offer.id) else {
        return false;
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::Button,
            true,
            chosen,
            format!("Tag with {}", offer.path),
        )
    });
    let painter = ui.painter_at(rect);
    if chosen || response.hovered() {
        painter.rect_filled(rect, 6.0, palette.chosen);
    }
    let mid = rect.center().y;
    let square = egui::Rect::from_center_size(pos2(rect.left() + 12.0, mid), vec2(11.0, 11.0));
    painter.rect_filled(square, 3.0, palette.label_mark(label.color));
    let mut job = egui::text::LayoutJob {
        wrap: egui::text::TextWrapping::truncate_at_width(rect.width() - 70.0),
        ..egui::text::LayoutJob::default()
    };
    for (i, c) in offer.path.chars().enumerate() {
        let font = if offer.at.contains(&i) {
            theme::sans_bold(13.0)
        } else {
            theme::sans(13.0)
        };
        job.append(
            c.encode_utf8(&mut [0; 4]),
            0.0,
            egui::TextFormat::simple(font, palette.ink),
        );
    }
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    painter.galley(
        pos2(rect.left() + 26.0, mid - galley.size().y / 2.0),
        galley,
        palette.ink,
    );
    let on = session
        .focused()
        .is_some_and(|h| h.labels.contains(&offer.id))
        && session.reader.selected().is_none();
    let right = match (on, label.digit) {
        (true, _) => "on".to_owned(),
        (false, Some(digit)) => digit.to_string(),
        (false, None) => String::new(),
    };
    painter.text(
        pos2(rect.right() - 10.0, mid),
        Align2::RIGHT_CENTER,
        right,
        theme::sans(11.5),
        palette.dim,
    );
    response.clicked()
}
