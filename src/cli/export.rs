//! `glossator export`: what was coded, as RON or Markdown.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::{
    DONE,
    failure::Failure,
    output,
    project::{self, Folder},
    scope::Where,
};
use crate::{
    analysis::{Corpus, query::Place},
    export::{
        Chosen, Filter,
        cite::Style,
        markdown,
        markdown::{ExcerptOptions, Group},
        ron::{self, RonOptions},
    },
    model::{Project, ReadingId},
    store::is_own_file,
};

/// Export excerpts, annotated readings or the whole project
#[derive(Args, Debug)]
#[command(after_help = "\
The filters --label, --reading and --coder may each be given several times; a highlight must pass every kind that is given, and \
--where or --query as well. A \
file is written whole or not at all.

Examples:
  # everything, to be imported again or read by programs
  glossator export seminar --format ron -o seminar.ron
  # the excerpts of a label and those under it
  glossator export seminar --format markdown --label \"Balance of threat\"
  # one coder's excerpts, reading by reading
  glossator export seminar --format markdown --group reading --coder MK
  # what a query lets through: `glossator query --help` explains the language
  glossator export seminar --format markdown --where 'label:Entrapment near(paragraph) label:Multipolarity not coder:AL'
  # for a paper with footnotes: pandoc makes a Word file of it
  glossator export seminar --format markdown --cite note -o excerpts.md
  # one annotated reading; all of them, a file each
  glossator export seminar --format markdown --what annotated --reading walt
  glossator export seminar --format markdown --what annotated -o annotated/")]
pub struct Export {
    #[command(flatten)]
    folder: Folder,
    /// The format
    #[arg(long, value_enum)]
    format: As,
    /// What to write as Markdown; RON always holds everything that passes the filters
    #[arg(long, value_enum, default_value_t)]
    what: What,
    /// What excerpts are put under
    #[arg(long, value_enum, default_value_t)]
    group: By,
    /// Write the labels' definitions with the excerpts
    #[arg(long)]
    definitions: bool,
    /// How Markdown cites the readings, and lists them at the end
    #[arg(long, value_enum, default_value_t)]
    cite: Cite,
    /// Leave the texts of the readings out of RON
    #[arg(long)]
    no_text: bool,
    /// Only highlights with this label or one under it
    #[arg(long = "label", value_name = "NAME")]
    labels: Vec<String>,
    /// Only this reading, by its slug, its title, an author's surname, or a part that fits no other
    #[arg(long = "reading", value_name = "SLUG")]
    readings: Vec<String>,
    /// Only this coder's highlights
    #[arg(long = "coder", value_name = "NAME")]
    coders: Vec<String>,
    #[command(flatten)]
    scope: Where,
    /// The file to write, or a folder for several annotated readings [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// A style of citations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Cite {
    /// (Walt 1987, 21, ¶12)
    #[default]
    AuthorYear,
    /// Footnotes, and a bibliography
    Note,
    /// [3, p. 21, ¶12], and a numbered list
    Numeric,
}

