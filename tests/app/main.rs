//! The whole app in a window without a screen: found by accessible name, moved by keys and mouse.
#![allow(clippy::unwrap_used)]

mod desk;
mod picture;
mod tagging;
