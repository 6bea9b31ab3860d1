//! The heights of a reading's blocks, or of a list's rows: estimated at first, known once laid out.

/// A Fenwick tree over heights in points: sums, changes and the search for a place cost O(log n).
#[derive(Clone)]
pub struct Heights {
    heights: Vec<f32>,
    exact: Vec<bool>,
    tree: Vec<f64>,
}

impl Heights {
    /// From estimates, O(n).
    pub fn new(heights: Vec<f32>) -> Self {
        let exact = vec![false; heights.len()];
        let mut new = Self {
            tree: Vec::new(),
            heights,
            exact,
        };
        new.rebuild();
        new
    }

    fn rebuild(&mut self) {
        let n = self.heights.len();
        self.tree = vec![0.0; n + 1];
        for (i, &h) in self.heights.iter().enumerate() {
            let at = i + 1;
            self.tree[at] += f64::from(h);
            let up = at + (at & at.wrapping_neg());
            if up <= n {
                self.tree[up] += self.tree[at];
            }
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.heights.len()
    }

    /// Replaces the estimates, keeping what is known exactly. O(n).
    pub fn improve(&mut self, better: &[f32]) {
        for ((height, exact), &new) in self.heights.iter_mut().zip(&self.exact).zip(better) {
            if !exact {
                *height = new;
            }
        }
        self.rebuild();
    }

    /// Takes the height of block `i` as known.
    pub fn set_exact(&mut self, i: usize, height: f32) {
        let Some(old) = self.heights.get_mut(i) else {
            return;
        };
        let by = f64::from(height) - f64::from(*old);
        *old = height;
        self.exact[i] = true;
        if by != 0.0 {
            let mut at = i + 1;
            while at < self.tree.len() {
                self.tree[at] += by;
                at += at & at.wrapping_neg();
            }
        }
    }

    /// The sum of the first `i` heights: where block `i` starts.
    pub fn top(&self, i: usize) -> f64 {
        let mut at = i.min(self.len());
        let mut sum = 0.0;
        while at > 0 {
            sum += self.tree[at];
            at -= at & at.wrapping_neg();
        }
        sum
    }

    /// The sum of all.
    pub fn total(&self) -> f64 {
        self.top(self.len())
    }

    /// The block that `y` falls in and how far into it; the end of the last one for places beyond it.
    pub fn find(&self, y: f64) -> (usize, f64) {
        let mut rest = y.max(0.0);
        let mut at = 0;
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            let next = at + step;
            if next < self.tree.len() && self.tree[next] <= rest {
                at = next;
                rest -= self.tree[next];
            }
            step >>= 1;
        }
        match self.heights.last() {
            Some(&last) if at >= self.len() => (self.len() - 1, f64::from(last)),
            _ => (at, rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_and_places_are_those_of_a_plain_list(
            mut plain in prop::collection::vec(1u32..100, 1..80),
            changes in prop::collection::vec((0usize..80, 1u32..100), 0..30),
            y in 0u32..8000,
        ) {
            let mut heights = Heights::new(plain.iter().map(|&h| h as f32).collect());
            for (i, h) in changes {
                if i < plain.len() {
                    plain[i] = h;
                    heights.set_exact(i, h as f32);
                }
            }
            let total: u32 = plain.iter().sum();
            prop_assert_eq!(heights.total(), f64::from(total));
            let mut top = 0;
            for (i, &h) in plain.iter().enumerate() {
                prop_assert_eq!(heights.top(i), f64::from(top));
                if top <= y && y < top + h {
                    prop_assert_eq!(heights.find(f64::from(y)), (i, f64::from(y - top)));
                }
                top += h;
            }
        }
    }

    #[test]
    fn better_estimates_leave_known_heights_alone() {
        let mut heights = Heights::new(vec![10.0, 10.0]);
        heights.set_exact(0, 7.0);
        heights.improve(&[99.0, 20.0]);
        assert_eq!(heights.total(), 27.0);
    }
}
