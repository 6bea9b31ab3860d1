//! A cell: quotes that can be opened and given another stance, and the claims below them.

use std::sync::Arc;

use egui::{
    DragAndDrop, EventFilter, Frame, Id, Key, Label, Margin, Modifiers, RichText, Sense, Stroke,
    StrokeKind, TextEdit, Ui, WidgetInfo, text::LayoutJob, vec2,
};
use jiff::Timestamp;

use super::{SHOWN, Shown, stance_title, stance_word};
use crate::{
    analysis::{
        contrast::{Claim, Quote, STANCES},
        query::Place,
    },
    app::{
        Command, access,
        compare::{Desk, Request, State as View, side::Ask},
        theme, words,
    },
    edit::compose,
    export::cite,
    model::{ClaimPlace, HighlightId, Label as Theory, ReadingId, Stance},
    text::{Span, Text},
};

/// A quote on its way to another column.
pub struct Dragged {
    pub reading: ReadingId,
    pub highlight: HighlightId,
    pub stance: Option<Stance>,
}

/// How many quotes a cell shows until it is unfolded, and then.
const QUOTES: usize = 2;
const MOST: usize = 40;

/// Shows a cell.
pub fn show(
    shown: &Arc<Shown>,
    row: usize,
    theory: usize,
    stance: usize,
    view: &mut View,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    let Some(label) = shown.theory(theory) else {
        return;
    };
    let teach = row == 0 && theory == 0 && !desk.has_claims;
    let row = &shown.contrast.rows[row];
    let cell = &row.cells[theory][stance];
    let stance = STANCES[stance];
    let key = (row.reading.clone(), label.id.clone(), stance);
    let unfolded = view.theories.unfolded.contains(&key);
    let most = if unfolded { MOST } else { QUOTES };
    for quote in cell.quotes.iter().take(most) {
        show_quote(shown, quote, stance, view, desk, ui);
    }
    if cell.quotes.len() > QUOTES {
        let rest = cell.quotes.len() - QUOTES;
        let text = if unfolded {
            "fewer".to_owned()
        } else {
            format!("+{rest} more")
        };
        let link = ui.link(RichText::new(text).size(12.5));
        let name = format!(
            "{} quotes: {}",
            if unfolded { "Fewer" } else { "All" },
            place_name(shown, &row.reading, label, stance)
        );
        link.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, &name));
        if link.clicked() {
            view.side.ask = Some(Ask::Theory(key.1.clone(), key.0.clone(), stance));
            match unfolded {
                true => view.theories.unfolded.remove(&key),
                false => view.theories.unfolded.insert(key),
            };
        }
    }
    // What one claims under no stance is about the reading as a whole, and stands there.
    if stance.is_some() {
        let place = ClaimPlace {
            label: label.id.clone(),
            reading: row.reading.clone(),
            stance,
        };
        claims(shown, &cell.claims, place, label, teach, desk, ui);
    }
}

/// `Walt 1987 contests Balance of threat`.
fn place_name(
    shown: &Shown,
    reading: &ReadingId,
    label: &Theory,
    stance: Option<Stance>,
) -> String {
    let source = shown.corpus.source(reading);
    let cited = source.map_or_else(String::new, |s| s.reading.meta.citation());
    format!("{cited} {} {}", stance_word(stance), label.name)
}

