//! Excerpts, by label or by reading.

use std::fmt::Write as _;

use super::escape;
use crate::{export::Filter, model::Project};

/// What excerpts are put under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Their labels, in codebook order; an excerpt stands under each of its labels.
    #[default]
    Label,
    /// Their readings, in the order in which they were imported.
    Reading,
}

/// How excerpts are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExcerptOptions {
    /// What they are put under.
    pub group: Group,
    /// Whether the labels' definitions are written, too.
    pub definitions: bool,
}

/// The excerpts that `filter` lets through, as Markdown.
pub fn excerpts(project: &Project, filter: &Filter, options: &ExcerptOptions) -> String {
    let _ = options;
    let mut out = format!("# {}\n", escape(project.name()));
    for reading in filter.select(project).readings {
        let text = &reading.shelf.reading.text;
        for h in reading.highlights {
            let _ = write!(out, "\n> {}\n", escape(text.slice(h.span)));
        }
    }
    out
}
