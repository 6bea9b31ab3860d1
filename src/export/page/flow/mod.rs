//! Rows to pages: what stays together, footnotes, glosses, columns, tables.

mod sides;

use std::{mem, slice};

use super::{
    Bookmark, Line, Page, Place, Rect, Thing,
    blocks::Sides,
    look::{FOOT, Frame, HEAD, NEUTRAL, RUNNING},
    row::{Row, line},
    shape::Shaper,
};

/// Between the text and the rule over the footnotes, and between the rule and the footnotes.
const OVER: (f32, f32) = (11.0, 4.0);
/// How long the rule over footnotes is.
const RULE: f32 = 72.0;
/// The share of a page that footnotes from the page before may take.
const CARRIED: f32 = 0.5;
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
        self.repeat_head(shaper);
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
