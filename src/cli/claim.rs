//! `glossator claim`: what one has to say about a reading and a theory, as the comparison of theories keeps it.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
    quote::shortened,
};
use crate::{
    edit::Edit,
    model::{About, ClaimPlace, CoderId, Label, Project, Reading, Stance},
    text::fold_space,
};

/// Say what a reading makes of a theory, in one's own words, or list and remove such claims
#[derive(Args, Debug)]
#[command(after_help = "\
A claim stands in a cell of the comparison of theories: a label, a reading, and a stance, or none for the reading as a whole. There \
is one claim of a coder in each cell; another text replaces it. Without a text and without --remove, the claims of all coders are \
listed; --label, --reading, --stance and --coder choose among them.

Examples:
  glossator claim seminar --label Entrapment --reading walt --stance contests \"Allies are rarely dragged: they jump.\"
  glossator claim seminar --label Entrapment
  glossator claim seminar --label Entrapment --reading walt --stance contests --remove")]
pub struct Claim {
    #[command(flatten)]
    folder: Folder,
    /// What is claimed; - reads it from standard input
    #[arg(value_name = "TEXT", requires = "label", requires = "reading")]
    text: Option<String>,
    /// The label, by its name
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// The reading, by its slug, its title, an author's surname, or a part that fits no other
    #[arg(long, value_name = "SLUG")]
    reading: Option<String>,
    /// What the reading does with the theory: supports, contests, qualifies, defines or applies
    #[arg(long, value_name = "STANCE", value_parser = super::tag::stance)]
    stance: Option<Stance>,
    /// Take the claim of that cell out
    #[arg(
        long,
        conflicts_with = "text",
        requires = "label",
        requires = "reading"
    )]
    remove: bool,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    coder: ByCoder,
}

/// A claim as it is now.
#[derive(Serialize)]
struct Told {
    label: String,
    reading: String,
    stance: Option<&'static str>,
    coder: String,
    text: String,
}

/// What became of one.
#[derive(Serialize)]
struct Done {
    #[serde(flatten)]
    claim: Told,
    /// What stood there before, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// Whether anything changed.
    changed: bool,
}

impl Claim {
    pub fn run(self) -> Result<u8, Failure> {
        match (&self.text, self.remove) {
            (None, false) => self.list(),
            _ => self.write(),
        }
    }

    fn write(&self) -> Result<u8, Failure> {
        let text = match self.text.as_deref() {
            Some("-") => {
                let read = std::io::read_to_string(std::io::stdin());
                Some(read.map_err(|e| Failure::new(format!("standard input can't be read: {e}")))?)
            }
            text => text.map(str::to_owned),
        };
        let text = text.map(|text| text.trim().to_owned());
        if text.as_deref() == Some("") {
            return Err(Failure::usage("a claim can't be empty").hint("take it out by --remove"));
        }
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let coder = workspace.coder().clone();
        let here = workspace.project();
        let (label, reading) = self.named(here)?;
        let (Some(label), Some(reading)) = (label, reading) else {
            return Err(Failure::usage("say the label and the reading"));
        };
        let place = self.place(here, &coder, label, reading);
        let notebook = here.notebooks().get(&coder);
        let about = About::Claim(place.clone());
        let before = notebook.and_then(|n| n.get(&about)).map(str::to_owned);
        if text.is_none() && before.is_none() {
            let cell = cell(label, reading, self.stance);
            return Err(Failure::new(format!("{coder} has no claim about {cell}"))
                .hint("`glossator claim <project>` lists the claims; --coder names whose it is"));
        }
        let claim = told(here, &coder, &place, text.as_deref().unwrap_or_default());
        let changed = before != text;
        if changed {
            let edit = Edit::Jot(coder, about, text);
            project::perform(&mut workspace, edit, Timestamp::now())?;
        }
        project::finish(workspace)?;
        let done = Done {
            claim,
            before,
            changed,
        };
        output::print(self.format, &done, sentence)?;
        Ok(DONE)
    }

