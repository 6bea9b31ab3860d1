//! How pictures and tables are saved: what is remembered from one time to the next.

use serde::{Deserialize, Serialize};

/// How pictures are saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureFormat {
    /// Pixels.
    #[default]
    Png,
    /// Shapes and text.
    Svg,
}

impl PictureFormat {
    /// All of them, with what is said of them.
    pub const ALL: [(Self, &'static str); 2] = [
        (Self::Png, "PNG, for slides and Word"),
        (Self::Svg, "SVG, sharp at any size"),
    ];

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// A name for a file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Png => "picture.png",
            Self::Svg => "picture.svg",
        }
    }
}

/// What the width of a picture is measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LengthUnit {
    /// Millimetres on paper.
    #[default]
    Millimetres,
    /// Pixels at the resolution that is chosen.
    Pixels,
}

/// How pictures are saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureSettings {
    /// The format.
    pub format: PictureFormat,
    /// The width.
    pub width: f32,
    /// What it is measured in.
    pub unit: LengthUnit,
    /// Dots an inch.
    pub dpi: f32,
    /// With a legend.
    pub legend: bool,
    /// In dark colours.
    pub dark: bool,
    /// The text of an SVG as shapes.
    pub outlines: bool,
}

impl Default for PictureSettings {
    fn default() -> Self {
        Self {
            format: PictureFormat::Png,
            width: 170.0,
            unit: LengthUnit::Millimetres,
            dpi: 300.0,
            legend: true,
            dark: false,
            outlines: false,
        }
    }
}

impl PictureSettings {
    /// The width in points.
    pub fn points(&self) -> f32 {
        match self.unit {
            LengthUnit::Millimetres => self.width / 25.4 * 72.0,
            LengthUnit::Pixels => self.width / self.dpi.max(1.0) * 72.0,
        }
    }

    /// The same width in another unit.
    pub fn measure_in(&mut self, unit: LengthUnit) {
        let inches = self.points() / 72.0;
        self.width = match unit {
            LengthUnit::Millimetres => (inches * 25.4).round(),
            LengthUnit::Pixels => (inches * self.dpi).round(),
        };
        self.unit = unit;
    }
}

/// How tables are saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableFormat {
    /// For spreadsheets.
    #[default]
    Csv,
    /// With tabs.
    Tsv,
    /// For programs.
    Json,
    /// For programs.
    Ron,
}

impl TableFormat {
    /// All of them, with what is said of them.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Csv, "CSV, for spreadsheets, R and Python"),
        (Self::Tsv, "TSV, to be pasted"),
        (Self::Json, "JSON, for programs"),
        (Self::Ron, "RON, for programs"),
    ];

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Ron => "ron",
        }
    }

    /// A name for a file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "table.csv",
            Self::Tsv => "table.tsv",
            Self::Json => "table.json",
            Self::Ron => "table.ron",
        }
    }
}

/// How tables are saved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableSettings {
    /// The format.
    pub format: TableFormat,
    /// CSV with a byte order mark, for Excel.
    pub mark: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_stays_when_its_unit_changes() {
        let mut settings = PictureSettings::default();
        let before = settings.points();
        settings.measure_in(LengthUnit::Pixels);
        assert_eq!(settings.width, 2008.0);
        assert!((settings.points() - before).abs() < 0.5);
        settings.measure_in(LengthUnit::Millimetres);
        assert_eq!(settings.width, 170.0);
    }
}
