//! Where the view stands in a long list whose rows have different heights, and laying out what shows of it.

use crate::app::heights::Heights;

/// Scrolling further than this at once, in points, is a leap.
const LEAP: f64 = 4000.0;

/// A row as laid out in this frame.
pub(in crate::app) struct Shown<T> {
    pub row: usize,
    /// Its top, in points below the top of the view.
    pub y: f64,
    pub height: f32,
    pub laid: T,
}

/// Lays a row out; gives its height.
type Lay<'a, T> = &'a mut dyn FnMut(usize) -> (f32, T);

/// The place of the view: a row and an offset into it, so that heights which become known never move what shows. Costs
/// O(log n) a frame, beside laying out what shows.
pub(in crate::app) struct Scroll {
    heights: Heights,
    rows: usize,
    /// The row at the top and how far it is scrolled up.
    top: (usize, f64),
    wanted: Option<usize>,
}

impl Default for Scroll {
    fn default() -> Self {
        Self::new(Heights::new(Vec::new()))
    }
}

impl Scroll {
    /// At the start of rows of these heights, as they are estimated.
    pub fn new(heights: Heights) -> Self {
        Self {
            rows: heights.len(),
            heights,
            top: (0, 0.0),
            wanted: None,
        }
    }

    /// The row at the top and how far it is scrolled up, in points.
    pub fn top(&self) -> (usize, f64) {
        self.top
    }

    /// Goes to a row, scrolled up so far.
    pub fn go_to(&mut self, top: (usize, f64)) {
        self.top = top;
    }

    /// Has a row brought into view at the next frame; nothing moves when it is there.
    pub fn reveal(&mut self, row: usize) {
        self.wanted = Some(row);
    }

    /// Scrolls down by points, up when negative. A leap goes by the heights as they are estimated.
    pub fn by(&mut self, points: f64) {
        self.top.1 += points;
        if self.top.1.abs() > LEAP {
            let (_, y) = self.extent();
            self.to(y);
        }
    }

    /// Scrolls so that the point `y` of the whole list is at the top.
    pub fn to(&mut self, y: f64) {
        self.top = self.heights.find(y);
    }

    /// The whole height and where in it the view stands, in points.
    pub fn extent(&self) -> (f64, f64) {
        let top = self.heights.top(self.top.0) + self.top.1;
        (self.heights.total(), top)
    }

    /// Brings place, wishes and what shows into agreement. `covered` is how much of the view's top a heading may cover.
    pub fn settle<T>(&mut self, view: f64, covered: f64, lay: Lay<'_, T>) -> Vec<Shown<T>> {
        if self.rows == 0 {
            return Vec::new();
        }
        self.top.0 = self.top.0.min(self.rows - 1);
        if let Some(row) = self.wanted.take() {
            self.bring(row.min(self.rows - 1), view, covered, lay);
        }
        self.climb(lay);
        let (mut shown, end) = self.lay_view(view, lay);
        let at_start = self.top == (0, 0.0);
        if let Some(end) = end.filter(|end| *end < view && !at_start) {
            self.top.1 -= view - end;
            self.climb(lay);
            (shown, _) = self.lay_view(view, lay);
        }
        shown
    }

