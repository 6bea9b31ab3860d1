//! Findings as pictures.

use super::{Finding, What, tables::stance_word};
use crate::{
    analysis::{
        along::{Along, Strip},
        contrast::{self, Cell, Contrast, STANCES},
        cooccur::Cooccurrence,
        keyness::Keyness,
        matrix::{self, Matrix, Measure},
    },
    export::picture::{
        Bar, Bars, Block, Fonts, Graph, Heat, HeatRow, Lane, Link, Look, Node, Picture,
        PictureError, Quotes, QuotesRow, Stretch, Strips, StripsRow, Tile, bars, graph, heat,
        quotes, strips,
    },
    model::Color,
    text::grouped,
};

/// The colour of cells that belong to two labels.
const NEUTRAL: Color = Color([0x2F, 0x6D, 0xB5]);

pub(super) fn picture(
    finding: &Finding,
    look: &Look,
    fonts: &Fonts,
) -> Result<Picture, PictureError> {
    let mut picture = match &finding.what {
        What::Matrix { spec, found } => heat(&finding.matrix_map(spec, found), look, fonts),
        What::Cooccurrence {
            found, bows: true, ..
        } => graph(&finding.bows(found), look, fonts),
        What::Cooccurrence { found, jaccard, .. } => {
            heat(&finding.triangle(found, *jaccard), look, fonts)
        }
        What::Along { found, parts, .. } => strips(&finding.strips(found, *parts), look, fonts),
        What::Contrast {
            spec,
            found,
            quotes: most,
        } => quotes(&finding.quotes(spec, found, *most), look, fonts),
        What::Keyness { found, shown, .. } => bars(&finding.words(found, *shown), look, fonts),
        What::Table(_) => Err(PictureError::Empty("a table like this is not drawn")),
    }?;
    if picture.title.trim().is_empty() {
        picture.title = finding.heading();
    }
    Ok(picture)
}

impl Finding {
    fn matrix_map(&self, spec: &matrix::Spec, found: &Matrix) -> Heat {
        let highest = found.cells.iter().flatten().copied().fold(0.0, f64::max);
        let tile = |value: &f64| match *value > 0.0 {
            true => Tile {
                share: (value / highest) as f32,
                text: whole(*value, spec.measure),
                short: short(*value, spec.measure),
                ..Tile::default()
            },
            false => Tile::default(),
        };
        let in_order = found.rows.is_sorted_by_key(|row| row.label);
        let rows = found.rows.iter().zip(&found.cells).map(|(row, cells)| {
            let parent = self.corpus.codebook().family(row.label).len() > 1;
            let fold = if row.folded && parent { " +" } else { "" };
            HeatRow {
                name: self.label_name(row.label) + fold,
                depth: match in_order {
                    true => self.depth(row.label, found),
                    false => 0,
                },
                color: self.color(row.label),
                cells: cells.iter().map(tile).collect(),
            }
        });
        let values = found.cells.iter().flatten().copied();
        let lowest = values.filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
        Heat {
            columns: found.columns.iter().map(|c| self.column(c)).collect(),
            rows: rows.collect(),
            triangle: false,
            ramp: None,
            scale: lowest.is_finite().then(|| {
                let what = match spec.measure {
                    Measure::Count => "highlights",
                    Measure::Words => "words",
                    Measure::Share => "of the words",
                };
                (
                    whole(lowest, spec.measure),
                    whole(highest, spec.measure),
                    what.to_owned(),
                )
            }),
            caption: self.caption(),
        }
    }

    /// How many of the labels above a row's are rows too.
    fn depth(&self, label: u32, found: &Matrix) -> usize {
        let codebook = self.corpus.codebook();
        let rows = found.rows.iter().map(|row| row.label);
        rows.filter(|above| *above < label && codebook.family(*above).contains(&label))
            .count()
    }

