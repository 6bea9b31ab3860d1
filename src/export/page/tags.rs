//! What the parts of a document are, for readers that don't see it.

/// A part of the document. Its number, from 1, is the tag of what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// What it is.
    pub role: Role,
    /// The part that it is in; 0 for the document itself.
    pub parent: u32,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u8),
    Paragraph,
    Quote,
    List { numbered: bool },
    Item,
    ItemNumber,
    ItemText,
    Column,
    Table,
    TableRow,
    TableHead,
    TableCell,
    Footnote,
    Gloss,
}

/// The parts in the order in which they are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags(Vec<Tag>);

impl Tags {
    /// A new part.
    pub fn add(&mut self, role: Role, parent: u32) -> u32 {
        self.0.push(Tag { role, parent });
        self.0.len() as u32
    }

    /// The part with a number; none for 0.
    pub fn get(&self, tag: u32) -> Option<Tag> {
        self.0.get((tag as usize).checked_sub(1)?).copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}
