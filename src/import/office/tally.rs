//! What a reader left out or took in, to be told afterwards.

use crate::import::counted;

/// Counts of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Comments, left out.
    pub comments: usize,
    /// Tracked insertions, taken in.
    pub insertions: usize,
    /// Tracked deletions, left out.
    pub deletions: usize,
    /// Tables of contents, left out.
    pub contents: usize,
}

impl Tally {
    /// The same in sentences.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.insertions + self.deletions > 0 {
            remarks.push(format!(
                "Its changes are tracked: {} taken in, {} left out.",
                counted(self.insertions, "insertion", "insertions"),
                counted(self.deletions, "deletion", "deletions")
            ));
        }
        if self.comments > 0 {
            let what = counted(self.comments, "comment", "comments");
            remarks.push(format!("Left out {what}."));
        }
        if self.contents > 0 {
            remarks.push("Left out the table of contents: the headings say as much.".to_owned());
        }
        remarks
    }
}
