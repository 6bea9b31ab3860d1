//! Every count against one that is worked out another way: by marking each byte or word, and by looking at every two passages.
#![allow(clippy::unwrap_used, missing_docs)]

mod along;
mod contrast;
mod cooccur;
mod examples;
mod keyness;
mod made;
mod matrix;
mod order;
#[path = "../common/random.rs"]
#[allow(dead_code)]
mod random;
