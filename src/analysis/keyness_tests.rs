use super::*;

#[test]
fn log_likelihood_is_as_worked_out_by_hand() {
    // 120 and 80 in 10,000 words each: E = 100 each, 2 · (120 · ln 1.2 + 80 · ln 0.8) = 8.0542.
    assert!((log_likelihood(120, 80, 10_000, 10_000) - 8.0542).abs() < 1e-4);
    assert!((log_likelihood(80, 120, 10_000, 10_000) + 8.0542).abs() < 1e-4);
    // 10 in 1,000 and none in 3,000: E₁ = 2.5, 2 · 10 · ln 4 = 27.7259.
    assert!((log_likelihood(10, 0, 1_000, 3_000) - 27.7259).abs() < 1e-4);
    assert_eq!(log_likelihood(10, 30, 1_000, 3_000), 0.0);
    assert_eq!(log_likelihood(10, 0, 1_000, 0), 0.0);
    assert_eq!(log_likelihood(0, 0, 10, 10), 0.0);
}

#[test]
fn log_ratio_counts_doublings() {
    assert_eq!(log_ratio(8, 2, 100, 100), 2.0);
    assert_eq!(log_ratio(2, 8, 100, 100), -2.0);
    // 4 in 100 against the 0.5 that stands in for none in 200: 0.04 / 0.0025 = 16.
    assert_eq!(log_ratio(4, 0, 100, 200), 4.0);
    assert_eq!(log_ratio(4, 0, 100, 0), 0.0);
}
