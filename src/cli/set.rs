//! `glossator set`: what is said about a reading.

use std::collections::BTreeSet;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
};
use crate::{
    edit::Edit,
    export::cite::{self, Names, Style},
    import::attributes::Column,
    model::{Project, Reading, ReadingMeta, Value},
    text::counted,
};

/// Correct what is said about a reading: title, authors, year, where it came out, page numbers
#[derive(Args, Debug)]
#[command(after_help = "\
Only what is given changes; an empty text (--doi \"\") clears. All of it is one edit, which `undo` takes back. \
`--page 3=117` says that the third page of the file is page 117 in print, and numbers all pages after it; `--page none` calls pages \
as the file does.

Examples:
  glossator set seminar walt --author \"Walt, Stephen M.\" --year 1987 --publisher \"Cornell University Press\" --place Ithaca
  glossator set seminar walt --page 3=117
  glossator set seminar walt --attribute country=US --attribute \"peer reviewed=yes\"
  # several authors, an editor, an organisation
  glossator set seminar report --author \"Lo, Bobo\" --author \"Hill, Fiona (ed.)\" --author \"World Bank\"")]
pub struct Set {
    #[command(flatten)]
    folder: Folder,
    /// The reading, by its slug, its title, an author's surname, or a part that fits no other
    #[arg(value_name = "READING")]
    reading: String,
    /// Its title
    #[arg(long)]
    title: Option<String>,
    /// An author as “Surname, Given”, or an organisation; give several in order. They replace all there were
    #[arg(long = "author", value_name = "NAME")]
    authors: Vec<String>,
    /// The year it came out, or none
    #[arg(long, value_name = "YEAR|none", allow_hyphen_values = true)]
    year: Option<String>,
    /// What kind of text it is: article, book, chapter, PhD thesis, op-ed, web page…
    #[arg(long)]
    kind: Option<String>,
    /// The journal, book or site it is part of
    #[arg(long)]
    container: Option<String>,
    /// The volume
    #[arg(long)]
    volume: Option<String>,
    /// The issue of the journal
    #[arg(long)]
    issue: Option<String>,
    /// Its pages in the whole: 3–43
    #[arg(long)]
    pages: Option<String>,
    /// Who published it; the school of a thesis
    #[arg(long)]
    publisher: Option<String>,
    /// The city of the publisher
    #[arg(long)]
    place: Option<String>,
    /// Its digital object identifier
    #[arg(long)]
    doi: Option<String>,
    /// Where it can be found
    #[arg(long)]
    url: Option<String>,
    /// When it was looked at: 2026-11-22
    #[arg(long, value_name = "DATE")]
    accessed: Option<String>,
    /// What a bibliography calls it: walt1987
    #[arg(long)]
    key: Option<String>,
    /// The printed number of a page of the file: 3=117; or none
    #[arg(long, value_name = "N=NUMBER|none")]
    page: Option<String>,
    /// What to compare it by, under a name of your own: country=China; an empty value takes it away. May be given several times
    #[arg(long = "attribute", value_name = "NAME=VALUE")]
    attributes: Vec<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    coder: ByCoder,
}

/// What became of it.
#[derive(Debug, Serialize)]
struct Report {
    reading: String,
    /// The fields that changed.
    changed: Vec<String>,
    citation: String,
    reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_shift: Option<i32>,
}

impl Set {
    pub fn run(self) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let reading = project::reading(workspace.project(), &self.reading)?;
        let (id, old) = (reading.id.clone(), reading.meta.clone());
        let mut new = self.changed(reading)?;
        self.put_attributes(workspace.project(), &mut new)?;
        let changed = differences(&old, &new);
        if !changed.is_empty() {
            project::perform(
                &mut workspace,
                Edit::ChangeReading(id.clone(), new),
                Timestamp::now(),
            )?;
        }
        let reading = project::reading(workspace.project(), id.as_str())?;
        let report = report(workspace.project(), reading, changed);
        project::finish(workspace)?;
        output::print(self.format, &report, table)?;
        Ok(DONE)
    }

    fn put_attributes(&self, project: &Project, meta: &mut ReadingMeta) -> Result<(), Failure> {
        let known = project.attribute_names();
        for said in &self.attributes {
            let (name, value) = said.split_once('=').ok_or_else(|| {
                Failure::usage(format!("“{said}” gives no value"))
                    .hint("say --attribute country=China, or --attribute country= to take it away")
            })?;
            let name = Column::attribute(name, &known).map_err(Failure::usage)?;
            match Value::parse(value) {
                Some(value) => drop(meta.attributes.insert(name, value)),
                None => drop(meta.attributes.remove(&name)),
            }
        }
        Ok(())
    }

    /// What is to be said about the reading.
    fn changed(&self, reading: &Reading) -> Result<ReadingMeta, Failure> {
        let mut meta = reading.meta.clone();
        let imprint = &mut meta.imprint;
        for (field, value) in [
            (&mut meta.title, &self.title),
            (&mut meta.kind, &self.kind),
            (&mut meta.publisher, &self.publisher),
            (&mut meta.url, &self.url),
            (&mut imprint.container, &self.container),
            (&mut imprint.volume, &self.volume),
            (&mut imprint.issue, &self.issue),
            (&mut imprint.pages, &self.pages),
            (&mut imprint.place, &self.place),
            (&mut imprint.doi, &self.doi),
            (&mut imprint.accessed, &self.accessed),
            (&mut imprint.key, &self.key),
        ] {
            if let Some(value) = value {
                value.trim().clone_into(field);
            }
        }
        for prefix in [
            "https://doi.org/",
            "http://doi.org/",
            "https://dx.doi.org/",
            "doi:",
        ] {
            if let Some(bare) = imprint.doi.strip_prefix(prefix) {
                imprint.doi = bare.trim().to_owned();
            }
        }
        if meta.title.is_empty() {
            return Err(Failure::usage("a reading can't be without a title"));
        }
        if !self.authors.is_empty() {
            let names = self.authors.iter().map(|a| a.trim().to_owned());
            meta.authors = names.filter(|a| !a.is_empty()).collect();
        }
        match self.year.as_deref().map(str::trim) {
            None => {}
            Some("" | "none") => meta.year = None,
            Some(year) => {
                let bad = |_| {
                    Failure::usage(format!("“{year}” is no year"))
                        .hint("say --year 1987, or --year none")
                };
                meta.year = Some(year.parse().map_err(bad)?);
            }
        }
        match self.page.as_deref().map(str::trim) {
            None => {}
            Some("" | "none") => meta.page_shift = None,
            Some(page) => meta.page_shift = Some(shift(reading, page)?),
        }
        Ok(meta)
    }
}

