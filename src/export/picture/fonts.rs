//! The fonts that pictures are set in, and how wide text is in them.

use std::{fmt, sync::Arc};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, prelude::Size};
use unicode_segmentation::UnicodeSegmentation;

/// A face of the fonts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// Names, numbers, headings.
    #[default]
    Sans,
    /// Titles.
    Bold,
    /// Quotes.
    Serif,
}

/// The bytes of the fonts, as TrueType or OpenType files.
#[derive(Clone, Copy)]
pub struct Files {
    /// The sans.
    pub sans: &'static [u8],
    /// Its semibold.
    pub bold: &'static [u8],
    /// The serif.
    pub serif: &'static [u8],
    /// For Chinese and Japanese, in all faces.
    pub cjk: &'static [u8],
}

/// Fonts, read.
#[derive(Clone)]
pub struct Fonts {
    database: Arc<Database>,
    faces: [FontRef<'static>; 4],
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
}

impl Fonts {
    /// Reads fonts.
    ///
    /// # Errors
    /// When one of the files is no font.
    pub fn new(files: Files) -> Result<Self, String> {
        let all = [files.sans, files.bold, files.serif, files.cjk];
        let mut database = Database::new();
        for file in all {
            database.load_font_source(Source::Binary(Arc::new(file)));
        }
        let read = |file| FontRef::new(file).map_err(|error| error.to_string());
        Ok(Self {
            database: Arc::new(database),
            faces: [read(all[0])?, read(all[1])?, read(all[2])?, read(all[3])?],
        })
    }

    pub(super) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// How wide a line of text is, in points: the sum of its characters' advances. Kerning, which is not counted, makes it a little
    /// narrower.
    pub fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let own = &self.faces[face as usize];
        let others = [own, &self.faces[0], &self.faces[3]];
        let metrics = others.map(|font| {
            let glyphs = font.glyph_metrics(Size::new(size), LocationRef::default());
            (font.charmap(), glyphs)
        });
        let advance = |c: char| {
            let found = metrics.iter().find_map(|(map, glyphs)| {
                let glyph = map.map(c)?;
                glyphs.advance_width(glyph)
            });
            found.unwrap_or(0.6 * size)
        };
        text.chars().map(advance).sum()
    }

    /// Text that is cut short with an ellipsis where it is wider than `room` points.
    pub fn fitted(&self, text: &str, face: Face, size: f32, room: f32) -> String {
        if self.width(text, face, size) <= room {
            return text.to_owned();
        }
        let left = room - self.width("…", face, size);
        let mut kept = String::new();
        for piece in text.graphemes(true) {
            let longer = format!("{kept}{piece}");
            if self.width(&longer, face, size) > left {
                break;
            }
            kept = longer;
        }
        format!("{}…", kept.trim_end())
    }

    /// Text in lines of at most `room` points, broken between words, and within a word that is wider; the last of `most` lines is
    /// cut short where there is more.
    pub fn wrapped(
        &self,
        text: &str,
        face: Face,
        size: f32,
        room: f32,
        most: usize,
    ) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut rest = pieces(text).into_iter().peekable();
        while let Some(piece) = rest.next() {
            let longer = format!("{line}{piece}");
            if self.width(longer.trim_end(), face, size) <= room {
                line = longer;
                continue;
            }
            if lines.len() + 1 >= most {
                let tail: String = rest.collect();
                line = longer + &tail;
                break;
            }
            if !line.is_empty() {
                lines.push(line.trim_end().to_owned());
            }
            line = self.broken(piece, face, size, room, most, &mut lines);
        }
        let last = line.trim_end();
        if !last.is_empty() {
            let fitted = self.fitted(last, face, size, room);
            // A paragraph ends between words, a name where there is no more room.
            let is_paragraph = most > 4 && fitted != last;
            let whole = fitted.rfind(char::is_whitespace).filter(|_| is_paragraph);
            lines.push(match whole {
                Some(at) if at * 2 > fitted.len() => format!("{}…", fitted[..at].trim_end()),
                _ => fitted,
            });
        }
        lines
    }

    /// Puts all of a word that is too wide but its last line into `lines` and returns that.
    fn broken(
        &self,
        word: &str,
        face: Face,
        size: f32,
        room: f32,
        most: usize,
        lines: &mut Vec<String>,
    ) -> String {
        let mut line = String::new();
        for piece in word.graphemes(true) {
            let longer = format!("{line}{piece}");
            let is_full = self.width(longer.trim_end(), face, size) > room && !line.is_empty();
            if is_full && lines.len() + 1 < most {
                lines.push(std::mem::replace(&mut line, piece.to_owned()));
            } else {
                line = longer;
            }
        }
        line
    }

    /// How wide the widest word is, in points.
    pub fn widest_word(&self, text: &str, face: Face, size: f32) -> f32 {
        let widths = pieces(text).into_iter();
        widths
            .map(|word| self.width(word.trim_end(), face, size))
            .fold(0.0, f32::max)
    }
}

/// Text in pieces between which a line may be broken: after white space, after hyphens and dashes within words, and between
/// Chinese characters, but not before closing marks.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may_break = before.is_some_and(|b| {
            let space = b.is_whitespace() && b != '\u{A0}' && !c.is_whitespace();
            let hyphen = matches!(b, '-' | '–' | '—' | '/') && c.is_alphanumeric();
            space || hyphen || ((is_cjk(b) || is_cjk(c)) && !closes(c) && !c.is_whitespace())
        });
        if may_break && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}')
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '。' | '，'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '」'
            | '』'
            | '》'
            | '】'
            | '”'
            | '’'
            | ')'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ']'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;

    #[test]
    fn widths_are_the_fonts() {
        let fonts = seeds::fonts();
        let narrow = fonts.width("iiii", Face::Sans, 10.0);
        let wide = fonts.width("WWWW", Face::Sans, 10.0);
        assert!(narrow * 2.0 < wide, "{narrow} {wide}");
        let twice = fonts.width("WWWW", Face::Sans, 20.0);
        assert!((twice - 2.0 * wide).abs() < 0.01);
        assert!((fonts.width("勢勢", Face::Serif, 10.0) - 20.0).abs() < 0.5);
        assert!(fonts.width("abc", Face::Bold, 10.0) > fonts.width("abc", Face::Sans, 10.0));
    }

    #[test]
    fn lines_hold_their_room_and_lose_nothing_but_the_end() {
        let fonts = seeds::fonts();
        let text = "The bear, the dragon and the question of who leads 勢均力敵，不相上下。 Donaudampfschifffahrt";
        for room in [30.0, 60.0, 120.0, 400.0] {
            let lines = fonts.wrapped(text, Face::Sans, 9.0, room, usize::MAX);
            for line in &lines {
                assert!(
                    fonts.width(line, Face::Sans, 9.0) <= room,
                    "{line} at {room}"
                );
            }
            let bare = |t: &str| t.split_whitespace().collect::<String>();
            assert_eq!(bare(&lines.concat()), bare(text), "{room}");
            let two = fonts.wrapped(text, Face::Sans, 9.0, room, 2);
            assert!(two.len() <= 2, "{two:?}");
            if room < 200.0 {
                assert!(two[1].ends_with('…'), "{two:?}");
                assert!(fonts.width(&two[1], Face::Sans, 9.0) <= room);
            }
        }
    }

    #[test]
    fn nothing_is_set_in_no_lines() {
        let fonts = seeds::fonts();
        assert!(fonts.wrapped("", Face::Sans, 9.0, 50.0, 3).is_empty());
        assert_eq!(fonts.fitted("", Face::Sans, 9.0, 50.0), "");
    }
}
