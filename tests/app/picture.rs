//! Pictures of the window, by a rasteriser on the CPU: they need neither a display nor a graphics driver.
//!
//! `GLOSSATOR_BLESS=1 cargo test --test app pictures` takes what shows now for right.

use std::{cell::RefCell, collections::HashMap, path::Path, rc::Rc};

use egui::{
    ClippedPrimitive, ColorImage, ImageData, Mesh, Rect, TextureId, TexturesDelta, Vec2,
    epaint::{Primitive, Vertex},
};
use egui_kittest::TestRenderer;
use image::{
    ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};

/// A picture: RGB, row by row.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<[u8; 3]>,
}

/// The textures that egui has handed over.
#[derive(Default)]
pub struct Canvas {
    textures: HashMap<TextureId, ColorImage>,
}

/// Hands the textures to a canvas.
pub struct Renderer(pub Rc<RefCell<Canvas>>);

impl TestRenderer for Renderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.borrow_mut().take(delta);
    }
}

impl Canvas {
    fn take(&mut self, delta: &mut TexturesDelta) {
        for (id, parts) in delta.set.drain() {
            for part in parts {
                let ImageData::Color(image) = &part.image;
                match part.pos {
                    None => {
                        self.textures.insert(id, (**image).clone());
                    }
                    Some([left, top]) => {
                        let texture = self.textures.get_mut(&id).expect("a texture to patch");
                        let width = texture.size[0];
                        for (y, row) in image.pixels.chunks_exact(image.size[0]).enumerate() {
                            let at = (top + y) * width + left;
                            texture.pixels[at..at + row.len()].copy_from_slice(row);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Paints what egui tessellated.
    pub fn paint(&self, primitives: &[ClippedPrimitive], size: Vec2, scale: f32) -> Picture {
        let (width, height) = (size.x.round() as usize, size.y.round() as usize);
        let mut ground = Ground {
            width,
            height,
            pixels: vec![[0.0; 3]; width * height],
        };
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in primitives
        {
            if let Primitive::Mesh(mesh) = primitive {
                let texture = &self.textures[&mesh.texture_id];
                ground.mesh(mesh, texture, *clip_rect * scale, scale);
            }
        }
        let byte = |c: f32| c.round().clamp(0.0, 255.0) as u8;
        Picture {
            width,
            height,
            pixels: ground.pixels.iter().map(|p| p.map(byte)).collect(),
        }
    }
}

struct Ground {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 3]>,
}

impl Ground {
    fn mesh(&mut self, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
        let edge = |at: f32, most: usize| at.round().clamp(0.0, most as f32) as usize;
        let (left, right) = (
            edge(clip.left(), self.width),
            edge(clip.right(), self.width),
        );
        let (top, bottom) = (
            edge(clip.top(), self.height),
            edge(clip.bottom(), self.height),
        );
        for corners in mesh.indices.chunks_exact(3) {
            let [a, b, c] = [0, 1, 2].map(|i| mesh.vertices[corners[i] as usize]);
            let triangle = Triangle::new([a, b, c], scale);
            self.triangle(&triangle, texture, [left, right], [top, bottom]);
        }
    }

    fn triangle(&mut self, t: &Triangle, texture: &ColorImage, x: [usize; 2], y: [usize; 2]) {
        if t.area == 0.0 {
            return;
        }
        let [columns, rows] = [0, 1].map(|axis| {
            let of = |v: &Vertex| if axis == 0 { v.pos.x } else { v.pos.y };
            let low = t.corners.iter().map(of).fold(f32::INFINITY, f32::min);
            let high = t.corners.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
            let [from, to] = if axis == 0 { x } else { y };
            (low.floor().max(0.0) as usize).max(from)..(high.ceil().max(0.0) as usize).min(to)
        });
        let flat = t.flat_color(texture);
        for row in rows {
            for column in columns.clone() {
                let Some(weights) = t.weights(column as f32 + 0.5, row as f32 + 0.5) else {
                    continue;
                };
                let source = flat.unwrap_or_else(|| t.color(weights, texture));
                let pixel = &mut self.pixels[row * self.width + column];
                let behind = 1.0 - source[3] / 255.0;
                for (channel, new) in pixel.iter_mut().zip(source) {
                    *channel = new + *channel * behind;
                }
            }
        }
    }
}

/// A triangle in pixels. Its corners are ordered so that its area is positive.
struct Triangle {
    corners: [Vertex; 3],
    area: f32,
}

fn cross(a: &Vertex, b: &Vertex, x: f32, y: f32) -> f32 {
    (b.pos.x - a.pos.x) * (y - a.pos.y) - (b.pos.y - a.pos.y) * (x - a.pos.x)
}

impl Triangle {
    fn new(corners: [Vertex; 3], scale: f32) -> Self {
        let mut corners = corners.map(|v| Vertex {
            pos: v.pos * scale,
            ..v
        });
        let area = cross(&corners[0], &corners[1], corners[2].pos.x, corners[2].pos.y);
        if area < 0.0 {
            corners.swap(1, 2);
        }
        Self {
            corners,
            area: area.abs(),
        }
    }

    /// How much each corner counts at a point; `None` outside. A point on an edge belongs to one of its two triangles.
    fn weights(&self, x: f32, y: f32) -> Option<[f32; 3]> {
        let mut weights = [0.0; 3];
        for (i, weight) in weights.iter_mut().enumerate() {
            let (a, b) = (&self.corners[(i + 1) % 3], &self.corners[(i + 2) % 3]);
            let inside = cross(a, b, x, y);
            let (right, down) = (b.pos.x - a.pos.x, b.pos.y - a.pos.y);
            let owns_edge = down < 0.0 || (down == 0.0 && right > 0.0);
            if inside < 0.0 || (inside == 0.0 && !owns_edge) {
                return None;
            }
            *weight = inside / self.area;
        }
        Some(weights)
    }

    /// The colour when it is the same all over.
    fn flat_color(&self, texture: &ColorImage) -> Option<[f32; 4]> {
        let [a, b, c] = &self.corners;
        let same = |v: &Vertex| v.uv == a.uv && v.color == a.color;
        (same(b) && same(c)).then(|| self.color([1.0, 0.0, 0.0], texture))
    }

    /// The premultiplied colour at a point: the corners' mixed, times the nearest of the texture.
    fn color(&self, weights: [f32; 3], texture: &ColorImage) -> [f32; 4] {
        let mix = |of: &dyn Fn(&Vertex) -> f32| -> f32 {
            let parts = self.corners.iter().zip(weights);
            parts.map(|(corner, weight)| of(corner) * weight).sum()
        };
        let texel = |at: f32, size: usize| {
            let at = (at * size as f32).floor();
            at.clamp(0.0, size as f32 - 1.0) as usize
        };
        let u = texel(mix(&|v| v.uv.x), texture.size[0]);
        let v = texel(mix(&|v| v.uv.y), texture.size[1]);
        let tint = texture.pixels[v * texture.size[0] + u].to_array();
        [0, 1, 2, 3]
            .map(|i| mix(&|v| f32::from(v.color.to_array()[i])) * f32::from(tint[i]) / 255.0)
    }
}

// --- comparing ------------------------------------------------------------------------------------------------------

/// A pixel counts as another when a channel differs by more than this.
const LEVELS: u8 = 24;
/// Out of a thousand pixels so many may be others: shaping and drawing may round in another way on another processor.
const PER_MILLE: usize = 2;

impl Picture {
    fn save(&self, path: &Path) {
        let bytes = self.pixels.as_flattened();
        let (width, height) = (self.width as u32, self.height as u32);
        let file = std::fs::File::create(path).unwrap();
        PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive)
            .write_image(bytes, width, height, ExtendedColorType::Rgb8)
            .unwrap();
    }

    fn load(path: &Path) -> Self {
        let image = image::open(path)
            .expect("GLOSSATOR_BLESS=1 makes it")
            .to_rgb8();
        Self {
            width: image.width() as usize,
            height: image.height() as usize,
            pixels: image.pixels().map(|p| p.0).collect(),
        }
    }

    /// How many pixels are others.
    pub fn differing(&self, other: &Self) -> usize {
        if (self.width, self.height) != (other.width, other.height) {
            return self.pixels.len().max(1);
        }
        let differs =
            |(a, b): &(&[u8; 3], &[u8; 3])| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > LEVELS);
        self.pixels
            .iter()
            .zip(&other.pixels)
            .filter(differs)
            .count()
    }

    /// Compares with the picture of that name in `tests/pictures`.
    #[track_caller]
    pub fn must_be(&self, name: &str) {
        let known =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.png"));
        if std::env::var_os("GLOSSATOR_BLESS").is_some_and(|v| v == "1") {
            self.save(&known);
            return;
        }
        let differing = self.differing(&Self::load(&known));
        if differing > self.pixels.len() * PER_MILLE / 1000 {
            let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            self.save(&now);
            panic!(
                "{differing} of {} pixels are not as in {}; see {}. Take it for right with GLOSSATOR_BLESS=1.",
                self.pixels.len(),
                known.display(),
                now.display()
            );
        }
    }
}
