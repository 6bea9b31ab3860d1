//! Paragraphs and runs, in the document, its footnotes and its comments alike. The standard prescribes the order in which properties
//! stand (ISO/IEC 29500-1, 17.3.1.26 and 17.3.2.28), and Word holds to it: each is written in one place only, here.

use super::{links::Links, script, xml::Xml};
use crate::{
    export::document::{Inline, Run},
    model::Color,
};

/// The namespaces of a part with text.
pub(super) const SPACES: [(&str, &str); 2] = [
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
];

/// A part with text.
#[derive(Debug)]
pub(super) struct Story {
    /// What is written.
    pub xml: Xml,
    /// Where it leads to.
    pub links: Links,
}

/// What a paragraph is.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// The id of its style.
    pub style: &'static str,
    /// Stays on a page with the next.
    pub keep_next: bool,
    /// Begins a page.
    pub breaks: bool,
    /// The number of the list it is in.
    pub list: Option<u32>,
    /// The colour and the width of the bar on its left, in eighths of a point.
    pub bar: Option<(Color, u32)>,
    /// Runs from right to left.
    pub rtl: bool,
    /// How far it is set in where it is not as in its style.
    pub indents: Option<Indents>,
}

/// How far a paragraph is set in, in twentieths of a point.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Indents {
    /// On the left.
    pub left: u32,
    /// On the right.
    pub right: u32,
    /// How far its first line begins before the others.
    pub hanging: u32,
}

impl Paragraph {
    /// A paragraph of a style.
    pub fn new(style: &'static str) -> Self {
        Self {
            style,
            ..Self::default()
        }
    }

    /// Running as its text does.
    pub fn of(style: &'static str, line: &[Inline]) -> Self {
        let runs = line.iter().filter_map(|inline| match inline {
            Inline::Run(run) => Some(run.text.as_str()),
            _ => None,
        });
        Self {
            rtl: script::is_rtl(runs),
            ..Self::new(style)
        }
    }
}

/// How runs look besides their own manner.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// The id of a character style.
    pub style: Option<&'static str>,
    /// Whether the paragraph is in italics, so that what stands out is upright.
    pub is_italic: bool,
    /// The ground it is on.
    pub shade: Option<Color>,
    /// The colour of the line under it, and whether that is double.
    pub line: Option<(Color, bool)>,
}

impl Story {
    /// A part with its root open.
    pub fn new(root: &'static str) -> Self {
        Self {
            xml: Xml::part(root, &SPACES),
            links: Links::default(),
        }
    }

    /// Opens a paragraph and writes its properties.
    pub fn open_paragraph(&mut self, paragraph: &Paragraph) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.val("w:pStyle", paragraph.style);
        if paragraph.keep_next {
            xml.on("w:keepNext");
        }
        if paragraph.breaks {
            xml.on("w:pageBreakBefore");
        }
        if let Some(list) = paragraph.list {
            xml.open("w:numPr", &[]);
            xml.val("w:ilvl", 0);
            xml.val("w:numId", list);
            xml.close();
        }
        if let Some((color, width)) = paragraph.bar {
            xml.open("w:pBdr", &[]);
            border(xml, "w:left", width, 8, color);
            xml.close();
        }
        if paragraph.rtl {
            xml.on("w:bidi");
        }
        if let Some(Indents {
            left,
            right,
            hanging,
        }) = paragraph.indents
        {
            let sides = [("w:left", left), ("w:right", right), ("w:hanging", hanging)];
            let sides = sides.map(|(side, far)| (side, far.to_string()));
            xml.empty(
                "w:ind",
                &sides.each_ref().map(|(s, far)| (*s, far.as_str())),
            );
        }
        xml.close();
    }

    /// Closes the paragraph.
    pub fn close_paragraph(&mut self) {
        self.xml.close();
    }

    /// A line whose footnotes stand in it in brackets, since there are none within footnotes and comments.
    pub fn flat(&mut self, line: &[Inline], look: Look) {
        for inline in line {
            match inline {
                Inline::Run(run) => self.run(run, look),
                Inline::Break => self.line_break(),
                Inline::Gloss(_) => {}
                Inline::Footnote(note) => {
                    self.run(&Run::new(" ("), look);
                    self.flat(note, look);
                    self.run(&Run::new(")"), look);
                }
            }
        }
    }

    /// A line break.
    pub fn line_break(&mut self) {
        self.xml.open("w:r", &[]);
        self.xml.on("w:br");
        self.xml.close();
    }

    /// An element alone in a run of a character style.
    pub fn mark(&mut self, style: &str, element: &str, attributes: &[(&str, &str)]) {
        let xml = &mut self.xml;
        xml.open("w:r", &[]);
        xml.open("w:rPr", &[]);
        xml.val("w:rStyle", style);
        xml.close();
        xml.empty(element, attributes);
        xml.close();
    }

    /// A run, in as many runs as its scripts need.
    pub fn run(&mut self, run: &Run, look: Look) {
        let link = run.link.as_deref().and_then(|url| self.links.id(url));
        if let Some(id) = &link {
            let attributes = [("r:id", id.as_str()), ("w:history", "1")];
            self.xml.open("w:hyperlink", &attributes);
        }
        let style = link.as_ref().map_or(look.style, |_| Some("Hyperlink"));
        for (text, writing) in script::pieces(&run.text) {
            self.xml.open("w:r", &[]);
            properties(&mut self.xml, run, Look { style, ..look }, writing);
            content(&mut self.xml, text);
            self.xml.close();
        }
        if link.is_some() {
            self.xml.close();
        }
    }
}

