//! Putting rows side by side that are alike.

/// An order of `rows` in which neighbours are alike: average-linkage clustering on the cosine of their cells, the leaves turned so
/// that neighbours are as alike as can be had by flipping subtrees. Rows without anything come last. The same for the same
/// numbers. O(n²) memory and O(n³) time at most, n rows; cells must be finite.
pub fn by_similarity(rows: &[Vec<f64>]) -> Vec<usize> {
    let _ = rows;
    todo!("helper F")
}
