//! Finding words in texts: plain, whole words, any ending, regular expressions; case and accents folded unless asked otherwise.

use crate::text::Span;

/// How a pattern is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The letters as they stand, also within words. Runs of white space fit any white space. A `*` at the end of a word fits any
    /// ending.
    #[default]
    Plain,
    /// As plain, but only whole words.
    Words,
    /// A regular expression, in the syntax of the regex crate.
    Regex,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// What was typed.
    pub text: String,
    /// How it is meant.
    pub kind: Kind,
    /// Whether letter case tells apart.
    pub case: bool,
    /// Whether accents tell apart.
    pub accents: bool,
}

/// Why a pattern can't be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Where it goes wrong, in bytes of the pattern: start and end.
    pub at: (usize, usize),
    /// What is wrong, as a whole sentence.
    pub message: String,
}

/// A pattern ready to be looked for, by several threads at once.
#[derive(Debug)]
pub struct Finder {}

impl Finder {
    /// Gets a pattern ready.
    ///
    /// # Errors
    /// When the pattern is empty or no regular expression.
    pub fn new(pattern: &Pattern) -> Result<Self, PatternError> {
        let _ = pattern;
        todo!("helper D")
    }

    /// The hits in a text, in order; they do not overlap and none is empty.
    pub fn hits<'a>(&'a self, text: &'a str) -> Box<dyn Iterator<Item = Span> + 'a> {
        let _ = text;
        todo!("helper D")
    }
}

/// A hit with what stands around it on one line, white space folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands before, at most so many characters, cut at a word.
    pub before: String,
    /// The hit.
    pub hit: String,
    /// What stands after.
    pub after: String,
}

/// Keyword in context: `hit` in `text` with at most `width` characters either side, not across paragraphs.
pub fn line(text: &str, hit: Span, width: usize) -> Line {
    let _ = (text, hit, width);
    todo!("helper D")
}
