//! An open project: its workspace, the reader, and what is chosen and hidden. Edits go through here.

mod claims;
pub(super) mod drafts;
mod edits;
mod moving;
mod opening;
mod tagging;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Command, excerpts::Request, reader::Reader, settings::ProjectView};
use crate::{
    analysis::Corpus,
    export::{
        cite::Names,
        finding::{Finding, What},
    },
    model::{CoderId, Highlight, HighlightId, Label, LabelId, Project, ReadingId, Shelf},
    store::{Problem, Workspace},
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
}
