//! The pure model: a project, its readings, codebook and highlights. No windows, no files, no clock.

mod attribute;
mod cite_style;
mod highlight;
mod highlights;
mod id;
mod label;
mod name;
mod notebook;
mod packet;
mod project;
mod reading;
mod structure;
mod versions;

pub use attribute::Value;
pub use cite_style::CiteStyle;
pub use highlight::{Highlight, Stance};
pub use highlights::{HighlightSet, HighlightSnapshot};
pub use id::{
    BadId, CoderId, HighlightId, LabelId, PacketId, ReadingId, SectionId, slug, unique_slug,
};
pub use label::{Color, Label, PALETTE};
pub use name::Name;
pub use notebook::{About, ClaimPlace, Notebook, Suggested};
pub use packet::{
    Excerpts, Layout, Packet, PacketHead, Paper, Pick, QUESTION_MARK, Question, Rule, RuleOrder,
    Section, Side, Subject, question,
};
pub use project::{Project, Shelf};
pub use reading::{Imprint, Pages, Reading, ReadingMeta};
pub use structure::{
    BadName, Block, BlockKind, Emphasis, Heading, Note, Page, Script, Structure, Style,
};