/// What is added to a page's position in the file to get its printed number, from `3=117`.
fn shift(reading: &Reading, page: &str) -> Result<i32, Failure> {
    let bad = || {
        Failure::usage(format!("“{page}” does not say which page is which"))
            .hint("say --page 3=117 when the third page of the file is page 117, or --page none")
    };
    let (position, printed) = page.split_once('=').ok_or_else(bad)?;
    let position: usize = position.trim().parse().map_err(|_| bad())?;
    let printed: i32 = printed.trim().parse().map_err(|_| bad())?;
    let pages = reading.structure.pages.len();
    if pages == 0 {
        return Err(Failure::new(format!("“{}” has no pages", reading.id))
            .hint("only PDFs and documents with page breaks have them; its passages are cited by paragraph"));
    }
    if !(1..=pages).contains(&position) {
        let what = format!(
            "“{}” has {}: there is no page {position} of the file",
            reading.id,
            counted(pages, "page")
        );
        return Err(Failure::new(what).hint("count the pages of the file, from 1"));
    }
    i32::try_from(position)
        .ok()
        .and_then(|position| printed.checked_sub(position))
        .ok_or_else(bad)
}

/// The names of what differs.
fn differences(old: &ReadingMeta, new: &ReadingMeta) -> Vec<String> {
    let (a, b) = (&old.imprint, &new.imprint);
    let differing = [
        ("title", old.title != new.title),
        ("authors", old.authors != new.authors),
        ("year", old.year != new.year),
        ("kind", old.kind != new.kind),
        ("container", a.container != b.container),
        ("volume", a.volume != b.volume),
        ("issue", a.issue != b.issue),
        ("pages", a.pages != b.pages),
        ("publisher", old.publisher != new.publisher),
        ("place", a.place != b.place),
        ("DOI", a.doi != b.doi),
        ("address", old.url != new.url),
        ("day of access", a.accessed != b.accessed),
        ("key", a.key != b.key),
        ("page numbers", old.page_shift != new.page_shift),
    ];
    let details = differing.iter().filter(|(_, differs)| *differs);
    let (was, is) = (&old.attributes, &new.attributes);
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let attributes = names.into_iter().filter(|n| was.get(*n) != is.get(*n));
    details
        .map(|(name, _)| (*name).to_owned())
        .chain(attributes.cloned())
        .collect()
}

fn report(project: &Project, reading: &Reading, changed: Vec<String>) -> Report {
    let names = Names::of(project);
    Report {
        reading: reading.id.to_string(),
        changed,
        citation: names.short(reading),
        reference: cite::reference(&names, reading, Style::AuthorYear).text(),
        page_shift: reading.meta.page_shift,
    }
}

fn table(report: &Report) -> String {
    let what = match report.changed.as_slice() {
        [] => "nothing to change".to_owned(),
        changed => format!("changed {}", changed.join(", ")),
    };
    format!(
        "{}: {what}.\nCited as ({}).\n{}\n",
        report.reading, report.citation, report.reference
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        model::{Page, ReadingId, Structure},
        text::Text,
    };

    fn reading(pages: usize) -> Arc<Reading> {
        let page = |n: usize| Page {
            start: n as u32,
            label: (n + 1).to_string(),
        };
        Arc::new(Reading {
            id: ReadingId::new("r").unwrap(),
            meta: ReadingMeta::default(),
            text: Text::new("abcdef"),
            sha256: String::new(),
            words: 0,
            structure: Structure {
                pages: (0..pages).map(page).collect(),
                ..Structure::default()
            },
            source_name: String::new(),
            encoding: String::new(),
            source_sha256: String::new(),
            revises: None,
            remarks: Vec::new(),
            imported: Timestamp::UNIX_EPOCH,
        })
    }

    #[test]
    fn a_page_of_the_file_gets_its_printed_number() {
        let shift = |pages, said| shift(&reading(pages), said).map_err(|f| f.what().to_owned());
        assert_eq!(shift(3, "3=117"), Ok(114));
        assert_eq!(shift(3, " 3 = 1 "), Ok(-2));
        for wrong in [
            "",
            "3",
            "=",
            "3=",
            "0=1",
            "4=117",
            "x=1",
            "3=999999999999",
            "1=-2147483648",
        ] {
            assert!(shift(3, wrong).is_err(), "{wrong}");
        }
        assert_eq!(shift(0, "1=1"), Err("“r” has no pages".to_owned()));
    }
}
