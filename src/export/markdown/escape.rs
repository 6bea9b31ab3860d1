//! Text as Markdown that shows it as it was.

/// `text`, one line, as Markdown that shows exactly it.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_ascii_punctuation() && !"\"',.!?;/".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
