//! `glossator lost`: highlights of older versions that have no place in the present one.

use clap::Args;
use jiff::Timestamp;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
    quote,
    replace::{LostReport, lost_lines, lost_report},
};
use crate::{
    edit::{Edit, revise},
    intake,
    model::{Highlight, Project, Reading},
    text::nearest,
};

/// List highlights that were lost when a reading was replaced, place them anew, or let them go
#[derive(Args, Debug)]
#[command(after_help = "\
When a revised version takes a reading's place (`glossator import --replace`), highlights whose words it does not have stay with the \
old version. So do those that others add to the old version until their folders are merged.

Examples:
  # what is lost, with places that are like it
  glossator lost seminar
  # place one, by the words it shall stand on; or take the first candidate
  glossator lost seminar --place 0b1f3c5d7e9a2b4c --quote \"a threat, not power\"
  glossator lost seminar --place 0b1f3c5d7e9a2b4c --candidate 1
  # let one go; undo brings it back
  glossator lost seminar --drop 0b1f3c5d7e9a2b4c")]
pub struct Lost {
    #[command(flatten)]
    folder: Folder,
    /// Only those of this reading
    #[arg(long, value_name = "SLUG")]
    reading: Option<String>,
    /// Gives this highlight a place: --quote or --candidate says where
    #[arg(long, value_name = "ID", conflicts_with = "drop")]
    place: Option<String>,
    /// The passage it shall stand on, in the present version
    #[arg(
        long,
        value_name = "TEXT",
        requires = "place",
        conflicts_with = "candidate"
    )]
    quote: Option<String>,
    /// Which of the places where the quote stands, from 1
    #[arg(long, value_name = "N", requires = "quote", value_parser = clap::value_parser!(u32).range(1..))]
    nth: Option<u32>,
    /// The candidate it shall stand on, from 1
    #[arg(long, value_name = "N", requires = "place", value_parser = clap::value_parser!(u32).range(1..))]
    candidate: Option<u32>,
    /// Lets this highlight go
    #[arg(long, value_name = "ID")]
    drop: Option<String>,
    /// How to write the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    coder: ByCoder,
}

/// A lost highlight and the reading that it was lost from, as it is now.
struct Found<'a> {
    reading: &'a Reading,
    lost: intake::Lost,
}

impl Lost {
    pub fn run(self) -> Result<u8, Failure> {
        match (&self.place, &self.drop) {
            (None, None) => self.list(),
            (Some(id), _) => self.change(id, |found, project, now| {
                let span = match (&self.quote, self.candidate) {
                    (Some(quote), _) => quote::find(found.reading, quote, self.nth)?,
                    (None, Some(n)) => {
                        let all = &found.lost.candidates;
                        let candidate = all.get(n as usize - 1).ok_or_else(|| {
                            let n = crate::text::counted(all.len(), "candidate");
                            Failure::new(format!("there are {n} for it")).hint("say --quote")
                        })?;
                        candidate.span
                    }
                    (None, None) => {
                        let failure = Failure::usage("--place does not say where");
                        return Err(failure.hint("add --quote or --candidate"));
                    }
                };
                let highlight = &found.lost.highlight;
                let id = &found.reading.id;
                Ok(revise::place(project, highlight, id, span, now))
            }),
            (None, Some(id)) => {
                self.change(id, |found, _, _| Ok(revise::let_go(&found.lost.highlight)))
            }
        }
    }

    fn list(&self) -> Result<u8, Failure> {
        let project = project::read(&self.folder.project)?.project;
        let found = self.find(&project)?;
        let reports: Vec<LostReport> = (found.iter())
            .map(|f| lost_report(&project, f.reading, &f.lost))
            .collect();
        output::print(self.format, &reports, |reports| match reports.as_slice() {
            [] => "Nothing is lost.".to_owned(),
            all => all.iter().map(lost_lines).collect(),
        })?;
        Ok(DONE)
    }

    fn find<'a>(&self, project: &'a Project) -> Result<Vec<Found<'a>>, Failure> {
        let readings = match &self.reading {
            Some(name) => vec![project::reading(project, name)?],
            None => project.shelves().iter().map(|s| &*s.reading).collect(),
        };
        let lost = readings.into_iter().flat_map(|reading| {
            let all = intake::lost(project, reading).into_iter();
            all.map(move |lost| Found { reading, lost })
        });
        Ok(lost.collect())
    }

    /// Performs an edit on the lost highlight `id`, and says what it was.
    fn change(
        &self,
        id: &str,
        edit: impl FnOnce(&Found<'_>, &Project, Timestamp) -> Result<Edit, Failure>,
    ) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let now = Timestamp::now();
        let project = workspace.project();
        let all = self.find(project)?;
        let name = |h: &Highlight| h.id.to_string();
        let found = all.iter().find(|f| name(&f.lost.highlight) == id);
        let found = found.ok_or_else(|| {
            let failure = Failure::new(format!("there is no lost highlight {id}"));
            let names: Vec<String> = all.iter().map(|f| name(&f.lost.highlight)).collect();
            failure.hint(match nearest(id, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near}?"),
                None => "`glossator lost` lists them".to_owned(),
            })
        })?;
        let edit = edit(found, project, now)?;
        let highlight = &found.lost.highlight;
        let passage = project.passage(highlight).unwrap_or_default();
        let passage = quote::shortened(passage);
        let said = match &edit {
            Edit::RemoveHighlight(..) => format!("Let go of “{passage}”."),
            _ => format!("Placed “{passage}” in {}.", found.reading.id),
        };
        let what = match &edit {
            Edit::RemoveHighlight(..) => format!("Let go of the lost highlight “{passage}”"),
            _ => format!("Place the lost highlight “{passage}”"),
        };
        workspace
            .perform_as(what, edit, now)
            .map_err(Failure::new)?;
        project::finish(workspace)?;
        output::write_out(&said)?;
        Ok(DONE)
    }
}
