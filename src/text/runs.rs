//! Overlapping spans flattened into runs, for painting and for writing out.

use super::Span;

/// A stretch of text over which the same spans lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it stands.
    pub span: Span,
    /// The indexes of the spans that cover it, in the order they were given.
    pub covers: Vec<usize>,
}

/// Flattens `spans` within `window`: the runs in text order, without the stretches that nothing covers. Neighbouring runs
/// differ in what covers them. O(n log n + the total of covers).
pub fn runs(spans: &[Span], window: Span) -> Vec<Run> {
    runs_up_to(spans, window, usize::MAX)
}

/// As [`runs`], but each run names at most the first `limit` of the spans that cover it.
pub fn runs_up_to(spans: &[Span], window: Span, limit: usize) -> Vec<Run> {
    let mut edges: Vec<(u32, bool, usize)> = Vec::with_capacity(spans.len() * 2);
    for (i, span) in spans.iter().enumerate() {
        let cut = span.intersect(window);
        if !cut.is_empty() {
            edges.push((cut.start, true, i));
            edges.push((cut.end, false, i));
        }
    }
    edges.sort_unstable();
    let mut out: Vec<Run> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = window.start;
    for (offset, opens, index) in edges {
        if offset > at && !open.is_empty() {
            out.push(Run {
                span: Span::new(at, offset),
                covers: open.iter().take(limit).copied().collect(),
            });
        }
        at = offset;
        match (open.binary_search(&index), opens) {
            (Err(place), true) => open.insert(place, index),
            (Ok(place), false) => {
                open.remove(place);
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Looks at every byte by itself.
    fn naive(spans: &[Span], window: Span) -> Vec<Run> {
        let mut out: Vec<Run> = Vec::new();
        for at in window.start..window.end {
            let covers: Vec<usize> = (0..spans.len()).filter(|&i| spans[i].has(at)).collect();
            if covers.is_empty() {
                continue;
            }
            match out.last_mut() {
                Some(run) if run.span.end == at && run.covers == covers => run.span.end = at + 1,
                _ => out.push(Run {
                    span: Span::new(at, at + 1),
                    covers,
                }),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn runs_are_what_a_look_at_every_byte_finds(
            ends in prop::collection::vec((0u32..60, 0u32..60), 0..14),
            a in 0u32..60, b in 0u32..60,
        ) {
            let spans: Vec<Span> = ends.iter().map(|&(a, b)| Span::between(a, b)).collect();
            let window = Span::between(a, b);
            prop_assert_eq!(runs(&spans, window), naive(&spans, window));
        }
    }
}
