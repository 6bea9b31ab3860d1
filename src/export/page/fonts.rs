//! The fonts that pages are set in.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use harfrust::ShaperData;
use skrifa::{FontRef, MetadataProvider, charmap::Charmap, instance::LocationRef, prelude::Size};
use unicode_normalization::UnicodeNormalization;

use super::{Font, masks::Masks};

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
    faces: Vec<Face>,
    masks: Mutex<Masks>,
}

/// A font, read by those who need it.
pub(super) struct Face {
    /// Its file.
    pub bytes: &'static [u8],
    /// For outlines and characters.
    pub outlines: FontRef<'static>,
    /// Which glyphs its characters have.
    pub characters: Charmap<'static>,
    /// For shaping.
    pub shaping: harfrust::FontRef<'static>,
    /// What shaping looks up.
    pub tables: ShaperData,
    /// Units of the font an em.
    pub em: f32,
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

    /// The same in italics; a sans stays as it is.
    pub(super) const fn italic(self) -> Self {
        match self {
            Self::Serif => Self::SerifItalic,
            Self::SerifItalic => Self::Serif,
            Self::SerifBold => Self::SerifBoldItalic,
            Self::SerifBoldItalic => Self::SerifBold,
            other => other,
        }
    }

    /// The same in bold.
    pub(super) const fn bold(self) -> Self {
        match self {
            Self::Serif => Self::SerifBold,
            Self::SerifItalic => Self::SerifBoldItalic,
            Self::Sans => Self::SansBold,
            other => other,
        }
    }
}

impl PageFonts {
    /// Reads fonts.
    ///
    /// # Errors
    /// When one of the files is no font.
    pub fn new(files: FontFiles) -> Result<Self, String> {
        // In the order of [`Font::ALL`].
        let files = [
            files.serif,
            files.serif_italic,
            files.serif_bold,
            files.serif_bold_italic,
            files.sans,
            files.sans_bold,
            files.cjk,
        ];
        let faces = files.into_iter().map(Face::new).collect::<Result<_, _>>()?;
        let masks = Mutex::default();
        Ok(Self { faces, masks })
    }

    pub(super) fn face(&self, font: Font) -> &Face {
        &self.faces[font as usize]
    }

    pub(super) fn masks(&self) -> MutexGuard<'_, Masks> {
        self.masks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The font in which a grapheme is set that is asked for in `wanted`: the first that has all its characters. `wanted` where none has;
    /// its sign for what it lacks is shown then.
    pub(super) fn font_for(&self, grapheme: &str, wanted: Font) -> Font {
        let others = [wanted, Font::Serif, Font::Sans, Font::Cjk];
        let found = others.into_iter().find(|f| self.face(*f).has(grapheme));
        found.unwrap_or(wanted)
    }
}

impl Face {
    fn new(bytes: &'static [u8]) -> Result<Self, String> {
        let outlines = FontRef::new(bytes).map_err(|error| error.to_string())?;
        let shaping = harfrust::FontRef::new(bytes).map_err(|error| error.to_string())?;
        let em = outlines.metrics(Size::unscaled(), LocationRef::default());
        Ok(Self {
            bytes,
            characters: outlines.charmap(),
            tables: ShaperData::new(&shaping),
            em: f32::from(em.units_per_em),
            outlines,
            shaping,
        })
    }

    /// Whether it can show a grapheme, in its composed form where it has one.
    fn has(&self, grapheme: &str) -> bool {
        let has = |c: char| is_quiet(c) || self.characters.map(c).is_some();
        grapheme.chars().all(has) || grapheme.nfc().all(has)
    }
}

/// Whether a character shows nothing of its own: the shaper makes it of what every font has.
fn is_quiet(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
