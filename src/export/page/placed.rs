//! What lies on a page, and where: in points (1/72 inch) from its top left corner.

use std::ops::Range;

use crate::{
    export::document::{Head, Item, Origin},
    export::page::{PageFonts, layout::Layout},
    model::Color,
};

/// A document's pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The pages; at least one.
    pub pages: Vec<Page>,
}

impl Pages {
    /// Lays a document out. O(its text).
    pub fn of(head: &Head, items: impl IntoIterator<Item = Item>, fonts: &PageFonts) -> Self {
        let mut layout = Layout::new(head, fonts);
        items.into_iter().for_each(|item| layout.put(item));
        layout.finish();
        Self {
            pages: layout.ready(),
        }
    }

    /// The page and the rectangles of what comes from `origin`.
    pub fn find<'a>(&'a self, origin: &'a Origin) -> impl Iterator<Item = (usize, Rect)> + 'a {
        let pages = self.pages.iter().enumerate();
        pages.flat_map(move |(at, page)| {
            let here = page.places.iter().filter(move |p| p.origin == *origin);
            here.map(move |place| (at, place.rect))
        })
    }
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Its width and height.
    pub size: (f32, f32),
    /// What lies on it, the undermost first; text in the order in which it is read.
    pub things: Vec<Thing>,
    /// Where the items stand that have an origin, in their order. One that goes on in the next column stands at two places.
    pub places: Vec<Place>,
    /// Its headings.
    pub bookmarks: Vec<Bookmark>,
}

impl Page {
    /// The origin of what lies at a point.
    pub fn hit(&self, x: f32, y: f32) -> Option<&Origin> {
        let mut places = self.places.iter();
        let found = places.find(|place| place.rect.contains(x, y));
        found.map(|place| &place.origin)
    }

    /// Its text, run by run in the order in which it is read.
    pub fn texts(&self) -> impl Iterator<Item = &Glyphs> {
        self.things.iter().filter_map(|thing| match thing {
            Thing::Glyphs(glyphs) => Some(glyphs),
            _ => None,
        })
    }
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// Text.
    Glyphs(Glyphs),
    /// A filled rectangle.
    Fill(Rect, Color),
    /// A line.
    Line(Line),
    /// Where an address can be clicked on.
    Link(Link),
}

/// One of the fonts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Font {
    /// What people read.
    #[default]
    Serif,
    /// Its italic.
    SerifItalic,
    /// Its semibold.
    SerifBold,
    /// Its semibold italic.
    SerifBoldItalic,
    /// Small type.
    Sans,
    /// Its semibold.
    SansBold,
    /// For Chinese and Japanese, in all manners.
    Cjk,
}

/// A run of glyphs of one font, on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyphs {
    /// Where it begins.
    pub x: f32,
    /// The height of its baseline.
    pub y: f32,
    /// Its font.
    pub font: Font,
    /// Its size.
    pub size: f32,
    /// Its colour.
    pub color: Color,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The text that they stand for.
    pub text: String,
    /// The number of the paragraph, heading, cell or note that it belongs to (its tag in a tagged PDF); 0 for what is no text of the
    /// document: running heads, page numbers.
    pub tag: u32,
}

impl Glyphs {
    /// Its width.
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|g| g.advance).sum()
    }
}

/// A glyph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// How far it moves what follows.
    pub advance: f32,
    /// How far to the right it is moved itself.
    pub dx: f32,
    /// How far up it is moved itself.
    pub dy: f32,
    /// The bytes of the run's text that it stands for.
    pub text: Range<u32>,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left side.
    pub x: f32,
    /// Its upper side.
    pub y: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

impl Rect {
    /// Its right side.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Its lower side.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// Whether a point lies in it.
    pub fn contains(&self, x: f32, y: f32) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }

    /// The smallest rectangle around both.
    pub fn around(&self, other: &Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Where it begins.
    pub from: (f32, f32),
    /// Where it ends.
    pub to: (f32, f32),
    /// How wide it is.
    pub width: f32,
    /// Its colour.
    pub color: Color,
}

/// Where an address can be clicked on.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where.
    pub rect: Rect,
    /// The address.
    pub url: String,
    /// The tag of its text.
    pub tag: u32,
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What it shows.
    pub origin: Origin,
    /// Where.
    pub rect: Rect,
}

/// A heading on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// Its level, from 1.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// The height at which it stands.
    pub y: f32,
}
