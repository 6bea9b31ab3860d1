//! Codings, one row each.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Field, headings};
use crate::{
    export::{
        Filter, Selected, Selection,
        cite::{Citer, Place, Style},
        order::Options,
        places::Places,
        ron::CONTEXT,
        table::{Cell, one_line},
    },
    model::{Highlight, Label, LabelId, Project, Reading},
    text::{Paragraphs, context, word_count},
};

/// A column of the table of excerpts.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands over it; no two columns have the same.
    pub heading: String,
    /// What it holds.
    pub field: Field,
    /// Which attribute it holds, when it is of [`Field::Attributes`].
    pub attribute: Option<String>,
}

/// The codings that a filter lets through, ready to be read row by row.
pub struct Codings<'a> {
    selection: Selection<'a>,
    columns: Vec<Column>,
    labels: HashMap<&'a LabelId, Facts<'a>>,
    project: &'a Project,
    cite: Style,
}

/// What rows say about a label.
struct Facts<'a> {
    label: &'a Label,
    path: String,
}

impl<'a> Codings<'a> {
    /// Carries out the filter. O(readings + highlights); rows are made when they are read. No fields at all stand for
    /// [`Field::USUAL`].
    pub fn new(project: &'a Project, filter: &Filter, options: &Options) -> Self {
        let facts = |label: &'a Label| {
            let path = path(project, label);
            (&label.id, Facts { label, path })
        };
        let fields = match options.fields.as_slice() {
            [] => &Field::USUAL,
            chosen => chosen,
        };
        Self {
            selection: filter.select(project),
            columns: columns(fields, &project.attribute_names()),
            labels: project.labels().map(facts).collect(),
            project,
            cite: options.cite,
        }
    }

    /// What passed the filter.
    pub fn selection(&self) -> &Selection<'a> {
        &self.selection
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many rows there are. O(highlights).
    pub fn count(&self) -> usize {
        let highlights = self.selection.readings.iter().flat_map(|r| &r.highlights);
        highlights
            .map(|h| self.selection.labels_of(h).count())
            .sum()
    }

    /// The rows, each as long as [`Self::columns`].
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            codings: self,
            citer: Citer::new(self.project, self.cite),
            reading: 0,
            highlight: 0,
            places: None,
            waiting: Vec::new(),
        }
    }

    fn name(&self, id: &LabelId) -> String {
        let name = self.labels.get(id).map(|facts| facts.label.name.clone());
        name.unwrap_or_else(|| id.to_string())
    }
}

/// A label with those above it: `Alliances > Entrapment`.
fn path(project: &Project, label: &Label) -> String {
    let mut names: Vec<&str> = crate::export::ancestors(project, &label.id)
        .map(|id| project.label_name(id))
        .collect();
    names.reverse();
    names.push(&label.name);
    names.join(" > ")
}

/// The columns for fields, each once, with one for each attribute.
fn columns(fields: &[Field], attributes: &BTreeSet<String>) -> Vec<Column> {
    let taken = Field::ALL.into_iter().map(|f| f.name().to_owned());
    let headings = headings(taken.collect(), attributes);
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for &field in fields.iter().filter(|field| seen.insert(**field)) {
        if field != Field::Attributes {
            all.push(Column {
                heading: field.name().to_owned(),
                field,
                attribute: None,
            });
            continue;
        }
        let each = attributes.iter().zip(&headings);
        all.extend(each.map(|(name, heading)| Column {
            heading: heading.clone(),
            field,
            attribute: Some(name.clone()),
        }));
    }
    all
}

/// Reads [`Codings`] row by row. What it costs does not grow with how many rows there are.
pub struct Rows<'s> {
    codings: &'s Codings<'s>,
    citer: Citer<'s>,
    reading: usize,
    highlight: usize,
    places: Option<Places<'s>>,
    /// The rows of the highlight at hand that are still to come, the last first.
    waiting: Vec<Vec<Cell>>,
}

impl Iterator for Rows<'_> {
    type Item = Vec<Cell>;

    fn next(&mut self) -> Option<Vec<Cell>> {
        loop {
            if let Some(row) = self.waiting.pop() {
                return Some(row);
            }
            let codings = self.codings;
            let selected = codings.selection.readings.get(self.reading)?;
            match selected.highlights.get(self.highlight) {
                Some(highlight) => {
                    self.highlight += 1;
                    self.read(selected, highlight);
                }
                None => {
                    self.reading += 1;
                    self.highlight = 0;
                    self.places = None;
                }
            }
        }
    }
}

