//! `glossator tag`: a passage found by its quote gets labels.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
    quote::{self, shortened},
};
use crate::{
    edit::{Edit, compose},
    export::cite::locator,
    model::{CoderId, Highlight, HighlightId, LabelId, Project, ReadingId, Stance},
    store::new_highlight_id,
    text::Paragraphs,
};

/// Tag a passage, found by its words, with labels, a stance, a note
#[derive(Args, Debug)]
#[command(after_help = "\
The quote must stand in the reading letter for letter; only white space may differ. Where it stands more than once, --nth says \
which place is meant. Tagging your own highlight of the same passage again adds labels and the note to it; a stance is replaced.

Examples:
  glossator tag seminar --reading walt --quote \"threat, not power\" --label Trust
  glossator tag seminar --reading walt --quote threat --nth 3 --label Trust \\
      --stance contests --note \"Too strong?\"")]
pub struct Tag {
    #[command(flatten)]
    folder: Folder,
    /// The reading, by its slug (the name of its folder), its title, an author's surname, or a part that fits no other
    #[arg(long, value_name = "SLUG")]
    reading: String,
    /// The passage
    #[arg(long, value_name = "TEXT")]
    quote: String,
    /// A label, by its name; may be given several times
    #[arg(long = "label", value_name = "NAME", required = true)]
    labels: Vec<String>,
    /// What the passage does with the theory: supports, contests, qualifies, defines or applies
    #[arg(long, value_name = "STANCE", value_parser = stance)]
    stance: Option<Stance>,
    /// A note on the passage; it is put on a line of its own under a note that is there
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Which of the places where the quote stands, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    nth: Option<u32>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    coder: ByCoder,
}

/// A stance by its word.
pub fn stance(word: &str) -> Result<Stance, String> {
    word.parse().map_err(|_| {
        let words: Vec<&str> = Stance::ALL.iter().map(|s| s.word()).collect();
        format!("a stance is one of {}", words.join(", "))
    })
}

/// A highlight as it is now. Offsets are UTF-8 bytes of the reading's text, from 0, the end exclusive.
#[derive(Serialize)]
struct Tagged {
    id: String,
    reading: String,
    paragraph: String,
    /// Page and paragraph, as citations have them.
    place: String,
    start: u32,
    end: u32,
    quote: String,
    labels: Vec<String>,
    stance: Option<&'static str>,
    /// The stance that was there before, when it was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_stance: Option<&'static str>,
    note: String,
    coder: String,
    /// Whether anything was new.
    changed: bool,
}

impl Tag {
    pub fn run(self) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let coder = workspace.coder().clone();
        let now = Timestamp::now();
        let (edit, id, reading) = self.edit(workspace.project(), coder, now)?;
        let changed = edit.is_some();
        let stance = |project: &Project| project.highlight(&reading, id).and_then(|h| h.stance);
        let before = stance(workspace.project());
        if let Some(edit) = edit {
            project::perform(&mut workspace, edit, now)?;
        }
        let mut tagged = tagged(workspace.project(), &reading, id, changed);
        if let Some(tagged) = &mut tagged
            && before != stance(workspace.project())
        {
            tagged.replaced_stance = before.map(Stance::word);
        }
        project::finish(workspace)?;
        let tagged = tagged.ok_or_else(|| Failure::new("the highlight is not there any more"))?;
        output::print(self.format, &tagged, table)?;
        Ok(DONE)
    }

    /// The edit that tags, unless the passage is tagged just so, and the highlight it concerns.
    fn edit(
        &self,
        project: &Project,
        coder: CoderId,
        at: Timestamp,
    ) -> Result<(Option<Edit>, HighlightId, ReadingId), Failure> {
        let reading = project::reading(project, &self.reading)?;
        let labels = self
            .labels
            .iter()
            .map(|name| project::label(project, name).map(|l| l.id.clone()))
            .collect::<Result<Vec<LabelId>, _>>()?;
        let span = quote::find(reading, &self.quote, self.nth)?;
        let empty = || Failure::usage("no label was given");
        let tagging = compose::Tagging {
            reading: reading.id.clone(),
            span,
            label: labels.first().cloned().ok_or_else(empty)?,
            coder,
            at,
            new_id: new_highlight_id(),
        };
        let (edit, id) =
            compose::tag(project, tagging).ok_or_else(|| Failure::new("the passage is empty"))?;
        let old = project.highlight(&reading.id, id).cloned();
        let tagged = match edit {
            Some(Edit::AddHighlight(h) | Edit::ChangeHighlight(h)) => Some(h),
            _ => old.clone(),
        };
        let Some(mut new) = tagged.map(Arc::unwrap_or_clone) else {
            return Ok((None, id, reading.id.clone()));
        };
        self.add_to(&mut new, &labels);
        let edit = match old {
            None => Some(Edit::AddHighlight(Arc::new(new))),
            Some(old) if is_same(&old, &new) => None,
            Some(old) => Some(compose::change(&old, at, |h| *h = new)),
        };
        Ok((edit, id, reading.id.clone()))
    }

    fn add_to(&self, highlight: &mut Highlight, labels: &[LabelId]) {
        for label in labels {
            if !highlight.labels.contains(label) {
                highlight.labels.push(label.clone());
            }
        }
        if self.stance.is_some() {
            highlight.stance = self.stance;
        }
        if let Some(note) = &self.note {
            add_note(&mut highlight.note, note.trim());
        }
    }
}

/// Puts a note under what is there, unless it is there.
fn add_note(old: &mut String, note: &str) {
    let is_there = format!("\n{old}\n").contains(&format!("\n{note}\n"));
    if note.is_empty() || is_there {
        return;
    }
    if !old.is_empty() {
        old.push('\n');
    }
    old.push_str(note);
}

fn is_same(old: &Highlight, new: &Highlight) -> bool {
    (&old.labels, old.stance, &old.note) == (&new.labels, new.stance, &new.note)
}

fn tagged(
    project: &Project,
    reading: &ReadingId,
    id: HighlightId,
    changed: bool,
) -> Option<Tagged> {
    let h = project.highlight(reading, id)?;
    let reading = project.reading(reading)?;
    let text = &reading.text;
    Some(Tagged {
        id: h.id.to_string(),
        reading: reading.id.to_string(),
        paragraph: Paragraphs::of(text, h.span).to_string(),
        place: locator(reading, h.span),
        start: h.span.start,
        end: h.span.end,
        quote: text.slice(h.span).to_owned(),
        labels: h
            .labels
            .iter()
            .map(|l| project.label_name(l).to_owned())
            .collect(),
        stance: h.stance.map(Stance::word),
        replaced_stance: None,
        note: h.note.clone(),
        coder: h.coder.to_string(),
        changed,
    })
}

fn table(tagged: &Tagged) -> String {
    let verb = if tagged.changed {
        "Tagged"
    } else {
        "Already tagged:"
    };
    let mut stance = tagged.stance.map(|s| format!(", {s}")).unwrap_or_default();
    if let Some(old) = tagged.replaced_stance {
        stance.push_str(&format!(" (no longer {old})"));
    }
    format!(
        "{verb} “{}” ({}, {}) with {}{stance}, by {}.",
        shortened(&tagged.quote),
        tagged.reading,
        tagged.place,
        tagged.labels.join(", "),
        tagged.coder
    )
}
