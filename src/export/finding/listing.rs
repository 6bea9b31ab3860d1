//! Theory against theory as a list: quotes are too long for columns of a terminal.

use super::{Finding, tables::stance_word};
use crate::analysis::contrast::{Cell, Claim, Contrast, STANCES, Spec};

/// Each reading, under it each theory, under that each stance with its claims and its best quotes.
pub(super) fn contrast(finding: &Finding, spec: &Spec, found: &Contrast, quotes: usize) -> String {
    let mut out = String::new();
    for row in &found.rows {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&finding.cited(&row.reading));
        out.push('\n');
        for (theory, id) in spec.theories.iter().enumerate() {
            if row.says_nothing(theory) {
                continue;
            }
            out.push_str(&format!("  {}\n", finding.label_called(id)));
            let claims = row.claims.get(theory).into_iter().flatten();
            out.extend(claims.map(|claim| format!("    {}\n", line(claim))));
            let cells = row.cells.get(theory).into_iter().flatten();
            for (stance, cell) in STANCES.into_iter().zip(cells) {
                out.push_str(&listed(finding, stance_word(stance), cell, quotes));
            }
        }
    }
    out
}

fn line(claim: &Claim) -> String {
    format!(
        "{} claims: {}",
        claim.coder,
        claim.text.trim().replace('\n', " ")
    )
}

fn listed(finding: &Finding, stance: &str, cell: &Cell, quotes: usize) -> String {
    let all = finding.different(&cell.quotes);
    let more = all.len().saturating_sub(quotes);
    let mut lines: Vec<String> = cell.claims.iter().map(line).collect();
    let first = all.into_iter().take(quotes);
    lines.extend(first.map(|(text, cited)| format!("{text} {cited}")));
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|l| format!("      {l}\n")).collect();
    format!("    {stance}\n{lines}")
}
