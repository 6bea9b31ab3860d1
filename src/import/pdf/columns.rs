//! The columns of a page: in which order its parts are read.
//!
//! A gutter is an upright strip without letters that has lines of text on both sides over some height. The gutter with most
//! lines beside it parts what it crosses into left and right; what is above and below is read before and after. Each part is
//! looked at again in the same way. Tables, lists and margins have gutters too: they are told from columns by their lines, which are
//! short or fill little of the width.

use super::chunks::Chunk;

/// How often parts are parted again.
const MAX_DEPTH: usize = 12;
/// The strips of which gutters are made are this wide, in points, and there are at most so many.
const STRIP: f64 = 1.0;
const MAX_STRIPS: usize = 4_000;
/// A word keeps this much on both its sides from being a gutter, in ems.
const BESIDE: f64 = 0.26;
/// How many strips are weighed as gutters at most.
const MAX_CANDIDATES: usize = 24;
/// A gutter that an earlier page has too is the same within this many points.
const SAME: f64 = 6.0;

/// The middles of gutters that were found on earlier pages, with how many lines stood beside each.
#[derive(Clone, Debug, Default)]
pub(super) struct Gutters(Vec<(f64, usize)>);

impl Gutters {
    fn knows(&self, x: f64) -> bool {
        self.0
            .iter()
            .any(|&(known, lines)| lines >= 12 && (known - x).abs() < SAME)
    }

    fn add(&mut self, x: f64, lines: usize) {
        match self
            .0
            .iter_mut()
            .find(|(known, _)| (known - x).abs() < SAME)
        {
            Some((_, count)) => *count += lines,
            None => {
                self.0.push((x, lines));
                self.0.truncate(64);
            }
        }
    }
}

/// A gutter: a strip from `x0` to `x1`, free of letters from `y0` to `y1`.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x0: f64,
    x1: f64,
    y0: f64,
    y1: f64,
    /// How many lines stand beside it, on the side that has fewer.
    lines: usize,
}

/// A page's chunks in parts, in reading order.
pub(super) fn parts(chunks: Vec<Chunk>, gutters: &mut Gutters) -> Vec<Vec<Chunk>> {
    let mut out = Vec::new();
    part(chunks, gutters, 0, &mut out);
    out
}

fn part(chunks: Vec<Chunk>, gutters: &mut Gutters, depth: usize, out: &mut Vec<Vec<Chunk>>) {
    if chunks.is_empty() {
        return;
    }
    let found = (depth < MAX_DEPTH)
        .then(|| gutter(&chunks, gutters))
        .flatten();
    let Some(gutter) = found else {
        out.push(chunks);
        return;
    };
    let x = (gutter.x0 + gutter.x1) / 2.0;
    gutters.add(x, gutter.lines);
    let (mut above, mut left, mut right, mut below) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for chunk in chunks {
        let middle = chunk.middle();
        if middle < gutter.y0 {
            above.push(chunk);
        } else if middle > gutter.y1 {
            below.push(chunk);
        } else if chunk.x0 + chunk.x1 < x * 2.0 {
            left.push(chunk);
        } else {
            right.push(chunk);
        }
    }
    for piece in [above, left, right, below] {
        part(piece, gutters, depth + 1, out);
    }
}

/// The gutter with most lines beside it.
fn gutter(chunks: &[Chunk], known: &Gutters) -> Option<Gutter> {
    let size = common_size(chunks);
    let x0 = chunks.iter().map(|c| c.x0).fold(f64::INFINITY, f64::min);
    let x1 = chunks
        .iter()
        .map(|c| c.x1)
        .fold(f64::NEG_INFINITY, f64::max);
    if chunks.len() < 6 || x1 - x0 < size * 12.0 {
        return None;
    }
    let free = free(chunks, x0, x1);
    let mut candidates: Vec<Gutter> = Vec::new();
    for (i, &(y0, y1)) in free.iter().enumerate() {
        let (start, end) = (x0 + i as f64 * STRIP, x0 + (i + 1) as f64 * STRIP);
        match candidates.last_mut() {
            Some(last)
                if (last.x1 - start).abs() < STRIP / 2.0
                    && (last.y0 - y0).abs() < size * 0.6
                    && (last.y1 - y1).abs() < size * 0.6 =>
            {
                last.x1 = end;
                last.y0 = last.y0.max(y0);
                last.y1 = last.y1.min(y1);
            }
            _ => candidates.push(Gutter {
                x0: start,
                x1: end,
                y0,
                y1,
                lines: 0,
            }),
        }
    }
    candidates
        .retain(|g| g.x1 - g.x0 >= STRIP * 0.9 && g.y1 - g.y0 > size && g.x0 > x0 && g.x1 < x1);
    candidates.sort_by(|a, b| (b.y1 - b.y0).total_cmp(&(a.y1 - a.y0)));
    candidates.truncate(MAX_CANDIDATES);
    candidates
        .into_iter()
        .filter_map(|g| weighed(g, chunks, size, known))
        .max_by_key(|g| (g.lines, ((g.x1 - g.x0) * 10.0) as usize))
}

