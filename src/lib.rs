//! Glossator: people read, mark passages, tag them with the labels of a theory, and take the coded excerpts away.
//!
//! This page is the guide to the source. What the program is for, and how to use it, is in the README.
//!
//! # Bird's-eye view
//!
//! A [project](model::Project) is readings, a codebook of labels, and highlights: passages of readings that a coder has tagged.
//! It lives in memory as plain values and on disk as a folder of plain text files. It changes in one way only: an
//! [edit](edit::Edit), a value that [`edit::apply`] carries out and turns into its inverse. A [workspace](store::Workspace)
//! performs edits and appends each to a history file, fsynced by a thread, before the status line says “saved”; the other files
//! are rewritten when edits rest. Undo applies an inverse and is itself an entry of the history, so nothing that was ever done
//! gets lost. The window ([`app`]) and the command line ([`cli`]) are two ways to the same workspace.
//!
//! # Code map
//!
//! Imports point only upward in this list; `tests/layers.rs` holds it.
//!
//! | module | what | pure |
//! |---|---|---|
//! | [`text`] | spans, paragraphs, sentences, words, locators, quotes, overlap → flat runs, passages found again in a new version | yes |
//! | [`model`] | project, reading, codebook, label, highlight, notebook, packet, ids; [`model::HighlightSet`], the index of a reading's highlights | yes |
//! | [`edit`] | [`edit::Edit`], [`edit::apply`], [`edit::replay`], what people do in [`edit::compose`], history and undo stacks | yes |
//! | [`analysis`] | a [`analysis::Corpus`] of a project → queries, matrices, co-occurrence, keyness; search and suggestions | yes |
//! | [`gather`] | finding in all readings at once, on all cores | |
//! | [`export`] | an order ([`export::order`]) → documents, tables and records in all formats; citations and reference lists | yes |
//! | [`import`] | bytes → a reading's text with what is known of it; annotated RON, bibliographies → an edit | yes |
//! | [`store`] | the project folder: open, journal, save, lock, replay, merge, check | |
//! | [`delivery`] | exports → files, whole or not at all | |
//! | [`intake`] | files and folders → readings of a project: many at once, each apart, with a report | |
//! | [`seeds`] | the starter codebook and the sample seminar, built in | |
//! | [`cli`] | one file a command | |
//! | [`app`] | the window: state, commands, theme, reader widget, views | |
//!
//! # Invariants
//!
//! **Only [`edit::apply`] changes a project** (and [`edit::replay`], when a folder is opened). Importers, commands, views and
//! merges all go through it. There is no second way to save and no view that mends data.
//!
//! **A text never changes after import.** Ranges are UTF-8 byte offsets on character boundaries, and stay true. What is shown or
//! exported says its unit.
//!
//! **Pure layers know no clock, no random numbers, no files.** Times and new ids come in as arguments.
//!
//! **An edit carries whole values.** So a journal can be replayed onto files from any earlier moment, and the result is the
//! same; this is what makes a crash harmless.
//!
//! **A revised reading is a new reading** that names the one it revises. Highlights move to it one by one ([`text::reanchor`]); what
//! is left on the old, removed one is lost and can be placed by hand. So nothing is dropped, and a colleague's late highlights of the
//! old version turn up as lost ones.
//!
//! **Files from elsewhere are read apart**, in a child process of the same program with limits of time and memory
//! ([`intake`]); importers have limits of their own and never panic. A strange file costs itself only.
//!
//! **Each coder writes files of their own** (highlights, notebook, history); only the codebook and the packets are shared, one file each. So people who
//! code apart merge with git or a synced folder. Undo is of one's own edits.
//!
//! **Nothing a frame or an edit costs grows with the reading or the number of its highlights**, but for sums in O(log n) and the
//! heads of blocks of 128 highlights. The reader lays out what shows ([`app::reader`]); snapshots share blocks.
//!
//! **What can't be read is never overwritten.** A damaged file is reported with line and column, and edits that belong in it stay in
//! the history until it is whole.
//!
//! **A document is a stream of blocks** ([`export::document`]). Composers push them into a sink, and each format is one: Markdown, HTML,
//! DOCX, pages. So what is exported lies in memory one block at a time, and the window's preview is what will print. Tables and
//! interchange formats stream rows. All go through one door ([`export::order::write`]), which counts and can be stopped, and reach
//! the disk through another ([`delivery`]), which leaves no half files.
//!
//! **Views send commands.** They read the state and push [`app::Command`]s, which are carried out in one place. One table
//! ([`app::action`]) feeds menus, keys, the palette and the README.
//!
//! **What is deliberately absent:** a database, a server, a background service, telemetry, and confirmation dialogs for what undo
//! takes back.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

// The random edits of tests/common serve the tests in here as well.
#[cfg(test)]
extern crate self as glossator;

pub mod analysis;
#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod delivery;
pub mod edit;
pub mod export;
pub mod gather;
pub mod import;
pub mod intake;
pub mod model;
pub mod seeds;
pub mod store;
pub mod text;
