//! Replacing readings, told by its effect and by undo.

use std::sync::Arc;

use proptest::prelude::*;

use super::{
    Edit, apply,
    revise::{Placing, inherit, let_go, lost, place, replace, to_place},
    tests::random::{Random, edit, reading, time},
};
use crate::{
    model::{HighlightId, Page, Project, Reading, ReadingId},
    text::Span,
};

/// A project with readings and highlights, and one of those readings that has some.
fn project(random: &mut Random) -> (Project, ReadingId) {
    let mut project = Project::new("P");
    for n in 0..3 {
        let mut reading = reading(random, n);
        reading.meta.title = format!("Reading {n}");
        apply(&mut project, Edit::AddReading(Arc::new(reading))).unwrap();
    }
    let mut n = 0;
    loop {
        n += 1;
        let next = edit(random, &project, time(n));
        // What is not there can't be done.
        let _ = apply(&mut project, next);
        let coded = |p: &Project| {
            let all = p.shelves();
            let most = all.into_iter().max_by_key(|s| s.highlights.len())?;
            (most.highlights.len() > 3).then(|| most.reading.id.clone())
        };
        if let Some(id) = coded(&project) {
            return (project, id);
        }
    }
}

fn new_version(random: &mut Random, old: &Reading) -> Arc<Reading> {
    let mut new = reading(random, 90);
    new.text = old.text.clone();
    inherit(old, &mut new);
    Arc::new(new)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_highlight_is_dropped_and_undo_is_exact(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let (mut project, old_id) = project(&mut random);
        let before = project.clone();
        let old = Arc::clone(project.reading(&old_id).unwrap());
        let new = new_version(&mut random, &old);
        let all = to_place(&project, &old);
        let placed: Vec<_> = all.iter().filter(|_| random.one_in(2)).cloned().collect();
        let placings: Vec<Placing<'_>> = placed
            .iter()
            .map(|h| Placing { reading: &h.reading, highlight: h.id, span: h.span })
            .collect();
        let edit = replace(&project, Arc::clone(&new), &placings, time(500));
        let inverse = apply(&mut project, edit).unwrap();
        prop_assert!(project.reading(&old_id).is_none());
        prop_assert_eq!(project.current(&old_id).map(|r| &r.id), Some(&new.id));
        let there = &project.shelf(&new.id).unwrap().highlights;
        prop_assert_eq!(there.len(), placed.len());
        for h in &placed {
            let now = there.get(h.id).unwrap();
            prop_assert_eq!((&now.coder, &now.labels, &now.note, now.span), (&h.coder, &h.labels, &h.note, h.span));
        }
        prop_assert_eq!(lost(&project, &new).len(), all.len() - placed.len());

        // What is lost is placed or let go of.
        let after = project.clone();
        let mut inverses = Vec::new();
        for h in lost(&project, &new) {
            let edit = match random.one_in(3) {
                true => let_go(&h),
                false => place(&project, &h, &new.id, h.span, time(501)),
            };
            inverses.push(apply(&mut project, edit).unwrap());
        }
        prop_assert!(lost(&project, &new).is_empty());
        for inverse in inverses.into_iter().rev() {
            apply(&mut project, inverse).unwrap();
        }
        prop_assert_eq!(&project, &after);

        let redo = apply(&mut project, inverse).unwrap();
        project.removed.remove(&new.id);
        prop_assert_eq!(&project, &before);
        project.removed.insert(new.id.clone(), crate::model::Shelf {
            reading: Arc::clone(&new),
            highlights: Default::default(),
        });
        apply(&mut project, redo).unwrap();
        prop_assert_eq!(&project, &after);
    }
}

