//! The package: its parts and how they belong together (ISO/IEC 29500-2).

use std::io::{Seek, Write};

use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::{Docx, links::Links, paper, xml::Xml};
use crate::export::document::{Head, Stop};

const CONTENT_TYPES: &str = include_str!("parts/content_types.xml");
const RELATIONS: &str = include_str!("parts/rels.xml");
const APP: &str = include_str!("parts/app.xml");
const STYLES: &str = include_str!("parts/styles.xml");
const SETTINGS: &str = include_str!("parts/settings.xml");
const THEME: &str = include_str!("parts/theme.xml");

/// What kinds of relations between the document and other parts begin with.
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const RELATIONS_SPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts that the document relates to: id, kind, place.
const RELATED: [(&str, &str, &str); 10] = [
    ("styles", "styles", "styles.xml"),
    ("numbering", "numbering", "numbering.xml"),
    ("settings", "settings", "settings.xml"),
    ("theme", "theme", "theme/theme1.xml"),
    ("footnotes", "footnotes", "footnotes.xml"),
    ("comments", "comments", "comments.xml"),
    ("header1", "header", "header1.xml"),
    ("header2", "header", "header2.xml"),
    ("footer1", "footer", "footer1.xml"),
    ("footer2", "footer", "footer2.xml"),
];

/// The lists of the styles List Bullet and List Number; those that begin anew follow.
const BULLETS: u32 = 1;
const NUMBERS: u32 = 2;

/// The number of a list with numbers in the document, by its place among them from 1.
pub(super) fn list(place: u32) -> u32 {
    NUMBERS + place
}

/// Starts a part. Its date is always the same.
pub(super) fn start<W: Write + Seek>(zip: &mut ZipWriter<W>, name: &str) -> Result<(), Stop> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
    Ok(zip
        .start_file(name, options)
        .map_err(std::io::Error::from)?)
}

/// Moves what was written into the part that is open.
pub(super) fn drain<W: Write + Seek>(zip: &mut ZipWriter<W>, xml: &mut Xml) -> Result<(), Stop> {
    Ok(xml.drain(|text| zip.write_all(text.as_bytes()))?)
}

fn part<W: Write + Seek>(zip: &mut ZipWriter<W>, name: &str, text: &str) -> Result<(), Stop> {
    start(zip, name)?;
    Ok(zip.write_all(text.as_bytes())?)
}

/// The parts by which programs tell what the file is, and the start of the document.
pub(super) fn begin<W: Write + Seek>(zip: &mut ZipWriter<W>) -> Result<(), Stop> {
    part(zip, "[Content_Types].xml", CONTENT_TYPES)?;
    part(zip, "_rels/.rels", RELATIONS)?;
    start(zip, "word/document.xml")
}

/// The end of the document and all other parts.
pub(super) fn finish(docx: Docx<'_>) -> Result<(), Stop> {
    let Docx {
        mut zip,
        head,
        body,
        footnotes,
        comments,
        lists,
        ..
    } = docx;
    zip.write_all(body.xml.end().as_bytes())?;
    relations(&mut zip, "document", &RELATED, &body.links)?;
    for (mut apart, name) in [(footnotes, "footnotes"), (comments, "comments")] {
        apart.zip.write_all(apart.story.xml.end().as_bytes())?;
        let packed = apart
            .zip
            .finish_into_readable()
            .map_err(std::io::Error::from)?;
        zip.merge_archive(packed).map_err(std::io::Error::from)?;
        if !apart.story.links.is_empty() {
            relations(&mut zip, name, &[], &apart.story.links)?;
        }
    }
    let others = [
        ("word/header1.xml", paper::header(&head)),
        ("word/header2.xml", paper::no_header()),
        ("word/footer1.xml", paper::footer()),
        ("word/footer2.xml", paper::footer()),
        ("word/numbering.xml", numbering(lists)),
        ("docProps/core.xml", core(&head)),
    ];
    for (name, text) in others {
        part(&mut zip, name, &text)?;
    }
    let fixed = [
        ("word/styles.xml", STYLES),
        ("word/settings.xml", SETTINGS),
        ("word/theme/theme1.xml", THEME),
        ("docProps/app.xml", APP),
    ];
    for (name, text) in fixed {
        part(&mut zip, name, text)?;
    }
    zip.finish().map_err(std::io::Error::from)?.flush()?;
    Ok(())
}

/// The relations of a part below `word/`.
fn relations<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    of: &str,
    related: &[(&str, &str, &str)],
    links: &Links,
) -> Result<(), Stop> {
    let mut xml = Xml::part("Relationships", &[("xmlns", RELATIONS_SPACE)]);
    for (id, kind, target) in related {
        let kind = format!("{KIND}{kind}");
        let attributes = [("Id", *id), ("Type", &kind), ("Target", *target)];
        xml.empty("Relationship", &attributes);
    }
    for (id, kind, target) in links.relations() {
        let attributes = [
            ("Id", id.as_str()),
            ("Type", kind),
            ("Target", target),
            ("TargetMode", "External"),
        ];
        xml.empty("Relationship", &attributes);
    }
    part(zip, &format!("word/_rels/{of}.xml.rels"), &xml.end())
}

/// Title and authors.
fn core(head: &Head) -> String {
    let spaces = [
        (
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        ),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let mut xml = Xml::part("cp:coreProperties", &spaces);
    let authors = head.authors.join("; ");
    for (name, text) in [("dc:title", &head.title), ("dc:creator", &authors)] {
        if !text.is_empty() {
            xml.words(name, text);
        }
    }
    xml.end()
}

/// Bullets, numbers, and a list that begins anew for each of `lists`.
fn numbering(lists: u32) -> String {
    let space = super::story::SPACES[0];
    let mut xml = Xml::part("w:numbering", &[space]);
    let kinds = [
        ("0", "bullet", "ListBullet", "•"),
        ("1", "decimal", "ListNumber", "%1."),
    ];
    for (id, format, style, sign) in kinds {
        xml.open("w:abstractNum", &[("w:abstractNumId", id)]);
        xml.val("w:multiLevelType", "singleLevel");
        xml.open("w:lvl", &[("w:ilvl", "0")]);
        xml.val("w:start", 1);
        xml.val("w:numFmt", format);
        xml.val("w:pStyle", style);
        xml.val("w:lvlText", sign);
        xml.val("w:lvlJc", "left");
        xml.open("w:pPr", &[]);
        xml.empty("w:ind", &[("w:left", "425"), ("w:hanging", "425")]);
        (0..3).for_each(|_| xml.close());
    }
    for (id, kind) in [(BULLETS, 0), (NUMBERS, 1)] {
        xml.open("w:num", &[("w:numId", &id.to_string())]);
        xml.val("w:abstractNumId", kind);
        xml.close();
    }
    for place in 1..=lists {
        xml.open("w:num", &[("w:numId", &list(place).to_string())]);
        xml.val("w:abstractNumId", 1);
        xml.open("w:lvlOverride", &[("w:ilvl", "0")]);
        xml.val("w:startOverride", 1);
        xml.close();
        xml.close();
    }
    xml.end()
}
