//! Regular expressions: the syntax of the regex crate, paragraph by paragraph.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use regex_syntax::{
    Parser, ParserBuilder,
    hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition},
};

use super::{
    Pattern, PatternError,
    fold::{Folded, Folding},
};
use crate::text::Span;

/// How large an expression may become, in bytes of memory.
const SIZE: usize = 16 << 20;

/// How deep groups may lie in each other.
const DEPTH: u32 = 100;

/// Sets of more characters than this, such as `\w`, are left as they are.
const SET: usize = 500;

/// A regular expression, ready to be looked for.
#[derive(Debug)]
pub struct Expression {
    regex: Regex,
    /// How texts are folded for it; `None` when they are looked through as they stand.
    folding: Option<Folding>,
}

impl Expression {
    /// Gets a pattern ready.
    pub fn new(pattern: &Pattern) -> Result<Self, PatternError> {
        let whole = |message: &str| PatternError {
            at: (0, pattern.text.len()),
            message: message.into(),
        };
        if pattern.text.is_empty() {
            return Err(whole("Type what to look for."));
        }
        let mut parser: Parser = ParserBuilder::new()
            .case_insensitive(!pattern.case)
            .multi_line(true)
            .nest_limit(DEPTH)
            .build();
        let hir = parser.parse(&pattern.text).map_err(|e| explain(&e))?;
        let folding = Folding {
            case: true,
            accents: false,
            signs: true,
            space: false,
        };
        let folding = (!pattern.accents).then_some(folding);
        let hir = within_paragraphs(hir, folding);
        let too_large =
            "The expression is too large: use smaller numbers in braces, or fewer alternatives.";
        if hir.properties().maximum_len() == Some(0) {
            return Err(whole(
                "This expression fits nothing but empty places: it needs a character to find.",
            ));
        }
        let regex = RegexBuilder::new(&hir.to_string())
            .size_limit(SIZE)
            .dfa_size_limit(SIZE)
            .build()
            .map_err(|_| whole(too_large))?;
        Ok(Self { regex, folding })
    }

    /// Hands over the hits in a stretch of a text, whole paragraphs, in order.
    pub fn find_in(
        &self,
        text: &str,
        chunk: Range<usize>,
        folded: &mut Folded,
        add: &mut impl FnMut(Span),
    ) {
        let piece = text.get(chunk.clone()).unwrap_or_default();
        let found = |text| self.regex.find_iter(text).filter(|m| !m.is_empty());
        let at = |i: usize| (chunk.start + i) as u32;
        match self.folding.filter(|_| !piece.is_ascii()) {
            None => found(piece).for_each(|m| add(Span::new(at(m.start()), at(m.end())))),
            Some(folding) => {
                folding.fold(text, chunk.start, chunk.end, folded);
                let mut places = folded.places(text);
                found(folded.text()).for_each(|m| add(places.span(m.start(), m.end())));
            }
        }
    }
}

/// The same expression, but for line ends, which fit nothing; the text's ends are the paragraph's; and with `folding`, for accents.
fn within_paragraphs(hir: Hir, folding: Option<Folding>) -> Hir {
    let go = |hir: Hir| within_paragraphs(hir, folding);
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0).into_owned();
            match folding {
                _ if text.contains('\n') => Hir::fail(),
                Some(folding) => Hir::literal(
                    text.chars()
                        .map(|c| folding.char(c))
                        .collect::<String>()
                        .into_bytes(),
                ),
                None => Hir::literal(text.into_bytes()),
            }
        }
        HirKind::Class(Class::Unicode(set)) => of_set(set, folding),
        HirKind::Class(bytes) => Hir::class(bytes),
        HirKind::Look(Look::Start) => Hir::look(Look::StartLF),
        HirKind::Look(Look::End) => Hir::look(Look::EndLF),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(go(*repetition.sub)),
            ..repetition
        }),
        HirKind::Capture(capture) => Hir::capture(Capture {
            sub: Box::new(go(*capture.sub)),
            ..capture
        }),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(go).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(go).collect()),
    }
}

