//! In which order rows and columns stand, and what the comparison keeps in the project's view state.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::analysis::matrix::ColumnKey;

/// The order of rows or columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Order {
    /// As they come: labels as in the codebook, readings as listed.
    #[default]
    Natural,
    /// Those that are alike side by side.
    Similar,
    /// As they were put, by their keys; what is not among these comes after.
    ByHand(Vec<String>),
}

impl Order {
    /// The places of `keys` in this order. `similar` is the order by similarity, if it is there.
    pub fn arrange(&self, keys: &[String], similar: Option<&[usize]>) -> Vec<usize> {
        let mut places: Vec<usize> = (0..keys.len()).collect();
        match self {
            Self::Natural => {}
            Self::Similar => {
                if let Some(similar) = similar.filter(|s| s.len() == keys.len()) {
                    places = similar.to_vec();
                }
            }
            Self::ByHand(hand) => {
                let ranks: HashMap<&str, usize> = hand
                    .iter()
                    .enumerate()
                    .map(|(at, key)| (key.as_str(), at))
                    .collect();
                places
                    .sort_by_key(|at| ranks.get(keys[*at].as_str()).copied().unwrap_or(usize::MAX));
            }
        }
        places
    }

    /// Moves what stands at `from` to `to` in the order that shows.
    pub fn move_to(&mut self, mut shown: Vec<String>, from: usize, to: usize) {
        if from < shown.len() && to < shown.len() {
            let moved = shown.remove(from);
            shown.insert(to, moved);
            *self = Self::ByHand(shown);
        }
    }
}

/// The name under which a column is remembered.
pub fn column_key(key: &ColumnKey) -> String {
    match key {
        ColumnKey::Reading(id) => format!("reading {id}"),
        ColumnKey::Year(year) => year.map_or("no year".to_owned(), |y| format!("year {y}")),
        ColumnKey::Coder(coder) => format!("coder {coder}"),
        ColumnKey::Stance(stance) => {
            stance.map_or("no stance".to_owned(), |s| format!("stance {s}"))
        }
        ColumnKey::Value(value) => {
            (value.as_ref()).map_or("no value".to_owned(), |v| format!("value {}", v.typed()))
        }
    }
}

/// What is remembered of the comparison from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The order of labels.
    pub rows: Order,
    /// The order of columns, by what the columns are.
    pub columns: BTreeMap<String, Order>,
    /// Labels that are folded.
    pub folded: BTreeSet<String>,
    /// The theories set against each other.
    pub theories: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(all: &str) -> Vec<String> {
        all.chars().map(String::from).collect()
    }

    #[test]
    fn what_was_put_by_hand_stays_there() {
        let mut order = Order::Natural;
        order.move_to(keys("abcd"), 3, 1);
        assert_eq!(order, Order::ByHand(keys("adbc")));
        assert_eq!(order.arrange(&keys("abcd"), None), [0, 3, 1, 2]);
        // What is new comes last, what is gone is passed over.
        assert_eq!(order.arrange(&keys("xacd"), None), [1, 3, 2, 0]);
        order.move_to(keys("ab"), 5, 0);
        assert_eq!(order, Order::ByHand(keys("adbc")));
    }

    #[test]
    fn similarity_waits_until_it_is_worked_out() {
        let order = Order::Similar;
        assert_eq!(order.arrange(&keys("abc"), None), [0, 1, 2]);
        assert_eq!(order.arrange(&keys("abc"), Some(&[2, 0, 1])), [2, 0, 1]);
        assert_eq!(order.arrange(&keys("abc"), Some(&[1, 0])), [0, 1, 2]);
    }
}
