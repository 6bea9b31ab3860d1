//! Tables of results: for spreadsheets, other programs and terminals.

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number with so many decimals as it is shown; other programs get it in full.
    Number(f64, usize),
}

/// A table with a heading over each column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it shows, in a line.
    pub title: String,
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}
