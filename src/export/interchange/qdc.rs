//! Codebooks of REFI-QDA, which QDA programs exchange: `urn:QDA-XML:codebook:1.0`.

use std::io::{BufWriter, Write};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::uuid;
use crate::{
    export::{
        document::Stop,
        order::{Order, Out, Progress},
        table::{clean, one_line},
    },
    model::{Label, Project},
};

/// Writes the labels that the filter of `order` asks for, with those above and under them, as a tree of codes. A code's GUID is the
/// label's [`uuid()`]; its description holds the definition, when to use it and when not, its source and its cues.
///
/// # Errors
/// When it can't be written or is cancelled; [`Stop::Bad`] when there are no labels, of which a QDC file needs one.
pub fn qdc(
    project: &Project,
    order: &Order,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let selection = order.filter.select(project);
    let labels = selection.codebook(project);
    if labels.is_empty() {
        return Err(Stop::Bad(
            "The codebook has no labels yet, and a QDC file needs at least one.".to_owned(),
        ));
    }
    progress.expect(labels.len());
    let mut writer = Writer::new_with_indent(BufWriter::new(out), b' ', 2);
    let decl = BytesDecl::new("1.0", Some("UTF-8"), None);
    writer.write_event(Event::Decl(decl))?;
    let book = BytesStart::new("CodeBook").with_attributes([
        ("xmlns", "urn:QDA-XML:codebook:1.0"),
        ("origin", concat!("Glossator ", env!("CARGO_PKG_VERSION"))),
    ]);
    writer.write_event(Event::Start(book))?;
    writer.write_event(Event::Start(BytesStart::new("Codes")))?;
    let mut open = 0;
    for (depth, label) in labels {
        progress.tick()?;
        close(&mut writer, "Code", open - depth)?;
        code(&mut writer, label)?;
        open = depth + 1;
    }
    close(&mut writer, "Code", open)?;
    close(&mut writer, "Codes", 1)?;
    close(&mut writer, "CodeBook", 1)?;
    let mut out = writer.into_inner();
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

fn close(writer: &mut Writer<impl Write>, name: &str, times: usize) -> Result<(), Stop> {
    for _ in 0..times {
        writer.write_event(Event::End(BytesEnd::new(name)))?;
    }
    Ok(())
}

/// Opens a code with its description.
fn code(writer: &mut Writer<impl Write>, label: &Label) -> Result<(), Stop> {
    let name = one_line(&clean(&label.name));
    let start = BytesStart::new("Code").with_attributes([
        ("guid", uuid("label", label.id.as_str()).as_str()),
        ("name", name.as_str()),
        ("isCodable", "true"),
        ("color", label.color.to_string().as_str()),
    ]);
    writer.write_event(Event::Start(start))?;
    let said = description(label);
    if !said.is_empty() {
        writer.write_event(Event::Start(BytesStart::new("Description")))?;
        writer.write_event(Event::Text(BytesText::new(&clean(&said))))?;
        close(writer, "Description", 1)?;
    }
    Ok(())
}

/// What is said of a label, part by part.
fn description(label: &Label) -> String {
    let cues = label.cues.join(", ");
    let parts = [
        ("", &label.definition),
        ("Use: ", &label.when),
        ("Don’t use: ", &label.when_not),
        ("Source: ", &label.source),
        ("Cues: ", &cues),
    ];
    let said = parts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let said = said.map(|(lead, text)| format!("{lead}{}", text.trim()));
    said.collect::<Vec<_>>().join("\n\n")
}
