//! Line ends, control characters and white space put right, once.

use super::counted;

/// A text with LF line ends and no control characters but tabs.
#[derive(Debug, Default, PartialEq)]
pub struct Characters {
    /// The text.
    pub text: String,
    controls: usize,
    soft_hyphens: usize,
    page_breaks: usize,
}

impl Characters {
    /// What was taken away, for people.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.controls > 0 {
            let what = counted(self.controls, "control character", "control characters");
            remarks.push(format!("Removed {what}."));
        }
        if self.soft_hyphens > 0 {
            let what = counted(self.soft_hyphens, "soft hyphen", "soft hyphens");
            remarks.push(format!("Removed {what}."));
        }
        if self.page_breaks > 0 {
            let what = counted(
                self.page_breaks,
                "page break became a paragraph break",
                "page breaks became paragraph breaks",
            );
            remarks.push(format!("{what}."));
        }
        remarks
    }
}

/// Makes one kind of line end of all and takes out what can't be seen.
pub fn characters(text: &str) -> Characters {
    let mut out = Characters {
        text: String::with_capacity(text.len()),
        ..Characters::default()
    };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' | '\n' => out.text.push(c),
            '\r' => {
                chars.next_if_eq(&'\n');
                out.text.push('\n');
            }
            '\u{0B}' | '\u{85}' | '\u{2028}' => out.text.push('\n'),
            '\u{2029}' => out.text.push_str("\n\n"),
            '\u{0C}' => {
                out.page_breaks += 1;
                out.text.push_str("\n\n");
            }
            // At a line's end it shows, and says that the word goes on.
            '\u{AD}' if chars.peek().is_some_and(|&n| n == '\n' || n == '\r') => out.text.push('-'),
            '\u{AD}' => out.soft_hyphens += 1,
            '\u{FEFF}' => out.controls += 1,
            c if c.is_control() => out.controls += 1,
            c => out.text.push(c),
        }
    }
    out
}

/// Takes white space at line ends and empty lines beyond one away. What is left, unless empty, ends with a line end.
pub fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut gap = false;
    for line in text.split('\n') {
        let line = line.trim_end();
        if line.is_empty() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push('\n');
        }
        gap = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, remarks: &[&str]) {
        let cleaned = characters(text);
        assert_eq!(lines(&cleaned.text), expected);
        assert_eq!(cleaned.remarks(), remarks);
        let again = lines(&characters(expected).text);
        assert_eq!(again, expected, "not clean after cleaning");
    }

    #[test]
    fn every_line_end_is_one() {
        check("a\r\nb\rc\u{2028}d\u{85}e\u{B}f", "a\nb\nc\nd\ne\nf\n", &[]);
        check("a\u{2029}b", "a\n\nb\n", &[]);
        check(
            "a\u{C}b",
            "a\n\nb\n",
            &["1 page break became a paragraph break."],
        );
    }

    #[test]
    fn empty_lines_and_white_space_at_ends_go() {
        check("\n\n a \t\r\n \n\n\nb\u{A0}\n\n", " a\n\nb\n", &[]);
        check(" \n ", "", &[]);
    }

    #[test]
    fn control_characters_are_counted() {
        check(
            "a\u{1}b\u{7F}\u{9F}\tc\u{FEFF}",
            "ab\tc\n",
            &["Removed 4 control characters."],
        );
        check("al\u{AD}ly", "ally\n", &["Removed 1 soft hyphen."]);
        check("al\u{AD}\nly", "al-\nly\n", &[]);
    }
}
