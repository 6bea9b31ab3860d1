//! How commands that compare write what they found: as a table for people, for spreadsheets and programs, or as a picture.

use std::{
    collections::BTreeSet,
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use clap::{Args, ValueEnum};

use super::{DONE, failure::Failure, output, project};
use crate::{
    analysis::Corpus,
    export::{
        cite::Names,
        finding::{Finding, What},
        picture::{Look, PictureError},
    },
    model::{LabelId, Project},
    seeds,
    store::is_own_file,
    text::counted,
};

/// How a finding is written.
#[derive(Args, Debug)]
pub struct Shown {
    /// The format [default: by the ending of the file, else table]
    #[arg(long, value_enum)]
    format: Option<As>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// The width of a picture, in mm, cm, in, pt or px; its height follows
    #[arg(long, value_name = "LENGTH", default_value = "170mm")]
    width: Length,
    /// Dots an inch of a PNG
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u16).range(36..=2400))]
    dpi: u16,
    /// Dark colours, for a dark slide
    #[arg(long)]
    dark: bool,
    /// A title over the picture
    #[arg(long, value_name = "TEXT", default_value_t)]
    title: String,
    /// No legend and no caption
    #[arg(long)]
    no_legend: bool,
    /// Write the text of an SVG as shapes, which look the same in any program
    #[arg(long)]
    outlines: bool,
    /// Begin CSV with a byte order mark, for Excel
    #[arg(long)]
    bom: bool,
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// Columns, to be read in a terminal
    Table,
    /// For spreadsheets, R and Python
    Csv,
    /// To be pasted into a sheet
    Tsv,
    /// A record with typed fields
    Json,
    /// The same as RON
    Ron,
    /// A picture in pixels
    Png,
    /// A picture in shapes and text, for papers
    Svg,
}

impl As {
    /// The format that a file's ending stands for.
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "txt" => Some(Self::Table),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "json" => Some(Self::Json),
            "ron" => Some(Self::Ron),
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }
}

/// A length with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Length {
    /// So many points.
    Points(f32),
    /// So many pixels at the resolution that is asked for.
    Pixels(f32),
}

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad =
            || format!("“{text}” is no length: write for example 85mm, 17cm, 6in, 480pt or 1200px");
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'));
        let (number, unit) = text.split_at(end.unwrap_or(text.len()));
        let number: f32 = number.parse().map_err(|_| bad())?;
        match unit.trim() {
            "mm" | "" => Ok(Self::Points(number * 72.0 / 25.4)),
            "cm" => Ok(Self::Points(number * 72.0 / 2.54)),
            "in" => Ok(Self::Points(number * 72.0)),
            "pt" => Ok(Self::Points(number)),
            "px" => Ok(Self::Pixels(number)),
            _ => Err(bad()),
        }
    }
}

impl Length {
    fn points(self, dpi: u16) -> f32 {
        match self {
            Self::Points(points) => points,
            Self::Pixels(pixels) => pixels * 72.0 / f32::from(dpi),
        }
    }
}

impl Shown {
    /// Finds fault with the options before anything is opened.
    ///
    /// # Errors
    /// When the file belongs to the project itself, a picture would go to a terminal, or the file's ending is of no format.
    pub fn check(&self, folder: &Path) -> Result<(), Failure> {
        let path = self.path();
        if let Some(path) = path.filter(|path| is_own_file(folder, path)) {
            return Err(Failure::new(format!(
                "{} is part of the project itself: a file there would destroy it",
                path.display()
            ))
            .hint("choose another place, such as a file outside the project's folder"));
        }
        if let Some(path) = path.filter(|path| self.format.is_none() && As::of(path).is_none()) {
            return Err(Failure::usage(format!(
                "the ending of {} does not say which format is meant",
                path.display()
            ))
            .hint("end it in .csv, .tsv, .json, .ron, .png, .svg or .txt, or say --format"));
        }
        if self.is_to_terminal() && self.format() == As::Png {
            return Err(
                Failure::usage("a terminal can't show a PNG").hint("name a file: -o picture.png")
            );
        }
        Ok(())
    }

    fn path(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }

    fn is_to_terminal(&self) -> bool {
        self.path().is_none() && std::io::stdout().is_terminal()
    }

    fn format(&self) -> As {
        let by_ending = self.path().and_then(As::of);
        self.format.or(by_ending).unwrap_or(As::Table)
    }

    /// Whether the whole table is asked for, by a program; people and pictures leave out what is empty.
    pub fn is_for_programs(&self) -> bool {
        matches!(self.format(), As::Csv | As::Tsv | As::Json | As::Ron)
    }

