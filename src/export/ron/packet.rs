//! A packet as RON, for programs: what it holds now, quoted and cited, so that it can be read without the project.
//!
//! ```ron
//! (
//! version:1,
//! generator:"glossator 0.1.0",
//! project:"Alliance seminar",
//! exported:"2026-11-22T08:00:00Z",
//! packet:(id:"week-6",title:"Week 6",line:"Thursday, 26 November",cite:AuthorYear),
//! labels:[
//! (id:"entrapment",name:"Entrapment",color:"#2F6DB5",definition:"…",source:"Snyder 1984",position:12),
//! ],
//! sections:[
//! (
//! about:(id:"entrapment",title:"Entrapment",theory:"entrapment",introduction:"…",layout:"sides",lines:6),
//! excerpts:[
//! (reading:"walt-1987",highlight:"00000000000000a1",side:"second",start:120,end:245,quote:"…",citation:"(Walt 1987, 21, ¶12)",labels:["entrapment"],stance:Contests,note:"…",coder:"MK"),
//! ],
//! claims:[
//! (reading:"walt-1987",stance:Contests,coder:"MK",text:"…"),
//! ],
//! questions:["Which of them is right?"],
//! ),
//! ],
//! readings:[
//! (id:"walt-1987",citation:"Walt 1987",reference:"Walt, Stephen M. 1987. …"),
//! ],
//! left_out:[
//! (section:"entrapment",why:"An excerpt of “…” was deleted."),
//! ],
//! )
//! ```
//!
//! It is RON with `implicit_some`, a record a line; fields that say nothing are left out. Sections, their excerpts and questions stand in
//! the packet's order. `labels` are those of theories and excerpts, in codebook order. `start` and `end` count bytes of the reading's
//! text in UTF-8. `side` (`first`, `second`) is there in sections of two sides. Notes are there whether the packet prints them or not;
//! claims are those that it prints. `citation` is always by author and year; `reference` is in the packet's style.

use std::{collections::BTreeSet, fmt::Write as _};

use jiff::Timestamp;

use super::{record, record::Record, write_label};
use crate::{
    export::{
        cite::{Citer, Names, Place},
        packet::{Claim, Excerpt, LeftOut, Resolved, resolve},
    },
    model::{Label, LabelId, Layout, Packet, Project, Reading, Side, Subject},
};

/// The version of this record.
const VERSION: u32 = 1;

/// What a packet holds, as RON of the form that this module's documentation shows.
pub fn packet(project: &Project, packet: &Packet, now: Timestamp) -> String {
    let sections = resolve(project, packet);
    let names = Names::of(project);
    let mut out = String::from("#![enable(implicit_some)]\n(\n");
    let _ = writeln!(out, "version:{VERSION},");
    let _ = writeln!(
        out,
        "generator:\"glossator {}\",",
        env!("CARGO_PKG_VERSION")
    );
    out.push_str("project:");
    record::string(&mut out, project.name());
    let _ = write!(out, ",\nexported:\"{now}\",\npacket:");
    head(&mut out, packet);
    out.push_str(",\n");
    list(
        &mut out,
        "labels",
        labels(project, &sections),
        |out, label| write_label(out, label),
    );
    list(&mut out, "sections", &sections, |out, section| {
        write_section(out, &names, section)
    });
    let mut citer = Citer::new(project, packet.head.cite);
    let mut seen = BTreeSet::new();
    let readings = sections.iter().flat_map(Resolved::readings);
    let readings: Vec<&Reading> = readings.filter(|r| seen.insert(&r.id)).collect();
    for reading in &readings {
        citer.add(reading);
    }
    let style = citer.style();
    list(&mut out, "readings", readings, |out, reading| {
        let mut record = Record::open(out);
        record.string("id", reading.id.as_str());
        record.string("citation", &names.short(reading));
        record.string(
            "reference",
            &crate::export::cite::reference(&names, reading, style).text(),
        );
        record.close();
    });
    let left_out = sections.iter().flat_map(|section| &section.left_out);
    list(&mut out, "left_out", left_out, write_left_out);
    out.push_str(")\n");
    out
}

