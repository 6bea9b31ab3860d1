//! Rows to pages: what stays together, footnotes, glosses, columns, tables.

use std::{collections::VecDeque, mem, slice};

use super::{
    Bookmark, Line, Page, Place, Rect, Thing,
    blocks::Sides,
    look::{FOOT, Frame, HEAD, LINE, NEUTRAL, RUNNING},
    row::{Row, line},
    shape::Shaper,
};

/// Between the text and the rule over the footnotes, and between the rule and the footnotes.
const OVER: (f32, f32) = (11.0, 4.0);
/// How long the rule over footnotes is.
const RULE: f32 = 72.0;
/// The share of a page that footnotes from the page before may take.
const CARRIED: f32 = 0.5;
/// The share of a page up to which a row of a table is not broken.
const WHOLE: f32 = 0.8;
/// The share of a page up to which the head of a table is repeated.
const HEADED: f32 = 0.25;
/// Between a row of a table and the line under it.
const RULED_UNDER: f32 = 3.5;
/// How much lower glosses begin than their lines, for their first baseline to be that of the line.
const LOWER: f32 = 3.8;
/// Between glosses.
const BETWEEN: f32 = 5.0;

/// What stands over every page.
#[derive(Clone, Debug, Default)]
pub(super) struct Running {
    /// On the left, but not on the first page, where it is the title.
    pub title: String,
    /// On the right.
    pub line: String,
}

/// Where rows are put one under another.
#[derive(Clone, Debug)]
struct Cursor {
    x: f32,
    y: f32,
    width: f32,
    /// Whether nothing stands above on this page.
    fresh: bool,
    /// Bars that may go on: their numbers and which things of the page they are.
    bars: Vec<(u32, usize)>,
    /// The item that may go on: its number and which place of the page it is.
    item: Option<(u32, usize)>,
}

/// Fills pages.
pub(super) struct Flow {
    frame: Frame,
    running: Running,
    /// Where glosses begin, from the left side of the text, and how wide they are.
    glosses: (f32, f32),
    page: Page,
    cursor: Cursor,
    /// Whether nothing stands on it but a head that is repeated.
    bare: bool,
    /// How far down the page is filled.
    low: f32,
    /// The footnotes of the page.
    foot: Vec<Row>,
    /// How far down the right margin is filled.
    margin: f32,
    /// Footnotes and glosses that go on on the next page.
    carried_notes: Vec<Row>,
    carried_glosses: Vec<Row>,
    /// Rows that have to stand together, as far as they have come.
    group: Vec<Row>,
    /// What is repeated on each page.
    head: Option<Sides>,
    /// Pages that are full.
    pub ready: Vec<Page>,
}

impl Flow {
    pub fn new(frame: Frame, running: Running, glosses: (f32, f32)) -> Self {
        let mut flow = Self {
            frame,
            running,
            glosses,
            page: Page::default(),
            cursor: Cursor::new(frame.left, frame.top, frame.width),
            bare: true,
            low: frame.top,
            foot: Vec::new(),
            margin: frame.top,
            carried_notes: Vec::new(),
            carried_glosses: Vec::new(),
            group: Vec::new(),
            head: None,
            ready: Vec::new(),
        };
        flow.begin(1);
        flow
    }

    fn begin(&mut self, number: u32) {
        self.page = Page {
            number,
            size: self.frame.size,
            ..Page::default()
        };
        self.cursor = Cursor::new(self.frame.left, self.frame.top, self.frame.width);
        self.low = self.frame.top;
        self.margin = self.frame.top;
        self.bare = true;
    }

    /// Takes a row.
    pub fn row(&mut self, row: Row, shaper: &mut Shaper<'_>) {
        let joined = row.stick || self.group.last().is_some_and(|last| last.keep);
        if !joined {
            self.settle(shaper);
        }
        self.group.push(row);
    }

