//! Lists and how they count (OpenDocument 1.3, part 3, 5.3 and 16.30).

use std::collections::HashMap;

use crate::import::office::{numerals::Numeral, xml::Element};

/// How many levels a list has.
const LEVELS: usize = 10;

/// The numbers of a list's levels.
pub type Counts = [Option<u32>; LEVELS];

/// How a list or the outline is numbered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListStyle {
    levels: HashMap<usize, Level>,
}

#[derive(Clone, Debug, PartialEq)]
struct Level {
    numeral: Numeral,
    prefix: String,
    suffix: String,
    /// How many levels' numbers are shown.
    shown: usize,
    start: u32,
}

impl ListStyle {
    /// Takes the description of a level.
    pub fn add(&mut self, e: &Element<'_>) {
        let Some(place) = e.number::<usize>("level").and_then(|l| l.checked_sub(1)) else {
            return;
        };
        let is_number = matches!(
            e.name().1,
            "list-level-style-number" | "outline-level-style"
        );
        let numeral = if is_number {
            Numeral::of_open_document(&e.get("num-format").unwrap_or_default())
        } else {
            Numeral::Bullet
        };
        let said = |name: &str| e.get(name).unwrap_or_default().into_owned();
        let level = Level {
            numeral,
            prefix: said("num-prefix"),
            suffix: said("num-suffix"),
            shown: e.number("display-levels").unwrap_or(1).clamp(1, LEVELS),
            start: e.number("start-value").unwrap_or(1),
        };
        self.levels.insert(place, level);
    }

    /// Whether it has this level, from 0.
    pub fn has(&self, place: usize) -> bool {
        self.levels.contains_key(&place)
    }

    /// Counts an item of the level `place`, from 0; it starts anew with `start`. Gives its number or bullet.
    pub fn next(&self, counts: &mut Counts, place: usize, start: Option<u32>) -> String {
        let place = place.min(LEVELS - 1);
        let first = |place: usize| self.levels.get(&place).map_or(1, |l| l.start);
        counts[place] = Some(match (start, counts[place]) {
            (Some(start), _) => start,
            (None, Some(n)) => n.saturating_add(1),
            (None, None) => first(place),
        });
        counts[place + 1..].fill(None);
        let Some(level) = self.levels.get(&place) else {
            return "•".to_owned();
        };
        match level.numeral {
            Numeral::Bullet => return "•".to_owned(),
            Numeral::None => return format!("{}{}", level.prefix, level.suffix),
            _ => {}
        }
        let from = (place + 1).saturating_sub(level.shown);
        let numbers: Vec<String> = (from..=place)
            .map(|place| {
                let n = counts[place].unwrap_or_else(|| first(place));
                let numeral = self
                    .levels
                    .get(&place)
                    .map_or(Numeral::Decimal, |l| l.numeral);
                numeral.write(n)
            })
            .filter(|n| !n.is_empty())
            .collect();
        format!("{}{}{}", level.prefix, numbers.join("."), level.suffix)
    }
}

/// The lists that are open, the outermost first.
#[derive(Debug, Default)]
pub struct Open {
    lists: Vec<List>,
    /// How far the lists that were closed have counted, by style and by id.
    done: HashMap<String, Counts>,
    counts: Counts,
}

#[derive(Debug, Default)]
struct List {
    style: Option<String>,
    id: Option<String>,
    item: Item,
    start: Option<u32>,
}

/// Where in an item the text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Item {
    /// In none: a list's header.
    #[default]
    None,
    /// At its start.
    New,
    /// After its first paragraph.
    Further,
}

impl Open {
    /// A list starts.
    pub fn open(&mut self, e: &Element<'_>) {
        let said = |name: &str| {
            e.get(name)
                .filter(|v| !v.is_empty())
                .map(|v| v.into_owned())
        };
        let around = self.lists.last().and_then(|l| l.style.clone());
        let list = List {
            style: said("style-name").or(around),
            id: said("id"),
            ..List::default()
        };
        if self.lists.is_empty() {
            let goes_on = e.get("continue-numbering").is_some_and(|v| v == "true");
            let before = said("continue-list").or_else(|| list.style.clone().filter(|_| goes_on));
            let before = before.and_then(|key| self.done.get(&key)).copied();
            self.counts = before.unwrap_or_default();
        }
        self.lists.push(list);
    }

    /// It ends.
    pub fn close(&mut self) {
        let Some(list) = self.lists.pop() else {
            return;
        };
        if self.lists.is_empty() {
            for key in [list.style, list.id].into_iter().flatten() {
                self.done.insert(key, self.counts);
            }
        }
    }

    /// An item starts, perhaps with a number of its own.
    pub fn item(&mut self, e: &Element<'_>) {
        if let Some(list) = self.lists.last_mut() {
            list.item = Item::New;
            list.start = e.number("start-value");
        }
    }

    /// A list's header starts: it has no number.
    pub fn header(&mut self) {
        if let Some(list) = self.lists.last_mut() {
            list.item = Item::None;
        }
    }

    /// How many lists are open.
    pub fn depth(&self) -> usize {
        self.lists.len()
    }

    /// The number or bullet of the paragraph that starts here, if it is an item's first. `own` is the list style of the
    /// paragraph's style.
    pub fn label(
        &mut self,
        styles: &HashMap<String, ListStyle>,
        own: Option<&str>,
    ) -> Option<String> {
        let place = self.lists.len().checked_sub(1)?;
        let list = self.lists.last_mut().filter(|l| l.item == Item::New)?;
        list.item = Item::Further;
        let style = list
            .style
            .as_deref()
            .or(own)
            .and_then(|name| styles.get(name));
        let usual = ListStyle::default();
        let start = list.start.take();
        Some(style.unwrap_or(&usual).next(&mut self.counts, place, start))
    }
}
