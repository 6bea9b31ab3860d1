//! Writing so that a file is always whole: to a temporary file beside it, fsync, rename, fsync of the folder.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use super::register::Stamp;

/// A switch that makes writes fail, to test what a full disk does. Off unless a test turns it.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<AtomicU8>);

/// What [`Faults`] does to writes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// Each write fails before a byte is written.
    Full,
    /// Each write fails halfway.
    FullHalfway,
    /// Bytes are written, but fsync fails.
    NoSync,
}

impl Faults {
    /// Turns the switch.
    pub fn set(&self, fault: Fault) {
        self.0.store(fault as u8, Ordering::SeqCst);
    }

    fn is(&self, fault: Fault) -> bool {
        self.0.load(Ordering::SeqCst) == fault as u8
    }

    fn full() -> io::Error {
        io::Error::new(io::ErrorKind::StorageFull, "no space left on device")
    }

    /// Writes all of `bytes`, or fails as the switch says.
    pub(super) fn write(&self, out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
        if self.is(Fault::Full) {
            return Err(Self::full());
        }
        if self.is(Fault::FullHalfway) {
            out.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
            return Err(Self::full());
        }
        out.write_all(bytes)
    }

    pub(super) fn sync(&self, file: &File) -> io::Result<()> {
        if self.is(Fault::NoSync) {
            return Err(io::Error::other("input/output error"));
        }
        file.sync_data()
    }
}

/// Several changes of files, whose folders are fsynced once at the end by [`Changes::finish`].
pub(super) struct Changes {
    faults: Faults,
    folders: BTreeSet<PathBuf>,
}

impl Changes {
    pub(super) fn new(faults: Faults) -> Self {
        Self {
            faults,
            folders: BTreeSet::new(),
        }
    }

    /// Puts what `fill` writes in the place of the file at `path`; a link is followed, permissions are kept.
    pub(super) fn write(
        &mut self,
        path: &Path,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.write_if(path, || Ok(true), fill).map(drop)
    }

    /// As [`Self::write`], if `still` says so just before the file is replaced. Returns the stamp of the new file, none when
    /// the old one was left.
    pub(super) fn write_if(
        &mut self,
        path: &Path,
        still: impl FnOnce() -> io::Result<bool>,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Option<Stamp>> {
        let path = match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_symlink() => fs::canonicalize(path)?,
            _ => path.to_owned(),
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        self.make_folder(folder)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = folder.join(format!(".{name}.tmp"));
        let placed = self.fill(&beside, &path, fill).and_then(|stamp| {
            let replace = still()?;
            if replace {
                fs::rename(&beside, &path)?;
            }
            Ok(replace.then_some(stamp))
        });
        if !matches!(placed, Ok(Some(_))) {
            // What is left of it is only in the way; the error that matters is the first.
            let _ = fs::remove_file(&beside);
        }
        self.folders.insert(folder.to_owned());
        placed
    }

    /// Writes a file durably beside the one at `path`.
    fn fill(
        &self,
        beside: &Path,
        path: &Path,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Stamp> {
        let file = File::create(beside)?;
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        let mut out = BufWriter::with_capacity(1 << 16, Checked(&self.faults, file));
        fill(&mut out)?;
        let Checked(_, file) = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        self.faults.sync(&file)?;
        Ok(Stamp::of(&file.metadata()?))
    }

    /// Removes a file; it is fine when it is gone already.
    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        self.folders.extend(path.parent().map(Path::to_owned));
        Ok(())
    }

    /// Moves a folder; it is fine when that was done already.
    pub(super) fn move_folder(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        if !from.exists() && to.exists() {
            return Ok(());
        }
        if let Some(folder) = to.parent() {
            self.make_folder(folder)?;
        }
        fs::rename(from, to)?;
        self.folders.extend(from.parent().map(Path::to_owned));
        self.folders.extend(to.parent().map(Path::to_owned));
        Ok(())
    }

    /// Makes a folder and those above it.
    pub(super) fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        self.folders
            .extend(folder.ancestors().take(3).map(Path::to_owned));
        Ok(())
    }

    /// Makes all of it durable.
    pub(super) fn finish(self) -> io::Result<()> {
        self.folders
            .iter()
            .filter(|f| f.is_dir())
            .try_for_each(|f| sync_folder(f))
    }
}

/// Puts `bytes` in the place of a file anywhere, durably: it is whole or as it was, never half. A link is followed,
/// permissions are kept.
///
/// # Errors
/// When its folder is not there or can't be written to.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    if let Some(folder) = path.parent().filter(|f| !f.is_dir()) {
        let text = format!("the folder {} is not there", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, text));
    }
    let mut changes = Changes::new(Faults::default());
    changes.write(&path, |out| out.write_all(bytes))?;
    changes.finish()
}

/// A file whose writes go past the switch.
struct Checked<'a>(&'a Faults, File);

impl Write for Checked<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(&mut self.1, bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

/// Makes the names in a folder durable. Windows does that by itself and can't open a folder.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The bytes of a file as text, without a byte order mark; `Err` says what is wrong and where (line, column).
pub(super) fn read_text(path: &Path) -> io::Result<Result<String, (usize, usize)>> {
    let bytes = fs::read(path)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..good).unwrap_or_default();
            let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
            let last = before.rsplit(|&b| b == b'\n').next().unwrap_or_default();
            Err((line, String::from_utf8_lossy(last).chars().count() + 1))
        }
    })
}

/// The names in a folder that don't start with a dot, sorted; none when the folder is not there.
pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(changes: &mut Changes, path: &Path, what: &str) -> io::Result<()> {
        changes.write(path, |out| out.write_all(what.as_bytes()))
    }

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.ron");
        let faults = Faults::default();
        let mut changes = Changes::new(faults.clone());
        write(&mut changes, &path, "old").unwrap();
        for fault in [Fault::Full, Fault::FullHalfway, Fault::NoSync] {
            faults.set(fault);
            assert!(write(&mut changes, &path, "new").is_err(), "{fault:?}");
            assert_eq!(fs::read_to_string(&path).unwrap(), "old");
            assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        }
        faults.set(Fault::None);
        write(&mut changes, &path, "new").unwrap();
        changes.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_the_mode_kept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write(&mut Changes::new(Faults::default()), &link, "new").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_placed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, b"ab\n\xc3\xa9c\xff").unwrap();
        assert_eq!(read_text(&path).unwrap(), Err((2, 3)));
        fs::write(&path, "\u{feff}x").unwrap();
        assert_eq!(read_text(&path).unwrap(), Ok("x".to_owned()));
    }
}