    /// Puts the rows that have come on a page.
    pub fn settle(&mut self, shaper: &mut Shaper<'_>) {
        let group = mem::take(&mut self.group);
        self.put(group, shaper);
    }

    fn put(&mut self, group: Vec<Row>, shaper: &mut Shaper<'_>) {
        if group.is_empty() {
            return;
        }
        while !self.fits(&group, &self.cursor, 0.0) && !self.is_bare() {
            self.next(shaper);
        }
        let whole = self.fits(&group, &self.cursor, 0.0);
        for row in group {
            let fits = whole || self.fits(slice::from_ref(&row), &self.cursor, 0.0);
            if !fits && !self.bare {
                self.next(shaper);
            }
            let mut cursor = self.cursor.clone();
            self.place(row, &mut cursor);
            self.cursor = cursor;
        }
    }

    /// Whether nothing stands on the page but a head that is repeated.
    fn is_bare(&self) -> bool {
        self.bare && self.foot.is_empty() && self.margin <= self.frame.top
    }

    /// Begins a page that something is to stand on.
    pub fn turn(&mut self, shaper: &mut Shaper<'_>) {
        self.settle(shaper);
        if !self.is_bare() {
            self.next(shaper);
        }
    }

    fn next(&mut self, shaper: &mut Shaper<'_>) {
        self.close(shaper);
        let room = (self.frame.bottom - self.frame.top) * CARRIED;
        let notes = mem::take(&mut self.carried_notes);
        self.annotate(notes, room);
        let glosses = mem::take(&mut self.carried_glosses);
        if !glosses.is_empty() {
            self.gloss(glosses, self.frame.top);
        }
        if let Some(head) = self.head.take() {
            if self.has_room(tallest(&head) + RULED_UNDER) {
                self.columns(head.clone(), shaper);
                self.bare = true;
            }
            self.head = Some(head);
        }
    }

    /// Ends the page.
    fn close(&mut self, shaper: &mut Shaper<'_>) {
        self.footnotes();
        self.furniture(shaper);
        let number = self.page.number + 1;
        let page = mem::take(&mut self.page);
        self.ready.push(page);
        self.begin(number);
    }

    /// Ends the document.
    pub fn finish(&mut self, shaper: &mut Shaper<'_>) {
        self.settle(shaper);
        self.head = None;
        while !self.carried_notes.is_empty() || !self.carried_glosses.is_empty() {
            self.next(shaper);
        }
        if self.ready.is_empty() || !self.is_bare() || self.page.number == 1 {
            self.close(shaper);
        }
    }

    /// How high the footnotes of the page are, with the rule over them.
    fn foot_height(&self) -> f32 {
        match self.foot.is_empty() {
            true => 0.0,
            false => OVER.0 + OVER.1 + height(&self.foot),
        }
    }

    /// Where a row would stand.
    fn top_of(&self, row: &Row, cursor: &Cursor) -> f32 {
        let y = cursor.y + if cursor.fresh { 0.0 } else { row.before };
        match row.narrow || self.margin <= self.frame.top {
            true => y,
            false => y.max(self.margin + row.before),
        }
    }

    /// Whether rows fit under what is on the page, with their footnotes and the beginnings of their glosses, and `more` points below.
    fn fits(&self, rows: &[Row], cursor: &Cursor, more: f32) -> bool {
        let mut cursor = cursor.clone();
        let mut margin = self.margin;
        let mut glosses = f32::MIN;
        let mut notes = 0.0;
        for row in rows {
            let y = self.top_of(row, &cursor);
            cursor.y = y + row.height;
            cursor.fresh = false;
            for gloss in &row.glosses {
                let start = margin.max(y + LOWER);
                let first = gloss.first().map_or(0.0, |row| row.height);
                glosses = glosses.max(start + first);
                margin = start + height(gloss) + BETWEEN;
            }
            notes += row.notes.iter().map(|note| height(note)).sum::<f32>();
        }
        let mut foot = self.foot_height() + notes;
        if self.foot.is_empty() && notes > 0.0 {
            foot += OVER.0 + OVER.1;
        }
        let bottom = self.frame.bottom - foot + 0.01;
        self.low.max(cursor.y + more).max(glosses) <= bottom
    }

