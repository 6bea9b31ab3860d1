//! The reader: a page of text with highlights, its page and paragraph numbers and its margin of glosses.
//!
//! Only what shows is laid out and painted. The scroll position is a block and an offset into it, so that heights which
//! become known never move the visible text. Highlights are painted as rectangles under unmodified galleys: text never
//! jumps as one codes. Nothing done each frame grows with the length of the reading or the number of its highlights,
//! but for O(log n) sums and a look at the heads of [`crate::model::HighlightSet`]'s blocks.
//!
//! The widget keeps selection, scroll position and focus; a new range for a highlight goes out to be made an edit.

mod access;
pub mod blocks;
mod estimate;
mod gloss;
mod hits;
mod input;
mod layout;
mod leads;
mod marks;
mod notes;
mod page;
mod paint;
mod scroll;
pub mod selection;
mod tables;
mod typeset;

pub use hits::Hits;
pub use page::{Reader, Source};
