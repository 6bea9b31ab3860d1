//! The list of excerpts: everything that was coded, filtered, grouped, edited in place.

use egui::{Context, Ui};

use super::{App, command::Outcome};

/// What this view keeps.
#[derive(Default)]
pub struct State {}

/// What this view asks for.
#[derive(Clone, Debug)]
pub enum Request {}

/// Shows it.
pub fn show(app: &mut App, ui: &mut Ui) {
    let _ = (app, ui);
}

/// Carries out what it asked for.
pub fn carry_out(app: &mut App, ctx: &Context, request: Request) -> Outcome {
    let _ = (app, ctx);
    match request {}
}
