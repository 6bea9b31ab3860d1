//! A revised version in the place of a reading, and its highlights with it.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use jiff::Timestamp;

use super::{
    Progress, Reader, Trouble,
    known::Known,
    read::{Came, Desk, Incoming, file_name},
    read_as,
};
use crate::{
    edit::{
        Edit,
        revise::{self, Placing},
    },
    import::Options,
    model::{Highlight, HighlightId, Project, Reading, ReadingId},
    store::ReadingWriter,
    text::{Anchored, Candidate, Span, reanchor},
};

/// What is to be replaced by what.
pub struct Replacement<'a> {
    /// The project's folder.
    pub folder: &'a Path,
    /// The project as it stands.
    pub project: &'a Project,
    /// The reading that is to be replaced.
    pub old: &'a ReadingId,
    /// The file of the revised version.
    pub path: &'a Path,
    /// What is said beside it.
    pub options: Options,
    /// What reads it, if it is read apart.
    pub reader: &'a Reader,
}

/// A revised version that was read and compared with the old one. Its folder is written, but nothing of it is part of the
/// project until [`Revision::edit`] is performed.
#[derive(Debug)]
pub struct Revision {
    /// The reading that it replaces.
    pub old: Arc<Reading>,
    /// The revised version.
    pub new: Arc<Reading>,
    /// The encoding of a text, else the name of the format.
    pub read_as: String,
    /// Highlights whose words stand at the place that corresponds.
    pub kept: Vec<Placed>,
    /// Highlights whose words stand elsewhere.
    pub moved: Vec<Placed>,
    /// Highlights at whose place other words stand.
    pub changed: Vec<Changed>,
    /// Highlights without a place.
    pub lost: Vec<Lost>,
    writer: ReadingWriter,
}

/// A highlight of the old version and where the same words stand in the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// As it is in the old version.
    pub highlight: Arc<Highlight>,
    /// Its place in the new one, in bytes.
    pub span: Span,
}

/// A highlight of the old version and what stands in its place in the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// As it is in the old version.
    pub highlight: Arc<Highlight>,
    /// Its place in the new one, in bytes.
    pub span: Span,
    /// How much of the words both have in common, from 0 to 1.
    pub likeness: f32,
}

/// A highlight of an older version that has no place in the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// As it is in the older version.
    pub highlight: Arc<Highlight>,
    /// Where it might belong, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Reads a revised version, writes its folder, and finds the places of the old version's highlights in it.
///
/// # Errors
/// When the file can't be read or is no other version: when it has the text of the old one, or of another reading.
pub fn revise(order: Replacement<'_>, progress: &Progress) -> Result<Revision, Trouble> {
    let Replacement {
        folder,
        project,
        old,
        path,
        options,
        reader,
    } = order;
    let name = file_name(path);
    let old = project.reading(old).ok_or_else(|| {
        Trouble::new(
            format!("“{old}” is no reading of the project"),
            "name one that is",
        )
    })?;
    progress.found(1);
    progress.start(&name);
    let desk = Desk {
        options: &options,
        reader,
        progress,
        large: Default::default(),
    };
    let came = desk.read(path, Some(&Known::here(project)));
    progress.finish(&name);
    let Incoming {
        imported,
        bytes,
        format,
    } = match came? {
        Came::In(incoming) => *incoming,
        Came::Known(seen) if seen.reading.id == old.id => return Err(Trouble::same(&name, old)),
        Came::Known(seen) => return Err(Trouble::other(&name, &seen.reading)),
    };
    let read_as = read_as(&imported.encoding, format);
    let writer = ReadingWriter::new(folder);
    let inherit = |new: &mut Reading| revise::inherit(old, new);
    let new = writer
        .prepare(imported, &bytes, Timestamp::now(), inherit)
        .and_then(|prepared| writer.place(prepared, None))
        .and_then(|new| writer.settle().map(|()| new))
        .map_err(|e| Trouble::of_disk(&name, &e))?;
    let mut revision = Revision {
        old: Arc::clone(old),
        new: Arc::new(new),
        read_as,
        kept: Vec::new(),
        moved: Vec::new(),
        changed: Vec::new(),
        lost: Vec::new(),
        writer,
    };
    let new = Arc::clone(&revision.new);
    for (highlight, anchored) in anchor(project, revise::to_place(project, old), &new) {
        revision.put(highlight, anchored);
    }
    Ok(revision)
}

