//! Counting what stands together, from left to right and back, without looking at every two passages.

/// A passage of a reading.
pub(super) struct Passage {
    /// The first and the last number that it reaches; two that share a number stand together.
    pub reach: (u32, u32),
    /// The rows in which it is counted, ascending.
    pub rows: Box<[u32]>,
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

/// A set of rows as bits.
#[derive(Clone, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, row: u32) {
        self.0[row as usize / 64] |= 1 << (row % 64);
    }

    fn each(&self, mut f: impl FnMut(usize)) {
        for (at, word) in self.0.iter().enumerate() {
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

    /// Adds passages of one reading among which pairs are sought; what they reach first ascends.
    pub fn add(&mut self, passages: &[Passage]) {
        let mut near = vec![Bits(vec![0; self.size.div_ceil(64)]); passages.len()];
        self.forward(passages, &mut near);
        backward(passages, &mut near);
        for (passage, near) in passages.iter().zip(&near) {
            for row in &passage.rows {
                let near_row = &mut self.near[*row as usize * self.size..][..self.size];
                near.each(|other| near_row[other] += 1);
            }
        }
    }

    /// Counts pairs, and notes which rows reach each passage from before it.
    fn forward(&mut self, passages: &[Passage], near: &mut [Bits]) {
        let mut by_end: Vec<usize> = (0..passages.len()).collect();
        by_end.sort_unstable_by_key(|at| passages[*at].reach.1);
        let mut ended = by_end.into_iter().peekable();
        for (passage, near) in passages.iter().zip(near) {
            while let Some(at) = ended.next_if(|at| passages[*at].reach.1 < passage.reach.0) {
                self.open.remove(&passages[at].rows, self.size);
            }
            self.meet(passage);
            for row in self.open.rows.iter().chain(&passage.rows) {
                near.set(*row);
            }
            self.open.insert(&passage.rows, self.size);
        }
        for at in ended {
            self.open.remove(&passages[at].rows, self.size);
        }
    }

    /// Counts the pairs of a passage with itself and with those that are open.
    fn meet(&mut self, passage: &Passage) {
        for a in &passage.rows {
            self.totals[*a as usize] += 1;
            for b in self.open.rows.iter().filter(|b| *b != a) {
                let at = *a.min(b) as usize * self.size + *a.max(b) as usize;
                self.pairs[at] += u64::from(self.open.counts[*b as usize]);
            }
        }
        for (a, b) in twos(&passage.rows) {
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
        let mut out = vec![vec![T::default(); self.size]; self.size];
        for row in 0..self.size {
            for column in row + 1..self.size {
                let value = cell(row * self.size + column, column * self.size + row);
                out[row][column] = value;
                out[column][row] = value;
            }
        }
        out
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
fn backward(passages: &[Passage], near: &mut [Bits]) {
    // The rows seen so far and where each begins next, the nearest last.
    let mut next: Vec<(u32, u32)> = Vec::new();
    for (passage, near) in passages.iter().zip(near).rev() {
        let (first, last) = passage.reach;
        for (row, _) in next.iter().rev().take_while(|(_, first)| *first <= last) {
            near.set(*row);
        }
        next.retain(|(row, _)| !passage.rows.contains(row));
        next.extend(passage.rows.iter().map(|row| (*row, first)));
    }
}
