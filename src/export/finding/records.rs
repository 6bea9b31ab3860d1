//! Findings as records: the fields that programs find them by. They stay; new ones may come.

use serde::Serialize;

use super::{Finding, What, tables::stance_word};
use crate::{
    analysis::{
        along, contrast,
        contrast::STANCES,
        cooccur,
        keyness::{self, Against},
        matrix::{self, Across, ColumnKey, Measure},
        query::Place,
    },
    export::{cite, table},
};

pub(super) fn json(finding: &Finding) -> String {
    match &finding.what {
        What::Table(table) => table.json(),
        _ => finding.record(Write::Json),
    }
}

pub(super) fn ron(finding: &Finding) -> String {
    match &finding.what {
        What::Table(table) => table.ron(),
        _ => finding.record(Write::Ron),
    }
}

#[derive(Clone, Copy)]
enum Write {
    Json,
    Ron,
}

impl Write {
    fn write(self, record: &impl Serialize) -> String {
        match self {
            Self::Json => table::json(record),
            Self::Ron => table::ron(record),
        }
    }
}

#[derive(Serialize)]
struct MatrixRecord {
    project: String,
    across: String,
    measure: &'static str,
    scope: String,
    highlights: usize,
    columns: Vec<ColumnRecord>,
    rows: Vec<RowRecord>,
}

#[derive(Serialize)]
struct ColumnRecord {
    /// The reading's id, the year, the coder, the stance, the value; empty for none.
    key: String,
    title: String,
    readings: usize,
    words: u64,
}

#[derive(Serialize)]
struct RowRecord {
    label: String,
    name: String,
    folded: bool,
    values: Vec<f64>,
    highlights: Vec<u32>,
}

#[derive(Serialize)]
struct TogetherRecord {
    project: String,
    near: String,
    same_coder: bool,
    scope: String,
    labels: Vec<LabelRecord>,
    pairs: Vec<Vec<u32>>,
    jaccard: Vec<Vec<f64>>,
}

#[derive(Serialize)]
struct LabelRecord {
    label: String,
    name: String,
    highlights: u32,
}

#[derive(Serialize)]
struct AlongRecord {
    project: String,
    scope: String,
    readings: Vec<StripRecord>,
}

#[derive(Serialize)]
struct StripRecord {
    reading: String,
    cited: String,
    /// The length of the text in bytes.
    bytes: u32,
    marks: Vec<MarkRecord>,
}

#[derive(Serialize)]
struct MarkRecord {
    label: String,
    name: String,
    /// In bytes of the text.
    start: u32,
    end: u32,
    highlight: String,
    coder: String,
}

#[derive(Serialize)]
struct ContrastRecord {
    project: String,
    scope: String,
    rows: Vec<ContrastRow>,
}

#[derive(Serialize)]
struct ContrastRow {
    reading: String,
    cited: String,
    title: String,
    label: String,
    name: String,
    claims: Vec<ClaimRecord>,
    cells: Vec<CellRecord>,
}

#[derive(Serialize)]
struct CellRecord {
    stance: &'static str,
    quotes: Vec<QuoteRecord>,
    claims: Vec<ClaimRecord>,
}

#[derive(Serialize)]
struct QuoteRecord {
    text: String,
    cited: String,
    highlight: String,
    coder: String,
    note: String,
}

#[derive(Serialize)]
struct ClaimRecord {
    coder: String,
    text: String,
}

#[derive(Serialize)]
struct KeynessRecord {
    project: String,
    target: String,
    against: &'static str,
    /// How many words the target has, and what it is compared with.
    here: u64,
    there: u64,
    words: Vec<WordRecord>,
}

#[derive(Serialize)]
struct WordRecord {
    word: String,
    here: u32,
    there: u32,
    keyness: f64,
    log_ratio: f64,
}

impl Finding {
    fn record(&self, write: Write) -> String {
        match &self.what {
            What::Matrix { spec, found } => write.write(&self.matrix_record(spec, found)),
            What::Cooccurrence { spec, found, .. } => {
                write.write(&self.together_record(spec, found))
            }
            What::Along { spec, found, .. } => write.write(&self.along_record(spec, found)),
            What::Contrast { spec, found, .. } => write.write(&self.contrast_record(spec, found)),
            What::Keyness { spec, found, .. } => write.write(&self.keyness_record(spec, found)),
            What::Table(table) => write.write(table),
        }
    }

    fn project(&self) -> String {
        self.corpus.name().to_owned()
    }

    fn label_id(&self, label: u32) -> String {
        self.label(label)
            .map_or_else(String::new, |l| l.id.to_string())
    }

    fn matrix_record(&self, spec: &matrix::Spec, found: &matrix::Matrix) -> MatrixRecord {
        let columns = found.columns.iter().map(|column| ColumnRecord {
            key: key(&column.key),
            title: self.column(column),
            readings: column.readings,
            words: column.words,
        });
        let cells = found.cells.iter().zip(&found.counts);
        let rows = found.rows.iter().zip(cells).map(|(row, cells)| RowRecord {
            label: self.label_id(row.label),
            name: self.label_name(row.label),
            folded: row.folded,
            values: cells.0.clone(),
            highlights: cells.1.clone(),
        });
        MatrixRecord {
            project: self.project(),
            across: match &spec.across {
                Across::Readings => "readings".to_owned(),
                Across::Years => "years".to_owned(),
                Across::Coders => "coders".to_owned(),
                Across::Stances => "stances".to_owned(),
                Across::Attribute(name) => format!("@{name}"),
            },
            measure: match spec.measure {
                Measure::Count => "count",
                Measure::Words => "words",
                Measure::Share => "share",
            },
            scope: spec.scope.to_string(),
            highlights: found.highlights,
            columns: columns.collect(),
            rows: rows.collect(),
        }
    }

