//! `glossator cite`: the readings as a reference list, or as data for a reference manager.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    DONE,
    export::Cite,
    failure::Failure,
    output,
    project::{self, Folder},
};
use crate::{
    export::{bibliography, cite::Citer, markdown},
    model::Reading,
    store::is_own_file,
};

/// Print the readings as a reference list, as BibTeX or as CSL-JSON
#[derive(Args, Debug)]
#[command(after_help = "\
Without --reading all readings are listed. What a reading lacks is left out; `glossator set` puts it in, and `glossator import` takes \
it from a bibliography.

Examples:
  # a list for the end of a paper
  glossator cite seminar --style note -o bibliography.md
  # for a reference manager
  glossator cite seminar --format bibtex -o seminar.bib
  # how one reading is cited
  glossator cite seminar --reading walt --format text")]
pub struct List {
    #[command(flatten)]
    folder: Folder,
    /// The style of the list
    #[arg(long, value_enum, default_value_t)]
    style: Cite,
    /// The format
    #[arg(long, value_enum, default_value_t)]
    format: As,
    /// Only this reading, by its slug, its title, an author's surname, or a part that fits no other
    #[arg(long = "reading", value_name = "SLUG")]
    readings: Vec<String>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum As {
    /// Paragraphs, titles in italics
    #[default]
    Markdown,
    /// A line each, without italics
    Text,
    /// BibTeX, in UTF-8
    Bibtex,
    /// The JSON of Zotero, pandoc and others
    CslJson,
}

impl List {
    pub fn run(self) -> Result<u8, Failure> {
        if let Some(path) = &self.output
            && is_own_file(&self.folder.project, path)
        {
            return Err(Failure::new(format!(
                "{} is part of the project itself: a list there would destroy it",
                path.display()
            ))
            .hint("choose another place, such as a file outside the project's folder"));
        }
        let snapshot = project::read(&self.folder.project)?;
        let project = &snapshot.project;
        let readings: Vec<&Reading> = match self.readings.as_slice() {
            [] => project.shelves().into_iter().map(|s| &*s.reading).collect(),
            names => {
                let named = names.iter().map(|name| project::reading(project, name));
                named.collect::<Result<_, _>>()?
            }
        };
        let mut citer = Citer::new(project, self.style.into());
        for reading in readings.iter().copied() {
            citer.add(reading);
        }
        let text = match self.format {
            As::Bibtex => bibliography::bibtex(citer.names(), readings),
            As::CslJson => bibliography::csl_json(citer.names(), readings),
            As::Markdown => markdown::reference_list(&citer.references()),
            As::Text => citer.references().iter().map(|r| r.text() + "\n").collect(),
        };
        match &self.output {
            Some(path) if path.as_os_str() != "-" => output::write_file(path, &text)?,
            _ => output::write_out(&text)?,
        }
        Ok(DONE)
    }
}
