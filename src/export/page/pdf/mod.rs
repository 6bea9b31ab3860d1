//! Pages as a PDF, by krilla.

mod marks;
mod parts;

use std::collections::HashMap;

use jiff::{Timestamp, tz::TimeZone};
use krilla::{
    Data, Document,
    action::LinkAction,
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    geom::{PathBuilder, Point, Rect as Area},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
    text::{Font as Embedded, GlyphId, KrillaGlyph},
};

use self::{marks::Marks, parts::Parts};
use super::{Font, Glyphs, Line, Link, Page, PageFonts, Rect, Thing, layout::Layout};
use crate::{
    export::{
        document::{Head, Item, Sink, Stop},
        order::{Out, Writer},
    },
    model::Color,
};

/// Writes a document as a PDF: text that can be searched and copied, embedded fonts, bookmarks of the headings, and tags that say what
/// each part is. Pages are laid out and compressed one by one; the file is written when it is finished.
pub struct Pdf<'a> {
    layout: Layout<'a>,
    book: Book<'a>,
    head: Head,
    now: Option<Timestamp>,
    out: &'a mut dyn Out,
}

impl<'a> Pdf<'a> {
    /// A PDF that is written to `out`; `now` is the time of its making. The same document at the same time makes the same bytes.
    pub fn new(
        head: &Head,
        fonts: &'a PageFonts,
        now: Option<Timestamp>,
        out: &'a mut dyn Out,
    ) -> Self {
        Self {
            layout: Layout::new(head, fonts),
            book: Book {
                document: Document::new(),
                fonts,
                embedded: HashMap::new(),
                parts: Parts::default(),
                marks: Marks::default(),
                pages: 0,
            },
            head: head.clone(),
            now,
            out,
        }
    }

    fn write_ready(&mut self) -> Result<(), Stop> {
        for page in self.layout.ready() {
            self.book.page(&page, &self.layout)?;
        }
        Ok(())
    }
}

impl Sink for Pdf<'_> {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        self.layout.put(item);
        self.write_ready()
    }
}

impl Writer for Pdf<'_> {
    fn finish(mut self: Box<Self>) -> Result<(), Stop> {
        self.layout.finish();
        self.write_ready()?;
        let Self {
            layout,
            book,
            head,
            now,
            out,
        } = *self;
        let mut document = book.document;
        document.set_outline(book.marks.outline());
        document.set_tag_tree(book.parts.tree(layout.tags()));
        document.set_metadata(metadata(head, now));
        let bytes = document
            .finish()
            .map_err(|error| Stop::Bad(format!("the PDF can't be made: {error}")))?;
        out.write_all(&bytes)?;
        out.flush()?;
        Ok(())
    }
}

fn metadata(head: Head, now: Option<Timestamp>) -> Metadata {
    let mut metadata = Metadata::new()
        .title(head.title)
        .authors(head.authors)
        .creator("Glossator".to_owned());
    if let Some(now) = now {
        let at = now.to_zoned(TimeZone::UTC);
        let date = DateTime::new(at.year().unsigned_abs())
            .month(at.month().unsigned_abs())
            .day(at.day().unsigned_abs())
            .hour(at.hour().unsigned_abs())
            .minute(at.minute().unsigned_abs())
            .second(at.second().unsigned_abs())
            .utc_offset_hour(0);
        metadata = metadata.creation_date(date);
    }
    metadata
}

/// The pages that are written.
struct Book<'a> {
    document: Document,
    fonts: &'a PageFonts,
    embedded: HashMap<Font, Embedded>,
    parts: Parts,
    marks: Marks,
    pages: usize,
}