    fn named<'a>(
        &self,
        project: &'a Project,
    ) -> Result<(Option<&'a Label>, Option<&'a Reading>), Failure> {
        let label = self.label.as_deref();
        let label = label
            .map(|name| project::label(project, name))
            .transpose()?;
        let reading = self.reading.as_deref();
        let reading = reading.map(|name| project::reading(project, name));
        Ok((label, reading.transpose()?))
    }

    /// Where the claim of a cell stands: with an older version of the reading, when that has it.
    fn place(
        &self,
        project: &Project,
        coder: &CoderId,
        label: &Label,
        reading: &Reading,
    ) -> ClaimPlace {
        let at = |id: &crate::model::ReadingId| ClaimPlace {
            label: label.id.clone(),
            reading: id.clone(),
            stance: self.stance,
        };
        let notebook = project.notebooks().get(coder);
        let has = |place: &ClaimPlace| {
            notebook.is_some_and(|n| n.get(&About::Claim(place.clone())).is_some())
        };
        let older = project.older_versions(reading).into_iter();
        let mut places =
            std::iter::once(at(&reading.id)).chain(older.map(|shelf| at(&shelf.reading.id)));
        places.find(has).unwrap_or_else(|| at(&reading.id))
    }

    fn list(&self) -> Result<u8, Failure> {
        let project = project::read(&self.folder.project)?.project;
        let (label, reading) = self.named(&project)?;
        let coder = self.coder.given()?;
        let mut claims = Vec::new();
        for (who, notebook) in project.notebooks() {
            if coder.as_ref().is_some_and(|coder| coder != who) {
                continue;
            }
            for (place, text) in notebook.claims() {
                let current = project.current(&place.reading).map(|r| &r.id);
                let fits = label.is_none_or(|l| l.id == place.label)
                    && reading.is_none_or(|r| Some(&r.id) == current)
                    && (self.stance.is_none() || self.stance == place.stance);
                if fits {
                    claims.push(told(&project, who, place, text));
                }
            }
        }
        claims.sort_by(|a, b| {
            (&a.label, &a.reading, a.stance, &a.coder)
                .cmp(&(&b.label, &b.reading, b.stance, &b.coder))
        });
        output::print(self.format, &claims, |claims| table(claims))?;
        Ok(DONE)
    }
}

/// A claim by names, its reading as it is now called.
fn told(project: &Project, coder: &CoderId, place: &ClaimPlace, text: &str) -> Told {
    let reading = project.current(&place.reading).map(|r| &r.id);
    Told {
        label: project.label_name(&place.label).to_owned(),
        reading: reading.unwrap_or(&place.reading).to_string(),
        stance: place.stance.map(Stance::word),
        coder: coder.to_string(),
        text: text.to_owned(),
    }
}

fn cell(label: &Label, reading: &Reading, stance: Option<Stance>) -> String {
    let stance = stance.map_or_else(String::new, |s| format!(", {s}"));
    format!("{} in {}{stance}", label.name, reading.id)
}

fn sentence(done: &Done) -> String {
    let claim = &done.claim;
    let stance = claim.stance.map_or_else(String::new, |s| format!(", {s}"));
    let cell = format!(
        "{} in {}{stance}, by {}",
        claim.label, claim.reading, claim.coder
    );
    match (claim.text.is_empty(), &done.before) {
        (true, _) => format!("Removed: {cell}."),
        (_, Some(before)) if done.changed => {
            format!("Claimed: {cell}. It replaces “{}”.", shortened(before))
        }
        (_, Some(_)) => format!("Claimed already: {cell}."),
        (_, None) => format!("Claimed: {cell}."),
    }
}

fn table(claims: &[Told]) -> String {
    if claims.is_empty() {
        return "There are no claims.".to_owned();
    }
    let rows: Vec<Vec<String>> = claims
        .iter()
        .map(|claim| {
            vec![
                claim.label.clone(),
                claim.reading.clone(),
                claim.stance.unwrap_or("as a whole").to_owned(),
                claim.coder.clone(),
                fold_space(&claim.text),
            ]
        })
        .collect();
    let header = ["label", "reading", "stance", "coder", "claim"];
    output::table(&header, &[false; 5], &rows)
}