    fn triangle(&self, found: &Cooccurrence, jaccard: bool) -> Heat {
        let value = |a: usize, b: usize| match jaccard {
            true => found.jaccard[a][b],
            false => f64::from(found.pairs[a][b]),
        };
        let count = found.labels.len();
        let values = || (0..count).flat_map(|a| (0..a).map(move |b| (a, b)));
        let values = || values().map(|(a, b)| value(a, b)).filter(|v| *v > 0.0);
        let (lowest, highest) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(0.0, f64::max),
        );
        let text = |value: f64| match jaccard {
            true => decimal(value),
            false => grouped(value as usize),
        };
        let cell = |row: usize, column: usize| {
            if row == column {
                let total = grouped(found.totals[row] as usize);
                return Tile {
                    short: total.clone(),
                    text: total,
                    frame: true,
                    ..Tile::default()
                };
            }
            let value = value(row, column);
            match value > 0.0 {
                false => Tile::default(),
                true => Tile {
                    share: (value / highest) as f32,
                    text: text(value),
                    short: text(value),
                    color: Some(NEUTRAL),
                    frame: false,
                },
            }
        };
        let row = |row: usize| HeatRow {
            name: self.label_name(found.labels[row]),
            depth: 0,
            color: self.color(found.labels[row]),
            cells: (0..=row).map(|column| cell(row, column)).collect(),
        };
        Heat {
            columns: found.labels.iter().map(|l| self.label_name(*l)).collect(),
            rows: (0..count).map(row).collect(),
            triangle: true,
            ramp: Some(NEUTRAL),
            scale: lowest.is_finite().then(|| {
                let what = if jaccard { "Jaccard" } else { "pairs" };
                (text(lowest), text(highest), what.to_owned())
            }),
            caption: self.caption(),
        }
    }

    fn bows(&self, found: &Cooccurrence) -> Graph {
        let count = found.labels.len();
        let pairs = || (0..count).flat_map(|a| (0..a).map(move |b| (a, b)));
        let highest = pairs().map(|(a, b)| found.pairs[a][b]).max().unwrap_or(1);
        // Only labels that are found with another have a place, and only so many of the strongest bows.
        let mut links: Vec<(usize, usize)> =
            pairs().filter(|(a, b)| found.pairs[*a][*b] > 0).collect();
        links.sort_by_key(|(a, b)| std::cmp::Reverse(found.pairs[*a][*b]));
        links.truncate(BOWS);
        let nodes: Vec<usize> = (0..count)
            .filter(|at| links.iter().any(|(a, b)| a == at || b == at))
            .collect();
        let most = nodes.iter().map(|at| found.totals[*at]).max().unwrap_or(1);
        let place = |at: usize| nodes.partition_point(|node| *node < at);
        let link = |(a, b): &(usize, usize)| Link {
            a: place(*a),
            b: place(*b),
            share: found.pairs[*a][*b] as f32 / highest as f32,
            number: grouped(found.pairs[*a][*b] as usize),
        };
        Graph {
            nodes: (nodes.iter())
                .map(|at| Node {
                    name: self.label_name(found.labels[*at]),
                    color: self.color(found.labels[*at]),
                    number: grouped(found.totals[*at] as usize),
                    share: found.totals[*at] as f32 / most as f32,
                })
                .collect(),
            caption: match links.len() < pairs().filter(|(a, b)| found.pairs[*a][*b] > 0).count() {
                true => format!(
                    "{} The {BOWS} most frequent pairs are drawn.",
                    self.caption()
                ),
                false => self.caption(),
            },
            links: links.iter().map(link).collect(),
        }
    }

    fn strips(&self, found: &Along, parts: Option<usize>) -> Strips {
        let lanes = found.labels.iter().map(|label| Lane {
            name: self.label_name(*label),
            color: self.color(*label),
        });
        let highest = match parts {
            None => 1,
            Some(parts) => {
                let strips = found.strips.iter();
                let all = strips.flat_map(|s| found.labels.iter().map(|l| s.density(*l, parts)));
                all.flatten().max().unwrap_or(1).max(1)
            }
        };
        let row = |strip: &Strip| {
            let source = self.corpus.sources().get(strip.source)?;
            let lanes = found.labels.iter().enumerate();
            let marks = lanes.flat_map(|(lane, label)| match parts {
                None => marks(strip, lane, *label),
                Some(parts) => densities(strip, lane, *label, parts, highest),
            });
            Some(StripsRow {
                name: self.names.short(&source.reading),
                marks: marks.collect(),
            })
        };
        Strips {
            lanes: lanes.collect(),
            rows: found.strips.iter().filter_map(row).collect(),
            caption: self.caption(),
        }
    }

    fn quotes(&self, spec: &contrast::Spec, found: &Contrast, most: usize) -> Quotes {
        // Columns without anything are left out.
        let cells = |at: usize| {
            let rows = found.rows.iter().flat_map(|row| &row.cells);
            rows.filter_map(move |cells| cells.get(at))
        };
        let used: Vec<usize> = (0..STANCES.len())
            .filter(|at| cells(*at).any(|c| !c.quotes.is_empty() || !c.claims.is_empty()))
            .collect();
        let several = spec.theories.len() > 1;
        let mut rows = Vec::new();
        for row in &found.rows {
            let mut goes_on = false;
            for (theory, id) in spec.theories.iter().enumerate() {
                if several && row.says_nothing(theory) {
                    continue;
                }
                let label = self.corpus.codebook().number(id);
                let theory_name = label.filter(|_| several);
                let all = row.cells.get(theory);
                let cell = |at: &usize| {
                    let cell = all.and_then(|cells| cells.get(*at));
                    cell.map_or_else(Vec::new, |cell| self.blocks(cell, most))
                };
                let claims = row.claims.get(theory).into_iter().flatten();
                rows.push(QuotesRow {
                    name: self.cited(&row.reading),
                    theory: theory_name.map(|l| (self.label_name(l), self.color(l))),
                    claims: claims.map(|claim| claim.text.trim().to_owned()).collect(),
                    cells: used.iter().map(cell).collect(),
                    goes_on: std::mem::replace(&mut goes_on, true),
                });
            }
        }
        Quotes {
            columns: (used.iter())
                .map(|at| first_upper(stance_word(STANCES[*at])))
                .collect(),
            rows,
            caption: self.caption(),
        }
    }

    fn blocks(&self, cell: &Cell, most: usize) -> Vec<Block> {
        let claims = cell.claims.iter();
        let mut blocks: Vec<Block> = claims
            .map(|claim| Block::Claim(claim.text.trim().to_owned()))
            .collect();
        // What two coders quote alike is shown once.
        let all = self.different(&cell.quotes);
        let more = all.len().saturating_sub(most);
        let quote = |(text, cited)| Block::Quote { text, cited };
        blocks.extend(all.into_iter().take(most).map(quote));
        if more > 0 {
            blocks.push(Block::More(format!("and {more} more")));
        }
        blocks
    }

    fn words(&self, found: &Keyness, shown: usize) -> Bars {
        let words = || found.words.iter().take(shown);
        let highest = words().map(|word| word.keyness.abs()).fold(0.0, f64::max);
        let rarer = words().any(|word| word.keyness < 0.0);
        Bars {
            what: "Word".to_owned(),
            measure: "Keyness (G²)".to_owned(),
            columns: ["G²", "here", "there"].map(str::to_owned).to_vec(),
            rows: words()
                .map(|word| Bar {
                    name: word.word.clone(),
                    share: (word.keyness / highest.max(f64::MIN_POSITIVE)) as f32,
                    numbers: vec![
                        format!("{:.1}", word.keyness).replace('-', "−"),
                        grouped(word.here as usize),
                        grouped(word.there as usize),
                    ],
                })
                .collect(),
            kinds: rarer.then(|| ("more frequent here".to_owned(), "rarer here".to_owned())),
            caption: self.caption(),
        }
    }
}

