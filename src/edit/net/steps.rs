//! Edits that are carried out one by one, as far as they fit.

use crate::{
    edit::{Edit, EditError, apply, replay},
    model::{Label, Project},
};

/// Edits that are carried out one by one.
pub(super) struct Steps<'a> {
    pub(super) project: &'a mut Project,
    about_to: &'a mut dyn FnMut(&Project, &Edit),
    pub(super) done: Vec<Edit>,
    pub(super) inverses: Vec<Edit>,
    pub(super) refused: Vec<String>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(
        project: &'a mut Project,
        about_to: &'a mut dyn FnMut(&Project, &Edit),
    ) -> Self {
        Self {
            project,
            about_to,
            done: Vec::new(),
            inverses: Vec::new(),
            refused: Vec::new(),
        }
    }

    pub(super) fn refuse(&mut self, why: String) {
        if !self.refused.contains(&why) {
            self.refused.push(why);
        }
    }

    /// Carries out what fits, whatever has to come first.
    pub(super) fn carry_out(&mut self, pending: Vec<Edit>) {
        if self.attempt(pending.clone(), true).is_empty() {
            return;
        }
        // Nothing is left put aside for an edit that never fits.
        for inverse in std::mem::take(&mut self.inverses).into_iter().rev() {
            replay(self.project, inverse);
        }
        self.done.clear();
        for error in self.attempt(pending, false) {
            self.refuse(error.to_string());
        }
    }

    /// Carries out what fits and says why the rest does not.
    fn attempt(&mut self, mut pending: Vec<Edit>, may_make_way: bool) -> Vec<EditError> {
        loop {
            let before = pending.len();
            let mut why = Vec::new();
            pending.retain(|edit| match self.step(edit) {
                Ok(()) => false,
                Err(error) => {
                    why.push(error);
                    true
                }
            });
            let stuck = pending.len() == before
                && !self.add_bare(&mut pending)
                && !(may_make_way && self.make_way(&pending));
            if pending.is_empty() || stuck {
                return why;
            }
        }
    }

    fn step(&mut self, edit: &Edit) -> Result<(), EditError> {
        (self.about_to)(self.project, edit);
        let inverse = apply(self.project, edit.clone())?;
        self.done.push(edit.clone());
        self.inverses.push(inverse);
        Ok(())
    }

    /// When labels that are to come back name each other: adds one without the labels it names, which it gets afterwards.
    fn add_bare(&mut self, pending: &mut [Edit]) -> bool {
        pending.iter_mut().any(|edit| {
            let Edit::AddLabel(label) = edit else {
                return false;
            };
            if label.parent.is_none() && label.contrast.is_none() {
                return false;
            }
            let bare = Label {
                parent: None,
                contrast: None,
                ..label.clone()
            };
            let added = self.step(&Edit::AddLabel(bare)).is_ok();
            if added {
                *edit = Edit::ChangeLabel(label.clone());
            }
            added
        })
    }

    /// When labels stand in each other's way, as those do that are to swap their names or places: puts one of them aside. Each
    /// is put aside once at most, since it then is in no one's way.
    fn make_way(&mut self, pending: &[Edit]) -> bool {
        pending.iter().any(|edit| {
            let (Edit::ChangeLabel(Label { id, .. }) | Edit::RemoveLabel(id)) = edit else {
                return false;
            };
            let Some(now) = self.project.label(id) else {
                return false;
            };
            let aside = format!("{id} ({id})");
            if now.name == aside {
                return false;
            }
            let mut way = now.clone();
            way.name = aside;
            way.parent = None;
            way.contrast = None;
            self.step(&Edit::ChangeLabel(way)).is_ok()
        })
    }
}
