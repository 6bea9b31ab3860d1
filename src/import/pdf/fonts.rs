//! The fonts of a PDF: which letters a code stands for, how wide they are, and whether they are bold or italic.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_font::{
    CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, kurbo::Shape,
};
use hayro_syntax::object::{self, Array, Dict, Name, Object};

/// How many fonts a file may have; text in further ones is read in none.
const MAX_FONTS: usize = 20_000;
/// How many letters one code may stand for.
const MAX_LETTERS: usize = 16;
/// Flags of a font descriptor (ISO 32000-1, table 123).
const FIXED_PITCH: u32 = 1;
const ITALIC: u32 = 1 << 6;

/// The fonts met so far, each loaded once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    resolver: FontResolverFn,
    cmaps: CMapResolverFn,
    /// By where the dictionary stands in the file: it is met on every page.
    places: RefCell<HashMap<(usize, usize), Option<usize>>>,
    faces: RefCell<Vec<Arc<Face<'a>>>>,
}

/// A font.
pub(super) struct Face<'a> {
    font: Font<'a>,
    codes: RefCell<HashMap<u32, Code>>,
    cids: Option<Cids>,
    /// Whether its codes are single bytes.
    simple: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) mono: bool,
    pub(super) vertical: bool,
}

/// What a code of a font stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Code {
    /// Its letters; none when the file does not say.
    pub(super) letters: Option<Arc<str>>,
    /// Whether it is drawn small and high, as the figures that fonts have for marks of footnotes.
    pub(super) raised: bool,
    /// How far it moves the pen, in thousandths of the font's size: to the right, or down in vertical fonts.
    pub(super) advance: f64,
}

/// The way from codes to letters by the character collections of CJK fonts, for fonts that say nothing else.
struct Cids {
    encoding: CMap,
    letters: CMap,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            resolver: Arc::new(|query| {
                let font = match query {
                    FontQuery::Standard(font) => *font,
                    FontQuery::Fallback(query) => query.pick_standard_font(),
                };
                Some(font.get_font_data())
            }),
            cmaps: Arc::new(load_embedded),
            places: RefCell::default(),
            faces: RefCell::default(),
        }
    }

    /// The font that a dictionary describes.
    pub(super) fn face(&self, dict: &Dict<'a>) -> Option<Arc<Face<'a>>> {
        let data = dict.data();
        let place = (data.as_ptr() as usize, data.len());
        if let Some(&index) = self.places.borrow().get(&place) {
            return index.map(|i| self.faces.borrow()[i].clone());
        }
        let count = self.faces.borrow().len();
        let face = (count < MAX_FONTS)
            .then(|| self.load(dict))
            .flatten()
            .map(Arc::new);
        let index = face.is_some().then_some(count);
        self.places.borrow_mut().insert(place, index);
        self.faces.borrow_mut().extend(face.clone());
        face
    }

    fn load(&self, dict: &Dict<'a>) -> Option<Face<'a>> {
        let font = self.cache.font(dict, &self.resolver, &self.cmaps)?;
        let descendant = dict
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|a| a.iter::<Dict<'_>>().next());
        let descriptor = descendant
            .as_ref()
            .unwrap_or(dict)
            .get::<Dict<'_>>("FontDescriptor")
            .unwrap_or_default();
        let name = dict
            .get::<Name<'_>>("BaseFont")
            .or_else(|| descriptor.get::<Name<'_>>("FontName"))
            .map(|n| n.as_str().to_owned())
            .unwrap_or_default();
        let flags = descriptor.get::<u32>("Flags").unwrap_or(0);
        let slanted = |angle: f64| angle.abs() > 1.0 && angle.abs() < 45.0;
        let by_name = Manner::of(&name);
        Some(Face {
            vertical: !font.is_horizontal(),
            bold: by_name.bold
                || descriptor
                    .get::<f64>("FontWeight")
                    .is_some_and(|w| w >= 600.0),
            italic: by_name.italic
                || flags & ITALIC != 0
                || descriptor.get::<f64>("ItalicAngle").is_some_and(slanted),
            mono: by_name.mono || flags & FIXED_PITCH != 0,
            simple: descendant.is_none(),
            cids: descendant.and_then(|d| Cids::new(dict, &d)),
            font,
            codes: RefCell::default(),
        })
    }
}

impl Face<'_> {
    /// The code at the start of `bytes` from `at` on, and how many bytes it takes.
    pub(super) fn read(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// What a code stands for.
    pub(super) fn code(&self, code: u32) -> Code {
        if let Some(known) = self.codes.borrow().get(&code) {
            return known.clone();
        }
        let letters: Option<Arc<str>> = self
            .said(code)
            .or_else(|| self.cids.as_ref()?.letters(code))
            .or_else(|| self.likely(code))
            .map(|l| l.chars().take(MAX_LETTERS).collect::<String>().into());
        let advance = self.font.code_advance(code);
        let is_figure = |l: &Arc<str>| l.bytes().all(|b| b.is_ascii_digit());
        let found = Code {
            raised: letters.as_ref().is_some_and(is_figure) && self.is_high(code),
            letters,
            advance: if self.vertical { -advance.y } else { advance.x },
        };
        self.codes.borrow_mut().insert(code, found.clone());
        found
    }

    /// What a code most likely is where the file says nothing: ASCII, in which most encodings agree, and the ligatures of TeX's
    /// (OT1 and T1), whose bitmap fonts name no letters.
    fn likely(&self, code: u32) -> Option<String> {
        let byte = u8::try_from(code).ok().filter(|_| self.simple)?;
        Some(match byte {
            0x0B | 0x1B => "ff".into(),
            0x0C | 0x1C => "fi".into(),
            0x0D | 0x1D => "fl".into(),
            0x0E | 0x1E => "ffi".into(),
            0x0F | 0x1F => "ffl".into(),
            0x20..=0x7E => char::from(byte).to_string(),
            _ => return None,
        })
    }

    /// Whether a code's glyph is drawn small and above the middle of the line.
    fn is_high(&self, code: u32) -> bool {
        let FontGlyph::Outline(glyph) = self.font.glyph(self.font.map_code(code), code) else {
            return false;
        };
        let bounds = glyph.outline().bounding_box();
        bounds.y0 > 180.0 && bounds.height() < 560.0 && bounds.height() > 100.0
    }

    /// The letters that the font itself gives.
    fn said(&self, code: u32) -> Option<String> {
        let found = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        found
            .map(string)
            .filter(|s| !s.is_empty() && !s.contains(['\0', '\u{FFFD}']))
    }
}

impl Cids {
    fn new(dict: &Dict<'_>, descendant: &Dict<'_>) -> Option<Self> {
        if dict.contains_key("ToUnicode") {
            return None;
        }
        let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
        let registry = info.get::<object::String<'_>>("Registry")?;
        let ordering = info.get::<object::String<'_>>("Ordering")?;
        let family = CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes());
        let letters = load_embedded(family.ucs2_cmap()?)?;
        let encoding = match dict.get::<Object<'_>>("Encoding")? {
            Object::Name(name) => match CMapName::from_bytes(name.as_ref()) {
                CMapName::IdentityH => CMap::identity_h(),
                CMapName::IdentityV => CMap::identity_v(),
                named => CMap::parse(load_embedded(named)?, load_embedded)?,
            },
            Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded)?,
            _ => return None,
        };
        Some(Self {
            encoding,
            letters: CMap::parse(letters, load_embedded)?,
        })
    }

    fn letters(&self, code: u32) -> Option<String> {
        let cid = (1..=4).find_map(|bytes| self.encoding.lookup_cid_code(code, bytes))?;
        self.letters.lookup_bf_string(cid).map(string)
    }
}

