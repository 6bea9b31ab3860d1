//! Pictures of results for a paper or a slide: drawn once as shapes, written as SVG or PNG.

/// How a picture is to look.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Its width in points (1/72 inch); the height follows from what it shows.
    pub width: f32,
    /// Dark colours for a dark slide; else black on white for print.
    pub dark: bool,
    /// A title over it; empty for none.
    pub title: String,
    /// Whether a legend explains the colours.
    pub legend: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 480.0,
            dark: false,
            title: String::new(),
            legend: true,
        }
    }
}
