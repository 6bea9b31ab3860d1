//! Bows: names below each other, and a bow between any two that belong together, the thicker the more they do.
//!
//! An arc diagram (Wattenberg 2002) keeps names readable and has no crossing lines where the order is good; a circle of chords has
//! neither.

use super::{
    Anchor, Area, Face, Fonts, Look, Picture, PictureError, Shape,
    canvas::{Canvas, LEADING, MARGIN, SMALL, Set, TEXT},
};
use crate::model::Color;

/// A name.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The name.
    pub name: String,
    /// Its colour.
    pub color: Color,
    /// Its number.
    pub number: String,
    /// How large it is, from 0 to 1.
    pub share: f32,
}

/// What two names have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The place of the one among the names.
    pub a: usize,
    /// The place of the other.
    pub b: usize,
    /// How strong it is, from 0 to 1.
    pub share: f32,
    /// Its number.
    pub number: String,
}

/// Names and what they have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The names, from the top down.
    pub nodes: Vec<Node>,
    /// What they have in common.
    pub links: Vec<Link>,
    /// What is to be said below.
    pub caption: String,
}

/// From one name to the next.
const DOWN: f32 = 18.0;
/// The shortest bow reaches a little farther than this, so that its number does not hide it.
const NEAREST: f32 = 9.0;

/// Draws names and bows.
///
/// # Errors
/// [`PictureError::TooNarrow`] when no room is left for the bows, [`PictureError::Empty`] without any.
pub fn graph(graph: &Graph, look: &Look, fonts: &Fonts) -> Result<Picture, PictureError> {
    if graph.links.is_empty() {
        return Err(PictureError::Empty("no two labels are found together"));
    }
    let mut canvas = Canvas::new(look, fonts);
    let wanted = (graph.nodes.iter())
        .map(|node| fonts.width(&node.name, Face::Sans, TEXT) + number(fonts, node) + 6.0);
    let names = wanted.fold(0.0, f32::max).min(canvas.room() * 0.5);
    let left = MARGIN + names + 10.0;
    let room = MARGIN + canvas.room() - left - NEAREST - 12.0;
    if room < 60.0 {
        return Err(PictureError::TooNarrow {
            what: "letters in the names",
            needed: look.width + 60.0 - room,
        });
    }
    let top = canvas.y;
    let middle = |at: usize| top + (at as f32 + 0.5) * DOWN;
    let spans = graph.links.iter().map(|link| link.a.abs_diff(link.b));
    let longest = spans.max().unwrap_or(1).max(1) as f32 * DOWN / 2.0;
    let flat = (room / longest).min(1.3);
    // Strong bows are drawn last, over the weak ones.
    let mut links: Vec<&Link> = graph.links.iter().collect();
    links.sort_by(|a, b| a.share.total_cmp(&b.share));
    for link in &links {
        let (upper, lower) = (link.a.min(link.b), link.a.max(link.b));
        let half = (middle(lower) - middle(upper)) / 2.0;
        let strong = canvas.tint.dim;
        let color = canvas.tint.ground.towards(strong, 0.35 + 0.55 * link.share);
        canvas.add(Shape::Bow {
            from: (left, middle(upper)),
            to: (left, middle(lower)),
            reach: NEAREST + half * flat,
            color,
            width: 0.8 + 4.2 * link.share,
        });
    }
    for link in &links {
        let x = left + NEAREST + link.a.abs_diff(link.b) as f32 * DOWN / 2.0 * flat;
        let y = (middle(link.a) + middle(link.b)) / 2.0;
        draw_number(&mut canvas, &link.number, x, y);
    }
    for (at, node) in graph.nodes.iter().enumerate() {
        draw_node(&mut canvas, node, (left, middle(at)), names);
    }
    canvas.y = top + graph.nodes.len() as f32 * DOWN;
    canvas.finish(&graph.caption)
}

fn number(fonts: &Fonts, node: &Node) -> f32 {
    fonts.width(&node.number, Face::Sans, SMALL)
}

fn draw_number(canvas: &mut Canvas<'_>, text: &str, x: f32, y: f32) {
    let width = canvas.fonts.width(text, Face::Sans, SMALL) + 5.0;
    let height = SMALL * LEADING;
    let area = Area {
        x: x - width / 2.0,
        y: y - height / 2.0,
        width,
        height,
    };
    let ground = canvas.tint.ground;
    canvas.tile(area, 4.0, Some(ground), None);
    let set = Set {
        anchor: Anchor::Middle,
        ..canvas.set(SMALL, Face::Sans)
    };
    canvas.centred(x, y, text, set);
}

fn draw_node(canvas: &mut Canvas<'_>, node: &Node, (x, y): (f32, f32), names: f32) {
    let fill = canvas.tint.mark(node.color);
    canvas.add(Shape::Dot {
        at: (x, y),
        radius: 2.5 + 3.5 * node.share.sqrt(),
        fill,
    });
    let small = Set {
        anchor: Anchor::End,
        ..canvas.small()
    };
    canvas.centred(x - 10.0, y, &node.number, small);
    let taken = number(canvas.fonts, node) + 6.0;
    let name = canvas
        .fonts
        .fitted(&node.name, Face::Sans, TEXT, names - taken);
    let set = Set {
        anchor: Anchor::End,
        ..canvas.set(TEXT, Face::Sans)
    };
    canvas.centred(x - 10.0 - taken, y, name, set);
}