/// A line of a border.
pub(super) fn border(xml: &mut Xml, side: &str, eighths: u32, space: u32, color: Color) {
    let (width, space, color) = (eighths.to_string(), space.to_string(), hex(color));
    let attributes = [
        ("w:val", "single"),
        ("w:sz", width.as_str()),
        ("w:space", &space),
        ("w:color", &color),
    ];
    xml.empty(side, &attributes);
}

/// A colour as `RRGGBB`.
pub(super) fn hex(color: Color) -> String {
    color.to_string().trim_start_matches('#').to_owned()
}

/// The properties of a run, where it has any.
fn properties(xml: &mut Xml, run: &Run, look: Look, writing: script::Writing) {
    let is_plain = !(run.bold || run.italic || run.dim || run.raised || run.lowered)
        && look.style.is_none()
        && look.shade.is_none()
        && look.line.is_none()
        && writing == script::Writing::default();
    if is_plain {
        return;
    }
    xml.open("w:rPr", &[]);
    if let Some(style) = look.style {
        xml.val("w:rStyle", style);
    }
    if writing.wide {
        xml.empty("w:rFonts", &[("w:hint", "eastAsia")]);
    }
    if run.bold {
        xml.on("w:b");
        xml.on("w:bCs");
    }
    match (run.italic, look.is_italic) {
        (true, false) => {
            xml.on("w:i");
            xml.on("w:iCs");
        }
        (true, true) => {
            xml.val("w:i", 0);
            xml.val("w:iCs", 0);
        }
        (false, _) => {}
    }
    if run.dim && look.style.is_none() {
        let dim = [
            ("w:val", "595959"),
            ("w:themeColor", "text1"),
            ("w:themeTint", "A6"),
        ];
        xml.empty("w:color", &dim);
    }
    if let Some((color, is_double)) = look.line {
        let kind = if is_double { "double" } else { "single" };
        xml.empty("w:u", &[("w:val", kind), ("w:color", &hex(color))]);
    }
    if let Some(shade) = look.shade {
        fill(xml, shade);
    }
    match (run.raised, run.lowered) {
        (true, _) => xml.val("w:vertAlign", "superscript"),
        (false, true) => xml.val("w:vertAlign", "subscript"),
        (false, false) => {}
    }
    if writing.rtl {
        xml.on("w:rtl");
    }
    if let Some((attribute, language)) = writing.language {
        xml.empty("w:lang", &[(attribute, language)]);
    }
    xml.close();
}

/// A ground.
pub(super) fn fill(xml: &mut Xml, color: Color) {
    let attributes = [
        ("w:val", "clear"),
        ("w:color", "auto"),
        ("w:fill", &hex(color)),
    ];
    xml.empty("w:shd", &attributes);
}

/// The text of a run; tabs, line ends and soft hyphens are elements.
fn content(xml: &mut Xml, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(is_element).unwrap_or(rest.len());
        let (words, after) = rest.split_at(end);
        if !words.is_empty() {
            xml.words("w:t", words);
        }
        let mut chars = after.chars();
        match chars.next() {
            Some('\t') => xml.on("w:tab"),
            Some('\u{AD}') => xml.on("w:softHyphen"),
            Some('\r') if after.starts_with("\r\n") => {}
            Some(_) => xml.on("w:br"),
            None => {}
        }
        rest = chars.as_str();
    }
}

fn is_element(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{AD}' | '\u{2028}' | '\u{2029}')
}
