//! Annotated readings: what was marked has a ground in the colour of its label, and the gloss is a comment of its coder that ranges over
//! it, or a footnote at its end.

use super::{
    Docx,
    blocks::{heading, look_of},
    story::{Indents, Look, Paragraph},
};
use crate::{
    export::{
        document::{Gloss, Inline, Inlines, LabelUse, Passage, Run, Stop, bold, dim, italic, text},
        order::Glosses,
    },
    model::{BlockKind, Color},
};

/// How far the numbers of paragraphs stand before the text, in twentieths of a point; the style says so, too.
const MARGIN: u32 = 1090;
/// So many characters of a page's name leave room for “p.” in the margin.
const SHORT: usize = 6;
const WHITE: Color = Color([0xFF; 3]);
/// What was marked and has no label.
const UNLABELLED: Color = Color([0x9A, 0x94, 0x86]);
/// How far a ground is from its label's colour to white: black on it keeps a contrast of 10:1 at least.
const TINT: f32 = 0.74;

/// A gloss that has begun.
#[derive(Debug)]
pub(super) struct Open {
    gloss: Gloss,
    /// The id of its comment, once that is written.
    comment: Option<String>,
}

impl Docx<'_> {
    /// A paragraph of a reading, with its number in the margin. Headings have none: it would stand in tables of contents.
    pub(super) fn passage(&mut self, passage: &Passage) -> Result<(), Stop> {
        for gloss in &passage.glosses {
            let open = Open {
                gloss: gloss.clone(),
                comment: None,
            };
            self.open.insert(gloss.number, open);
        }
        if passage.page.is_some() {
            self.page.clone_from(&passage.page);
        }
        if let Some(level) = passage.heading {
            return self.styled(heading(level), &passage.text);
        }
        let paragraph = Paragraph {
            indents: passage.kind.and_then(indents),
            ..Paragraph::of("AnnotatedText", &passage.text)
        };
        self.open_paragraph(paragraph);
        let number = match self.page.take() {
            Some(page) if page.chars().count() <= SHORT => {
                format!("p. {page} ¶{}\t", passage.number)
            }
            Some(page) => format!("{page} ¶{}\t", passage.number),
            None => format!("¶{}\t", passage.number),
        };
        let look = Look {
            style: Some("ParagraphNumber"),
            ..Look::default()
        };
        self.body.run(&Run::new(number), look);
        self.line(&passage.text, look_of("AnnotatedText"))?;
        self.body.close_paragraph();
        Ok(())
    }

    /// The labels, each on its ground, with how many passages have it.
    pub(super) fn legend(&mut self, labels: &[LabelUse]) -> Result<(), Stop> {
        if labels.is_empty() {
            return Ok(());
        }
        self.open_paragraph(Paragraph::new("Aside"));
        for (i, label) in labels.iter().enumerate() {
            if i > 0 {
                self.body.run(&Run::new(" · "), Look::default());
            }
            let on_ground = Look {
                shade: Some(label.color.towards(WHITE, TINT)),
                ..Look::default()
            };
            self.body.run(&Run::new(&label.name), on_ground);
            let count = format!("\u{A0}{}", label.count);
            self.body.run(&Run::new(count), Look::default());
        }
        self.body.close_paragraph();
        Ok(())
    }

    /// How a run looks under these glosses. Comments that begin with it are begun.
    pub(super) fn marked(&mut self, marks: &[u32], look: Look) -> Result<Look, Stop> {
        if marks.is_empty() {
            return Ok(look);
        }
        for number in marks {
            self.begin_comment(*number)?;
        }
        let glosses: Vec<&Gloss> = marks
            .iter()
            .filter_map(|number| Some(&self.open.get(number)?.gloss))
            .collect();
        Ok(match glosses.is_empty() {
            true => look,
            false => painted(&glosses, look),
        })
    }

    /// Begins the comment of a gloss, unless it has begun or glosses are footnotes.
    fn begin_comment(&mut self, number: u32) -> Result<(), Stop> {
        if self.glosses == Glosses::Footnotes {
            return Ok(());
        }
        let Some(open) = self.open.get_mut(&number) else {
            return Ok(());
        };
        if open.comment.is_none() {
            let lines = said(&open.gloss, false);
            let lines: Vec<&Inlines> = lines.iter().collect();
            let id = self.comments.comment(&open.gloss.coder, &lines)?;
            self.body.xml.empty("w:commentRangeStart", &[("w:id", &id)]);
            open.comment = Some(id);
        }
        Ok(())
    }

    /// The highlight of a gloss ends here.
    pub(super) fn end_gloss(&mut self, number: u32) -> Result<(), Stop> {
        self.begin_comment(number)?;
        let Some(open) = self.open.remove(&number) else {
            return Ok(());
        };
        match open.comment {
            Some(id) => {
                let id = [("w:id", id.as_str())];
                self.body.xml.empty("w:commentRangeEnd", &id);
                self.body
                    .mark("CommentReference", "w:commentReference", &id);
                Ok(())
            }
            None => {
                let lines = said(&open.gloss, true);
                let lines: Vec<&Inlines> = lines.iter().collect();
                self.footnote(&lines)
            }
        }
    }

    /// Ends what has begun and was never ended, so that every comment has its end.
    pub(super) fn end_open_glosses(&mut self) -> Result<(), Stop> {
        let left: Vec<u32> = self.open.keys().copied().collect();
        if left.is_empty() {
            return Ok(());
        }
        self.open_paragraph(Paragraph::new("Spacer"));
        for number in left {
            self.end_gloss(number)?;
        }
        self.body.close_paragraph();
        Ok(())
    }
}

