//! Counting what stands together, from left to right and back, without looking at every two passages.

use std::cmp::Ordering;

/// A passage of a reading.
#[derive(Clone, Copy)]
struct Passage {
    /// The first and the last number that it reaches; two that share a number stand together.
    reach: (u32, u32),
    /// Where in [`Passages::rows`] the rows stand in which it is counted.
    rows: (u32, u32),
}

/// Passages of one reading.
#[derive(Default)]
pub(super) struct Passages {
    all: Vec<Passage>,
    rows: Vec<u32>,
}

impl Passages {
    /// Adds one with its rows, ascending. What passages reach first ascends.
    pub fn push(&mut self, reach: (u32, u32), rows: impl Iterator<Item = u32>) {
        let first = self.rows.len() as u32;
        self.rows.extend(rows);
        let rows = (first, self.rows.len() as u32);
        self.all.push(Passage { reach, rows });
    }

    fn rows(&self, passage: Passage) -> &[u32] {
        &self.rows[passage.rows.0 as usize..passage.rows.1 as usize]
    }
}

/// What is counted, for all readings so far.
pub(super) struct Counts {
    size: usize,
    totals: Vec<u32>,
    /// For each two rows, the lower first: pairs, of a passage with itself too.
    pairs: Vec<u64>,
    /// For each two rows, the lower first: passages with both.
    both: Vec<u32>,
    /// For each row and another: passages of the row that stand together with one of the other.
    near: Vec<u32>,
    open: Open,
}

/// What reaches as far as the passage at hand.
struct Open {
    /// How many have each row.
    counts: Vec<u32>,
    /// The rows with any.
    rows: Vec<u32>,
    /// For each two rows, the lower first: how many have both.
    both: Vec<u32>,
}

/// Sets of rows as bits, one set for each passage.
struct Bits {
    /// How many numbers of bits a set has.
    width: usize,
    bits: Vec<u64>,
}

impl Bits {
    fn new(sets: usize, rows: usize) -> Self {
        let width = rows.div_ceil(64);
        Self {
            width,
            bits: vec![0; sets * width],
        }
    }

    fn set(&mut self, set: usize, row: u32) {
        self.bits[set * self.width + row as usize / 64] |= 1 << (row % 64);
    }

    fn each(&self, set: usize, mut f: impl FnMut(usize)) {
        let words = &self.bits[set * self.width..][..self.width];
        for (at, word) in words.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                f(at * 64 + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }
}

/// Each two of a passage's rows, the lower first.
fn twos(rows: &[u32]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let rest = |(at, a): (usize, &u32)| {
        let a = *a as usize;
        rows[at + 1..].iter().map(move |b| (a, *b as usize))
    };
    rows.iter().enumerate().flat_map(rest)
}

impl Counts {
    /// Nothing yet, for `size` rows.
    pub fn new(size: usize) -> Self {
        Self {
            size,
            totals: vec![0; size],
            pairs: vec![0; size * size],
            both: vec![0; size * size],
            near: vec![0; size * size],
            open: Open {
                counts: vec![0; size],
                rows: Vec::new(),
                both: vec![0; size * size],
            },
        }
    }

    /// Adds passages of one reading among which pairs are sought.
    pub fn add(&mut self, passages: &Passages) {
        let mut near = Bits::new(passages.all.len(), self.size);
        self.forward(passages, &mut near);
        backward(passages, &mut near);
        for (at, passage) in passages.all.iter().enumerate() {
            for row in passages.rows(*passage) {
                let near_row = &mut self.near[*row as usize * self.size..][..self.size];
                near.each(at, |other| near_row[other] += 1);
            }
        }
    }