    fn together_record(
        &self,
        spec: &cooccur::Spec,
        found: &cooccur::Cooccurrence,
    ) -> TogetherRecord {
        let labels = found.labels.iter().zip(&found.totals);
        TogetherRecord {
            project: self.project(),
            near: spec.nearness.to_string(),
            same_coder: spec.same_coder,
            scope: spec.scope.to_string(),
            labels: labels
                .map(|(label, highlights)| LabelRecord {
                    label: self.label_id(*label),
                    name: self.label_name(*label),
                    highlights: *highlights,
                })
                .collect(),
            pairs: found.pairs.clone(),
            jaccard: found.jaccard.clone(),
        }
    }

    fn along_record(&self, spec: &along::Spec, found: &along::Along) -> AlongRecord {
        let strip = |strip: &along::Strip| {
            let source = self.corpus.sources().get(strip.source)?;
            let mark = |mark: &along::Mark| {
                let (_, coding) = self.corpus.coding(mark.place)?;
                Some(MarkRecord {
                    label: self.label_id(mark.label),
                    name: self.label_name(mark.label),
                    start: mark.span.start,
                    end: mark.span.end,
                    highlight: coding.highlight.id.to_string(),
                    coder: coding.highlight.coder.to_string(),
                })
            };
            Some(StripRecord {
                reading: source.reading.id.to_string(),
                cited: self.names.short(&source.reading),
                bytes: strip.length,
                marks: strip.marks.iter().filter_map(mark).collect(),
            })
        };
        AlongRecord {
            project: self.project(),
            scope: spec.scope.to_string(),
            readings: found.strips.iter().filter_map(strip).collect(),
        }
    }

    fn contrast_record(&self, spec: &contrast::Spec, found: &contrast::Contrast) -> ContrastRecord {
        let mut rows = Vec::new();
        for row in &found.rows {
            let title = self.corpus.source(&row.reading);
            let title = title.map_or_else(String::new, |s| s.reading.meta.title.clone());
            for (theory, id) in spec.theories.iter().enumerate() {
                let cells = row.cells.get(theory).into_iter().flatten();
                rows.push(ContrastRow {
                    reading: row.reading.to_string(),
                    cited: self.cited(&row.reading),
                    title: title.clone(),
                    label: id.to_string(),
                    name: self.label_called(id),
                    claims: row.claims.get(theory).map_or_else(Vec::new, |c| claims(c)),
                    cells: (STANCES.iter().zip(cells))
                        .map(|(stance, cell)| CellRecord {
                            stance: stance_word(*stance),
                            quotes: (cell.quotes.iter())
                                .filter_map(|quote| self.quote_record(quote.place))
                                .collect(),
                            claims: claims(&cell.claims),
                        })
                        .collect(),
                });
            }
        }
        ContrastRecord {
            project: self.project(),
            scope: spec.scope.to_string(),
            rows,
        }
    }

    fn quote_record(&self, place: Place) -> Option<QuoteRecord> {
        let (source, coding) = self.corpus.coding(place)?;
        let highlight = &coding.highlight;
        let at = cite::Place::of(&source.reading, highlight.span);
        Some(QuoteRecord {
            text: source.reading.text.slice(highlight.span).to_owned(),
            cited: self.names.passage(&source.reading, &at),
            highlight: highlight.id.to_string(),
            coder: highlight.coder.to_string(),
            note: highlight.note.clone(),
        })
    }

    fn keyness_record(&self, spec: &keyness::Spec, found: &keyness::Keyness) -> KeynessRecord {
        let words = found.words.iter().map(|word| WordRecord {
            word: word.word.clone(),
            here: word.here,
            there: word.there,
            keyness: word.keyness,
            log_ratio: word.log_ratio,
        });
        KeynessRecord {
            project: self.project(),
            target: spec.target.to_string(),
            against: match spec.against {
                Against::Excerpts => "excerpts",
                Against::Texts => "texts",
            },
            here: found.here,
            there: found.there,
            words: words.collect(),
        }
    }
}

fn key(key: &ColumnKey) -> String {
    match key {
        ColumnKey::Reading(id) => id.to_string(),
        ColumnKey::Year(year) => year.map_or_else(String::new, |y| y.to_string()),
        ColumnKey::Coder(coder) => coder.to_string(),
        ColumnKey::Stance(stance) => stance.map_or_else(String::new, |s| s.word().to_owned()),
        ColumnKey::Value(value) => value.as_ref().map_or_else(String::new, |v| v.to_string()),
    }
}

fn claims(claims: &[contrast::Claim]) -> Vec<ClaimRecord> {
    let record = |claim: &contrast::Claim| ClaimRecord {
        coder: claim.coder.to_string(),
        text: claim.text.clone(),
    };
    claims.iter().map(record).collect()
}
