//! Projects made up for one test.

use std::sync::Arc;

use glossator::{
    edit::Edit,
    model::{CoderId, Highlight, HighlightId, LabelId, Project, ReadingId},
    text::Span,
};

use crate::common::{label, minute, perform, reading};

/// A project with the labels “A” and “B & <b>” and one reading of this text; each span of bytes that cuts no character is a highlight
/// with this note, every other one with both labels.
pub fn project(text: &str, spans: &[(usize, usize)], note: &str) -> Project {
    let mut project = Project::new("Made up");
    let labels = [
        label("a", "A", None, 0),
        label("b", "B & <b>", Some("a"), 1),
    ];
    perform(&mut project, labels.map(Edit::AddLabel));
    let made = reading("made", "Made up", text, minute(0));
    perform(&mut project, [Edit::AddReading(Arc::new(made))]);
    for (at, &(start, end)) in spans.iter().enumerate() {
        let span = Span::new(start as u32, end as u32);
        if !span.fits(text) {
            continue;
        }
        let labels = ["a", "b"].iter().take(1 + at % 2);
        let highlight = Highlight {
            id: HighlightId(at as u64),
            reading: ReadingId::new("made").unwrap(),
            span,
            labels: labels.map(|id| LabelId::new(id).unwrap()).collect(),
            stance: None,
            note: note.into(),
            coder: CoderId::new("MK").unwrap(),
            created: minute(1),
            changed: minute(2),
        };
        perform(&mut project, [Edit::AddHighlight(Arc::new(highlight))]);
    }
    project
}
