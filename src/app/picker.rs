//! The label picker: opens at the selection as one types, best match first.

use egui::{
    Align2, Area, Event, Frame, Key, Modifiers, Order, RichText, Role, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use super::{App, Command, Screen, Session, access, find, fuzzy::fuzzy, keys::hold, theme};
use crate::model::LabelId;

const SHOWN: usize = 8;
const WIDTH: f32 = 330.0;

/// What a label is picked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To tag what is selected or in focus.
    #[default]
    Passage,
    /// To tag what was found.
    Hits,
    /// To have passages suggested for it.
    Suggestions,
}

/// The picker's state while it is open.
pub struct Picker {
    purpose: Purpose,
    /// Beside what it opens; the selection or what is in focus when nothing is said.
    anchor: Option<egui::Rect>,
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
        Self::asking(Purpose::Passage, typed, None)
    }

    /// Open for a purpose, beside a place on the screen.
    pub fn asking(purpose: Purpose, typed: String, anchor: Option<egui::Rect>) -> Self {
        Self {
            purpose,
            anchor,
            typed,
            chosen: 0,
            fresh: true,
        }
    }
}

impl Purpose {
    /// What is done with a label, and with a note when that is wanted.
    fn command(self, label: LabelId, note: bool) -> Command {
        match (self, note) {
            (Self::Passage, true) => Command::TagAndNote(label),
            (Self::Passage, false) => Command::Toggle(label),
            (Self::Hits, _) => Command::Find(find::Request::TagWith(label)),
            (Self::Suggestions, _) => Command::Find(find::Request::Suggest(label)),
        }
    }

    /// What is done with a name that no label has yet.
    fn command_for_new(self, name: String) -> Option<Command> {
        match self {
            Self::Passage => Some(Command::TagNew(name)),
            Self::Hits => Some(Command::Find(find::Request::TagNew(name))),
            Self::Suggestions => None,
        }
    }

    /// What the keys do, below the labels.
    fn hint(self, fits: bool, name: &str) -> String {
        match (self, fits, name.is_empty()) {
            (Self::Suggestions, true, _) => "Enter suggests passages for it".to_owned(),
            (Self::Suggestions, false, _) => "No label has such a name".to_owned(),
            (_, false, false) => format!("Enter: new label “{name}”"),
            (Self::Hits, _, true) => "Enter tags what was found".to_owned(),
            (Self::Hits, ..) => format!("Enter tags · Ctrl+Enter new label “{name}”"),
            (Self::Passage, _, true) => "Enter tags · Shift+Enter tags and adds a note".to_owned(),
            (Self::Passage, true, false) => {
                format!("Enter tags · Shift+Enter adds a note · Ctrl+Enter new label “{name}”")
            }
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
            picked = picker.purpose.command_for_new(new_name);
        }
    } else if enter || shift_enter {
        let chosen = offers.get(picker.chosen);
        picked = chosen.map(|o| picker.purpose.command(o.id.clone(), shift_enter));
    } else if let Some(id) = clicked {
        picked = Some(picker.purpose.command(id, false));
    }
    if let Some(offer) = offers.get(picker.chosen) {
        session.point_at(offer.id.clone());
    }
    if picked.is_some() || escape || outside {
        let purpose = picker.purpose;
        commands.extend(picked);
        *open = None;
        session.pointed = None;
        match purpose {
            Purpose::Passage if shift_enter => {}
            Purpose::Passage => session.take_keyboard(),
            Purpose::Hits | Purpose::Suggestions => find::after_picking(session),
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
    let anchor = match picker.purpose {
        Purpose::Passage => session.anchor(),
        Purpose::Hits | Purpose::Suggestions => picker.anchor,
    };
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
                    if fresh {
                        // Else a letter typed by now would take the place of those that are there.
                        let end = egui::text::CCursor::new(picker.typed.chars().count());
                        let mut state =
                            egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
                        let range = egui::text::CCursorRange::one(end);
                        state.cursor.set_char_range(Some(range));
                        state.store(ui.ctx(), id);
                    }
                    let output = TextEdit::singleline(&mut picker.typed)
                        .id(id)
                        .hint_text("Type a label's name")
                        .desired_width(f32::INFINITY)
                        .show(ui);
                    access::name(&output.response, "Label to tag with");
                    if output.response.changed() {
                        picker.chosen = 0;
                    }
                    let first = picker.chosen.saturating_sub(SHOWN - 1);
                    for (i, offer) in offers.iter().enumerate().skip(first).take(SHOWN) {
                        if row(ui, session, offer, i == picker.chosen, picker.purpose) {
                            clicked = Some(offer.id.clone());
                        }
                    }
                    let name = picker.typed.trim();
                    let hint = picker.purpose.hint(!offers.is_empty(), name);
                    ui.add_space(2.0);
                    ui.label(RichText::new(hint).size(12.0).color(palette.dim));
                });
        });
    let outside =
        !fresh && ctx.input(|i| i.pointer.any_pressed()) && !area.response.contains_pointer();
    (clicked, outside)
}

fn row(ui: &mut Ui, session: &Session, offer: &Offer, chosen: bool, purpose: Purpose) -> bool {
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
            match purpose {
                Purpose::Suggestions => format!("Suggest for {}", offer.path),
                Purpose::Passage | Purpose::Hits => format!("Tag with {}", offer.path),
            },
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
    let on = purpose == Purpose::Passage
        && session
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
