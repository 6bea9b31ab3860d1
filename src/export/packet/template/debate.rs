//! The debate.

use std::collections::BTreeSet;

use super::{Maker, guide::questions};
use crate::model::{
    Excerpts, Highlight, Label, LabelId, Layout, Question, Section, Side, Stance, Subject,
};

/// How many excerpts of an author stand on a side.
const EACH: usize = 2;

/// A section for each theory with what speaks for it on the left and against it on the right; then what is to be decided.
pub(super) fn make(maker: &mut Maker<'_>) {
    // What stands on the other side of one theory has its place there.
    let mut placed: BTreeSet<&LabelId> = BTreeSet::new();
    for theory in maker.theories() {
        if placed.contains(&theory.id) {
            continue;
        }
        let (section, other) = section(maker, theory);
        placed.extend(other);
        maker.add(section);
    }
    let mut decide = maker.other_questions();
    decide.push(Question::Written(
        "Which side has the better evidence, and what would change your mind?".to_owned(),
    ));
    maker.add(Section {
        title: "What is to be decided".to_owned(),
        subject: Subject::Question,
        questions: decide,
        lines: 8,
        ..Section::default()
    });
}

/// Where nothing contests a theory, what it is set against stands on the other side; that is returned, too.
fn section<'a>(maker: &mut Maker<'a>, theory: &Label) -> (Section, Option<&'a LabelId>) {
    let family = maker.family(&theory.id);
    let about =
        |h: &Highlight, labels: &BTreeSet<LabelId>| h.labels.iter().any(|l| labels.contains(l));
    let against = |h: &Highlight| matches!(h.stance, Some(Stance::Contests | Stance::Qualifies));
    let mut picks = maker.key(EACH, Side::First, |h| about(h, &family) && !against(h));
    let second = maker.key(EACH, Side::Second, |h| about(h, &family) && against(h));
    let contrast = theory.contrast.as_ref();
    let contrast = contrast.and_then(|id| maker.project.label(id));
    let mut headings = [
        format!("For “{}”", theory.name),
        format!("Against “{}”", theory.name),
    ];
    let mut opposite = None;
    match (second.is_empty(), contrast) {
        (true, Some(other)) => {
            let others = maker.family(&other.id);
            let other_side = |h: &Highlight| about(h, &others) && !about(h, &family) && !against(h);
            picks.extend(maker.key(EACH, Side::Second, other_side));
            headings[1] = format!("For “{}”", other.name);
            opposite = Some(&other.id);
        }
        _ => picks.extend(second),
    }
    let [first, second] = headings;
    let section = Section {
        excerpts: Excerpts::Chosen(picks),
        layout: Layout::Sides(first, second),
        questions: questions(maker, theory),
        lines: 3,
        ..maker.about(theory)
    };
    (section, opposite)
}
