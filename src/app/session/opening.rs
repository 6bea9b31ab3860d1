//! Opening a project, and what of its view is kept until the next time.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::PathBuf,
};

use super::{Session, View, Work};
use crate::{
    app::{compare, excerpts, find, packet, reader::Reader, settings::ProjectView},
    model::{CoderId, LabelId, Project, ReadingId},
    store::{Problem, Workspace},
};

impl Session {
    /// A session of which texts and labels are there.
    pub fn loading(project: Project, folder: PathBuf, coder: CoderId) -> Self {
        let view = ProjectView::load(&folder);
        let mut session = Self {
            work: Work::Loading(Box::new(project), folder),
            coder,
            revision: 0,
            problems: Vec::new(),
            view: View::default(),
            came_from: None,
            corpus: None,
            excerpts: excerpts::State::default(),
            find: find::State::default(),
            compare: compare::State::default(),
            packet: packet::State::default(),
            reading: None,
            reader: Reader::default(),
            positions: BTreeMap::new(),
            hidden: BTreeSet::new(),
            only: None,
            pointed: None,
            note: None,
            claim: None,
            draft: None,
            review: None,
            note_wants_keyboard: false,
            rows: Vec::new(),
            strips: HashMap::new(),
            saved_view: None,
        };
        session.restore(view);
        session
    }

    /// Puts the whole project in the place of what was there so far.
    pub fn finish(
        &mut self,
        mut workspace: Workspace,
        mut problems: Vec<Problem>,
    ) -> Result<(), String> {
        // Someone else may have sat down while it was read.
        let changed = if workspace.coder() == &self.coder {
            Ok(())
        } else {
            workspace
                .set_coder(self.coder.clone())
                .map_err(|e| e.to_string())
        };
        self.coder = workspace.coder().clone();
        self.work = Work::Ready(Box::new(workspace));
        self.problems.append(&mut problems);
        self.touch();
        if self
            .reading
            .as_ref()
            .is_none_or(|r| self.project().shelf(r).is_none())
        {
            self.open_first();
        }
        changed
    }

    fn restore(&mut self, view: ProjectView) {
        self.positions = view
            .positions
            .into_iter()
            .filter_map(|(id, at)| Some((ReadingId::new(&id).ok()?, at)))
            .collect();
        self.excerpts.restore(&view.excerpts);
        self.hidden = view
            .hidden
            .iter()
            .filter_map(|id| LabelId::new(id).ok())
            .collect();
        self.compare.kept = view.compare;
        self.packet.kept = view.packet;
        let wanted = view.reading.and_then(|id| ReadingId::new(&id).ok());
        match wanted.filter(|id| self.project().shelf(id).is_some()) {
            Some(id) => self.open_reading(&id),
            None => self.open_first(),
        }
    }

    pub(super) fn open_first(&mut self) {
        let first = self
            .project()
            .shelves()
            .first()
            .map(|s| s.reading.id.clone());
        match first {
            Some(id) => self.open_reading(&id),
            None => self.reading = None,
        }
    }

    /// Writes what the window shows into the project's folder, when it changed.
    pub fn save_view(&mut self) {
        let view = self.view();
        if self.workspace().is_some() && self.saved_view.as_ref() != Some(&view) {
            // The window's state is a convenience: a folder that can't be written to is told of elsewhere.
            let _ = view.save(self.folder());
            self.saved_view = Some(view);
        }
    }

    /// What to remember of the window, as it is now.
    fn view(&self) -> ProjectView {
        let mut positions = self.positions.clone();
        if let Some(reading) = &self.reading {
            positions.insert(reading.clone(), self.reader.position());
        }
        ProjectView {
            reading: self.reading.as_ref().map(ToString::to_string),
            positions: positions
                .into_iter()
                .map(|(id, at)| (id.to_string(), at))
                .collect(),
            hidden: self.hidden.iter().map(ToString::to_string).collect(),
            compare: self.compare.kept.clone(),
            excerpts: self.excerpts.remembered(),
            packet: self.packet.kept.clone(),
        }
    }
}
