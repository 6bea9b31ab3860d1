//! Letters drawn one after another without a gap: words, or parts of them.

use super::marks::Mark;

/// A gap this wide parts words where no space is drawn, in ems.
pub(super) const GAP: f64 = 0.13;
/// The same on pages whose spaces are drawn.
pub(super) const GAP_BESIDE_SPACES: f64 = 0.24;
/// How far letters reach above and below their baseline, in ems.
const ASCENT: f64 = 0.72;
const DESCENT: f64 = 0.2;

/// Letters that stand together on one baseline, in one size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chunk {
    pub(super) marks: Vec<Mark>,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    /// Whether a space is drawn before and after it.
    pub(super) space_before: bool,
    pub(super) space_after: bool,
}

impl Chunk {
    pub(super) fn top(&self) -> f64 {
        self.base - self.size * ASCENT
    }

    pub(super) fn bottom(&self) -> f64 {
        self.base + self.size * DESCENT
    }

    pub(super) fn middle(&self) -> f64 {
        (self.top() + self.bottom()) / 2.0
    }
}

/// Whether a page's spaces are drawn as letters, rather than left as gaps.
pub(super) fn draws_spaces(marks: &[Mark]) -> bool {
    let spaces = marks.iter().filter(|m| m.letter == ' ').count();
    spaces * 12 >= marks.len()
}

/// The chunks of letters that come in drawing order.
pub(super) fn chunks(marks: Vec<Mark>) -> Vec<Chunk> {
    let gap = if draws_spaces(&marks) {
        GAP_BESIDE_SPACES
    } else {
        GAP
    };
    let mut out: Vec<Chunk> = Vec::new();
    let mut space: Option<Mark> = None;
    for mark in marks {
        if mark.letter == ' ' {
            if let Some(last) = out.last_mut()
                && (last.base - mark.base).abs() < mark.size * 0.3
            {
                last.space_after = true;
            }
            space = Some(mark);
            continue;
        }
        let before = space.take();
        let last = out.last_mut().filter(|last| {
            let by = mark.x0 - last.x1;
            before.is_none()
                && (last.base - mark.base).abs() < mark.size * 0.03
                && (last.size - mark.size).abs() < mark.size * 0.05
                && by < mark.size * gap
                && by > -mark.size * 0.35
        });
        match last {
            Some(last) => {
                last.x1 = last.x1.max(mark.x1);
                last.marks.push(mark);
            }
            None => out.push(Chunk {
                x0: mark.x0,
                x1: mark.x1.max(mark.x0),
                base: mark.base,
                size: mark.size,
                space_before: before.is_some_and(|s| (s.base - mark.base).abs() < mark.size * 0.3),
                space_after: false,
                marks: vec![mark],
            }),
        }
    }
    out
}
