//! The list of excerpts: everything that was coded, filtered, grouped, edited in place.

use egui::{Context, Ui};

use super::{App, View, command::Outcome};
use crate::{
    analysis::query::Query,
    model::{HighlightId, ReadingId},
};

/// Highlights that were chosen elsewhere and that no query expresses: a cell's, or the pairs of two labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// What they are, for the chip: “Entrapment ∩ Multipolarity: 5 pairs”.
    pub title: String,
    /// Which they are.
    pub places: Vec<(ReadingId, HighlightId)>,
}

/// What this view keeps.
#[derive(Default)]
pub struct State {
    query: Query,
    chosen: Option<Chosen>,
}

/// What this view asks for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Shows what a query lets through.
    Show(Query),
    /// Shows these highlights, under a title.
    ShowPlaces(String, Vec<(ReadingId, HighlightId)>),
}

/// Shows it.
pub fn show(app: &mut App, ui: &mut Ui) {
    let _ = (app, ui);
}

/// Carries out what it asked for.
pub fn carry_out(app: &mut App, ctx: &Context, request: Request) -> Outcome {
    let _ = ctx;
    let Some(session) = app.session_mut() else {
        return Ok(None);
    };
    match request {
        Request::Show(query) => {
            session.commit_note()?;
            session.excerpts.query = query;
            session.excerpts.chosen = None;
            session.show_view(View::Excerpts);
        }
        Request::ShowPlaces(title, places) => {
            session.commit_note()?;
            session.excerpts.query = Query::default();
            session.excerpts.chosen = Some(Chosen { title, places });
            session.show_view(View::Excerpts);
        }
    }
    Ok(None)
}
