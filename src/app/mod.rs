//! The window.
pub mod reader;
pub mod theme;
pub mod words;
