//! Where the columns of a table stand, and which character of one is meant.

use std::sync::Arc;

use egui::{Galley, Vec2};

use super::{
    blocks::{Block, Kind},
    estimate::Advances,
    layout::Measure,
};
use crate::text::Text;

/// How many rows of a table its columns are fitted to, so that a very long one costs no more.
const LOOKED_AT: usize = 200;
/// A column narrower than so many times its font size is no column any more.
const NARROWEST: f32 = 2.4;
/// The room between columns, in font sizes.
const GAP: f32 = 1.3;

/// A column of a table, in points from the left of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its left edge.
    pub left: f32,
    /// Its width.
    pub width: f32,
}

/// The columns of the table whose first row is block `run`; `None` when it has only one, or more than there is room for.
pub fn columns(
    text: &Text,
    blocks: &[Block],
    run: usize,
    advances: &Advances,
    measure: Measure,
) -> Option<Arc<[Column]>> {
    let size = measure.font_size(Kind::Row);
    // Headings of columns are often bold.
    let scale = size / measure.size * 1.08;
    let mut natural: Vec<f32> = Vec::new();
    let rows = blocks.iter().skip(run).take(LOOKED_AT);
    for row in rows.take_while(|b| b.kind == Kind::Row && b.run as usize == run) {
        for (i, cell) in text.slice(row.span).split('\t').enumerate() {
            let width = advances.width(cell) * scale + 2.0;
            match natural.get_mut(i) {
                Some(widest) => *widest = widest.max(width),
                None => natural.push(width),
            }
        }
    }
    fit(&natural, measure.width, size)
}

/// Gives each column what it needs where that is no more than an even share; the others share the rest.
fn fit(natural: &[f32], room: f32, size: f32) -> Option<Arc<[Column]>> {
    let gap = (size * GAP).round();
    let mut free = room - gap * natural.len().saturating_sub(1) as f32;
    if natural.len() < 2 || free / (natural.len() as f32) < size * NARROWEST {
        return None;
    }
    let mut widths: Vec<Option<f32>> = vec![None; natural.len()];
    let share = loop {
        let open = widths.iter().filter(|w| w.is_none()).count();
        if open == 0 {
            break 0.0;
        }
        let share = free / open as f32;
        let mut settled = false;
        for (width, &natural) in widths.iter_mut().zip(natural) {
            if width.is_none() && natural <= share {
                *width = Some(natural);
                free -= natural;
                settled = true;
            }
        }
        if !settled {
            break share;
        }
    };
    let mut left = 0.0;
    let column = |width: Option<f32>| {
        let column = Column {
            left,
            width: width.unwrap_or(share).floor(),
        };
        left += column.width + gap;
        column
    };
    Some(widths.into_iter().map(column).collect())
}

/// The character of a table's row nearest to a place: cells stand side by side, so that a height is in several.
pub fn character_at(galley: &Galley, pos: Vec2) -> usize {
    let mut best = (f32::INFINITY, 0);
    let mut before = 0;
    for row in &galley.rows {
        let away = row.rect().distance_sq_to_pos(pos.to_pos2());
        if away < best.0 {
            let at = row.char_at(pos.x - row.pos.x).0;
            // The tab after a cell is not part of it.
            let ends = row.glyphs.last().is_some_and(|g| g.chr == '\t');
            let most = row.glyphs.len() - usize::from(ends);
            best = (away, before + at.min(most));
        }
        before += row.char_count_including_newline().0;
    }
    best.1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn columns_stand_apart_inside_the_room(
            natural in prop::collection::vec(0.0f32..900.0, 0..12),
            room in 100.0f32..900.0,
        ) {
            let Some(columns) = fit(&natural, room, 16.0) else { return Ok(()) };
            prop_assert_eq!(columns.len(), natural.len());
            for pair in columns.windows(2) {
                prop_assert!(pair[0].left + pair[0].width + 20.0 <= pair[1].left + 0.01);
            }
            let last = columns[columns.len() - 1];
            prop_assert!(last.left + last.width <= room + 0.01);
        }
    }

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share_the_rest() {
        let columns = fit(&[50.0, 1000.0, 40.0], 600.0, 16.0).unwrap();
        let widths: Vec<_> = columns.iter().map(|c| c.width).collect();
        assert_eq!(widths, [50.0, 468.0, 40.0]);
        assert_eq!(fit(&[50.0], 600.0, 16.0), None);
        assert_eq!(fit(&[50.0; 30], 600.0, 16.0), None);
    }
}
