//! The program: the window, or a command. See [`glossator::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    glossator::cli::run(std::env::args_os())
}
