//! What characters are compared as, looked up.

use super::Folding;

/// What the characters up to U+2FFF are compared as, worked out once.
#[derive(Debug)]
pub(super) struct Table {
    folding: Folding,
    short: Vec<Short>,
}

/// A few bytes of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Short {
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

    /// The text.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.len as usize).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl Table {
    const END: u32 = 0x3000;

    pub fn new(folding: Folding) -> Self {
        let fold = |c| char::from_u32(c).map_or_else(String::new, |c| folding.char(c));
        Self {
            folding,
            short: (0..Self::END).map(|c| Short::new(&fold(c))).collect(),
        }
    }

    /// What a character is compared as.
    pub fn get(&self, c: char) -> Result<Short, String> {
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