    /// Counts pairs, and notes which rows reach each passage from before it.
    fn forward(&mut self, passages: &Passages, near: &mut Bits) {
        let mut by_end = passages.all.clone();
        by_end.sort_unstable_by_key(|passage| passage.reach.1);
        let mut ended = by_end.into_iter().peekable();
        for (at, passage) in passages.all.iter().enumerate() {
            while let Some(old) = ended.next_if(|old| old.reach.1 < passage.reach.0) {
                self.open.remove(passages.rows(old), self.size);
            }
            let rows = passages.rows(*passage);
            self.meet(rows);
            for row in self.open.rows.iter().chain(rows) {
                near.set(at, *row);
            }
            self.open.insert(rows, self.size);
        }
        for old in ended {
            self.open.remove(passages.rows(old), self.size);
        }
    }

    /// Counts the pairs of a passage with itself and with those that are open.
    fn meet(&mut self, rows: &[u32]) {
        for a in rows {
            self.totals[*a as usize] += 1;
            for b in self.open.rows.iter().filter(|b| *b != a) {
                let at = *a.min(b) as usize * self.size + *a.max(b) as usize;
                self.pairs[at] += u64::from(self.open.counts[*b as usize]);
            }
        }
        for (a, b) in twos(rows) {
            let at = a * self.size + b;
            self.both[at] += 1;
            // Two that both have both were counted twice above, and are one pair. With itself it is one as well.
            self.pairs[at] = self.pairs[at] + 1 - u64::from(self.open.both[at]);
        }
    }

    /// How many passages each row has.
    pub fn totals(&self) -> Vec<u32> {
        self.totals.clone()
    }

    /// For each two rows, how many pairs.
    pub fn pairs(&self) -> Vec<Vec<u32>> {
        self.table(|at, _| u32::try_from(self.pairs[at]).unwrap_or(u32::MAX))
    }

    /// For each two rows, Jaccard's index.
    pub fn jaccard(&self) -> Vec<Vec<f64>> {
        self.table(|at, mirrored| {
            let (row, column) = (at / self.size, at % self.size);
            let both = u64::from(self.both[at]);
            let near = u64::from(self.near[at]) + u64::from(self.near[mirrored]) - both;
            let either = u64::from(self.totals[row]) + u64::from(self.totals[column]) - both;
            match either {
                0 => 0.0,
                _ => near as f64 / either as f64,
            }
        })
    }

    /// A symmetric table with nothing on its diagonal. `cell` gets a place above the diagonal and its mirror image.
    fn table<T: Copy + Default>(&self, cell: impl Fn(usize, usize) -> T) -> Vec<Vec<T>> {
        let value = |row: usize, column: usize| match row.cmp(&column) {
            Ordering::Equal => T::default(),
            Ordering::Less => cell(row * self.size + column, column * self.size + row),
            Ordering::Greater => cell(column * self.size + row, row * self.size + column),
        };
        let line = |row| (0..self.size).map(|column| value(row, column)).collect();
        (0..self.size).map(line).collect()
    }
}

impl Open {
    fn insert(&mut self, rows: &[u32], size: usize) {
        for row in rows {
            let count = &mut self.counts[*row as usize];
            if *count == 0 {
                self.rows.push(*row);
            }
            *count += 1;
        }
        for (a, b) in twos(rows) {
            self.both[a * size + b] += 1;
        }
    }

    fn remove(&mut self, rows: &[u32], size: usize) {
        for row in rows {
            let count = &mut self.counts[*row as usize];
            *count -= 1;
            if *count == 0 {
                self.rows.retain(|r| r != row);
            }
        }
        for (a, b) in twos(rows) {
            self.both[a * size + b] -= 1;
        }
    }
}

/// Notes which rows begin within each passage's reach, behind it in the list.
fn backward(passages: &Passages, near: &mut Bits) {
    // The rows seen so far and where each begins next, the nearest last.
    let mut next: Vec<(u32, u32)> = Vec::new();
    for (at, passage) in passages.all.iter().enumerate().rev() {
        let (first, last) = passage.reach;
        for (row, _) in next.iter().rev().take_while(|(_, first)| *first <= last) {
            near.set(at, *row);
        }
        for row in passages.rows(*passage) {
            if let Some(old) = next.iter().rposition(|(other, _)| other == row) {
                next.remove(old);
            }
            next.push((*row, first));
        }
    }
}
