//! The concept map.

use super::{Maker, guide::questions};
use crate::model::{Excerpts, Layout, Section, Side};

/// Each theory as a table, with one excerpt of each author that can be put into another's place.
pub(super) fn make(maker: &mut Maker<'_>) {
    for theory in maker.theories() {
        let family = maker.family(&theory.id);
        let picks = maker.key(1, Side::First, |h| {
            h.labels.iter().any(|l| family.contains(l))
        });
        let section = Section {
            excerpts: Excerpts::Chosen(picks),
            layout: Layout::Map,
            claims: true,
            questions: questions(maker, theory),
            lines: 3,
            ..maker.about(theory)
        };
        maker.add(section);
    }
}
