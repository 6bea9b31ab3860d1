//! What is in force at a place of the file. Groups inherit it and give it back.

use crate::model::Script;

/// Where text goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// Into the reading.
    #[default]
    Body,
    /// Nowhere, with all that is in it.
    Nowhere,
    /// Nowhere, but there may be a text box in it.
    Shape,
    /// Nowhere, but pages in it count: a table of contents.
    Silent,
    /// It is the bullet or number of an item.
    Label,
    /// It is what a field is told to show.
    Instruction,
    /// Fonts' names.
    Fonts,
    /// Styles' names.
    Styles,
    /// The title, among what is said of the file.
    Title,
    /// The author.
    Author,
    /// When the file was made.
    Created,
    /// What is said of the file besides.
    Info,
    /// A formula.
    Formula,
}

/// What is done when a group ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Nothing.
    #[default]
    Nothing,
    /// A note ends.
    Note,
    /// A font's description ends.
    Font,
    /// A style's description ends.
    Style,
    /// A part of a formula ends.
    Part,
    /// A formula ends.
    Formula,
}

/// What is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct State {
    /// Where text goes.
    pub target: Target,
    /// What is done when the group ends.
    pub end: End,
    /// The number of the font.
    pub font: Option<i32>,
    /// Where text went around one that stands there in two forms.
    pub around: Target,
    /// How many characters after one in Unicode stand for it in programs that know none.
    pub skip: usize,
    /// How words look.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
    /// Raised or lowered.
    pub script: Script,
    /// Hidden or deleted.
    pub hidden: bool,
    /// Deleted while changes were tracked.
    pub deleted: bool,
    /// The field that is open, from 1.
    pub field: usize,
    /// The paragraph's properties.
    pub paragraph: Paragraph,
}

/// The properties of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The number of its style.
    pub style: i32,
    /// Its outline level from 0.
    pub outline: Option<u8>,
    /// How far it is set in, in twentieths of a point: left, right.
    pub indents: (i32, i32),
    /// Its level in a list from 0.
    pub level: u8,
    /// Whether it is in a table.
    pub in_table: bool,
    /// Whether it starts a page.
    pub page_break: bool,
}

impl State {
    /// Characters as the document's usual ones.
    pub fn plain(&mut self) {
        self.font = None;
        (self.bold, self.italic, self.hidden, self.deleted) = (false, false, false, false);
        self.script = Script::Base;
    }
}
