//! Where an export goes: a file, a folder, or standard output.

use std::{
    io::{self, IsTerminal},
    path::Path,
};

use jiff::Timestamp;

use super::watch::watched;
use crate::{
    cli::{DONE, failure::Failure},
    delivery::{self, Undelivered},
    export::{
        document::Stop,
        order::{File, Order, Progress, Surroundings},
    },
    model::Project,
    seeds,
};

fn around(progress: &Progress) -> Surroundings<'_> {
    Surroundings {
        now: Timestamp::now(),
        fonts: seeds::page_fonts(),
        progress,
    }
}

/// Writes one export to a file, or to standard output without one.
pub fn one(project: &Project, order: &Order, output: Option<&Path>) -> Result<u8, Failure> {
    let Some(path) = output.filter(|path| *path != Path::new("-")) else {
        return to_standard_output(project, order);
    };
    watched(|progress| delivery::deliver(project, path, order, around(progress)))?;
    Ok(DONE)
}

/// Writes several into a folder.
pub fn several(project: &Project, files: &[File], folder: &Path) -> Result<u8, Failure> {
    watched(|progress| delivery::deliver_all(project, folder, files, around(progress)))?;
    Ok(DONE)
}

fn to_standard_output(project: &Project, order: &Order) -> Result<u8, Failure> {
    let mut out = io::stdout();
    if order.format.is_binary() && out.is_terminal() {
        let name = order.format.name();
        return Err(
            Failure::usage(format!("{name} is not for a terminal")).hint(format!(
                "give a file with -o, such as -o {}.{}",
                order.what.kind().word(),
                order.format.ending()
            )),
        );
    }
    match watched(|progress| delivery::pour(project, order, around(progress), &mut out)) {
        // A reader that has seen enough (`| head`) is no error.
        Err(Stop::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(DONE),
        Err(Stop::Cancelled) => Err(Failure::new("the export was cancelled")),
        Err(why) => Err(Undelivered::new(Path::new("to standard output"), why).into()),
        Ok(()) => Ok(DONE),
    }
}

impl From<Undelivered> for Failure {
    fn from(undelivered: Undelivered) -> Self {
        let failure = Self::new(undelivered.what());
        match undelivered.advice() {
            Some(advice) => failure.hint(advice),
            None => failure,
        }
    }
}
