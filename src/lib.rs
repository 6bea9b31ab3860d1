//! Glossator.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod edit;
pub mod import;
pub mod model;
pub mod text;
