//! What a packet holds.

use serde::Serialize;

use crate::{
    cli::{
        DONE,
        failure::Failure,
        output::{self, Format},
    },
    export::{
        cite::Names,
        packet::{Resolved, resolve},
    },
    model::{Layout, Packet, Project, Subject},
    text::{counted, fold_space},
};

#[derive(Debug, Serialize)]
struct Shown {
    id: String,
    title: String,
    line: String,
    sections: Vec<ShownSection>,
    left_out: Vec<ShownLeftOut>,
}

#[derive(Debug, Serialize)]
struct ShownSection {
    id: String,
    title: String,
    theory: Option<String>,
    layout: &'static str,
    by_rule: bool,
    excerpts: Vec<ShownExcerpt>,
    claims: usize,
    questions: Vec<String>,
    lines: u8,
    readings: bool,
}

#[derive(Debug, Serialize)]
struct ShownExcerpt {
    reading: String,
    highlight: String,
    citation: String,
    quote: String,
}

#[derive(Debug, Serialize)]
struct ShownLeftOut {
    section: String,
    why: String,
}

/// Says what the sections of a packet hold now.
pub fn show(project: &Project, packet: &Packet, format: Format) -> Result<u8, Failure> {
    let names = Names::of(project);
    let sections = resolve(project, packet);
    let left_out = sections.iter().flat_map(|section| &section.left_out);
    let left_out = left_out.map(|gone| ShownLeftOut {
        section: gone.section.to_string(),
        why: gone.why.clone(),
    });
    let shown = Shown {
        id: packet.id.to_string(),
        title: packet.head.title.clone(),
        line: packet.head.line.clone(),
        left_out: left_out.collect(),
        sections: sections
            .iter()
            .map(|section| one(project, &names, section))
            .collect(),
    };
    output::print(format, &shown, text)?;
    Ok(DONE)
}

fn one(project: &Project, names: &Names, resolved: &Resolved<'_>) -> ShownSection {
    let section = resolved.section;
    let excerpts = resolved.printed().into_iter().map(|excerpt| {
        let span = excerpt.highlight.span;
        let place = crate::export::cite::Place::of(excerpt.reading, span);
        ShownExcerpt {
            reading: excerpt.reading.id.to_string(),
            highlight: excerpt.highlight.id.to_string(),
            citation: names.passage(excerpt.reading, &place),
            quote: fold_space(excerpt.reading.text.slice(span)),
        }
    });
    ShownSection {
        id: resolved.id.to_string(),
        title: section.title.clone(),
        theory: match &section.subject {
            Subject::Theory(label) => Some(project.label_name(label).to_owned()),
            Subject::Free | Subject::Question => None,
        },
        layout: match section.layout {
            Layout::List => "list",
            Layout::Sides(..) => "sides",
            Layout::Authors => "authors",
            Layout::Map => "map",
        },
        by_rule: resolved.found.is_some(),
        excerpts: excerpts.collect(),
        claims: resolved.printed_claims().len(),
        questions: resolved
            .questions
            .iter()
            .map(|q| q.text.to_owned())
            .collect(),
        lines: section.lines,
        readings: section.readings,
    }
}

fn text(shown: &Shown) -> String {
    let mut out = format!("{} ({})", shown.title, shown.id);
    if !shown.line.is_empty() {
        out.push_str(&format!(" · {}", shown.line));
    }
    for (number, section) in (1..).zip(&shown.sections) {
        let mut held = vec![counted(section.excerpts.len(), "excerpt")];
        if section.by_rule {
            held[0].push_str(" by rule");
        }
        held.push(section.layout.to_owned());
        if section.claims > 0 {
            held.push(counted(section.claims, "claim"));
        }
        if !section.questions.is_empty() {
            held.push(counted(section.questions.len(), "question"));
        }
        let title = &section.title;
        out.push_str(&format!(
            "\n\n{number} · {title} ({}): {}",
            section.id,
            held.join(", ")
        ));
        for excerpt in &section.excerpts {
            let quote = crate::cli::quote::shortened(&excerpt.quote);
            out.push_str(&format!("\n  “{quote}” {}", excerpt.citation));
        }
        for question in &section.questions {
            out.push_str(&format!("\n  ? {}", fold_space(question)));
        }
    }
    if !shown.left_out.is_empty() {
        out.push_str("\n\nLeft out:");
    }
    for gone in &shown.left_out {
        out.push_str(&format!("\n  {}: {}", gone.section, gone.why));
    }
    out.push('\n');
    out
}
