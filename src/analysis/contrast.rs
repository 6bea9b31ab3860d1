//! Theory against theory: what each reading does with a theory, or with two that contrast.

use std::collections::HashMap;

use super::{
    Coding, Corpus, Source,
    query::{Place, Query, QueryError},
    rows::Scope,
};
use crate::model::{ClaimPlace, CoderId, LabelId, ReadingId, Stance};

/// What is set side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// The theories: one, or two that contrast. Each stands for the labels under it too.
    pub theories: Vec<LabelId>,
    /// Only highlights that this lets through.
    pub scope: Query,
    /// Readings that have nothing on the theories are rows too.
    pub empty_rows: bool,
}

/// A quote of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The highlight.
    pub place: Place,
    /// What speaks for showing it first, higher is better: see [`contrast`].
    pub merit: f64,
}

/// A claim in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose it is.
    pub coder: CoderId,
    /// Where it stands in the notebook; its reading may be an older version of the row's.
    pub place: ClaimPlace,
    /// What it says.
    pub text: String,
}

/// What one reading does with one theory under one stance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The quotes, the best first.
    pub quotes: Vec<Quote>,
    /// The claims, by coder.
    pub claims: Vec<Claim>,
}

/// One reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The reading.
    pub reading: ReadingId,
    /// For each theory of the spec, a cell for each of [`STANCES`].
    pub cells: Vec<Vec<Cell>>,
    /// For each theory, the claims about the reading as a whole.
    pub claims: Vec<Vec<Claim>>,
}

/// The columns: every stance, and highlights whose stance was not said.
pub const STANCES: [Option<Stance>; 6] = [
    Some(Stance::Supports),
    Some(Stance::Contests),
    Some(Stance::Qualifies),
    Some(Stance::Defines),
    Some(Stance::Applies),
    None,
];

/// A table of readings × stances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contrast {
    /// The rows, in the order of readings.
    pub rows: Vec<Row>,
}

/// How long a quote may be that is shown whole, in characters.
const QUOTABLE: std::ops::RangeInclusive<usize> = 60..=400;

/// Sets readings side by side under a theory or two. O(highlights), and the sentences of readings that say something.
///
/// A highlight with a theory's label, or one under it, stands in the cell of its reading and its stance; in the cells of both
/// theories when it has both.
///
/// The best quotes come first: those with a note before those without, then those that one can quote whole (one or two
/// sentences, 60 to 400 characters) before fragments and long stretches, then in text order. So [`Quote::merit`] is 2 for a note
/// and 1 for a length to quote, added up.
///
/// Claims are those about a theory itself, in every coder's notebook; not those about labels under it. A claim about an older
/// version of a reading stands in the row of the reading that replaced it, behind its coder's claim about the new one. Claims
/// about readings or labels that are gone don't show.
///
/// # Errors
/// As [`Query::select`].
pub fn contrast(corpus: &Corpus, spec: &Spec) -> Result<Contrast, QueryError> {
    let scope = Scope::new(corpus, &spec.scope)?;
    let number = |id: &LabelId| Some(corpus.codebook().family(corpus.codebook().number(id)?));
    let families: Vec<_> = spec.theories.iter().map(number).collect();
    let mut claims = claims(corpus, spec);
    let mut rows = Vec::new();
    for (at, source) in corpus.sources().iter().enumerate() {
        let mut row = Row {
            reading: source.reading.id.clone(),
            cells: vec![vec![Cell::default(); STANCES.len()]; families.len()],
            claims: vec![Vec::new(); families.len()],
        };
        for (coding, it) in scope.of(corpus, at) {
            for (theory, family) in families.iter().enumerate() {
                let has = |label| family.as_ref().is_some_and(|f| f.contains(label));
                if it.labels.iter().any(has) {
                    let stance = column(it.highlight.stance);
                    row.cells[theory][stance].quotes.push(Quote {
                        place: Place {
                            source: at as u32,
                            coding: coding as u32,
                        },
                        merit: merit(source, it),
                    });
                }
            }
        }
        for cell in row.cells.iter_mut().flatten() {
            // Stable: text order stays.
            cell.quotes.sort_by(|a, b| b.merit.total_cmp(&a.merit));
        }
        for (theory, claim) in claims.remove(&at).unwrap_or_default() {
            match claim.place.stance {
                Some(stance) => row.cells[theory][column(Some(stance))].claims.push(claim),
                None => row.claims[theory].push(claim),
            }
        }
        if spec.empty_rows || !row.is_empty() {
            rows.push(row);
        }
    }
    Ok(Contrast { rows })
}

impl Row {
    /// Whether the reading has neither a quote nor a claim about the theory of that place.
    pub fn says_nothing(&self, theory: usize) -> bool {
        let cells = self.cells.get(theory).into_iter().flatten();
        let mut cells = cells.map(|cell| cell.quotes.is_empty() && cell.claims.is_empty());
        cells.all(|empty| empty) && self.claims.get(theory).is_none_or(Vec::is_empty)
    }

    /// Whether the reading has neither a quote nor a claim.
    pub fn is_empty(&self) -> bool {
        (0..self.cells.len()).all(|theory| self.says_nothing(theory))
    }
}

/// The place of a stance among [`STANCES`].
fn column(stance: Option<Stance>) -> usize {
    let at = STANCES.iter().position(|s| *s == stance);
    at.unwrap_or(STANCES.len() - 1)
}

fn merit(source: &Source, coding: &Coding) -> f64 {
    let note = !coding.highlight.note.trim().is_empty();
    let span = coding.highlight.span;
    // A character has at most four bytes: long passages are not counted through.
    let fits = (*QUOTABLE.start()..=4 * QUOTABLE.end()).contains(&(span.len() as usize))
        && QUOTABLE.contains(&source.reading.text.slice(span).chars().count());
    let whole = fits && {
        let (first, last) = source.units().sentences_of(span);
        last - first < 2
    };
    f64::from(u8::from(note) * 2 + u8::from(whole))
}

/// The claims about the theories, by the place of their reading: each with the place of its theory, by coder, those about the
/// current version of the reading first.
fn claims(corpus: &Corpus, spec: &Spec) -> HashMap<usize, Vec<(usize, Claim)>> {
    let mut found: HashMap<usize, Vec<(usize, Claim)>> = HashMap::new();
    for (coder, notebook) in corpus.notebooks() {
        for (place, text) in notebook.claims() {
            let Some(reading) = corpus.current(&place.reading) else {
                continue;
            };
            let theories = spec.theories.iter().enumerate();
            let known = corpus.codebook().number(&place.label).is_some();
            for (theory, _) in theories.filter(|(_, id)| known && **id == place.label) {
                let claim = Claim {
                    coder: coder.clone(),
                    place: place.clone(),
                    text: text.to_owned(),
                };
                found.entry(reading).or_default().push((theory, claim));
            }
        }
    }
    for (reading, claims) in &mut found {
        let current = corpus.sources().get(*reading).map(|s| &s.reading.id);
        let is_old = |claim: &Claim| Some(&claim.place.reading) != current;
        claims.sort_by(|(_, a), (_, b)| (&a.coder, is_old(a)).cmp(&(&b.coder, is_old(b))));
    }
    found
}
