//! The lists of a document (`word/numbering.xml`) and the numbers that Word shows before their items (ISO/IEC 29500-1, 17.9).

use std::collections::{HashMap, HashSet};

use super::styles::Styles;
use crate::import::{
    Refusal,
    office::{
        numerals::Numeral,
        xml::{Token, Xml},
    },
};

/// How many levels a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Debug, PartialEq)]
struct Level {
    start: u32,
    numeral: Numeral,
    /// What is shown, with `%1` for the number of the first level.
    text: String,
    /// After which level's items it starts anew, from 1; 0 for never. By default any higher one.
    restart: Option<u8>,
    /// Whether all numbers in it are decimal.
    is_legal: bool,
    /// The paragraph style that puts items on this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            numeral: Numeral::Decimal,
            text: String::new(),
            restart: None,
            is_legal: false,
            style: None,
        }
    }
}

/// A form of list.
#[derive(Clone, Debug, Default)]
struct Form {
    levels: HashMap<u8, Level>,
    /// The style whose form is meant.
    link: Option<String>,
    /// The style whose form this is.
    style: Option<String>,
}

/// A list of a form, with what is its own.
#[derive(Clone, Debug, Default)]
struct List {
    form: u32,
    levels: HashMap<u8, Level>,
    starts: HashMap<u8, u32>,
}

/// All lists, and how far they have counted.
#[derive(Debug, Default)]
pub struct Numbering {
    forms: HashMap<u32, Form>,
    lists: HashMap<u32, List>,
    /// By form, since lists of one form count together.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// The lists' levels that have started where they say.
    started: HashSet<(u32, u8)>,
    /// The level that a paragraph style stands for.
    by_style: HashMap<(u32, String), u8>,
}

