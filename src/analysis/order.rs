//! Putting rows side by side that are alike.

/// An order of `rows` in which neighbours are alike: average-linkage clustering (Sokal and Michener 1958) on the cosine of their
/// cells, the leaves turned so that the sum of the likenesses of neighbours is the highest that can be had by flipping subtrees
/// (Bar-Joseph, Gifford and Jaakkola 2001). Rows without anything come last, in their order. The same for the same numbers: of
/// equals the first counts. O(n²) memory and O(n³) time at most, n rows; cells must be finite, a missing one is 0.
pub fn by_similarity(rows: &[Vec<f64>]) -> Vec<usize> {
    let norm = |row: &Vec<f64>| row.iter().map(|x| x * x).sum::<f64>().sqrt();
    let norms: Vec<f64> = rows.iter().map(norm).collect();
    let (some, none): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|at| norms[*at] > 0.0);
    let unit = |at: &usize| rows[*at].iter().map(|x| x / norms[*at]).collect();
    let units: Vec<Vec<f64>> = some.iter().map(unit).collect();
    let likeness = Likeness::new(&units);
    let tree = cluster(&likeness);
    let leaves = tree.map_or_else(Vec::new, |tree| turned(&tree, &likeness));
    leaves
        .into_iter()
        .map(|leaf| some[leaf])
        .chain(none)
        .collect()
}

/// How alike each two rows are.
struct Likeness {
    size: usize,
    cells: Vec<f64>,
}

impl Likeness {
    fn new(rows: &[Vec<f64>]) -> Self {
        let size = rows.len();
        let mut cells = vec![0.0; size * size];
        for (i, a) in rows.iter().enumerate() {
            for (j, b) in rows.iter().enumerate().skip(i) {
                let dot = dot(a, b);
                cells[i * size + j] = dot;
                cells[j * size + i] = dot;
            }
        }
        Self { size, cells }
    }

    fn of(&self, a: usize, b: usize) -> f64 {
        self.cells[a * self.size + b]
    }
}

/// The product of two rows, four cells at a time so that the processor can do them at once.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest = a4.remainder().iter().zip(b4.remainder());
    let rest: f64 = rest.map(|(x, y)| x * y).sum();
    for (x, y) in a4.zip(b4) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// A cluster: a row, or two clusters that are most alike, with the rows below.
enum Tree {
    Leaf(usize),
    Node(Box<Tree>, Box<Tree>, Vec<usize>),
}

impl Tree {
    fn leaves(&self) -> &[usize] {
        match self {
            Self::Leaf(leaf) => std::slice::from_ref(leaf),
            Self::Node(_, _, leaves) => leaves,
        }
    }
}

/// Joins the two clusters that are most alike on average until one is left.
fn cluster(likeness: &Likeness) -> Option<Tree> {
    let size = likeness.size;
    let mut between = likeness.cells.clone();
    let mut trees: Vec<Option<Tree>> = (0..size).map(|leaf| Some(Tree::Leaf(leaf))).collect();
    let mut left: Vec<usize> = (0..size).collect();
    while left.len() > 1 {
        let (a, b) = closest(&left, &between, size);
        let (Some(first), Some(second)) = (trees[a].take(), trees[b].take()) else {
            break;
        };
        left.retain(|at| *at != b);
        let (n, m) = (first.leaves().len() as f64, second.leaves().len() as f64);
        for other in left.iter().filter(|at| **at != a) {
            let mean = (n * between[a * size + other] + m * between[b * size + other]) / (n + m);
            between[a * size + other] = mean;
            between[other * size + a] = mean;
        }
        let leaves = [first.leaves(), second.leaves()].concat();
        trees[a] = Some(Tree::Node(Box::new(first), Box::new(second), leaves));
    }
    left.first().and_then(|at| trees[*at].take())
}

/// The two that are most alike; of equals the first.
fn closest(left: &[usize], between: &[f64], size: usize) -> (usize, usize) {
    let mut best = (left[0], left[1]);
    let mut most = f64::NEG_INFINITY;
    for (i, a) in left.iter().enumerate() {
        for b in &left[i + 1..] {
            if between[a * size + b] > most {
                most = between[a * size + b];
                best = (*a, *b);
            }
        }
    }
    best
}

/// The leaves of a tree in the best order that flipping subtrees gives.
fn turned(tree: &Tree, likeness: &Likeness) -> Vec<usize> {
    // For each two leaves: the best sum for the smallest cluster with both when it begins with the one and ends with the other.
    let mut best = vec![0.0; likeness.size * likeness.size];
    measure(tree, likeness, &mut best);
    let Tree::Node(left, right, _) = tree else {
        return tree.leaves().to_vec();
    };
    let mut ends = (left.leaves()[0], right.leaves()[0]);
    let mut most = f64::NEG_INFINITY;
    for u in left.leaves() {
        for w in right.leaves() {
            if best[u * likeness.size + w] > most {
                most = best[u * likeness.size + w];
                ends = (*u, *w);
            }
        }
    }
    let mut order = Vec::new();
    unfold(tree, ends, likeness, &best, &mut order);
    if order.first() > order.last() {
        order.reverse();
    }
    order
}

