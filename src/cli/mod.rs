//! The command line: the same engine as the window, for scripts and tests. One file a command.
//!
//! What a command found goes to standard output, as a table for people or as RON or JSON; what went wrong goes to standard
//! error, as a line `error: …` and a line `hint: …`. The exit code is one of [`DONE`], [`FAILED`], [`USAGE`], [`NO_PROJECT`].
//!
//! Every command that changes a project does so by an edit, waits until it is durable, and so can be undone by `undo`, in the
//! window or from another process. Nothing here asks questions.

mod along;
mod attributes;
mod check;
mod cite;
mod claim;
mod coder;
mod contrast;
mod cooccur;
mod excerpts;
mod export;
mod failure;
mod find;
mod history;
mod hits;
mod import;
mod lost;
mod matrix;
mod new;
mod open;
mod output;
mod packet;
mod project;
mod query;
mod quote;
mod replace;
mod scope;
mod set;
mod shown;
mod stats;
mod suggest;
mod tag;
mod undo;
mod words;

use std::{ffi::OsString, path::Path, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

pub use coder::usual_coder;
use failure::Failure;

/// Everything was done.
pub const DONE: u8 = 0;
/// Something could not be done, or `check` found something wrong. What could be done was.
pub const FAILED: u8 = 1;
/// The command was not understood; nothing was done.
pub const USAGE: u8 = 2;
/// The project could not be opened: it is not there, in use, or from a newer version. Nothing was done.
pub const NO_PROJECT: u8 = 3;

const AFTER_HELP: &str = "\
A project is a folder of plain text files. A coder is a short name such as MK, under which highlights and the history are kept: \
--coder, else the environment variable GLOSSATOR_CODER, else a name made of your user name. `glossator <COMMAND> --help` tells \
more about a command.

Examples:
  # open the window, on the last project or on this one
  glossator
  glossator ~/seminar
  # a new project with the starter codebook; a folder of texts and a file into it
  glossator new ~/seminar --codebook alliance
  glossator import ~/seminar readings/ notes.md
  # tag a passage, count, take the excerpts out
  glossator tag ~/seminar --reading walt --quote \"threat, not power\" --label Trust
  glossator stats ~/seminar --format json
  glossator export ~/seminar --format markdown -o excerpts.md

Exit codes:
  0  done
  1  something could not be done, or check found something wrong; the rest was done
  2  the command was not understood; nothing was done
  3  the project could not be opened; nothing was done";

/// Read, mark passages, tag them with the labels of a theory, and take the coded excerpts away.
#[derive(Debug, Parser)]
#[command(
    name = "glossator",
    bin_name = "glossator",
    version,
    after_help = AFTER_HELP,
    override_usage = "glossator [<PROJECT>]\n       glossator <COMMAND> …",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 110
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Open(open::Open),
    New(new::New),
    Import(import::Import),
    Lost(lost::Lost),
    Set(Box<set::Set>),
    Attributes(attributes::Attributes),
    Tag(tag::Tag),
    Excerpts(excerpts::Excerpts),
    Query(query::Queries),
    Claim(claim::Claim),
    Find(find::Find),
    Suggest(suggest::Suggest),
    Packet(packet::PacketCommand),
    Export(export::Export),
    Cite(cite::List),
    Matrix(matrix::MatrixCommand),
    Cooccur(cooccur::Cooccur),
    Along(along::AlongCommand),
    Contrast(contrast::ContrastCommand),
    Words(words::WordsCommand),
    Stats(stats::Stats),
    Check(check::Check),
    History(history::History),
    Undo(undo::Undo),
    Redo(undo::Redo),
}

impl Command {
    /// Carries the command out; the exit code is one of those above.
    fn run(self) -> Result<u8, Failure> {
        match self {
            Self::Open(command) => command.run(),
            Self::New(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Lost(command) => command.run(),
            Self::Set(command) => command.run(),
            Self::Attributes(command) => command.run(),
            Self::Tag(command) => command.run(),
            Self::Excerpts(command) => command.run(),
            Self::Query(command) => command.run(),
            Self::Claim(command) => command.run(),
            Self::Find(command) => command.run(),
            Self::Suggest(command) => command.run(),
            Self::Packet(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Cite(command) => command.run(),
            Self::Matrix(command) => command.run(),
            Self::Cooccur(command) => command.run(),
            Self::Along(command) => command.run(),
            Self::Contrast(command) => command.run(),
            Self::Words(command) => command.run(),
            Self::Stats(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::History(command) => command.run(),
            Self::Undo(command) => command.run(),
            Self::Redo(command) => command.run(),
        }
    }
}

/// Carries out a command line, the program's name first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = with_open(args.into_iter().collect());
    let code = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments.command.run().unwrap_or_else(|failure| {
            failure.print();
            failure.code
        }),
        Err(error) => {
            // The reader of help may have gone away; there is nobody left to tell.
            let _ = error.print();
            u8::try_from(error.exit_code()).unwrap_or(USAGE)
        }
    };
    ExitCode::from(code)
}

/// `glossator` and `glossator <folder>` are `glossator open …`.
fn with_open(mut args: Vec<OsString>) -> Vec<OsString> {
    let is_command = |name: &OsString| {
        let commands = Arguments::command();
        commands
            .get_subcommands()
            .any(|c| name.to_str() == Some(c.get_name()))
    };
    let opens = match args.get(1) {
        None => true,
        Some(first) => !is_command(first) && Path::new(first).is_dir(),
    };
    if opens {
        args.truncate(args.len().max(1));
        let at = args.len().min(1);
        args.insert(at, "open".into());
    }
    args
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_folder_alone_opens_the_window() {
        let open = |args: &[&str]| {
            let args = args.iter().map(OsString::from).collect();
            with_open(args)
        };
        assert_eq!(open(&["glossator"]), ["glossator", "open"]);
        assert_eq!(open(&["glossator", "/"]), ["glossator", "open", "/"]);
        assert_eq!(
            open(&["glossator", "stats", "x"]),
            ["glossator", "stats", "x"]
        );
        assert_eq!(open(&["glossator", "--help"]), ["glossator", "--help"]);
    }
}
