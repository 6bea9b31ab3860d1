//! The columns that a table of excerpts can have.

use serde::{Deserialize, Serialize};

/// A column of the table of excerpts. The names in files and settings are these in kebab-case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "`help` says what each is")]
pub enum Field {
    Quote,
    Label,
    LabelPath,
    LabelId,
    Labels,
    Stance,
    Note,
    Coder,
    Created,
    Changed,
    Title,
    Authors,
    Year,
    Key,
    Citation,
    Place,
    Page,
    Paragraph,
    Sentence,
    StartByte,
    EndByte,
    StartCharacter,
    EndCharacter,
    Words,
    Characters,
    Before,
    After,
    Attributes,
    Highlight,
    Reading,
    Colour,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 31] = [
        Self::Quote,
        Self::Label,
        Self::LabelPath,
        Self::Labels,
        Self::Stance,
        Self::Note,
        Self::Coder,
        Self::Citation,
        Self::Title,
        Self::Authors,
        Self::Year,
        Self::Key,
        Self::Place,
        Self::Page,
        Self::Paragraph,
        Self::Sentence,
        Self::Attributes,
        Self::Created,
        Self::Changed,
        Self::Words,
        Self::Characters,
        Self::StartCharacter,
        Self::EndCharacter,
        Self::StartByte,
        Self::EndByte,
        Self::Before,
        Self::After,
        Self::Colour,
        Self::Highlight,
        Self::LabelId,
        Self::Reading,
    ];

    /// Those that a table has unless others are chosen: what was coded, by whom and where, and what joins its rows.
    pub const USUAL: [Self; 14] = [
        Self::Quote,
        Self::Label,
        Self::LabelPath,
        Self::Stance,
        Self::Note,
        Self::Coder,
        Self::Citation,
        Self::Title,
        Self::Authors,
        Self::Year,
        Self::Attributes,
        Self::Created,
        Self::Words,
        Self::Highlight,
    ];

    /// The heading of its column; [`Self::Attributes`] has one column an attribute, under the attribute's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Label => "label",
            Self::LabelPath => "label path",
            Self::LabelId => "label id",
            Self::Labels => "labels",
            Self::Stance => "stance",
            Self::Note => "note",
            Self::Coder => "coder",
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Year => "year",
            Self::Key => "key",
            Self::Citation => "citation",
            Self::Place => "place",
            Self::Page => "page",
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
            Self::StartByte => "start byte",
            Self::EndByte => "end byte",
            Self::StartCharacter => "start character",
            Self::EndCharacter => "end character",
            Self::Words => "words",
            Self::Characters => "characters",
            Self::Before => "before",
            Self::After => "after",
            Self::Attributes => "attributes",
            Self::Highlight => "highlight",
            Self::Reading => "reading",
            Self::Colour => "colour",
        }
    }

    /// What it holds, in a sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Quote => "The passage as the text has it.",
            Self::Label => "The label of this row; a highlight has a row for each of its labels.",
            Self::LabelPath => "The label with those above it: “Alliances > Entrapment”.",
            Self::LabelId => "The label’s file name, which stays when it is renamed.",
            Self::Labels => "All labels of the highlight.",
            Self::Stance => "What the passage does with the theory.",
            Self::Note => "The coder’s note.",
            Self::Coder => "Who tagged it.",
            Self::Created => "When it was tagged (UTC).",
            Self::Changed => "When it was last changed (UTC).",
            Self::Title => "The title of the reading.",
            Self::Authors => "Its authors: “Walt, Stephen M.; Snyder, Glenn H.”.",
            Self::Year => "The year it came out.",
            Self::Key => "Its citation key: “walt1987”.",
            Self::Citation => "The citation of the passage in the chosen style.",
            Self::Place => "Pages and paragraphs as a citation has them: “21, ¶12”.",
            Self::Page => "Its page, or pages: “21–22”.",
            Self::Paragraph => "The paragraph in which it starts, from 1.",
            Self::Sentence => "The sentence of that paragraph in which it starts, from 1.",
            Self::StartByte => "How many bytes of the text (UTF-8) stand before it.",
            Self::EndByte => "How many bytes of the text stand before its end.",
            Self::StartCharacter => {
                "How many characters of the text (code points) stand before it."
            }
            Self::EndCharacter => "How many characters of the text stand before its end.",
            Self::Words => "How many words it has; each Chinese character is one.",
            Self::Characters => "How many characters (code points) it has.",
            Self::Before => "The 40 characters before it.",
            Self::After => "The 40 characters after it.",
            Self::Attributes => "What readings are compared by: a column for each attribute.",
            Self::Highlight => "The highlight’s number, which joins the rows of one highlight.",
            Self::Reading => "The reading’s folder name, which stays when its title is corrected.",
            Self::Colour => "The label’s colour: “#C14438”.",
        }
    }

    /// The field that [`Self::name`] or the settings call so.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace(['-', '_'], " ");
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_field_is_offered_once_under_a_name_of_its_own() {
        let all: HashSet<Field> = Field::ALL.into_iter().collect();
        let names: HashSet<&str> = Field::ALL.into_iter().map(Field::name).collect();
        assert_eq!(all.len(), Field::ALL.len());
        assert_eq!(names.len(), Field::ALL.len());
        assert!(Field::USUAL.iter().all(|field| all.contains(field)));
    }

    #[test]
    fn settings_call_fields_by_their_names() {
        for field in Field::ALL {
            let written = serde_json::to_string(&field).unwrap();
            assert_eq!(serde_json::from_str::<Field>(&written).unwrap(), field);
            assert_eq!(Field::named(written.trim_matches('"')), Some(field));
            assert_eq!(Field::named(&field.name().to_uppercase()), Some(field));
        }
        assert_eq!(Field::named("gloss"), None);
    }
}
