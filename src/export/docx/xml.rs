//! XML as it is written: elements that are closed, text that XML 1.0 can hold.

use std::fmt::Write as _;

use quick_xml::escape;

/// A part of the package, or the piece of it that is not yet in the archive.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A part with its declaration and its root open.
    pub fn part(root: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut xml = Self::default();
        xml.out
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        xml.open(root, attributes);
        xml
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// Closes all that is open and gives what was written since it was taken last.
    pub fn end(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>");
    }

    /// An element whose one attribute is `w:val`.
    pub fn val(&mut self, name: &str, value: impl std::fmt::Display) {
        // Writing to a string never fails.
        let _ = write!(self.out, "<{name} w:val=\"{value}\"/>");
    }

    /// A switch that is on.
    pub fn on(&mut self, name: &str) {
        self.tag(name, &[], "/>");
    }

    /// An element with text, in which spaces count where they stand at an end.
    pub fn words(&mut self, name: &str, text: &str) {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n');
        let keep: &[(&str, &str)] = match text.starts_with(blank) || text.ends_with(blank) {
            true => &[("xml:space", "preserve")],
            false => &[],
        };
        self.tag(name, keep, ">");
        self.text(text);
        let _ = write!(self.out, "</{name}>");
    }

    /// Text; what XML can't hold is left out.
    pub fn text(&mut self, text: &str) {
        match text.chars().all(is_fit) {
            true => self.out.push_str(&escape::partial_escape(text)),
            false => self.out.push_str(&escape::partial_escape(fit(text))),
        }
    }

    /// How many bytes wait to be taken.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// What was written since it was taken last. What is open stays so.
    pub fn drain(&mut self, take: impl FnOnce(&str) -> std::io::Result<()>) -> std::io::Result<()> {
        take(&self.out)?;
        self.out.clear();
        Ok(())
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            let value = escape::escape(fit(value));
            let _ = write!(self.out, " {key}=\"{value}\"");
        }
        self.out.push_str(end);
    }
}

/// The text without what [`is_fit`] refuses.
pub(super) fn fit(text: &str) -> String {
    text.chars().filter(|c| is_fit(*c)).collect()
}

/// Whether XML 1.0 can hold a character and it stands for something: control characters are out (C1 too, which XML only advises
/// against), and so are noncharacters (Unicode 23.7). Word refuses a whole file for one of the former.
pub(super) fn is_fit(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        c if c.is_control() => false,
        '\u{FDD0}'..='\u{FDEF}' => false,
        c => u32::from(c) & 0xFFFE != 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        let mut xml = Xml::default();
        xml.words(
            "w:t",
            " a\u{0}\u{B}<&\u{85}\u{FFFE}\u{FDD0}\u{1FFFF}勢\u{1F600}\" ",
        );
        assert_eq!(
            xml.end(),
            "<w:t xml:space=\"preserve\"> a&lt;&amp;勢\u{1F600}\" </w:t>"
        );
    }

    #[test]
    fn what_is_open_gets_closed() {
        let mut xml = Xml::default();
        xml.open("w:p", &[("w:a", "\"<\u{1}>'")]);
        xml.open("w:r", &[]);
        xml.val("w:b", 0);
        assert_eq!(
            xml.end(),
            "<w:p w:a=\"&quot;&lt;&gt;&apos;\"><w:r><w:b w:val=\"0\"/></w:r></w:p>"
        );
    }
}
