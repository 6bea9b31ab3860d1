//! What characters are compared as, looked up.

use std::{borrow::Cow, ops::Range};

use super::Folding;

/// What characters of most scripts but Han are compared as, worked out once.
#[derive(Debug)]
pub(super) struct Table {
    folding: Folding,
    /// What they are compared as, one behind the other.
    text: String,
    /// Where that of each starts, and one past the last.
    starts: Vec<u32>,
}

/// The characters in the table: up to the first Han characters; full and half width forms with what stands around them.
const LISTED: [Range<u32>; 2] = [0..0x3400, 0xF900..0x1_0000];

impl Table {
    pub fn new(folding: Folding) -> Self {
        let mut table = Self {
            folding,
            text: String::new(),
            starts: vec![0],
        };
        for c in LISTED.into_iter().flatten() {
            // The gap of surrogates lies outside.
            table
                .text
                .extend(char::from_u32(c).map(|c| folding.char(c)));
            table.starts.push(table.text.len() as u32);
        }
        table
    }

    /// What a character is compared as.
    pub fn get(&self, c: char) -> Cow<'_, str> {
        let c32 = c as u32;
        let [low, high] = LISTED;
        let number = match c32 {
            _ if low.contains(&c32) => c32,
            _ if high.contains(&c32) => c32 - high.start + low.end,
            _ => return Cow::Owned(self.folding.char(c)),
        } as usize;
        let (from, to) = (self.starts[number], self.starts[number + 1]);
        Cow::Borrowed(&self.text[from as usize..to as usize])
    }
}
