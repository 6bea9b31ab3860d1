use glossator::analysis::order::by_similarity;
use proptest::prelude::*;

#[test]
fn blocks_come_out_together() {
    // Three blocks, dealt out one after the other, and two rows without anything.
    let row = |n: usize| -> Vec<f64> {
        let cell = |column: usize| match column / 3 == n % 3 {
            true => 1.0 + ((n * 7 + column) % 4) as f64,
            false => 0.0,
        };
        (0..9).map(cell).collect()
    };
    let mut rows: Vec<Vec<f64>> = (0..12).map(row).collect();
    rows[4] = vec![0.0; 9];
    rows[7] = Vec::new();
    let order = by_similarity(&rows);
    assert_eq!(order[10..], [4, 7]);
    let blocks: Vec<usize> = order[..10].iter().map(|at| at % 3).collect();
    let changes = blocks.windows(2).filter(|two| two[0] != two[1]).count();
    assert_eq!(changes, 2, "{blocks:?}");
}

#[test]
fn a_chain_comes_out_as_a_chain() {
    // Each row shares cells with the next only; dealt out of order.
    let places = [3usize, 0, 5, 1, 4, 2, 6];
    let row = |place: &usize| {
        (0..8)
            .map(|c| f64::from(u8::from(c == *place || c == place + 1)))
            .collect()
    };
    let rows: Vec<Vec<f64>> = places.iter().map(row).collect();
    let order: Vec<usize> = by_similarity(&rows)
        .into_iter()
        .map(|at| places[at])
        .collect();
    assert!(
        order.is_sorted() || order.iter().rev().is_sorted(),
        "{order:?}"
    );
}

#[test]
fn few_rows_stay() {
    assert_eq!(by_similarity(&[]), [0usize; 0]);
    assert_eq!(by_similarity(&[vec![1.0]]), [0]);
    assert_eq!(by_similarity(&[vec![0.0], vec![1.0]]), [1, 0]);
    // All are as alike as can be.
    let mut same = by_similarity(&vec![vec![1.0, 2.0]; 5]);
    same.sort_unstable();
    assert_eq!(same, [0, 1, 2, 3, 4]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_row_is_lost_and_the_same_rows_give_the_same_order(
        rows in prop::collection::vec(prop::collection::vec(0u8..5, 6), 0..14)
    ) {
        let rows: Vec<Vec<f64>> = rows.into_iter().map(|r| r.into_iter().map(f64::from).collect()).collect();
        let order = by_similarity(&rows);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..rows.len()).collect::<Vec<_>>());
        prop_assert_eq!(&by_similarity(&rows), &order);
        let empty = |at: &usize| rows[*at].iter().all(|x| *x == 0.0);
        let full: Vec<usize> = order.iter().copied().take_while(|at| !empty(at)).collect();
        prop_assert!(order[full.len()..].iter().all(empty));
        prop_assert!(order[full.len()..].is_sorted());
        // The two ends of the tree can be turned about: as good, and of the two the one that begins with the lower.
        prop_assert!(full.first() <= full.last());
    }
}