/// For each strip the longest stretch without letters: from where to where.
fn free(chunks: &[Chunk], x0: f64, x1: f64) -> Vec<(f64, f64)> {
    let strips = (((x1 - x0) / STRIP).ceil() as usize).clamp(1, MAX_STRIPS);
    let top = chunks.iter().map(Chunk::top).fold(f64::INFINITY, f64::min);
    let bottom = chunks
        .iter()
        .map(Chunk::bottom)
        .fold(f64::NEG_INFINITY, f64::max);
    let mut reached = vec![top; strips];
    let mut best = vec![(top, top); strips];
    let mut order: Vec<&Chunk> = chunks.iter().collect();
    order.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let meet = |i: usize, y: f64, reached: &[f64], best: &mut [(f64, f64)]| {
        if y - reached[i] > best[i].1 - best[i].0 {
            best[i] = (reached[i], y);
        }
    };
    for chunk in order {
        let strip = |x: f64| (((x - x0) / STRIP).max(0.0) as usize).min(strips - 1);
        // Spaces between words are no gutters, those of a large title above all.
        let beside = chunk.size * BESIDE;
        for i in strip(chunk.x0 - beside)..=strip(chunk.x1 + beside) {
            meet(i, chunk.top(), &reached, &mut best);
            reached[i] = reached[i].max(chunk.bottom());
        }
    }
    for i in 0..strips {
        meet(i, bottom, &reached, &mut best);
    }
    best
}

/// A gutter with its lines counted, if text stands on both its sides.
fn weighed(gutter: Gutter, chunks: &[Chunk], size: f64, known: &Gutters) -> Option<Gutter> {
    let x = (gutter.x0 + gutter.x1) / 2.0;
    let inside = |c: &&Chunk| c.middle() >= gutter.y0 && c.middle() <= gutter.y1;
    let left = Side::of(
        chunks
            .iter()
            .filter(inside)
            .filter(|c| c.x0 + c.x1 < x * 2.0),
    );
    let right = Side::of(
        chunks
            .iter()
            .filter(inside)
            .filter(|c| c.x0 + c.x1 >= x * 2.0),
    );
    let lines = left.lines.min(right.lines);
    // The strip as it is beside these lines.
    let wide = right.x0 - left.x1;
    let is_known = known.knows(x);
    let needed = match lines {
        0 => return None,
        _ if is_known => 0.4,
        1..8 => 1.0,
        8..16 => 0.7,
        _ => 0.45,
    };
    let is_text = |side: &Side| {
        let width = side.x1 - side.x0;
        width >= size * 7.0 && side.letters >= 12.0 && side.fill >= 0.45
    };
    let fits = if is_known {
        left.lines.max(right.lines) >= 2 && left.letters.max(right.letters) >= 12.0
    } else {
        lines >= 3 && is_text(&left) && is_text(&right)
    };
    (fits && wide >= size * needed).then_some(Gutter { lines, ..gutter })
}

/// What stands on one side of a gutter.
#[derive(Debug, Default)]
struct Side {
    x0: f64,
    x1: f64,
    lines: usize,
    /// How many letters a line has; one of CJK counts as two.
    letters: f64,
    /// Which part of the width a line fills.
    fill: f64,
}

impl Side {
    fn of<'c>(chunks: impl Iterator<Item = &'c Chunk>) -> Self {
        let mut chunks: Vec<&Chunk> = chunks.collect();
        chunks.sort_by(|a, b| a.base.total_cmp(&b.base));
        let mut side = Self {
            x0: f64::INFINITY,
            x1: f64::NEG_INFINITY,
            ..Self::default()
        };
        let mut base = f64::NEG_INFINITY;
        let mut filled = 0.0;
        for chunk in chunks {
            if chunk.base - base > chunk.size * 0.5 {
                side.lines += 1;
                base = chunk.base;
            }
            side.x0 = side.x0.min(chunk.x0);
            side.x1 = side.x1.max(chunk.x1);
            filled += chunk.x1 - chunk.x0 + chunk.size * 0.25;
            // Dots that lead to a page number are no text.
            let said = chunk.marks.iter().filter(|m| m.letter.is_alphanumeric());
            let letters = said.map(|m| if m.letter > '\u{2E80}' { 2.0 } else { 1.0 });
            side.letters += letters.sum::<f64>();
        }
        let lines = side.lines.max(1) as f64;
        side.letters /= lines;
        side.fill = filled / lines / (side.x1 - side.x0).max(1.0);
        side
    }
}

/// The size of type that most letters have.
pub(super) fn common_size(chunks: &[Chunk]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = chunks.iter().map(|c| (c.size, c.marks.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<usize>() / 2;
    let mut seen = 0;
    for (size, count) in sizes {
        seen += count;
        if seen > half {
            return size;
        }
    }
    10.0
}
