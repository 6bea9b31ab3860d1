//! Columns side by side, and tables, whose rows are columns as well.

use std::{collections::VecDeque, mem};

use super::{Cursor, Flow, Line, Row, Shaper, Sides, Thing, height};
use crate::export::page::look::LINE;

/// The share of a page up to which a row of a table is not broken.
const WHOLE: f32 = 0.8;
/// The share of a page up to which the head of a table is repeated.
const HEADED: f32 = 0.25;
/// Between a row of a table and the line under it.
const RULED_UNDER: f32 = 3.5;

impl Flow {
    /// Puts columns side by side.
    pub fn sides(&mut self, sides: Sides, shaper: &mut Shaper<'_>) {
        self.settle_with(sides.before + least(&sides), shaper);
        self.columns(sides, shaper);
    }

    /// Puts a table on pages, its head on each.
    pub fn table(&mut self, head: Sides, rows: Vec<Sides>, shaper: &mut Shaper<'_>) {
        let first = rows
            .first()
            .map_or(0.0, |row| row.before + self.needed(row));
        let needed = head.before + self.needed(&head) + RULED_UNDER + first;
        self.settle_with(needed, shaper);
        while !self.has_room(needed) && !self.is_bare() {
            self.next(shaper);
        }
        self.columns(head.clone(), shaper);
        let page = self.frame.bottom - self.frame.top;
        self.head = (tallest(&head) < page * HEADED).then(|| repeated(head));
        for row in rows {
            self.columns(row, shaper);
        }
        self.head = None;
    }

    /// Puts the head of the table that goes on on a new page, where there is room.
    pub(super) fn repeat_head(&mut self, shaper: &mut Shaper<'_>) {
        if let Some(head) = self.head.take() {
            if self.has_room(tallest(&head) + RULED_UNDER) {
                self.columns(head.clone(), shaper);
                self.bare = true;
            }
            self.head = Some(head);
        }
    }

    /// Puts the rows that have come on a page, with so many points under them where they have to stand with what follows.
    fn settle_with(&mut self, needed: f32, shaper: &mut Shaper<'_>) {
        let group = mem::take(&mut self.group);
        let is_kept = group.last().is_some_and(|last| last.keep);
        while is_kept && !self.fits(&group, &self.cursor, needed) && !self.is_bare() {
            self.next(shaper);
        }
        self.put(group, shaper);
    }

    /// How high columns have to be at least on their first page.
    fn needed(&self, sides: &Sides) -> f32 {
        let page = self.frame.bottom - self.frame.top;
        match tallest(sides) {
            all if sides.whole && all <= page * WHOLE => all,
            _ => least(sides),
        }
    }

    fn has_room(&self, height: f32) -> bool {
        let probe = Row {
            height,
            ..Row::default()
        };
        self.fits(&[probe], &self.cursor, 0.0)
    }

    fn columns(&mut self, mut sides: Sides, shaper: &mut Shaper<'_>) {
        let needed = sides.before + self.needed(&sides);
        while !self.has_room(needed) && !self.is_bare() {
            self.next(shaper);
        }
        let columns = mem::take(&mut sides.columns).into_iter();
        let mut queues: Vec<_> = columns.map(|(x, rows)| (x, groups(rows))).collect();
        loop {
            let placed = self.beside(&mut queues, &sides);
            if queues.iter().all(|(_, queue)| queue.is_empty()) {
                break;
            }
            if !placed && self.is_bare() {
                self.force(&mut queues, &sides);
            } else {
                self.next(shaper);
            }
        }
        if sides.ruled {
            self.ruled();
        }
    }

    /// Fills columns down to the end of the page. Whether anything was placed.
    fn beside(&mut self, queues: &mut [(f32, VecDeque<Vec<Row>>)], sides: &Sides) -> bool {
        let start = self.under(sides);
        let mut low = start;
        let mut placed = false;
        for (x, queue) in queues {
            let mut cursor = Cursor::new(self.frame.left + *x, start, sides.width);
            while queue.front().is_some_and(|g| self.fits(g, &cursor, 0.0)) {
                for row in queue.pop_front().into_iter().flatten() {
                    self.place(row, &mut cursor);
                }
                placed = true;
            }
            low = low.max(cursor.y);
        }
        if placed {
            self.cursor = Cursor::new(self.frame.left, low, self.frame.width);
            self.cursor.fresh = false;
        }
        placed
    }

    /// Where columns begin.
    fn under(&self, sides: &Sides) -> f32 {
        let probe = Row {
            before: sides.before,
            ..Row::default()
        };
        self.top_of(&probe, &self.cursor)
    }

    /// Places a row of each column on a page that has no room for what belongs together.
    fn force(&mut self, queues: &mut [(f32, VecDeque<Vec<Row>>)], sides: &Sides) {
        let start = self.under(sides);
        for (x, queue) in queues {
            let mut cursor = Cursor::new(self.frame.left + *x, start, sides.width);
            let Some(group) = queue.pop_front() else {
                continue;
            };
            let mut rows = group.into_iter();
            if let Some(row) = rows.next() {
                self.place(row, &mut cursor);
            }
            for row in rows.rev() {
                queue.push_front(vec![row]);
            }
            self.cursor.y = self.cursor.y.max(cursor.y);
            self.cursor.fresh = false;
        }
    }

    fn ruled(&mut self) {
        let y = self.cursor.y + RULED_UNDER;
        self.page.things.push(Thing::Line(Line {
            from: (self.frame.left, y),
            to: (self.frame.left + self.frame.width, y),
            width: 0.5,
            color: LINE,
        }));
        self.cursor.y = y;
        self.low = self.low.max(y);
    }
}

fn tallest(sides: &Sides) -> f32 {
    let heights = sides.columns.iter().map(|(_, rows)| height(rows));
    heights.fold(0.0, f32::max)
}

/// How high what stands together at the top of columns is.
fn least(sides: &Sides) -> f32 {
    let first = |rows: &[Row]| {
        let ends = (1..rows.len()).find(|at| !joined(&rows[at - 1], &rows[*at]));
        height(&rows[..ends.unwrap_or(rows.len())])
    };
    let heights = sides.columns.iter().map(|(_, rows)| first(rows));
    heights.fold(0.0, f32::max)
}

/// Whether no page break comes between two rows.
fn joined(above: &Row, below: &Row) -> bool {
    above.keep || below.stick
}

/// Rows by what stands together.
fn groups(rows: Vec<Row>) -> VecDeque<Vec<Row>> {
    let mut groups: VecDeque<Vec<Row>> = VecDeque::new();
    for row in rows {
        match groups.back_mut() {
            Some(group) if group.last().is_some_and(|last| joined(last, &row)) => group.push(row),
            _ => groups.push_back(vec![row]),
        }
    }
    groups
}

/// The head of a table as it stands on its other pages: no part of the text.
fn repeated(mut head: Sides) -> Sides {
    for row in head.columns.iter_mut().flat_map(|(_, rows)| rows) {
        row.notes.clear();
        for thing in &mut row.things {
            if let Thing::Glyphs(glyphs) = thing {
                glyphs.tag = 0;
            }
        }
    }
    head
}
