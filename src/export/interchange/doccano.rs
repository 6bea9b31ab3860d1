//! JSON lines as doccano imports them for the labelling of sequences (its format “JSONL”, column `label`).

use std::io::{BufWriter, Write as _};

use serde::Serialize;

use super::{coded, codings, json, range};
use crate::{
    export::{
        Selected, Selection,
        cite::Names,
        document::Stop,
        order::{Order, Out, Progress},
        places::Places,
    },
    model::{Project, Reading},
};

/// Writes a reading a line: `{"id":1,"text":"…","label":[[0,6,"Pledge"]],"meta":{…}}`. Labels go by their names. What doccano has no
/// place for stands in `meta`: what is known of the reading, and in `codings` the highlight, coder, stance and note of each span, in
/// the order of `label`.
///
/// # Errors
/// When it can't be written or is cancelled.
pub fn lines(
    project: &Project,
    order: &Order,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let selection = order.filter.select(project);
    progress.expect(selection.len());
    let names = Names::of(project);
    let mut out = BufWriter::with_capacity(1 << 16, out);
    for (at, selected) in coded(&selection).enumerate() {
        let line = line(project, &names, &selection, selected, at as u64 + 1);
        for _ in &selected.highlights {
            progress.tick()?;
        }
        json(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

#[derive(Serialize)]
struct Line<'a> {
    id: u64,
    text: &'a str,
    label: Vec<(u32, u32, &'a str)>,
    meta: Meta<'a>,
}

#[derive(Serialize)]
struct Meta<'a> {
    reading: &'a str,
    title: &'a str,
    authors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    cited_as: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
    sha256: &'a str,
    codings: Vec<Coding<'a>>,
}

#[derive(Serialize)]
struct Coding<'a> {
    highlight: String,
    label_id: &'a str,
    coder: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

fn line<'a>(
    project: &'a Project,
    names: &Names,
    selection: &'a Selection<'_>,
    selected: &'a Selected<'_>,
    id: u64,
) -> Line<'a> {
    let reading: &Reading = &selected.shelf.reading;
    let mut places = Places::new(&reading.text);
    let mut label = Vec::new();
    let mut all = Vec::new();
    for (highlight, id) in codings(selection, selected) {
        let at = range(reading, &mut places, highlight.span);
        label.push((at.start, at.end, project.label_name(id)));
        all.push(Coding {
            highlight: highlight.id.to_string(),
            label_id: id.as_str(),
            coder: highlight.coder.as_str(),
            stance: highlight.stance.map(|s| s.word()),
            note: &highlight.note,
        });
    }
    Line {
        id,
        text: reading.text.as_str(),
        label,
        meta: Meta {
            reading: reading.id.as_str(),
            title: &reading.meta.title,
            authors: &reading.meta.authors,
            year: reading.meta.year,
            cited_as: names.short(reading),
            url: &reading.meta.url,
            sha256: &reading.sha256,
            codings: all,
        },
    }
}
