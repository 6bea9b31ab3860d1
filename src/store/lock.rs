//! The lock that keeps two programs from writing to one project.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
};

use jiff::Timestamp;

use super::{StoreError, paths::Paths};
use crate::model::CoderId;

/// A held lock. The operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough while a process that is just being started still holds a copy of it: whoever opens
        // the project next would find it locked. Nobody can be told if it fails, and closing is what is left then.
        let _ = self.file.unlock();
    }
}

/// What came of trying for the lock.
pub(super) enum Locking {
    /// Nobody else has the project open.
    Held(Lock),
    /// The folder can't be written to; the reason.
    ReadOnly(String),
}

/// Takes the lock of a project or says who has it.
///
/// # Errors
/// [`StoreError::Locked`] when another has it; [`StoreError::Io`] for anything but missing permission to write.
pub(super) fn take(paths: &Paths, coder: &CoderId) -> Result<Locking, StoreError> {
    let path = paths.lock();
    let opened = fs::create_dir_all(paths.own()).and_then(|()| {
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
    });
    let mut file = match opened {
        Ok(file) => file,
        Err(error) if is_read_only(&error) => return Ok(Locking::ReadOnly(error.to_string())),
        Err(error) => return Err(StoreError::io("make the lock file", &path)(error)),
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Windows does not let one read a locked file: then it is someone.
            let _ = file.read_to_string(&mut holder);
            return Err(StoreError::Locked {
                folder: paths.0.clone(),
                holder: match holder.trim() {
                    "" => "by another program".to_owned(),
                    holder => holder.to_owned(),
                },
            });
        }
        // Some network folders know no locks. Better to work there than not.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(StoreError::io("lock", &path)(error)),
    }
    // A full disk must not keep anyone from opening a project: the words are a courtesy, the lock holds without them.
    let _ = sign(&mut file, coder);
    Ok(Locking::Held(Lock { file }))
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

/// Writes who holds the lock into it.
fn sign(file: &mut File, coder: &CoderId) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(
        file,
        "by {coder} on {} (process {}) since {}",
        host(),
        std::process::id(),
        Timestamp::now().strftime("%Y-%m-%d %H:%M UTC")
    )
}

/// The name of this machine.
fn host() -> String {
    std::env::var("COMPUTERNAME")
        .or_else(|_| std::env::var("HOSTNAME"))
        .or_else(|_| fs::read_to_string("/etc/hostname"))
        .map(|name| name.trim().to_owned())
        .unwrap_or_else(|_| "this machine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::new(folder.path());
        let first = take(&paths, &CoderId::new("MK").unwrap()).unwrap();
        let second = take(&paths, &CoderId::new("JL").unwrap());
        match second {
            Err(StoreError::Locked { holder, .. }) => {
                assert!(holder.starts_with("by MK on "), "{holder}");
                assert!(holder.contains(&std::process::id().to_string()));
            }
            _ => panic!("it was not locked"),
        }
        drop(first);
        assert!(take(&paths, &CoderId::new("JL").unwrap()).is_ok());
    }
}
