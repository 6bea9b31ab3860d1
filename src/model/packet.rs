//! Packets: what is put together for a seminar from what was coded.

use std::collections::BTreeMap;

use super::{CiteStyle, Color, HighlightId, LabelId, PacketId, ReadingId, SectionId};

/// Sections in an order, to be printed and handed out. Like the codebook, packets are the whole team's.
#[derive(Clone, Debug, PartialEq)]
pub struct Packet {
    /// Its file name; never changes.
    pub id: PacketId,
    /// What is said of it as a whole.
    pub head: PacketHead,
    /// Its sections; [`PacketHead::order`] says how they follow each other.
    pub sections: BTreeMap<SectionId, Section>,
}

/// What is said of a packet as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PacketHead {
    /// Its title.
    pub title: String,
    /// A line beside the title, such as the day of the seminar.
    pub line: String,
    /// How it cites.
    pub cite: CiteStyle,
    /// The paper it is printed on.
    pub paper: Paper,
    /// The order of its sections. Sections that it does not name come last, by their ids.
    pub order: Vec<SectionId>,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// Its width and height in points (1/72 inch).
    pub const fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "Letter",
        }
    }
}

/// What a section is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// Whatever its title says.
    #[default]
    Free,
    /// A theory: a label, with those under it.
    Theory(LabelId),
    /// A question, which its title asks.
    Question,
}

/// A part of a packet. What it does not have is left out when it is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// Some paragraphs; `*italic*` and `**bold**` as in Markdown.
    pub introduction: String,
    /// Whether the definition of its theory, or without one of the labels of its excerpts, is printed.
    pub definitions: bool,
    /// The excerpts.
    pub excerpts: Excerpts,
    /// How excerpts are laid out.
    pub layout: Layout,
    /// Whether notes on the excerpts are printed under them.
    pub notes: bool,
    /// Whether the claims of the comparison about its theory are printed, by reading.
    pub claims: bool,
    /// Questions for discussion.
    pub questions: Vec<Question>,
    /// Ruled lines for notes on paper.
    pub lines: u8,
    /// Whether the readings that the packet uses are listed here.
    pub readings: bool,
}

/// Which excerpts a section holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Excerpts {
    /// These, in this order.
    Chosen(Vec<Pick>),
    /// Whatever a query finds.
    Ruled(Rule),
}

impl Default for Excerpts {
    fn default() -> Self {
        Self::Chosen(Vec::new())
    }
}

/// An excerpt that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pick {
    /// Its reading; when that was revised the highlight is looked for in the new version.
    pub reading: ReadingId,
    /// The highlight.
    pub highlight: HighlightId,
    /// The side it stands on in [`Layout::Sides`].
    pub side: Side,
}

/// A side of a debate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// On the left.
    #[default]
    First,
    /// On the right.
    Second,
}

/// Excerpts by a rule. A passage that several coders tagged stands once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// A query in the language of [`crate::analysis::query`]; empty for all of the section's theory, and for none where the
    /// section is about no theory.
    pub query: String,
    /// Their order.
    pub order: RuleOrder,
    /// At most so many; the first by the order.
    pub most: Option<u32>,
}

/// How excerpts by a rule follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RuleOrder {
    /// By reading and place in it.
    #[default]
    Place,
    /// By year of the reading, the oldest first.
    Year,
    /// By stance, as [`super::Stance::ALL`] has them.
    Stance,
    /// The shortest first.
    Length,
}

/// How the excerpts of a section are laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One after another.
    #[default]
    List,
    /// In two columns under these headings. Excerpts by a rule stand on the right when they contest, else on the left.
    Sides(String, String),
    /// Under their readings, author by author, each with its claims.
    Authors,
    /// As a map of the theory: the labels under it and what it is set against, then a table with a row for each reading: what it
    /// does with the theory, what is claimed of it, and the first of its excerpts.
    Map,
}

/// A question for discussion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// As written.
    Written(String),
    /// The note of a highlight that begins with “Q:”, without that; it follows the note.
    Note(ReadingId, HighlightId),
}

/// What makes a note a question for discussion.
pub const QUESTION_MARK: &str = "Q:";

/// The question that a note asks: what stands after [`QUESTION_MARK`] (“q:” does, too), up to the end of the note.
pub fn question(note: &str) -> Option<&str> {
    let note = note.trim();
    let head = note.get(..QUESTION_MARK.len())?;
    let asked = note[QUESTION_MARK.len()..].trim();
    (head.eq_ignore_ascii_case(QUESTION_MARK) && !asked.is_empty()).then_some(asked)
}

impl Section {
    /// The readings that its excerpts and questions name, perhaps more than once.
    pub fn readings_named(&self) -> impl Iterator<Item = &ReadingId> {
        let picks: &[Pick] = match &self.excerpts {
            Excerpts::Chosen(picks) => picks,
            Excerpts::Ruled(_) => &[],
        };
        let asked = self.questions.iter().filter_map(|question| match question {
            Question::Note(reading, _) => Some(reading),
            Question::Written(_) => None,
        });
        picks.iter().map(|pick| &pick.reading).chain(asked)
    }
}

impl Packet {
    /// An empty packet.
    pub fn new(id: PacketId, title: impl Into<String>) -> Self {
        Self {
            id,
            head: PacketHead {
                title: title.into(),
                ..PacketHead::default()
            },
            sections: BTreeMap::new(),
        }
    }

    /// Its sections in order, each once: as the head names them, then the others by their ids.
    pub fn in_order(&self) -> Vec<(&SectionId, &Section)> {
        let mut rest: BTreeMap<&SectionId, &Section> = self.sections.iter().collect();
        let named = self.head.order.iter();
        let mut all: Vec<_> = named.filter_map(|id| rest.remove_entry(id)).collect();
        all.extend(rest);
        all
    }
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::First, Self::Second];

    /// The colour of the bar beside its excerpts.
    pub const fn color(self) -> Color {
        match self {
            Self::First => super::PALETTE[0],
            Self::Second => super::PALETTE[7],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_begins_with_q_asks_a_question() {
        assert_eq!(question(" Q: Why?\nHow? "), Some("Why?\nHow?"));
        assert_eq!(question("q:Why?"), Some("Why?"));
        for none in ["", "Q", "Q:", "Q: ", "Why?", "FAQ: x", "勢"] {
            assert_eq!(question(none), None, "{none}");
        }
    }

    #[test]
    fn sections_that_the_order_forgets_come_last() {
        let id = |s: &str| SectionId::new(s).unwrap();
        let mut packet = Packet::new(PacketId::new("p").unwrap(), "P");
        for name in ["a", "b", "c"] {
            packet.sections.insert(id(name), Section::default());
        }
        packet.head.order = vec![id("c"), id("gone"), id("c"), id("a")];
        let order: Vec<_> = packet
            .in_order()
            .into_iter()
            .map(|(id, _)| id.as_str())
            .collect();
        assert_eq!(order, ["c", "a", "b"]);
    }
}
