//! `glossator matrix`: labels by readings, years, coders, stances or an attribute.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::{
    failure::Failure,
    project::Folder,
    scope::Where,
    shown::{Desk, Fold, Shown, told_left_out},
};
use crate::{
    analysis::{
        matrix::{Across, Matrix, Measure, Spec, matrix},
        order::by_similarity,
    },
    export::finding::{What, arranged, used},
    model::Project,
};

/// Compare labels across readings, years, coders, stances or an attribute
#[derive(Args, Debug)]
#[command(after_help = "\
A cell counts the highlights that have the row's label and belong to the column. With --measure words it counts the words in them, each \
once however many highlights lie on it; with --measure share it says which share of the column's text these words are, from 0 to 1. \
Rows and columns without a highlight are left out of tables for people and of pictures, unless --empty.

Examples:
  # how often each label falls in each reading
  glossator matrix seminar
  # the top labels with those under them, as a figure of one column of a journal
  glossator matrix seminar --fold-all --width 85mm -o figure-1.svg
  # which share of each year's texts supports what
  glossator matrix seminar --across years --measure share --where stance:supports -o years.csv
  # by an attribute of the readings; labels that are alike side by side
  glossator matrix seminar --across @country --order similar -o countries.png")]
pub struct MatrixCommand {
    #[command(flatten)]
    folder: Folder,
    /// What the columns are: readings, years, coders, stances, or an attribute of readings such as @country
    #[arg(long, value_name = "WHAT", default_value = "readings", value_parser = across)]
    across: Across,
    /// What the cells say
    #[arg(long, value_enum, default_value_t)]
    measure: By,
    #[command(flatten)]
    scope: Where,
    #[command(flatten)]
    fold: Fold,
    /// The order of the rows, and of columns that are readings
    #[arg(long, value_enum, default_value_t)]
    order: Order,
    /// Keep rows and columns without a highlight
    #[arg(long)]
    empty: bool,
    #[command(flatten)]
    shown: Shown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Highlights
    #[default]
    Count,
    /// Words in highlights
    Words,
    /// The share of the text that lies in highlights
    Share,
}

/// An order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// As in the codebook
    #[default]
    Codebook,
    /// Those that are alike side by side
    Similar,
}

fn across(text: &str) -> Result<Across, String> {
    match text {
        "readings" => Ok(Across::Readings),
        "years" => Ok(Across::Years),
        "coders" => Ok(Across::Coders),
        "stances" => Ok(Across::Stances),
        _ => match text.strip_prefix('@').map(str::trim) {
            Some(name) if !name.is_empty() => Ok(Across::Attribute(name.to_owned())),
            _ => Err(format!(
                "“{text}” is not readings, years, coders or stances; an attribute is written @{text}"
            )),
        },
    }
}

impl MatrixCommand {
    pub fn run(self) -> Result<u8, Failure> {
        self.shown.check(&self.folder.project)?;
        let desk = Desk::open(&self.folder.project)?;
        let query = self.scope.query(&desk.project)?;
        let spec = Spec {
            across: known(&desk.project, self.across.clone())?,
            measure: match self.measure {
                By::Count => Measure::Count,
                By::Words => Measure::Words,
                By::Share => Measure::Share,
            },
            scope: query,
            folded: self.fold.labels(&desk)?,
        };
        let found =
            matrix(&desk.corpus, &spec).map_err(|error| self.scope.failure(&spec.scope, error))?;
        let found = self.arranged(found, &spec.across);
        self.shown
            .write(&desk.finding(What::Matrix { spec, found }))
    }

    /// In the order that is asked for, without what is empty.
    fn arranged(&self, found: Matrix, across: &Across) -> Matrix {
        let all = (
            (0..found.rows.len()).collect(),
            (0..found.columns.len()).collect(),
        );
        let keeps_all = self.empty || self.shown.is_for_programs();
        let (rows, columns): (Vec<usize>, Vec<usize>) = match keeps_all {
            true => all,
            false => used(&found),
        };
        let left_out = found.rows.len() - rows.len();
        told_left_out(left_out);
        let found = arranged(&found, &rows, &columns);
        if self.order == Order::Codebook {
            return found;
        }
        let rows = by_similarity(&found.cells);
        let columns = match across {
            Across::Readings => by_similarity(&turned(&found.cells, found.columns.len())),
            _ => (0..found.columns.len()).collect(),
        };
        arranged(&found, &rows, &columns)
    }
}

/// Columns as rows.
fn turned(cells: &[Vec<f64>], columns: usize) -> Vec<Vec<f64>> {
    let column = |at: usize| {
        cells
            .iter()
            .filter_map(|row| row.get(at).copied())
            .collect()
    };
    (0..columns).map(column).collect()
}

/// The columns, if the project has the attribute; letter case aside.
fn known(project: &Project, across: Across) -> Result<Across, Failure> {
    let Across::Attribute(name) = &across else {
        return Ok(across);
    };
    let shelves = project.shelves();
    let metas = shelves.iter().map(|shelf| &shelf.reading.meta);
    let names: BTreeSet<&String> = metas.flat_map(|meta| meta.attributes.keys()).collect();
    let same = |own: &&&String| own.to_lowercase() == name.to_lowercase();
    if names.contains(name) {
        return Ok(across);
    }
    if let Some(own) = names.iter().find(same) {
        return Ok(Across::Attribute((*own).clone()));
    }
    let failure = Failure::new(format!("no reading has the attribute @{name}"));
    let all: Vec<String> = names.iter().map(|name| format!("@{name}")).collect();
    Err(match all.is_empty() {
        true => {
            failure.hint("the readings have no attributes yet: `glossator attributes` sets them")
        }
        false => failure.hint(format!("the attributes are {}", all.join(", "))),
    })
}
