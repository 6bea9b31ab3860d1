//! How a file sets its text: the size of its type, the space between its lines, how its paragraphs start.

use std::collections::HashMap;

use super::PageText;

/// What the whole file's type is like.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    /// The size of most letters.
    pub(super) size: f64,
    /// By size in tenths of a point: how far apart lines of it stand, in points.
    leading: HashMap<i64, f64>,
    /// Whether paragraphs start set in, rather than after space.
    pub(super) indents: bool,
}

fn tenths(size: f64) -> i64 {
    (size * 10.0).round() as i64
}

impl Habits {
    pub(super) fn of(pages: &[PageText]) -> Self {
        let mut letters: HashMap<i64, usize> = HashMap::new();
        let mut steps: HashMap<i64, Vec<f64>> = HashMap::new();
        for part in pages.iter().flat_map(|p| &p.parts) {
            for line in part {
                *letters.entry(tenths(line.size)).or_default() += line.text.len();
            }
            for pair in part.windows(2) {
                let (a, b) = (&pair[0], &pair[1]);
                let step = b.base - a.base;
                let alike = (a.size - b.size).abs() < a.size * 0.05;
                if alike && step > a.size * 0.8 && step < a.size * 3.2 {
                    steps.entry(tenths(a.size)).or_default().push(step);
                }
            }
        }
        let size = letters
            .into_iter()
            .max_by_key(|&(size, count)| (count, size))
            .map_or(10.0, |(s, _)| s as f64 / 10.0);
        let usual = |mut steps: Vec<f64>| {
            steps.sort_by(f64::total_cmp);
            // Below the middle: between lines there is less space than between paragraphs.
            steps[steps.len() * 2 / 5]
        };
        let leading = steps
            .into_iter()
            .filter(|(_, s)| s.len() >= 3)
            .map(|(size, s)| (size, usual(s)))
            .collect();
        let mut habits = Self {
            size,
            leading,
            indents: false,
        };
        habits.indents = habits.starts_set_in(pages);
        habits
    }

    /// How far apart lines of this size stand.
    pub(super) fn leading(&self, size: f64) -> f64 {
        let near = [0, -1, 1]
            .into_iter()
            .find_map(|by| self.leading.get(&(tenths(size) + by)));
        near.copied().unwrap_or_else(|| {
            let body = self
                .leading
                .get(&tenths(self.size))
                .map_or(1.2, |l| l / self.size);
            size * body.clamp(1.0, 1.5)
        })
    }

    fn starts_set_in(&self, pages: &[PageText]) -> bool {
        let (mut set_in, mut spaced) = (0, 0);
        for pair in pages
            .iter()
            .flat_map(|p| &p.parts)
            .flat_map(|part| part.windows(2))
        {
            let (a, b) = (&pair[0], &pair[1]);
            if (a.size - self.size).abs() > 0.3 || (b.size - self.size).abs() > 0.3 {
                continue;
            }
            let step = (b.base - a.base) / self.leading(self.size);
            let by = b.x0 - a.x0;
            set_in += usize::from(step < 1.25 && by > self.size * 0.7 && by < self.size * 4.0);
            spaced += usize::from(step > 1.3 && step < 2.6 && by.abs() < self.size * 0.3);
        }
        set_in > spaced
    }
}
