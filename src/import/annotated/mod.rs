//! Annotated RON ([`crate::export::ron`]) into a project: everything comes back, into an empty project as into one that has
//! parts of it already, and from files that people have edited by hand.
//!
//! [`plan`] looks at project and file and changes nothing; the caller writes the new readings to the folder; [`Plan::edit_with`]
//! (or [`Plan::edit`]) gives one edit for all the rest. What is the same is found so:
//!
//! - A *reading* by the SHA-256 of its text. The project's title and authors stay. A removed one is restored, unless a revised version took its place.
//! - A *label* by its id, else by its name, letter case aside. What the project says of it stays; what it leaves open is filled in.
//! - A *highlight* by its reading and number. Of two versions the one changed later stays.
//!
//! Nothing is dropped in silence and nothing guessed in silence: whatever did not fit is said in the remarks, in sentences for
//! people. A project's name is its owner's business and not taken over. The files that readings were imported from are not part of an
//! export.

mod anchor;
mod highlights;
mod labels;
mod readings;

use std::sync::Arc;

use jiff::Timestamp;

pub(crate) use self::readings::{meta_of, structure_of};
use self::{highlights::Placed, labels::Labels, readings::Readings};
use super::Imported;
use crate::{
    edit::Edit,
    export::ron::Annotated,
    model::{Highlight, Project, Reading, ReadingId},
    text::{Text, word_count},
};

/// A reading of the file that the project does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReading {
    /// The id it has in the file, or one made from its title; free in the project.
    pub id: ReadingId,
    /// What is to be written to the project's folder. Its text stands in for the source file.
    pub imported: Imported,
    /// When it was first imported.
    pub at: Timestamp,
}

impl NewReading {
    /// The reading as it would be under `id`: what the store makes of it, for previews and tests.
    pub fn reading(&self, id: ReadingId) -> Reading {
        let Imported {
            meta,
            text,
            structure,
            source_name,
            source_sha256,
            encoding,
            remarks,
        } = self.imported.clone();
        Reading {
            id,
            meta,
            sha256: crate::text::sha256(&text),
            words: word_count(&text) as u32,
            text: Text::new(text),
            structure,
            source_name,
            encoding,
            source_sha256,
            revises: None,
            remarks,
            imported: self.at,
        }
    }
}

/// How much of a file is new to a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Labels that are added.
    pub labels: usize,
    /// Readings that are added.
    pub readings: usize,
    /// Highlights that are added.
    pub added: usize,
    /// Highlights of the project that are replaced by later versions.
    pub changed: usize,
    /// Highlights that the project has just so.
    pub equal: usize,
    /// Highlights of which the project's version is as late or later, and stays.
    pub kept: usize,
    /// Highlights that could not be taken; the remarks say why.
    pub left_out: usize,
}

/// What importing an annotated project would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The readings to write first, in the order in which [`Plan::edit`] takes their ids.
    pub new_readings: Vec<NewReading>,
    /// What people should know.
    pub remarks: Vec<String>,
    /// How much is new.
    pub counts: Counts,
    /// Labels and restored readings.
    edits: Vec<Edit>,
    highlights: Vec<Placed>,
}

/// Where a highlight goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// Into a reading of the project.
    Old(ReadingId),
    /// Into the new reading with this index.
    New(usize),
}

/// Looks at what `annotated` has that `project` has not. Nothing is changed. Times that the file leaves out are `at`.
pub fn plan(project: &Project, annotated: &Annotated, at: Timestamp) -> Plan {
    let mut remarks = Vec::new();
    let mut labels = Labels::plan(project, &annotated.labels, &mut remarks);
    let readings = Readings::plan(project, &annotated.readings, at, &mut remarks);
    let mut counts = Counts::default();
    let highlights = highlights::plan(
        project,
        &annotated.highlights,
        &mut labels,
        &readings,
        at,
        &mut counts,
        &mut remarks,
    );
    if counts.kept > 0 {
        remarks.push(format!(
            "{} of the project's highlights were changed later than the file's and stay as they are",
            counts.kept
        ));
    }
    let (label_edits, added) = labels.edits();
    counts.labels = added;
    counts.readings = readings.new.len();
    let restored = readings.restored.into_iter().map(Edit::RestoreReading);
    Plan {
        new_readings: readings.new,
        remarks,
        counts,
        edits: label_edits.into_iter().chain(restored).collect(),
        highlights,
    }
}

impl Plan {
    /// The edit to perform once the new readings are in the project under `ids` (in the order of [`Plan::new_readings`]), and
    /// what people should know. Highlights of readings without an id are left out and counted in a remark.
    pub fn edit(&self, ids: &[ReadingId]) -> (Edit, Vec<String>) {
        let mut edits = self.edits.clone();
        let mut remarks = self.remarks.clone();
        let mut homeless = 0;
        for placed in &self.highlights {
            let reading = match &placed.place {
                Place::Old(id) => Some(id),
                Place::New(index) => ids.get(*index),
            };
            match reading {
                Some(id) => edits.push(placed.edit(id)),
                None => homeless += 1,
            }
        }
        if homeless > 0 {
            remarks.push(format!(
                "{homeless} highlights were left out: their readings could not be imported"
            ));
        }
        (Edit::Batch(edits), remarks)
    }

    /// Like [`Plan::edit`], with the new readings (in the order of [`Plan::new_readings`]) added by the same edit, so that
    /// one undo takes the whole import back.
    pub fn edit_with(&self, readings: Vec<Arc<Reading>>) -> (Edit, Vec<String>) {
        let ids: Vec<ReadingId> = readings.iter().map(|r| r.id.clone()).collect();
        let (edit, remarks) = self.edit(&ids);
        let mut edits: Vec<Edit> = readings.into_iter().map(Edit::AddReading).collect();
        match edit {
            Edit::Batch(rest) => edits.extend(rest),
            one => edits.push(one),
        }
        (Edit::Batch(edits), remarks)
    }

    /// Whether the project has everything already.
    pub fn is_empty(&self) -> bool {
        self.new_readings.is_empty() && self.edits.is_empty() && self.highlights.is_empty()
    }
}

impl Placed {
    fn edit(&self, reading: &ReadingId) -> Edit {
        let highlight = Arc::new(Highlight {
            reading: reading.clone(),
            ..self.highlight.clone()
        });
        match self.replaces {
            true => Edit::ChangeHighlight(highlight),
            false => Edit::AddHighlight(highlight),
        }
    }
}
