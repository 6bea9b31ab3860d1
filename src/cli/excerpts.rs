//! `glossator excerpts`: what a query lets through, as a list.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{
    DONE,
    failure::Failure,
    output,
    project::{self, Folder},
    quote::shortened,
    scope::Where,
};
use crate::{
    analysis::{
        Coding, Corpus, Source,
        excerpts::{Arrangement, GroupKey, Grouping, List, Sorting, list},
    },
    export::{
        cite::{Names, Place},
        table::{Cell, Table, json, ron},
    },
    model::{Project, Stance},
    store::is_own_file,
    text::counted,
};

/// List highlights with quote, citation, labels, stance, note and coder
#[derive(Args, Debug)]
#[command(after_help = "\
The language of --where is explained by `glossator query --help`. In a table for the terminal quotes and notes are shortened; the other \
formats have them in full, with ids, places in bytes and times. For Markdown with block quotes and references see `glossator export`.

Examples:
  glossator excerpts seminar --where 'label:\"Entrapment\" near(paragraph) label:\"Multipolarity\" not coder:AL'
  glossator excerpts seminar --where 'stance:contests has:note' --group label
  glossator excerpts seminar --query \"Fear of war\" --sort year -o fear.csv")]
pub struct Excerpts {
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    scope: Where,
    /// What they are put under; one with two labels stands under both
    #[arg(long, value_enum, default_value_t)]
    group: By,
    /// What they are ordered by
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    descending: bool,
    /// The format [default: by the ending of the file, else table]
    #[arg(long, value_enum)]
    format: Option<As>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Begin CSV with a byte order mark, for Excel
    #[arg(long)]
    bom: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Nothing: each highlight once
    #[default]
    None,
    /// Their labels; when the query asks for labels, those only
    Label,
    /// Their readings
    Reading,
    /// Their stances
    Stance,
    /// Who tagged them
    Coder,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// Reading and place in it
    #[default]
    Place,
    /// When they were made
    Created,
    /// When they were changed last
    Changed,
    /// How long they are
    Length,
    /// Year and author of the reading
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum As {
    /// Columns, to be read in a terminal
    Table,
    /// For spreadsheets, R and Python
    Csv,
    /// To be pasted into a sheet
    Tsv,
    /// A list of records
    Json,
    /// The same as RON
    Ron,
}

/// An excerpt. Offsets are UTF-8 bytes of the reading's text, from 0, the end exclusive; times are in UTC.
#[derive(Debug, Serialize)]
struct Excerpt {
    /// What it is put under, when there are groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    quote: String,
    citation: String,
    labels: Vec<String>,
    stance: Option<&'static str>,
    note: String,
    coder: String,
    /// The reading's folder.
    reading: String,
    title: String,
    /// Page and paragraph.
    place: String,
    start: u32,
    end: u32,
    id: String,
    created: String,
    changed: String,
}

impl Excerpts {
    pub fn run(self) -> Result<u8, Failure> {
        let path = self.output.as_deref().filter(|p| *p != Path::new("-"));
        if let Some(path) = path.filter(|path| is_own_file(&self.folder.project, path)) {
            return Err(Failure::new(format!(
                "{} is part of the project itself: a file there would destroy it",
                path.display()
            ))
            .hint("choose another place, such as a file outside the project's folder"));
        }
        let format = self.format(path)?;
        let project = project::read(&self.folder.project)?.project;
        let query = self.scope.query(&project)?;
        let corpus = Corpus::new(&project);
        let list = list(&corpus, &query, self.arrangement())
            .map_err(|error| self.scope.failure(&query, error))?;
        let excerpts = Writer::new(&project, &corpus).excerpts(&list);
        let text = match format {
            As::Table => self.for_people(&excerpts, &list),
            As::Csv => self.table(&excerpts).csv(self.bom),
            As::Tsv => self.table(&excerpts).tsv(),
            As::Json => json(&excerpts),
            As::Ron => ron(&excerpts),
        };
        match path {
            Some(path) => output::write_file(path, &text)?,
            None => output::write_out(&text)?,
        }
        Ok(DONE)
    }

    fn format(&self, path: Option<&Path>) -> Result<As, Failure> {
        let Some(path) = path.filter(|_| self.format.is_none()) else {
            return Ok(self.format.unwrap_or(As::Table));
        };
        let ending = path.extension().and_then(|e| e.to_str());
        match ending.unwrap_or_default().to_lowercase().as_str() {
            "txt" => Ok(As::Table),
            "csv" => Ok(As::Csv),
            "tsv" | "tab" => Ok(As::Tsv),
            "json" => Ok(As::Json),
            "ron" => Ok(As::Ron),
            _ => Err(Failure::usage(format!(
                "the ending of {} does not say which format is meant",
                path.display()
            ))
            .hint("end it in .csv, .tsv, .json, .ron or .txt, or say --format")),
        }
    }

