//! The paper, and what stands at its top and bottom.

use super::{
    story::{Look, Paragraph, Story, border},
    xml::Xml,
};
use crate::{
    export::document::{Head, text},
    model::{Color, Paper},
};

/// The margin on all sides: an inch, in twentieths of a point.
const MARGIN: u32 = 1440;
/// From the paper's edge to the header and the footer.
const EDGE: &str = "709";
const LINE: Color = Color([0xBF; 3]);

/// Width and height in twentieths of a point.
fn size(paper: Paper) -> (u32, u32) {
    let (width, height) = paper.size();
    (
        (width * 20.0).round() as u32,
        (height * 20.0).round() as u32,
    )
}

/// How wide text is, in twentieths of a point.
pub(super) fn text_width(paper: Paper) -> u32 {
    size(paper).0 - 2 * MARGIN
}

/// The paper of the document: its last element.
pub(super) fn section(xml: &mut Xml, paper: Paper) {
    xml.open("w:sectPr", &[]);
    let ends = [
        ("w:headerReference", "default", "header1"),
        ("w:headerReference", "first", "header2"),
        ("w:footerReference", "default", "footer1"),
        ("w:footerReference", "first", "footer2"),
    ];
    for (element, kind, id) in ends {
        xml.empty(element, &[("w:type", kind), ("r:id", id)]);
    }
    let (width, height) = size(paper);
    let (width, height) = (width.to_string(), height.to_string());
    xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
    let margin = MARGIN.to_string();
    let sides = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, margin.as_str()));
    let edges = [("w:header", EDGE), ("w:footer", EDGE), ("w:gutter", "0")];
    xml.empty("w:pgMar", &[&sides[..], &edges].concat());
    xml.on("w:titlePg");
    xml.close();
}

/// The header: the title on the left, the line on the right, a rule under them.
pub(super) fn header(head: &Head) -> String {
    let mut story = Story::new("w:hdr");
    let xml = &mut story.xml;
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.val("w:pStyle", "Header");
    xml.open("w:pBdr", &[]);
    border(xml, "w:bottom", 4, 4, LINE);
    xml.close();
    xml.open("w:tabs", &[]);
    let width = text_width(head.paper).to_string();
    xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &width)]);
    xml.close();
    xml.close();
    let line = match head.line.trim() {
        "" => head.title.clone(),
        line => format!("{}\t{line}", head.title),
    };
    story.flat(&[text(line)], Look::default());
    story.xml.end()
}

/// The header of the first page, which has the title itself.
pub(super) fn no_header() -> String {
    let mut story = Story::new("w:hdr");
    story.open_paragraph(&Paragraph::new("Header"));
    story.xml.end()
}

/// The footer: the number of the page, of how many.
pub(super) fn footer() -> String {
    let mut story = Story::new("w:ftr");
    story.open_paragraph(&Paragraph::new("Footer"));
    field(&mut story.xml, " PAGE ");
    story.flat(&[text(" / ")], Look::default());
    field(&mut story.xml, " NUMPAGES ");
    story.xml.end()
}

fn field(xml: &mut Xml, instruction: &str) {
    xml.open("w:fldSimple", &[("w:instr", instruction)]);
    xml.open("w:r", &[]);
    xml.words("w:t", "1");
    xml.close();
    xml.close();
}
