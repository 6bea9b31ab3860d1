//! What the arguments of `glossator export` can be.

use clap::{
    ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::{
    export::{
        cite::Style,
        markdown::Group,
        order::{Format, Glosses, Kind},
        rows::Field,
    },
    model::Paper,
};

/// A style of citations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Cite {
    /// (Walt 1987, 21, ¶12)
    #[default]
    AuthorYear,
    /// Footnotes, and a bibliography
    Note,
    /// [3, p. 21, ¶12], and a numbered list
    Numeric,
}

impl From<Cite> for Style {
    fn from(cite: Cite) -> Self {
        match cite {
            Cite::AuthorYear => Self::AuthorYear,
            Cite::Note => Self::Note,
            Cite::Numeric => Self::Numeric,
        }
    }
}

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The passages that were tagged, with citation and place
    Excerpts,
    /// Whole readings with the passages marked, and labels and notes beside them
    Annotated,
    /// A packet: see --packet
    Packet,
    /// The labels with their definitions
    Codebook,
}

impl From<What> for Kind {
    fn from(what: What) -> Self {
        match what {
            What::Excerpts => Self::Excerpts,
            What::Annotated => Self::Annotated,
            What::Packet => Self::Packet,
            What::Codebook => Self::Codebook,
        }
    }
}

/// What excerpts are put under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Their labels, in codebook order
    #[default]
    Label,
    /// Their readings
    Reading,
}

impl From<By> for Group {
    fn from(by: By) -> Self {
        match by {
            By::Label => Self::Label,
            By::Reading => Self::Reading,
        }
    }
}

/// How DOCX writes labels and notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Margin {
    /// As comments in the margin
    #[default]
    Comments,
    /// As footnotes
    Footnotes,
}

impl From<Margin> for Glosses {
    fn from(margin: Margin) -> Self {
        match margin {
            Margin::Comments => Self::Comments,
            Margin::Footnotes => Self::Footnotes,
        }
    }
}

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Sheet {
    /// 210 × 297 mm
    #[default]
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl From<Sheet> for Paper {
    fn from(sheet: Sheet) -> Self {
        match sheet {
            Sheet::A4 => Self::A4,
            Sheet::Letter => Self::Letter,
        }
    }
}

/// The column of a name, as the command line has it: with hyphens for spaces.
pub fn field(name: &str) -> Result<Field, String> {
    let word = |field: Field| field.name().replace(' ', "-");
    let wanted = name.trim().to_lowercase().replace(' ', "-");
    let named = Field::ALL.into_iter().find(|f| word(*f) == wanted);
    named.ok_or_else(|| format!("the columns are {}", Field::ALL.map(word).join(", ")))
}

/// Takes the name of a format.
pub fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.map(|f| PossibleValue::new(f.word()).help(f.purpose()));
    PossibleValuesParser::new(names).map(|word| {
        let named = Format::ALL.into_iter().find(|f| f.word() == word);
        named.unwrap_or_default()
    })
}
