//! The program: the window, or a command (see [`glossator::cli`]), or a child that reads a file (see [`glossator::intake`]).

use std::{alloc::System, process::ExitCode};

use cap::Cap;

/// The limit is set in children that read files, where memory is the file's and not people's.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    let limit = |bytes| MEMORY.set_limit(bytes).is_ok();
    glossator::intake::serve(std::env::args_os(), limit)
        .unwrap_or_else(|| glossator::cli::run(std::env::args_os()))
}
