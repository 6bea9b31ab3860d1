//! The styles of a text, from `styles.xml` and `content.xml`, each with what it takes from its parents.

use std::collections::{HashMap, HashSet};

use super::lists::ListStyle;
use crate::{
    import::{
        Refusal,
        office::{
            names::{self, Role},
            numerals::Numeral,
            xml::{Element, Token, Xml},
        },
    },
    model::Script,
};

/// A style with all that it inherits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    /// What its paragraphs are.
    pub role: Option<Role>,
    /// The style of the lists that its paragraphs are in.
    pub list: Option<String>,
    /// Whether a page starts before or after it.
    pub breaks: (Option<bool>, Option<bool>),
    /// The kind of page that starts before it; it is not inherited.
    pub master: Option<String>,
    /// The number of the page that starts before it; it is not inherited.
    pub page_number: Option<u32>,
    /// How far it is set in on the left and the right, in points.
    pub margins: (Option<f32>, Option<f32>),
    /// How words look.
    pub look: Look,
}

/// How words look, as far as it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// In bold.
    pub bold: Option<bool>,
    /// In italics.
    pub italic: Option<bool>,
    /// Raised or lowered.
    pub script: Option<Script>,
    /// Hidden.
    pub hidden: Option<bool>,
}

impl Look {
    /// This, and what it does not say from `base`.
    pub fn on(self, base: Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            script: self.script.or(base.script),
            hidden: self.hidden.or(base.hidden),
        }
    }
}

/// A family (`paragraph`, `text`, `table`) and a name.
type Key = (String, String);

#[derive(Debug, Default)]
struct Raw {
    display_name: String,
    parent: Option<String>,
    style: Style,
}

/// All styles.
#[derive(Debug, Default)]
pub struct Styles {
    raw: HashMap<Key, Raw>,
    styles: HashMap<Key, Style>,
    /// The styles of lists.
    pub lists: HashMap<String, ListStyle>,
    /// How headings are numbered.
    pub outline: ListStyle,
    layouts: HashMap<String, Numeral>,
    masters: HashMap<String, String>,
}

