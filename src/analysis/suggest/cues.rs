//! The cues of many labels, found in one pass.

use aho_corasick::{AhoCorasick, MatchKind};

use super::super::{
    Codebook, LabelIx,
    find::{CHUNK, Folded, Folding, Plain, cuts},
};
use crate::text::Span;

/// The cues of labels, ready to be found.
pub(super) struct Cues {
    search: Option<AhoCorasick>,
    cues: Vec<(LabelIx, Plain)>,
}

/// How cues are compared.
const FOLDING: Folding = Folding {
    case: false,
    accents: false,
    signs: false,
    space: true,
};

impl Cues {
    /// The cues of some labels. What can't be looked for, such as a lone `*`, is left out.
    pub fn new(codebook: &Codebook, labels: impl IntoIterator<Item = LabelIx>) -> Self {
        let mut cues = Vec::new();
        for number in labels {
            let listed = codebook.get(number).map_or(&[][..], |l| &l.cues);
            let ready = listed
                .iter()
                .filter_map(|cue| Plain::new(cue, false, false, true).ok());
            cues.extend(ready.map(|plain| (number, plain)));
        }
        let starts = cues.iter().map(|(_, plain)| plain.beginning());
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(starts);
        Self {
            search: search.ok().filter(|_| !cues.is_empty()),
            cues,
        }
    }

    /// Hands over every cue in a text by where it stands, its label and its number. By start.
    pub fn find(&self, text: &str, mut hit: impl FnMut(Span, LabelIx, u32)) {
        let Some(search) = &self.search else {
            return;
        };
        let mut folded = Folded::default();
        let mut found = Vec::new();
        for chunk in cuts(text, CHUNK, true) {
            FOLDING.fold(text, chunk.start, chunk.end, &mut folded);
            found.clear();
            for start in search.find_overlapping_iter(folded.text()) {
                let number = start.pattern().as_usize();
                let Some((_, plain)) = self.cues.get(number) else {
                    continue;
                };
                if let Some(end) = plain.at(folded.text(), start.start()) {
                    found.push((start.start(), end, number));
                }
            }
            found.sort_unstable();
            let mut places = folded.places(text);
            for &(start, end, number) in &found {
                hit(places.span(start, end), self.cues[number].0, number as u32);
            }
        }
    }
}
