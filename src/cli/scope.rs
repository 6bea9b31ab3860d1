//! Which highlights a command is about: a query on the command line, or a saved one.

use clap::Args;

use super::{coder::usual_coder, failure::Failure};
use crate::{
    analysis::query::{Query, QueryError},
    export::table::wide,
    model::{CoderId, Project},
    text::nearest,
};

/// Which highlights count.
#[derive(Args, Debug, Default)]
pub struct Where {
    /// Only highlights that this query lets through: see `glossator query --help`
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "saved")]
    text: Option<String>,
    /// Only highlights that this saved query lets through
    #[arg(long = "query", value_name = "NAME", id = "saved")]
    saved: Option<String>,
}

impl Where {
    /// The query; the one that lets everything through when none was given.
    ///
    /// # Errors
    /// When it can't be understood, or there is no saved query of that name.
    pub fn query(&self, project: &Project) -> Result<Query, Failure> {
        let text = match (&self.text, &self.saved) {
            (Some(text), _) => text.as_str(),
            (None, Some(name)) => saved(project, name)?,
            (None, None) => return Ok(Query::default()),
        };
        parsed(text)
    }

    /// What is wrong with names in the query.
    pub fn failure(&self, query: &Query, error: QueryError) -> Failure {
        pointed(&query.to_string(), error, Failure::new)
    }
}

/// Reads a query.
pub fn parsed(text: &str) -> Result<Query, Failure> {
    Query::parse(text).map_err(|error| pointed(text, error, Failure::usage))
}

/// What is wrong with a query, with the query and a line that points at where.
pub fn pointed(text: &str, error: QueryError, failure: impl Fn(String) -> Failure) -> Failure {
    let line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let (start, end) = error.at;
    let before = line(text.get(..start).unwrap_or_default());
    let at = line(text.get(start..end).unwrap_or_default());
    let message = in_a_line(&error.message);
    let failure = failure(format!(
        "{message}\n  {}\n  {}{}",
        line(text),
        " ".repeat(wide(&before)),
        "^".repeat(wide(&at).max(1))
    ));
    match error.hint {
        Some(hint) => failure.hint(in_a_line(&hint)),
        None => failure,
    }
}

/// A sentence as it follows a colon.
fn in_a_line(sentence: &str) -> String {
    let mut chars = sentence.strip_suffix('.').unwrap_or(sentence).chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}

/// All saved queries: name, query and whose.
pub fn all_saved(project: &Project) -> impl Iterator<Item = (&str, &str, &CoderId)> {
    let notebooks = project.notebooks().iter();
    notebooks.flat_map(|(coder, notebook)| {
        let queries = notebook.queries();
        queries.map(move |(name, text)| (name, text, coder))
    })
}

/// The text of a saved query: one's own of that name, else a colleague's.
fn saved<'a>(project: &'a Project, name: &str) -> Result<&'a str, Failure> {
    let own = usual_coder();
    let wanted = name.trim().to_lowercase();
    let named = all_saved(project).filter(|(name, ..)| name.to_lowercase() == wanted);
    let mut named: Vec<(&str, &CoderId)> = named.map(|(_, text, coder)| (text, coder)).collect();
    named.sort_by_key(|(_, coder)| **coder != own);
    named.dedup_by_key(|(text, _)| *text);
    match named.as_slice() {
        [] => Err(not_saved(project, name)),
        [(text, coder), rest @ ..] if rest.is_empty() || **coder == own => Ok(text),
        several => {
            let whose: Vec<&str> = several.iter().map(|(_, coder)| coder.as_str()).collect();
            let whose = whose.join(" and ");
            Err(Failure::new(format!("{whose} each have a query “{name}”"))
                .hint("see them with `glossator query <PROJECT> list`, and give one with --where"))
        }
    }
}

/// There is no saved query of a name.
pub fn not_saved(project: &Project, name: &str) -> Failure {
    let failure = Failure::new(format!("there is no saved query “{name}”"));
    let names: Vec<&str> = all_saved(project).map(|(name, ..)| name).collect();
    match (nearest(name, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => failure.hint(format!("did you mean “{near}”?")),
        (None, []) => failure.hint("save one: glossator query <PROJECT> save <NAME> <QUERY>"),
        (None, names) => failure.hint(format!("there are {}", names.join(", "))),
    }
}
