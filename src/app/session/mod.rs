//! An open project: its workspace, the reader, and what is chosen and hidden. Edits go through here.

mod claims;
pub(super) mod drafts;
mod tagging;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;

use super::{Command, excerpts::Request, reader::Reader, settings::ProjectView};
use crate::{
    analysis::Corpus,
    edit::Edit,
    export::{
        cite::Names,
        finding::{Finding, What},
    },
    model::{CoderId, Highlight, HighlightId, Label, LabelId, Project, ReadingId, Shelf},
    store::{Problem, ProblemKind, Workspace},
    text::Span,
};

/// The project as far as it is there.
enum Work {
    /// Texts and labels; highlights are still being read.
    Loading(Box<Project>, PathBuf),
    /// All of it, ready to be changed.
    Ready(Box<Workspace>),
}

/// What fills the middle of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A reading.
    #[default]
    Read,
    /// The list of excerpts.
    Excerpts,
    /// The comparison.
    Compare,
    /// A packet.
    Packet,
}

/// What is in focus and which label is chosen.
pub type Scene = (Option<HighlightId>, Option<LabelId>);

/// A note as it is being written.
pub struct NoteDraft {
    /// The reading it is in.
    pub reading: ReadingId,
    /// Whose note.
    pub highlight: HighlightId,
    /// The text so far.
    pub text: String,
    /// When it was last changed, in seconds of the window's clock; `None` when it is saved.
    pub touched: Option<f64>,
}