    fn place(&mut self, row: Row, cursor: &mut Cursor) {
        let y = self.top_of(&row, cursor);
        let end = y + row.height;
        self.bare = false;
        let mut bars = Vec::new();
        for bar in &row.bars {
            let known = cursor.bars.iter().find(|(id, _)| *id == bar.id);
            let at = known.map_or(self.page.things.len(), |(_, at)| *at);
            match self.page.things.get_mut(at) {
                Some(Thing::Fill(rect, _)) => rect.height = end - rect.y,
                _ => {
                    let rect = Rect {
                        x: cursor.x + bar.x,
                        y,
                        width: bar.width,
                        height: row.height,
                    };
                    self.page.things.push(Thing::Fill(rect, bar.color));
                }
            }
            bars.push((bar.id, at));
        }
        cursor.bars = bars;
        if let Some((level, text)) = row.heading {
            self.page.bookmarks.push(Bookmark { level, text, y });
        }
        let things = row.things.into_iter();
        self.page
            .things
            .extend(things.map(|thing| thing.moved(cursor.x, y)));
        if let Some(shown) = row.item {
            let rect = Rect {
                x: cursor.x,
                y,
                width: cursor.width,
                height: row.height,
            };
            match cursor.item {
                Some((item, at)) if item == shown.item => {
                    let place = &mut self.page.places[at];
                    place.rect = place.rect.around(&rect);
                }
                _ => {
                    cursor.item = Some((shown.item, self.page.places.len()));
                    let origin = (*shown.origin).clone();
                    self.page.places.push(Place { origin, rect });
                }
            }
        } else {
            cursor.item = None;
        }
        cursor.y = end;
        cursor.fresh = false;
        self.low = self.low.max(end);
        for gloss in row.glosses {
            self.gloss(gloss, y + LOWER);
        }
        for note in row.notes {
            let room = self.frame.bottom - self.low;
            self.annotate(note, room);
        }
    }

    /// Puts a gloss into the right margin, at `y` or below those that are there; what does not fit goes on on the next page.
    fn gloss(&mut self, gloss: Vec<Row>, y: f32) {
        let bottom = self.frame.bottom - self.foot_height() + 0.01;
        let x = self.frame.left + self.glosses.0;
        let mut at = self.margin.max(y);
        let mut rows = gloss.into_iter();
        let is_waiting = !self.carried_glosses.is_empty();
        while let Some(row) = rows.next() {
            if is_waiting || at + row.before + row.height > bottom {
                let before = if is_waiting { BETWEEN } else { 0.0 };
                self.carried_glosses.push(Row { before, ..row });
                self.carried_glosses.extend(rows);
                self.margin = self.frame.bottom;
                return;
            }
            at += row.before;
            let things = row.things.into_iter();
            self.page.things.extend(things.map(|t| t.moved(x, at)));
            at += row.height;
        }
        self.margin = at + BETWEEN;
    }

    /// Puts a footnote at the foot of the page; what does not fit in `room` with the others goes on on the next page.
    fn annotate(&mut self, note: Vec<Row>, room: f32) {
        for row in note {
            let rule = if self.foot.is_empty() {
                OVER.0 + OVER.1
            } else {
                0.0
            };
            let needed = self.foot_height() + rule + row.before + row.height;
            if self.carried_notes.is_empty() && needed <= room + 0.01 {
                self.foot.push(row);
            } else {
                self.carried_notes.push(row);
            }
        }
    }