fn list<T>(
    out: &mut String,
    name: &str,
    items: impl IntoIterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    let _ = writeln!(out, "{name}:[");
    for item in items {
        write(out, item);
        out.push_str(",\n");
    }
    out.push_str("],\n");
}

fn head(out: &mut String, packet: &Packet) {
    let mut record = Record::open(out);
    record.string("id", packet.id.as_str());
    record.string("title", &packet.head.title);
    record.text("line", &packet.head.line);
    record.plain("cite", format_args!("{:?}", packet.head.cite));
    record.close();
}

/// The labels of theories and excerpts.
fn labels<'a>(project: &'a Project, sections: &[Resolved<'a>]) -> Vec<&'a Label> {
    let mut used: BTreeSet<&LabelId> = BTreeSet::new();
    for section in sections {
        if let Subject::Theory(label) = &section.section.subject {
            used.insert(label);
        }
        used.extend(section.excerpts.iter().flat_map(|e| &e.highlight.labels));
    }
    let codebook = project.codebook().into_iter().map(|(_, label)| label);
    codebook.filter(|label| used.contains(&label.id)).collect()
}

fn write_section(out: &mut String, names: &Names, resolved: &Resolved<'_>) {
    let section = resolved.section;
    out.push_str("(\nabout:");
    let mut record = Record::open(out);
    record.string("id", resolved.id.as_str());
    record.string("title", &section.title);
    match &section.subject {
        Subject::Theory(label) => record.string("theory", label.as_str()),
        Subject::Question => record.plain("question", true),
        Subject::Free => {}
    }
    record.text("introduction", &section.introduction);
    let (layout, headings) = match &section.layout {
        Layout::List => ("list", None),
        Layout::Sides(first, second) => ("sides", Some([first.as_str(), second.as_str()])),
        Layout::Authors => ("authors", None),
        Layout::Map => ("map", None),
    };
    record.string("layout", layout);
    record.strings("sides", headings.into_iter().flatten());
    if section.lines > 0 {
        record.plain("lines", section.lines);
    }
    record.close();
    out.push_str(",\n");
    list(out, "excerpts", &resolved.excerpts, |out, excerpt| {
        write_excerpt(out, names, excerpt, headings.is_some());
    });
    list(out, "claims", resolved.printed_claims(), write_claim);
    out.push_str("questions:[");
    for (i, question) in resolved.questions.iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        record::string(out, question.text);
    }
    out.push_str("],\n)");
}

fn write_excerpt(out: &mut String, names: &Names, excerpt: &Excerpt<'_>, sided: bool) {
    let Excerpt {
        reading, highlight, ..
    } = excerpt;
    let mut record = Record::open(out);
    record.string("reading", reading.id.as_str());
    record.quoted("highlight", highlight.id);
    if sided {
        record.string(
            "side",
            match excerpt.side {
                Side::First => "first",
                Side::Second => "second",
            },
        );
    }
    record.span(highlight.span);
    record.string("quote", reading.text.slice(highlight.span));
    let place = Place::of(reading, highlight.span);
    record.string("citation", &names.passage(reading, &place));
    record.strings("labels", highlight.labels.iter().map(LabelId::as_str));
    if let Some(stance) = highlight.stance {
        record.plain("stance", format_args!("{stance:?}"));
    }
    record.text("note", &highlight.note);
    record.string("coder", highlight.coder.as_str());
    record.close();
}

fn write_claim(out: &mut String, claim: &Claim<'_>) {
    let mut record = Record::open(out);
    record.string("reading", claim.reading.id.as_str());
    if let Some(stance) = claim.stance() {
        record.plain("stance", format_args!("{stance:?}"));
    }
    record.string("coder", claim.coder.as_str());
    record.string("text", claim.text);
    record.close();
}

fn write_left_out(out: &mut String, gone: &LeftOut) {
    let mut record = Record::open(out);
    record.string("section", gone.section.as_str());
    record.string("why", &gone.why);
    record.close();
}
