//! Texts as they are compared, and the way back to the bytes that stand in them.

use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible};

use crate::text::latin;

/// How texts are folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folding {
    /// Letter case tells apart.
    pub case: bool,
    /// Accents tell apart.
    pub accents: bool,
    /// A run of white space becomes one space, or a line feed where it holds an empty line. Otherwise it stays.
    pub space: bool,
}

/// A stretch of a text, folded.
#[derive(Debug, Default)]
pub(super) struct Folded {
    text: String,
    anchors: Vec<Anchor>,
    /// Where the stretch ends in the original (bytes).
    end: usize,
}

/// From here on folded and original bytes run alike, up to the next anchor.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Byte of the folded text.
    at: u32,
    /// Byte of the original.
    from: u32,
    /// Whether what stands here belongs to one place of the original, however long it is.
    whole: bool,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the original at which the character starts that the folded byte `at` came from.
    pub fn start(&self, at: usize) -> usize {
        match self.before(at) {
            Some(anchor) if anchor.whole => anchor.from as usize,
            Some(anchor) => anchor.from as usize + at - anchor.at as usize,
            None => at,
        }
    }

    /// The byte of the original at which what was folded up to `at` ends; dropped characters that follow belong to it.
    pub fn end(&self, at: usize) -> usize {
        match self.before(at) {
            Some(anchor) if anchor.whole && at > anchor.at as usize => {
                let next = self.anchors.partition_point(|a| a.at as usize <= at);
                self.anchors.get(next).map_or(self.end, |a| a.from as usize)
            }
            _ if at == self.text.len() => self.end,
            Some(anchor) => anchor.from as usize + at - anchor.at as usize,
            None => at,
        }
    }

    fn before(&self, at: usize) -> Option<Anchor> {
        let next = self.anchors.partition_point(|a| a.at as usize <= at);
        next.checked_sub(1).map(|i| self.anchors[i])
    }

    fn anchor(&mut self, from: usize, whole: bool) {
        let (at, from) = (self.text.len() as u32, from as u32);
        self.anchors.push(Anchor { at, from, whole });
    }

    /// Puts a folded character at the end; a kana's sound mark and the parts of a Hangul syllable join what they belong to.
    fn push(&mut self, c: char, floor: usize) {
        if matches!(c, '\u{3099}' | '\u{309A}' | '\u{1160}'..='\u{11FF}')
            && let Some(last) = self.text[floor..].chars().next_back()
            && let Some(joined) = compose(last, c)
        {
            self.text.pop();
            self.text.push(joined);
        } else {
            self.text.push(c);
        }
    }
}

impl Folding {
    /// Folds the bytes `from..to` of `text` into `out`, whose memory is used again.
    pub fn fold(self, text: &str, from: usize, to: usize, out: &mut Folded) {
        out.text.clear();
        out.anchors.clear();
        out.end = to;
        out.anchor(from, false);
        let bytes = &text.as_bytes()[..to];
        let mut at = from;
        // Whether the next character needs an anchor, since what stands before it was not folded byte by byte.
        let mut loose = false;
        while at < to {
            let plain = at + self.plain_run(&bytes[at..]);
            if plain > at {
                if loose {
                    out.anchor(at, false);
                    loose = false;
                }
                out.text.push_str(&text[at..plain]);
                at = plain;
            }
            let Some(c) = text[at..to].chars().next() else {
                break;
            };
            let next = at + c.len_utf8();
            if self.space && c.is_whitespace() {
                let (end, broken) = white_space(&text[..to], at);
                out.anchor(at, true);
                out.text.push(if broken { '\n' } else { ' ' });
                (at, loose) = (end, true);
                continue;
            }
            let len = out.text.len();
            self.put(c, out, at, &mut loose);
            let _ = len;
            at = next;
        }
        if !self.case {
            out.text.make_ascii_lowercase();
        }
    }

    fn put(self, c: char, out: &mut Folded, at: usize, loose: &mut bool) {
        let start = out.text.len();
        let folded = self.table().get(c);
        let folded = match &folded {
            Ok(short) => short.as_str(),
            Err(long) => long,
        };
        if folded.is_empty() {
            *loose = true;
            return;
        }
        let joins = matches!(c, '\u{3099}' | '\u{309A}' | '\u{1160}'..='\u{11FF}');
        if joins {
            self.join(c, out, at, loose);
            return;
        }
        let alike = folded.len() == c.len_utf8();
        if *loose || !alike {
            out.anchor(at, !alike);
        }
        *loose = !alike;
        out.text.push_str(folded);
        debug_assert!(out.text.len() > start);
    }

