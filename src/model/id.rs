//! Identifiers: short names that are also file and folder names, and numbers for highlights.

use std::{fmt, sync::Arc};

use unicode_segmentation::UnicodeSegmentation;

/// What is wrong with a string that should have been an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadId(pub String);

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "“{}” can't be an identifier: it names a file, so it is 1 to 80 letters, digits, - or _",
            self.0
        )
    }
}

impl std::error::Error for BadId {}

/// Whether `name` can be a file name on every system and stays in its folder. Windows' device names are refused too.
fn is_file_name(name: &str) -> bool {
    const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
    let device = name.to_lowercase();
    let numbered = device.len() == 4 && (device.starts_with("com") || device.starts_with("lpt"));
    !name.is_empty()
        && name.chars().count() <= 80
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && !DEVICES.contains(&device.as_str())
        && !numbered
}

macro_rules! name_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks that `name` can be a file name on every system.
            pub fn new(name: &str) -> Result<Self, BadId> {
                if is_file_name(name) { Ok(Self(name.into())) } else { Err(BadId(name.to_owned())) }
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    };
}

name_id! {
    /// A reading's folder name, such as `who-gains-from-a-pole`. It never changes.
    ReadingId
}
impl ReadingId {
    /// The one that comes before all others, and is nobody's.
    pub(super) fn first() -> Self {
        Self("".into())
    }
}
name_id! {
    /// A label's file name, such as `balance-of-threat`. It stays when the label is renamed.
    LabelId
}
name_id! {
    /// A packet's file name, such as `week-6`. It stays when the packet gets another title.
    PacketId
}
name_id! {
    /// A section's name within its packet, such as `balance-of-threat`. It stays when the section gets another title.
    SectionId
}
name_id! {
    /// A coder's short name, mostly initials, such as `MK`; also a folder name.
    CoderId
}

/// A highlight's number, drawn at random so that coders who work apart don't meet. Written as 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HighlightId(pub u64);

impl fmt::Display for HighlightId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for HighlightId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::str::FromStr for HighlightId {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        u64::from_str_radix(s, 16)
            .map(Self)
            .map_err(|_| BadId(s.to_owned()))
    }
}

/// A file name made from `title`: lower case, letters and digits of any script, hyphens between words, at most 60
/// characters and cut between words where it can be. Never empty.
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for word in title.unicode_words() {
        let word: String = word
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let longer = out.chars().count() + word.chars().count() + 1;
        if !out.is_empty() && longer > 60 {
            break;
        }
        if !out.is_empty() && !word.is_empty() {
            out.push('-');
        }
        out.extend(word.chars().take(60));
    }
    if is_file_name(&out) {
        out
    } else {
        format!("x{}", if out.is_empty() { "" } else { "-" }) + &out
    }
}

/// [`slug`] of `title` with `-2`, `-3`… added until `taken` says it is free.
pub fn unique_slug(title: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = slug(title);
    let mut candidate = base.clone();
    let mut n = 2;
    while taken(&candidate) {
        candidate = format!("{base}-{n}");
        n += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_file_names() {
        assert_eq!(slug("Who gains from a pole?"), "who-gains-from-a-pole");
        assert_eq!(slug("Shi 勢"), "shi-勢");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("?!"), "x");
        assert_eq!(slug("CON"), "x-con");
        assert!(ReadingId::new(&slug(&"long ".repeat(50))).is_ok());
        assert!(ReadingId::new(&slug(&"勢".repeat(500))).is_ok());
    }

    #[test]
    fn slugs_step_aside() {
        assert_eq!(unique_slug("A", |s| s == "a" || s == "a-2"), "a-3");
    }

    #[test]
    fn ids_stay_in_their_folder() {
        for bad in ["", "a/b", "..", "a\\b", "a:b", "nul", "COM1", "a b"] {
            assert!(LabelId::new(bad).is_err(), "{bad}");
        }
        assert!(CoderId::new("MK").is_ok());
    }

    #[test]
    fn highlight_numbers_read_back() {
        let id = HighlightId(0x0f3a);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("zz".parse::<HighlightId>().is_err());
    }
}
