//! Pictures of pages: drawn on a thread, kept as textures for as long as they are needed.

use std::sync::{Arc, mpsc};

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::{app::worker::Workers, export::page::Page, seeds};

/// How many pictures are kept that don't show.
const SPARE: usize = 10;

/// A page at a size.
#[derive(Clone)]
struct Key {
    page: Arc<Page>,
    /// The width in pixels.
    width: u32,
}

impl Key {
    fn is(&self, page: &Arc<Page>, width: u32) -> bool {
        self.width == width && Arc::ptr_eq(&self.page, page)
    }
}

struct Picture {
    key: Key,
    /// The number of the page from 0, when it was wanted last.
    at: usize,
    /// The frame in which it was made.
    made: u64,
    /// The frame in which it was wanted last.
    frame: u64,
    texture: TextureHandle,
}

/// The pictures that are there, and the one that is being drawn.
#[derive(Default)]
pub struct Pictures {
    all: Vec<Picture>,
    coming: Option<(Key, usize, mpsc::Receiver<ColorImage>)>,
    frame: u64,
}

impl Pictures {
    /// Begins a frame: takes what has been drawn, lets go of what has not been wanted for long.
    pub fn begin(&mut self, ctx: &Context) {
        self.frame += 1;
        self.receive(ctx);
        if self.all.len() > SPARE {
            let now = self.frame;
            self.all.sort_by_key(|p| std::cmp::Reverse(p.frame));
            let used = self.all.iter().filter(|p| p.frame + 2 >= now).count();
            self.all.truncate(used.max(SPARE));
        }
    }

    fn receive(&mut self, ctx: &Context) {
        let Some((_, _, receiver)) = &self.coming else {
            return;
        };
        let received = receiver.try_recv();
        if matches!(received, Err(mpsc::TryRecvError::Empty)) {
            return;
        }
        let Some(((key, at, _), image)) = self.coming.take().zip(received.ok()) else {
            return;
        };
        let name = format!("page {}", at + 1);
        let texture = ctx.load_texture(name, image, TextureOptions::LINEAR);
        self.all.push(Picture {
            key,
            at,
            made: self.frame,
            frame: self.frame,
            texture,
        });
    }

    /// The picture of a page that is so many pixels wide, or, while that is drawn, what there was in its place.
    pub fn get(
        &mut self,
        workers: &Workers,
        page: &Arc<Page>,
        at: usize,
        width: u32,
    ) -> Option<&TextureHandle> {
        let now = self.frame;
        let there = self.all.iter().position(|p| p.key.is(page, width));
        if there.is_none() && self.coming.is_none() {
            let key = Key {
                page: Arc::clone(page),
                width,
            };
            let page = Arc::clone(page);
            let scale = width as f32 / page.size.0.max(1.0);
            let drawn = workers.start(move || {
                let pixels = page.raster(seeds::page_fonts(), scale);
                let size = [pixels.width as usize, pixels.height as usize];
                ColorImage::from_rgba_premultiplied(size, &pixels.rgba)
            });
            self.coming = Some((key, at, drawn));
        }
        // The same page at another size comes nearest; else what stood there last.
        let last = |fits: &dyn Fn(&Picture) -> bool| {
            let all = self.all.iter().enumerate().filter(|(_, p)| fits(p));
            all.max_by_key(|(_, p)| p.made).map(|(n, _)| n)
        };
        let same = || last(&|p| Arc::ptr_eq(&p.key.page, page));
        let before = || last(&|p| p.at == at);
        let found = there.or_else(same).or_else(before)?;
        let picture = &mut self.all[found];
        picture.frame = now;
        picture.at = at;
        Some(&picture.texture)
    }
}
