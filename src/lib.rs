//! Glossator.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

#[cfg(feature = "gui")]
pub mod app;
// The random edits of tests/common serve the tests in here as well.
#[cfg(test)]
extern crate self as glossator;

pub mod edit;
pub mod export;
pub mod import;
pub mod model;
pub mod store;
pub mod seeds;
pub mod text;
