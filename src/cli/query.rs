//! `glossator query`: queries saved in the project.

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
    scope::{all_saved, not_saved, parsed, pointed},
};
use crate::{
    analysis::Corpus,
    edit::Edit,
    model::{About, CoderId, Project},
};

/// Save, list and remove queries, which say which highlights one wants
#[derive(Args, Debug)]
#[command(
    subcommand_required = true,
    after_help = "\
A query is conditions with `and` between them (which may be left out), `or`, `not` and parentheses:

  label:\"Balance of threat\"       the label or one under it; label=… without those under it
  label:Trust,Fear                one of several
  stance:contests  stance:none    also supports, qualifies, defines, applies
  coder:AL  reading:walt          a reading by folder, title, citation or citation key
  author:Lo  title:axis  kind:article
  year:2014  year>=2014  year:2010..2014
  @country:China  @score>3  @country:none      attributes of readings
  text:promise  text=promise  text:/promis\\w+/  in the passage; whole words; a regular expression
  note:…  has:note  has:stance    in the note; whether there is one
  created:2026-03  changed<2026-03-15          days in UTC
  words>=20                       the length of the passage
  promise  \"left alone\"           words in the passage or the note

Two conditions with a relation between them ask for highlights that meet the first and stand so to another that meets the second, in the same \
reading: overlaps, within, contains, near(sentence), near(paragraph), near(20 words). `not` binds closest, then relations, then `and`, then \
`or`.

Examples:
  glossator query seminar save \"Fear of war\" 'label:Entrapment near(paragraph) label:Multipolarity not coder:AL'
  glossator excerpts seminar --query \"Fear of war\"
  glossator excerpts seminar --where 'label:\"Alliance dilemma\" stance:contests year>=2014'
  glossator query seminar list"
)]
pub struct Queries {
    #[command(flatten)]
    folder: Folder,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Save a query in your notebook; one of the same name is replaced
    Save {
        /// Its name
        name: String,
        /// The query
        query: String,
        #[command(flatten)]
        coder: ByCoder,
    },
    /// List the saved queries of all coders
    List {
        /// How to write the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Remove one of your saved queries
    Remove {
        /// Its name
        name: String,
        #[command(flatten)]
        coder: ByCoder,
    },
}

#[derive(Debug, Serialize)]
struct Saved {
    name: String,
    query: String,
    coder: String,
}

impl Queries {
    pub fn run(self) -> Result<u8, Failure> {
        match &self.action {
            Action::Save { name, query, coder } => self.save(name, query, coder),
            Action::List { format } => self.list(*format),
            Action::Remove { name, coder } => self.remove(name, coder),
        }
    }

    fn save(&self, name: &str, text: &str, coder: &ByCoder) -> Result<u8, Failure> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Failure::usage("a saved query has a name"));
        }
        let query = parsed(text)?;
        if query.is_all() {
            return Err(Failure::usage("the query is empty")
                .hint("say what it is to let through: `glossator query --help`"));
        }
        let mut workspace = project::open(&self.folder.project, coder.id()?)?;
        let checked = query.check(&Corpus::new(workspace.project()));
        checked.map_err(|error| pointed(text, error, Failure::new))?;
        let own = workspace.coder().clone();
        let about = About::Query(name.to_owned());
        let old = workspace.project().notebooks().get(&own);
        let old = old.and_then(|n| n.get(&about)).map(str::to_owned);
        let new = query.to_string();
        if old.as_ref() != Some(&new) {
            let edit = Edit::Jot(own, about, Some(new));
            project::perform(&mut workspace, edit, Timestamp::now())?;
        }
        project::finish(workspace)?;
        let verb = if old.is_some() { "Replaced" } else { "Saved" };
        output::write_out(&format!("{verb} the query “{name}”."))?;
        Ok(DONE)
    }

    fn list(&self, format: Format) -> Result<u8, Failure> {
        let snapshot = project::read(&self.folder.project)?;
        let saved = |(name, query, coder): (&str, &str, &CoderId)| Saved {
            name: name.to_owned(),
            query: query.to_owned(),
            coder: coder.to_string(),
        };
        let all: Vec<Saved> = all_saved(&snapshot.project).map(saved).collect();
        output::print(format, &all, |all| table(all))?;
        Ok(DONE)
    }

    fn remove(&self, name: &str, coder: &ByCoder) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, coder.id()?)?;
        let own = workspace.coder().clone();
        let about = About::Query(name.trim().to_owned());
        let notebook = workspace.project().notebooks().get(&own);
        if notebook.and_then(|n| n.get(&about)).is_none() {
            return Err(not_own(workspace.project(), name.trim(), &own));
        }
        let edit = Edit::Jot(own, about, None);
        project::perform(&mut workspace, edit, Timestamp::now())?;
        project::finish(workspace)?;
        output::write_out(&format!("Removed the query “{}”.", name.trim()))?;
        Ok(DONE)
    }
}

fn not_own(project: &Project, name: &str, own: &CoderId) -> Failure {
    let theirs = all_saved(project).find(|(n, ..)| *n == name);
    match theirs {
        Some((_, _, coder)) if coder != own => {
            Failure::new(format!("the query “{name}” is in the notebook of {coder}"))
                .hint("everyone changes their own notebook only")
        }
        _ => not_saved(project, name),
    }
}

fn table(all: &[Saved]) -> String {
    if all.is_empty() {
        return "No query is saved yet.".to_owned();
    }
    let row = |q: &Saved| vec![q.name.clone(), q.coder.clone(), q.query.clone()];
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    output::table(&["name", "coder", "query"], &[], &rows)
}