impl<'s> Rows<'s> {
    /// Makes the rows of a highlight.
    fn read(&mut self, selected: &Selected<'s>, highlight: &Highlight) {
        let codings = self.codings;
        let reading: &'s Reading = &selected.shelf.reading;
        let mut places = self.places.take();
        let mut passage = Passage {
            codings,
            reading,
            highlight,
            quote: reading.text.slice(highlight.span),
            places: places.get_or_insert_with(|| Places::new(&reading.text)),
            citer: &mut self.citer,
        };
        let cells = codings.columns.iter().map(|column| passage.cell(column));
        let shared: Vec<Cell> = cells.collect();
        let labels: Vec<&LabelId> = codings.selection.labels_of(highlight).collect();
        for label in labels.into_iter().rev() {
            let mut row = shared.clone();
            for (cell, column) in row.iter_mut().zip(&codings.columns) {
                if let Some(said) = codings.said_of(label, column.field) {
                    *cell = said;
                }
            }
            self.waiting.push(row);
        }
        self.places = places;
    }
}

impl Codings<'_> {
    /// What a field says that is about the label of a row.
    fn said_of(&self, label: &LabelId, field: Field) -> Option<Cell> {
        let facts = self.labels.get(label);
        let said = match field {
            Field::Label => self.name(label),
            Field::LabelId => label.to_string(),
            Field::LabelPath => facts.map_or_else(|| label.to_string(), |f| f.path.clone()),
            Field::Colour => facts.map_or_else(String::new, |f| f.label.color.to_string()),
            _ => return None,
        };
        Some(Cell::Text(said))
    }
}

/// A highlight of which rows are made.
struct Passage<'p, 's> {
    codings: &'s Codings<'s>,
    reading: &'s Reading,
    highlight: &'p Highlight,
    quote: &'s str,
    places: &'p mut Places<'s>,
    citer: &'p mut Citer<'s>,
}

impl Passage<'_, '_> {
    /// What a column says, unless it is about the label.
    fn cell(&mut self, column: &Column) -> Cell {
        let (highlight, span) = (self.highlight, self.highlight.span);
        let meta = &self.reading.meta;
        match column.field {
            Field::Label | Field::LabelPath | Field::LabelId | Field::Colour => Cell::Empty,
            Field::Quote => Cell::text(self.quote),
            Field::Labels => {
                let names = highlight.labels.iter().map(|id| self.codings.name(id));
                Cell::text(names.collect::<Vec<_>>().join("; "))
            }
            Field::Stance => highlight
                .stance
                .map_or(Cell::Empty, |s| Cell::from(s.word())),
            Field::Note => Cell::text(highlight.note.as_str()),
            Field::Coder => Cell::text(highlight.coder.as_str()),
            Field::Created => Cell::Moment(highlight.created),
            Field::Changed => Cell::Moment(highlight.changed),
            Field::Title => Cell::text(meta.title.as_str()),
            Field::Authors => Cell::text(meta.authors.join("; ")),
            Field::Year => meta.year.map_or(Cell::Empty, |y| Cell::Number(y.into(), 0)),
            Field::Key => Cell::text(meta.imprint.key.as_str()),
            Field::Citation => {
                let place = self.place();
                Cell::text(self.citer.cite_alone(self.reading, &place).text())
            }
            Field::Place => Cell::text(self.place().to_string()),
            Field::Page => self.page(),
            Field::Paragraph => Cell::from(Paragraphs::of(&self.reading.text, span).first),
            Field::Sentence => Cell::from(self.places.locate(span).sentence),
            Field::StartByte => Cell::from(span.start),
            Field::EndByte => Cell::from(span.end),
            Field::StartCharacter => Cell::from(self.places.chars_before(span.start)),
            Field::EndCharacter => {
                let start = self.places.chars_before(span.start) as usize;
                Cell::from(start + self.quote.chars().count())
            }
            Field::Words => Cell::from(word_count(self.quote)),
            Field::Characters => Cell::from(self.quote.chars().count()),
            Field::Before => Cell::text(one_line(self.context().0)),
            Field::After => Cell::text(one_line(self.context().1)),
            Field::Attributes => {
                let name = column.attribute.as_ref();
                let value = name.and_then(|name| meta.attributes.get(name));
                value.map_or(Cell::Empty, Cell::from)
            }
            Field::Highlight => Cell::text(highlight.id.to_string()),
            Field::Reading => Cell::text(highlight.reading.as_str()),
        }
    }

    fn context(&self) -> (&str, &str) {
        context(self.reading.text.as_str(), self.highlight.span, CONTEXT)
    }

    fn place(&self) -> Place {
        Place::of(self.reading, self.highlight.span)
    }

    /// A single page with a plain number is a number, so that it can be sorted by.
    fn page(&self) -> Cell {
        let Some(pages) = self.reading.pages(self.highlight.span) else {
            return Cell::Empty;
        };
        let shown = pages.to_string();
        match shown.parse::<u64>() {
            Ok(number) if number.to_string() == shown => Cell::Count(number),
            _ => Cell::Text(shown),
        }
    }
}
