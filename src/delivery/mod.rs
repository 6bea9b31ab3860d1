//! Exports to files: each is written to a draft beside the place where it belongs, and takes that place when all are whole. So an
//! export that fails or is cancelled leaves everything as it was.

mod undelivered;

use std::{
    fs::{self, File},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

pub use undelivered::Undelivered;

use crate::{
    export::{
        document::Stop,
        order::{self, Order, Surroundings},
    },
    model::Project,
    store::Draft,
};

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// The files.
    pub files: Vec<PathBuf>,
    /// How long they are together, in bytes.
    pub bytes: u64,
}

/// Writes an export to a file. A device or a pipe is written to as it is.
///
/// # Errors
/// [`Undelivered`]; the file that was there is as it was then.
pub fn deliver(
    project: &Project,
    path: &Path,
    order: &Order,
    around: Surroundings<'_>,
) -> Result<Delivered, Undelivered> {
    let at = |why: Stop| Undelivered::new(path, why);
    if path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        let device = File::options().write(true).open(path);
        let mut device = device.map_err(|error| at(error.into()))?;
        pour(project, order, around, &mut device).map_err(at)?;
        return Ok(Delivered {
            files: vec![path.to_owned()],
            bytes: 0,
        });
    }
    let (draft, bytes) = draft(project, path, order, around).map_err(at)?;
    draft.place().map_err(|error| at(error.into()))?;
    Ok(Delivered {
        files: vec![path.to_owned()],
        bytes,
    })
}

/// Writes several exports into a folder, which is made when it is not there.
///
/// # Errors
/// [`Undelivered`]; nothing in the folder was changed then, unless the system refuses in the moment when the files take their
/// places.
pub fn deliver_all(
    project: &Project,
    folder: &Path,
    files: &[order::File],
    around: Surroundings<'_>,
) -> Result<Delivered, Undelivered> {
    let is_new = !folder.exists();
    let made = fs::create_dir_all(folder);
    made.map_err(|error| Undelivered::new(folder, error.into()))?;
    let all = drafts(project, folder, files, around);
    if all.is_err() && is_new {
        // Whatever someone put there meanwhile stays: only an empty folder can be removed.
        let _ = fs::remove_dir(folder);
    }
    let mut delivered = Delivered::default();
    for (draft, bytes) in all? {
        let path = draft.target().to_owned();
        let placed = draft.place();
        placed.map_err(|error| Undelivered::new(&path, error.into()))?;
        delivered.files.push(path);
        delivered.bytes += bytes;
    }
    Ok(delivered)
}

fn drafts(
    project: &Project,
    folder: &Path,
    files: &[order::File],
    around: Surroundings<'_>,
) -> Result<Vec<(Draft, u64)>, Undelivered> {
    let one = |file: &order::File| {
        let path = folder.join(&file.name);
        draft(project, &path, &file.order, around).map_err(|why| Undelivered::new(&path, why))
    };
    files.iter().map(one).collect()
}

/// Writes a draft, and says how long it is.
fn draft(
    project: &Project,
    path: &Path,
    order: &Order,
    around: Surroundings<'_>,
) -> Result<(Draft, u64), Stop> {
    let mut draft = Draft::begin(path)?;
    order::write(project, order, around, &mut draft)?;
    let bytes = draft.seal()?;
    match around.progress.is_cancelled() {
        true => Err(Stop::Cancelled),
        false => Ok((draft, bytes)),
    }
}

/// Writes an export to where one can't go back, such as a pipe. Formats that go back are written to a file among the temporary ones
/// first.
///
/// # Errors
/// [`Stop`], also when nobody reads any more.
pub fn pour(
    project: &Project,
    order: &Order,
    around: Surroundings<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), Stop> {
    if !order.format.is_binary() {
        let mut out = Forward(io::BufWriter::with_capacity(1 << 16, out));
        order::write(project, order, around, &mut out)?;
        return Ok(out.0.flush()?);
    }
    let path = std::env::temp_dir().join(format!(
        "glossator-{}.{}",
        std::process::id(),
        order.format.ending()
    ));
    let (draft, _) = draft(project, &path, order, around)?;
    io::copy(&mut draft.reopen()?, out)?;
    Ok(out.flush()?)
}

/// Something that is only written to, from the beginning to the end.
struct Forward<W>(W);

impl<W: Write> Write for Forward<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W> Seek for Forward<W> {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
