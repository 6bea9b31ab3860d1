//! Standoff files of brat (<https://brat.nlplab.org/standoff.html>), in a ZIP.
//!
//! A reading is two files: `id.txt`, the text as the project has it, and `id.ann` with a line a coding:
//!
//! ```text
//! T1    Pledge 24 30    Nobody
//! A1    Coder T1 MK
//! A2    Stance T1 supports
//! #1    AnnotatorNotes T1    He says so twice.
//! ```
//!
//! A span that crosses line breaks has a fragment a line, as brat itself writes it. `annotation.conf` has the labels as a
//! hierarchy, under names of the letters that brat allows; `visual.conf` has their full names and colours.

mod names;

use std::{
    collections::BTreeSet,
    io::{BufWriter, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use self::names::Types;
use super::{Range, coded, codings, range};
use crate::{
    export::{
        Selected, Selection,
        document::Stop,
        order::{Order, Out, Progress},
        places::Places,
        table::one_line,
    },
    model::{CoderId, Highlight, Project, Reading, Stance},
};

/// Writes a ZIP with the readings, their codings, and the settings of brat. Nothing in it depends on the day. A highlight of nothing but
/// white space, for which brat has no form, is left out.
///
/// # Errors
/// When it can't be written or is cancelled.
pub fn brat(
    project: &Project,
    order: &Order,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let selection = order.filter.select(project);
    progress.expect(selection.len());
    let types = Types::of(project, &selection);
    let mut zip = ZipWriter::new(out);
    file(&mut zip, "annotation.conf", |out| {
        out.write_all(settings(&types, &coders(&selection)).as_bytes())?;
        Ok(())
    })?;
    file(&mut zip, "visual.conf", |out| {
        out.write_all(looks(&types).as_bytes())?;
        Ok(())
    })?;
    for selected in coded(&selection) {
        let reading = &*selected.shelf.reading;
        file(&mut zip, &format!("{}.txt", reading.id), |out| {
            out.write_all(reading.text.as_str().as_bytes())?;
            Ok(())
        })?;
        file(&mut zip, &format!("{}.ann", reading.id), |out| {
            standoff(out, &types, &selection, selected, progress)
        })?;
    }
    zip.finish().map_err(stop)?;
    Ok(())
}

fn file(
    zip: &mut ZipWriter<&mut dyn Out>,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Stop>,
) -> Result<(), Stop> {
    zip.start_file(name, SimpleFileOptions::default().unix_permissions(0o644))
        .map_err(stop)?;
    let mut out = BufWriter::with_capacity(1 << 16, zip);
    write(&mut out)?;
    Ok(out.flush()?)
}

fn stop(error: zip::result::ZipError) -> Stop {
    Stop::Io(error.into())
}

fn coders(selection: &Selection<'_>) -> BTreeSet<CoderId> {
    let mut all = BTreeSet::new();
    for highlight in selection.readings.iter().flat_map(|r| &r.highlights) {
        if !all.contains(&highlight.coder) {
            all.insert(highlight.coder.clone());
        }
    }
    all
}

/// `annotation.conf`: which types there are.
fn settings(types: &Types, coders: &BTreeSet<CoderId>) -> String {
    let mut out = String::from("[entities]\n");
    for kind in types.all() {
        out.push_str(&"\t".repeat(kind.depth));
        out.push_str(&kind.name);
        out.push('\n');
    }
    let stances = Stance::ALL.map(Stance::word).join("|");
    let coders: Vec<&str> = coders.iter().map(CoderId::as_str).collect();
    out.push_str("\n[relations]\n\n[events]\n\n[attributes]\n");
    out.push_str(&format!("Stance\tArg:<ENTITY>, Value:{stances}\n"));
    if !coders.is_empty() {
        out.push_str(&format!(
            "Coder\tArg:<ENTITY>, Value:{}\n",
            coders.join("|")
        ));
    }
    out
}

/// `visual.conf`: what types are called and look like.
fn looks(types: &Types) -> String {
    let mut out = String::from("[labels]\n");
    for kind in types.all() {
        out.push_str(&format!("{} | {}\n", kind.name, kind.shown));
    }
    out.push_str("\n[drawing]\nSPAN_DEFAULT\tfgColor:white, bgColor:#555555, borderColor:darken\n");
    for kind in types.all() {
        out.push_str(&format!("{}\tbgColor:{}\n", kind.name, kind.color));
    }
    out
}

/// The codings of a reading.
fn standoff(
    out: &mut dyn Write,
    types: &Types,
    selection: &Selection<'_>,
    selected: &Selected<'_>,
    progress: &Progress,
) -> Result<(), Stop> {
    let reading = &*selected.shelf.reading;
    let mut places = Places::new(&reading.text);
    let (mut span, mut attribute, mut note) = (0, 0, 0);
    let mut last = None;
    for (highlight, label) in codings(selection, selected) {
        if last != Some(highlight.id) {
            last = Some(highlight.id);
            progress.tick()?;
        }
        let (ranges, words) = fragments(reading, &mut places, highlight);
        if ranges.is_empty() {
            continue;
        }
        span += 1;
        let shown = ranges.iter().map(|r| format!("{} {}", r.start, r.end));
        let shown = shown.collect::<Vec<_>>().join(";");
        writeln!(out, "T{span}\t{} {shown}\t{words}", types.name(label))?;
        attribute += 1;
        writeln!(out, "A{attribute}\tCoder T{span} {}", highlight.coder)?;
        if let Some(stance) = highlight.stance {
            attribute += 1;
            writeln!(out, "A{attribute}\tStance T{span} {}", stance.word())?;
        }
        let said = one_line(&highlight.note);
        if !said.trim().is_empty() {
            note += 1;
            writeln!(out, "#{note}\tAnnotatorNotes T{span}\t{said}")?;
        }
    }
    Ok(())
}

/// The parts of a highlight between line breaks, without the white space around these, and their words with spaces between them.
/// What parts them is whatever Python takes for the end of a line, since brat reads `.ann` files by its lines.
fn fragments(
    reading: &Reading,
    places: &mut Places<'_>,
    highlight: &Highlight,
) -> (Vec<Range>, String) {
    const ENDS: [char; 10] = [
        '\n', '\r', '\u{B}', '\u{C}', '\u{1C}', '\u{1D}', '\u{1E}', '\u{85}', '\u{2028}',
        '\u{2029}',
    ];
    let whole = range(reading, places, highlight.span);
    let quote = reading.text.slice(highlight.span);
    let (mut ranges, mut words) = (Vec::new(), String::new());
    let mut at = whole.start;
    for part in quote.split(ENDS) {
        let inner = part.trim();
        if !inner.is_empty() {
            let before = part.len() - part.trim_start().len();
            let start = at + part[..before].chars().count() as u32;
            let end = start + inner.chars().count() as u32;
            ranges.push(Range { start, end });
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(inner);
        }
        at += part.chars().count() as u32 + 1;
    }
    (ranges, words)
}
