//! The whole app in a window without a screen: found by accessible name, moved by keys and mouse.
#![allow(clippy::unwrap_used)]

mod codebook;
mod desk;
mod mouse;
mod notes;
mod picture;
mod readings;
mod tagging;
