//! The properties that all else stands on, held against random edits.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Edit, apply, replay};
use crate::model::{Project, Shelf};

#[path = "../../tests/common/random.rs"]
pub(crate) mod random;

use random::{Random, edit, reading, time};

/// Random edits with what they did to a project that starts empty.
struct Run {
    /// What was applied, what takes it back, and the project afterwards.
    steps: Vec<(Edit, Edit, Project)>,
    /// What was refused, and the project before and after.
    refused: Vec<(Project, Project)>,
}

fn run(seed: u64, length: usize) -> Run {
    let mut random = Random::new(seed);
    let mut project = Project::new("Start");
    let mut run = Run {
        steps: Vec::new(),
        refused: Vec::new(),
    };
    for n in 0..length {
        let at = time(n);
        let edit = match n < 2 || random.one_in(25) {
            true => {
                let n = random.below(5);
                Edit::AddReading(Arc::new(reading(&mut random, n)))
            }
            false => edit(&mut random, &project, at),
        };
        let before = project.clone();
        match apply(&mut project, edit.clone()) {
            Ok(inverse) => run.steps.push((edit, inverse, project.clone())),
            Err(_) => run.refused.push((before, project.clone())),
        }
    }
    run
}

/// Whether two projects are the same but for readings whose import was undone: those stay among the removed ones, from
/// where redo brings them back.
fn same(undone: &Project, before: &Project) -> bool {
    let mut undone = undone.clone();
    undone
        .removed
        .retain(|id, _| before.removed.contains_key(id) || before.readings.contains_key(id));
    undone == *before
}

fn counts(project: &Project) -> Vec<u32> {
    project
        .labels()
        .map(|l| project.label_count(&l.id))
        .collect()
}

