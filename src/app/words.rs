//! Numbers and times as the window shows them.

use jiff::{Timestamp, tz::TimeZone};

pub use crate::text::{counted, grouped};

/// The time of day here: `14:02:11`.
pub fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%H:%M:%S")
        .to_string()
}

/// The day here: `21 Nov 2026`.
pub fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%-d %b %Y")
        .to_string()
}