    /// Puts a character that may join the one before.
    fn join(self, c: char, out: &mut Folded, at: usize, loose: &mut bool) {
        let last = out.text.chars().next_back();
        match last.filter(|last| compose(*last, c).is_some()) {
            Some(last) => {
                let from = out.text.len() - last.len_utf8();
                let start = out.start(from);
                if out.anchors.last().is_none_or(|a| (a.at as usize) < from) {
                    let (at, from) = (from as u32, start as u32);
                    out.anchors.push(Anchor {
                        at,
                        from,
                        whole: true,
                    });
                } else if let Some(anchor) = out.anchors.last_mut() {
                    anchor.whole = true;
                }
                out.push(c, from);
            }
            None => {
                out.anchor(at, true);
                out.text.push(c);
            }
        }
        *loose = true;
    }

    /// How many bytes at the start stay as they are, but for the case of ASCII letters.
    fn plain_run(self, bytes: &[u8]) -> usize {
        let special = |i: usize| {
            let b = bytes[i];
            b >= 0x80
                || self.space
                    && (matches!(b, 9..=13)
                        || b == b' '
                            && bytes
                                .get(i + 1)
                                .is_none_or(|n| *n >= 0x80 || matches!(n, 9..=13 | 32)))
        };
        (0..bytes.len())
            .find(|i| special(*i))
            .unwrap_or(bytes.len())
    }

    fn table(self) -> &'static Table {
        static TABLES: [OnceLock<Table>; 4] = [const { OnceLock::new() }; 4];
        let number = usize::from(self.case) * 2 + usize::from(self.accents);
        TABLES[number].get_or_init(|| Table::new(self))
    }

    /// What a character is compared as.
    fn char(self, c: char) -> String {
        let mut out = String::new();
        let mut put = |c: char| {
            if is_accent(c) && !self.accents {
                return;
            }
            if self.case {
                return self.even_out(c, &mut out);
            }
            for c in c.to_lowercase() {
                self.even_out(if c == 'ς' { 'σ' } else { c }, &mut out);
            }
        };
        match c {
            _ if is_ignored(c) => {}
            _ if c.is_whitespace() => put(if c.is_ascii() { c } else { ' ' }),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => put('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '′' | '´' => put('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => put('-'),
            // Kana and Hangul syllables stay whole: their marks are no accents.
            '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' => put(c),
            _ => {
                let mut parts = Vec::new();
                decompose_compatible(c, |part| parts.push(part));
                // An accent that stands by itself is no space with an accent.
                match parts.first() {
                    Some(' ') if parts.len() > 1 => put(c),
                    _ => parts.into_iter().for_each(put),
                }
            }
        }
        out
    }

    /// Puts a letter, as plain Latin letters where it has such.
    fn even_out(self, c: char, out: &mut String) {
        let small = c.to_lowercase().next().unwrap_or(c);
        match latin(small) {
            "ss" if !self.case => out.push_str("ss"),
            "" => out.push(c),
            _ if self.accents => out.push(c),
            plain if small == c => out.push_str(plain),
            plain => out.push_str(&plain.to_uppercase()),
        }
    }
}

/// The end of the white space at `at`, and whether an empty line is in it.
fn white_space(text: &str, at: usize) -> (usize, bool) {
    let mut lines = 0;
    for (i, c) in text[at..].char_indices() {
        if !c.is_whitespace() && !is_ignored(c) {
            return (at + i, lines > 1);
        }
        lines += usize::from(c == '\n');
    }
    (text.len(), lines > 1)
}

/// Whether a character is an accent: a mark on Latin, Greek and Cyrillic letters, or on any.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// Whether a character only steers line breaks, joins and shapes.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Whether a character is a mark on the one before it.
pub(super) fn is_mark(c: char) -> bool {
    canonical_combining_class(c) != 0 || unicode_normalization::char::is_combining_mark(c)
}

/// What the characters up to U+2FFF are compared as, worked out once.
#[derive(Debug)]
struct Table {
    folding: Folding,
    short: Vec<Short>,
}

/// A few bytes of text.
#[derive(Clone, Copy, Debug)]
struct Short {
    len: u8,
    bytes: [u8; 7],
}

impl Short {
    const LONG: u8 = u8::MAX;

    fn new(text: &str) -> Self {
        let mut bytes = [0; 7];
        let len = match bytes.get_mut(..text.len()) {
            Some(room) => {
                room.copy_from_slice(text.as_bytes());
                text.len() as u8
            }
            None => Self::LONG,
        };
        Self { len, bytes }
    }

    fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.len as usize).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl Table {
    const END: u32 = 0x3000;

    fn new(folding: Folding) -> Self {
        let fold = |c| char::from_u32(c).map_or_else(String::new, |c| folding.char(c));
        Self {
            folding,
            short: (0..Self::END).map(|c| Short::new(&fold(c))).collect(),
        }
    }

    fn get(&self, c: char) -> Result<Short, String> {
        let short = match self.short.get(c as usize) {
            Some(short) => *short,
            // Most of Chinese, Japanese and Korean is compared as it is.
            None if matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') => {
                Short::new(c.encode_utf8(&mut [0; 4]))
            }
            None => Short::new(&self.folding.char(c)),
        };
        match short.len {
            Short::LONG => Err(self.folding.char(c)),
            _ => Ok(short),
        }
    }
}
