//! What a page shows: its content streams, carried out as far as text is concerned.
//!
//! Only what places text is followed: matrices, fonts, spacing, clips, forms, marked content and optional content (ISO 32000-1,
//! 8.4, 8.10, 8.11, 9.4, 14.6). Pictures are not opened. An interpreter that draws would not say the names of Type 1 fonts,
//! and with them bold and italics; and what is not decoded can't do harm.

use std::{collections::HashSet, sync::Arc};

use hayro_font::kurbo::{Affine, Point, Rect};
use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier, Stream},
    page::{Page, Resources},
};

use super::{
    fonts::{Code, Face, Fonts},
    marked::replace,
    strings,
};

/// How deep forms may contain forms.
const MAX_DEPTH: usize = 24;
/// How deep states may be saved, and marked content nested.
const MAX_STACK: usize = 4_000;
/// How many instructions a page is given, those of its forms included.
const MAX_STEPS: usize = 20_000_000;
/// How many forms a page may show, and how many bytes they may have in all.
const MAX_FORMS: usize = 20_000;
const MAX_FORM_BYTES: usize = 256 << 20;
/// How many glyphs a page may show.
const MAX_GLYPHS: usize = 150_000;
/// How far outside a clip the middle of a glyph may be, in points.
const CLIP_SLACK: f64 = 2.0;

/// A letter where it stands on its page. Points, from the page's top left corner to the right and down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) letter: char,
    /// Where its baseline starts.
    pub(super) at: Point,
    /// The way to where the next glyph stands, without added spacing.
    pub(super) along: (f64, f64),
    /// The height of its type.
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) mono: bool,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Its letters, in the order in which they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// How many glyphs the file gives no letter for.
    pub(super) unknown: usize,
    /// Whether it shows pictures.
    pub(super) pictures: bool,
}

/// Reads what a page shows. Memory and time are bounded by [`MAX_GLYPHS`] and [`MAX_STEPS`].
pub(super) fn page<'a>(
    page: &Page<'a>,
    fonts: &Fonts<'a>,
    hidden: &HashSet<ObjectIdentifier>,
) -> Shown {
    let (width, height) = page.render_dimensions();
    let base = Affine::new(page.initial_transform(true).as_coeffs());
    let mut reader = Reader {
        fonts,
        hidden,
        shown: Shown::default(),
        steps: 0,
        forms: 0,
        form_bytes: 0,
        open: Vec::new(),
        marked: Vec::new(),
        invisible: 0,
    };
    let state = State {
        matrix: base,
        clip: Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        ..State::default()
    };
    reader.run(page.typed_operations(), page.resources(), state, 0);
    reader.shown
}

#[derive(Clone)]
struct State<'a> {
    matrix: Affine,
    clip: Rect,
    face: Option<Arc<Face<'a>>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    /// The horizontal scale, 1 for none.
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            matrix: Affine::IDENTITY,
            clip: Rect::ZERO,
            face: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

/// A stretch of marked content.
struct Marked {
    /// What it says in place of its glyphs, and the first of these.
    actual: Option<(String, usize)>,
    /// Whether it is of a layer that is off.
    off: bool,
}

struct Reader<'f, 'a> {
    fonts: &'f Fonts<'a>,
    hidden: &'f HashSet<ObjectIdentifier>,
    shown: Shown,
    steps: usize,
    forms: usize,
    form_bytes: usize,
    /// The forms that are being shown, each within the one before: where their dictionaries are.
    open: Vec<usize>,
    marked: Vec<Marked>,
    /// How many of `marked` are of layers that are off.
    invisible: usize,
}

/// A path's box while it is drawn, and whether it shall clip.
#[derive(Default)]
struct Path {
    bounds: Option<Rect>,
    clips: bool,
}

impl Path {
    fn point(&mut self, matrix: Affine, x: Number, y: Number) {
        let p = matrix * Point::new(x.as_f64(), y.as_f64());
        let at = Rect::from_points(p, p);
        self.bounds = Some(self.bounds.map_or(at, |b| b.union(at)));
    }
}

