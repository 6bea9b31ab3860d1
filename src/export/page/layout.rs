//! Documents to pages: the sink.

use super::{
    Page, PageFonts,
    blocks::Piece,
    desk::Desk,
    flow::{Flow, Running},
    look::Frame,
    tags::Tags,
};
use crate::export::document::{Head, Item};

/// Lays a document out, item by item. Pages come out as they get full.
pub(super) struct Layout<'f> {
    desk: Desk<'f>,
    flow: Flow,
}

impl<'f> Layout<'f> {
    pub fn new(head: &Head, fonts: &'f PageFonts) -> Self {
        let desk = Desk::new(fonts, Frame::of(head.paper));
        let running = Running {
            title: head.title.clone(),
            line: head.line.clone(),
        };
        let flow = Flow::new(desk.frame, running, desk.gloss_column());
        Self { desk, flow }
    }

    /// Takes the next item.
    pub fn put(&mut self, item: Item) {
        let piece = self.desk.piece(item);
        let shaper = &mut self.desk.shaper;
        match piece {
            Piece::Rows(rows) => rows.into_iter().for_each(|row| self.flow.row(row, shaper)),
            Piece::Sides(sides) => self.flow.sides(sides, shaper),
            Piece::Table(head, rows) => self.flow.table(head, rows, shaper),
            Piece::Break => self.flow.turn(shaper),
        }
    }

    /// The pages that are full.
    pub fn ready(&mut self) -> Vec<Page> {
        std::mem::take(&mut self.flow.ready)
    }

    /// Ends the document; its last pages are ready then.
    pub fn finish(&mut self) {
        self.flow.finish(&mut self.desk.shaper);
    }

    /// The parts of the document so far.
    pub fn tags(&self) -> &Tags {
        &self.desk.tags
    }
}
