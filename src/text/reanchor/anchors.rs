//! Fixed points of two sequences: what occurs once in both, in the same order.

use std::collections::HashMap;

/// Pairs of places in `a` and `b` at which the same `k` items in a row stand that stand so nowhere else in either; of these
/// the heaviest chain in which both places grow (patience diff, Bram Cohen; with weights). O(n log n).
pub(super) fn anchors(
    a: &[u64],
    b: &[u64],
    k: usize,
    weight: impl Fn(usize) -> u64,
) -> Vec<(usize, usize)> {
    heaviest_chain(&unique_pairs(a, b, k), weight)
}

/// All such pairs, in the order of `a`.
pub(super) fn unique_pairs(a: &[u64], b: &[u64], k: usize) -> Vec<(usize, usize)> {
    if a.len() < k || b.len() < k {
        return Vec::new();
    }
    let mut places: HashMap<u64, (u32, u32)> = HashMap::with_capacity(a.len());
    let (once, often) = (u32::MAX - 1, u32::MAX);
    for (i, gram) in a.windows(k).enumerate() {
        places
            .entry(joint(gram))
            .and_modify(|place| place.0 = often)
            .or_insert((i as u32, once));
    }
    for (j, gram) in b.windows(k).enumerate() {
        if let Some(place) = places.get_mut(&joint(gram)) {
            place.1 = if place.1 == once { j as u32 } else { often };
        }
    }
    let mut pairs: Vec<(usize, usize)> = places
        .into_values()
        .filter(|&(i, j)| i < once && j < once)
        .map(|(i, j)| (i as usize, j as usize))
        .filter(|&(i, j)| a[i..i + k] == b[j..j + k])
        .collect();
    pairs.sort_unstable();
    pairs
}

/// A number for several in a row (FNV-1a over 64-bit words, with a shift so that high bits count).
pub(super) fn joint(items: &[u64]) -> u64 {
    items.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &item| {
        let mixed = (hash ^ item).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ (mixed >> 29)
    })
}

/// Of `pairs`, sorted by their first, the chain with growing seconds that weighs most.
fn heaviest_chain(pairs: &[(usize, usize)], weight: impl Fn(usize) -> u64) -> Vec<(usize, usize)> {
    let mut seconds: Vec<usize> = pairs.iter().map(|&(_, j)| j).collect();
    seconds.sort_unstable();
    // A Fenwick tree of the best chain that ends at or before each second.
    let mut best: Vec<(u64, usize)> = vec![(0, usize::MAX); seconds.len() + 1];
    let mut before = Vec::with_capacity(pairs.len());
    for (n, &(i, j)) in pairs.iter().enumerate() {
        let rank = seconds.partition_point(|&s| s < j);
        let mut reached = (0, usize::MAX);
        let mut at = rank;
        while at > 0 {
            if best[at].0 > reached.0 {
                reached = best[at];
            }
            at &= at - 1;
        }
        before.push(reached.1);
        let total = reached.0 + weight(i);
        let mut at = rank + 1;
        while at < best.len() {
            if total > best[at].0 {
                best[at] = (total, n);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut at = best
        .iter()
        .max_by_key(|&&(total, n)| (total, std::cmp::Reverse(n)))
        .map_or(usize::MAX, |&(_, n)| n);
    let mut chain = Vec::new();
    while at != usize::MAX {
        chain.push(pairs[at]);
        at = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_unique_in_both_is_an_anchor() {
        assert_eq!(
            anchors(&[1, 2, 3, 2, 4], &[1, 3, 2, 2, 4], 1, |_| 1),
            [(0, 0), (2, 1), (4, 4)]
        );
        assert_eq!(anchors(&[1, 2, 1, 3], &[1, 3, 1, 2], 2, |_| 1).len(), 1);
    }

    #[test]
    fn the_heavier_of_two_that_cross_stays() {
        let heavy_first = |i: usize| if i == 0 { 9 } else { 1 };
        assert_eq!(anchors(&[1, 2, 3], &[2, 3, 1], 1, heavy_first), [(0, 2)]);
        assert_eq!(anchors(&[1, 2, 3], &[2, 3, 1], 1, |_| 1), [(1, 0), (2, 1)]);
    }
}
