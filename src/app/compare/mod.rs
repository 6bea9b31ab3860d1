//! Comparing: labels by readings, labels by labels, along the text, theory against theory, words, attributes.

pub mod attributes;

use egui::{Context, Ui};

use super::{App, command::Outcome};

/// What this view keeps.
#[derive(Default)]
pub struct State {
    /// The table of attributes.
    pub attributes: attributes::Table,
}

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
