//! What the highlights add up to: queries, matrices, co-occurrence, keyness; and what stands in the texts: search, suggestions.
//!
//! Everything here works on a [`Corpus`], a snapshot of a project that threads can share, and gives plain values that views
//! show, [`crate::export`] writes as tables and pictures, and the command line prints. Nothing here knows threads: who asks
//! decides where it runs.

pub mod along;
pub mod contrast;
pub mod cooccur;
mod corpus;
pub mod excerpts;
pub mod find;
pub mod keyness;
mod language;
mod lexicon;
pub mod matrix;
pub mod order;
mod phrases;
pub mod query;
mod rows;
pub mod suggest;
mod sweep;
mod tokens;
mod units;

pub use corpus::{Codebook, Coding, Corpus, LabelIx, Source, UnitRange};
pub use units::Units;
