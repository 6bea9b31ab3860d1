//! The codebook: what the labels mean.

use std::collections::{BTreeSet, HashMap};

use super::quote::lines;
use crate::{
    export::{
        Filter, ancestors,
        document::{Block, Inlines, LabelUse, Manner, Sink, Stop, italic, text},
    },
    model::{Label, LabelId, Project},
    text::{counted, fold_space},
};

/// The codebook, or the labels that `filter` asks for with those above and under them: definitions, when to use, source, contrast,
/// cues, and how many passages have each of those that the filter lets through. O(highlights).
///
/// # Errors
/// Those of `sink`.
pub fn codebook(project: &Project, filter: &Filter, sink: &mut dyn Sink) -> Result<(), Stop> {
    let selection = filter.select(project);
    let labels = asked(project, selection.labels.as_ref());
    let mut uses: HashMap<&LabelId, usize> = HashMap::new();
    let highlights = selection.readings.iter().flat_map(|r| &r.highlights);
    for id in highlights.flat_map(|h| &h.labels) {
        *uses.entry(id).or_default() += 1;
    }
    let uses = |label: &Label| uses.get(&label.id).copied().unwrap_or_default();
    sink.put(heading(1, &title(project)).into())?;
    let entry = |&(depth, label): &(usize, &Label)| LabelUse {
        name: fold_space(&label.name),
        color: label.color,
        depth,
        count: uses(label),
        glosses: Vec::new(),
    };
    sink.put(Block::Legend(labels.iter().map(entry).collect()).into())?;
    for (depth, label) in labels {
        sink.put(heading(depth + 2, &label.name).into())?;
        define(label, sink)?;
        beside(project, label, sink)?;
        let passages = vec![text(counted(uses(label), "passage"))];
        sink.put(Block::Text(Manner::Aside, passages).into())?;
    }
    Ok(())
}

/// What a codebook is called.
pub(super) fn title(project: &Project) -> String {
    format!("{}: codebook", fold_space(project.name()))
}

/// The codebook in its order, or what was asked for with what is above it.
fn asked<'a>(project: &'a Project, asked: Option<&BTreeSet<LabelId>>) -> Vec<(usize, &'a Label)> {
    let mut labels = project.codebook();
    if let Some(asked) = asked {
        let above: BTreeSet<&LabelId> =
            asked.iter().flat_map(|id| ancestors(project, id)).collect();
        labels.retain(|(_, l)| asked.contains(&l.id) || above.contains(&l.id));
    }
    labels
}

/// A heading of a level; those under the sixth are of the sixth.
pub(super) fn heading(level: usize, words: &str) -> Block {
    Block::Heading(level.clamp(1, 6) as u8, vec![text(fold_space(words))])
}

/// A label's definition, when to use it and when not, and its source.
pub(super) fn define(label: &Label, sink: &mut dyn Sink) -> Result<(), Stop> {
    for line in lines(&label.definition) {
        sink.put(Block::Text(Manner::Lead, vec![text(line)]).into())?;
    }
    said("Use:", &label.when, sink)?;
    said("Don’t use:", &label.when_not, sink)?;
    said("Source:", &label.source, sink)
}

/// What a label is set against, and its cues.
fn beside(project: &Project, label: &Label, sink: &mut dyn Sink) -> Result<(), Stop> {
    let contrast = label.contrast.as_ref().map(|id| project.label_name(id));
    said("Contrast:", contrast.unwrap_or_default(), sink)?;
    said("Cues:", &label.cues.join(", "), sink)
}

/// A text by paragraphs, the first with a word before it.
fn said(lead: &str, words: &str, sink: &mut dyn Sink) -> Result<(), Stop> {
    for (i, line) in lines(words).enumerate() {
        let mut inlines: Inlines = match i {
            0 => vec![italic(lead), text(" ")],
            _ => Vec::new(),
        };
        inlines.push(text(line));
        sink.put(Block::Text(Manner::Body, inlines).into())?;
    }
    Ok(())
}
