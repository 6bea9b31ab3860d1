//! `glossator find`: words in all readings, in context; and all of them tagged.

use std::{ops::ControlFlow, sync::atomic::AtomicBool};

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    hits::{Format, Hits, InContext, InReading},
    output,
    project::{self, Folder},
};
use crate::{
    analysis::{
        Corpus,
        find::{Extent, Finder, Kind, Pattern, PatternError},
    },
    edit::{Edit, compose},
    export::cite::Names,
    gather::gather,
    model::{Project, ReadingId},
    store::new_highlight_id,
    text::{Span, counted},
};

/// Find words in all readings and show them in context, or tag them
#[derive(Args, Debug)]
#[command(after_help = "\
The letters are found as they stand, also within words; any white space fits any other, also a line end, straight quotation marks \
and hyphens fit curly ones and dashes. A * at the end of a word stands for any ending, and the hit is the whole word; \\* is the sign \
itself. Letter case and accents don't matter, unless --case and --accents say so. --regex takes an expression in the syntax of the \
Rust crate regex; it fits within paragraphs only.

--tag puts a label on every hit as one edit, which one `undo` takes back; your own highlight of just the same passage gets the label \
too.

Examples:
  glossator find seminar \"entrap*\"
  glossator find seminar ally --words --reading walt --format csv
  glossator find seminar --regex \"balanc(e|ing) (of|against) \\w+\" --count
  glossator find seminar \"entrap*\" --tag Entrapment --as sentence")]
pub struct Find {
    #[command(flatten)]
    folder: Folder,
    /// What to look for
    #[arg(value_name = "PATTERN", allow_hyphen_values = true)]
    pattern: String,
    /// Whole words only
    #[arg(long, conflicts_with = "regex")]
    words: bool,
    /// The pattern is a regular expression
    #[arg(long)]
    regex: bool,
    /// Capital and small letters tell apart
    #[arg(long)]
    case: bool,
    /// Accents tell apart
    #[arg(long)]
    accents: bool,
    /// Only in this reading, by its slug, its title, or a part that fits no other; may be given several times
    #[arg(long = "reading", value_name = "SLUG")]
    readings: Vec<String>,
    /// How many characters to show on either side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: usize,
    /// Only how many there are in each reading
    #[arg(long)]
    count: bool,
    /// Tag the hits with this label, by its name
    #[arg(long, value_name = "LABEL")]
    tag: Option<String>,
    /// What to tag of a hit
    #[arg(
        long = "as",
        value_enum,
        default_value_t,
        requires = "tag",
        value_name = "PASSAGE"
    )]
    extent: Passage,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    coder: ByCoder,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Passage {
    Hit,
    #[default]
    Sentence,
    Paragraph,
}

impl From<Passage> for Extent {
    fn from(passage: Passage) -> Self {
        match passage {
            Passage::Hit => Self::Hit,
            Passage::Sentence => Self::Sentence,
            Passage::Paragraph => Self::Paragraph,
        }
    }
}

/// What became of tagging.
#[derive(Serialize)]
struct Tagged {
    hits: usize,
    /// Passages that have the label only now.
    tagged: usize,
    label: String,
    coder: String,
}

impl Find {
    pub fn run(self) -> Result<u8, Failure> {
        let finder = Finder::new(&self.wanted()).map_err(|e| wrong(&self.pattern, &e))?;
        match &self.tag {
            Some(label) => self.tag(&finder, label),
            None => self.list(&finder),
        }
    }

    fn wanted(&self) -> Pattern {
        Pattern {
            text: self.pattern.clone(),
            kind: match (self.regex, self.words) {
                (true, _) => Kind::Regex,
                (_, true) => Kind::Words,
                _ => Kind::Plain,
            },
            case: self.case,
            accents: self.accents,
        }
    }

