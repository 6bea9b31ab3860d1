//! Annotated RON into a project.

use jiff::Timestamp;

use super::Imported;
use crate::{
    edit::Edit,
    export::ron::Annotated,
    model::{Project, ReadingId},
};

/// A reading of the file that the project does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReading {
    /// The id it has in the file, or one made from its title.
    pub id: ReadingId,
    /// What is to be written to the project's folder. Its text stands in for the source file.
    pub imported: Imported,
    /// When it was first imported.
    pub at: Timestamp,
}

/// What importing an annotated project would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The readings to write first, in the order in which [`Plan::edit`] takes their ids.
    pub new_readings: Vec<NewReading>,
    /// What people should know.
    pub remarks: Vec<String>,
}

/// Looks at what `annotated` has that `project` has not. Nothing is changed.
pub fn plan(project: &Project, annotated: &Annotated, at: Timestamp) -> Plan {
    let _ = (project, annotated, at);
    Plan {
        new_readings: Vec::new(),
        remarks: Vec::new(),
    }
}

impl Plan {
    /// The edit to perform once the new readings are in the project under `ids`, and what people should know.
    pub fn edit(&self, ids: &[ReadingId]) -> (Edit, Vec<String>) {
        let _ = ids;
        (Edit::Batch(Vec::new()), self.remarks.clone())
    }
}
