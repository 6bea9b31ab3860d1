//! New readings' folders, written whole before the edit that adds them.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;

use super::{
    StoreError,
    disk::{Changes, Faults, names, sync_folder},
    paths::Paths,
    ron_text::pretty,
    saved::SavedReading,
};
use crate::{
    import::{Imported, annotated::NewReading},
    model::{BadId, Reading, ReadingId, unique_slug},
    text::{Text, sha256, word_count},
};

/// Writes folders of new readings. Usable from any thread, by several at once, while the project is open.
#[derive(Clone, Debug)]
pub struct ReadingWriter {
    paths: Paths,
}

impl ReadingWriter {
    /// For the project in this folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            paths: Paths::new(folder),
        }
    }

    /// Writes `readings/<slug of the title>/` durably, with the file as imported in `source`. The reading is not part of the
    /// project before `Edit::AddReading` is performed, unless it is opened anew first.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(
        &self,
        imported: &Imported,
        source: &[u8],
        now: Timestamp,
    ) -> Result<Reading, StoreError> {
        self.write_as(None, imported, source, now)
    }

    /// Writes the new readings of an annotated project, under the ids they have there where these are free.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_all(&self, readings: &[NewReading]) -> Result<Vec<Arc<Reading>>, StoreError> {
        let write = |new: &NewReading| {
            let source = new.imported.text.as_bytes();
            self.write_as(Some(&new.id), &new.imported, source, new.at)
        };
        readings
            .iter()
            .map(|new| write(new).map(Arc::new))
            .collect()
    }

    /// Removes the folder of a reading that was written but did not become part of the project.
    pub fn discard(&self, id: &ReadingId) {
        // What can't be removed stands there as a reading at the next start: no harm but the surprise.
        let _ = fs::remove_dir_all(self.paths.reading(id));
    }

    fn write_as(
        &self,
        wanted: Option<&ReadingId>,
        imported: &Imported,
        source: &[u8],
        now: Timestamp,
    ) -> Result<Reading, StoreError> {
        let error = |error| StoreError::io("write the reading into", &self.paths.readings())(error);
        let text = Text::new(imported.text.as_str());
        let mut reading = Reading {
            id: ReadingId::new("new").map_err(|e| error(bad(e)))?,
            meta: imported.meta.clone(),
            sha256: sha256(&imported.text),
            words: u32::try_from(word_count(&imported.text)).unwrap_or(u32::MAX),
            text,
            structure: imported.structure.clone(),
            source_name: imported.source_name.clone(),
            encoding: imported.encoding.clone(),
            source_sha256: imported.source_sha256.clone(),
            revises: None,
            remarks: imported.remarks.clone(),
            imported: now,
        };
        let beside = self.fill(&reading, source).map_err(error)?;
        match self.place(&beside, wanted, &reading.meta.title) {
            Ok(id) => {
                reading.id = id;
                Ok(reading)
            }
            Err(why) => {
                // What is left of it is only in the way; the error that matters is the first.
                let _ = fs::remove_dir_all(&beside);
                Err(error(why))
            }
        }
    }

    /// Writes the files into a folder that no one looks into.
    fn fill(&self, reading: &Reading, source: &[u8]) -> io::Result<PathBuf> {
        let number = super::new_highlight_id();
        let beside = self.paths.own().join(format!("incoming-{number}"));
        let mut changes = Changes::new(Faults::default());
        let mut write = |name: &str, bytes: &[u8]| {
            changes.write(&beside.join(name), |out| out.write_all(bytes))
        };
        write("text.txt", reading.text.as_str().as_bytes())?;
        write(&source_file(&reading.source_name), source)?;
        let ron = pretty(&SavedReading::from(reading)).map_err(io::Error::other)?;
        write("reading.ron", ron.as_bytes())?;
        changes.finish()?;
        Ok(beside)
    }

    /// Moves the folder to the wanted name, or the first made from the title that is free.
    fn place(
        &self,
        beside: &Path,
        wanted: Option<&ReadingId>,
        title: &str,
    ) -> io::Result<ReadingId> {
        let readings = self.paths.readings();
        fs::create_dir_all(&readings)?;
        let coders = names(&self.paths.highlights())?;
        let mut refused = Vec::new();
        loop {
            let taken =
                |slug: &str| refused.iter().any(|r| r == slug) || self.is_taken(slug, &coders);
            let slug = match wanted.filter(|id| !taken(id.as_str())) {
                Some(id) => id.to_string(),
                None => unique_slug(title, taken),
            };
            match fs::rename(beside, readings.join(&slug)) {
                Ok(()) => {
                    sync_folder(&readings)?;
                    sync_folder(&self.paths.0)?;
                    return ReadingId::new(&slug).map_err(bad);
                }
                // Another thread was faster.
                Err(_) if readings.join(&slug).exists() => refused.push(slug),
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether a reading, a removed one, or highlights whose reading is missing have the name.
    fn is_taken(&self, slug: &str, coders: &[String]) -> bool {
        let highlights = |coder: &String| {
            let folder = self.paths.highlights().join(coder);
            folder.join(format!("{slug}.ron")).exists()
        };
        self.paths.readings().join(slug).exists()
            || self.paths.removed().join(slug).exists()
            || coders.iter().any(highlights)
    }
}

fn bad(error: BadId) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}

/// The name under which the imported file is kept: `source.` and its extension.
fn source_file(name: &str) -> String {
    let extension = Path::new(name).extension().unwrap_or_default();
    let extension = extension.to_string_lossy().to_lowercase();
    let plain = !extension.is_empty()
        && extension.len() <= 10
        && extension.chars().all(|c| c.is_ascii_alphanumeric());
    format!("source.{}", if plain { &extension } else { "bin" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ReadingMeta, Structure};

    fn imported(title: &str) -> Imported {
        Imported {
            meta: ReadingMeta {
                title: title.to_owned(),
                ..ReadingMeta::default()
            },
            text: "One two.".to_owned(),
            structure: Structure::default(),
            source_name: "a/B.TXT".to_owned(),
            source_sha256: String::new(),
            encoding: "UTF-8".to_owned(),
            remarks: Vec::new(),
        }
    }

    #[test]
    fn each_gets_a_folder_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("removed/a-title-2")).unwrap();
        let writer = ReadingWriter::new(folder.path());
        let now = Timestamp::UNIX_EPOCH;
        let write = || writer.write(&imported("A title"), b"raw", now).unwrap();
        let (first, second) = (write(), write());
        assert_eq!(first.id.as_str(), "a-title");
        assert_eq!(second.id.as_str(), "a-title-3");
        assert_eq!(first.words, 2);
        let at = folder.path().join("readings/a-title");
        assert_eq!(fs::read(at.join("source.txt")).unwrap(), b"raw");
        assert_eq!(fs::read(at.join("text.txt")).unwrap(), b"One two.");
        assert_eq!(
            fs::read_dir(folder.path().join(".glossator"))
                .unwrap()
                .count(),
            0
        );
    }

    #[test]
    fn threads_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let writer = ReadingWriter::new(folder.path());
        let write = || {
            writer
                .write(&imported("T"), b"", Timestamp::UNIX_EPOCH)
                .unwrap()
        };
        let mut ids: Vec<ReadingId> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(write)).collect();
            all.into_iter().map(|t| t.join().unwrap().id).collect()
        });
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 8);
    }

    #[test]
    fn odd_extensions_are_not_kept() {
        assert_eq!(source_file("x.md"), "source.md");
        assert_eq!(source_file("x"), "source.bin");
        assert_eq!(source_file("x.a b"), "source.bin");
    }
}
