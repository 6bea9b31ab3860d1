//! The child process that reads a file: the same program, with nothing of it started but the import.

use std::{
    ffi::OsString,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::ExitCode,
    thread,
};

use super::{
    apart::READ_FILE,
    read::{file_name, read_file},
    wire::{Answer, Reply, Task, record},
};
use crate::import::{self, ImportError, Options, Refusal};

/// The stack of the thread that reads, in bytes: nothing that people write is nested so deep that it needs more.
const STACK: usize = 64 * 1024 * 1024;

/// When the arguments say so, this process is a child that reads a file: it does that and returns its exit code. `limit` caps the
/// memory of the process at so many bytes from then on; it says whether so many are enough for what is in use already.
///
/// The task stands on standard input; the end of that means that the parent is gone, and ends the child.
pub fn serve(
    args: impl IntoIterator<Item = OsString>,
    limit: fn(usize) -> bool,
) -> Option<ExitCode> {
    let args: Vec<OsString> = args.into_iter().skip(1).collect();
    let [command, path] = args.as_slice() else {
        return None;
    };
    if command != READ_FILE {
        return None;
    }
    let mut input = BufReader::new(io::stdin());
    let mut line = String::new();
    let Some(task) = input
        .read_line(&mut line)
        .ok()
        .and_then(|_| serde_json::from_str::<Task>(&line).ok())
    else {
        return Some(ExitCode::FAILURE);
    };
    thread::spawn(move || {
        let _ = io::copy(&mut input, &mut io::sink());
        std::process::exit(i32::from(u8::MAX));
    });
    if !limit(task.memory) {
        return Some(say(Answer::Refused(Refusal::Hungry)));
    }
    let options = Options {
        password: task.password,
    };
    let path = path.clone();
    let work = move || answer(Path::new(&path), &options);
    let reading = thread::Builder::new().stack_size(STACK).spawn(work);
    let answer = match reading.map(thread::JoinHandle::join) {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Answer::Refused(Refusal::Failed),
        Err(error) => Answer::Unread(error.to_string()),
    };
    Some(say(answer))
}

fn say(answer: Answer) -> ExitCode {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let said = serde_json::to_writer(&mut out, &Reply::new(answer))
        .map_err(io::Error::from)
        .and_then(|()| out.flush());
    match said {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(path: &Path, options: &Options) -> Answer {
    let name = file_name(path);
    let bytes = match read_file(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => {
            return Answer::Refused(Refusal::Hungry);
        }
        Err(error) => return Answer::Unread(error.to_string()),
    };
    match import::import_with(&name, &bytes, options) {
        Ok(imported) => match import::format_of(&name, &bytes) {
            Some(format) => Answer::Read(Box::new(record(imported)), format),
            None => Answer::Refused(Refusal::Failed),
        },
        Err(ImportError { why, .. }) => Answer::Refused(why),
    }
}
