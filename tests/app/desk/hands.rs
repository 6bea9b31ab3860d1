//! Hands: keys, the mouse, files that are dropped, the clipboard.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2, accesskit::Role};
use egui_kittest::kittest::NodeT;
use glossator::app::{Command, action::Action};

use super::{CTRL, Desk, SHIFT};

impl Desk {
    fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.frame();
    }

    fn strike(key: Key, modifiers: Modifiers) -> [Event; 2] {
        [true, false].map(|pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        })
    }

    /// Presses a key.
    #[track_caller]
    pub fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    #[track_caller]
    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        let [down, up] = Self::strike(key, modifiers);
        self.send([Event::ModifiersChanged(modifiers), down, up]);
        self.send([Event::ModifiersChanged(Modifiers::NONE)]);
        self.rest();
    }

    /// Types letter by letter, one a frame.
    #[track_caller]
    pub fn type_keys(&mut self, text: &str) {
        for c in text.chars() {
            let key = Key::from_name(&c.to_uppercase().to_string());
            let [down, up] = key
                .map(|key| Self::strike(key, Modifiers::NONE).map(Some))
                .unwrap_or([None, None]);
            let typed = Some(Event::Text(c.to_string()));
            self.send([down, typed, up].into_iter().flatten());
        }
        self.rest();
    }

    /// Writes into the field of that name, in place of what it holds.
    #[track_caller]
    pub fn fill(&mut self, field: &str, text: &str) {
        let fields = self.things(|t| {
            let role = t.role;
            (role == Role::TextInput
                || role == Role::MultilineTextInput
                || role == Role::PasswordInput)
                && t.name == field
        });
        let field_now = super::eyes::only(&fields, field);
        let hidden = field_now.role == Role::PasswordInput;
        self.click(field_now.rect.center());
        self.key_with(CTRL, Key::A);
        self.send([Event::Text(text.to_owned())]);
        self.rest();
        let length = text.chars().count();
        let took = |value: &str| match hidden {
            true => value.chars().count() == length,
            false => value == text,
        };
        let now = self.things(|t| t.name == field && took(&t.value));
        assert!(!now.is_empty(), "{field} did not take {text:?}");
    }

    pub fn button(pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) -> Event {
        Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers,
        }
    }

    pub(super) fn click_by(&mut self, pos: Pos2, button: PointerButton, modifiers: Modifiers) {
        self.send([Event::PointerMoved(pos)]);
        self.send([
            Event::ModifiersChanged(modifiers),
            Self::button(pos, button, true, modifiers),
        ]);
        self.send([
            Self::button(pos, button, false, modifiers),
            Event::ModifiersChanged(Modifiers::NONE),
        ]);
    }

    /// Points at a place.
    #[track_caller]
    pub fn hover(&mut self, pos: Pos2) {
        self.send([Event::PointerMoved(pos)]);
        self.rest();
    }

    /// Takes the pointer out of the window.
    #[track_caller]
    pub fn leave(&mut self) {
        self.send([Event::PointerGone]);
        self.rest();
    }

    /// Gives the keyboard to the thing whose name begins so, as a screen reader does.
    #[track_caller]
    pub fn focus(&mut self, name: &str) {
        self.beginning(name);
        let all = self.harness.root().children_recursive();
        for node in all {
            let label = node.accesskit_node().label().unwrap_or_default();
            if label.starts_with(name) {
                node.focus();
                break;
            }
        }
        self.rest();
    }

    /// Clicks at a place, well after any click before.
    #[track_caller]
    pub fn click(&mut self, pos: Pos2) {
        self.pass(1.0);
        self.click_by(pos, PointerButton::Primary, Modifiers::NONE);
        self.rest();
    }

    #[track_caller]
    pub fn shift_click(&mut self, pos: Pos2) {
        self.pass(1.0);
        self.click_by(pos, PointerButton::Primary, SHIFT);
        self.rest();
    }

    #[track_caller]
    pub fn ctrl_click(&mut self, pos: Pos2) {
        self.pass(1.0);
        self.click_by(pos, PointerButton::Primary, CTRL);
        self.rest();
    }

    #[track_caller]
    pub fn right_click(&mut self, pos: Pos2) {
        self.click_by(pos, PointerButton::Secondary, Modifiers::NONE);
        self.rest();
    }

    /// Clicks `n` times in quick succession.
    #[track_caller]
    pub fn clicks(&mut self, pos: Pos2, n: u32) {
        self.pass(1.0);
        for _ in 0..n {
            self.click_by(pos, PointerButton::Primary, Modifiers::NONE);
        }
        self.rest();
    }

    /// As [`Self::clicks`] on a machine so slow that they come in one frame.
    #[track_caller]
    pub fn clicks_at_once(&mut self, pos: Pos2, n: u32) {
        self.pass(1.0);
        self.send([Event::PointerMoved(pos)]);
        let click = [true, false]
            .map(|down| Self::button(pos, PointerButton::Primary, down, Modifiers::NONE));
        self.send((0..n).flat_map(|_| click.clone()));
        self.rest();
    }

    #[track_caller]
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.drag_and_hold(from, to, 0);
    }

    /// Drags and holds still for some frames before letting go.
    #[track_caller]
    pub fn drag_and_hold(&mut self, from: Pos2, to: Pos2, frames: usize) {
        self.pass(1.0);
        let button = |pos, down| Self::button(pos, PointerButton::Primary, down, Modifiers::NONE);
        self.send([Event::PointerMoved(from)]);
        self.send([button(from, true)]);
        for part in [0.3, 0.7, 1.0] {
            self.send([Event::PointerMoved(from.lerp(to, part))]);
        }
        for _ in 0..frames {
            self.frame();
        }
        self.send([button(to, false)]);
        self.rest();
    }

    /// Turns the wheel by points (down when negative) with the pointer at a place.
    #[track_caller]
    pub fn wheel(&mut self, pos: Pos2, points: f32) {
        self.send([Event::PointerMoved(pos)]);
        self.send([Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, points),
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
        }]);
        self.rest();
    }

    /// Drops files on the window, and waits for what comes of it.
    #[track_caller]
    pub fn drop_files(&mut self, paths: &[PathBuf]) {
        self.let_go(paths);
        self.settle();
    }

    /// Drops files on the window.
    #[track_caller]
    pub fn let_go(&mut self, paths: &[PathBuf]) {
        let files = paths.iter().map(|p| Arc::new(Dropped(p.clone())) as _);
        self.harness.input_mut().dropped_files.extend(files);
        self.frame();
    }

    /// What the app put into the clipboard in the last frame.
    pub fn copied(&self) -> Option<String> {
        let commands = &self.harness.output().platform_output.commands;
        commands.iter().find_map(|c| match c {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Pastes a text, as the system's clipboard does.
    #[track_caller]
    pub fn paste(&mut self, text: &str) {
        self.send([Event::Paste(text.to_owned())]);
        self.rest();
    }

    /// Copies what is chosen.
    pub fn copy(&mut self) -> Option<String> {
        self.send([Event::Copy]);
        self.copied()
    }

    /// Presses a key for one frame only, to see what that frame put out.
    pub fn strike_once(&mut self, modifiers: Modifiers, key: Key) {
        self.send(Self::strike(key, modifiers));
    }

    /// Clicks, and says what that puts into the clipboard.
    #[track_caller]
    pub fn click_and_copy(&mut self, pos: Pos2) -> String {
        self.click_by(pos, PointerButton::Primary, Modifiers::NONE);
        let mut copied = self.copied();
        self.wait_for("something in the clipboard", |desk| {
            copied = copied.take().or_else(|| desk.copied());
            copied.is_some()
        });
        copied.unwrap()
    }

    /// Types letters and a key on a machine so slow that all of it comes in one frame.
    #[track_caller]
    pub fn type_at_once(&mut self, text: &str, then: Key) {
        let mut events: Vec<Event> = text.chars().map(|c| Event::Text(c.to_string())).collect();
        events.extend(Self::strike(then, Modifiers::NONE));
        self.send(events);
        self.rest();
    }

    /// Has a command of the table carried out, as its menu entry does.
    #[track_caller]
    pub fn run(&mut self, action: Action) {
        self.harness.state_mut().send(Command::Do(action));
        self.frame();
        self.settle();
    }

    /// Makes the window another size.
    #[track_caller]
    pub fn resize(&mut self, size: Vec2) {
        self.harness.set_size(size);
        self.rest();
    }

    /// Closes the window.
    pub fn close(mut self) {
        eframe::App::on_exit(self.harness.state_mut(), None);
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}
