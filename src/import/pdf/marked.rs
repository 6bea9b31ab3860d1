//! Marked content: layers that are off, and text that stands in for glyphs (ISO 32000-1, 8.11 and 14.9.4).

use std::collections::HashSet;

use hayro_font::kurbo::Point;
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};

use super::content::Glyph;

/// The optional content that is off when the file is opened: layers that readers don't see.
pub(super) fn hidden_layers(catalog: &Dict<'_>) -> HashSet<ObjectIdentifier> {
    let mut off = HashSet::new();
    let Some(properties) = catalog.get::<Dict<'_>>("OCProperties") else {
        return off;
    };
    let Some(config) = properties.get::<Dict<'_>>("D") else {
        return off;
    };
    let ids = |dict: &Dict<'_>, key: &str| -> Vec<ObjectIdentifier> {
        let array = dict.get::<Array<'_>>(key).unwrap_or_default();
        let refs = array.raw_iter().filter_map(|item| item.as_obj_ref());
        refs.map(ObjectIdentifier::from).collect()
    };
    if config
        .get::<Name<'_>>("BaseState")
        .is_some_and(|n| n.as_str() == "OFF")
    {
        off.extend(ids(&properties, "OCGs"));
    }
    for id in ids(&config, "ON") {
        off.remove(&id);
    }
    off.extend(ids(&config, "OFF"));
    off
}

/// Puts `text` in place of the glyphs from `first` on, spread over their stretch; where they don't stand in one line they stay.
pub(super) fn replace(glyphs: &mut Vec<Glyph>, first: usize, text: &str) {
    let (Some(start), Some(last)) = (glyphs.get(first).cloned(), glyphs.last().cloned()) else {
        return;
    };
    let letters: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
    let end = Point::new(last.at.x + last.along.0, last.at.y + last.along.1);
    let whole = (end.x - start.at.x, end.y - start.at.y);
    let level = |g: &Glyph| {
        let (x, y) = (g.at.x - start.at.x, g.at.y - start.at.y);
        (x * start.along.1 - y * start.along.0).abs()
            <= start.size * start.along.0.hypot(start.along.1) * 0.5
    };
    let shown = glyphs.len() - first;
    if !glyphs[first..].iter().all(level) || letters.len() > shown * 8 + 8 {
        return;
    }
    glyphs.truncate(first);
    let count = letters.len().max(1) as f64;
    let part = (whole.0 / count, whole.1 / count);
    glyphs.extend(letters.into_iter().enumerate().map(|(i, letter)| Glyph {
        letter,
        at: Point::new(
            start.at.x + part.0 * i as f64,
            start.at.y + part.1 * i as f64,
        ),
        along: part,
        ..start
    }));
}
