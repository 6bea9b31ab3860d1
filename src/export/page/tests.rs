//! What has to be true of pages, whatever the document.

mod document_tests;
mod line_tests;
mod pdf_tests;
mod pixel_tests;
mod property_tests;

use super::{
    Glyphs, Page, Thing,
    layout::Layout,
    look::Frame,
    tags::{Role, Tags},
};
use crate::{
    export::document::{Block, Head, Inline, Item, Manner, Quote, Run, text},
    seeds,
};

/// A document on pages, with its parts.
struct Laid {
    pages: Vec<Page>,
    tags: Tags,
    frame: Frame,
}

impl Laid {
    fn of(items: impl IntoIterator<Item = Item>) -> Self {
        let head = Head {
            title: "Title".into(),
            line: "Line".into(),
            ..Head::default()
        };
        let mut layout = Layout::new(&head, seeds::page_fonts());
        items.into_iter().for_each(|item| layout.put(item));
        layout.finish();
        Self {
            pages: layout.ready(),
            tags: layout.tags().clone(),
            frame: Frame::of(head.paper),
        }
    }

    fn role(&self, run: &Glyphs) -> Option<Role> {
        self.tags.get(run.tag).map(|tag| tag.role)
    }

    /// The text of each part, in the order in which the parts were written.
    fn parts(&self) -> Vec<String> {
        let mut parts = vec![String::new(); self.tags.len() + 1];
        for run in self.pages.iter().flat_map(Page::texts) {
            parts[run.tag as usize].push_str(&run.text);
        }
        parts.split_off(1)
    }
}

/// Text without white space.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn body(words: &str) -> Item {
    Block::Text(Manner::Body, vec![text(words)]).into()
}

fn heading(words: &str) -> Item {
    Block::Heading(2, vec![text(words)]).into()
}

/// The runs of a page that belong to the document, without white space at their ends.
fn runs(page: &Page) -> impl Iterator<Item = &Glyphs> {
    page.texts().filter(|run| run.tag > 0)
}

/// Where the ink of a run ends: white space at a line's end may hang out.
fn right(run: &Glyphs) -> f32 {
    let glyphs = run.glyphs.iter().rev();
    let hanging = glyphs.take_while(|g| {
        let text = &run.text[g.text.start as usize..g.text.end as usize];
        text.chars().all(char::is_whitespace)
    });
    run.x + run.width() - hanging.map(|g| g.advance).sum::<f32>()
}
