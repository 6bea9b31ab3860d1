//! The highlights of a file among those of a project.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{Counts, Place, anchor::Anchors, labels::Labels, readings::Readings};
use crate::{
    export::ron::{HighlightRecord, StanceRecord},
    model::{CoderId, Highlight, HighlightId, LabelId, Project, Stance, slug},
    text::{Span, fold_space},
};

/// A highlight and where it goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    pub place: Place,
    /// The highlight; its reading is that of the place once that is known.
    pub highlight: Highlight,
    /// Whether it takes the place of the project's highlight with its number.
    pub replaces: bool,
}

/// Who coded what nobody signed.
const NOBODY: &str = "unknown";

/// Plans what becomes of the highlights `records`.
pub(super) fn plan<'a>(
    project: &'a Project,
    records: &[HighlightRecord],
    labels: &mut Labels<'a>,
    readings: &Readings<'a>,
    at: Timestamp,
    counts: &mut Counts,
    remarks: &mut Vec<String>,
) -> Vec<Placed> {
    let mut planner = Planner {
        project,
        labels,
        readings,
        anchors: readings
            .targets
            .iter()
            .map(|t| Anchors::new(&t.text))
            .collect(),
        at,
        counts,
        remarks,
        placed: Vec::new(),
        taken: HashMap::with_capacity(records.len()),
        summed: BTreeMap::new(),
    };
    for record in records {
        planner.take(record);
    }
    planner.sum_up();
    planner.placed
}

struct Planner<'a, 'b> {
    project: &'a Project,
    labels: &'b mut Labels<'a>,
    readings: &'b Readings<'a>,
    /// As many as there are targets.
    anchors: Vec<Anchors<'b>>,
    at: Timestamp,
    counts: &'b mut Counts,
    remarks: &'b mut Vec<String>,
    placed: Vec<Placed>,
    /// The highlights of the file that have been taken, by where they go and their numbers.
    taken: HashMap<(Place, HighlightId), Highlight>,
    /// Remarks that would be the same for many highlights, with how many.
    summed: BTreeMap<String, usize>,
}

impl Planner<'_, '_> {
    fn take(&mut self, record: &HighlightRecord) {
        match self.make(record) {
            Ok(Some((place, highlight))) => self.put(place, highlight, record),
            Ok(None) => {}
            Err(why) => {
                self.counts.left_out += 1;
                self.remarks
                    .push(format!("Highlight {} was left out: {why}", shown(record)));
            }
        }
    }

    /// The highlight a record speaks of, and where it goes. `None` when it was left out and that will be summed up.
    fn make(&mut self, record: &HighlightRecord) -> Result<Option<(Place, Highlight)>, String> {
        let index = match self.readings.find(&record.reading) {
            Ok(index) => index,
            Err(why) => {
                self.counts.left_out += 1;
                self.sum(format!("left out: {why}"));
                return Ok(None);
            }
        };
        let anchor = self.anchors[index].find(record)?;
        let mut labels: Vec<LabelId> = Vec::with_capacity(record.labels.len());
        for called in &record.labels {
            let found = self.labels.find_or_add(called, self.remarks);
            labels.extend(found.filter(|id| !labels.contains(id)));
        }
        if labels.is_empty() {
            return Err("it has no label".to_owned());
        }
        if let Some(remark) = anchor.remark {
            self.remarks
                .push(format!("Highlight {}: {remark}", shown(record)));
        }
        let place = self.readings.targets[index].place.clone();
        let created = record.created.or(record.changed).unwrap_or(self.at);
        let coder = self.coder(&record.coder)?;
        let highlight = Highlight {
            id: self.id(record, anchor.span, &coder, &labels),
            reading: self.readings.id_of(&place),
            span: anchor.span,
            labels,
            stance: record.stance.map(Stance::from),
            note: record.note.clone(),
            coder,
            created,
            changed: record.changed.unwrap_or(created),
        };
        Ok(Some((place, highlight)))
    }

