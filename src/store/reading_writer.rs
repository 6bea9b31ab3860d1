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

/// A reading whose files are written but have no place yet; what is not placed is removed again.
#[derive(Debug)]
pub struct Prepared {
    reading: Reading,
    beside: PathBuf,
}

impl Prepared {
    /// The reading, under an id that is not its own yet.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // It is there no more when it has been placed. What is left else is only in the way.
        let _ = fs::remove_dir_all(&self.beside);
    }
}

/// How the names of the folders begin in which readings are prepared.
pub(super) const INCOMING: &str = "incoming-";

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

    /// Writes a reading's files durably into a folder that no one looks into, from where [`Self::place`] brings them to their
    /// own. `change` may correct what is said about the reading before that.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn prepare(
        &self,
        imported: Imported,
        source: &[u8],
        now: Timestamp,
        change: impl FnOnce(&mut Reading),
    ) -> Result<Prepared, StoreError> {
        let text = Text::new(imported.text.as_str());
        let mut reading = Reading {
            id: ReadingId::new("new").map_err(|e| self.error(bad(e)))?,
            meta: imported.meta,
            sha256: sha256(&imported.text),
            words: u32::try_from(word_count(&imported.text)).unwrap_or(u32::MAX),
            text,
            structure: imported.structure,
            source_name: imported.source_name,
            encoding: imported.encoding,
            source_sha256: imported.source_sha256,
            revises: None,
            remarks: imported.remarks,
            imported: now,
        };
        change(&mut reading);
        let number = super::new_highlight_id();
        let beside = self.paths.own().join(format!("{INCOMING}{number}"));
        let prepared = Prepared { reading, beside };
        self.fill(&prepared, source).map_err(|e| self.error(e))?;
        Ok(prepared)
    }

    /// Gives a prepared reading its folder, under the wanted name when that is free, else under one made from its title.
    /// [`Self::settle`] makes that durable.
    ///
    /// # Errors
    /// When the disk refuses; nothing of the reading is left then.
    pub fn place(
        &self,
        mut prepared: Prepared,
        wanted: Option<&ReadingId>,
    ) -> Result<Reading, StoreError> {
        let title = prepared.reading.meta.title.clone();
        let id = self.rename(&prepared.beside, wanted, &title);
        prepared.reading.id = id.map_err(|e| self.error(e))?;
        Ok(prepared.reading.clone())
    }

    /// Makes the folders' names durable.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn settle(&self) -> Result<(), StoreError> {
        let folders = [self.paths.readings(), self.paths.0.clone()];
        let synced = folders.iter().try_for_each(|folder| sync_folder(folder));
        synced.map_err(|e| self.error(e))
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
        let prepared = self.prepare(imported.clone(), source, now, |_| {})?;
        let reading = self.place(prepared, wanted)?;
        self.settle()?;
        Ok(reading)
    }

    fn error(&self, error: io::Error) -> StoreError {
        StoreError::io("write the reading into", &self.paths.readings())(error)
    }

    fn fill(&self, prepared: &Prepared, source: &[u8]) -> io::Result<()> {
        let Prepared { reading, beside } = prepared;
        let mut changes = Changes::new(Faults::default());
        let mut write = |name: &str, bytes: &[u8]| {
            changes.write(&beside.join(name), |out| out.write_all(bytes))
        };
        write("text.txt", reading.text.as_str().as_bytes())?;
        write(&source_file(&reading.source_name), source)?;
        let ron = pretty(&SavedReading::from(reading)).map_err(io::Error::other)?;
        write("reading.ron", ron.as_bytes())?;
        changes.finish()
    }

    /// Moves the folder to the wanted name, or the first made from the title that is free.
    fn rename(
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
                Ok(()) => return ReadingId::new(&slug).map_err(bad),
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
    fn what_is_prepared_and_not_placed_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let writer = ReadingWriter::new(folder.path());
        let now = Timestamp::UNIX_EPOCH;
        let change = |r: &mut Reading| r.meta.kind = "thesis".to_owned();
        let prepare = || writer.prepare(imported("T"), b"", now, change).unwrap();
        drop(prepare());
        let own = folder.path().join(".glossator");
        assert_eq!(fs::read_dir(&own).unwrap().count(), 0);
        assert!(!folder.path().join("readings").exists());
        let reading = writer.place(prepare(), None).unwrap();
        assert_eq!(
            (reading.id.as_str(), reading.meta.kind.as_str()),
            ("t", "thesis")
        );
        let saved = fs::read_to_string(folder.path().join("readings/t/reading.ron")).unwrap();
        assert!(saved.contains("thesis"));
        assert_eq!(fs::read_dir(&own).unwrap().count(), 0);
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