    fn list(&self, finder: &Finder) -> Result<u8, Failure> {
        let snapshot = project::read(&self.folder.project)?;
        let project = &snapshot.project;
        let names = Names::of(project);
        let mut readings = Vec::new();
        let mut n = 0;
        for (id, spans) in self.found(project, finder)? {
            let Some(reading) = project.reading(&id).filter(|_| !spans.is_empty()) else {
                continue;
            };
            let mut hits = Vec::new();
            for span in spans.iter().filter(|_| !self.count) {
                n += 1;
                hits.push(InContext::new(n, reading, *span, self.context));
            }
            readings.push(InReading {
                reading: id.to_string(),
                title: reading.meta.title.clone(),
                citation: names.short(reading),
                count: spans.len(),
                hits,
            });
        }
        let hits = Hits {
            pattern: self.pattern.clone(),
            count: readings.iter().map(|r| r.count).sum(),
            readings,
        };
        hits.print(self.format, self.count, "hit")?;
        Ok(DONE)
    }

    /// The hits, reading by reading.
    fn found(
        &self,
        project: &Project,
        finder: &Finder,
    ) -> Result<Vec<(ReadingId, Vec<Span>)>, Failure> {
        let corpus = Corpus::new(project);
        let mut places = Vec::new();
        for name in &self.readings {
            places.extend(corpus.position(&project::reading(project, name)?.id));
        }
        places.sort_unstable();
        places.dedup();
        if self.readings.is_empty() {
            places = (0..corpus.sources().len()).collect();
        }
        let mut all: Vec<(ReadingId, Vec<Span>)> = Vec::new();
        gather(&corpus, finder, places, &AtomicBool::new(false), |found| {
            let id = &corpus.sources()[found.source].reading.id;
            match all.last_mut() {
                Some((last, hits)) if last == id => hits.extend(found.hits),
                _ => all.push((id.clone(), found.hits)),
            }
            ControlFlow::Continue(())
        });
        Ok(all)
    }

    fn tag(&self, finder: &Finder, label: &str) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let now = Timestamp::now();
        let coder = workspace.coder().clone();
        let project = workspace.project();
        let label = project::label(project, label)?.clone();
        let found = self.found(project, finder)?;
        let hits = found.iter().map(|(_, spans)| spans.len()).sum();
        let extent = Extent::from(self.extent);
        let passages = found.into_iter().flat_map(|(id, spans)| {
            let text = project.reading(&id).map(|reading| &reading.text);
            let spans = spans.into_iter();
            let spans = spans.filter_map(move |hit| Some(extent.of(text?, hit)));
            spans
                .map(move |span| (id.clone(), span))
                .collect::<Vec<_>>()
        });
        let edit = compose::tag_all(project, passages, &label.id, &coder, now, new_highlight_id);
        let tagged = match &edit {
            Some(Edit::Batch(edits)) => edits.len(),
            Some(_) => 1,
            None => 0,
        };
        if let Some(edit) = edit {
            project::perform(&mut workspace, edit, now)?;
        }
        project::finish(workspace)?;
        let tagged = Tagged {
            hits,
            tagged,
            label: label.name,
            coder: coder.to_string(),
        };
        tagged.print(self.format)?;
        Ok(DONE)
    }
}

impl Tagged {
    fn print(&self, format: Format) -> Result<(), Failure> {
        output::print(format.of_record(), self, |t| match (t.hits, t.tagged) {
            (0, _) => "Nothing was found, and nothing was tagged.".to_owned(),
            (_, 0) => format!("Everything found has {} already.", t.label),
            (hits, tagged) => format!(
                "Tagged {} with {}, by {}: {} found.",
                counted(tagged, "passage"),
                t.label,
                t.coder,
                counted(hits, "hit")
            ),
        })
    }
}

/// Says what is wrong with a pattern, and where.
fn wrong(pattern: &str, error: &PatternError) -> Failure {
    let before = pattern.get(..error.at.0).unwrap_or_default();
    let at = before.chars().count() + 1;
    let failure = |what: &str| match error.at.0 {
        0 => Failure::usage(format!("“{pattern}”: {what}")),
        _ => Failure::usage(format!("“{pattern}”, character {at}: {what}")),
    };
    let message = error.message.trim_end_matches('.');
    match message.split_once(". ") {
        Some((what, hint)) => failure(what).hint(hint),
        None => failure(message),
    }
}