    fn footnotes(&mut self) {
        if self.foot.is_empty() {
            return;
        }
        let mut y = self.frame.bottom - height(&self.foot);
        let rule = y - OVER.1;
        self.page.things.push(Thing::Line(Line {
            from: (self.frame.left, rule),
            to: (self.frame.left + RULE, rule),
            width: 0.6,
            color: NEUTRAL,
        }));
        for row in mem::take(&mut self.foot) {
            y += row.before;
            let things = row.things.into_iter();
            self.page
                .things
                .extend(things.map(|t| t.moved(self.frame.left, y)));
            y += row.height;
        }
    }

    /// Title, line and page number.
    fn furniture(&mut self, shaper: &mut Shaper<'_>) {
        let right = self.frame.left + self.frame.width;
        let number = self.page.number.to_string();
        let foot = self.frame.size.1 - FOOT;
        let mut put = |text: &str, y: f32, is_right: bool| {
            let (things, width) = line(text, RUNNING.look(0), 0.0, y, shaper);
            let x = if is_right {
                right - width
            } else {
                self.frame.left
            };
            let things = things.into_iter();
            self.page.things.extend(things.map(|t| t.moved(x, 0.0)));
        };
        if self.page.number > 1 {
            put(&self.running.title, HEAD, false);
        }
        put(&self.running.line, HEAD, true);
        put(&number, foot, true);
    }

    /// Puts columns side by side.
    pub fn sides(&mut self, sides: Sides, shaper: &mut Shaper<'_>) {
        self.settle_with(sides.before + least(&sides), shaper);
        self.columns(sides, shaper);
    }

    /// Puts a table on pages, its head on each.
    pub fn table(&mut self, head: Sides, rows: Vec<Sides>, shaper: &mut Shaper<'_>) {
        let first = rows
            .first()
            .map_or(0.0, |row| row.before + self.needed(row));
        let needed = head.before + self.needed(&head) + RULED_UNDER + first;
        self.settle_with(needed, shaper);
        while !self.has_room(needed) && !self.is_bare() {
            self.next(shaper);
        }
        self.columns(head.clone(), shaper);
        let page = self.frame.bottom - self.frame.top;
        self.head = (tallest(&head) < page * HEADED).then(|| repeated(head));
        for row in rows {
            self.columns(row, shaper);
        }
        self.head = None;
    }

    /// Puts the rows that have come on a page, with so many points under them where they have to stand with what follows.
    fn settle_with(&mut self, needed: f32, shaper: &mut Shaper<'_>) {
        let group = mem::take(&mut self.group);
        let is_kept = group.last().is_some_and(|last| last.keep);
        while is_kept && !self.fits(&group, &self.cursor, needed) && !self.is_bare() {
            self.next(shaper);
        }
        self.put(group, shaper);
    }

    /// How high columns have to be at least on their first page.
    fn needed(&self, sides: &Sides) -> f32 {
        let page = self.frame.bottom - self.frame.top;
        match tallest(sides) {
            all if sides.whole && all <= page * WHOLE => all,
            _ => least(sides),
        }
    }

    fn has_room(&self, height: f32) -> bool {
        let probe = Row {
            height,
            ..Row::default()
        };
        self.fits(&[probe], &self.cursor, 0.0)
    }

    fn columns(&mut self, mut sides: Sides, shaper: &mut Shaper<'_>) {
        let needed = sides.before + self.needed(&sides);
        while !self.has_room(needed) && !self.is_bare() {
            self.next(shaper);
        }
        let columns = mem::take(&mut sides.columns).into_iter();
        let mut queues: Vec<_> = columns.map(|(x, rows)| (x, groups(rows))).collect();
        loop {
            let placed = self.beside(&mut queues, &sides);
            if queues.iter().all(|(_, queue)| queue.is_empty()) {
                break;
            }
            if !placed && self.is_bare() {
                self.force(&mut queues, &sides);
            } else {
                self.next(shaper);
            }
        }
        if sides.ruled {
            self.ruled();
        }
    }

