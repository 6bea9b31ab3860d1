//! How sources are cited.

/// A style of citations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CiteStyle {
    /// `(Walt 1987, 21, ¶12)`, and a list of references by author and year.
    #[default]
    AuthorYear,
    /// Footnotes, in full when a source is cited first and short after that, and a bibliography.
    Note,
    /// `[3, p. 21, ¶12]`, and a list of references numbered in the order in which they are cited first.
    Numeric,
}

impl CiteStyle {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::AuthorYear, Self::Note, Self::Numeric];

    /// What stands over its list.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::AuthorYear | Self::Numeric => "References",
            Self::Note => "Bibliography",
        }
    }
}
