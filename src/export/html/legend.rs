//! The labels of a document, with what leads to them.

use std::{
    collections::{HashMap, VecDeque},
    fmt::Write as _,
};

use super::{color::Colors, escape::escape};
use crate::{export::document::LabelUse, text::grouped};

/// The labels of a document.
#[derive(Default)]
pub(super) struct Legend {
    /// Those that were listed, by their places in the list, from 1.
    places: HashMap<String, usize>,
    /// Those whose headings are still to come.
    coming: VecDeque<(usize, String)>,
    count: usize,
    /// How their colours are written.
    pub colors: Colors,
}

impl Legend {
    /// Writes a list: in an annotated reading each label with its passages, else as a table of contents.
    pub fn write(&mut self, labels: Vec<LabelUse>, out: &mut String) {
        if labels.is_empty() {
            return;
        }
        out.push_str("<nav class=\"legend\" aria-label=\"Labels\">\n<ul>\n");
        self.coming.clear();
        for label in labels {
            self.count += 1;
            let place = self.count;
            let _ = write!(out, "<li id=\"l{place}\"");
            if label.depth > 0 {
                let _ = write!(out, " style=\"--n:{}\"", label.depth.min(6));
            }
            out.push('>');
            entry(place, &label, &mut self.colors, out);
            out.push_str("</li>\n");
            if label.glosses.is_empty() {
                self.coming.push_back((place, label.name.clone()));
            }
            self.places.entry(label.name).or_insert(place);
        }
        out.push_str("</ul>\n</nav>\n");
    }

    /// The place of the label whose heading comes now.
    pub fn heading(&mut self, words: &str) -> Option<usize> {
        let (place, _) = self.coming.front().filter(|(_, name)| name == words)?;
        let place = *place;
        self.coming.pop_front();
        Some(place)
    }

    /// Writes the name of a label, as a link to where it is listed.
    pub fn link(&self, name: &str, out: &mut String) {
        let place = self.places.get(name);
        if let Some(place) = place {
            let _ = write!(out, "<a href=\"#l{place}\">");
        }
        escape(name, out);
        out.push_str(if place.is_some() { "</a>" } else { "" });
    }
}

fn entry(place: usize, label: &LabelUse, colors: &mut Colors, out: &mut String) {
    let color = colors.properties(label.color);
    let named = format!("<span class=\"w\" aria-hidden=\"true\" style=\"{color}\"></span>");
    let count = format!(" <span class=\"k\">{}</span>", grouped(label.count));
    if label.glosses.is_empty() {
        let _ = write!(out, "{named}<a href=\"#s{place}\">");
        escape(&label.name, out);
        let _ = write!(out, "</a>{count}");
        return;
    }
    let _ = write!(out, "<details><summary>{named}");
    escape(&label.name, out);
    let _ = write!(out, "{count}</summary>");
    for gloss in &label.glosses {
        let _ = write!(out, "<a href=\"#g{gloss}\">{gloss}</a> ");
    }
    out.push_str("</details>");
}