fn string(letters: BfString) -> String {
    match letters {
        BfString::Char(c) => c.into(),
        BfString::String(s) => s,
    }
}

/// What a font's name says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Manner {
    bold: bool,
    italic: bool,
    mono: bool,
}

impl Manner {
    /// `ABCDEF+Name-BoldItalic`, and the short names of Computer Modern (`CMBX10`) and its kin.
    fn of(name: &str) -> Self {
        let name = match name.split_once('+') {
            Some((tag, rest)) if tag.len() == 6 => rest,
            _ => name,
        };
        let lower = name.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|p| lower.contains(p));
        let starts = |parts: &[&str]| parts.iter().any(|p| lower.starts_with(p));
        let ends = |parts: &[&str]| parts.iter().any(|p| lower.ends_with(p));
        Self {
            bold: has(&["bold", "black", "heavy", "-medi", "demi"])
                || starts(&[
                    "cmb", "cmssbx", "cmssdc", "sfbx", "sfbi", "sfsx", "ecbx", "ecbi", "lmbx",
                ])
                || starts(&["lin"]) && ends(&["tb", "tbi", "tbo"])
                || ends(&["-bd", "-bdit", "-bdcn", "-semibd", ",bd"]),
            italic: has(&[
                "italic", "oblique", "slanted", "kursiv", "-ital", "reguital", "mediital",
            ]) || starts(&[
                "cmti", "cmsl", "cmmi", "cmbxti", "cmssi", "cmbxsl", "sfti", "sfsl", "sfbi",
                "sfsi", "ecti", "ecsl", "ecbi", "lmri", "lmsl",
            ]) || starts(&["lin"]) && ends(&["ti", "tbi", "to", "tbo"])
                || ends(&["-it", "-bdit", "-obl", "-boldit", "-regit"]),
            mono: has(&[
                "mono",
                "courier",
                "consolas",
                "typewriter",
                "menlo",
                "inconsolata",
            ]) || starts(&["cmtt", "cmsltt", "sftt", "ectt", "lmtt", "lmmono"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_of_bold_and_italics() {
        let said = |name: &str| {
            let manner = Manner::of(name);
            (manner.bold, manner.italic)
        };
        assert_eq!(said("ABCDEF+CMBX12"), (true, false));
        assert_eq!(said("CMTI10"), (false, true));
        assert_eq!(said("CMR10"), (false, false));
        assert_eq!(said("NimbusRomNo9L-Medi"), (true, false));
        assert_eq!(said("NimbusRomNo9L-ReguItal"), (false, true));
        assert_eq!(said("Arial,BoldItalic"), (true, true));
        assert_eq!(said("MinionPro-It"), (false, true));
        assert_eq!(said("XYZABC+Calibri"), (false, false));
        assert!(Manner::of("CMTT9").mono);
    }
}