/// An open project and what the window shows of it.
pub struct Session {
    work: Work,
    coder: CoderId,
    /// Goes up whenever the project changes.
    pub revision: u64,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Which view shows.
    pub view: View,
    /// The view from which a passage was opened in the reader, until another is chosen.
    pub came_from: Option<View>,
    corpus: Option<(u64, Arc<Corpus>)>,
    /// What the view of excerpts keeps.
    pub(super) excerpts: super::excerpts::State,
    /// What finding keeps.
    pub(super) find: super::find::State,
    /// What the comparison keeps.
    pub(super) compare: super::compare::State,
    /// What the view of packets keeps.
    pub(super) packet: super::packet::State,
    /// The reading that shows.
    pub reading: Option<ReadingId>,
    /// The reader.
    pub reader: Reader,
    /// Where each reading was left, in bytes.
    pub positions: BTreeMap<ReadingId, u32>,
    /// Labels whose highlights are hidden.
    pub hidden: BTreeSet<LabelId>,
    /// The label whose highlights alone show.
    pub only: Option<LabelId>,
    /// The label whose definition is wanted, and what was in focus and chosen when it was pointed at.
    pub pointed: Option<(LabelId, Scene)>,
    /// The note being written.
    pub note: Option<NoteDraft>,
    /// The claim being written.
    pub claim: Option<claims::ClaimDraft>,
    /// The text of a packet being written.
    pub(super) draft: Option<drafts::Draft>,
    /// What became of the highlights of a reading that was replaced, while that is looked through.
    pub(super) review: Option<super::review::Review>,
    /// Whether the note field should take the keyboard.
    pub note_wants_keyboard: bool,
    saved_view: Option<ProjectView>,
    /// Where the rows of readings showed last, for files that are dropped on them.
    pub(super) rows: Vec<(ReadingId, egui::Rect)>,
    pub(super) strips: HashMap<ReadingId, ((usize, u64), super::readings::Strip)>,
}

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
            excerpts: super::excerpts::State::default(),
            find: super::find::State::default(),
            compare: super::compare::State::default(),
            packet: super::packet::State::default(),
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

    fn open_first(&mut self) {
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

    /// The project.
    pub fn project(&self) -> &Project {
        match &self.work {
            Work::Loading(project, _) => project,
            Work::Ready(workspace) => workspace.project(),
        }
    }

    /// The project as analyses see it, as it is now. Made anew after a change, sharing what did not change.
    pub fn corpus(&mut self) -> Arc<Corpus> {
        let revision = self.revision;
        let corpus = match self.corpus.take() {
            Some((made, corpus)) if made == revision => corpus,
            Some((_, old)) => Arc::new(old.renewed(self.project())),
            None => Arc::new(Corpus::new(self.project())),
        };
        self.corpus = Some((revision, Arc::clone(&corpus)));
        corpus
    }

    /// What was found in the project as it is now, to be saved or copied.
    pub fn finding(&mut self, what: What) -> Finding {
        Finding {
            names: Arc::new(Names::of(self.project())),
            corpus: self.corpus(),
            what,
        }
    }

    /// Shows another view.
    pub fn show_view(&mut self, view: View) {
        self.came_from = None;
        self.view = view;
        self.reader.leave_keyboard();
        self.excerpts.leave_keyboard();
        self.packet.leave_keyboard();
        self.take_keyboard();
    }

    /// How many hits in all readings are listed.
    pub fn hits(&self) -> usize {
        self.find.listed()
    }

    /// Has the view that shows take the keyboard at the next frame.
    pub fn take_keyboard(&mut self) {
        match self.view {
            View::Read => self.reader.take_keyboard(),
            View::Excerpts => self.excerpts.take_keyboard(),
            View::Compare => {}
            View::Packet => self.packet.take_keyboard(),
        }
    }

    /// Where what is in focus or selected shows on the screen, if it does.
    pub fn anchor(&self) -> Option<egui::Rect> {
        match self.view {
            View::Read => (self.reader.selection_rect()).or_else(|| self.reader.focus_rect()),
            View::Excerpts => self.excerpts.focus_rect(),
            View::Compare | View::Packet => None,
        }
    }

    /// Shows a passage in the reader, with its highlight in focus or selected, and remembers from which view.
    pub fn open_passage(&mut self, id: &ReadingId, span: Span, highlight: Option<HighlightId>) {
        let from = self
            .came_from
            .or((self.view != View::Read).then_some(self.view));
        self.show_view(View::Read);
        self.came_from = from;
        self.open_reading(id);
        self.reader.clear_selection();
        self.reader.set_focus(highlight);
        match highlight {
            Some(_) => self.reader.reveal(span),
            None => self.reader.select(span),
        }
    }

    /// The project's folder.
    pub fn folder(&self) -> &Path {
        match &self.work {
            Work::Loading(_, folder) => folder,
            Work::Ready(workspace) => workspace.folder(),
        }
    }

    /// The workspace, once everything is read.
    pub fn workspace(&self) -> Option<&Workspace> {
        match &self.work {
            Work::Loading(..) => None,
            Work::Ready(workspace) => Some(workspace),
        }
    }

    /// The workspace, to change it.
    pub fn workspace_mut(&mut self) -> Option<&mut Workspace> {
        match &mut self.work {
            Work::Loading(..) => None,
            Work::Ready(workspace) => Some(workspace),
        }
    }

    /// Gives the workspace out, to be closed.
    pub fn into_workspace(self) -> Option<Workspace> {
        match self.work {
            Work::Loading(..) => None,
            Work::Ready(workspace) => Some(*workspace),
        }
    }

    /// Who edits.
    pub fn coder(&self) -> &CoderId {
        &self.coder
    }

    /// Has someone else edit from now on.
    pub fn set_coder(&mut self, coder: CoderId) -> Result<(), String> {
        if let Work::Ready(workspace) = &mut self.work {
            workspace
                .set_coder(coder.clone())
                .map_err(|e| e.to_string())?;
        }
        self.coder = coder;
        self.touch();
        Ok(())
    }

    /// The reading that shows, with its highlights.
    pub fn shelf(&self) -> Option<&Shelf> {
        self.project().shelf(self.reading.as_ref()?)
    }

    /// The selected passage, or else that of the highlight in focus.
    pub fn passage(&self) -> Option<Span> {
        self.reader
            .selected()
            .or_else(|| self.focused().map(|h| h.span))
    }

    /// What is in focus and which label is chosen.
    pub fn scene(&self) -> Scene {
        let focus = match self.view {
            View::Excerpts => self.excerpts.focused().map(|(_, h)| h.id),
            _ => self.reader.focus(),
        };
        (focus, self.only.clone())
    }

    /// Has a label's definition shown until something else comes into focus or is chosen.
    pub fn point_at(&mut self, label: LabelId) {
        self.pointed = Some((label, self.scene()));
    }

    /// Whether the view that shows is filtered by a label.
    pub fn chooses(&self, label: &Label) -> bool {
        match self.view {
            View::Excerpts => self.excerpts.filters_label(label),
            _ => self.only.as_ref() == Some(&label.id),
        }
    }

    /// What a click on a label asks for: that the view that shows is filtered by it, or not any more. With `more` beside other
    /// labels, where the view can do that.
    pub fn choosing(&self, label: &LabelId, more: bool) -> Command {
        match self.view {
            View::Excerpts => Command::Excerpts(Request::Label(Some(label.clone()), more)),
            _ => {
                let again = self.only.as_ref() == Some(label);
                Command::Filter((!again).then(|| label.clone()))
            }
        }
    }

    /// Whether what is in focus in the view that shows carries a label.
    pub fn is_on_focus(&self, label: &LabelId) -> bool {
        match self.view {
            View::Excerpts => {
                let focused = self.excerpts.focused();
                focused.is_some_and(|(_, h)| h.labels.contains(label))
            }
            _ => self.focused().is_some_and(|h| h.labels.contains(label)),
        }
    }

    /// The highlight in focus.
    pub fn focused(&self) -> Option<&Highlight> {
        let shelf = self.shelf()?;
        shelf.highlights.get(self.reader.focus()?).map(|h| &**h)
    }

    /// Shows a reading where it was left.
    pub fn open_reading(&mut self, id: &ReadingId) {
        if self.reading.as_ref() == Some(id) {
            return;
        }
        if let Some(old) = self.reading.take() {
            self.positions.insert(old, self.reader.position());
        }
        self.reader
            .open_at(self.positions.get(id).copied().unwrap_or_default());
        self.reading = Some(id.clone());
    }

    /// Shows the reading `by` places further down the list.
    pub fn step_reading(&mut self, by: isize) {
        let ids: Vec<ReadingId> = self
            .project()
            .shelves()
            .iter()
            .map(|s| s.reading.id.clone())
            .collect();
        let at = ids.iter().position(|id| Some(id) == self.reading.as_ref());
        let next = at
            .and_then(|i| i.checked_add_signed(by))
            .and_then(|i| ids.get(i));
        if let Some(id) = next.cloned() {
            self.open_reading(&id);
        }
    }

    /// Puts the next or previous highlight that shows in focus.
    pub fn step_highlight(&mut self, forward: bool) {
        let Some(shelf) = self.shelf() else { return };
        let only = self.only_set();
        let set = &shelf.highlights;
        let step = |h: &Highlight| if forward { set.after(h) } else { set.before(h) };
        let mut next = match self.focused() {
            Some(h) => step(h),
            None => {
                let visible = self.reader.visible();
                let from = self.reader.selected().map(|s| s.start);
                match forward {
                    true => match from.unwrap_or(visible.start).checked_sub(1) {
                        Some(before) => set.next_after(before),
                        None => set.iter().next(),
                    },
                    false => set.last_before(from.unwrap_or(visible.end)),
                }
            }
        };
        while let Some(h) = next.filter(|h| !self.shows(h, only.as_ref())) {
            next = step(h);
        }
        let found = next.map(|h| (h.id, h.span));
        if let Some((id, span)) = found {
            self.reader.clear_selection();
            self.reader.set_focus(Some(id));
            self.reader.reveal(span);
        }
    }

    fn shows(&self, h: &Highlight, only: Option<&BTreeSet<LabelId>>) -> bool {
        h.labels
            .iter()
            .any(|l| !self.hidden.contains(l) && only.is_none_or(|only| only.contains(l)))
    }

    /// Takes note that a label of which a merge left two versions is settled.
    pub fn settled(&mut self, label: &LabelId) {
        self.problems.retain(
            |p| !matches!(&p.kind, ProblemKind::Conflict { ours, .. } if ours.id == *label),
        );
    }

    /// Hides a label's highlights, or shows them again.
    pub fn toggle_hidden(&mut self, label: LabelId) {
        if !self.hidden.remove(&label) {
            self.hidden.insert(label);
        }
    }

    /// The labels of the filter: the chosen one and those under it.
    pub fn only_set(&self) -> Option<BTreeSet<LabelId>> {
        self.only
            .as_ref()
            .map(|id| self.project().with_descendants(id))
    }

    /// Carries an edit out. The text of an error is for people.
    pub fn perform(&mut self, edit: Edit) -> Result<(), String> {
        let Work::Ready(workspace) = &mut self.work else {
            return Err("The highlights are still being read; try again in a moment.".to_owned());
        };
        workspace
            .perform(edit, Timestamp::now())
            .map_err(|e| format!("That can't be done: {e}."))?;
        self.touch();
        Ok(())
    }

    /// As [`Self::perform`], under a description of its own.
    pub fn perform_as(&mut self, what: String, edit: Edit) -> Result<(), String> {
        let Work::Ready(workspace) = &mut self.work else {
            return Err("The highlights are still being read; try again in a moment.".to_owned());
        };
        workspace
            .perform_as(what, edit, Timestamp::now())
            .map_err(|e| format!("That can't be done: {e}."))?;
        self.touch();
        Ok(())
    }

    /// Takes back the coder's last edit. Returns what to tell.
    pub fn undo(&mut self) -> Result<String, String> {
        self.travel(
            |w| w.undo(Timestamp::now()).map_err(|e| e.to_string()),
            "Undone",
            "Nothing to undo",
        )
    }

    /// Does again what was undone.
    pub fn redo(&mut self) -> Result<String, String> {
        self.travel(
            |w| w.redo(Timestamp::now()).map_err(|e| e.to_string()),
            "Done again",
            "Nothing to redo",
        )
    }

    fn travel(
        &mut self,
        step: impl FnOnce(&mut Workspace) -> Result<Option<String>, String>,
        done: &str,
        nothing: &str,
    ) -> Result<String, String> {
        self.commit_note()?;
        let Work::Ready(workspace) = &mut self.work else {
            return Err("The highlights are still being read; try again in a moment.".to_owned());
        };
        // A refusal too may have left an entry, that it was passed over.
        let what = step(workspace);
        self.touch();
        self.note = None;
        self.claim = None;
        self.draft = None;
        let what = what?;
        Ok(what.map_or_else(|| format!("{nothing}."), |what| format!("{done}: {what}")))
    }

    /// Goes back to the state just after entry `n` of the coder's history. Returns what could not be brought back.
    pub fn go_back_to(&mut self, n: u64) -> Result<Option<String>, String> {
        self.commit_note()?;
        let Work::Ready(workspace) = &mut self.work else {
            return Ok(None);
        };
        let rest = workspace
            .go_back_to(n, Timestamp::now())
            .map_err(|e| e.to_string());
        self.touch();
        self.note = None;
        self.claim = None;
        self.draft = None;
        rest
    }

    /// Lets the workspace do what it does between edits. Returns whether something new is wrong with the files; what others
    /// changed there may have come in then.
    pub fn idle(&mut self) -> bool {
        let Work::Ready(workspace) = &mut self.work else {
            return false;
        };
        workspace.on_idle(Timestamp::now());
        let mut new = workspace.take_problems();
        if new.is_empty() {
            return false;
        }
        self.problems.append(&mut new);
        self.touch();
        true
    }

    /// Takes note that the project changed: what is gone is not in focus any more, what was removed does not show.
    pub fn touch(&mut self) {
        self.revision += 1;
        let project = self.project();
        let reading_gone = self
            .reading
            .as_ref()
            .is_some_and(|r| project.shelf(r).is_none());
        let label_gone = self
            .only
            .as_ref()
            .is_some_and(|l| project.label(l).is_none());
        let review_gone =
            (self.review.as_ref()).is_some_and(|r| self.project().shelf(r.reading()).is_none());
        if review_gone {
            self.review = None;
        }
        if reading_gone {
            let gone = self.reading.take();
            // Of a reading that was replaced, or whose replacement was taken back, the other version shows.
            if let Some(other) = gone.and_then(|gone| self.other_version(&gone)) {
                self.open_reading(&other);
            }
        }
        if label_gone {
            self.only = None;
        }
        if self.reading.is_none() {
            self.open_first();
        }
        if self.focused().is_none() {
            self.reader.set_focus(None);
        }
    }

    /// The version that stands in the place of one that does not show.
    fn other_version(&self, gone: &ReadingId) -> Option<ReadingId> {
        let project = self.project();
        let older = project.removed_shelf(gone)?.reading.revises.clone();
        let older = older.filter(|id| project.shelf(id).is_some());
        older.or_else(|| project.current(gone).map(|r| r.id.clone()))
    }
}
