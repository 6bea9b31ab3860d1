//! Which highlights stand in a relation to others, without looking at every two of them.

use super::ast::Relation;
use crate::analysis::Source;

/// Which passages of `these` stand in `relation` to one of `those` other than themselves. Both are places among the codings of
/// `source`, ascending, and so is what is returned. O(n log n) however much they overlap.
pub(super) fn related(
    source: &Source,
    relation: Relation,
    these: &[u32],
    those: &[u32],
) -> Vec<u32> {
    if these.is_empty() || those.is_empty() {
        return Vec::new();
    }
    let reach = Reach { source, relation };
    let starts: Vec<u32> = those.iter().map(|at| reach.of(*at).0).collect();
    let ends = those.iter().map(|at| (i64::from(reach.of(*at).1), *at));
    let passes: Box<dyn Fn(u32) -> bool> = match relation {
        Relation::Contains => {
            // The least end of those that start no earlier.
            let least = furthest(ends.rev().map(|(end, at)| (-end, at)));
            Box::new(move |at| {
                let (start, end) = reach.of(at);
                let later = starts.len() - starts.partition_point(|s| *s < start);
                beyond(&least, later, at).is_some_and(|other| -other <= i64::from(end))
            })
        }
        Relation::Within => {
            let most = furthest(ends);
            Box::new(move |at| {
                let (start, end) = reach.of(at);
                let earlier = starts.partition_point(|s| *s <= start);
                beyond(&most, earlier, at).is_some_and(|other| other >= i64::from(end))
            })
        }
        _ => {
            // What starts before the end of this one, and ends after its start.
            let most = furthest(ends);
            Box::new(move |at| {
                let (start, end) = reach.of(at);
                let earlier = starts.partition_point(|s| *s < end);
                beyond(&most, earlier, at).is_some_and(|other| other > i64::from(start))
            })
        }
    };
    these.iter().copied().filter(|at| passes(*at)).collect()
}

/// From where to where passages reach, so that two are near when their reaches share a number. Where they start ascends in text
/// order.
struct Reach<'a> {
    source: &'a Source,
    relation: Relation,
}

impl Reach<'_> {
    /// The first number, and one past the last.
    fn of(&self, at: u32) -> (u32, u32) {
        let at = at as usize;
        match self.relation {
            Relation::Overlaps | Relation::Within | Relation::Contains => {
                let span = self.source.codings()[at].highlight.span;
                (span.start, span.end)
            }
            Relation::Sentence => self.source.sentence_ranges()[at],
            Relation::Paragraph => self.source.paragraph_ranges()[at],
            // What starts n words after the last word of this one begins with word `end + n`.
            Relation::Words(n) => {
                let (start, end) = self.source.word_ranges()[at];
                (start, end.saturating_add(n).saturating_add(1))
            }
        }
    }
}

/// The furthest of some numbers and whose it is, and the furthest of the others.
#[derive(Clone, Copy)]
struct Furthest {
    most: i64,
    whose: u32,
    other: Option<i64>,
}

/// For each number the furthest up to it.
fn furthest(numbers: impl Iterator<Item = (i64, u32)>) -> Vec<Furthest> {
    let mut so_far: Option<Furthest> = None;
    numbers
        .map(|(number, whose)| {
            let next = match so_far {
                None => Furthest {
                    most: number,
                    whose,
                    other: None,
                },
                Some(old) if number > old.most => Furthest {
                    most: number,
                    whose,
                    other: Some(old.most),
                },
                Some(old) => Furthest {
                    other: old.other.max(Some(number)),
                    ..old
                },
            };
            so_far = Some(next);
            next
        })
        .collect()
}

/// The furthest of the first `n` numbers that is not `own`.
fn beyond(furthest: &[Furthest], n: usize, own: u32) -> Option<i64> {
    let last = furthest.get(n.checked_sub(1)?)?;
    match last.whose == own {
        true => last.other,
        false => Some(last.most),
    }
}
