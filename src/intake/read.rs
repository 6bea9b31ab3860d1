//! One file: what it is, where it is read, and what becomes of it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    sync::Mutex,
};

use super::{
    Trouble,
    apart::{NotRead, ReadApart, Reader},
    known::{Known, Seen},
    progress::Progress,
};
use crate::{
    import::{self, Format, ImportError, Imported, MAX_BYTES, Options},
    text::sha256,
};

/// Files larger than this are read one at a time, in bytes, so that a batch needs little more memory than one of them.
const LARGE: u64 = 64 * 1024 * 1024;

/// A file's name without folders.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A file's bytes, or the first of them when there are more than are read of any.
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file that was read.
pub(super) struct Incoming {
    pub imported: Imported,
    pub bytes: Vec<u8>,
    pub format: Format,
}

/// What reading a file came to.
pub(super) enum Came {
    In(Box<Incoming>),
    Known(Seen),
}

/// What is needed to read files.
pub(super) struct Desk<'a> {
    pub options: &'a Options,
    pub reader: &'a Reader,
    pub progress: &'a Progress,
    pub large: Mutex<()>,
}

impl Desk<'_> {
    /// Reads a file; one that is `known` is not read to the end.
    pub fn read(&self, path: &Path, known: Option<&Known>) -> Result<Came, Trouble> {
        let name = file_name(path);
        let unread = |e: io::Error| Trouble::unread(&name, &e);
        let metadata = fs::metadata(path).map_err(unread)?;
        if !metadata.is_file() {
            // A pipe or a device may never end.
            return Err(Trouble::no_file(&name));
        }
        let size = metadata.len();
        import::check_size(&name, size)?;
        let _alone = (size > LARGE).then(|| self.large.lock());
        if self.progress.is_cancelled() {
            return Err(Trouble::cancelled(&name));
        }
        let bytes = read_file(path).map_err(unread)?;
        let head = bytes.get(..Format::HEAD).unwrap_or(&bytes);
        let seen = |hash: &str| known.and_then(|known| known.find(hash)).cloned();
        let plain = Format::is_plain(&name, head)
            && import::format_of(&name, &bytes)
                .is_none_or(|f| matches!(f, Format::Text | Format::Markdown));
        let (imported, format) = if plain {
            let imported = import::import_with(&name, &bytes, self.options)?;
            let format = import::format_of(&name, &bytes).unwrap_or(Format::Text);
            (imported, format)
        } else {
            let source = sha256(&bytes);
            if let Some(seen) = seen(&source) {
                return Ok(Came::Known(seen));
            }
            let ReadApart { imported, format } = self.read_apart(path, &name, size)?;
            if imported.source_sha256 != source {
                return Err(Trouble::changing(&name));
            }
            (imported, format)
        };
        let known = seen(&imported.source_sha256).or_else(|| seen(&sha256(&imported.text)));
        Ok(match known {
            Some(seen) => Came::Known(seen),
            None => Came::In(Box::new(Incoming {
                imported,
                bytes,
                format,
            })),
        })
    }

    fn read_apart(&self, path: &Path, name: &str, size: u64) -> Result<ReadApart, Trouble> {
        let cancelled = || self.progress.is_cancelled();
        self.reader
            .read(path, size, self.options, &cancelled)
            .map_err(|not_read| match not_read {
                NotRead::Refused(ImportError { why, .. }) => ImportError {
                    name: name.to_owned(),
                    why,
                }
                .into(),
                NotRead::Unread(why) => Trouble::unread(name, &io::Error::other(why)),
                NotRead::Cancelled => Trouble::cancelled(name),
                NotRead::NoChild(why) => Trouble::no_child(name, &why),
            })
    }
}
