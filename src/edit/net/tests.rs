use proptest::prelude::*;

use super::*;

use crate::edit::{
    apply,
    tests::random::{Random, edit, reading, time},
};

/// Random edits that fit, each with its inverse.
fn run(random: &mut Random, project: &mut Project, length: usize) -> Vec<(Edit, Edit)> {
    let mut done = Vec::new();
    for n in 0..length {
        let at = time(n);
        let edit = match n < 2 || random.one_in(25) {
            true => {
                let n = random.below(5);
                Edit::AddReading(Arc::new(reading(random, n)))
            }
            false => edit(random, project, at),
        };
        if let Ok(inverse) = apply(project, edit.clone()) {
            done.push((edit, inverse));
        }
    }
    done
}

fn net(done: &[(Edit, Edit)]) -> Net {
    let mut net = Net::default();
    for (edit, inverse) in done {
        let made: Vec<_> = parts(edit).into_iter().map(Some).collect();
        net.add(&made, &parts(inverse));
    }
    net
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn it_is_what_all_inverses_give(seed in any::<u64>(), keep in 0_usize..120) {
        let mut random = Random::new(seed);
        let mut project = Project::new("Start");
        let done = run(&mut random, &mut project, 120);
        let later = &done[keep.min(done.len())..];
        let end = project.clone();
        let mut naive = project.clone();
        for (_, inverse) in later.iter().rev() {
            apply(&mut naive, inverse.clone()).unwrap();
        }
        let taken = net(later).take_back(&mut project, &mut |_, _| {});
        prop_assert_eq!(&taken.refused, &Vec::<String>::new());
        prop_assert_eq!(&project, &naive);
        let mut again = end.clone();
        apply(&mut again, taken.edit).unwrap();
        prop_assert_eq!(&again, &naive);
        apply(&mut project, taken.inverse).unwrap();
        prop_assert_eq!(&project, &end);
    }

    #[test]
    fn what_does_not_fit_harms_nothing(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let mut project = Project::new("Start");
        let done = run(&mut random, &mut project, 60);
        // Someone else goes on.
        run(&mut random, &mut project, 40);
        let before = project.clone();
        let taken = net(&done).take_back(&mut project, &mut |_, _| {});
        for label in project.labels() {
            prop_assert_ne!(&label.name, &format!("{} ({})", label.id, label.id));
        }
        let mut again = before.clone();
        apply(&mut again, taken.edit).unwrap();
        prop_assert_eq!(&again, &project);
        apply(&mut project, taken.inverse).unwrap();
        prop_assert_eq!(&project, &before);
    }
}

#[test]
fn labels_swap_their_names_back() {
    let id = |name: &str| LabelId::new(name).unwrap();
    let label = |key: &str, name: &str| Label::new(id(key), name, crate::model::PALETTE[0]);
    let mut project = Project::new("P");
    for edit in [
        Edit::AddLabel(label("a", "A")),
        Edit::AddLabel(label("b", "B")),
    ] {
        apply(&mut project, edit).unwrap();
    }
    let before = project.clone();
    let names = [("a", "C"), ("b", "A"), ("a", "B")];
    let done: Vec<(Edit, Edit)> = (names.iter())
        .map(|(key, name)| {
            let edit = Edit::ChangeLabel(label(key, name));
            let inverse = apply(&mut project, edit.clone()).unwrap();
            (edit, inverse)
        })
        .collect();
    let taken = net(&done).take_back(&mut project, &mut |_, _| {});
    assert!(taken.refused.is_empty());
    assert_eq!(project, before);
}

#[test]
fn a_list_loses_what_was_added_and_regains_what_was_taken() {
    let list = |after: &str, before: &str, now: &str| -> String {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        fields::list(&chars(after), &chars(before), &chars(now))
            .into_iter()
            .collect()
    };
    assert_eq!(list("ax", "a", "ax"), "a");
    assert_eq!(list("ax", "a", "axy"), "ay");
    assert_eq!(list("a", "xa", "ay"), "ayx");
    assert_eq!(list("ab", "ba", "ab"), "ba");
}

#[test]
fn a_thousand_edits_of_one_thing_are_one() {
    let mut project = Project::new("0");
    let done: Vec<(Edit, Edit)> = (1..1000)
        .map(|n| {
            let edit = Edit::RenameProject(n.to_string());
            let inverse = apply(&mut project, edit.clone()).unwrap();
            (edit, inverse)
        })
        .collect();
    let taken = net(&done).take_back(&mut project, &mut |_, _| {});
    assert_eq!(taken.edit, Edit::RenameProject("0".to_owned()));
}

#[test]
fn a_jotting_goes_back_unless_it_was_written_anew_since() {
    let coder = CoderId::new("MK").unwrap();
    let about = About::Query("Fears".into());
    let jot = |text: &str| Edit::Jot(coder.clone(), about.clone(), Some(text.to_owned()));
    let mut project = Project::new("P");
    let first = apply(&mut project, jot("a")).unwrap();
    let second = apply(&mut project, jot("b")).unwrap();
    let done = [(jot("a"), first), (jot("b"), second)];
    let (mut other, mut all) = (project.clone(), project.clone());
    let taken = net(&done[1..]).take_back(&mut project, &mut |_, _| {});
    assert_eq!(taken.edit, jot("a"));
    assert_eq!(taken.inverse, jot("b"));
    apply(&mut other, jot("c")).unwrap();
    let taken = net(&done[1..]).take_back(&mut other, &mut |_, _| {});
    assert_eq!(taken.edit, Edit::Batch(Vec::new()));
    assert_eq!(taken.refused.len(), 1);
    assert_eq!(other.notebooks()[&coder].get(&about), Some("c"));
    let taken = net(&done).take_back(&mut all, &mut |_, _| {});
    assert!(all.notebooks().is_empty() && taken.refused.is_empty());
}
