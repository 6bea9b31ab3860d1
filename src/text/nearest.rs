//! What someone may have meant.

/// The candidate nearest to a misspelled `name`: one that holds it or differs by few letters.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let allowed = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let distance = match lower.contains(&name) && name.chars().count() > 2 {
                true => 1,
                false => distance(&name, &lower),
            };
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters are to be put in, left out, changed or exchanged with their neighbour (optimal string alignment: Damerau 1964,
/// Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut older: Vec<usize> = Vec::new();
    let mut old: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let changed = old[j] + usize::from(a[i] != b[j]);
            let mut least = changed.min(old[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(older[j - 1] + 1);
            }
            row.push(least);
        }
        older = std::mem::replace(&mut old, row);
    }
    old[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_forgiven() {
        let labels = ["Entrapment", "Abandonment", "Trust"];
        assert_eq!(nearest("entrapmnet", labels), Some("Entrapment"));
        assert_eq!(nearest("abandon", labels), Some("Abandonment"));
        assert_eq!(nearest("Energy", labels), None);
        assert_eq!(nearest("lable", ["label", "year"]), Some("label"));
        assert_eq!(distance("勢", "势"), 1);
        assert_eq!(distance("ba", "abc"), 2);
        assert_eq!(distance("", "abc"), 3);
    }
}
