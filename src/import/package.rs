//! ZIP archives of documents (DOCX, ODT, EPUB), read with limits: nothing is ever written to disk under a name of theirs.

use std::{
    borrow::Cow,
    io::{Cursor, Read},
};

use zip::ZipArchive;

use super::Refusal;

/// The most that all parts read of one archive may hold when unpacked, in bytes. Text of 512 MB is refused elsewhere;
/// pictures are never read.
const MOST: u64 = 256 * 1024 * 1024;
/// The most parts an archive may have.
const PARTS: usize = 65_000;

/// An open archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens the archive that `bytes` are.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        if archive.len() > PARTS {
            return Err(Refusal::Swollen);
        }
        Ok(Self {
            archive,
            left: MOST,
        })
    }

    /// The names of its parts, where they are text.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.archive.file_names().flatten()
    }

    /// The name of a part as the archive spells it: some programs write backslashes or other capitals.
    pub fn spelt(&self, name: &str) -> Option<String> {
        let wanted = name.trim_start_matches('/');
        let mut near = None;
        for found in self.names() {
            if found == wanted {
                return Some(found.into_owned());
            }
            if found.replace('\\', "/").eq_ignore_ascii_case(wanted) {
                near = Some(found.into_owned());
            }
        }
        near
    }

    /// A part's bytes.
    ///
    /// # Errors
    /// [`Refusal::Missing`] for none of that name, [`Refusal::Damaged`] when it can't be unpacked, [`Refusal::Swollen`] when the
    /// parts read so far hold more than any text does, [`Refusal::Password`] when it is encrypted.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let part = self.archive.by_name(name).map_err(|error| match error {
            zip::result::ZipError::FileNotFound => Refusal::Missing(name.to_owned()),
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                Refusal::Password { wrong: false }
            }
            _ => Refusal::Damaged,
        })?;
        let mut bytes = Vec::new();
        let mut limited = part.take(self.left + 1);
        limited
            .read_to_end(&mut bytes)
            .map_err(|_| Refusal::Damaged)?;
        self.left = self
            .left
            .checked_sub(bytes.len() as u64)
            .ok_or(Refusal::Swollen)?;
        Ok(bytes)
    }
}
