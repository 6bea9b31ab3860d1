//! Notebooks that changed on disk.

use std::path::PathBuf;

use crate::{
    edit::Edit,
    model::{CoderId, Notebook},
    store::{
        Problem, ProblemKind, Workspace,
        notebook_file::{self, both},
        register::Base,
    },
};

impl Workspace {
    /// Takes what differs from the base on disk only, entry by entry; what differs on both sides is kept from both.
    pub(super) fn take_notebook(
        &mut self,
        base: Option<Base>,
        mut read: notebook_file::Read,
        coder: &CoderId,
        path: PathBuf,
    ) -> Base {
        self.problems.append(&mut read.problems);
        if read.keep {
            self.blocked.insert(path.clone());
        }
        let base = match base {
            Some(Base::Notebook(base)) => base,
            _ => Notebook::default(),
        };
        let ours = self.project.notebooks().get(coder).cloned();
        let ours = ours.unwrap_or_default();
        let theirs = read.notebook;
        let mut told = Told::default();
        // Of a file that could not be read as a whole it is not known what is not there any more.
        let gone = base.iter().filter(|_| !read.keep);
        let gone = gone.filter(|(about, _)| theirs.get(about).is_none());
        for (about, was) in gone {
            if ours.get(about) == Some(was) {
                told.gone += 1;
                self.take(Edit::Jot(coder.clone(), about.clone(), None));
            }
        }
        for (about, text) in theirs.iter() {
            let (was, is) = (base.get(about), ours.get(about));
            if was == Some(text) || is == Some(text) {
                continue;
            }
            let taken = match is {
                Some(is) if was != Some(is) => {
                    told.both += 1;
                    both(&ours, about.clone(), Some(is), text)
                }
                _ => {
                    told.taken += 1;
                    vec![(about.clone(), text.to_owned())]
                }
            };
            for (about, text) in taken {
                self.take(Edit::Jot(coder.clone(), about, Some(text)));
            }
        }
        told.tell(&path, &mut self.problems);
        Base::Notebook(theirs)
    }
}

/// What came of a notebook that changed on disk: how many entries.
#[derive(Default)]
struct Told {
    taken: usize,
    gone: usize,
    both: usize,
}

impl Told {
    fn tell(&self, path: &std::path::Path, problems: &mut Vec<Problem>) {
        let entries = |n: usize, one: &str, many: &str| match n {
            1 => format!("changed on disk: 1 entry {one}"),
            n => format!("changed on disk: {n} entries {many}"),
        };
        let mut tell = |what: String, hint: &str| {
            problems.push(Problem::new(ProblemKind::Merged, path, what, hint));
        };
        if self.taken > 0 {
            let what = entries(
                self.taken,
                "came in or was changed",
                "came in or were changed",
            );
            tell(what, "they were taken");
        }
        if self.gone > 0 {
            let what = entries(self.gone, "was taken out", "were taken out");
            tell(what, "they were taken out here, too; the history has them");
        }
        if self.both > 0 {
            let what = entries(
                self.both,
                "was changed there and here",
                "were changed there and here",
            );
            tell(what, "both versions were kept; check them");
        }
    }
}
