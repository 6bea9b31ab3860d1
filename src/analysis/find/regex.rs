//! Regular expressions.

use regex::{Regex, RegexBuilder};

use super::{Pattern, PatternError};

/// Gets a regular expression ready.
pub(super) fn ready(pattern: &Pattern) -> Result<Regex, PatternError> {
    let built = RegexBuilder::new(&pattern.text)
        .case_insensitive(!pattern.case)
        .multi_line(true)
        .size_limit(10 << 20)
        .build();
    built.map_err(|error| PatternError {
        at: (0, pattern.text.len()),
        message: error.to_string(),
    })
}
