//! The keys of the cursor.

use egui::{EventFilter, Key, Modifiers, Ui};

use super::{Answer, Cursor, Grid, Source};

impl Grid {
    /// Takes the keys of the cursor. Returns where it went, to bring that into view.
    pub(super) fn keys(&mut self, ui: &Ui, source: &impl Source) -> Option<Cursor> {
        let id = self.cursor_id();
        if !ui.memory(|m| m.has_focus(id)) {
            return None;
        }
        ui.memory_mut(|m| {
            m.set_focus_lock_filter(
                id,
                EventFilter {
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    tab: false,
                    escape: false,
                },
            );
        });
        let at = self.cursor.unwrap_or((0, Some(0)));
        let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        let mut to = at;
        if source.moves() {
            for (key, down, across) in [
                (Key::ArrowUp, -1, 0),
                (Key::ArrowDown, 1, 0),
                (Key::ArrowLeft, 0, -1),
                (Key::ArrowRight, 0, 1),
            ] {
                if !pressed(Modifiers::ALT, key) {
                    continue;
                }
                let row = step(at.0, down, self.size.0);
                let column = at.1.map(|c| step(c, across, self.size.1));
                // What is moved keeps the cursor.
                self.answers.push(Answer::Choose(at));
                if row != at.0 {
                    self.answers.push(Answer::MoveRow(at.0, row));
                    return Some((row, at.1));
                }
                if let (Some(from), Some(column)) = (at.1, column)
                    && from != column
                {
                    self.answers.push(Answer::MoveColumn(from, column));
                    return Some((at.0, Some(column)));
                }
                return None;
            }
        }
        let page = 10;
        for (key, by) in [
            (Key::ArrowUp, -1),
            (Key::ArrowDown, 1),
            (Key::PageUp, -page),
            (Key::PageDown, page),
        ] {
            if pressed(Modifiers::NONE, key) {
                to.0 = step(to.0, by, self.size.0);
            }
        }
        let folded = source.row(to.0).folded;
        if pressed(Modifiers::NONE, Key::ArrowLeft) {
            match (to.1, folded) {
                (Some(column), _) => to.1 = column.checked_sub(1),
                (None, Some(false)) => self.answers.push(Answer::Fold(to.0, true)),
                (None, _) => {}
            }
        }
        if pressed(Modifiers::NONE, Key::ArrowRight) {
            match (to.1, folded) {
                (Some(column), _) => to.1 = Some(step(column, 1, self.size.1)),
                (None, Some(true)) => self.answers.push(Answer::Fold(to.0, false)),
                (None, _) => to.1 = Some(0),
            }
        }
        if pressed(Modifiers::NONE, Key::Home) {
            to.1 = to.1.map(|_| 0);
        }
        if pressed(Modifiers::NONE, Key::End) {
            to.1 = to.1.map(|_| self.size.1 - 1);
        }
        if pressed(Modifiers::NONE, Key::Enter) {
            self.answers.push(Answer::Open(to));
        }
        if pressed(Modifiers::NONE, Key::Space) {
            self.answers.push(Answer::Choose(to));
        }
        if to == at {
            return None;
        }
        self.cursor = Some(to);
        self.answers.push(Answer::Choose(to));
        Some(to)
    }
}

fn step(at: usize, by: isize, n: usize) -> usize {
    at.saturating_add_signed(by).min(n.saturating_sub(1))
}
