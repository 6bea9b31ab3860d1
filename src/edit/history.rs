//! What was done, by whom and when, and what can be undone.

use jiff::Timestamp;

use super::Edit;
use crate::model::CoderId;

/// How an entry came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was done.
    Do,
    /// It undid the entry with that number.
    Undo(u64),
    /// It did the entry with that number again.
    Redo(u64),
    /// It went back to the state just after the entry with that number (0: to the beginning).
    GoBack(u64),
}

/// What the list of edits shows of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Its number in its coder's history, from 1, without gaps.
    pub n: u64,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: CoderId,
    /// How it came about.
    pub kind: Kind,
    /// What it did, in words.
    pub what: String,
}

/// One line of a history: an edit that was applied and how to take it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Number, time, coder, description.
    pub head: Head,
    /// What was applied.
    pub edit: Edit,
    /// What takes it back.
    pub inverse: Edit,
}

/// One coder's list of edits and the two stacks that follow from it: an undo is itself an entry, so nothing that was ever
/// done gets lost, and the stacks are the same after a restart.
#[derive(Clone, Debug, Default)]
pub struct History {
    heads: Vec<Head>,
    undo: Vec<u64>,
    redo: Vec<u64>,
}

impl History {
    /// The list so far, oldest first.
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The number that the next entry gets.
    pub fn next_number(&self) -> u64 {
        self.heads.last().map_or(1, |h| h.n + 1)
    }

    /// Takes note of an entry that was made.
    pub fn push(&mut self, head: Head) {
        match head.kind {
            Kind::Do | Kind::GoBack(_) => {
                self.undo.push(head.n);
                self.redo.clear();
            }
            Kind::Undo(n) => {
                pop(&mut self.undo, n);
                self.redo.push(n);
            }
            Kind::Redo(n) => {
                pop(&mut self.redo, n);
                self.undo.push(n);
            }
        }
        self.heads.push(head);
    }

    /// The entry that undo would take back.
    pub fn to_undo(&self) -> Option<&Head> {
        self.undo.last().and_then(|&n| self.head(n))
    }

    /// The entry that redo would do again.
    pub fn to_redo(&self) -> Option<&Head> {
        self.redo.last().and_then(|&n| self.head(n))
    }

    /// The entry with number `n`.
    pub fn head(&self, n: u64) -> Option<&Head> {
        let at = self.heads.partition_point(|h| h.n < n);
        self.heads.get(at).filter(|h| h.n == n)
    }
}

/// Takes `n` off the stack: it is on top unless the history was edited by hand.
fn pop(stack: &mut Vec<u64>, n: u64) {
    if let Some(at) = stack.iter().rposition(|&m| m == n) {
        stack.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(kinds: &[Kind]) -> History {
        let mut history = History::default();
        for &kind in kinds {
            history.push(Head {
                n: history.next_number(),
                at: Timestamp::UNIX_EPOCH,
                by: CoderId::new("MK").unwrap(),
                kind,
                what: String::new(),
            });
        }
        history
    }

    fn next(kinds: &[Kind]) -> (Option<u64>, Option<u64>) {
        let history = history(kinds);
        (
            history.to_undo().map(|h| h.n),
            history.to_redo().map(|h| h.n),
        )
    }

    #[test]
    fn the_stacks_follow_from_the_list() {
        use Kind::{Do, GoBack, Redo, Undo};
        assert_eq!(next(&[]), (None, None));
        assert_eq!(next(&[Do, Do]), (Some(2), None));
        assert_eq!(next(&[Do, Do, Undo(2)]), (Some(1), Some(2)));
        assert_eq!(next(&[Do, Do, Undo(2), Undo(1)]), (None, Some(1)));
        assert_eq!(
            next(&[Do, Do, Undo(2), Undo(1), Redo(1)]),
            (Some(1), Some(2))
        );
        assert_eq!(next(&[Do, Do, Undo(2), Do]), (Some(4), None));
        assert_eq!(next(&[Do, Do, GoBack(1)]), (Some(3), None));
    }
}