impl<'a> Reader<'_, 'a> {
    fn run(
        &mut self,
        mut ops: TypedIter<'_>,
        resources: &Resources<'a>,
        state: State<'a>,
        depth: usize,
    ) {
        use TypedInstruction as Op;
        let marked = self.marked.len();
        let mut state = state;
        let mut saved: Vec<State<'a>> = Vec::new();
        let (mut line, mut pen) = (Affine::IDENTITY, Affine::IDENTITY);
        let mut path = Path::default();
        while let Some(op) = ops.next() {
            self.steps += 1;
            if self.steps > MAX_STEPS || self.shown.glyphs.len() > MAX_GLYPHS {
                break;
            }
            match op {
                Op::SaveState(_) if saved.len() < MAX_STACK => saved.push(state.clone()),
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(t) => {
                    state.matrix *= matrix([t.0, t.1, t.2, t.3, t.4, t.5]);
                }
                Op::RectPath(r) => {
                    path.point(state.matrix, r.0, r.1);
                    let (x, y) = (r.0.as_f64() + r.2.as_f64(), r.1.as_f64() + r.3.as_f64());
                    let far = state.matrix * Point::new(x, y);
                    path.bounds = path.bounds.map(|b| b.union_pt(far));
                }
                Op::MoveTo(p) => path.point(state.matrix, p.0, p.1),
                Op::LineTo(p) => path.point(state.matrix, p.0, p.1),
                Op::CubicTo(p) => {
                    path.point(state.matrix, p.0, p.1);
                    path.point(state.matrix, p.2, p.3);
                    path.point(state.matrix, p.4, p.5);
                }
                Op::CubicStartTo(p) => {
                    path.point(state.matrix, p.0, p.1);
                    path.point(state.matrix, p.2, p.3);
                }
                Op::CubicEndTo(p) => {
                    path.point(state.matrix, p.0, p.1);
                    path.point(state.matrix, p.2, p.3);
                }
                Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => path.clips = true,
                Op::EndPath(_)
                | Op::StrokePath(_)
                | Op::CloseAndStrokePath(_)
                | Op::FillPathNonZero(_)
                | Op::FillPathNonZeroCompatibility(_)
                | Op::FillPathEvenOdd(_)
                | Op::FillAndStrokeNonZero(_)
                | Op::FillAndStrokeEvenOdd(_)
                | Op::CloseFillAndStrokeNonZero(_)
                | Op::CloseFillAndStrokeEvenOdd(_) => {
                    let done = std::mem::take(&mut path);
                    if let Some(bounds) = done.bounds.filter(|_| done.clips) {
                        state.clip = state.clip.intersect(bounds);
                    }
                }
                Op::SetGraphicsState(name) => {
                    let font = resources
                        .get_ext_g_state(name.0)
                        .and_then(|dict| dict.get::<Array<'_>>("Font"));
                    let mut items = font.iter().flat_map(|a| a.iter::<Object<'_>>());
                    if let (Some(Object::Dict(dict)), Some(Object::Number(size))) =
                        (items.next(), items.next())
                    {
                        state.face = self.fonts.face(&dict);
                        state.size = size.as_f64();
                    }
                }
                Op::BeginText(_) => (line, pen) = (Affine::IDENTITY, Affine::IDENTITY),
                Op::TextFont(font) => {
                    let dict = resources.get_font(font.0);
                    state.face = dict.and_then(|dict| self.fonts.face(&dict));
                    state.size = font.1.as_f64();
                }
                Op::CharacterSpacing(n) => state.char_space = n.0.as_f64(),
                Op::WordSpacing(n) => state.word_space = n.0.as_f64(),
                Op::HorizontalScaling(n) => state.scale = n.0.as_f64() / 100.0,
                Op::TextLeading(n) => state.leading = n.0.as_f64(),
                Op::TextRise(n) => state.rise = n.0.as_f64(),
                Op::TextRenderingMode(n) => state.mode = n.0.as_i64(),
                Op::SetTextMatrix(t) => {
                    line = matrix([t.0, t.1, t.2, t.3, t.4, t.5]);
                    pen = line;
                }
                Op::NextLine(n) => {
                    line *= Affine::translate((n.0.as_f64(), n.1.as_f64()));
                    pen = line;
                }
                Op::NextLineAndSetLeading(n) => {
                    state.leading = -n.1.as_f64();
                    line *= Affine::translate((n.0.as_f64(), n.1.as_f64()));
                    pen = line;
                }
                Op::NextLineUsingLeading(_) => {
                    line *= Affine::translate((0.0, -state.leading));
                    pen = line;
                }
                Op::ShowText(text) => self.show(text.0, &state, &mut pen),
                Op::NextLineAndShowText(text) => {
                    line *= Affine::translate((0.0, -state.leading));
                    pen = line;
                    self.show(text.0, &state, &mut pen);
                }
                Op::ShowTextWithParameters(text) => {
                    state.word_space = text.0.as_f64();
                    state.char_space = text.1.as_f64();
                    line *= Affine::translate((0.0, -state.leading));
                    pen = line;
                    self.show(text.2, &state, &mut pen);
                }
                Op::ShowTexts(texts) => {
                    for item in texts.0.iter::<Object<'_>>() {
                        match item {
                            Object::String(text) => self.show(&text, &state, &mut pen),
                            Object::Number(n) => {
                                let by = -n.as_f64() / 1000.0 * state.size;
                                let vertical = state.face.as_ref().is_some_and(|f| f.vertical);
                                let by = if vertical {
                                    (0.0, by)
                                } else {
                                    (by * state.scale, 0.0)
                                };
                                pen *= Affine::translate(by);
                            }
                            _ => {}
                        }
                    }
                }
                Op::InlineImage(_) => self.shown.pictures = true,
                Op::XObject(name) => {
                    if let Some(stream) = resources.get_x_object(name.0) {
                        self.form(&stream, resources, &state, depth);
                    }
                }
                Op::BeginMarkedContent(_) => self.begin(None, resources),
                Op::BeginMarkedContentWithProperties(marked) => {
                    self.begin(Some((marked.0, marked.1)), resources);
                }
                Op::EndMarkedContent(_) if self.marked.len() > marked => self.end(),
                _ => {}
            }
        }
        while self.marked.len() > marked {
            self.end();
        }
    }

    /// A form, or a picture.
    fn form(
        &mut self,
        stream: &Stream<'a>,
        resources: &Resources<'a>,
        state: &State<'a>,
        depth: usize,
    ) {
        let dict = stream.dict();
        if dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|n| n.as_str() == "Image")
        {
            self.shown.pictures = true;
            return;
        }
        let off = dict
            .get_ref("OC")
            .is_some_and(|id| self.hidden.contains(&id.into()));
        let place = dict.data().as_ptr() as usize;
        let spent = self.forms >= MAX_FORMS || self.form_bytes >= MAX_FORM_BYTES;
        if depth >= MAX_DEPTH || spent || off || self.open.contains(&place) {
            return;
        }
        let Ok(data) = stream.decoded_data() else {
            return;
        };
        self.forms += 1;
        self.form_bytes += data.len();
        self.open.push(place);
        let mut state = state.clone();
        if let Some(by) = dict.get::<[f64; 6]>("Matrix") {
            state.matrix *= Affine::new(by);
        }
        if let Some([x0, y0, x1, y1]) = dict.get::<[f64; 4]>("BBox") {
            let bounds = state
                .matrix
                .transform_rect_bbox(Rect::new(x0, y0, x1, y1).abs());
            state.clip = state.clip.intersect(bounds);
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        self.run(
            TypedIter::new(&data),
            own.as_ref().unwrap_or(resources),
            state,
            depth + 1,
        );
        self.open.pop();
    }

    fn begin(&mut self, said: Option<(&Name<'_>, &Object<'_>)>, resources: &Resources<'a>) {
        let mut marked = Marked {
            actual: None,
            off: false,
        };
        if let Some((tag, properties)) = said {
            if let (b"OC", Object::Name(name)) = (tag.as_ref(), properties) {
                let named = resources.properties.get_ref(name.as_ref());
                marked.off = named.is_some_and(|id| self.hidden.contains(&id.into()));
            }
            let actual = match properties {
                Object::Dict(dict) => dict.get::<object::String<'_>>("ActualText"),
                Object::Name(name) => {
                    let dict = resources.properties.get::<Dict<'_>>(name.as_ref());
                    dict.and_then(|d| d.get::<object::String<'_>>("ActualText"))
                }
                _ => None,
            };
            let first = self.shown.glyphs.len();
            marked.actual = actual.map(|text| (strings::decode(text.as_bytes()), first));
        }
        if self.marked.len() < MAX_STACK {
            self.invisible += usize::from(marked.off);
            self.marked.push(marked);
        }
    }

    fn end(&mut self) {
        let Some(marked) = self.marked.pop() else {
            return;
        };
        self.invisible -= usize::from(marked.off);
        if let Some((text, first)) = marked.actual {
            replace(&mut self.shown.glyphs, first, &text);
        }
    }

    fn show(&mut self, text: &object::String<'_>, state: &State<'a>, pen: &mut Affine) {
        let Some(face) = &state.face else {
            return;
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.shown.glyphs.len() <= MAX_GLYPHS {
            let (code, length) = face.read(bytes, at);
            at += length;
            let found = face.code(code);
            let wide = found.advance / 1000.0 * state.size;
            let spacing = state.char_space
                + if code == 32 && length == 1 {
                    state.word_space
                } else {
                    0.0
                };
            let (along, step) = if face.vertical {
                ((0.0, -wide), (0.0, -(wide + spacing)))
            } else {
                (
                    (wide * state.scale, 0.0),
                    ((wide + spacing) * state.scale, 0.0),
                )
            };
            if self.invisible == 0 {
                self.put(face, &found, along, state, *pen);
            }
            *pen *= Affine::translate(step);
        }
    }

    /// Puts the letters of one code down.
    fn put(
        &mut self,
        face: &Face<'a>,
        code: &Code,
        along: (f64, f64),
        state: &State<'a>,
        pen: Affine,
    ) {
        let whole = state.matrix * pen;
        let [a, b, c, d, ..] = whole.as_coeffs();
        // Figures that are made small and high in their font stand there like any that are set so.
        let (small, rise) = if code.raised {
            (0.62, state.rise + state.size / 3.0)
        } else {
            (1.0, state.rise)
        };
        let start = whole * Point::new(0.0, rise);
        let end = whole * Point::new(along.0, rise + along.1);
        let middle = start.midpoint(end);
        let size = (c.hypot(d) * state.size * small).abs();
        let seen = state.clip.inflate(CLIP_SLACK, CLIP_SLACK + size / 2.0);
        if !(start.is_finite() && end.is_finite() && size.is_finite())
            || size < 0.1
            || !seen.contains(middle)
        {
            return;
        }
        let Some(letters) = &code.letters else {
            self.shown.unknown += 1;
            return;
        };
        // What leans although its font stands upright is in italics made by shearing.
        let lean = (a * c + b * d) / (a.hypot(b) * c.hypot(d)).max(1e-9);
        let count = letters.chars().count().max(1) as f64;
        let part = ((end.x - start.x) / count, (end.y - start.y) / count);
        for (i, letter) in letters.chars().enumerate() {
            let i = i as f64;
            self.shown.glyphs.push(Glyph {
                letter,
                at: Point::new(start.x + part.0 * i, start.y + part.1 * i),
                along: part,
                size,
                // Filled and stroked: bold made of a face that has none.
                bold: face.bold || state.mode == 2,
                italic: face.italic || lean.abs() > 0.12,
                mono: face.mono,
            });
        }
    }
}

fn matrix(of: [Number; 6]) -> Affine {
    Affine::new(of.map(|n| n.as_f64()))
}