/// A quote in the serif with its citation; pressing opens it, dragging or a digit gives it a stance.
fn show_quote(
    shown: &Shown,
    quote: &Quote,
    stance: Option<Stance>,
    view: &View,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    let Some((source, coding)) = shown.corpus.coding(quote.place) else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    let (reading, h) = (&source.reading, &coding.highlight);
    let job = quote_job(shown, quote.place, view, desk, ui);
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let size = vec2(ui.available_width(), galley.size().y);
    let id = Id::unique(("quote", h.id.0, stance, ui.scope_id()));
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let begins = words::beginning(&reading.text, h.span, 60);
    response.widget_info(|| {
        let name = format!("{}: “{begins}”", stance_title(stance));
        WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    let around = rect.expand2(vec2(5.0, 3.0));
    if response.has_focus() {
        let line = Stroke::new(1.5, palette.accent);
        ui.painter()
            .rect_stroke(around, 5.0, line, StrokeKind::Inside);
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    } else if response.hovered() || response.dragged() {
        ui.painter()
            .rect_filled(around, 5.0, palette.line.gamma_multiply(0.45));
    }
    ui.painter().galley(rect.min, galley, palette.ink);
    if !h.note.is_empty() {
        let note = RichText::new(h.note.trim()).size(12.5).color(palette.dim);
        ui.add(Label::new(note).wrap());
    }
    if response.clicked() {
        let open = Command::OpenPassage(reading.id.clone(), h.span, Some(h.id));
        desk.commands.push(open);
    }
    response.dnd_set_drag_payload(Dragged {
        reading: reading.id.clone(),
        highlight: h.id,
        stance,
    });
    if response.dragged() && DragAndDrop::has_payload_of_type::<Dragged>(ui.ctx()) {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    }
    let by_key = stance_by_key(ui, response.has_focus(), id, stance);
    let mut chosen = by_key;
    response.context_menu(|ui| {
        for other in STANCES {
            if ui
                .selectable_label(other == stance, stance_title(other))
                .clicked()
            {
                chosen = Some(other);
                ui.close();
            }
        }
    });
    if response.hovered() {
        response.on_hover_text("Press to open it. Drag it to another column to change its stance.");
    }
    if let Some(chosen) = chosen.filter(|chosen| *chosen != stance) {
        set_stance(&reading.id, h.id, chosen, desk);
    }
}

fn quote_job(shown: &Shown, place: Place, view: &View, desk: &Desk<'_>, ui: &Ui) -> LayoutJob {
    let palette = theme::palette(ui.ctx());
    let Some((source, coding)) = shown.corpus.coding(place) else {
        return LayoutJob::default();
    };
    let (reading, h) = (&source.reading, &coding.highlight);
    let size = 15.5 * desk.text_size / 18.0;
    let text = cut(
        &reading.text,
        h.span,
        if ui.available_width() < 240.0 {
            190
        } else {
            280
        },
    );
    let cited = cite::Place::of(reading, h.span);
    let mut cited = match &view.theories.names {
        Some((_, names)) => names.passage(reading, &cited),
        None => format!("({cited})"),
    };
    if h.coder != *desk.session.coder() {
        cited = format!("{cited} {}", h.coder);
    }
    let mut job = LayoutJob::default();
    let plain = |font, color| egui::TextFormat {
        line_height: Some(size * 1.38),
        ..egui::TextFormat::simple(font, color)
    };
    job.append(
        &format!("“{text}” "),
        0.0,
        plain(theme::serif(size), palette.ink),
    );
    // A citation stays in one piece where it fits into a line.
    let cited = cited.replace(' ', "\u{a0}");
    job.append(&cited, 0.0, plain(theme::sans(size * 0.79), palette.accent));
    job.wrap.max_width = ui.available_width();
    job
}

/// The beginning of a passage, with an ellipsis after a whole word when there is more.
fn cut(text: &Text, span: Span, chars: usize) -> String {
    let beginning = words::beginning(text, span, chars);
    match (beginning.strip_suffix('…'), beginning.rfind(' ')) {
        (Some(_), Some(space)) if space > beginning.len() / 2 => {
            format!("{} …", &beginning[..space])
        }
        _ => beginning,
    }
}

/// What the digits 1 to 6, or Alt with left and right, make of a quote that has the keyboard.
fn stance_by_key(ui: &Ui, focused: bool, id: Id, now: Option<Stance>) -> Option<Option<Stance>> {
    if !focused {
        return None;
    }
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(
            id,
            EventFilter {
                horizontal_arrows: true,
                ..EventFilter::default()
            },
        );
    });
    let keys = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
    ];
    let at = SHOWN.iter().position(|at| STANCES[*at] == now);
    let at = at.unwrap_or_default();
    ui.input_mut(|i| {
        let digit = keys
            .iter()
            .position(|key| i.consume_key(Modifiers::NONE, *key));
        let left = i
            .consume_key(Modifiers::ALT, Key::ArrowLeft)
            .then(|| SHOWN[at.saturating_sub(1)]);
        let right = i
            .consume_key(Modifiers::ALT, Key::ArrowRight)
            .then(|| SHOWN[(at + 1).min(5)]);
        digit.or(left).or(right).map(|at| STANCES[at])
    })
}

