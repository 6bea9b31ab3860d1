//! The field for a pattern, its toggles, and what is wrong with it.

use std::sync::Arc;

use egui::{
    Button, Context, Event, Galley, Id, Key, Modifiers, Response, RichText, Role, Stroke,
    TextBuffer, TextEdit, TextFormat, Ui, WidgetInfo, pos2,
    text::{CCursor, CCursorRange, LayoutJob},
    text_edit::TextEditState,
};

use super::asked::{Asked, Way};
use crate::{
    analysis::find::PatternError,
    app::{access, theme},
};

impl Way {
    /// Its name on the toggle.
    fn name(self) -> &'static str {
        match self {
            Self::Words => "Words",
            Self::Case => "Case",
            Self::Accents => "Accents",
            Self::Regex => "Regex",
        }
    }

    /// Its name in full.
    fn spoken(self) -> &'static str {
        match self {
            Self::Words => "Whole words",
            Self::Case => "Match case",
            Self::Accents => "Match accents",
            Self::Regex => "Regular expression",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Words => "Find whole words only. A * at the end of a word stands for any ending.",
            Self::Case => "Tell capital letters from small ones.",
            Self::Accents => "Tell é from e.",
            Self::Regex => "Read the pattern as a regular expression.",
        }
    }

    fn key(self) -> Key {
        match self {
            Self::Words => Key::W,
            Self::Case => Key::C,
            Self::Accents => Key::A,
            Self::Regex => Key::R,
        }
    }
}

/// What was pressed in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    Enter,
    ShiftEnter,
    CtrlEnter,
    Escape,
    Up,
    Down,
}

/// The keys of a field that mean more than text, in order. Taken before the field is shown, when it has the keyboard.
pub fn presses(ctx: &Context, id: Id) -> Vec<Press> {
    if !ctx.memory(|m| m.has_focus(id)) {
        return Vec::new();
    }
    let keys = [
        (Modifiers::COMMAND, Key::Enter, Press::CtrlEnter),
        (Modifiers::SHIFT, Key::Enter, Press::ShiftEnter),
        (Modifiers::NONE, Key::Enter, Press::Enter),
        (Modifiers::NONE, Key::Escape, Press::Escape),
        (Modifiers::NONE, Key::ArrowUp, Press::Up),
        (Modifiers::NONE, Key::ArrowDown, Press::Down),
    ];
    let taken = keys.map(|(modifiers, key, press)| {
        let times = ctx.input_mut(|i| i.count_and_consume_key(modifiers, key));
        std::iter::repeat_n(press, times)
    });
    taken.into_iter().flatten().collect()
}

/// Takes Alt and a letter for the toggles, with what the system types for it. Returns whether one was turned.
pub fn toggle_keys(ctx: &Context, asked: &mut Asked) {
    for way in Way::ALL {
        if take_alt(ctx, way.key()) {
            way.toggle(&mut asked.pattern);
        }
    }
}

fn take_alt(ctx: &Context, wanted: Key) -> bool {
    ctx.input_mut(|i| {
        let pressed = |e: &Event| {
            matches!(e, Event::Key { key, pressed: true, modifiers, .. }
                if *key == wanted && modifiers.matches_exact(Modifiers::ALT))
        };
        let Some(at) = i.events.iter().position(pressed) else {
            return false;
        };
        i.events.remove(at);
        if matches!(i.events.get(at), Some(Event::Text(_))) {
            i.events.remove(at);
        }
        true
    })
}

/// Gives a field the keyboard, with all of its text selected, so that typing puts another in its place.
pub fn take_keyboard(ctx: &Context, id: Id, text: &str) {
    ctx.memory_mut(|m| m.request_focus(id));
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    let all = CCursorRange::two(CCursor::new(0), end);
    state.cursor.set_char_range(Some(all));
    state.store(ctx, id);
}

/// Shows the field. Where a pattern goes wrong is underlined.
pub fn field(ui: &mut Ui, asked: &mut Asked, id: Id, name: &str, width: f32) -> Response {
    let error = asked.error.clone();
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| -> Arc<Galley> {
        let job = marked(ui, text.as_str(), error.as_ref());
        ui.fonts_mut(|f| f.layout_job(job))
    };
    let field = TextEdit::singleline(&mut asked.pattern.text)
        .id(id)
        .hint_text(name)
        .desired_width(width)
        .layouter(&mut layouter);
    let response = ui.add(field);
    access::name(&response, name);
    // Else egui takes the keyboard away before Esc is asked for, and moves it on by the arrows.
    let filter = crate::app::keys::ARROWS_AND_ESCAPE;
    ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
    response
}

/// The text of the field on one line.
fn marked(ui: &Ui, text: &str, error: Option<&PatternError>) -> LayoutJob {
    let palette = theme::palette(ui.ctx());
    let font = theme::sans(13.5);
    let plain = TextFormat::simple(font.clone(), palette.ink);
    let wrong = TextFormat {
        underline: Stroke::new(2.0, palette.error),
        ..TextFormat::simple(font, palette.error)
    };
    let mut job = LayoutJob {
        break_on_newline: false,
        ..LayoutJob::default()
    };
    let at = error.map_or((text.len(), text.len()), |e| e.at);
    let cut = |at: usize| (at..=text.len()).find(|i| text.is_char_boundary(*i));
    let (start, end) = (cut(at.0), cut(at.1.max(at.0)));
    let (start, end) = (start.unwrap_or(text.len()), end.unwrap_or(text.len()));
    for (part, format) in [
        (&text[..start], &plain),
        (&text[start..end], &wrong),
        (&text[end..], &plain),
    ] {
        job.append(part, 0.0, format.clone());
    }
    job
}

/// Says what is wrong with the pattern, below the place where it is when there is room.
pub fn error(ui: &mut Ui, asked: &Asked, field: &Response) {
    let Some(error) = &asked.error else { return };
    let palette = theme::palette(ui.ctx());
    let text = &asked.pattern.text;
    let before = text.get(..error.at.0.min(text.len())).unwrap_or(text);
    let galley = |text: &str, size: f32| {
        let job = LayoutJob::simple_singleline(text.to_owned(), theme::sans(size), palette.ink);
        ui.fonts_mut(|f| f.layout_job(job)).size().x
    };
    let place = field.rect.left() + 4.0 + galley(before, 13.5);
    let room = ui.max_rect().right() - galley(&error.message, 12.0) - 4.0;
    let indent = (place.min(room) - ui.cursor().left()).max(0.0);
    let caret = pos2(
        place.min(field.rect.right() - 4.0),
        field.rect.bottom() + 1.0,
    );
    ui.painter().line_segment(
        [caret, caret + egui::vec2(0.0, 4.0)],
        Stroke::new(2.0, palette.error),
    );
    ui.horizontal(|ui| {
        ui.add_space(indent);
        let told = RichText::new(&error.message).size(12.0);
        ui.add(egui::Label::new(told.color(palette.error)).wrap());
    });
}

/// The toggles.
pub fn toggles(ui: &mut Ui, asked: &mut Asked) {
    for way in Way::ALL {
        let on = way.is_on(&asked.pattern);
        let text = RichText::new(way.name()).size(12.5);
        let key = ui
            .ctx()
            .format_shortcut(&egui::KeyboardShortcut::new(Modifiers::ALT, way.key()));
        let response = ui.add(Button::selectable(on, text).small());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, way.spoken()));
        let help = format!("{} ({key})", way.help());
        if response.on_hover_text(help).clicked() {
            way.toggle(&mut asked.pattern);
        }
    }
}
