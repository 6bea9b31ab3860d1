//! Pure text: spans, paragraphs, sentences, words, locators, and the flattening of overlapping spans into runs.
//!
//! Offsets are UTF-8 bytes on character boundaries. This is the only layer that slices text by bytes.

mod body;
mod fold;
mod hash;
mod locator;
mod nearest;
mod numbers;
mod quote;
mod reanchor;
mod runs;
mod segment;
mod span;

pub use body::Text;
pub use fold::fold;
pub(crate) use fold::latin;
pub use hash::sha256;
pub use locator::{Locator, Paragraphs};
pub use nearest::nearest;
pub use numbers::{counted, grouped};
pub use quote::{context, find_quote, fold_space};
pub use reanchor::{Anchored, Candidate, reanchor};
pub use runs::{Run, runs, runs_up_to};
pub use segment::{ends_sentence, sentences, word_at, word_count, words};
pub use span::Span;
