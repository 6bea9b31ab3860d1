//! Which page or paragraph to show.

use egui::{Key, RichText, Ui};

use super::{buttons, dim, field};
use crate::{
    app::{App, Command, theme, words},
    model::Reading,
    text::Span,
};

/// The dialog.
pub struct GoTo {
    typed: String,
    hint: String,
    /// What `typed` means, or what is wrong with it.
    found: Result<u32, String>,
    fresh: bool,
}

impl GoTo {
    /// Nothing typed yet.
    pub fn new(reading: &Reading) -> Self {
        let last = reading.structure.pages.len().checked_sub(1);
        let paragraphs = words::grouped(reading.text.paragraphs().len());
        let pages = reading
            .page_label(0)
            .zip(last.and_then(|last| reading.page_label(last)));
        Self {
            typed: String::new(),
            hint: match pages {
                Some((first, last)) => {
                    format!("Pages {first} to {last}; paragraphs ¶1 to ¶{paragraphs}.")
                }
                None => format!("Paragraphs 1 to {paragraphs}. The file has no pages."),
            },
            found: Err(String::new()),
            fresh: true,
        }
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let Some(shelf) = app.session().and_then(|s| s.shelf()) else {
            return true;
        };
        let response = field(ui, "Page or paragraph", "21 or ¶12", &mut self.typed);
        if std::mem::take(&mut self.fresh) {
            response.request_focus();
        }
        if response.changed() {
            self.found = place(&shelf.reading, &self.typed);
        }
        match &self.found {
            Err(why) if !why.is_empty() => {
                let palette = theme::palette(ui.ctx());
                ui.label(RichText::new(why).size(12.5).color(palette.error));
            }
            _ => dim(ui, self.hint.clone()),
        }
        let enter = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        let (cancelled, done) = buttons(ui, "Go", self.found.is_ok());
        if enter && self.found.is_err() {
            response.request_focus();
        }
        match self.found {
            Ok(at) if done || enter => {
                app.commands.push(Command::GoTo(Span::new(at, at)));
                true
            }
            _ => cancelled,
        }
    }
}

/// The byte that a page (`21`, `p. 21`, `xiv`) or paragraph (`¶12`) starts at; a plain number is a paragraph where the file
/// has no pages. Of several pages of a number the first.
fn place(reading: &Reading, typed: &str) -> Result<u32, String> {
    let typed = typed.trim();
    let paragraphs = reading.text.paragraphs();
    let pages = &reading.structure.pages;
    let number = typed.strip_prefix(['¶', '§']).map(str::trim);
    let number = number.or_else(|| pages.is_empty().then_some(typed));
    if typed.is_empty() {
        return Err(String::new());
    }
    if let Some(number) = number {
        let index = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let found = index.and_then(|i| paragraphs.get(i));
        return found
            .map(|p| p.start)
            .ok_or_else(|| format!("There is no paragraph {number}."));
    }
    let lower = typed.to_lowercase();
    let page = ["pages", "page", "pp", "p"]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .filter(|rest| !rest.trim_start_matches(['.', ' ']).is_empty())
        .map_or(lower.as_str(), |rest| rest.trim_start_matches(['.', ' ']));
    let named = |&i: &usize| {
        let label = reading.page_label(i);
        label.is_some_and(|l| l.to_lowercase() == page || l.to_lowercase() == lower)
    };
    let found = (0..pages.len()).find(named).and_then(|i| pages.get(i));
    found
        .map(|p| p.start)
        .ok_or_else(|| format!("There is no page {page}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Page, ReadingId, ReadingMeta, Structure};
    use crate::text::Text;

    fn reading(pages: &[(u32, &str)]) -> Reading {
        let page = |&(start, label): &(u32, &str)| Page {
            start,
            label: label.into(),
        };
        Reading {
            id: ReadingId::new("one").unwrap(),
            meta: ReadingMeta::default(),
            text: Text::new("One.\n\nTwo.\n\nThree."),
            sha256: String::new(),
            words: 3,
            structure: Structure {
                pages: pages.iter().map(page).collect(),
                ..Structure::default()
            },
            source_name: String::new(),
            encoding: String::new(),
            source_sha256: String::new(),
            revises: None,
            remarks: Vec::new(),
            imported: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn pages_and_paragraphs_are_found_as_people_write_them() {
        let mut paged = reading(&[(0, "xiv"), (6, "1"), (12, "P2")]);
        for (typed, at) in [
            ("xiv", 0),
            ("XIV", 0),
            ("1", 6),
            ("p. 1", 6),
            ("p.1", 6),
            ("Page 1", 6),
            ("p2", 12),
            ("¶2", 6),
            ("¶ 3", 12),
            (" 1 ", 6),
        ] {
            assert_eq!(place(&paged, typed), Ok(at), "{typed}");
        }
        assert_eq!(place(&paged, "9"), Err("There is no page 9.".into()));
        assert_eq!(place(&paged, "¶0"), Err("There is no paragraph 0.".into()));
        assert!(place(&paged, "p").is_err() && place(&paged, "").is_err());
        paged.meta.page_shift = Some(116);
        assert_eq!(place(&paged, "118"), Ok(6));
        assert!(place(&paged, "1").is_err());
        let plain = reading(&[]);
        assert_eq!(place(&plain, "3"), Ok(12));
        assert!(place(&plain, "4").is_err());
    }
}