#[test]
fn what_was_lost_once_may_find_its_place_in_the_next_version() {
    let mut random = Random::new(7);
    let (mut project, old_id) = project(&mut random);
    let old = Arc::clone(project.reading(&old_id).unwrap());
    let all = to_place(&project, &old);
    let second = new_version(&mut random, &old);
    let edit = replace(&project, Arc::clone(&second), &[], time(500));
    apply(&mut project, edit).unwrap();
    assert_eq!(to_place(&project, &second).len(), all.len());
    let mut third = reading(&mut random, 91);
    third.text = old.text.clone();
    inherit(&second, &mut third);
    let third = Arc::new(third);
    let placings = [
        Placing {
            reading: &old_id,
            highlight: all[0].id,
            span: all[0].span,
        },
        // Out of the text, and unknown: neither does harm.
        Placing {
            reading: &old_id,
            highlight: all[1].id,
            span: Span::new(0, u32::MAX),
        },
        Placing {
            reading: &second.id,
            highlight: HighlightId(1),
            span: all[0].span,
        },
    ];
    let edit = replace(&project, Arc::clone(&third), &placings, time(501));
    apply(&mut project, edit).unwrap();
    assert_eq!(project.shelf(&third.id).unwrap().highlights.len(), 1);
    assert_eq!(lost(&project, &third).len(), all.len() - 1);
    assert_eq!(project.current(&old_id).map(|r| &r.id), Some(&third.id));
}

#[test]
fn a_number_that_is_taken_is_changed() {
    let mut random = Random::new(3);
    let (mut project, old_id) = project(&mut random);
    let old = Arc::clone(project.reading(&old_id).unwrap());
    let h = to_place(&project, &old).remove(0);
    let new = new_version(&mut random, &old);
    let edit = replace(&project, Arc::clone(&new), &[], time(500));
    apply(&mut project, edit).unwrap();
    let twin = crate::model::Highlight {
        reading: new.id.clone(),
        ..(*h).clone()
    };
    apply(&mut project, Edit::AddHighlight(Arc::new(twin))).unwrap();
    let edit = place(&project, &h, &new.id, Span::new(0, 1), time(501));
    apply(&mut project, edit).unwrap();
    let now = project.highlight(&new.id, h.id).unwrap();
    assert_eq!(now.span, Span::new(0, 1));
    assert!(project.highlight(&old_id, h.id).is_none());
}

#[test]
fn details_are_handed_down_and_filled_in() {
    let mut random = Random::new(1);
    let mut old = reading(&mut random, 0);
    old.meta.title = "Right".into();
    old.meta.year = None;
    old.meta.imprint.doi = "10.1/x".into();
    old.meta.page_shift = Some(114);
    let page = || Page {
        start: 0,
        label: "1".into(),
    };
    old.structure.pages = vec![page()];
    let mut new = reading(&mut random, 1);
    new.meta.page_shift = None;
    new.meta.title = "draft7".into();
    new.meta.year = Some(2020);
    new.meta.imprint.volume = "3".into();
    new.remarks.clear();
    let value = |text: &str| crate::model::Value::Text(text.to_owned());
    old.meta.attributes = [("country".to_owned(), value("China"))].into();
    new.meta.attributes = [
        ("country".to_owned(), value("Chile")),
        ("genre".to_owned(), value("op-ed")),
    ]
    .into();
    let mut same = new.clone();
    same.structure.pages = vec![page()];
    inherit(&old, &mut same);
    assert_eq!(same.meta.title, "Right");
    assert_eq!(
        (same.meta.year, same.meta.page_shift),
        (Some(2020), Some(114))
    );
    assert_eq!(same.meta.imprint.doi, "10.1/x");
    assert_eq!(same.meta.imprint.volume, "3");
    assert_eq!(same.revises, Some(old.id.clone()));
    assert_eq!(same.meta.attributes["country"], value("China"));
    assert_eq!(same.meta.attributes["genre"], value("op-ed"));
    assert!(same.remarks[0].contains("“draft7”"));
    new.structure.pages = vec![page(), page()];
    inherit(&old, &mut new);
    assert_eq!(new.meta.page_shift, None);
    assert!(new.remarks[0].contains("another number of pages"));
}
