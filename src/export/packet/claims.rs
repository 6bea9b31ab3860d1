//! The claims about a section's theory.

use std::collections::HashMap;

use crate::model::{ClaimPlace, CoderId, Project, Reading, ReadingId, Section, Stance, Subject};

/// A claim that somebody wrote in the comparison of theories.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The reading as it is now.
    pub reading: &'a Reading,
    /// Where it stands in the comparison.
    pub place: &'a ClaimPlace,
    /// Whose it is.
    pub coder: &'a CoderId,
    /// What it says.
    pub text: &'a str,
}

impl Claim<'_> {
    /// The stance that it is about; none for the reading as a whole.
    pub const fn stance(&self) -> Option<Stance> {
        self.place.stance
    }
}

/// The claims of all coders about the theory of a section: by reading as they are listed, then by stance, those about the reading as
/// a whole first, then by coder. O(claims).
pub(super) fn claims<'a>(project: &'a Project, section: &Section) -> Vec<Claim<'a>> {
    let Subject::Theory(theory) = &section.subject else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (coder, notebook) in project.notebooks() {
        let claims = notebook
            .claims()
            .filter(|(place, _)| place.label == *theory);
        for (place, text) in claims.filter(|(_, text)| !text.trim().is_empty()) {
            if let Some(reading) = project.current(&place.reading) {
                all.push(Claim {
                    reading,
                    place,
                    coder,
                    text,
                });
            }
        }
    }
    if all.len() > 1 {
        let shelves = project.shelves().into_iter().enumerate();
        let ranks: HashMap<&ReadingId, usize> =
            shelves.map(|(at, shelf)| (&shelf.reading.id, at)).collect();
        all.sort_by_key(|c| (ranks.get(&c.reading.id).copied(), c.stance(), c.coder));
    }
    all
}