/// The highlights of older versions of a reading that have no place in it, with those they might have.
pub fn lost(project: &Project, reading: &Reading) -> Vec<Lost> {
    let found = anchor(project, revise::lost(project, reading), reading);
    let lost = found.into_iter().map(|(highlight, anchored)| Lost {
        highlight,
        candidates: match anchored {
            // It came later, as from a colleague who went on with the old version.
            Anchored::Kept(span) | Anchored::Moved(span) => vec![Candidate {
                span,
                likeness: 1.0,
            }],
            Anchored::Changed { span, likeness } => vec![Candidate { span, likeness }],
            Anchored::Lost(candidates) => candidates,
        },
    });
    lost.collect()
}

/// What becomes of highlights of older versions in `new`.
fn anchor(
    project: &Project,
    highlights: Vec<Arc<Highlight>>,
    new: &Reading,
) -> Vec<(Arc<Highlight>, Anchored)> {
    let mut versions: BTreeMap<ReadingId, Vec<Arc<Highlight>>> = BTreeMap::new();
    for highlight in highlights {
        let version = versions.entry(highlight.reading.clone());
        version.or_default().push(highlight);
    }
    let mut found = Vec::new();
    for (id, highlights) in versions {
        let shelf = project.shelf(&id).or_else(|| project.removed_shelf(&id));
        if let Some(shelf) = shelf {
            let spans: Vec<Span> = highlights.iter().map(|h| h.span).collect();
            let anchored = reanchor(&shelf.reading.text, &new.text, &spans);
            found.extend(highlights.into_iter().zip(anchored));
        }
    }
    found
}

impl Revision {
    /// The edit that replaces the old version and moves every highlight along that has a place.
    pub fn edit(&self, project: &Project, at: Timestamp) -> Edit {
        let same = self.kept.iter().chain(&self.moved);
        let same = same.map(|p| (&p.highlight, p.span));
        let changed = self.changed.iter().map(|c| (&c.highlight, c.span));
        let placings: Vec<Placing<'_>> = (same.chain(changed))
            .map(|(highlight, span)| Placing {
                reading: &highlight.reading,
                highlight: highlight.id,
                span,
            })
            .collect();
        revise::replace(project, Arc::clone(&self.new), &placings, at)
    }

    /// What the history says of it.
    pub fn what(&self) -> String {
        format!("Replace “{}” by a revised version", self.old.meta.title)
    }

    /// Removes the revised version's folder, when the edit is not performed after all.
    pub fn discard(&self) {
        self.writer.discard(&self.new.id);
    }

    /// Gives a highlight that was changed or lost another place.
    pub fn place(&mut self, id: HighlightId, span: Span) {
        if let Some(highlight) = self.take(id) {
            let likeness = 1.0;
            self.changed.push(Changed {
                highlight,
                span,
                likeness,
            });
        }
    }

    /// Leaves a highlight that was changed on the old version, as a lost one.
    pub fn leave(&mut self, id: HighlightId) {
        if let Some(at) = self.changed.iter().position(|c| c.highlight.id == id) {
            let Changed {
                highlight,
                span,
                likeness,
            } = self.changed.remove(at);
            self.lost.push(Lost {
                highlight,
                candidates: vec![Candidate { span, likeness }],
            });
        }
    }

    fn take(&mut self, id: HighlightId) -> Option<Arc<Highlight>> {
        if let Some(at) = self.changed.iter().position(|c| c.highlight.id == id) {
            return Some(self.changed.remove(at).highlight);
        }
        let at = self.lost.iter().position(|l| l.highlight.id == id)?;
        Some(self.lost.remove(at).highlight)
    }

    fn put(&mut self, highlight: Arc<Highlight>, anchored: Anchored) {
        match anchored {
            Anchored::Kept(span) => self.kept.push(Placed { highlight, span }),
            Anchored::Moved(span) => self.moved.push(Placed { highlight, span }),
            Anchored::Changed { span, likeness } => self.changed.push(Changed {
                highlight,
                span,
                likeness,
            }),
            Anchored::Lost(candidates) => self.lost.push(Lost {
                highlight,
                candidates,
            }),
        }
    }
}
