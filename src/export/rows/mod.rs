//! One row per coding with every field: CSV, TSV, XLSX. TODO(helper F)

use serde::{Deserialize, Serialize};

/// A column of the table of excerpts. TODO(helper F): all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// The passage.
    Quote,
}
