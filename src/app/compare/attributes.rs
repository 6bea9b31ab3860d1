//! The table of the readings' attributes.

use egui::Ui;

use crate::app::App;

/// What the table keeps.
#[derive(Default)]
pub struct Table {}

/// Shows it.
pub fn show(app: &mut App, ui: &mut Ui) {
    let _ = (app, ui);
}
