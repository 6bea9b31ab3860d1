//! Where the lines of a paragraph end: where UAX #14 allows it, with right sides as even as they can be.
//!
//! The whole paragraph is weighed, as Knuth and Plass do it (“Breaking paragraphs into lines”, Software: Practice and Experience 11,
//! 1981), but for lines that are not stretched: each costs one, and more the shorter it is than the others.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::para::{Cluster, Para};

/// What a line costs that is empty, beside one that is full.
const RAGGED: f32 = 9.0;
/// What it costs to break a word that fits no line.
const BROKEN: f32 = 4.0;
/// What a last line costs that is shorter than [`SHORT`].
const STUB: f32 = 0.6;
/// The share of the width below which a last line is a stub.
const SHORT: f32 = 0.12;

/// No hyphen is wider than this share of its size.
const HYPHEN: f32 = 0.5;

/// How wide lines are, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    /// The first.
    pub first: f32,
    /// The others.
    pub rest: f32,
}

/// A place where a line may end.
struct Place {
    /// The first cluster of the next line.
    next: usize,
    /// Where the line's text ends, without the white space after it.
    end: usize,
    /// Whether a line has to end here.
    must: bool,
    /// Whether this is within a word.
    broken: bool,
    /// The width of a hyphen that appears here.
    hyphen: f32,
}

/// The lines of a paragraph, as ranges of its clusters without the white space at their ends.
pub(super) fn lines(para: &Para, clusters: &[Cluster], widths: Widths) -> Vec<Range<usize>> {
    if clusters.is_empty() {
        return Vec::new();
    }
    let x = |at: usize| match clusters.get(at) {
        Some(cluster) => cluster.x,
        None => clusters.last().map_or(0.0, |c| c.x + c.glyph.advance),
    };
    let places = places(para, clusters, widths.first.min(widths.rest), &x);
    best(&places, widths, &x)
}

fn places(para: &Para, clusters: &[Cluster], width: f32, x: &impl Fn(usize) -> f32) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut from = 0;
    for (byte, kind) in allowed(&para.text) {
        let next = from + clusters[from..].partition_point(|c| c.start < byte);
        let is_last = byte == para.text.len();
        if next == from || (para.glued.contains(&byte) && !is_last) {
            continue;
        }
        let spaces = clusters[from..next].iter().rev();
        let end = next - spaces.take_while(|c| c.is_space).count();
        if x(end) - x(from) > width {
            let within = (from + 1..end).filter(|at| clusters[*at].start > clusters[*at - 1].start);
            places.extend(within.map(|at| Place {
                next: at,
                end: at,
                must: false,
                broken: true,
                hyphen: 0.0,
            }));
        }
        let last = &clusters[next - 1];
        let soft = para.text[..last.end].ends_with('\u{AD}') && !is_last;
        places.push(Place {
            next,
            end,
            must: is_last || kind == BreakOpportunity::Mandatory,
            broken: false,
            hyphen: if soft {
                para.looks[last.look].1.size * HYPHEN
            } else {
                0.0
            },
        });
        from = next;
    }
    places
}

/// Where UAX #14 lets lines end, and between a closing quotation mark and an opening bracket: the version of the rules that is known
/// here can't tell closing marks from opening ones (rule LB15 before Unicode 15.1).
fn allowed(text: &str) -> Vec<(usize, BreakOpportunity)> {
    let after = |(at, space): (usize, &str)| {
        let closed = text[..at].ends_with(['”', '’', '»']);
        let end = at + space.len();
        let opened = text[end..].starts_with(['(', '[']);
        (closed && opened).then_some((end, BreakOpportunity::Allowed))
    };
    let mut all: Vec<_> = text.match_indices(' ').filter_map(after).collect();
    if all.is_empty() {
        return linebreaks(text).collect();
    }
    all.extend(linebreaks(text));
    all.sort_by_key(|(at, _)| *at);
    all
}

/// The cheapest way to the end.
fn best(places: &[Place], widths: Widths, x: &impl Fn(usize) -> f32) -> Vec<Range<usize>> {
    // For each place: what it costs to get there, and the place before it (counted from 1; 0 is the beginning).
    let mut ways: Vec<(f32, usize)> = vec![(0.0, 0)];
    let mut earliest = 0;
    for (at, place) in places.iter().enumerate() {
        let mut found: Option<(f32, usize)> = None;
        for before in (earliest..=at).rev() {
            let start = if before == 0 {
                0
            } else {
                places[before - 1].next
            };
            let room = if before == 0 {
                widths.first
            } else {
                widths.rest
            };
            let width = x(place.end) - x(start) + place.hyphen;
            let fits = width <= room + 0.01;
            if !fits && found.is_some() {
                break;
            }
            let cost = ways[before].0 + cost(place, width, room);
            if found.is_none_or(|(least, _)| cost < least) {
                found = Some((cost, before));
            }
            if !fits {
                break;
            }
        }
        ways.push(found.unwrap_or((0.0, at)));
        if place.must {
            earliest = at + 1;
        }
    }
    let mut lines = Vec::new();
    let mut at = places.len();
    while at > 0 {
        let before = ways[at].1;
        let start = if before == 0 {
            0
        } else {
            places[before - 1].next
        };
        lines.push(start..places[at - 1].end.max(start));
        at = before;
    }
    lines.reverse();
    lines
}

fn cost(place: &Place, width: f32, room: f32) -> f32 {
    let short = 1.0 - (width / room).min(1.0);
    let ragged = match place.must {
        true if short > 1.0 - SHORT => STUB,
        true => 0.0,
        false => RAGGED * short * short,
    };
    1.0 + ragged + if place.broken { BROKEN } else { 0.0 }
}
