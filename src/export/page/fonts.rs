//! The fonts that pages are set in.

use std::fmt;

use skrifa::FontRef;

use super::Font;

/// The bytes of the fonts, as TrueType or OpenType files.
#[derive(Clone, Copy)]
pub struct FontFiles {
    /// The serif.
    pub serif: &'static [u8],
    /// Its italic.
    pub serif_italic: &'static [u8],
    /// Its semibold.
    pub serif_bold: &'static [u8],
    /// Its semibold italic.
    pub serif_bold_italic: &'static [u8],
    /// The sans.
    pub sans: &'static [u8],
    /// Its semibold.
    pub sans_bold: &'static [u8],
    /// For Chinese and Japanese.
    pub cjk: &'static [u8],
}

/// The fonts that pages are set in, read.
pub struct PageFonts {
    files: [&'static [u8]; Font::ALL.len()],
    refs: [FontRef<'static>; Font::ALL.len()],
}

impl fmt::Debug for PageFonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageFonts").finish_non_exhaustive()
    }
}

impl Font {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Serif,
        Self::SerifItalic,
        Self::SerifBold,
        Self::SerifBoldItalic,
        Self::Sans,
        Self::SansBold,
        Self::Cjk,
    ];
}

impl PageFonts {
    /// Reads fonts.
    ///
    /// # Errors
    /// When one of the files is no font.
    pub fn new(files: FontFiles) -> Result<Self, String> {
        let files = [
            files.serif,
            files.serif_italic,
            files.serif_bold,
            files.serif_bold_italic,
            files.sans,
            files.sans_bold,
            files.cjk,
        ];
        let read = |file: &'static [u8]| FontRef::new(file).map_err(|error| error.to_string());
        Ok(Self {
            refs: [
                read(files[0])?,
                read(files[1])?,
                read(files[2])?,
                read(files[3])?,
                read(files[4])?,
                read(files[5])?,
                read(files[6])?,
            ],
            files,
        })
    }
}
