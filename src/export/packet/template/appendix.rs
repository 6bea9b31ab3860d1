//! The coding appendix.

use super::Maker;
use crate::{
    analysis::query::{Condition, Query},
    model::{Excerpts, Label, LabelId, Rule, RuleOrder, Section},
};

/// How many examples stand under a label.
const EXAMPLES: u32 = 3;

/// Every label, or those wanted with the labels under them, in codebook order. Excerpts stand under the labels they have, not under
/// those above.
pub(super) fn make(maker: &mut Maker<'_>) {
    maker.add(Section {
        title: "The codebook".to_owned(),
        introduction: "Each label of the codebook stands here with its definition and its source, with how often it was used, and with examples \
                       in the order of their readings' years. An excerpt with several labels is counted under each."
            .to_owned(),
        ..Section::default()
    });
    let mut labels = Vec::new();
    let asked = maker.wanted.theories.iter();
    let asked: Vec<LabelId> = asked.flat_map(|id| maker.family(id)).collect();
    for (_, label) in maker.project.codebook() {
        if asked.is_empty() || asked.contains(&label.id) {
            labels.push(label);
        }
    }
    for label in labels {
        let section = Section {
            excerpts: Excerpts::Ruled(rule(maker, label)),
            ..maker.about(label)
        };
        maker.add(section);
    }
}

/// By the section's theory alone where that says it; what is asked by name would have to follow when the label is renamed.
fn rule(maker: &Maker<'_>, label: &Label) -> Rule {
    let only = maker.family(&label.id).len() > 1;
    let some = !maker.wanted.readings.is_empty();
    let when = |condition| Query::when(&maker.corpus, &condition);
    let mut conditions = Vec::new();
    if only || some {
        conditions.push(when(Condition::Labels {
            labels: vec![label.id.clone()],
            only,
        }));
    }
    if some {
        conditions.push(when(Condition::Readings(maker.wanted.readings.clone())));
    }
    Rule {
        query: match conditions.is_empty() {
            true => String::new(),
            false => Query::all_of(conditions).to_string(),
        },
        order: RuleOrder::Year,
        most: Some(EXAMPLES),
    }
}
