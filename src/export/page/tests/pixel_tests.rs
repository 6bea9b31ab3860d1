//! Pages as pixels.

use super::*;
use crate::{
    export::page::{Line, Rect},
    model::Color,
};

fn at(pixels: &crate::export::page::Pixels, x: u32, y: u32) -> [u8; 3] {
    let at = ((y * pixels.width + x) * 4) as usize;
    [pixels.rgba[at], pixels.rgba[at + 1], pixels.rgba[at + 2]]
}

#[test]
fn things_are_drawn_where_they_lie() {
    let red = Color([200, 30, 20]);
    let fill = Rect {
        x: 10.0,
        y: 20.0,
        width: 30.0,
        height: 5.0,
    };
    let page = Page {
        size: (100.0, 60.0),
        things: vec![
            Thing::Fill(fill, red),
            Thing::Line(Line {
                from: (0.0, 50.0),
                to: (100.0, 50.0),
                width: 2.0,
                color: Color([0, 0, 0]),
            }),
        ],
        ..Page::default()
    };
    let pixels = page.raster(seeds::page_fonts(), 2.0);
    assert_eq!((pixels.width, pixels.height), (200, 120));
    assert_eq!(pixels.rgba.len(), 200 * 120 * 4);
    assert!(pixels.rgba.iter().skip(3).step_by(4).all(|a| *a == 255));
    assert_eq!(at(&pixels, 40, 44), red.0);
    assert_eq!(at(&pixels, 40, 36), [255; 3]);
    assert_eq!(at(&pixels, 100, 100), [0; 3]);
}

#[test]
fn text_is_drawn_in_its_place_and_colour() {
    let laid = Laid::of([body("Ill 勢")]);
    let page = &laid.pages[0];
    let run = runs(page).next().unwrap();
    let pixels = page.raster(seeds::page_fonts(), 3.0);
    let inside = |x: u32, y: u32| {
        let (x, y) = (x as f32 / 3.0, y as f32 / 3.0);
        (run.x - 1.0..run.x + 40.0).contains(&x) && (run.y - 12.0..run.y + 4.0).contains(&y)
    };
    let mut darkest = 255;
    for y in 0..pixels.height / 2 {
        for x in 0..pixels.width / 2 {
            let [r, _, _] = at(&pixels, x, y);
            assert!(r > 250 || inside(x, y), "ink at {x} {y}");
            darkest = darkest.min(r);
        }
    }
    assert!(darkest < 60, "{darkest}");
    assert_eq!(pixels, page.raster(seeds::page_fonts(), 3.0));
}

#[test]
fn sizes_that_make_no_sense_are_bounded() {
    let page = &Laid::of([body("a")]).pages[0];
    for scale in [0.0, -1.0, f32::NAN, 1e-9] {
        assert!(page.raster(seeds::page_fonts(), scale).width >= 1);
    }
    let tiny = page.raster(seeds::page_fonts(), 0.1);
    assert!(tiny.width < 100);
}
