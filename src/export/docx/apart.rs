//! Footnotes and comments: parts that are written while the document is, packed as they come.

use std::io::Cursor;

use zip::ZipWriter;

use super::{
    package,
    story::{Look, Paragraph, Story},
};
use crate::export::document::{Inline, Stop};

/// As many bytes are written before they are packed.
const CHUNK: usize = 32 * 1024;

/// A part beside the document.
pub(super) struct Apart {
    pub story: Story,
    pub zip: ZipWriter<Cursor<Vec<u8>>>,
    /// How many notes there are.
    count: u32,
}

impl Apart {
    fn new(part: &str, root: &'static str) -> Result<Self, Stop> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        package::start(&mut zip, part)?;
        Ok(Self {
            story: Story::new(root),
            zip,
            count: 0,
        })
    }

    /// The footnotes, with the lines above them that the settings name.
    pub fn footnotes() -> Result<Self, Stop> {
        let mut part = Self::new("word/footnotes.xml", "w:footnotes")?;
        let xml = &mut part.story.xml;
        let lines = [
            ("-1", "separator", "w:separator"),
            ("0", "continuationSeparator", "w:continuationSeparator"),
        ];
        for (id, kind, element) in lines {
            xml.open("w:footnote", &[("w:type", kind), ("w:id", id)]);
            xml.open("w:p", &[]);
            xml.open("w:pPr", &[]);
            let tight = [("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")];
            xml.empty("w:spacing", &tight);
            xml.close();
            xml.open("w:r", &[]);
            xml.on(element);
            (0..3).for_each(|_| xml.close());
        }
        Ok(part)
    }

    /// The comments.
    pub fn comments() -> Result<Self, Stop> {
        Self::new("word/comments.xml", "w:comments")
    }

    /// A footnote; its id, from 1.
    pub fn footnote(&mut self, paragraphs: &[&Vec<Inline>]) -> Result<String, Stop> {
        self.count += 1;
        let id = self.count.to_string();
        self.story.xml.open("w:footnote", &[("w:id", &id)]);
        let mark = |story: &mut Story| {
            story.mark("FootnoteReference", "w:footnoteRef", &[]);
            story.flat(&[crate::export::document::text(" ")], Look::default());
        };
        self.paragraphs("FootnoteText", paragraphs, mark)?;
        Ok(id)
    }

    /// A comment by `author`; its id, from 1.
    pub fn comment(&mut self, author: &str, paragraphs: &[&Vec<Inline>]) -> Result<String, Stop> {
        self.count += 1;
        let id = self.count.to_string();
        let attributes = [
            ("w:id", id.as_str()),
            ("w:author", author),
            ("w:initials", &initials(author)),
        ];
        self.story.xml.open("w:comment", &attributes);
        let mark = |story: &mut Story| story.mark("CommentReference", "w:annotationRef", &[]);
        self.paragraphs("CommentText", paragraphs, mark)?;
        Ok(id)
    }

    /// The paragraphs of a note, at least one, and its end.
    fn paragraphs(
        &mut self,
        style: &'static str,
        paragraphs: &[&Vec<Inline>],
        mark: impl FnOnce(&mut Story),
    ) -> Result<(), Stop> {
        let (none, mut mark) = (Vec::new(), Some(mark));
        let none: &[&Vec<Inline>] = &[&none];
        let paragraphs = if paragraphs.is_empty() {
            none
        } else {
            paragraphs
        };
        for line in paragraphs {
            self.story.open_paragraph(&Paragraph::of(style, line));
            if let Some(mark) = mark.take() {
                mark(&mut self.story);
            }
            self.story.flat(line, Look::default());
            self.story.close_paragraph();
        }
        self.story.xml.close();
        if self.story.xml.len() >= CHUNK {
            package::drain(&mut self.zip, &mut self.story.xml)?;
        }
        Ok(())
    }
}

/// What Word shows before a comment: short names as they are, else the first letters of up to three words.
fn initials(name: &str) -> String {
    let name = name.trim();
    if name.chars().count() <= 3 {
        return name.to_owned();
    }
    let first = |word: &str| word.chars().next();
    name.split_whitespace().filter_map(first).take(3).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_are_short() {
        let of = super::initials;
        assert_eq!(of(" MK "), "MK");
        assert_eq!(of("Maria Kowalska"), "MK");
        assert_eq!(of("勢力"), "勢力");
        assert_eq!(of("a b c d"), "abc");
    }
}