    /// Fills columns down to the end of the page. Whether anything was placed.
    fn beside(&mut self, queues: &mut [(f32, VecDeque<Vec<Row>>)], sides: &Sides) -> bool {
        let start = self.under(sides);
        let mut low = start;
        let mut placed = false;
        for (x, queue) in queues {
            let mut cursor = Cursor::new(self.frame.left + *x, start, sides.width);
            while queue.front().is_some_and(|g| self.fits(g, &cursor, 0.0)) {
                for row in queue.pop_front().into_iter().flatten() {
                    self.place(row, &mut cursor);
                }
                placed = true;
            }
            low = low.max(cursor.y);
        }
        if placed {
            self.cursor = Cursor::new(self.frame.left, low, self.frame.width);
            self.cursor.fresh = false;
        }
        placed
    }

    /// Where columns begin.
    fn under(&self, sides: &Sides) -> f32 {
        let probe = Row {
            before: sides.before,
            ..Row::default()
        };
        self.top_of(&probe, &self.cursor)
    }

    /// Places a row of each column on a page that has no room for what belongs together.
    fn force(&mut self, queues: &mut [(f32, VecDeque<Vec<Row>>)], sides: &Sides) {
        let start = self.under(sides);
        for (x, queue) in queues {
            let mut cursor = Cursor::new(self.frame.left + *x, start, sides.width);
            let Some(group) = queue.pop_front() else {
                continue;
            };
            let mut rows = group.into_iter();
            if let Some(row) = rows.next() {
                self.place(row, &mut cursor);
            }
            for row in rows.rev() {
                queue.push_front(vec![row]);
            }
            self.cursor.y = self.cursor.y.max(cursor.y);
            self.cursor.fresh = false;
        }
    }

    fn ruled(&mut self) {
        let y = self.cursor.y + RULED_UNDER;
        self.page.things.push(Thing::Line(Line {
            from: (self.frame.left, y),
            to: (self.frame.left + self.frame.width, y),
            width: 0.5,
            color: LINE,
        }));
        self.cursor.y = y;
        self.low = self.low.max(y);
    }
}

impl Cursor {
    fn new(x: f32, y: f32, width: f32) -> Self {
        Self {
            x,
            y,
            width,
            fresh: true,
            bars: Vec::new(),
            item: None,
        }
    }
}

/// How high rows are together.
fn height(rows: &[Row]) -> f32 {
    rows.iter().map(|row| row.before + row.height).sum()
}

fn tallest(sides: &Sides) -> f32 {
    let heights = sides.columns.iter().map(|(_, rows)| height(rows));
    heights.fold(0.0, f32::max)
}

/// How high what stands together at the top of columns is.
fn least(sides: &Sides) -> f32 {
    let first = |rows: &[Row]| {
        let ends = (1..rows.len()).find(|at| !joined(&rows[at - 1], &rows[*at]));
        height(&rows[..ends.unwrap_or(rows.len())])
    };
    let heights = sides.columns.iter().map(|(_, rows)| first(rows));
    heights.fold(0.0, f32::max)
}

/// Whether no page break comes between two rows.
fn joined(above: &Row, below: &Row) -> bool {
    above.keep || below.stick
}

/// Rows by what stands together.
fn groups(rows: Vec<Row>) -> VecDeque<Vec<Row>> {
    let mut groups: VecDeque<Vec<Row>> = VecDeque::new();
    for row in rows {
        match groups.back_mut() {
            Some(group) if group.last().is_some_and(|last| joined(last, &row)) => group.push(row),
            _ => groups.push_back(vec![row]),
        }
    }
    groups
}

/// The head of a table as it stands on its other pages: no part of the text.
fn repeated(mut head: Sides) -> Sides {
    for row in head.columns.iter_mut().flat_map(|(_, rows)| rows) {
        row.notes.clear();
        for thing in &mut row.things {
            if let Thing::Glyphs(glyphs) = thing {
                glyphs.tag = 0;
            }
        }
    }
    head
}
