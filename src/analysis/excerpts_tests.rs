//! The order and the groups of a small list: seven highlights, 0 to 5 in Walt 1987, 6 in Lo, which has no year.

use super::*;
use crate::analysis::query::tests::corpus;

fn listed(
    query: &str,
    grouping: Grouping,
    sorting: Sorting,
    descending: bool,
) -> Vec<(GroupKey, Vec<u64>)> {
    let corpus = corpus();
    let arrangement = Arrangement {
        grouping,
        sorting,
        descending,
    };
    let list = list(&corpus, &Query::parse(query).unwrap(), arrangement).unwrap();
    let id = |place: &Place| corpus.coding(*place).unwrap().1.highlight.id.0;
    let mut end = 0;
    let groups = list.groups.iter().map(|group| {
        assert_eq!(group.start, end);
        end = group.end;
        let items = list.items[group.start..group.end].iter();
        (group.key.clone(), items.map(id).collect::<Vec<_>>())
    });
    let groups: Vec<(GroupKey, Vec<u64>)> = groups.collect();
    assert_eq!(end, list.items.len());
    let mut different: Vec<&Place> = list.items.iter().collect();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), list.highlights);
    groups
}

fn ids(query: &str, sorting: Sorting, descending: bool) -> Vec<u64> {
    let mut groups = listed(query, Grouping::None, sorting, descending);
    groups.pop().map(|(_, ids)| ids).unwrap_or_default()
}

fn label(id: &str) -> GroupKey {
    GroupKey::Label(LabelId::new(id).unwrap())
}

#[test]
fn an_excerpt_stands_under_each_of_its_labels() {
    assert_eq!(
        listed("", Grouping::Label, Sorting::Place, false),
        [
            (label("dilemma"), vec![5]),
            (label("entrapment"), vec![0]),
            (label("abandonment"), vec![2, 6]),
            (label("poles"), vec![1, 2, 3]),
            (label("balance"), vec![4]),
        ]
    );
}

#[test]
fn labels_that_are_asked_for_are_the_groups() {
    let by_label = |query| listed(query, Grouping::Label, Sorting::Place, false);
    assert_eq!(
        by_label("label:abandonment"),
        [(label("abandonment"), vec![2, 6])]
    );
    assert_eq!(
        by_label("label:\"alliance dilemma\" coder:MK"),
        [
            (label("dilemma"), vec![5]),
            (label("entrapment"), vec![0]),
            (label("abandonment"), vec![2]),
        ]
    );
    // What passed for another reason is not lost.
    assert_eq!(
        by_label("label:entrapment or 均势"),
        [(label("entrapment"), vec![0]), (label("balance"), vec![4])]
    );
    // Not what they are near to.
    assert_eq!(
        by_label("label:entrapment overlaps label:multipolarity"),
        [(label("entrapment"), vec![0])]
    );
}

#[test]
fn other_groups() {
    let keys =
        |grouping| -> Vec<(GroupKey, Vec<u64>)> { listed("", grouping, Sorting::Place, false) };
    let coder = |name| GroupKey::Coder(CoderId::new(name).unwrap());
    assert_eq!(
        keys(Grouping::Coder),
        [
            (coder("AL"), vec![1, 3, 6]),
            (coder("MK"), vec![0, 2, 4, 5])
        ]
    );
    let stance = GroupKey::Stance;
    assert_eq!(
        keys(Grouping::Stance),
        [
            (stance(Some(Stance::Contests)), vec![1]),
            (stance(None), vec![0, 2, 3, 4, 5, 6])
        ]
    );
    let reading = |id| GroupKey::Reading(ReadingId::new(id).unwrap());
    assert_eq!(
        keys(Grouping::Reading),
        [
            (reading("walt"), vec![0, 1, 2, 3, 4, 5]),
            (reading("lo"), vec![6])
        ]
    );
    assert_eq!(
        keys(Grouping::None),
        [(GroupKey::All, vec![0, 1, 2, 3, 4, 5, 6])]
    );
    assert_eq!(listed("promise", Grouping::None, Sorting::Place, false), []);
}

#[test]
fn orders() {
    assert_eq!(ids("", Sorting::Place, true), [6, 5, 4, 3, 2, 1, 0]);
    assert_eq!(ids("", Sorting::Created, true), [3, 0, 1, 2, 4, 5, 6]);
    assert_eq!(ids("", Sorting::Created, false), [0, 1, 2, 4, 5, 6, 3]);
    // 24, 8, 10, 26, 13, 12 and 10 characters.
    assert_eq!(ids("", Sorting::Length, false), [1, 2, 6, 5, 4, 0, 3]);
    assert_eq!(ids("coder:AL", Sorting::Year, false), [1, 3, 6]);
    assert_eq!(ids("coder:AL", Sorting::Year, true), [1, 3, 6]);
}
