//! The reading guide.

use super::Maker;
use crate::model::{Excerpts, Label, Layout, Question, Section, Side, Subject};

/// How many excerpts of an author stand under a theory.
const EACH: usize = 2;

/// A section for each theory, author by author; then the questions that belong to none of them.
pub(super) fn make(maker: &mut Maker<'_>) {
    for theory in maker.theories() {
        let family = maker.family(&theory.id);
        let picks = maker.key(EACH, Side::First, |h| {
            h.labels.iter().any(|l| family.contains(l))
        });
        let section = Section {
            excerpts: Excerpts::Chosen(picks),
            layout: Layout::Authors,
            notes: true,
            claims: true,
            questions: questions(maker, theory),
            lines: 4,
            ..maker.about(theory)
        };
        maker.add(section);
    }
    let questions = maker.other_questions();
    if !questions.is_empty() {
        maker.add(Section {
            title: "Questions for discussion".to_owned(),
            subject: Subject::Question,
            questions,
            lines: 6,
            ..Section::default()
        });
    }
}

/// Those of notes; without any, one that the codebook gives.
pub(super) fn questions(maker: &mut Maker<'_>, theory: &Label) -> Vec<Question> {
    let noted = maker.questions_about(&theory.id);
    if !noted.is_empty() {
        return noted;
    }
    let contrast = theory.contrast.as_ref();
    let contrast = contrast.and_then(|id| maker.project.label(id));
    let written = match contrast {
        Some(other) => format!(
            "Where does “{}” explain what “{}” does not, and the other way round?",
            theory.name, other.name
        ),
        None => format!(
            "What would have to be true for “{}” to be wrong?",
            theory.name
        ),
    };
    vec![Question::Written(written)]
}
