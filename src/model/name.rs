//! Names of authors and editors.

/// A name as it stands in [`super::ReadingMeta::authors`], taken apart.
///
/// People are `Surname, Given` or `Surname, Given, Jr.`; a name without a comma is taken whole: an organisation, or someone
/// with one name. `(ed.)` at the end says that they edited what they are listed for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The surname with its particles (`de Gaulle`), or the whole name.
    pub family: String,
    /// The given names; empty for a whole name.
    pub given: String,
    /// `Jr.`, `III`; mostly empty.
    pub suffix: String,
    /// Whether they are an editor.
    pub editor: bool,
}

/// What stands after the name of an editor.
const EDITOR: [&str; 4] = ["(ed.)", "(eds.)", "(ed)", "(eds)"];

const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "v"];

impl Name {
    /// Takes a name apart.
    pub fn parse(name: &str) -> Self {
        let name = name.trim();
        let lower = name.to_ascii_lowercase();
        let role = EDITOR.iter().find(|role| lower.ends_with(*role));
        let bare = role.map_or(name, |role| &name[..name.len() - role.len()]);
        let bare = bare.trim().trim_end_matches(',').trim_end();
        let (family, rest) = bare.split_once(',').unwrap_or((bare, ""));
        let is_suffix = |s: &str| {
            let s = s.trim().trim_end_matches('.').to_ascii_lowercase();
            SUFFIXES.contains(&s.as_str())
        };
        let (given, suffix) = match rest.rsplit_once(',') {
            Some((given, suffix)) if is_suffix(suffix) => (given, suffix),
            _ => (rest, ""),
        };
        Self {
            family: family.trim().to_owned(),
            given: given.trim().to_owned(),
            suffix: suffix.trim().to_owned(),
            editor: role.is_some(),
        }
    }

    /// As a citation names them: by surname; people with Chinese, Japanese or Korean names by all of it.
    pub fn short(&self) -> String {
        match self.is_eastern() {
            true => self.natural(),
            false => self.family.clone(),
        }
    }

    /// As they are spoken of: `Stephen M. Walt`, `Martin Luther King Jr.`, 阎学通.
    pub fn natural(&self) -> String {
        if self.is_eastern() {
            return format!("{}{}", self.family, self.given);
        }
        joined(&[&self.given, &self.family, &self.suffix], " ")
    }

    /// As a list in alphabetical order has them: `Walt, Stephen M.`, `King, Martin Luther, Jr.`
    pub fn inverted(&self) -> String {
        if self.is_eastern() {
            return self.natural();
        }
        joined(&[&self.family, &self.given, &self.suffix], ", ")
    }

    /// Whether it is written in Chinese, Japanese or Korean characters, surname first and without a space.
    fn is_eastern(&self) -> bool {
        let eastern = |s: &str| {
            let is = |c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
            s.chars().next().is_some_and(is)
        };
        eastern(&self.family) && eastern(&self.given)
    }
}

/// The parts that say something, with `between` between them.
fn joined(parts: &[&str], between: &str) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    said.join(between)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forms(name: &str) -> (String, String, String) {
        let name = Name::parse(name);
        (name.short(), name.natural(), name.inverted())
    }

    fn three(a: &str, b: &str, c: &str) -> (String, String, String) {
        (a.into(), b.into(), c.into())
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(
            forms("Walt, Stephen M."),
            three("Walt", "Stephen M. Walt", "Walt, Stephen M.")
        );
        assert_eq!(
            forms("de Gaulle, Charles"),
            three("de Gaulle", "Charles de Gaulle", "de Gaulle, Charles")
        );
        assert_eq!(
            forms("King, Martin Luther, Jr."),
            three("King", "Martin Luther King Jr.", "King, Martin Luther, Jr.")
        );
        assert_eq!(
            forms("RAND Corporation"),
            three("RAND Corporation", "RAND Corporation", "RAND Corporation")
        );
        assert_eq!(forms("阎, 学通"), three("阎学通", "阎学通", "阎学通"));
        assert_eq!(forms("Lee, V."), three("Lee", "V. Lee", "Lee, V."));
        assert_eq!(forms(""), three("", "", ""));
    }

    #[test]
    fn editors_are_told() {
        let name = Name::parse("Kaplan, Morton A. (Ed.)");
        assert!(name.editor);
        assert_eq!(name.inverted(), "Kaplan, Morton A.");
        assert!(!Name::parse("Kaplan, Ed").editor);
    }

    proptest! {
        #[test]
        fn any_name_has_all_its_forms(name in "[\\PC,(ed.)]{0,20}") {
            let name = Name::parse(&name);
            prop_assert!(!name.natural().ends_with(", "));
            prop_assert!(name.natural().contains(&name.short()));
        }
    }
}
