//! What the labels of a section mean.

use std::collections::BTreeSet;

use super::{Section, Sheet};
use crate::{
    export::document::{Block, Inlines, Manner, Part, bold, dim, text},
    model::{Label, LabelId, Layout, Project, Subject},
    text::fold_space,
};

/// The definition of the theory; without a theory, or one that is not defined, those of the labels of the excerpts.
pub(super) fn put<'a>(sheet: &Sheet<'a, '_>, out: &mut Section<'_, 'a>) {
    let project = sheet.project;
    let theory = match &out.of.section.subject {
        Subject::Theory(label) => project.label(label),
        _ => None,
    };
    let lines: Vec<Inlines> = match theory {
        Some(label) if !label.definition.trim().is_empty() => vec![definition(label)],
        _ => used(project, out).into_iter().map(named).collect(),
    };
    for line in lines {
        out.put(Part::Definition, Block::Text(Manner::Lead, line));
    }
    if let (Some(label), Layout::Map) = (theory, &out.of.section.layout) {
        around(project, label, out);
    }
}

/// What a theory is set against, and the labels right under it.
fn around(project: &Project, theory: &Label, out: &mut Section<'_, '_>) {
    let contrast = theory.contrast.as_ref().and_then(|id| project.label(id));
    if let Some(other) = contrast {
        let mut line = vec![text("Set against ")];
        line.extend(named(other));
        out.put(Part::Definition, Block::Text(Manner::Body, line));
    }
    let codebook = project.codebook().into_iter().map(|(_, label)| label);
    let under = codebook.filter(|label| label.parent.as_ref() == Some(&theory.id));
    // Whom they all come from is said once.
    let same = |label: &Label| label.source.trim() == theory.source.trim();
    let unsourced = |label: &Label| Label {
        source: String::new(),
        ..label.clone()
    };
    let item = |label: &Label| match same(label) {
        true => named(&unsourced(label)),
        false => named(label),
    };
    let items: Vec<Inlines> = under.map(item).collect();
    if !items.is_empty() {
        let list = Block::List {
            numbered: false,
            items,
        };
        out.put(Part::Definition, list);
    }
}

/// The labels of the excerpts that say what they mean, in codebook order.
fn used<'a>(project: &'a Project, out: &Section<'_, 'a>) -> Vec<&'a Label> {
    let excerpts = out.of.excerpts.iter();
    let used: BTreeSet<&LabelId> = excerpts.flat_map(|e| &e.highlight.labels).collect();
    let codebook = project.codebook().into_iter().map(|(_, label)| label);
    let defined = |label: &&Label| !label.definition.trim().is_empty();
    codebook
        .filter(|label| used.contains(&label.id))
        .filter(defined)
        .collect()
}

/// The definition, and where it comes from.
fn definition(label: &Label) -> Inlines {
    let mut line = vec![text(fold_space(&label.definition))];
    let source = fold_space(&label.source);
    if !source.is_empty() {
        line.push(dim(format!(" ({source})")));
    }
    line
}

/// The same after the name.
fn named(label: &Label) -> Inlines {
    let mut line = vec![bold(fold_space(&label.name))];
    let said = definition(label);
    if !label.definition.trim().is_empty() {
        line.push(text(": "));
        line.extend(said);
    }
    line
}