    /// Puts a highlight where it goes, unless it is there.
    fn put(&mut self, mut place: Place, mut highlight: Highlight, record: &HighlightRecord) {
        self.follow(&mut place, &mut highlight);
        if let Some(first) = self.taken.get(&(place.clone(), highlight.id)) {
            if *first == highlight {
                return;
            }
            let salt = format!("{highlight:?}");
            highlight.id = number_from(&salt);
            self.remarks.push(format!(
                "Highlight {} has the number of another; it got a new one",
                shown(record)
            ));
        }
        self.taken
            .insert((place.clone(), highlight.id), highlight.clone());
        let old = match &place {
            Place::Old(id) => self.project.highlight(id, highlight.id),
            Place::New(_) => None,
        };
        match old {
            Some(old) if **old == highlight => self.counts.equal += 1,
            Some(old) if old.changed >= highlight.changed => self.counts.kept += 1,
            _ => {
                let replaces = old.is_some();
                self.counts.changed += usize::from(replaces);
                self.counts.added += usize::from(!replaces);
                self.placed.push(Placed {
                    place,
                    highlight,
                    replaces,
                });
            }
        }
    }

    /// A highlight of a version that was replaced here, and that has a place in the new one, is the one there.
    fn follow(&self, place: &mut Place, highlight: &mut Highlight) {
        let Place::Old(id) = &*place else { return };
        let Some(now) = self.project.current(id).filter(|now| now.id != *id) else {
            return;
        };
        let old = self.project.highlight(id, highlight.id);
        if let (None, Some(placed)) = (old, self.project.highlight(&now.id, highlight.id)) {
            highlight.reading = now.id.clone();
            highlight.span = placed.span;
            *place = Place::Old(now.id.clone());
        }
    }

    /// The number it has; one made from what it is when it has none, so that importing it again finds it.
    fn id(
        &mut self,
        record: &HighlightRecord,
        span: Span,
        coder: &CoderId,
        labels: &[LabelId],
    ) -> HighlightId {
        if let Ok(id) = record.id.parse() {
            return id;
        }
        if !record.id.is_empty() {
            self.sum(format!(
                "given a new number: “{}” is not 16 hexadecimal digits",
                record.id
            ));
        }
        number_from(&format!("{}/{span:?}/{coder}/{labels:?}", record.reading))
    }

    fn coder(&mut self, written: &str) -> Result<CoderId, String> {
        if let Ok(coder) = CoderId::new(written) {
            return Ok(coder);
        }
        let name = match written.trim() {
            "" => NOBODY.to_owned(),
            name => slug(name),
        };
        self.sum(match written.trim() {
            "" => format!("without a coder; they are “{name}”’s now"),
            _ => format!("by “{written}”, which can't be a folder's name; they are “{name}”’s now"),
        });
        CoderId::new(&name).map_err(|bad| bad.to_string())
    }

    fn sum(&mut self, remark: String) {
        *self.summed.entry(remark).or_default() += 1;
    }

    fn sum_up(&mut self) {
        for (remark, n) in std::mem::take(&mut self.summed) {
            let what = if n == 1 {
                "1 highlight was"
            } else {
                &format!("{n} highlights were")
            };
            self.remarks.push(format!("{what} {remark}"));
        }
    }
}

impl From<StanceRecord> for Stance {
    fn from(stance: StanceRecord) -> Self {
        match stance {
            StanceRecord::Supports => Self::Supports,
            StanceRecord::Contests => Self::Contests,
            StanceRecord::Qualifies => Self::Qualifies,
            StanceRecord::Defines => Self::Defines,
            StanceRecord::Applies => Self::Applies,
        }
    }
}

/// A number that follows from `content`.
fn number_from(content: &str) -> HighlightId {
    let hash = crate::text::sha256(content);
    let first = hash.get(..16).unwrap_or_default();
    HighlightId(u64::from_str_radix(first, 16).unwrap_or_default())
}

/// How a remark names a highlight: by the beginning of its quote, else by its number.
fn shown(record: &HighlightRecord) -> String {
    let quote = fold_space(&record.quote);
    if quote.is_empty() {
        return if record.id.is_empty() {
            "without a quote".to_owned()
        } else {
            record.id.clone()
        };
    }
    let short: String = quote.chars().take(40).collect();
    let more = if short.len() < quote.len() { "…" } else { "" };
    format!("“{}{more}”", short.trim_end())
}
