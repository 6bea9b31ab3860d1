//! The window.

use std::path::PathBuf;

/// Opens the window.
///
/// # Errors
/// When there is no window to be had.
pub fn run(project: Option<PathBuf>) -> Result<(), String> {
    let _ = project;
    Err("the window is not built yet".to_owned())
}