impl Numbering {
    /// Reads the part.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(source: &str, styles: &Styles) -> Result<Self, Refusal> {
        let mut found = Self::default();
        let mut xml = Xml::new(source);
        let (mut form, mut list) = (None, None);
        let (mut place, mut level) = (0, Level::default());
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(e) => match e.name() {
                    ("w", "abstractNum") => {
                        form = e
                            .number("abstractNumId")
                            .map(|id: u32| (id, Form::default()));
                    }
                    ("w", "num") => list = e.number("numId").map(|id: u32| (id, List::default())),
                    ("w", "abstractNumId") => {
                        if let Some((_, list)) = &mut list {
                            list.form = e.number("val").unwrap_or_default();
                        }
                    }
                    ("w", "numStyleLink") => {
                        if let Some((_, form)) = &mut form {
                            form.link = e.get("val").map(|v| v.into_owned());
                        }
                    }
                    ("w", "styleLink") => {
                        if let Some((_, form)) = &mut form {
                            form.style = e.get("val").map(|v| v.into_owned());
                        }
                    }
                    ("w", "lvlOverride") => place = e.number("ilvl").unwrap_or_default(),
                    ("w", "startOverride") => {
                        if let (Some((_, list)), Some(start)) = (&mut list, e.number("val")) {
                            list.starts.insert(place, start);
                        }
                    }
                    ("w", "lvl") => {
                        place = e.number("ilvl").unwrap_or_default();
                        level = Level::default();
                    }
                    ("w", "start") => level.start = e.number("val").unwrap_or(1),
                    ("w", "numFmt") => {
                        level.numeral = Numeral::of_word(&e.get("val").unwrap_or_default());
                    }
                    ("w", "lvlText") => level.text = e.get("val").unwrap_or_default().into_owned(),
                    ("w", "lvlRestart") => level.restart = e.number("val"),
                    ("w", "isLgl") => level.is_legal = e.is_on(),
                    ("w", "pStyle") => level.style = e.get("val").map(|v| v.into_owned()),
                    ("w", "pPr" | "rPr") => drop(xml.skip()?),
                    _ => {}
                },
                Token::Close(e) => match e.name() {
                    ("w", "lvl") => {
                        let levels = match (&mut list, &mut form) {
                            (Some((_, list)), _) => &mut list.levels,
                            (None, Some((_, form))) => &mut form.levels,
                            (None, None) => continue,
                        };
                        levels.insert(place, std::mem::take(&mut level));
                    }
                    ("w", "abstractNum") => found.forms.extend(form.take()),
                    ("w", "num") => found.lists.extend(list.take()),
                    _ => {}
                },
                Token::Text(_) => {}
            }
        }
        found.link(styles);
        Ok(found)
    }

    /// Puts the form of a numbering style in the place of those that refer to it, and notes which style stands for which level.
    fn link(&mut self, styles: &Styles) {
        let owners: HashMap<&String, u32> = self
            .forms
            .iter()
            .filter_map(|(id, form)| Some((form.style.as_ref()?, *id)))
            .collect();
        let links: HashMap<u32, u32> = self
            .forms
            .iter()
            .filter_map(|(id, form)| Some((*id, *owners.get(form.link.as_ref()?)?)))
            .collect();
        for list in self.lists.values_mut() {
            list.form = links.get(&list.form).copied().unwrap_or(list.form);
        }
        for (style, id) in styles.lists() {
            let Some(list) = self.lists.get(&id) else {
                continue;
            };
            let own = self.forms.get(&list.form).map(|f| &f.levels);
            let levels = list.levels.iter().chain(own.into_iter().flatten());
            let level = levels
                .filter(|(_, level)| level.style.as_ref() == Some(style))
                .map(|(place, _)| *place)
                .min();
            if let Some(level) = level {
                self.by_style.insert((id, style.clone()), level);
            }
        }
    }

    /// The level that a paragraph style without a level of its own has in a list.
    pub fn level_of(&self, list: u32, style: &str) -> Option<u8> {
        self.by_style.get(&(list, style.to_owned())).copied()
    }

    /// Counts an item and gives its number or bullet; none for a list that is not there.
    pub fn next(&mut self, id: u32, place: u8) -> Option<String> {
        let place = place.min(LEVELS as u8 - 1);
        let list = self.lists.get(&id)?;
        let form = self.forms.get(&list.form);
        let level = |place: u8| {
            let own = list.levels.get(&place);
            own.or_else(|| form.and_then(|f| f.levels.get(&place)))
        };
        let start = |place: u8| {
            let own = list.starts.get(&place).copied();
            own.or_else(|| level(place).map(|l| l.start)).unwrap_or(1)
        };
        let counts = self.counts.entry(list.form).or_default();
        let first = list.starts.contains_key(&place) && self.started.insert((id, place));
        let at = usize::from(place);
        counts[at] = Some(match counts[at] {
            Some(n) if !first => n.saturating_add(1),
            _ => start(place),
        });
        for deeper in place + 1..LEVELS as u8 {
            let restart = level(deeper).and_then(|l| l.restart);
            // “Restart after level n” means after that or any higher one.
            if restart.is_none_or(|after| place < after) {
                counts[usize::from(deeper)] = None;
            }
        }
        for higher in 0..place {
            counts[usize::from(higher)].get_or_insert_with(|| start(higher));
        }
        let shown = level(place)?;
        if shown.numeral == Numeral::Bullet {
            return Some("•".to_owned());
        }
        let mut label = String::new();
        let mut rest = shown.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest.peek().and_then(|d| d.to_digit(10)).filter(|d| *d > 0);
            let Some(number) = digit.filter(|_| c == '%') else {
                label.push(c);
                continue;
            };
            rest.next();
            let which = number as u8 - 1;
            let numeral = if shown.is_legal {
                Numeral::Decimal
            } else {
                level(which).map_or(Numeral::Decimal, |l| l.numeral)
            };
            let n = counts.get(usize::from(which)).copied().flatten();
            label.push_str(&n.map(|n| numeral.write(n)).unwrap_or_default());
        }
        Some(label)
    }
}
