//! Files that take long to write: a draft beside the place where the file belongs, which takes that place when it is whole.
//!
//! A draft that is dropped is gone, and the old file is as it was. A program that is killed leaves its draft behind: a file named
//! `.glossator-….part`, or `.glossator-….whole` when it was only waiting for others. While it is written a draft is locked, so the
//! next draft in that folder knows the strays and clears them; those that wait are closed, since a system opens only so many files,
//! and are strays after an hour.

use std::{
    fs::{self, File, TryLockError},
    io::{self, BufWriter, IoSlice, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use super::disk::sync_folder;

const START: &str = ".glossator-";
const END: &str = ".part";
const WHOLE: &str = ".whole";

/// How long a draft waits at most for its place.
const WAIT: Duration = Duration::from_secs(3600);

/// How much is gathered before the disk is asked, in bytes.
const BUFFER: usize = 1 << 18;

/// A file that is being written.
#[derive(Debug)]
pub struct Draft {
    /// None once it is whole.
    out: Option<BufWriter<File>>,
    place: Place,
}

/// Where a draft is, and where it belongs.
#[derive(Debug)]
struct Place {
    beside: PathBuf,
    target: PathBuf,
    taken: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.taken {
            // It is in the way at most, and the next draft here clears it.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

impl Draft {
    /// A draft of the file at `path`; a link is followed, permissions are kept.
    ///
    /// # Errors
    /// When no file can be put there: its folder is missing or can't be written to, the path is a folder, or the file that is
    /// there is write-protected.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let target = match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_symlink() => fs::canonicalize(path)?,
            _ => std::path::absolute(path)?,
        };
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(fs::Metadata::is_dir) || target.file_name().is_none() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
            let text = "the file that is there is write-protected";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
        }
        let folder = target.parent().unwrap_or(Path::new("."));
        if !folder.is_dir() {
            let text = format!("the folder {} is not there", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, text));
        }
        clear(folder);
        let (beside, file) = create(folder)?;
        let place = Place {
            beside,
            target,
            taken: false,
        };
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        Ok(Self {
            out: Some(BufWriter::with_capacity(BUFFER, file)),
            place,
        })
    }

    /// Where the file belongs.
    pub fn target(&self) -> &Path {
        &self.place.target
    }

    /// Makes what was written durable, and gives its length in bytes. Nothing can be written after that.
    ///
    /// # Errors
    /// When it can't be.
    pub fn seal(&mut self) -> io::Result<u64> {
        let Some(out) = self.out.take() else {
            return Ok(fs::metadata(&self.place.beside)?.len());
        };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        let length = file.metadata()?.len();
        // From here on the lock does not hold it any more. Closed only then: nobody is to take it for a stray between.
        let whole = self.place.beside.with_extension(&WHOLE[1..]);
        fs::rename(&self.place.beside, &whole)?;
        self.place.beside = whole;
        Ok(length)
    }

    /// Opens what was written, once it is sealed, to read it.
    ///
    /// # Errors
    /// When it can't be.
    pub fn reopen(&self) -> io::Result<File> {
        File::open(&self.place.beside)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When it can't be made durable or moved; the old file is as it was then.
    pub fn place(mut self) -> io::Result<()> {
        self.seal()?;
        fs::rename(&self.place.beside, &self.place.target)?;
        self.place.taken = true;
        sync_folder(self.place.target.parent().unwrap_or(Path::new(".")))
    }

    fn out(&mut self) -> io::Result<&mut BufWriter<File>> {
        self.out
            .as_mut()
            .ok_or_else(|| io::Error::other("the file is finished"))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out()?.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out()?.write_all(bytes)
    }

    fn write_vectored(&mut self, bytes: &[IoSlice<'_>]) -> io::Result<usize> {
        self.out()?.write_vectored(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out()?.flush()
    }
}

impl Seek for Draft {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out()?.seek(to)
    }
}

/// Makes a locked file with a name of its own.
fn create(folder: &Path) -> io::Result<(PathBuf, File)> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{START}{}-{number}{END}", std::process::id());
        let path = folder.join(name);
        let file = match File::create_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            made => made?,
        };
        // Whoever clears the folder in this moment may take it for a stray: then it is locked or gone.
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => continue,
            _ if path.exists() => return Ok((path, file)),
            _ => {}
        }
    }
}

/// Removes the drafts of programs that were killed.
fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(START) {
            continue;
        }
        // What can't be removed stays until the next time.
        let _ = match () {
            () if name.ends_with(END) => clear_if_unlocked(&entry.path()),
            () if name.ends_with(WHOLE) => clear_if_old(&entry.path()),
            () => Ok(()),
        };
    }
}

fn clear_if_old(path: &Path) -> io::Result<()> {
    let changed = fs::metadata(path)?.modified()?;
    match changed.elapsed() {
        Ok(age) if age > WAIT => fs::remove_file(path),
        _ => Ok(()),
    }
}

fn clear_if_unlocked(path: &Path) -> io::Result<()> {
    let file = fs::OpenOptions::new().append(true).open(path)?;
    if file.try_lock().is_ok() {
        fs::remove_file(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        super::super::disk::names(folder).unwrap()
    }

    fn all(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_draft_takes_its_place_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "old").unwrap();
        let mut draft = Draft::begin(&path).unwrap();
        draft.write_all(b"new and longer").unwrap();
        draft.seek(SeekFrom::Start(0)).unwrap();
        draft.write_all(b"N").unwrap();
        assert_eq!(draft.seal().unwrap(), 14);
        assert!(draft.write_all(b"more").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        draft.place().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "New and longer");
        assert_eq!(all(folder.path()), 1);
    }

    #[test]
    fn a_dropped_draft_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut draft = Draft::begin(&path).unwrap();
        draft.write_all(b"x").unwrap();
        draft.seal().unwrap();
        drop(draft);
        assert_eq!(all(folder.path()), 0);
    }

    #[test]
    fn strays_are_cleared_and_drafts_at_work_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let stray = folder.path().join(".glossator-1-0.part");
        fs::write(&stray, "half").unwrap();
        fs::write(folder.path().join("mine.part"), "kept").unwrap();
        let old = folder.path().join(".glossator-1-1.whole");
        fs::write(&old, "never placed").unwrap();
        let day = std::time::SystemTime::now() - 24 * WAIT;
        let file = File::options().write(true).open(&old).unwrap();
        file.set_modified(day).unwrap();
        let mut first = Draft::begin(&folder.path().join("a")).unwrap();
        first.write_all(b"a").unwrap();
        assert!(!stray.exists() && !old.exists());
        let second = Draft::begin(&folder.path().join("b")).unwrap();
        first.seal().unwrap();
        let third = Draft::begin(&folder.path().join("c")).unwrap();
        second.place().unwrap();
        first.place().unwrap();
        third.place().unwrap();
        assert_eq!(names(folder.path()), ["a", "b", "c", "mine.part"]);
        assert_eq!(all(folder.path()), 4);
    }

    #[test]
    fn what_is_no_place_for_a_file_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |path: &Path| Draft::begin(path).unwrap_err().kind();
        assert_eq!(kind(folder.path()), io::ErrorKind::IsADirectory);
        let nowhere = folder.path().join("no/x.md");
        assert_eq!(kind(&nowhere), io::ErrorKind::NotFound);
        let path = folder.path().join("kept.md");
        fs::write(&path, "kept").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(kind(&path), io::ErrorKind::PermissionDenied);
        assert_eq!(all(folder.path()), 1);
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
        let mut draft = Draft::begin(&link).unwrap();
        draft.write_all(b"new").unwrap();
        draft.place().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        let mode = fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