/// The leaves at which a cluster that begins with `end` can end.
fn far_ends(tree: &Tree, end: usize) -> &[usize] {
    match tree {
        Tree::Leaf(_) => tree.leaves(),
        Tree::Node(left, right, _) => match left.leaves().contains(&end) {
            true => right.leaves(),
            false => left.leaves(),
        },
    }
}

fn measure(tree: &Tree, likeness: &Likeness, best: &mut [f64]) {
    let Tree::Node(left, right, _) = tree else {
        return;
    };
    measure(left, likeness, best);
    measure(right, likeness, best);
    let size = likeness.size;
    // For each leaf of the right: the best sum of the left that begins with `u` and goes on with it.
    let mut through = vec![0.0; size];
    for u in left.leaves() {
        let inner = far_ends(left, *u);
        for k in right.leaves() {
            let sums = inner
                .iter()
                .map(|m| best[u * size + m] + likeness.of(*m, *k));
            through[*k] = sums.fold(f64::NEG_INFINITY, f64::max);
        }
        for w in right.leaves() {
            let inner = far_ends(right, *w).iter();
            let sums = inner.map(|k| through[*k] + best[k * size + w]);
            let sum = sums.fold(f64::NEG_INFINITY, f64::max);
            best[u * size + w] = sum;
            best[w * size + u] = sum;
        }
    }
}

/// The order in which a cluster that begins and ends with `ends` has the best sum.
fn unfold(
    tree: &Tree,
    ends: (usize, usize),
    likeness: &Likeness,
    best: &[f64],
    order: &mut Vec<usize>,
) {
    let Tree::Node(left, right, _) = tree else {
        order.extend(tree.leaves());
        return;
    };
    let (first, second) = match left.leaves().contains(&ends.0) {
        true => (left, right),
        false => (right, left),
    };
    let size = likeness.size;
    let mut most = f64::NEG_INFINITY;
    let mut seam = (ends.0, ends.1);
    for m in far_ends(first, ends.0) {
        for k in far_ends(second, ends.1) {
            let sum = best[ends.0 * size + m] + likeness.of(*m, *k) + best[k * size + ends.1];
            if sum > most {
                most = sum;
                seam = (*m, *k);
            }
        }
    }
    unfold(first, (ends.0, seam.0), likeness, best, order);
    unfold(second, (seam.1, ends.1), likeness, best, order);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every order that flipping subtrees gives.
    fn flips(tree: &Tree) -> Vec<Vec<usize>> {
        let Tree::Node(left, right, _) = tree else {
            return vec![tree.leaves().to_vec()];
        };
        let mut all = Vec::new();
        for a in flips(left) {
            for b in flips(right) {
                all.push([a.clone(), b.clone()].concat());
                all.push([b, a.clone()].concat());
            }
        }
        all
    }

    /// The mean likeness of the leaves of two clusters.
    fn mean(a: &Tree, b: &Tree, likeness: &Likeness) -> f64 {
        let mut sum = 0.0;
        for i in a.leaves() {
            for j in b.leaves() {
                sum += likeness.of(*i, *j);
            }
        }
        sum / (a.leaves().len() * b.leaves().len()) as f64
    }

    /// Clusters come together at no higher likeness than those below them.
    fn falls(tree: &Tree, most: &mut f64, likeness: &Likeness) -> bool {
        let Tree::Node(left, right, _) = tree else {
            return true;
        };
        let own = mean(left, right, likeness);
        let mut below = f64::INFINITY;
        let fine = falls(left, &mut below, likeness) && falls(right, &mut below, likeness);
        *most = most.min(own);
        fine && own <= below + 1e-9
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_flipping_makes_neighbours_more_alike(
            rows in prop::collection::vec(prop::collection::vec(1u8..9, 5), 1..9)
        ) {
            let unit = |row: Vec<u8>| {
                let row: Vec<f64> = row.into_iter().map(f64::from).collect();
                let norm = dot(&row, &row).sqrt();
                row.iter().map(|x| x / norm).collect()
            };
            let rows: Vec<Vec<f64>> = rows.into_iter().map(unit).collect();
            let likeness = Likeness::new(&rows);
            let tree = cluster(&likeness).unwrap();
            let mut most = f64::INFINITY;
            prop_assert!(falls(&tree, &mut most, &likeness));
            let sum = |order: &[usize]| -> f64 {
                order.windows(2).map(|two| likeness.of(two[0], two[1])).sum()
            };
            let best = flips(&tree).iter().map(|o| sum(o)).fold(f64::NEG_INFINITY, f64::max);
            let own = turned(&tree, &likeness);
            prop_assert!(flips(&tree).contains(&own));
            prop_assert!((sum(&own) - best).abs() < 1e-9);
        }
    }
}