/// A folder whose files are of different moments: each takes its state from another step.
fn mixed(states: &[&Project], random: &mut Random) -> Project {
    let mut mixed = states[random.below(states.len())].clone();
    mixed.labels.clear();
    let ids: Vec<_> = states
        .iter()
        .flat_map(|s| s.labels.keys())
        .cloned()
        .collect();
    for id in ids {
        match states[random.below(states.len())].label(&id) {
            Some(label) => mixed.labels.insert(id, label.clone()),
            None => mixed.labels.remove(&id),
        };
    }
    mixed.notebooks.clear();
    let coders: Vec<_> = states.iter().flat_map(|s| s.notebooks.keys()).collect();
    for coder in coders {
        let state = states[random.below(states.len())];
        if let Some(notebook) = state.notebooks.get(coder) {
            mixed.notebooks.insert(coder.clone(), notebook.clone());
        }
    }
    mixed.packets.clear();
    let ids: Vec<_> = states.iter().flat_map(|s| s.packets.keys()).collect();
    for id in ids {
        let state = states[random.below(states.len())];
        if let Some(packet) = state.packets.get(id) {
            mixed.packets.insert(id.clone(), packet.clone());
        }
    }
    for shelf in mixed
        .readings
        .values_mut()
        .chain(mixed.removed.values_mut())
    {
        let id = shelf.reading.id.clone();
        let find = |state: &&Project| -> Option<Shelf> {
            state
                .shelf(&id)
                .or_else(|| state.removed_shelf(&id))
                .cloned()
        };
        if let Some(other) = find(&states[random.below(states.len())]) {
            shelf.highlights = other.highlights;
        }
        if let Some(other) = find(&states[random.below(states.len())]) {
            shelf.reading = other.reading;
        }
    }
    mixed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn undoing_all_is_the_start_and_redoing_all_the_end(seed in any::<u64>()) {
        let run = run(seed, 120);
        let mut project = run.steps.last().map(|s| s.2.clone()).unwrap_or_default();
        let mut again = Vec::new();
        for (i, (_, inverse, _)) in run.steps.iter().enumerate().rev() {
            again.push(apply(&mut project, inverse.clone()).unwrap());
            if let Some(before) = i.checked_sub(1) {
                prop_assert!(same(&project, &run.steps[before].2));
                prop_assert_eq!(counts(&project), counts(&run.steps[before].2));
            }
        }
        prop_assert_eq!(project.name(), "Start");
        prop_assert_eq!(project.labels.len() + project.readings.len(), 0);
        for ((_, _, after), redo) in run.steps.iter().zip(again.into_iter().rev()) {
            apply(&mut project, redo).unwrap();
            prop_assert!(same(&project, after));
        }
    }

    #[test]
    fn a_refused_edit_changes_nothing(seed in any::<u64>()) {
        for (before, after) in run(seed, 80).refused {
            prop_assert_eq!(counts(&before), counts(&after));
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn a_batch_is_all_or_nothing(seed in any::<u64>()) {
        let run = run(seed, 60);
        let mut random = Random::new(!seed);
        let mut project = run.steps.last().map(|s| s.2.clone()).unwrap_or_default();
        let parts: Vec<Edit> = (0..6).map(|n| edit(&mut random, &project, time(n))).collect();
        let before = project.clone();
        let mut one_by_one = project.clone();
        let all_fit = parts.iter().all(|e| apply(&mut one_by_one, e.clone()).is_ok());
        match apply(&mut project, Edit::Batch(parts)) {
            Ok(inverse) => {
                prop_assert!(all_fit);
                prop_assert_eq!(&project, &one_by_one);
                apply(&mut project, inverse).unwrap();
            }
            Err(_) => prop_assert!(!all_fit),
        }
        prop_assert_eq!(project, before);
    }

    #[test]
    fn replaying_from_any_point_onto_any_later_state_is_the_end(seed in any::<u64>(), a in any::<usize>(), b in any::<usize>()) {
        let run = run(seed, 100);
        let n = run.steps.len();
        let from = a % n;
        let state = from + b % (n - from);
        let mut project = run.steps[state].2.clone();
        for (edit, ..) in &run.steps[from + 1..] {
            prop_assert_eq!(replay(&mut project, edit.clone()), vec![]);
        }
        prop_assert_eq!(&project, &run.steps[n - 1].2);
        prop_assert_eq!(counts(&project), counts(&run.steps[n - 1].2));
    }

    #[test]
    fn replaying_onto_files_of_different_moments_is_the_end(seed in any::<u64>(), a in any::<usize>()) {
        let run = run(seed, 100);
        let n = run.steps.len();
        let from = a % n;
        let states: Vec<&Project> = run.steps[from..].iter().map(|s| &s.2).collect();
        let mut project = mixed(&states, &mut Random::new(seed ^ 7));
        project.name.clone_from(&states[0].name);
        for (edit, ..) in &run.steps[from + 1..] {
            replay(&mut project, edit.clone());
        }
        prop_assert_eq!(&project, &run.steps[n - 1].2);
    }
}

#[test]
fn every_kind_of_edit_is_tried() {
    let mut fit = 0;
    let mut kinds = std::collections::BTreeSet::new();
    let mut total = 0;
    for seed in 0..20 {
        let run = run(seed, 200);
        fit += run.steps.len();
        total += 200;
        for (edit, ..) in run.steps {
            let text = format!("{edit:?}");
            kinds.insert(text.split('(').next().unwrap_or_default().to_owned());
        }
    }
    assert_eq!(kinds.len(), 15, "{kinds:?}");
    assert!(fit * 2 > total, "{fit} of {total}");
}

#[test]
fn a_label_is_merged_into_one_far_below_it() {
    use super::compose::merge_labels;
    use crate::model::{Label, LabelId, PALETTE};
    let id = |name: &str| LabelId::new(name).unwrap();
    let mut project = Project::new("P");
    for (name, parent) in [("a", None), ("b", Some("a")), ("c", Some("b"))] {
        let mut label = Label::new(id(name), name, PALETTE[0]);
        label.parent = parent.map(id);
        apply(&mut project, Edit::AddLabel(label)).unwrap();
    }
    let edit = merge_labels(&project, &id("a"), &id("c"), time(0));
    apply(&mut project, edit).unwrap();
    assert_eq!(project.label(&id("b")).unwrap().parent, Some(id("c")));
    assert_eq!(project.label(&id("c")).unwrap().parent, None);
}

#[test]
fn a_refused_batch_leaves_no_reading_behind() {
    let reading = Arc::new(reading(&mut Random::new(1), 1));
    let parts = vec![
        Edit::Batch(vec![Edit::AddReading(reading)]),
        Edit::RenameProject(String::new()),
    ];
    let mut project = Project::new("P");
    assert!(apply(&mut project, Edit::Batch(parts)).is_err());
    assert_eq!(project, Project::new("P"));
}
