//! Values field by field: what three versions of one come to.
//!
//! `after` is how an edit left it, `before` how it was before that, `now` how it is. Each field goes back to `before` when it was
//! changed and is still as it was left; what somebody else changed since stays.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Excerpts, Highlight, Imprint, Label, PacketHead, ReadingMeta, Section};

/// A field as it was before, if it was changed and is still as it was left; else as it is now.
fn field<T: PartialEq + Clone>(after: &T, before: &T, now: &T) -> T {
    if now == after { before } else { now }.clone()
}

/// Entries under names, each as [`field`].
fn entries<T: PartialEq + Clone>(
    after: &BTreeMap<String, T>,
    before: &BTreeMap<String, T>,
    now: &BTreeMap<String, T>,
) -> BTreeMap<String, T> {
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let entry = |name: &String| {
        let value = field(&after.get(name), &before.get(name), &now.get(name))?;
        Some((name.clone(), value.clone()))
    };
    names.into_iter().filter_map(entry).collect()
}

/// A list without what was added to it and with what was taken from it.
pub(super) fn list<T: PartialEq + Clone>(after: &[T], before: &[T], now: &[T]) -> Vec<T> {
    if now == after {
        return before.to_vec();
    }
    let added = |x: &&T| after.contains(x) && !before.contains(x);
    let mut list: Vec<T> = now.iter().filter(|x| !added(x)).cloned().collect();
    for x in before {
        if !after.contains(x) && !list.contains(x) {
            list.push(x.clone());
        }
    }
    list
}

pub(super) fn label(after: &Label, before: &Label, now: &Label) -> Label {
    // Named one by one, so that a new field is not forgotten.
    Label {
        id: now.id.clone(),
        name: field(&after.name, &before.name, &now.name),
        parent: field(&after.parent, &before.parent, &now.parent),
        color: field(&after.color, &before.color, &now.color),
        definition: field(&after.definition, &before.definition, &now.definition),
        when: field(&after.when, &before.when, &now.when),
        when_not: field(&after.when_not, &before.when_not, &now.when_not),
        source: field(&after.source, &before.source, &now.source),
        cues: list(&after.cues, &before.cues, &now.cues),
        contrast: field(&after.contrast, &before.contrast, &now.contrast),
        digit: field(&after.digit, &before.digit, &now.digit),
        position: field(&after.position, &before.position, &now.position),
    }
}

pub(super) fn details(after: &ReadingMeta, before: &ReadingMeta, now: &ReadingMeta) -> ReadingMeta {
    ReadingMeta {
        title: field(&after.title, &before.title, &now.title),
        authors: field(&after.authors, &before.authors, &now.authors),
        year: field(&after.year, &before.year, &now.year),
        kind: field(&after.kind, &before.kind, &now.kind),
        publisher: field(&after.publisher, &before.publisher, &now.publisher),
        url: field(&after.url, &before.url, &now.url),
        imprint: imprint(&after.imprint, &before.imprint, &now.imprint),
        attributes: entries(&after.attributes, &before.attributes, &now.attributes),
        page_shift: field(&after.page_shift, &before.page_shift, &now.page_shift),
    }
}

fn imprint(after: &Imprint, before: &Imprint, now: &Imprint) -> Imprint {
    Imprint {
        container: field(&after.container, &before.container, &now.container),
        volume: field(&after.volume, &before.volume, &now.volume),
        issue: field(&after.issue, &before.issue, &now.issue),
        pages: field(&after.pages, &before.pages, &now.pages),
        place: field(&after.place, &before.place, &now.place),
        doi: field(&after.doi, &before.doi, &now.doi),
        accessed: field(&after.accessed, &before.accessed, &now.accessed),
        key: field(&after.key, &before.key, &now.key),
    }
}

pub(super) fn highlight(after: &Highlight, before: &Highlight, now: &Highlight) -> Highlight {
    Highlight {
        id: now.id,
        reading: now.reading.clone(),
        span: field(&after.span, &before.span, &now.span),
        labels: list(&after.labels, &before.labels, &now.labels),
        stance: field(&after.stance, &before.stance, &now.stance),
        note: field(&after.note, &before.note, &now.note),
        coder: field(&after.coder, &before.coder, &now.coder),
        created: field(&after.created, &before.created, &now.created),
        changed: field(&after.changed, &before.changed, &now.changed),
    }
}

/// Of the order of the sections the edit's own comes and goes, as in other lists.
pub(crate) fn head(after: &PacketHead, before: &PacketHead, now: &PacketHead) -> PacketHead {
    PacketHead {
        title: field(&after.title, &before.title, &now.title),
        line: field(&after.line, &before.line, &now.line),
        cite: field(&after.cite, &before.cite, &now.cite),
        paper: field(&after.paper, &before.paper, &now.paper),
        order: list(&after.order, &before.order, &now.order),
    }
}

pub(crate) fn section(after: &Section, before: &Section, now: &Section) -> Section {
    Section {
        title: field(&after.title, &before.title, &now.title),
        subject: field(&after.subject, &before.subject, &now.subject),
        introduction: field(&after.introduction, &before.introduction, &now.introduction),
        definitions: field(&after.definitions, &before.definitions, &now.definitions),
        excerpts: excerpts(&after.excerpts, &before.excerpts, &now.excerpts),
        layout: field(&after.layout, &before.layout, &now.layout),
        notes: field(&after.notes, &before.notes, &now.notes),
        claims: field(&after.claims, &before.claims, &now.claims),
        questions: list(&after.questions, &before.questions, &now.questions),
        lines: field(&after.lines, &before.lines, &now.lines),
        readings: field(&after.readings, &before.readings, &now.readings),
    }
}

fn excerpts(after: &Excerpts, before: &Excerpts, now: &Excerpts) -> Excerpts {
    match (after, before, now) {
        (Excerpts::Chosen(after), Excerpts::Chosen(before), Excerpts::Chosen(now)) => {
            Excerpts::Chosen(list(after, before, now))
        }
        _ => field(after, before, now),
    }
}
