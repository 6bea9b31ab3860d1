//! The styles of a document (`word/styles.xml`), each with what it takes from those that it is based on.

use std::collections::{HashMap, HashSet};

use super::properties::{ParagraphProperties, RunProperties};
use crate::{
    import::{
        Refusal,
        office::{
            names::{self, Role},
            xml::{Token, Xml},
        },
    },
    model::Script,
};

/// A style with all that it inherits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    /// What its paragraphs are.
    pub role: Option<Role>,
    /// Its paragraph properties.
    pub paragraph: ParagraphProperties,
    /// Its run properties.
    pub run: RunProperties,
}

/// All styles by their ids.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The paragraph style of paragraphs that name none.
    usual: Style,
    none: Style,
    /// Runs of no style.
    pub run: RunProperties,
}

#[derive(Default)]
struct Raw {
    name: String,
    based_on: Option<String>,
    paragraph: ParagraphProperties,
    run: RunProperties,
    is_usual: bool,
}

impl Styles {
    /// Reads the part.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(source: &str) -> Result<Self, Refusal> {
        let mut raw: HashMap<String, Raw> = HashMap::new();
        let mut styles = Self::default();
        let mut xml = Xml::new(source);
        let (mut id, mut style) = (String::new(), Raw::default());
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(e) => match e.name() {
                    ("w", "style") => {
                        id = e.get("styleId").unwrap_or_default().into_owned();
                        let is_default =
                            matches!(e.get("default").as_deref(), Some("1" | "true" | "on"));
                        let is_paragraph = e.get("type").is_none_or(|t| t == "paragraph");
                        style = Raw {
                            is_usual: is_default && is_paragraph,
                            ..Raw::default()
                        };
                    }
                    ("w", "name") => style.name = e.get("val").unwrap_or_default().into_owned(),
                    ("w", "basedOn") => style.based_on = e.get("val").map(|v| v.into_owned()),
                    ("w", "pPr") => style.paragraph = ParagraphProperties::read(&mut xml)?,
                    ("w", "rPr") => style.run = RunProperties::read(&mut xml)?,
                    // Of parts of a table.
                    ("w", "tblStylePr" | "latentStyles") => drop(xml.skip()?),
                    _ => {}
                },
                Token::Close(e) => match e.name() {
                    ("w", "style") => {
                        drop(raw.insert(std::mem::take(&mut id), std::mem::take(&mut style)))
                    }
                    ("w", "rPrDefault") => styles.run = std::mem::take(&mut style).run,
                    ("w", "docDefaults") => style = Raw::default(),
                    _ => {}
                },
                Token::Text(_) => {}
            }
        }
        styles.resolve(&raw);
        Ok(styles)
    }

    /// Gives each style what it inherits: first those that others are based on.
    fn resolve(&mut self, raw: &HashMap<String, Raw>) {
        for id in raw.keys() {
            let (mut chain, mut seen) = (Vec::new(), HashSet::new());
            let mut next = Some(id);
            while let Some(id) =
                next.filter(|id| !self.styles.contains_key(*id) && seen.insert(*id))
            {
                let Some(style) = raw.get(id) else { break };
                chain.push((id, style));
                next = style.based_on.as_ref();
            }
            for (id, style) in chain.into_iter().rev() {
                let base = style
                    .based_on
                    .as_ref()
                    .and_then(|base| self.styles.get(base));
                let resolved = style.on(id, base.unwrap_or(&self.none));
                self.styles.insert(id.clone(), resolved);
            }
        }
        let usual = raw.iter().find(|(_, style)| style.is_usual);
        if let Some(style) = usual.and_then(|(id, _)| self.styles.get(id)) {
            self.usual = style.clone();
        }
    }

    /// The style with this id, of paragraphs; the usual one for none.
    pub fn paragraph(&self, id: Option<&str>) -> &Style {
        let Some(id) = id else { return &self.usual };
        self.styles.get(id).unwrap_or(&self.usual)
    }

    /// The style with this id, of characters; an empty one for none.
    pub fn character(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.styles.get(id)).unwrap_or(&self.none)
    }

    /// The ids of the paragraph styles that belong to lists, with those of the lists.
    pub fn lists(&self) -> impl Iterator<Item = (&String, u32)> {
        let list = |(id, style): (_, &Style)| Some((id, style.paragraph.list?));
        self.styles.iter().filter_map(list)
    }
}

impl Raw {
    fn on(&self, id: &str, base: &Style) -> Style {
        let (mut paragraph, mut run) = (self.paragraph.clone(), self.run.clone());
        let under = &base.paragraph;
        // A style in a list of its own has its own level there.
        if paragraph.list.is_none() {
            paragraph.list = under.list;
            paragraph.level = paragraph.level.or(under.level);
        }
        let own_outline = paragraph.outline;
        paragraph.outline = own_outline.or(under.outline);
        paragraph.page_break = paragraph.page_break.or(under.page_break);
        paragraph.indents.0 = paragraph.indents.0.or(under.indents.0);
        paragraph.indents.1 = paragraph.indents.1.or(under.indents.1);
        run.bold = run.bold.or(base.run.bold);
        run.italic = run.italic.or(base.run.italic);
        run.hidden = run.hidden.or(base.run.hidden);
        run.script = run.script.or(base.run.script);
        run.font = run.font.or_else(|| base.run.font.clone());
        let outlined = |level: u8| (level < 9).then(|| Role::Heading(level + 1));
        let named = names::role(&self.name).or_else(|| names::role(id));
        let role = match (named, own_outline) {
            (Some(role), _) => Some(role),
            (None, Some(level)) => outlined(level).or(Some(Role::Body)),
            (None, None) => base.role,
        };
        Style {
            role,
            paragraph,
            run,
        }
    }
}

impl Style {
    /// Whether letters are raised or lowered.
    pub fn script(&self) -> Option<Script> {
        self.run.script
    }
}
