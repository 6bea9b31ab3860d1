//! `glossator cooccur`: which labels stand together.

use std::str::FromStr;

use clap::Args;

use super::{
    failure::Failure,
    matrix::Order,
    project::Folder,
    scope::Where,
    shown::{Desk, Fold, Shown, told_left_out},
};
use crate::{
    analysis::{
        cooccur::{Nearness, Spec, cooccurrence},
        order::by_similarity,
    },
    export::finding::{What, arranged_labels, used_labels},
};

/// Count which labels stand together
#[derive(Args, Debug)]
#[command(after_help = "\
A cell counts the pairs of a highlight with the one label and a highlight with the other that are near each other; a highlight with both \
labels is one pair. With --jaccard it says how many of the highlights with either label stand together with the other, from 0 to 1. \
Labels without a highlight are left out of tables for people and of pictures, unless --empty.

Examples:
  # labels whose passages overlap
  glossator cooccur seminar
  # within a paragraph, as Jaccard's index, the labels that are alike side by side
  glossator cooccur seminar --near paragraph --jaccard --order similar -o together.svg
  # the same as bows between names
  glossator cooccur seminar --near 50 --bows -o bows.png")]
pub struct Cooccur {
    #[command(flatten)]
    folder: Folder,
    /// When two passages stand together: overlap, sentence, paragraph, or at most so many words between them
    #[arg(long, value_name = "HOW", default_value = "overlap")]
    near: Near,
    /// Jaccard's index instead of pairs
    #[arg(long)]
    jaccard: bool,
    /// Only passages of the same coder stand together
    #[arg(long)]
    same_coder: bool,
    #[command(flatten)]
    scope: Where,
    #[command(flatten)]
    fold: Fold,
    /// The order of the labels
    #[arg(long, value_enum, default_value_t)]
    order: Order,
    /// Keep labels without a highlight
    #[arg(long)]
    empty: bool,
    /// Draw names with bows between those that stand together, instead of tiles
    #[arg(long, conflicts_with = "jaccard")]
    bows: bool,
    #[command(flatten)]
    shown: Shown,
}

#[derive(Clone, Copy, Debug)]
struct Near(Nearness);

impl FromStr for Near {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(match text {
            "overlap" => Nearness::Overlap,
            "sentence" => Nearness::Sentence,
            "paragraph" => Nearness::Paragraph,
            number => Nearness::Words(number.parse().map_err(|_| {
                format!("“{text}” is not overlap, sentence, paragraph or a number of words")
            })?),
        }))
    }
}

impl Cooccur {
    pub fn run(self) -> Result<u8, Failure> {
        self.shown.check(&self.folder.project)?;
        let desk = Desk::open(&self.folder.project)?;
        let query = self.scope.query(&desk.project)?;
        let spec = Spec {
            nearness: self.near.0,
            scope: query,
            folded: self.fold.labels(&desk)?,
            same_coder: self.same_coder,
        };
        let mut found = cooccurrence(&desk.corpus, &spec)
            .map_err(|error| self.scope.failure(&spec.scope, error))?;
        let used = used_labels(&found);
        let left_out = found.labels.len() - used.len();
        if left_out > 0 && !self.empty && !self.shown.is_for_programs() {
            told_left_out(left_out);
            found = arranged_labels(&found, &used);
        }
        if self.order == Order::Similar {
            found = arranged_labels(&found, &by_similarity(&found.jaccard));
        }
        self.shown.write(&desk.finding(What::Cooccurrence {
            spec,
            found,
            jaccard: self.jaccard,
            bows: self.bows,
        }))
    }
}
