//! The codebook as a table.

use std::collections::HashMap;

use crate::{
    export::{
        Selection,
        table::{Cell, Table},
    },
    model::{LabelId, Project},
};

/// One row a label in codebook order: those that go with what was selected ([`Selection::codebook`]), with how many of the
/// selected highlights carry each (not counting the labels under it), and in how many readings.
pub fn codebook(project: &Project, selection: &Selection<'_>) -> Table {
    let counts = counts(selection);
    let mut table = Table::new(
        "Codebook",
        &[
            "label",
            "level",
            "parent",
            "definition",
            "when to use",
            "when not to",
            "source",
            "contrast",
            "cues",
            "colour",
            "key",
            "highlights",
            "readings",
            "label id",
        ],
    );
    let name = |id: &Option<LabelId>| {
        let name = id.as_ref().map(|id| project.label_name(id));
        name.map_or(Cell::Empty, Cell::from)
    };
    for (depth, label) in selection.codebook(project) {
        let count = counts.get(&label.id).copied().unwrap_or_default();
        table.rows.push(vec![
            Cell::text(label.name.as_str()),
            Cell::from(depth + 1),
            name(&label.parent),
            Cell::text(label.definition.as_str()),
            Cell::text(label.when.as_str()),
            Cell::text(label.when_not.as_str()),
            Cell::text(label.source.as_str()),
            name(&label.contrast),
            Cell::text(label.cues.join("; ")),
            Cell::Text(label.color.to_string()),
            label
                .digit
                .map_or(Cell::Empty, |d| Cell::from(u32::from(d))),
            Cell::from(count.highlights),
            Cell::from(count.readings),
            Cell::text(label.id.as_str()),
        ]);
    }
    table
}

/// How often a label was used.
#[derive(Clone, Copy, Default)]
struct Count {
    highlights: u64,
    readings: u64,
}

fn counts<'s>(selection: &'s Selection<'_>) -> HashMap<&'s LabelId, Count> {
    let mut counts: HashMap<&LabelId, Count> = HashMap::new();
    for reading in &selection.readings {
        let mut here: HashMap<&LabelId, u64> = HashMap::new();
        for label in reading.highlights.iter().flat_map(|h| &h.labels) {
            *here.entry(label).or_default() += 1;
        }
        for (label, highlights) in here {
            let count = counts.entry(label).or_default();
            count.highlights += highlights;
            count.readings += 1;
        }
    }
    counts
}
