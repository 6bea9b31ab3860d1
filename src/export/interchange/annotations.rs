//! The Web Annotation Data Model of the W3C (Recommendation, 23 February 2017) as JSON-LD.

use std::io::{BufWriter, Write as _};

use jiff::Timestamp;
use serde::Serialize;

use super::{coded, json, range, uuid};
use crate::{
    export::{
        document::Stop,
        order::{Order, Out, Progress},
        places::Places,
    },
    model::{Highlight, LabelId, Project, Reading},
    text::context,
};

/// How many characters of context stand on either side of a quote.
const CONTEXT: usize = 32;

/// Writes highlights as an AnnotationCollection with one embedded AnnotationPage, an annotation a line. `now` is said to be the time
/// of the export.
///
/// Labels are text with the purpose `tagging`, and resources with the purpose `classifying` under the ids that [`super::qdc()`] gives
/// them; stances are text that is `classifying`, notes are `commenting`. The source of a target is the reading's text as the project has it, since offsets are true of nothing else; the
/// address that it was taken from is its `via`. Creators are people with the coder's short name as `nickname`.
///
/// # Errors
/// When it can't be written or is cancelled.
pub fn annotations(
    project: &Project,
    order: &Order,
    now: Timestamp,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let selection = order.filter.select(project);
    progress.expect(selection.len());
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let collection = urn("collection", project.name());
    let head = Collection {
        context: "http://www.w3.org/ns/anno.jsonld",
        id: &collection,
        kind: "AnnotationCollection",
        label: project.name(),
        generator: Software {
            kind: "Software",
            name: concat!("Glossator ", env!("CARGO_PKG_VERSION")),
        },
        generated: time(now),
        total: selection.len(),
    };
    // The collection and its page stay open for the annotations.
    let mut opening = Vec::new();
    json(&mut opening, &head)?;
    opening.pop();
    out.write_all(&opening)?;
    out.write_all(b",\"first\":")?;
    opening.clear();
    let page = Page {
        id: &urn("page", project.name()),
        kind: "AnnotationPage",
        part_of: &collection,
        start_index: 0,
    };
    json(&mut opening, &page)?;
    opening.pop();
    out.write_all(&opening)?;
    out.write_all(b",\"items\":[")?;
    let mut between: &[u8] = b"\n";
    for selected in coded(&selection) {
        let reading = &*selected.shelf.reading;
        let source = Source::of(reading);
        let mut places = Places::new(&reading.text);
        for highlight in &selected.highlights {
            progress.tick()?;
            out.write_all(between)?;
            between = b",\n";
            json(
                &mut out,
                &annotation(project, reading, &source, highlight, &mut places),
            )?;
        }
    }
    out.write_all(b"\n]}}\n")?;
    Ok(out.flush()?)
}

fn urn(kind: &str, name: &str) -> String {
    format!("urn:uuid:{}", uuid(kind, name))
}

/// To the second, in UTC.
fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: &'a str,
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    label: &'a str,
    generator: Software<'a>,
    generated: String,
    total: usize,
}

#[derive(Serialize)]
struct Software<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    part_of: &'a str,
    start_index: usize,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    motivation: &'a str,
    creator: Person<'a>,
    created: String,
    modified: String,
    body: Vec<Body<'a>>,
    target: Target<'a>,
}

#[derive(Serialize)]
struct Person<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    nickname: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Body<'a> {
    TextualBody {
        purpose: &'a str,
        value: &'a str,
        format: &'a str,
    },
    SpecificResource {
        purpose: &'a str,
        source: Thing<'a>,
    },
}

#[derive(Serialize)]
struct Thing<'a> {
    id: String,
    label: &'a str,
}

#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    source: &'a Source<'a>,
    selector: (Quote<'a>, Position<'a>),
}

#[derive(Serialize)]
struct Source<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    format: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
}

#[derive(Serialize)]
struct Quote<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

#[derive(Serialize)]
struct Position<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    start: u32,
    end: u32,
}

impl<'a> Source<'a> {
    fn of(reading: &'a Reading) -> Self {
        let url = reading.meta.url.trim();
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        let is_plain = !url
            .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
        Self {
            id: urn("reading", reading.id.as_str()),
            kind: "Text",
            format: "text/plain",
            label: &reading.meta.title,
            via: (is_web && is_plain).then_some(url),
        }
    }
}

fn words<'a>(purpose: &'a str, value: &'a str) -> Body<'a> {
    Body::TextualBody {
        purpose,
        value,
        format: "text/plain",
    }
}

/// What a highlight says: its labels as words and as things, its stance, its note.
fn bodies<'a>(project: &'a Project, highlight: &'a Highlight) -> Vec<Body<'a>> {
    let tag = |id| words("tagging", project.label_name(id));
    let thing = |id: &'a LabelId| Body::SpecificResource {
        purpose: "classifying",
        source: Thing {
            id: urn("label", id.as_str()),
            label: project.label_name(id),
        },
    };
    let mut all: Vec<Body<'a>> = highlight.labels.iter().map(tag).collect();
    all.extend(highlight.labels.iter().map(thing));
    all.extend(highlight.stance.map(|s| words("classifying", s.word())));
    if !highlight.note.is_empty() {
        all.push(words("commenting", &highlight.note));
    }
    all
}

fn annotation<'a>(
    project: &'a Project,
    reading: &'a Reading,
    source: &'a Source<'a>,
    highlight: &'a Highlight,
    places: &mut Places<'_>,
) -> Annotation<'a> {
    let (prefix, suffix) = context(reading.text.as_str(), highlight.span, CONTEXT);
    let at = range(reading, places, highlight.span);
    Annotation {
        id: urn("highlight", &highlight.id.to_string()),
        kind: "Annotation",
        motivation: "highlighting",
        creator: Person {
            id: urn("coder", highlight.coder.as_str()),
            kind: "Person",
            nickname: highlight.coder.as_str(),
        },
        created: time(highlight.created),
        modified: time(highlight.changed),
        body: bodies(project, highlight),
        target: Target {
            kind: "SpecificResource",
            source,
            selector: (
                Quote {
                    kind: "TextQuoteSelector",
                    exact: reading.text.slice(highlight.span),
                    prefix,
                    suffix,
                },
                Position {
                    kind: "TextPositionSelector",
                    start: at.start,
                    end: at.end,
                },
            ),
        },
    }
}
