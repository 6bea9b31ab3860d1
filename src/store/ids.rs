//! New identifiers.

use jiff::Timestamp;

use crate::model::HighlightId;

/// A number for a new highlight, drawn at random so that coders who work apart don't meet.
pub fn new_highlight_id() -> HighlightId {
    // Without a source of randomness the clock still tells two people's highlights apart.
    let clock = || Timestamp::now().as_nanosecond() as u64;
    HighlightId(getrandom::u64().unwrap_or_else(|_| clock()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_differ() {
        assert_ne!(new_highlight_id(), new_highlight_id());
    }
}
