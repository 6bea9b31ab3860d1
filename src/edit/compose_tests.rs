//! What people do, told by its effect and by undo.

use std::sync::Arc;

use jiff::Timestamp;

use super::compose::*;
use crate::{
    edit::{Edit, apply},
    model::{
        About, ClaimPlace, CoderId, Color, HighlightId, Label, LabelId, Project, Reading,
        ReadingId, ReadingMeta, Suggested,
    },
    text::{Span, Text},
};

fn label_id(id: &str) -> LabelId {
    LabelId::new(id).unwrap()
}

/// One reading of three words, labels a › b, c contrasted with b.
fn project() -> Project {
    let mut project = Project::new("Test");
    let reading = Reading {
        id: ReadingId::new("r").unwrap(),
        meta: ReadingMeta {
            title: "R".into(),
            ..ReadingMeta::default()
        },
        text: Text::new("One two three."),
        sha256: String::new(),
        words: 3,
        structure: Default::default(),
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    };
    let label = |id: &str| Label::new(label_id(id), id.to_uppercase(), Color([1; 3]));
    let edits = [
        Edit::AddReading(Arc::new(reading)),
        Edit::AddLabel(Label {
            digit: Some(1),
            ..label("a")
        }),
        Edit::AddLabel(Label {
            parent: Some(label_id("a")),
            position: 1.0,
            ..label("b")
        }),
        Edit::AddLabel(Label {
            contrast: Some(label_id("b")),
            cues: vec!["cue".into()],
            position: 2.0,
            ..label("c")
        }),
    ];
    for edit in edits {
        apply(&mut project, edit).unwrap();
    }
    project
}

fn tagging(span: Span, label: &str, coder: &str, id: u64) -> Tagging {
    Tagging {
        reading: ReadingId::new("r").unwrap(),
        span,
        label: label_id(label),
        coder: CoderId::new(coder).unwrap(),
        at: Timestamp::UNIX_EPOCH,
        new_id: HighlightId(id),
    }
}

/// Tags, and says which highlight it was.
fn tagged(project: &mut Project, tagging: Tagging) -> HighlightId {
    let (edit, id) = tag(project, tagging).unwrap();
    if let Some(edit) = edit {
        apply(project, edit).unwrap();
    }
    id
}

fn labels_of(project: &Project) -> Vec<Vec<&str>> {
    project
        .highlights()
        .map(|h| h.labels.iter().map(LabelId::as_str).collect())
        .collect()
}

/// Carries an edit out, looks, and takes it back.
fn and_back(project: &mut Project, edit: Edit, look: impl FnOnce(&Project)) {
    let before = project.clone();
    let inverse = apply(project, edit).unwrap();
    look(project);
    apply(project, inverse).unwrap();
    assert_eq!(*project, before);
}

#[test]
fn the_same_passage_gets_a_second_label_by_the_same_coder_and_its_own_by_another() {
    let mut p = project();
    let span = Span::new(4, 7);
    let first = tagged(&mut p, tagging(span, "a", "MK", 1));
    assert_eq!(tagged(&mut p, tagging(span, "b", "MK", 2)), first);
    assert_eq!(tagged(&mut p, tagging(span, "b", "MK", 3)), first);
    assert_ne!(tagged(&mut p, tagging(span, "b", "AL", 4)), first);
    assert_eq!(labels_of(&p), [vec!["a", "b"], vec!["b"]]);
}

#[test]
fn white_space_at_the_ends_is_not_tagged() {
    let mut p = project();
    tagged(&mut p, tagging(Span::new(3, 8), "a", "MK", 1));
    assert_eq!(p.highlights().next().unwrap().span, Span::new(4, 7));
    assert!(tag(&p, tagging(Span::new(3, 4), "a", "MK", 2)).is_none());
}

#[test]
fn taking_the_last_label_off_takes_the_highlight_away() {
    let mut p = project();
    tagged(&mut p, tagging(Span::new(0, 3), "a", "MK", 1));
    let h = Arc::clone(p.highlights().next().unwrap());
    and_back(
        &mut p,
        untag(&h, &label_id("a"), Timestamp::UNIX_EPOCH),
        |p| {
            assert_eq!(p.highlight_count(), 0);
        },
    );
}

#[test]
fn deleting_a_label_keeps_highlights_that_have_others_and_frees_what_refers_to_it() {
    let mut p = project();
    tagged(&mut p, tagging(Span::new(0, 3), "a", "MK", 1));
    tagged(&mut p, tagging(Span::new(4, 7), "a", "MK", 2));
    tagged(&mut p, tagging(Span::new(4, 7), "c", "MK", 3));
    let edit = delete_label(&p, &label_id("a"), Timestamp::UNIX_EPOCH);
    and_back(&mut p, edit, |p| {
        assert_eq!(labels_of(p), [vec!["c"]]);
        assert_eq!(p.label(&label_id("b")).unwrap().parent, None);
    });
    let edit = delete_label(&p, &label_id("b"), Timestamp::UNIX_EPOCH);
    and_back(&mut p, edit, |p| {
        assert_eq!(p.label(&label_id("c")).unwrap().contrast, None);
    });
}

