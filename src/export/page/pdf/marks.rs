//! Bookmarks: the headings as an outline.

use krilla::{
    destination::XyzDestination,
    geom::Point,
    outline::{Outline, OutlineNode},
};

use crate::export::page::Bookmark;

/// How far above a heading a bookmark leads, in points.
const ABOVE: f32 = 12.0;

/// Bookmarks in their order.
#[derive(Default)]
pub(super) struct Marks(Vec<(u8, OutlineNode)>);

impl Marks {
    /// A heading on a page, counted from 0.
    pub fn add(&mut self, page: usize, bookmark: &Bookmark) {
        let text = bookmark.text.split_whitespace().collect::<Vec<_>>();
        let at = Point::from_xy(0.0, (bookmark.y - ABOVE).max(0.0));
        let node = OutlineNode::new(text.join(" "), XyzDestination::new(page, at));
        self.0.push((bookmark.level, node));
    }

    /// Each under the last before it of a higher level.
    pub fn outline(self) -> Outline {
        let mut outline = Outline::new();
        let mut open: Vec<(u8, OutlineNode)> = Vec::new();
        let close = |open: &mut Vec<(u8, OutlineNode)>, outline: &mut Outline| {
            if let Some((_, node)) = open.pop() {
                match open.last_mut() {
                    Some((_, above)) => above.push_child(node),
                    None => outline.push_child(node),
                }
            }
        };
        for (level, node) in self.0 {
            while open.last().is_some_and(|(above, _)| *above >= level) {
                close(&mut open, &mut outline);
            }
            open.push((level, node));
        }
        while !open.is_empty() {
            close(&mut open, &mut outline);
        }
        outline
    }
}
