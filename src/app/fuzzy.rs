//! Finding a name from a few typed letters.

/// How well a name fits, and which of its characters (by index) were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Higher fits better.
    pub score: i32,
    /// Indexes of the matched characters, rising.
    pub at: Vec<usize>,
}

/// Matches `typed` against `name`, letter case and white space aside: best the start of the name, then the start of a word,
/// then the initials, then anywhere in it, then its letters in order with gaps. `None` when not even that. Shorter names
/// win ties. An empty `typed` matches everything equally.
pub fn fuzzy(typed: &str, name: &str) -> Option<Match> {
    let fold = |c: char| c.to_lowercase().next().unwrap_or(c);
    let wanted: Vec<char> = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(fold)
        .collect();
    let letters: Vec<char> = name.chars().map(fold).collect();
    if wanted.is_empty() {
        return Some(Match {
            score: 0,
            at: Vec::new(),
        });
    }
    let starts: Vec<usize> = (0..letters.len())
        .filter(|&i| letters[i].is_alphanumeric() && (i == 0 || !letters[i - 1].is_alphanumeric()))
        .collect();
    let length = letters.len() as i32;
    let run = |from: usize| run_from(&letters, &wanted, from);
    if let Some(at) = run(0) {
        return Some(Match {
            score: 4000 - length,
            at,
        });
    }
    if let Some(at) = starts.iter().find_map(|&s| run(s)) {
        return Some(Match {
            score: 3000 - length,
            at,
        });
    }
    let initials: Vec<char> = starts.iter().map(|&s| letters[s]).collect();
    if wanted.len() > 1
        && let Some(first) = initials.windows(wanted.len()).position(|w| w == wanted)
    {
        let at = starts[first..first + wanted.len()].to_vec();
        return Some(Match {
            score: 2500 - length,
            at,
        });
    }
    if let Some(at) = (0..letters.len()).find_map(run) {
        return Some(Match {
            score: 2000 - length,
            at,
        });
    }
    let at = scattered(&letters, &wanted)?;
    let gaps = at.windows(2).filter(|w| w[1] != w[0] + 1).count() as i32;
    Some(Match {
        score: 1000 - 50 * gaps - length,
        at,
    })
}

/// The indexes of `wanted` from `from` on without a gap but for white space and punctuation.
fn run_from(letters: &[char], wanted: &[char], from: usize) -> Option<Vec<usize>> {
    let mut at = Vec::with_capacity(wanted.len());
    let mut next = from;
    for &c in wanted {
        while letters
            .get(next)
            .is_some_and(|l| *l != c && !l.is_alphanumeric())
            && next > from
        {
            next += 1;
        }
        if *letters.get(next)? != c {
            return None;
        }
        at.push(next);
        next += 1;
    }
    Some(at)
}

fn scattered(letters: &[char], wanted: &[char]) -> Option<Vec<usize>> {
    let mut next = 0;
    wanted
        .iter()
        .map(|&c| {
            let found = next + letters.get(next..)?.iter().position(|&l| l == c)?;
            next = found + 1;
            Some(found)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in the order in which they are offered.
    fn order<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
        let mut found: Vec<_> = names
            .iter()
            .filter_map(|&n| Some((fuzzy(typed, n)?.score, n)))
            .collect();
        found.sort_by_key(|f| std::cmp::Reverse(f.0));
        found.into_iter().map(|f| f.1).collect()
    }

    #[test]
    fn the_best_comes_first() {
        let names = [
            "Offensive capability",
            "Entrapment",
            "Trade",
            "Contested multipolarity",
            "Multipolarity",
        ];
        assert_eq!(
            order("mul", &names),
            ["Multipolarity", "Contested multipolarity"]
        );
        assert_eq!(order("tra", &names), ["Trade", "Entrapment"]);
        assert_eq!(order("oc", &names)[0], "Offensive capability");
        assert_eq!(order("zzz", &names), Vec::<&str>::new());
        assert_eq!(order("", &names).len(), 5);
    }

    #[test]
    fn initials_and_gaps_match() {
        assert_eq!(
            order("bot", &["Balance of power", "Balance of threat"])[0],
            "Balance of threat"
        );
        assert!(fuzzy("shi勢", "Shi 勢").is_some());
        assert_eq!(fuzzy("mlt", "Multi").map(|m| m.at), Some(vec![0, 2, 3]));
    }
}
