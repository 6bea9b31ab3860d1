//! Readings and their texts.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use jiff::Timestamp;

use super::{Loaded, bad, go_on, missing, not_text, on_all_cores};
use crate::{
    model::{HighlightSet, Reading, ReadingId, ReadingMeta, Shelf, Structure},
    store::{
        Problem, ProblemKind, StoreError,
        disk::{names, read_text},
        paths::Paths,
        reading_file::read_saved,
        register::{Base, File, Stamp},
        ron_text::Unread,
    },
    text::{Text, word_count},
};

pub(super) fn read_readings(
    paths: &Paths,
    cancel: &AtomicBool,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    for (folder, removed) in [(paths.readings(), false), (paths.removed(), true)] {
        let names = names(&folder).map_err(StoreError::io("read", &folder))?;
        let folders: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
        for (path, read) in folders
            .iter()
            .zip(on_all_cores(&folders, |path| match go_on(cancel) {
                Ok(()) => read_reading(path),
                Err(_) => ReadReading::default(),
            }))
        {
            for (file, unread) in read.unread {
                loaded.unread(&file, unread);
            }
            if let (Some(differing), Some(reading)) = (read.merged, &read.reading) {
                loaded.merged_reading(path, &reading.id, &differing);
            }
            let Some(reading) = read.reading else {
                continue;
            };
            let id = reading.id.clone();
            if loaded.project.readings.contains_key(&id) {
                let hint = "delete or rename the folder there; the one in readings/ is used";
                let what = "is there as well as in readings/";
                loaded
                    .problems
                    .push(Problem::new(ProblemKind::Reference, path, what, hint));
                continue;
            }
            let reading = Arc::new(reading);
            let base = Base::Reading(Arc::clone(&reading));
            let file = File::Reading(id.clone());
            loaded.register.set(file, read.stamp, Some(base));
            let shelf = Shelf {
                reading,
                highlights: HighlightSet::default(),
            };
            match removed {
                true => loaded.project.removed.insert(id, shelf),
                false => loaded.project.readings.insert(id, shelf),
            };
        }
    }
    Ok(())
}

/// What a reading's folder gave.
#[derive(Default)]
struct ReadReading {
    /// `reading.ron` held two versions, and what the other side said otherwise.
    merged: Option<String>,
    reading: Option<Reading>,
    unread: Vec<(PathBuf, Unread)>,
    /// Of `reading.ron`.
    stamp: Option<Stamp>,
}

fn read_reading(folder: &Path) -> ReadReading {
    let mut out = ReadReading::default();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let id = match ReadingId::new(&name) {
        Ok(id) => id,
        Err(error) => {
            out.unread.push((folder.to_owned(), bad(error)));
            return out;
        }
    };
    let path = folder.join("text.txt");
    // The mark is part of the text here: ranges count from the file's first byte.
    let text = std::fs::read(&path)
        .map_err(missing)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| bad("is not UTF-8 text")));
    let text = match text {
        Ok(text) => Text::new(text),
        Err(unread) => {
            out.unread.push((path, unread));
            return out;
        }
    };
    let path = folder.join("reading.ron");
    out.stamp = Stamp::at(&path).unwrap_or_default();
    let read = read_text(&path)
        .map_err(missing)
        .and_then(|text| text.map_err(not_text))
        .and_then(|ron| read_saved(&ron))
        .and_then(|(saved, differing)| {
            out.merged = differing;
            saved.reading(id.clone(), text.clone()).map_err(bad)
        });
    out.reading = Some(read.unwrap_or_else(|unread| {
        out.unread.push((path, unread));
        unknown(id, text)
    }));
    if let Some(reading) = &mut out.reading
        && reading.meta.title.trim().is_empty()
    {
        reading.meta.title = reading.id.to_string();
    }
    out
}

/// A reading of which only the text could be read.
fn unknown(id: ReadingId, text: Text) -> Reading {
    Reading {
        meta: ReadingMeta {
            title: id.to_string(),
            ..ReadingMeta::default()
        },
        id,
        sha256: crate::text::sha256(text.as_str()),
        words: u32::try_from(word_count(text.as_str())).unwrap_or(u32::MAX),
        text,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    }
}

pub(super) fn check_hashes(paths: &Paths, cancel: &AtomicBool, loaded: &mut Loaded) {
    let project = &loaded.project;
    let shelves: Vec<(PathBuf, &Arc<Reading>)> = (project.readings.values())
        .map(|s| (paths.reading(&s.reading.id), &s.reading))
        .chain(
            (project.removed.values()).map(|s| (paths.removed_reading(&s.reading.id), &s.reading)),
        )
        .collect();
    let good = on_all_cores(&shelves, |(_, reading)| {
        go_on(cancel).is_err() || crate::text::sha256(reading.text.as_str()) == reading.sha256
    });
    let changed = shelves.iter().zip(good).filter(|(_, good)| !good);
    let problems: Vec<Problem> = changed
        .map(|((folder, _), _)| {
            Problem::new(
                ProblemKind::Changed,
                &folder.join("text.txt"),
                "is not the text that was imported (its SHA-256 differs)",
                "bring the text back, or check the highlights of this reading",
            )
        })
        .collect();
    loaded.problems.extend(problems);
}
