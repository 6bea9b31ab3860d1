//! Glossator.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

// The random edits of tests/common serve the tests in here as well.
#[cfg(test)]
extern crate self as glossator;

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod edit;
pub mod export;
pub mod import;
pub mod model;
pub mod seeds;
pub mod store;
pub mod text;
