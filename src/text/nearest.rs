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

/// How many letters are to be put in, left out or changed (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let changed = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
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
        assert_eq!(distance("勢", "势"), 1);
    }
}