#[test]
fn merging_carries_highlights_cues_and_references_over() {
    let mut p = project();
    tagged(&mut p, tagging(Span::new(0, 3), "c", "MK", 1));
    tagged(&mut p, tagging(Span::new(4, 7), "c", "MK", 2));
    tagged(&mut p, tagging(Span::new(4, 7), "b", "MK", 3));
    let edit = merge_labels(&p, &label_id("c"), &label_id("b"), Timestamp::UNIX_EPOCH);
    and_back(&mut p, edit, |p| {
        assert_eq!(labels_of(p), [vec!["b"], vec!["b"]]);
        assert!(p.label(&label_id("c")).is_none());
        assert_eq!(p.label(&label_id("b")).unwrap().cues, ["cue"]);
    });
}

#[test]
fn merging_carries_what_notebooks_say_over_and_deleting_leaves_it() {
    let claim = |label: &str| {
        About::Claim(ClaimPlace {
            label: label_id(label),
            reading: ReadingId::new("r").unwrap(),
            stance: None,
        })
    };
    let rejected = |label: &str| {
        About::Rejected(Suggested {
            label: label_id(label),
            reading: ReadingId::new("r").unwrap(),
            sentence: Span::new(0, 3),
        })
    };
    let mut p = project();
    for (who, about, text) in [
        ("MK", claim("c"), "On c."),
        ("MK", rejected("c"), ""),
        ("JL", claim("c"), "JL on c."),
        ("JL", claim("b"), "JL on b."),
    ] {
        let who = CoderId::new(who).unwrap();
        apply(&mut p, Edit::Jot(who, about, Some(text.to_owned()))).unwrap();
    }
    let says = |p: &Project, who: &str, about: &About| {
        let notebook = &p.notebooks()[&CoderId::new(who).unwrap()];
        notebook.get(about).map(str::to_owned)
    };
    let edit = merge_labels(&p, &label_id("c"), &label_id("b"), Timestamp::UNIX_EPOCH);
    and_back(&mut p, edit, |p| {
        assert_eq!(says(p, "MK", &claim("c")), None);
        assert_eq!(says(p, "MK", &claim("b")).as_deref(), Some("On c."));
        assert_eq!(says(p, "MK", &rejected("b")).as_deref(), Some(""));
        let both = "JL on b.\n\nJL on c.";
        assert_eq!(says(p, "JL", &claim("b")).as_deref(), Some(both));
    });
    let edit = delete_label(&p, &label_id("c"), Timestamp::UNIX_EPOCH);
    and_back(&mut p, edit, |p| {
        assert_eq!(says(p, "MK", &claim("c")).as_deref(), Some("On c."));
    });
}

#[test]
fn labels_move_before_siblings_and_under_parents() {
    let mut p = project();
    let names = |p: &Project| -> Vec<String> {
        let row = |(depth, l): &(usize, &Label)| format!("{}{}", "-".repeat(*depth), l.id);
        p.codebook().iter().map(row).collect()
    };
    assert_eq!(names(&p), ["a", "-b", "c"]);
    let edit = move_label(&p, &label_id("c"), None, Some(&label_id("a"))).unwrap();
    and_back(&mut p, edit, |p| assert_eq!(names(p), ["c", "a", "-b"]));
    let edit = move_label(&p, &label_id("c"), Some(&label_id("a")), None).unwrap();
    and_back(&mut p, edit, |p| assert_eq!(names(p), ["a", "-b", "-c"]));
    let circle = move_label(&p, &label_id("a"), Some(&label_id("b")), None).unwrap();
    assert!(apply(&mut p, circle).is_err());
}

#[test]
fn a_digit_is_taken_from_the_label_that_had_it() {
    let mut p = project();
    let c = Label {
        digit: Some(1),
        ..p.label(&label_id("c")).unwrap().clone()
    };
    let edit = save_label(&p, c);
    and_back(&mut p, edit, |p| {
        assert_eq!(p.label(&label_id("a")).unwrap().digit, None);
        assert_eq!(p.label(&label_id("c")).unwrap().digit, Some(1));
    });
}

#[test]
fn many_passages_are_tagged_at_once_each_as_by_itself() {
    let mut p = project();
    tagged(&mut p, tagging(Span::new(0, 3), "a", "MK", 1));
    tagged(&mut p, tagging(Span::new(4, 7), "b", "MK", 2));
    tagged(&mut p, tagging(Span::new(8, 13), "b", "AL", 3));
    let r = ReadingId::new("r").unwrap();
    let spans = [(0, 3), (3, 8), (4, 7), (8, 13), (7, 8), (8, 13), (90, 95)];
    let passages = spans.map(|(a, b)| (r.clone(), Span::new(a, b)));
    let mut next = 10;
    let mut all = |p: &Project, passages: &[(ReadingId, Span)]| {
        let (label, coder) = (label_id("a"), CoderId::new("MK").unwrap());
        let id = || {
            next += 1;
            HighlightId(next)
        };
        let passages = passages.iter().cloned();
        tag_all(p, passages, &label, &coder, Timestamp::UNIX_EPOCH, id)
    };
    let edit = all(&p, &passages).unwrap();
    assert!(matches!(&edit, Edit::Batch(edits) if edits.len() == 2));
    and_back(&mut p, edit.clone(), |p| {
        assert_eq!(labels_of(p).len(), 4);
        let own = p.highlights().filter(|h| h.coder.as_str() == "MK");
        assert!(own.into_iter().all(|h| h.labels.contains(&label_id("a"))));
        assert_eq!(labels_of(p)[1], ["b", "a"]);
    });
    apply(&mut p, edit).unwrap();
    assert_eq!(all(&p, &passages), None);
    assert_eq!(all(&p, &[]), None);
}
