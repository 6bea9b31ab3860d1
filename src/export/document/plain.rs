//! Text without its manner.

use super::Inline;

/// The text of a line, without manners, footnotes and marks.
pub fn plain(line: &[Inline]) -> String {
    let mut out = String::new();
    for inline in line {
        match inline {
            Inline::Run(run) => out.push_str(&run.text),
            Inline::Break => out.push('\n'),
            Inline::Footnote(_) | Inline::Gloss(_) => {}
        }
    }
    out
}