/// Has a highlight's stance set.
pub fn set_stance(
    reading: &ReadingId,
    highlight: HighlightId,
    stance: Option<Stance>,
    desk: &mut Desk<'_>,
) {
    let request = Request::SetStance(reading.clone(), highlight, stance);
    desk.commands.push(Command::Compare(request));
}

/// Carries that out: a colleague's highlight stays as it is.
pub fn carry_out_stance(
    session: &mut crate::app::Session,
    reading: &ReadingId,
    highlight: HighlightId,
    stance: Option<Stance>,
) -> Result<(), String> {
    session.commit_note()?;
    let Some(h) = session.project().highlight(reading, highlight).cloned() else {
        return Ok(());
    };
    session.check_own(&h)?;
    session.perform(compose::change(&h, Timestamp::now(), |h| h.stance = stance))
}

fn field_id(place: &ClaimPlace) -> Id {
    Id::unique(("claim", &place.label, &place.reading, place.stance))
}

/// Colleagues' claims, then the field for one's own.
pub fn claims(
    shown: &Shown,
    claims: &[Claim],
    mut place: ClaimPlace,
    label: &Theory,
    teach: bool,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    let palette = theme::palette(ui.ctx());
    let cell = ui.max_rect().expand(6.0);
    for claim in claims {
        if claim.coder == *desk.session.coder() {
            // It may stand with an older version of the reading; there it is changed.
            place = claim.place.clone();
            continue;
        }
        let told = format!("{}: {}", claim.coder, claim.text);
        ui.add(Label::new(RichText::new(told).size(12.5).color(palette.dim)).wrap());
    }
    let id = field_id(&place);
    let focused = ui.memory(|m| m.has_focus(id));
    let done = focused
        && ui.input_mut(|i| {
            i.consume_key(Modifiers::NONE, Key::Escape)
                || i.consume_key(Modifiers::COMMAND, Key::Enter)
        });
    let mut text = desk.session.claim(&place).to_owned();
    let fill = match text.is_empty() && !focused {
        true => egui::Color32::TRANSPARENT,
        false => palette.label_tint(label.color, false),
    };
    let hint = RichText::new("Your claim…").color(palette.dim);
    let size = 13.5 * desk.text_size / 18.0;
    let frame = Frame::new()
        .fill(fill)
        .corner_radius(5)
        .inner_margin(Margin::symmetric(6, 4));
    let response = frame
        .show(ui, |ui| {
            let around = ui.clip_rect().with_min_x(ui.max_rect().left());
            let around = around.with_max_x(ui.max_rect().right());
            let pointed = ui.rect_contains_pointer(around.intersect(cell));
            let edit = TextEdit::multiline(&mut text)
                .id(id)
                .frame(Frame::NONE)
                .margin(Margin::ZERO)
                .font(theme::sans(size))
                .desired_rows(1)
                .desired_width(f32::INFINITY);
            let teach = pointed || teach;
            ui.add(if teach { edit.hint_text(hint) } else { edit })
        })
        .inner;
    let about = place_name(shown, &place.reading, label, place.stance);
    access::name(&response, &format!("Your claim: {about}"));
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(id, crate::app::keys::ARROWS_AND_ESCAPE);
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let mut failed = None;
    if response.changed() {
        failed = desk.session.write_claim(&place, text, desk.time).err();
    }
    if done {
        response.surrender_focus();
    }
    if done || response.lost_focus() {
        failed = failed.or(desk.session.commit_claim().err());
    }
    if let Some(error) = failed {
        desk.commands.push(Command::Fail(error));
    }
}
