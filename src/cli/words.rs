//! `glossator words`: which words stand out in some excerpts.

use clap::{Args, ValueEnum};

use super::{
    failure::Failure,
    project::{self, Folder},
    scope::{Where, parsed},
    shown::{Desk, Shown},
};
use crate::{
    analysis::{
        keyness::{Against, Spec, keyness},
        query::Query,
    },
    export::finding::What,
};

/// Find the words and phrases that stand out in the excerpts of a label
#[derive(Args, Debug)]
#[command(after_help = "\
Words are ranked by keyness, the log-likelihood G² of their frequency here and there (Dunning 1993; Rayson and Garside 2000); it is \
negative for words that are rarer here. Above 3.84 it is unlikely to be chance at 5 %, above 10.83 at 0.1 %. The log ratio is the binary \
logarithm of how many times more frequent a word is here (Hardie 2014).

Examples:
  # what those write who write about entrapment
  glossator words seminar --label Entrapment
  # phrases of up to three words, against the other excerpts
  glossator words seminar --label Entrapment --against excerpts --phrases 3 -o words.csv
  # of any excerpts
  glossator words seminar --where 'stance:contests' -o words.svg")]
pub struct WordsCommand {
    #[command(flatten)]
    folder: Folder,
    /// The excerpts of this label and those under it
    #[arg(long, value_name = "LABEL", required_unless_present_any = ["text", "saved"])]
    label: Option<String>,
    #[command(flatten)]
    scope: Where,
    /// What they are compared with
    #[arg(long, value_enum, default_value_t)]
    against: With,
    /// Phrases of up to so many words
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=4))]
    phrases: u8,
    /// Tell the forms of a word apart
    #[arg(long)]
    no_stems: bool,
    /// Keep words such as “the”
    #[arg(long)]
    keep_stop_words: bool,
    /// Leave out words that occur less often here
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: u32,
    /// How many words at most; a picture shows 40 unless told otherwise
    #[arg(long, value_name = "N")]
    most: Option<usize>,
    #[command(flatten)]
    shown: Shown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum With {
    /// All the rest of the readings' text
    #[default]
    Texts,
    /// The other excerpts
    Excerpts,
}

/// How many words a picture shows.
const DRAWN: usize = 40;

impl WordsCommand {
    pub fn run(self) -> Result<u8, Failure> {
        self.shown.check(&self.folder.project)?;
        let desk = Desk::open(&self.folder.project)?;
        let query = self.scope.query(&desk.project)?;
        let target = match &self.label {
            None => query,
            Some(name) => {
                let name = project::label(&desk.project, name)?.name.clone();
                let name = name.replace('\\', "\\\\").replace('"', "\\\"");
                Query::all_of([parsed(&format!("label:\"{name}\""))?, query])
            }
        };
        let standard = Spec::default();
        let spec = Spec {
            target,
            against: match self.against {
                With::Texts => Against::Texts,
                With::Excerpts => Against::Excerpts,
            },
            longest: usize::from(self.phrases),
            stems: !self.no_stems,
            stop_words: !self.keep_stop_words,
            least: self.least,
            most: self.most.unwrap_or(standard.most),
        };
        let found = keyness(&desk.corpus, &spec)
            .map_err(|error| self.scope.failure(&spec.target, error))?;
        self.shown.write(&desk.finding(What::Keyness {
            spec,
            found,
            shown: self.most.unwrap_or(DRAWN),
        }))
    }
}
