//! Rows and columns put in another order, or left out.

use crate::analysis::{cooccur::Cooccurrence, matrix::Matrix};

fn picked<T: Clone>(all: &[T], order: &[usize]) -> Vec<T> {
    order
        .iter()
        .filter_map(|at| all.get(*at).cloned())
        .collect()
}

fn picked_cells<T: Clone>(cells: &[Vec<T>], rows: &[usize], columns: &[usize]) -> Vec<Vec<T>> {
    let rows = rows.iter().filter_map(|at| cells.get(*at));
    rows.map(|row| picked(row, columns)).collect()
}

/// A matrix with these of its rows and columns, in this order.
pub fn arranged(matrix: &Matrix, rows: &[usize], columns: &[usize]) -> Matrix {
    Matrix {
        rows: picked(&matrix.rows, rows),
        columns: picked(&matrix.columns, columns),
        cells: picked_cells(&matrix.cells, rows, columns),
        counts: picked_cells(&matrix.counts, rows, columns),
        highlights: matrix.highlights,
    }
}

/// The rows and the columns of a matrix in which there is a highlight.
pub fn used(matrix: &Matrix) -> (Vec<usize>, Vec<usize>) {
    let rows = (0..matrix.rows.len())
        .filter(|row| matrix.counts[*row].iter().any(|n| *n > 0))
        .collect();
    let columns = (0..matrix.columns.len())
        .filter(|column| matrix.counts.iter().any(|row| row[*column] > 0))
        .collect();
    (rows, columns)
}

/// The labels that have a highlight, by their places.
pub fn used_labels(found: &Cooccurrence) -> Vec<usize> {
    let totals = found.totals.iter().enumerate();
    totals
        .filter_map(|(at, n)| (*n > 0).then_some(at))
        .collect()
}

/// Co-occurrence of these of the labels, in this order.
pub fn arranged_labels(found: &Cooccurrence, order: &[usize]) -> Cooccurrence {
    Cooccurrence {
        labels: picked(&found.labels, order),
        totals: picked(&found.totals, order),
        pairs: picked_cells(&found.pairs, order, order),
        jaccard: picked_cells(&found.jaccard, order, order),
    }
}
