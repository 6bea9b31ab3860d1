//! How things are exported: what is remembered from one time to the next.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    export::{
        cite::Style,
        markdown::Group,
        order::{Format, Glosses, Kind, Options},
        rows::Field,
    },
    model::Paper,
};

/// How things are exported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportSettings {
    /// The format in which each kind of thing was exported last.
    formats: BTreeMap<Kind, Format>,
    /// Whether excerpts are put under their readings, not under their labels.
    pub by_reading: bool,
    /// With the labels' definitions.
    pub definitions: bool,
    /// RON with the texts of the readings.
    pub texts: bool,
    /// The columns of tables.
    pub fields: Vec<Field>,
    /// CSV with a byte order mark, for Excel.
    pub mark: bool,
    /// How Word gets labels and notes.
    pub glosses: Glosses,
    /// On American paper.
    pub letter: bool,
}

impl Default for ExportSettings {
    fn default() -> Self {
        Self {
            formats: BTreeMap::new(),
            by_reading: false,
            definitions: true,
            texts: true,
            fields: Field::USUAL.to_vec(),
            mark: false,
            glosses: Glosses::default(),
            letter: false,
        }
    }
}

impl ExportSettings {
    /// The format that is offered for a kind of thing: the one of the last time.
    pub fn format(&self, kind: Kind) -> Format {
        let last = self.formats.get(&kind).copied();
        let usual = match kind {
            Kind::Excerpts | Kind::Codebook => Format::Markdown,
            Kind::Annotated => Format::Html,
            Kind::Packet => Format::Pdf,
        };
        last.filter(|format| format.fits(kind)).unwrap_or(usual)
    }

    /// Remembers the format of a kind of thing.
    pub fn set_format(&mut self, kind: Kind, format: Format) {
        self.formats.insert(kind, format);
    }

    /// As an order has it.
    pub fn options(&self, cite: Style) -> Options {
        Options {
            cite,
            group: match self.by_reading {
                true => Group::Reading,
                false => Group::Label,
            },
            definitions: self.definitions,
            texts: self.texts,
            fields: self.fields.clone(),
            mark: self.mark,
            glosses: self.glosses,
            paper: match self.letter {
                true => Paper::Letter,
                false => Paper::A4,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_of_the_last_time_is_offered_if_it_fits() {
        let mut settings = ExportSettings::default();
        assert_eq!(settings.format(Kind::Packet), Format::Pdf);
        settings.set_format(Kind::Excerpts, Format::Xlsx);
        settings.set_format(Kind::Packet, Format::Csv);
        let text = ron::to_string(&settings).unwrap();
        let settings: ExportSettings = ron::from_str(&text).unwrap();
        assert_eq!(settings.format(Kind::Excerpts), Format::Xlsx);
        assert_eq!(settings.format(Kind::Packet), Format::Pdf);
    }
}
