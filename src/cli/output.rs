//! What a command says: tables, RON or JSON, on standard output or in a file.

use std::{
    io::{self, ErrorKind, Write},
    path::Path,
};

use super::failure::Failure;
use crate::export::table::columns;
use clap::ValueEnum;
use serde::Serialize;

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Ron,
    Json,
}

/// Writes a result: `table` makes what people read.
pub fn print<T: Serialize>(
    format: Format,
    result: &T,
    table: impl FnOnce(&T) -> String,
) -> Result<(), Failure> {
    let text = match format {
        Format::Table => table(result),
        Format::Json => serde_json::to_string_pretty(result).map_err(Failure::new)?,
        Format::Ron => ron::ser::to_string_pretty(result, ron::ser::PrettyConfig::new())
            .map_err(Failure::new)?,
    };
    write_out(&text)
}

/// Writes to standard output, with a line end. A reader that has seen enough (`| head`) is no error.
pub fn write_out(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    let written = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(end))
        .and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
            "could not write to standard output: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Says something beside the result, on standard error.
pub fn note(text: &str) {
    // Nobody can be told that standard error is gone.
    let _ = writeln!(io::stderr().lock(), "note: {text}");
}

/// Writes a file whole or not at all; devices and pipes are written to as they are.
pub fn write_file(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), Failure> {
    let contents = contents.as_ref();
    let is_special = path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir());
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    let written = if folder.is_some_and(|f| !f.is_dir()) {
        Err(ErrorKind::NotFound.into())
    } else if is_special {
        std::fs::write(path, contents)
    } else if path.is_dir() {
        Err(ErrorKind::IsADirectory.into())
    } else {
        crate::store::write_file(path, contents)
    };
    written.map_err(|error| Failure::io("write", path, &error))
}

/// Rows set in columns, as [`columns`] does it.
pub fn table(header: &[&str], right: &[bool], rows: &[Vec<String>]) -> String {
    let header: Vec<String> = header.iter().map(|&h| h.to_owned()).collect();
    columns(&header, right, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [
            vec!["勢".to_owned(), "7".to_owned()],
            vec!["abc".to_owned(), "1,000".to_owned()],
        ];
        assert_eq!(
            table(&["name", "n"], &[false, true], &rows),
            "name      n\n勢        7\nabc   1,000\n"
        );
    }
}