    /// Moves as little as brings a row into view; one far off comes into its middle.
    fn bring<T>(&mut self, row: usize, view: f64, covered: f64, lay: Lay<'_, T>) {
        self.climb(lay);
        let (shown, _) = self.lay_view(view, lay);
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
            return;
        };
        let (first, last) = (first.row, last.row);
        let near = first.saturating_sub(3)..=last + 3;
        let there = shown.iter().find(|s| s.row == row);
        let height = match there {
            Some(s) => f64::from(s.height),
            None => self.lay(row, lay),
        };
        match there.map(|s| s.y) {
            Some(y) if y >= covered && y + height <= view => {}
            _ if !near.contains(&row) => self.top = (row, -(view - height).max(0.0) * 0.35),
            // What does not fit shows from its start.
            Some(y) if y < covered || height > view - covered => self.top = (row, -covered),
            None if row <= first || height > view - covered => self.top = (row, -covered),
            _ => self.top = (row, height - view),
        }
    }

    fn lay<T>(&mut self, row: usize, lay: Lay<'_, T>) -> f64 {
        let (height, _) = lay(row);
        self.heights.set_exact(row, height);
        f64::from(height)
    }

    /// Lays rows out upwards until the offset into the top one is not negative.
    fn climb<T>(&mut self, lay: Lay<'_, T>) {
        while self.top.1 < 0.0 && self.top.0 > 0 {
            self.top.0 -= 1;
            self.top.1 += self.lay(self.top.0, lay);
        }
        self.top.1 = self.top.1.max(0.0);
    }

    /// Lays out what shows. Returns where the list ends, from the top of the view, when its last row was reached.
    fn lay_view<T>(&mut self, view: f64, lay: Lay<'_, T>) -> (Vec<Shown<T>>, Option<f64>) {
        let mut shown = Vec::new();
        let mut y = -self.top.1;
        for row in self.top.0..self.rows {
            let (height, laid) = lay(row);
            self.heights.set_exact(row, height);
            let bottom = y + f64::from(height);
            if shown.is_empty() && bottom <= 0.0 && row + 1 < self.rows {
                self.top = (row + 1, -bottom);
            } else {
                shown.push(Shown {
                    row,
                    y,
                    height,
                    laid,
                });
            }
            y = bottom;
            if y >= view {
                return (shown, None);
            }
        }
        (shown, Some(y))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VIEW: f64 = 100.0;

    fn places(shown: &[Shown<()>]) -> Vec<(usize, f64)> {
        shown.iter().map(|s| (s.row, s.y)).collect()
    }

    fn check(real: &[f32], shown: &[Shown<()>], top: (usize, f64)) -> Result<(), TestCaseError> {
        let total: f64 = real.iter().map(|h| f64::from(*h)).sum();
        prop_assert_eq!(top, (shown[0].row, -shown[0].y));
        prop_assert!(shown[0].y <= 0.0);
        for pair in shown.windows(2) {
            prop_assert_eq!(pair[1].row, pair[0].row + 1);
            prop_assert_eq!(pair[1].y, pair[0].y + f64::from(pair[0].height));
        }
        let last = shown.last().unwrap();
        let end = last.y + f64::from(last.height);
        prop_assert!(end >= VIEW.min(total) || last.row + 1 < real.len());
        if last.row + 1 == real.len() && total >= VIEW {
            prop_assert!(end >= VIEW, "a gap below the end: {end}");
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn the_view_is_full_and_without_gaps(
            real in prop::collection::vec(5u8..60, 1..60),
            moves in prop::collection::vec((any::<bool>(), -300i32..300, 0usize..60), 1..12),
        ) {
            let real: Vec<f32> = real.into_iter().map(f32::from).collect();
            let mut scroll = Scroll::new(Heights::new(vec![20.0; real.len()]));
            let mut lay = |row: usize| (real[row], ());
            for (jump, by, row) in moves {
                let row = row.min(real.len() - 1);
                match jump {
                    true => scroll.reveal(row),
                    false => scroll.by(f64::from(by)),
                }
                let shown = scroll.settle(VIEW, 10.0, &mut lay);
                check(&real, &shown, scroll.top())?;
                if jump {
                    let there = shown.iter().find(|s| s.row == row).expect("it was asked for");
                    prop_assert!(there.y >= 0.0 && there.y + f64::from(there.height) <= VIEW + 0.01);
                    let again = places(&shown);
                    scroll.reveal(row);
                    prop_assert_eq!(places(&scroll.settle(VIEW, 10.0, &mut lay)), again);
                }
            }
        }
    }

    #[test]
    fn a_row_at_the_top_is_not_under_the_heading() {
        let mut lay = |_: usize| (30.0, ());
        let mut scroll = Scroll::new(Heights::new(vec![30.0; 50]));
        scroll.go_to((20, 0.0));
        scroll.reveal(19);
        let shown = scroll.settle(VIEW, 12.0, &mut lay);
        let there = shown.iter().find(|s| s.row == 19).unwrap();
        assert_eq!(there.y, 12.0);
    }
}