/// The most bows of a picture.
const BOWS: usize = 40;

fn marks(strip: &Strip, lane: usize, label: u32) -> Vec<Stretch> {
    let stretch = |mark| {
        let (from, to) = strip.place_of(mark);
        Stretch {
            lane,
            from,
            to,
            share: 1.0,
        }
    };
    strip.marks_of(label).iter().map(stretch).collect()
}

fn densities(strip: &Strip, lane: usize, label: u32, parts: usize, highest: u32) -> Vec<Stretch> {
    let counts = strip.density(label, parts).into_iter().enumerate();
    let stretch = |(at, count): (usize, u32)| Stretch {
        lane,
        from: at as f32 / parts as f32,
        to: (at + 1) as f32 / parts as f32,
        share: count as f32 / highest as f32,
    };
    counts.filter(|(_, n)| *n > 0).map(stretch).collect()
}

/// A value as it is shown.
fn whole(value: f64, measure: Measure) -> String {
    match measure {
        Measure::Count | Measure::Words => grouped(value as usize),
        Measure::Share => percent(value),
    }
}

/// A value in few characters.
fn short(value: f64, measure: Measure) -> String {
    match measure {
        Measure::Share => percent(value),
        _ if value < 1000.0 => whole(value, measure),
        _ if value < 9950.0 => format!("{:.1}k", value / 1000.0),
        _ => format!("{:.0}k", value / 1000.0),
    }
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p >= 9.95 => format!("{p:.0}%"),
        p if p >= 0.095 => format!("{p:.1}%"),
        _ => "<0.1%".to_owned(),
    }
}

/// Two decimals without the zero before them.
fn decimal(value: f64) -> String {
    match format!("{value:.2}").as_str() {
        "0.00" => "<.01".to_owned(),
        "1.00" => "1".to_owned(),
        text => text.trim_start_matches('0').to_owned(),
    }
}

fn first_upper(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
