//! Which highlights stand in a relation to others, without looking at every two of them.

use super::ast::Relation;
use crate::analysis::{Source, UnitRange};

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
    if relation == Relation::Sentence && source.known_sentence_ranges().is_none() {
        // Sentences take long to find: they are sought where paragraphs are shared only.
        let those = among(source, Relation::Paragraph, those, these);
        let these = among(source, Relation::Paragraph, these, &those);
        return among(source, relation, &these, &those);
    }
    among(source, relation, these, those)
}

fn among(source: &Source, relation: Relation, these: &[u32], those: &[u32]) -> Vec<u32> {
    let reach = Reach::new(source, relation, these.len() + those.len());
    let reaches = those.iter().map(|at| (reach.of(*at), *at));
    let reaches: Vec<((u32, u32), u32)> = reaches.collect();
    let ends = reaches.iter().map(|((_, end), at)| (i64::from(*end), *at));
    let before = |start: u32| reaches.partition_point(|((s, _), _)| *s < start);
    let passes: Box<dyn Fn(u32) -> bool> = match relation {
        Relation::Contains => {
            // The least end of those that start no earlier.
            let least = furthest(ends.rev().map(|(end, at)| (-end, at)));
            Box::new(move |at| {
                let (start, end) = reach.of(at);
                let later = least.len() - before(start);
                beyond(&least, later, at).is_some_and(|other| -other <= i64::from(end))
            })
        }
        Relation::Within => {
            let most = furthest(ends);
            Box::new(move |at| {
                let (start, end) = reach.of(at);
                let earlier = before(start.saturating_add(1));
                beyond(&most, earlier, at).is_some_and(|other| other >= i64::from(end))
            })
        }
        _ => {
            // What starts before the end of this one, and ends after its start.
            let most = furthest(ends);
            Box::new(move |at| {
                let (start, end) = reach.of(at);
                beyond(&most, before(end), at).is_some_and(|other| other > i64::from(start))
            })
        }
    };
    these.iter().copied().filter(|at| passes(*at)).collect()
}

/// From where to where passages reach, so that two are near when their reaches share a number. Where they start ascends in text
/// order.
enum Reach<'a> {
    /// Bytes.
    Spans(&'a Source),
    /// Numbers of sentences or paragraphs.
    Ranges(&'a [UnitRange]),
    /// First bytes of sentences.
    Sentences(&'a Source),
    /// Numbers of words, and how many may lie between.
    Words(&'a [UnitRange], u32),
}

impl<'a> Reach<'a> {
    /// For so many passages.
    fn new(source: &'a Source, relation: Relation, passages: usize) -> Self {
        match relation {
            Relation::Overlaps | Relation::Within | Relation::Contains => Self::Spans(source),
            Relation::Paragraph => Self::Ranges(source.paragraph_ranges()),
            Relation::Words(n) => Self::Words(source.word_ranges(), n),
            Relation::Sentence => match source.known_sentence_ranges() {
                Some(known) => Self::Ranges(known),
                None if passages > source.codings().len() => Self::Ranges(source.sentence_ranges()),
                None => Self::Sentences(source),
            },
        }
    }

    /// The first number, and one past the last.
    fn of(&self, at: u32) -> (u32, u32) {
        let place = at as usize;
        let span = |source: &Source| source.codings()[place].highlight.span;
        match self {
            Self::Spans(source) => (span(source).start, span(source).end),
            Self::Ranges(ranges) => ranges[place],
            Self::Sentences(source) => {
                let (first, last) = source.units().sentence_starts_of(span(source));
                (first, last + 1)
            }
            // What starts n words after the last word of this one begins with word `end + n`.
            Self::Words(ranges, n) => {
                let (start, end) = ranges[place];
                (start, end.saturating_add(*n).saturating_add(1))
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