/// A set without the line feed, and with what its characters are compared as when they are few.
fn of_set(mut set: ClassUnicode, folding: Option<Folding>) -> Hir {
    set.difference(&ClassUnicode::new([ClassUnicodeRange::new('\n', '\n')]));
    let size: usize = set.iter().map(ClassUnicodeRange::len).sum();
    let Some(folding) = folding.filter(|_| size <= SET) else {
        return Hir::class(Class::Unicode(set));
    };
    let mut longer = Vec::new();
    let ranges: Vec<_> = set.iter().copied().collect();
    for c in ranges.iter().flat_map(|r| r.start()..=r.end()) {
        let folded = folding.char(c);
        let mut chars = folded.chars();
        match (chars.next(), chars.next()) {
            (Some(one), None) => set.push(ClassUnicodeRange::new(one, one)),
            (Some(_), Some(_)) => longer.push(Hir::literal(folded.into_bytes())),
            _ => {}
        }
    }
    longer.push(Hir::class(Class::Unicode(set)));
    Hir::alternation(longer)
}

/// Says what is wrong with an expression, in a sentence.
fn explain(error: &regex_syntax::Error) -> PatternError {
    let (span, message) = match error {
        regex_syntax::Error::Parse(e) => (Some(e.span()), in_words(e.kind())),
        regex_syntax::Error::Translate(e) => (Some(e.span()), translate(e.kind())),
        _ => (None, OTHER),
    };
    let at = span.map_or((0, 0), |s| (s.start.offset, s.end.offset));
    PatternError {
        at,
        message: message.into(),
    }
}

const OTHER: &str = "This is no regular expression.";

fn in_words(kind: &regex_syntax::ast::ErrorKind) -> &'static str {
    use regex_syntax::ast::ErrorKind as E;
    match kind {
        E::ClassUnclosed => "This [ has no ] that closes it. For the sign itself write \\[.",
        E::GroupUnclosed => "This ( has no ) that closes it. For the sign itself write \\(.",
        E::GroupUnopened => "This ) has no ( that opens it. For the sign itself write \\).",
        E::GroupNameEmpty
        | E::GroupNameInvalid
        | E::GroupNameUnexpectedEof
        | E::GroupNameDuplicate { .. } => {
            "The name of this group is not good: use letters and digits, each name once."
        }
        E::RepetitionMissing => {
            "There is nothing here to be repeated: put a character before it. For the sign itself put a \\ before it."
        }
        E::RepetitionCountUnclosed => {
            "This { has no } that closes it. For the sign itself write \\{."
        }
        E::RepetitionCountDecimalEmpty | E::DecimalEmpty => "There should be a number here.",
        E::RepetitionCountInvalid => "The first number in braces is larger than the second.",
        E::DecimalInvalid => "This number is too large.",
        E::EscapeUnexpectedEof => {
            "A \\ at the end has nothing behind it. For the sign itself write \\\\."
        }
        E::EscapeUnrecognized => "A \\ before this has no meaning. For a \\ write \\\\.",
        E::EscapeHexEmpty | E::EscapeHexInvalid | E::EscapeHexInvalidDigit => {
            "This is no character's number."
        }
        E::ClassRangeInvalid => "This range goes from a later character to an earlier one.",
        E::ClassRangeLiteral => "Only characters can be the ends of a range.",
        E::ClassEscapeInvalid => "This can't stand within [ ].",
        E::UnicodeClassInvalid => "This is no class of characters.",
        E::UnsupportedBackreference => {
            "References back to a group, such as \\1, can't be looked for."
        }
        E::UnsupportedLookAround => "Looking ahead or behind, as in (?=, can't be done.",
        E::NestLimitExceeded(_) => "Groups lie too deep in each other.",
        E::CaptureLimitExceeded => "There are too many groups.",
        E::FlagDanglingNegation
        | E::FlagDuplicate { .. }
        | E::FlagRepeatedNegation { .. }
        | E::FlagUnexpectedEof
        | E::FlagUnrecognized => "After (? there should be a flag such as i, or a : .",
        _ => OTHER,
    }
}

fn translate(kind: &regex_syntax::hir::ErrorKind) -> &'static str {
    use regex_syntax::hir::ErrorKind as E;
    match kind {
        E::UnicodePropertyNotFound => "There is no class of characters of that name.",
        E::UnicodePropertyValueNotFound => "There is no such kind of characters.",
        E::InvalidUtf8 => "This fits parts of characters; only whole characters can be found.",
        _ => OTHER,
    }
}