impl From<Cite> for Style {
    fn from(cite: Cite) -> Self {
        match cite {
            Cite::AuthorYear => Self::AuthorYear,
            Cite::Note => Self::Note,
            Cite::Numeric => Self::Numeric,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum As {
    /// RON of a documented, versioned schema; `glossator import` takes it back
    Ron,
    /// CommonMark for documents and note-taking programs
    Markdown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum What {
    /// The passages that were tagged, as block quotes with citation and place
    #[default]
    Excerpts,
    /// Whole readings with the passages marked, labels and notes as footnotes
    Annotated,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Their labels, in codebook order
    #[default]
    Label,
    /// Their readings
    Reading,
}

impl Export {
    pub fn run(self) -> Result<u8, Failure> {
        self.refuse_own_files()?;
        let snapshot = project::read(&self.folder.project)?;
        let project = &snapshot.project;
        let filter = self.filter(project)?;
        let text = match (self.format, self.what) {
            (As::Ron, _) => {
                let options = RonOptions {
                    text: !self.no_text,
                };
                ron::write(project, &filter, &options, Timestamp::now())
            }
            (As::Markdown, What::Excerpts) => {
                markdown::excerpts(project, &filter, &self.excerpts())
            }
            (As::Markdown, What::Annotated) => return self.annotated(project, &filter),
        };
        self.write(&text)
    }

    /// An export never takes the place of a file that the project consists of.
    fn refuse_own_files(&self) -> Result<(), Failure> {
        match self.output.as_deref() {
            Some(path) if is_own_file(&self.folder.project, path) => Err(Failure::new(format!(
                "{} is part of the project itself: an export there would destroy it",
                path.display()
            ))
            .hint("choose another place, such as a file outside the project's folder")),
            _ => Ok(()),
        }
    }

    fn excerpts(&self) -> ExcerptOptions {
        ExcerptOptions {
            group: match self.group {
                By::Label => Group::Label,
                By::Reading => Group::Reading,
            },
            definitions: self.definitions,
            cite: self.cite.into(),
        }
    }

    fn filter(&self, project: &Project) -> Result<Filter, Failure> {
        let labels = self
            .labels
            .iter()
            .map(|n| project::label(project, n).map(|l| l.id.clone()));
        let readings = self
            .readings
            .iter()
            .map(|n| project::reading(project, n).map(|r| r.id.clone()));
        let coders = self.coders.iter().map(|n| project::known_coder(project, n));
        let filter = Filter {
            labels: labels.collect::<Result<_, _>>()?,
            readings: readings.collect::<Result<_, _>>()?,
            coders: coders.collect::<Result<_, _>>()?,
            chosen: None,
        };
        self.narrowed(filter, project)
    }

    /// A filter with what the query lets through; under the labels that the query asks for, if all that passes has one of them.
    fn narrowed(&self, mut filter: Filter, project: &Project) -> Result<Filter, Failure> {
        let query = self.scope.query(project)?;
        if query.is_all() {
            return Ok(filter);
        }
        let corpus = Corpus::new(project);
        let failure = |error| self.scope.failure(&query, error);
        let asked = query.labels(&corpus).map_err(failure)?;
        let found = query.select(&corpus).map_err(failure)?;
        let has_one = |place: &Place| {
            let labels = corpus.coding(*place).map(|(_, coding)| &coding.labels);
            labels.is_some_and(|labels| labels.iter().any(|l| asked.contains(l)))
        };
        if filter.labels.is_empty() && found.iter().all(has_one) {
            let ids = asked.iter().filter_map(|l| corpus.codebook().get(*l));
            filter.labels = ids.map(|label| label.id.clone()).collect();
        }
        filter.chosen = Some(Chosen::by(&query, &corpus).map_err(failure)?);
        Ok(filter)
    }

    /// One reading to where the output goes, several to a file each in a folder.
    fn annotated(&self, project: &Project, filter: &Filter) -> Result<u8, Failure> {
        let annotated = |id| markdown::annotated(project, id, filter, self.cite.into());
        let ids: Vec<&ReadingId> = match filter.readings.as_slice() {
            [] => project
                .shelves()
                .into_iter()
                .map(|s| &s.reading.id)
                .collect(),
            asked => asked.iter().collect(),
        };
        let folder = self.output.as_deref().filter(|path| is_folder(path));
        match (ids.as_slice(), folder) {
            ([], _) => {
                Err(Failure::new("the project has no readings yet").hint("import some first"))
            }
            (ids, Some(folder)) => {
                std::fs::create_dir_all(folder)
                    .map_err(|e| Failure::io("make the folder", folder, &e))?;
                for id in ids {
                    let path = folder.join(format!("{id}.md"));
                    output::write_file(&path, annotated(id))?;
                }
                Ok(DONE)
            }
            ([one], None) => self.write(&annotated(one)),
            (several, None) => Err(Failure::usage(format!(
                "{} would be written, each a document of its own",
                crate::text::counted(several.len(), "annotated reading")
            ))
            .hint("choose one with --reading, or give a folder: -o annotated/")),
        }
    }

    fn write(&self, text: &str) -> Result<u8, Failure> {
        match self.output.as_deref() {
            Some(path) if path != Path::new("-") => output::write_file(path, text)?,
            _ => output::write_out(text)?,
        }
        Ok(DONE)
    }
}

/// Whether a path is a folder or says by its slash that it is to be one.
fn is_folder(path: &Path) -> bool {
    path.is_dir()
        || path
            .to_string_lossy()
            .ends_with(['/', std::path::MAIN_SEPARATOR])
}
