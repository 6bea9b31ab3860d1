//! What differs between two passages, word by word, as text with marks.

use std::time::Duration;

use egui::{
    Color32, Stroke,
    text::{LayoutJob, TextFormat},
};
use similar::{ChangeTag, TextDiff};

use crate::app::theme;

/// How long differences are looked for; what is left then counts as different.
const PATIENCE: Duration = Duration::from_millis(20);

/// What differs between two passages, word by word.
pub struct Diff {
    parts: Vec<(ChangeTag, String)>,
}

impl Diff {
    /// Compares them.
    pub fn new(before: &str, now: &str) -> Self {
        let diff = TextDiff::configure()
            .timeout(PATIENCE)
            .diff_words(before, now);
        let mut parts: Vec<(ChangeTag, String)> = Vec::new();
        for change in diff.iter_all_changes() {
            match parts.last_mut() {
                Some((tag, words)) if *tag == change.tag() => words.push_str(change.value()),
                _ => parts.push((change.tag(), change.value().to_owned())),
            }
        }
        Self { parts }
    }

    /// The old passage, with what is gone struck out.
    pub fn before(&self, palette: &theme::Palette) -> LayoutJob {
        let gone = TextFormat {
            strikethrough: Stroke::new(1.0, palette.error),
            ..format(palette.error)
        };
        self.job(palette, ChangeTag::Insert, gone)
    }

    /// The new passage, with what was added underlined.
    pub fn now(&self, palette: &theme::Palette) -> LayoutJob {
        let added = TextFormat {
            underline: Stroke::new(1.5, palette.accent),
            ..format(palette.accent)
        };
        self.job(palette, ChangeTag::Delete, added)
    }

    fn job(&self, palette: &theme::Palette, without: ChangeTag, marked: TextFormat) -> LayoutJob {
        let mut job = LayoutJob::default();
        for (tag, words) in self.parts.iter().filter(|(tag, _)| *tag != without) {
            let format = match tag {
                ChangeTag::Equal => format(palette.ink),
                _ => marked.clone(),
            };
            job.append(words, 0.0, format);
        }
        job
    }
}

fn format(color: Color32) -> TextFormat {
    TextFormat::simple(theme::serif(14.5), color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_of_words() {
        let diff = Diff::new("the quick fox ran", "the slow fox ran home");
        let of = |job: LayoutJob| job.text;
        assert_eq!(of(diff.before(&theme::LIGHT)), "the quick fox ran");
        assert_eq!(of(diff.now(&theme::LIGHT)), "the slow fox ran home");
        let marked: Vec<_> = diff
            .parts
            .iter()
            .filter(|(tag, _)| *tag != ChangeTag::Equal)
            .map(|(_, words)| words.trim())
            .collect();
        assert_eq!(marked, ["quick", "slow", "home"]);
    }
}
