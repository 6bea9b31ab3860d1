//! The line that says which highlights count at all, in the language of queries.

use egui::{RichText, TextEdit, Ui};

use crate::{
    analysis::query::{Query, QueryError},
    app::{access, theme},
};

/// What was typed, and what it means.
#[derive(Default)]
pub struct Scope {
    text: String,
    query: Query,
    error: Option<QueryError>,
}

impl Scope {
    /// The last query that could be understood.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Shows the line, in what room there is beside other things.
    pub fn show(&mut self, ui: &mut Ui) {
        let left = ui.max_rect().right() - ui.cursor().left() - 16.0;
        let width = if left < 110.0 { 240.0 } else { left.min(240.0) };
        let edit = TextEdit::singleline(&mut self.text)
            .hint_text("Only… coder:MK, stance:contests")
            .desired_width(width);
        let response = ui.add(edit).on_hover_text(
            "Only highlights that this lets through count. The language is that of the list of excerpts.",
        );
        access::name(&response, "Only highlights that");
        if response.changed() {
            match Query::parse(&self.text) {
                Ok(query) => (self.query, self.error) = (query, None),
                Err(error) => self.error = Some(error),
            }
        }
    }

    /// Tells what is wrong, with the line or with what it asks for.
    pub fn told(&self, ui: &mut Ui, other: Option<&QueryError>) {
        if let Some(error) = self.error.as_ref().or(other) {
            tell(ui, &self.text, error);
        }
    }
}

/// Tells what is wrong with a query, and where.
fn tell(ui: &mut Ui, text: &str, error: &QueryError) {
    let palette = theme::palette(ui.ctx());
    let at = (error.at.0.min(text.len()), error.at.1.min(text.len()));
    let place = text.get(at.0..at.1).unwrap_or_default();
    let place = match place {
        "" => String::new(),
        place => format!(" at “{place}”"),
    };
    let mut told = format!("Not understood{place}: {}", error.message);
    if let Some(hint) = &error.hint {
        told = format!("{told} {hint}");
    }
    ui.label(RichText::new(told).size(12.5).color(palette.error));
}