    fn arrangement(&self) -> Arrangement {
        Arrangement {
            grouping: match self.group {
                By::None => Grouping::None,
                By::Label => Grouping::Label,
                By::Reading => Grouping::Reading,
                By::Stance => Grouping::Stance,
                By::Coder => Grouping::Coder,
            },
            sorting: match self.sort {
                Sort::Place => Sorting::Place,
                Sort::Created => Sorting::Created,
                Sort::Changed => Sorting::Changed,
                Sort::Length => Sorting::Length,
                Sort::Year => Sorting::Year,
            },
            descending: self.descending,
        }
    }

    /// Everything about each excerpt, for other programs.
    fn table(&self, excerpts: &[Excerpt]) -> Table {
        let mut table = Table::new(
            "Excerpts",
            &[
                "group", "quote", "citation", "labels", "stance", "note", "coder", "reading",
                "title", "place", "start", "end", "id", "created", "changed",
            ],
        );
        let row = |e: &Excerpt| {
            vec![
                Cell::text(e.group.clone().unwrap_or_default()),
                Cell::text(e.quote.clone()),
                Cell::text(e.citation.clone()),
                Cell::text(e.labels.join("; ")),
                Cell::text(e.stance.unwrap_or_default()),
                Cell::text(e.note.clone()),
                Cell::text(e.coder.clone()),
                Cell::text(e.reading.clone()),
                Cell::text(e.title.clone()),
                Cell::text(e.place.clone()),
                Cell::from(e.start),
                Cell::from(e.end),
                Cell::text(e.id.clone()),
                Cell::text(e.created.clone()),
                Cell::text(e.changed.clone()),
            ]
        };
        table.rows = excerpts.iter().map(row).collect();
        if self.group == By::None {
            table.columns.remove(0);
            table.rows.iter_mut().for_each(|row| drop(row.remove(0)));
        }
        table
    }

    /// What fits a terminal, group by group, and how many there are.
    fn for_people(&self, excerpts: &[Excerpt], list: &List) -> String {
        let mut out = String::new();
        for group in &list.groups {
            let here = excerpts.get(group.start..group.end).unwrap_or_default();
            if let Some(name) = here.first().and_then(|e| e.group.as_ref()) {
                out.push_str(&format!("{name} ({})\n", here.len()));
            }
            let mut table = Table::new(
                "",
                &["quote", "citation", "labels", "stance", "note", "coder"],
            );
            let row = |e: &Excerpt| {
                vec![
                    Cell::text(shortened(&e.quote)),
                    Cell::text(e.citation.clone()),
                    Cell::text(e.labels.join("; ")),
                    Cell::text(e.stance.unwrap_or_default()),
                    Cell::text(shortened(&e.note)),
                    Cell::text(e.coder.clone()),
                ]
            };
            table.rows = here.iter().map(row).collect();
            out.push_str(&table.text());
            out.push('\n');
        }
        let readings: HashSet<u32> = list.items.iter().map(|place| place.source).collect();
        out.push_str(&match list.highlights {
            0 => "No highlight passes.".to_owned(),
            n => format!(
                "{} from {}.",
                counted(n, "highlight"),
                counted(readings.len(), "reading")
            ),
        });
        out
    }
}

/// What is looked up once and used for many excerpts.
struct Writer<'a> {
    project: &'a Project,
    corpus: &'a Corpus,
    names: Names,
}

impl<'a> Writer<'a> {
    fn new(project: &'a Project, corpus: &'a Corpus) -> Self {
        Self {
            names: Names::of(project),
            project,
            corpus,
        }
    }

    fn excerpts(&self, list: &List) -> Vec<Excerpt> {
        let groups = list.groups.iter().flat_map(|group| {
            let items = list.items.get(group.start..group.end).unwrap_or_default();
            let name = self.name(&group.key);
            items.iter().map(move |place| (name.clone(), place))
        });
        let found = groups.filter_map(|(name, place)| {
            let (source, coding) = self.corpus.coding(*place)?;
            Some(self.excerpt(name, source, coding))
        });
        found.collect()
    }

    fn name(&self, key: &GroupKey) -> Option<String> {
        Some(match key {
            GroupKey::All => return None,
            GroupKey::Label(id) => self.project.label_name(id).to_owned(),
            GroupKey::Reading(id) => {
                let source = self.corpus.source(id)?;
                self.names.short(&source.reading)
            }
            GroupKey::Stance(stance) => stance.map_or("no stance", Stance::word).to_owned(),
            GroupKey::Coder(coder) => coder.to_string(),
        })
    }

    fn excerpt(&self, group: Option<String>, source: &Source, coding: &Coding) -> Excerpt {
        let (reading, h) = (&source.reading, &coding.highlight);
        let place = Place::of(reading, h.span);
        let labels = h.labels.iter().map(|l| self.project.label_name(l));
        Excerpt {
            group,
            quote: reading.text.slice(h.span).to_owned(),
            citation: self.names.passage(reading, &place),
            labels: labels.map(str::to_owned).collect(),
            stance: h.stance.map(Stance::word),
            note: h.note.clone(),
            coder: h.coder.to_string(),
            reading: reading.id.to_string(),
            title: reading.meta.title.clone(),
            place: place.to_string(),
            start: h.span.start,
            end: h.span.end,
            id: h.id.to_string(),
            created: h.created.to_string(),
            changed: h.changed.to_string(),
        }
    }
}