/// How far a paragraph of a kind is set in; its number stays in the margin.
fn indents(kind: BlockKind) -> Option<Indents> {
    let left = match kind {
        BlockKind::Item(depth) => 284 * u32::from(depth.min(9)),
        BlockKind::Quote | BlockKind::Code => 567,
        BlockKind::Row | BlockKind::Note => return None,
    };
    Some(Indents {
        left,
        right: 0,
        hanging: MARGIN + left,
    })
}

/// The ground of the first label, and a line under it in the colour of the next; a double one where there are more.
fn painted(glosses: &[&Gloss], look: Look) -> Look {
    let first = glosses.iter().filter_map(|g| g.labels.first());
    let others = glosses.iter().flat_map(|g| g.labels.iter().skip(1));
    let mut colors: Vec<Color> = Vec::new();
    for (_, color) in first.chain(others) {
        if !colors.contains(color) {
            colors.push(*color);
        }
    }
    let ground = colors.first().copied().unwrap_or(UNLABELLED);
    Look {
        shade: Some(ground.towards(WHITE, TINT)),
        line: colors.get(1).map(|color| (*color, colors.len() > 2)),
        ..look
    }
}

/// What a gloss says, by paragraphs: labels and stance, then the note. A footnote also says which words it is about, since marks may
/// lie over each other, and who made it.
fn said(gloss: &Gloss, is_footnote: bool) -> Vec<Inlines> {
    let mut parts: Vec<Inline> = Vec::new();
    if is_footnote && !gloss.quote.is_empty() {
        parts.push(text(format!("“{}”", gloss.quote)));
    }
    let labels = gloss.labels.iter().map(|(name, _)| bold(name.clone()));
    parts.extend(labels);
    parts.extend(gloss.stance.map(|stance| italic(stance.word())));
    if is_footnote && !gloss.coder.is_empty() {
        parts.push(dim(&gloss.coder));
    }
    let mut first = Inlines::new();
    for part in parts {
        if !first.is_empty() {
            first.push(text(" · "));
        }
        first.push(part);
    }
    let note = gloss.note.lines().filter(|line| !line.trim().is_empty());
    let note = note.map(|line| vec![text(line.trim())]);
    let first = Some(first).filter(|line| !line.is_empty());
    first.into_iter().chain(note).collect()
}