    /// Writes a finding.
    ///
    /// # Errors
    /// When it can't be drawn or not be written.
    pub fn write(&self, finding: &Finding) -> Result<u8, Failure> {
        let text = match self.format() {
            As::Table => finding.text(),
            As::Csv => finding.table().csv(self.bom),
            As::Tsv => finding.table().tsv(),
            As::Json => finding.json(),
            As::Ron => finding.ron(),
            As::Png => return self.write_png(finding),
            As::Svg => self.svg(finding)?,
        };
        match self.path() {
            Some(path) => output::write_file(path, text.as_bytes())?,
            None => output::write_out(&text)?,
        }
        Ok(DONE)
    }

    fn look(&self) -> Look {
        Look {
            width: self.width.points(self.dpi),
            dark: self.dark,
            title: self.title.clone(),
            legend: !self.no_legend,
        }
    }

    fn svg(&self, finding: &Finding) -> Result<String, Failure> {
        let fonts = seeds::fonts();
        let picture = finding.picture(&self.look(), fonts).map_err(not_drawn)?;
        match self.outlines {
            true => picture.outlined(fonts).map_err(not_drawn),
            false => Ok(picture.svg()),
        }
    }

    fn write_png(&self, finding: &Finding) -> Result<u8, Failure> {
        let fonts = seeds::fonts();
        let picture = finding.picture(&self.look(), fonts).map_err(not_drawn)?;
        let png = picture.png(fonts, f32::from(self.dpi)).map_err(not_drawn)?;
        match self.path() {
            Some(path) => output::write_file(path, &png)?,
            None => std::io::stdout().lock().write_all(&png).map_err(|error| {
                Failure::new(format!("could not write to standard output: {error}"))
            })?,
        }
        Ok(DONE)
    }
}

fn not_drawn(error: PictureError) -> Failure {
    let hint = match error {
        PictureError::TooNarrow { .. } => {
            "give it more --width, fold labels, or let fewer through with --where"
        }
        PictureError::TooLarge { .. } => "give it a smaller --width or fewer --dpi",
        PictureError::Empty(_) => "see with --format table what there is",
        PictureError::Failed(_) => "try another format, and report this as a bug",
    };
    Failure::new(error).hint(hint)
}

/// What a comparison works on.
pub struct Desk {
    /// The project.
    pub project: Project,
    /// The same as analyses see it.
    pub corpus: Arc<Corpus>,
    names: Arc<Names>,
}

impl Desk {
    /// Reads a project.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let project = project::read(folder)?.project;
        Ok(Self {
            corpus: Arc::new(Corpus::new(&project)),
            names: Arc::new(Names::of(&project)),
            project,
        })
    }

    /// The labels of these names.
    pub fn labels(&self, names: &[String]) -> Result<Vec<LabelId>, Failure> {
        let ids = names.iter().map(|name| project::label(&self.project, name));
        ids.map(|label| label.map(|l| l.id.clone())).collect()
    }

    /// What was found, with what it takes to write it.
    pub fn finding(&self, what: What) -> Finding {
        Finding {
            corpus: Arc::clone(&self.corpus),
            names: Arc::clone(&self.names),
            what,
        }
    }
}

/// Which labels are counted together with those under them.
#[derive(Args, Debug)]
pub struct Fold {
    /// Count the labels under this one with it
    #[arg(long, value_name = "LABEL")]
    fold: Vec<String>,
    /// Fold all labels into those at the top
    #[arg(long, conflicts_with = "fold")]
    fold_all: bool,
}

impl Fold {
    /// The labels that are folded.
    pub fn labels(&self, desk: &Desk) -> Result<BTreeSet<LabelId>, Failure> {
        if !self.fold_all {
            return Ok(desk.labels(&self.fold)?.into_iter().collect());
        }
        let codebook = desk.corpus.codebook();
        let numbered = (0..).zip(codebook.labels());
        let parents = numbered.filter(|(label, _)| codebook.family(*label).len() > 1);
        Ok(parents.map(|(_, label)| label.id.clone()).collect())
    }
}

/// Says how many labels a table or picture does not show.
pub fn told_left_out(labels: usize) {
    if labels > 0 {
        let labels = counted(labels, "label");
        output::note(&format!(
            "{labels} without a highlight left out; --empty keeps them"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        let points = |text: &str| text.parse::<Length>().map(|l| l.points(144).round());
        assert_eq!(points("72pt"), Ok(72.0));
        assert_eq!(points("1in"), Ok(72.0));
        assert_eq!(points("25.4mm"), Ok(72.0));
        assert_eq!(points("25.4"), Ok(72.0));
        assert_eq!(points("2.54cm"), Ok(72.0));
        assert_eq!(points("144px"), Ok(72.0));
        for bad in ["", "mm", "-5mm", "1.2.3mm", "5 miles", "inf"] {
            assert!(points(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_ending_says_the_format() {
        for (path, format) in [
            ("a.csv", Some(As::Csv)),
            ("a.b.PNG", Some(As::Png)),
            ("a", None),
            ("a.doc", None),
        ] {
            assert_eq!(As::of(Path::new(path)), format, "{path}");
        }
    }
}
