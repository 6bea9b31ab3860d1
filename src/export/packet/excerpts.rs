//! The excerpts of a section.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashMap, HashSet},
};

use super::gone;
use crate::{
    analysis::{
        Corpus,
        excerpts::{Arrangement, Grouping, Sorting, list},
        query::Query,
    },
    export::document::Part,
    model::{
        Excerpts, Highlight, HighlightId, LabelId, Pick, Project, Reading, ReadingId, Rule,
        RuleOrder, Section, Side, Stance, Subject,
    },
    text::Span,
};

/// An excerpt of a section.
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'a> {
    /// The reading as it is now.
    pub reading: &'a Reading,
    /// The highlight in it.
    pub highlight: &'a Highlight,
    /// The side it stands on.
    pub side: Side,
}

impl Excerpt<'_> {
    /// The excerpt as one that was chosen by hand.
    pub fn pick(&self) -> Pick {
        Pick {
            reading: self.reading.id.clone(),
            highlight: self.highlight.id,
            side: self.side,
        }
    }

    /// The part of a section that it is.
    pub fn part(&self) -> Part {
        Part::Excerpt(self.reading.id.clone(), self.highlight.id)
    }
}

/// The excerpts of a section as picks, to turn a rule into excerpts chosen by hand ([`crate::edit::packets::choose`]).
pub fn picks(project: &Project, section: &Section) -> Vec<Pick> {
    let listed = of(project, &Rules::new(project), section, &mut Vec::new());
    listed.excerpts.iter().map(Excerpt::pick).collect()
}

/// What a section's list or rule gives.
#[derive(Default)]
pub(super) struct Listed<'a> {
    pub excerpts: Vec<Excerpt<'a>>,
    pub found: Option<(usize, usize)>,
}

/// Carries out rules; the corpus is made when the first query asks for it.
pub(super) struct Rules<'a> {
    project: &'a Project,
    corpus: OnceCell<Corpus>,
}

impl<'a> Rules<'a> {
    pub(super) const fn new(project: &'a Project) -> Self {
        Self {
            project,
            corpus: OnceCell::new(),
        }
    }

    fn corpus(&self) -> &Corpus {
        self.corpus.get_or_init(|| Corpus::new(self.project))
    }

    /// What a rule gives, in its order; or why it gives nothing.
    fn carry_out(&self, rule: &Rule, theory: Option<&LabelId>) -> Result<Listed<'a>, String> {
        let by_query = !rule.query.trim().is_empty();
        if !by_query && theory.is_none() {
            return Ok(Listed::default());
        }
        let query = Query::parse(&rule.query);
        let corpus = self.corpus();
        let arrangement = Arrangement {
            grouping: Grouping::None,
            sorting: match rule.order {
                RuleOrder::Place | RuleOrder::Stance => Sorting::Place,
                RuleOrder::Year => Sorting::Year,
                RuleOrder::Length => Sorting::Length,
            },
            descending: false,
        };
        let found = query.and_then(|query| list(corpus, &query, arrangement));
        let found =
            found.map_err(|error| format!("The query of its rule can't be used: {error}"))?;
        let family = theory.filter(|_| !by_query);
        let family = family.map(|label| self.project.with_descendants(label));
        let fits = |h: &Highlight| {
            let mut labels = h.labels.iter();
            family
                .as_ref()
                .is_none_or(|family| labels.any(|l| family.contains(l)))
        };
        let codings = found.items.iter().filter_map(|place| corpus.coding(*place));
        let highlights = codings.map(|(_, coding)| &coding.highlight);
        let mut all: Vec<Excerpt<'a>> = highlights
            .filter(|highlight| fits(highlight))
            .filter_map(|h| excerpt(self.project, &h.reading, h.id))
            .collect();
        once(&mut all);
        if rule.order == RuleOrder::Stance {
            all.sort_by_key(|e| rank(e.highlight.stance));
        }
        for excerpt in &mut all {
            if excerpt.highlight.stance == Some(Stance::Contests) {
                excerpt.side = Side::Second;
            }
        }
        let readings: BTreeSet<&ReadingId> = all.iter().map(|e| &e.reading.id).collect();
        let found = Some((all.len(), readings.len()));
        all.truncate(rule.most.map_or(usize::MAX, |most| most as usize));
        Ok(Listed {
            excerpts: all,
            found,
        })
    }
}

/// Keeps of a passage that several coders tagged one: the first that has a note, else the first.
fn once(all: &mut Vec<Excerpt<'_>>) {
    let passage = |e: &Excerpt<'_>| (e.reading.id.clone(), e.highlight.span);
    let noted = |e: &Excerpt<'_>| !e.highlight.note.trim().is_empty();
    let mut kept: HashMap<(ReadingId, Span), HighlightId> = HashMap::new();
    for excerpt in all.iter() {
        let id = excerpt.highlight.id;
        kept.entry(passage(excerpt)).or_insert(id);
    }
    let mut with_note = HashSet::new();
    for excerpt in all.iter().filter(|e| noted(e)) {
        if with_note.insert(passage(excerpt)) {
            kept.insert(passage(excerpt), excerpt.highlight.id);
        }
    }
    all.retain(|excerpt| kept.get(&passage(excerpt)) == Some(&excerpt.highlight.id));
}

/// The place of a stance among [`Stance::ALL`]; those without come last.
fn rank(stance: Option<Stance>) -> usize {
    let at = |stance| Stance::ALL.iter().position(|s| *s == stance);
    stance.and_then(at).unwrap_or(Stance::ALL.len())
}

fn excerpt<'a>(
    project: &'a Project,
    reading: &ReadingId,
    highlight: HighlightId,
) -> Option<Excerpt<'a>> {
    let (reading, highlight) = project.current_highlight(reading, highlight)?;
    Some(Excerpt {
        reading,
        highlight,
        side: Side::First,
    })
}

/// The excerpts of a section; what is not there is told to `missing`.
pub(super) fn of<'a>(
    project: &'a Project,
    rules: &Rules<'a>,
    section: &Section,
    missing: &mut Vec<(Part, String)>,
) -> Listed<'a> {
    let picks = match &section.excerpts {
        Excerpts::Chosen(picks) => picks,
        Excerpts::Ruled(rule) => {
            let theory = match &section.subject {
                Subject::Theory(label) => Some(label),
                _ => None,
            };
            return rules.carry_out(rule, theory).unwrap_or_else(|why| {
                missing.push((Part::Caption, why));
                Listed::default()
            });
        }
    };
    let mut excerpts = Vec::with_capacity(picks.len());
    for pick in picks {
        match excerpt(project, &pick.reading, pick.highlight) {
            Some(found) => excerpts.push(Excerpt {
                side: pick.side,
                ..found
            }),
            None => {
                let why = gone::why(project, "An excerpt", &pick.reading, pick.highlight);
                missing.push((Part::Excerpt(pick.reading.clone(), pick.highlight), why));
            }
        }
    }
    Listed {
        excerpts,
        found: None,
    }
}