impl Book<'_> {
    fn page(&mut self, page: &Page, layout: &Layout<'_>) -> Result<(), Stop> {
        self.embed(page)?;
        let settings = PageSettings::from_wh(page.size.0, page.size.1)
            .ok_or_else(|| Stop::Bad("The paper has no size.".to_owned()))?;
        let mut sheet = self.document.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut open: Option<u32> = None;
        for thing in &page.things {
            let tag = match thing {
                Thing::Glyphs(glyphs) => glyphs.tag,
                Thing::Fill(..) | Thing::Line(_) => 0,
                Thing::Link(_) => continue,
            };
            if open != Some(tag) {
                if open.is_some() {
                    surface.end_tagged();
                }
                let id = surface.start_tagged(content(tag));
                if tag > 0 {
                    self.parts.add(tag, id, layout.tags());
                }
                open = Some(tag);
            }
            draw(thing, &mut surface, &self.embedded);
        }
        if open.is_some() {
            surface.end_tagged();
        }
        surface.finish();
        for thing in &page.things {
            if let Thing::Link(link) = thing
                && let Some(annotation) = annotation(link)
            {
                let id = sheet.add_tagged_annotation(annotation);
                self.parts.add_link(link.tag, id, layout.tags());
            }
        }
        sheet.finish();
        for bookmark in &page.bookmarks {
            self.marks.add(self.pages, bookmark);
        }
        self.pages += 1;
        Ok(())
    }

    /// Reads the fonts of a page for embedding.
    fn embed(&mut self, page: &Page) -> Result<(), Stop> {
        for glyphs in page.texts() {
            if self.embedded.contains_key(&glyphs.font) {
                continue;
            }
            let data = Data::from(self.fonts.face(glyphs.font).bytes);
            let font = Embedded::new(data, 0)
                .ok_or_else(|| Stop::Bad("A font can't be embedded.".to_owned()))?;
            self.embedded.insert(glyphs.font, font);
        }
        Ok(())
    }
}

fn content(tag: u32) -> ContentTag<'static> {
    match tag {
        0 => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        _ => ContentTag::Span(SpanTag::empty()),
    }
}

fn fill(color: Color) -> Fill {
    let [r, g, b] = color.0;
    Fill {
        paint: rgb::Color::new(r, g, b).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn draw(thing: &Thing, surface: &mut Surface<'_>, fonts: &HashMap<Font, Embedded>) {
    match thing {
        Thing::Glyphs(glyphs) => {
            if let Some(font) = fonts.get(&glyphs.font) {
                write(glyphs, surface, font);
            }
        }
        Thing::Fill(rect, color) => {
            let mut path = PathBuilder::new();
            if let Some(area) = area(rect) {
                path.push_rect(area);
            }
            if let Some(path) = path.finish() {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*color)));
                surface.draw_path(&path);
            }
        }
        Thing::Line(line) => stroke(line, surface),
        Thing::Link(_) => {}
    }
}

fn stroke(line: &Line, surface: &mut Surface<'_>) {
    let mut path = PathBuilder::new();
    path.move_to(line.from.0, line.from.1);
    path.line_to(line.to.0, line.to.1);
    if let Some(path) = path.finish() {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke {
            paint: fill(line.color).paint,
            width: line.width,
            ..Stroke::default()
        }));
        surface.draw_path(&path);
    }
}

fn write(run: &Glyphs, surface: &mut Surface<'_>, font: &Embedded) {
    let size = run.size;
    let glyphs: Vec<KrillaGlyph> = run
        .glyphs
        .iter()
        .map(|glyph| {
            let text = glyph.text.start as usize..glyph.text.end as usize;
            let id = GlyphId::new(u32::from(glyph.id));
            let (dx, dy) = (glyph.dx / size, glyph.dy / size);
            KrillaGlyph::new(id, glyph.advance / size, dx, dy, 0.0, text, None)
        })
        .collect();
    surface.set_stroke(None);
    surface.set_fill(Some(fill(run.color)));
    let at = Point::from_xy(run.x, run.y);
    surface.draw_glyphs(at, &glyphs, font.clone(), &run.text, size, false);
}

fn area(rect: &Rect) -> Option<Area> {
    Area::from_xywh(rect.x, rect.y, rect.width, rect.height)
}

fn annotation(link: &Link) -> Option<Annotation> {
    let target = Target::Action(LinkAction::new(link.url.clone()).into());
    let shape = LinkAnnotation::new(area(&link.rect)?, target);
    Some(Annotation::new_link(shape, Some(link.url.clone())))
}