impl Styles {
    /// Takes the styles of a part.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(&mut self, source: &str) -> Result<(), Refusal> {
        let mut xml = Xml::new(source);
        let mut open: Option<(Key, Raw)> = None;
        let (mut list, mut layout) = (String::new(), String::new());
        let mut in_outline = false;
        while let Some(token) = xml.next()? {
            let e = match token {
                Token::Open(e) => e,
                Token::Close(e) => {
                    match e.name() {
                        ("style", "style") => self.raw.extend(open.take()),
                        ("text", "outline-style") => in_outline = false,
                        _ => {}
                    }
                    continue;
                }
                Token::Text(_) => continue,
            };
            let name = |e: &Element<'_>| e.get("name").unwrap_or_default().into_owned();
            match e.name() {
                // The text itself, and what stands on every page.
                ("office", "body")
                | ("style", "header" | "footer" | "header-left" | "footer-left") => {
                    xml.skip()?;
                }
                ("style", "style") => {
                    let family = e.get("family").unwrap_or_default().into_owned();
                    open = Some(((family, name(&e)), raw(&e)));
                }
                ("style", "paragraph-properties" | "table-properties") => {
                    if let Some((_, raw)) = &mut open {
                        paragraph(&e, &mut raw.style);
                    }
                }
                ("style", "text-properties") => {
                    if let Some((_, raw)) = &mut open {
                        raw.style.look = look(&e);
                    }
                }
                ("text", "list-style") => {
                    list = name(&e);
                    self.lists.insert(list.clone(), ListStyle::default());
                }
                ("text", "outline-style") => in_outline = true,
                (
                    "text",
                    "list-level-style-number"
                    | "list-level-style-bullet"
                    | "outline-level-style"
                    | "list-level-style-image",
                ) => {
                    let into = if in_outline {
                        Some(&mut self.outline)
                    } else {
                        self.lists.get_mut(&list)
                    };
                    if let Some(style) = into {
                        style.add(&e);
                    }
                }
                ("style", "page-layout") => layout = name(&e),
                ("style", "page-layout-properties") => {
                    if let Some(format) = e.get("num-format").filter(|f| !f.is_empty()) {
                        self.layouts
                            .insert(layout.clone(), Numeral::of_open_document(&format));
                    }
                }
                ("style", "master-page") => {
                    let of = e.get("page-layout-name").unwrap_or_default().into_owned();
                    self.masters.insert(name(&e), of);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives each style what it inherits: first the parents.
    pub fn resolve(&mut self) {
        let none = Style::default();
        for key in self.raw.keys() {
            let (mut chain, mut seen) = (Vec::new(), HashSet::new());
            let mut next = Some(key.clone());
            while let Some(key) = next.filter(|key| !self.styles.contains_key(key)) {
                let Some(raw) = self.raw.get(&key).filter(|_| seen.insert(key.clone())) else {
                    break;
                };
                next = raw.parent.as_ref().map(|p| (key.0.clone(), p.clone()));
                chain.push((key, raw));
            }
            for (key, raw) in chain.into_iter().rev() {
                let parent = raw.parent.as_ref();
                let parent = parent.and_then(|p| self.styles.get(&(key.0.clone(), p.clone())));
                let resolved = raw.on(&key.1, parent.unwrap_or(&none));
                self.styles.insert(key, resolved);
            }
        }
        self.raw.clear();
    }

    /// A style by its family and name.
    pub fn get(&self, family: &str, name: Option<&str>) -> Option<&Style> {
        self.styles.get(&(family.to_owned(), name?.to_owned()))
    }

    /// How the pages of this kind are numbered.
    pub fn numeral(&self, master: &str) -> Option<Numeral> {
        self.layouts.get(self.masters.get(master)?).copied()
    }
}

impl Raw {
    fn on(&self, name: &str, parent: &Style) -> Style {
        let own = &self.style;
        let named = names::role(&self.display_name).or_else(|| names::role(name));
        let of_parent = || names::role(self.parent.as_deref()?);
        Style {
            role: own.role.or(named).or(parent.role).or_else(of_parent),
            list: own.list.clone().or_else(|| parent.list.clone()),
            breaks: (
                own.breaks.0.or(parent.breaks.0),
                own.breaks.1.or(parent.breaks.1),
            ),
            master: own.master.clone(),
            page_number: own.page_number,
            margins: (
                own.margins.0.or(parent.margins.0),
                own.margins.1.or(parent.margins.1),
            ),
            look: own.look.on(parent.look),
        }
    }
}

fn raw(e: &Element<'_>) -> Raw {
    let said = |name: &str| {
        e.get(name)
            .filter(|v| !v.is_empty())
            .map(|v| v.into_owned())
    };
    Raw {
        display_name: said("display-name").unwrap_or_default(),
        parent: said("parent-style-name"),
        style: Style {
            role: e
                .number("default-outline-level")
                .filter(|level| (1..=10).contains(level))
                .map(Role::Heading),
            list: said("list-style-name"),
            master: said("master-page-name"),
            ..Style::default()
        },
    }
}

fn paragraph(e: &Element<'_>, style: &mut Style) {
    let breaks = |name: &str| e.get(name).map(|v| v == "page");
    style.breaks = (breaks("break-before"), breaks("break-after"));
    style.page_number = e.number("page-number").filter(|n| *n > 0);
    style.margins = (points(e, "margin-left"), points(e, "margin-right"));
}

/// A length in points.
fn points(e: &Element<'_>, name: &str) -> Option<f32> {
    let value = e.get(name)?;
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = match value.get(number.len()..)? {
        "cm" => 28.35,
        "mm" => 2.835,
        "in" => 72.0,
        "pt" => 1.0,
        "pc" => 12.0,
        _ => return None,
    };
    Some(number.trim().parse::<f32>().ok()? * unit)
}

fn look(e: &Element<'_>) -> Look {
    Look {
        bold: e
            .get("font-weight")
            .map(|w| w == "bold" || w.parse::<u32>().is_ok_and(|w| w >= 600)),
        italic: e.get("font-style").map(|s| s == "italic" || s == "oblique"),
        hidden: e.get("display").map(|d| d == "none"),
        script: e.get("text-position").map(|position| {
            let shift = position.split_whitespace().next().unwrap_or_default();
            let percent: f32 = shift.trim_end_matches('%').parse().unwrap_or_default();
            match shift {
                "super" => Script::Raised,
                "sub" => Script::Lowered,
                _ if percent > 0.0 => Script::Raised,
                _ if percent < 0.0 => Script::Lowered,
                _ => Script::Base,
            }
        }),
    }
}
