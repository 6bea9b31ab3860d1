//! Excerpts and annotated readings as Markdown.

mod annotated;
mod escape;
mod excerpts;

pub use annotated::annotated;
pub use escape::escape;
pub use excerpts::{ExcerptOptions, Group, excerpts};
