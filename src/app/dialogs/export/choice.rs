//! Everything that decides what comes out of an export.

use std::sync::Arc;

use super::scope::Scope;
use crate::{
    analysis::{Corpus, query::Query},
    app::{
        Session, View,
        exporting::ExportSettings,
        settings::{CitationChoice, Settings},
        words,
    },
    export::{
        Filter,
        order::{self, File, Format, Kind, Order, What},
    },
    model::{CoderId, LabelId, PacketId, Project, ReadingId},
};

/// What is exported, of which highlights, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub kind: Kind,
    pub packet: Option<PacketId>,
    /// Which of the scopes that are offered.
    pub scope: usize,
    /// The readings; none for all, but when they are annotated.
    pub readings: Vec<ReadingId>,
    pub labels: Vec<LabelId>,
    pub coders: Vec<CoderId>,
    /// A query, as it was typed.
    pub query: String,
    pub settings: ExportSettings,
    pub citation: CitationChoice,
}

impl Choice {
    /// What the view that shows offers first.
    pub fn of(session: &Session, settings: &Settings) -> Self {
        let reads = session.view == View::Read && session.reading.is_some();
        Self {
            kind: match reads {
                true => Kind::Annotated,
                false => Kind::Excerpts,
            },
            packet: session.project().packets().keys().next().cloned(),
            scope: 0,
            readings: Vec::new(),
            labels: Vec::new(),
            coders: Vec::new(),
            query: String::new(),
            settings: settings.export.clone(),
            citation: settings.citation,
        }
    }

    pub fn format(&self) -> Format {
        self.settings.format(self.kind)
    }

    /// The readings that are annotated: those that are ticked, else the one that is open.
    pub fn annotated(&self, open: Option<&ReadingId>) -> Vec<ReadingId> {
        match self.readings.as_slice() {
            [] => open.into_iter().cloned().collect(),
            ticked => ticked.to_vec(),
        }
    }

    /// Whether what comes out depends on which highlights are taken.
    pub fn filters(&self) -> bool {
        !matches!(self.kind, Kind::Packet)
    }

    /// What is wrong with the query that was typed.
    pub fn mistake(&self) -> Option<String> {
        let error = Query::parse(&self.query).err()?;
        let hint = error
            .hint
            .map(|hint| format!(" {hint}"))
            .unwrap_or_default();
        Some(format!("{}{hint}", error.message))
    }
}

/// A choice and what it is made from; what threads get.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub choice: Choice,
    pub scopes: Arc<Vec<Scope>>,
    pub open: Option<ReadingId>,
    pub project: Arc<Project>,
}

impl Chosen {
    /// The files that come out. O(highlights) when there is a query.
    ///
    /// # Errors
    /// In sentences, why nothing can come out.
    pub fn files(&self) -> Result<Vec<File>, String> {
        let choice = &self.choice;
        let what = match choice.kind {
            Kind::Excerpts | Kind::Annotated => What::Excerpts,
            Kind::Codebook => What::Codebook,
            Kind::Packet => {
                let none = || "The project has no packets yet.".to_owned();
                What::Packet(choice.packet.clone().ok_or_else(none)?)
            }
        };
        let order = Order {
            what,
            format: choice.format(),
            filter: self.filter()?,
            options: choice.settings.options(choice.citation.style()),
        };
        if choice.kind == Kind::Annotated {
            let files = order::annotated(&self.project, &order);
            return match files.is_empty() {
                true => Err("The project has no readings yet.".to_owned()),
                false => Ok(files),
            };
        }
        let name = order::usual_name(&self.project, &order.what, order.format);
        Ok(vec![File { name, order }])
    }

    fn filter(&self) -> Result<Filter, String> {
        let choice = &self.choice;
        let mut filter = Filter {
            readings: match choice.kind {
                Kind::Annotated => choice.annotated(self.open.as_ref()),
                _ => choice.readings.clone(),
            },
            labels: choice.labels.clone(),
            coders: choice.coders.clone(),
            chosen: None,
        };
        if !choice.filters() {
            return Ok(filter);
        }
        let query = Query::parse(&choice.query).map_err(|e| e.message)?;
        let asks = !query.is_all() || choice.kind == Kind::Excerpts;
        if asks {
            let corpus = Corpus::new(&self.project);
            let narrowed = filter.narrow(&query, &corpus).and_then(|()| {
                let scope = self.scopes.get(choice.scope);
                let scope = scope.filter(|_| choice.kind == Kind::Excerpts);
                scope.map_or(Ok(()), |scope| scope.narrow(&mut filter, &corpus))
            });
            narrowed.map_err(|e| e.message)?;
        }
        Ok(filter)
    }

    /// The name that is offered for the file or folder, without an ending.
    pub fn name(&self) -> String {
        let (choice, project) = (&self.choice, &self.project);
        let format = choice.format();
        let named = |what: &What| order::usual_name(project, what, format);
        match choice.kind {
            Kind::Excerpts => named(&What::Excerpts),
            Kind::Codebook => named(&What::Codebook),
            Kind::Packet => {
                let packet = choice.packet.clone();
                packet.map_or_else(String::new, |id| named(&What::Packet(id)))
            }
            Kind::Annotated => match choice.annotated(self.open.as_ref()).as_slice() {
                [one] => named(&What::Annotated(one.clone())),
                _ => format!("{} annotated", project.name()),
            },
        }
    }

    /// Whether a folder of files comes out.
    pub fn is_folder(&self) -> bool {
        self.choice.kind == Kind::Annotated
            && match self.choice.annotated(self.open.as_ref()).len() {
                0 => self.project.shelves().len() > 1,
                ticked => ticked > 1,
            }
    }
}

/// What comes out, in a line: how much of what.
pub fn summary(project: &Project, files: &[File]) -> String {
    let Some(first) = files.first() else {
        return String::new();
    };
    let order = &first.order;
    let count = |order: &Order| order.filter.select(project).len();
    match &order.what {
        What::Excerpts => {
            let selection = order.filter.select(project);
            let readings = selection.readings.iter();
            let readings = readings.filter(|r| !r.highlights.is_empty()).count();
            format!(
                "{} from {}",
                words::counted(selection.len(), "excerpt"),
                words::counted(readings, "reading")
            )
        }
        What::Annotated(_) => format!(
            "{}, {}",
            words::counted(files.len(), "reading"),
            words::counted(count(order), "highlight")
        ),
        What::Codebook => {
            let labels = order.filter.select(project).codebook(project).len();
            words::counted(labels, "label")
        }
        What::Packet(id) => {
            let sections = project.packets().get(id).map_or(0, |p| p.sections.len());
            words::counted(sections, "section")
        }
    }
}
