//! The whole app in a window without a screen: found by accessible name, moved by keys and mouse.
#![allow(clippy::unwrap_used)]

mod access;
mod attributes;
mod codebook;
mod compare;
mod desk;
mod dialogs;
mod excerpts;
mod export;
mod find;
mod intake;
mod made;
mod mouse;
mod notes;
mod packet;
mod palette;
mod picture;
mod pictures;
#[cfg(unix)]
#[path = "../common/program.rs"]
mod program;
mod readings;
mod revisions;
mod structured;
mod tagging;
mod windows;
