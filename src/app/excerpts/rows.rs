//! The rows of a list: the headings of its groups and its excerpts, by number.

use crate::analysis::excerpts::Group;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The heading of the group with a number.
    Head(usize),
    /// The excerpt with a number.
    Item(usize),
}

/// Which row is what. Nothing is kept for each of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// Where each group starts and ends, in excerpts.
    groups: Vec<(usize, usize)>,
    heads: bool,
}

impl Rows {
    /// The rows of these groups, which follow each other without a gap; with a heading each, or with none.
    pub fn new(groups: &[Group], heads: bool) -> Self {
        Self {
            groups: groups.iter().map(|g| (g.start, g.end)).collect(),
            heads,
        }
    }

    /// How many excerpts there are.
    pub fn items(&self) -> usize {
        self.groups.last().map_or(0, |(_, end)| *end)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.items() + if self.heads { self.groups.len() } else { 0 }
    }

    /// What the row with a number is. O(log groups).
    pub fn get(&self, row: usize) -> Option<Row> {
        if row >= self.len() {
            return None;
        }
        if !self.heads {
            return Some(Row::Item(row));
        }
        let group = self.group_at(row);
        Some(match row - self.head(group) {
            0 => Row::Head(group),
            more => Row::Item(self.groups[group].0 + more - 1),
        })
    }

    /// The row of an excerpt.
    pub fn of_item(&self, item: usize) -> usize {
        if !self.heads {
            return item;
        }
        let group = self.groups.partition_point(|(_, end)| *end <= item);
        item + group + 1
    }

    /// The row of a group's heading.
    pub fn head(&self, group: usize) -> usize {
        self.groups.get(group).map_or(0, |(start, _)| start + group)
    }

    /// The group that a row belongs to.
    pub fn group_at(&self, row: usize) -> usize {
        let numbered = self.groups.iter().enumerate();
        let (mut low, mut high) = (0, numbered.len());
        while low + 1 < high {
            let mid = usize::midpoint(low, high);
            match self.groups[mid].0 + mid <= row {
                true => low = mid,
                false => high = mid,
            }
        }
        low
    }

    /// Whether groups have headings.
    pub fn has_heads(&self) -> bool {
        self.heads
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::excerpts::GroupKey;

    fn groups(lengths: &[usize]) -> Vec<Group> {
        let mut at = 0;
        let group = |length: &usize| {
            let start = at;
            at += length;
            Group {
                key: GroupKey::All,
                start,
                end: at,
            }
        };
        lengths.iter().map(group).collect()
    }

    proptest! {
        #[test]
        fn they_are_those_of_a_plain_list(
            lengths in prop::collection::vec(1usize..6, 0..12), heads in any::<bool>(),
        ) {
            let mut plain = Vec::new();
            let mut item = 0;
            for (group, length) in lengths.iter().enumerate() {
                if heads {
                    plain.push(Row::Head(group));
                }
                for _ in 0..*length {
                    plain.push(Row::Item(item));
                    item += 1;
                }
            }
            let rows = Rows::new(&groups(&lengths), heads);
            prop_assert_eq!(rows.len(), plain.len());
            prop_assert_eq!(rows.items(), item);
            prop_assert_eq!(rows.get(plain.len()), None);
            for (at, row) in plain.iter().enumerate() {
                prop_assert_eq!(rows.get(at), Some(*row));
                match row {
                    Row::Item(item) => prop_assert_eq!(rows.of_item(*item), at),
                    Row::Head(group) => {
                        prop_assert_eq!(rows.head(*group), at);
                        prop_assert_eq!(rows.group_at(at), *group);
                    }
                }
            }
        }
    }
}
