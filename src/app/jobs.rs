//! Long work on threads: opening, importing, the system's file dialogs.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread::JoinHandle,
};

use egui::Context;

use crate::{
    import::{Format, Options},
    intake::{Line, Order, Progress, Reader, Taken, take_in},
    model::{CoderId, Project},
    store::{self, Opened},
};

/// A project that is being opened.
pub struct Opening {
    messages: Receiver<OpenMessage>,
    cancel: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// What opening sends.
pub enum OpenMessage {
    /// Labels and texts are there.
    Texts(Box<Project>),
    /// Everything is.
    Done(Box<Opened>),
    /// It can't be opened: why.
    Failed(String),
}

impl Opening {
    /// Starts opening `folder`, once `prepare` has been done.
    pub fn start(
        folder: PathBuf,
        coder: CoderId,
        ctx: Context,
        prepare: impl FnOnce() -> Result<(), String> + Send + 'static,
    ) -> Self {
        let (send, messages) = mpsc::channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&cancel);
        let thread = std::thread::spawn(move || {
            let texts = |project: Project| {
                let _ = send.send(OpenMessage::Texts(Box::new(project)));
                ctx.request_repaint();
            };
            let open =
                || store::open_unless(&stop, &folder, coder, texts).map_err(|e| e.to_string());
            let message = match prepare().and_then(|()| open()) {
                Ok(opened) => OpenMessage::Done(Box::new(opened)),
                Err(error) => OpenMessage::Failed(error),
            };
            // Nobody listens any more when another project was opened meanwhile.
            let _ = send.send(message);
            ctx.request_repaint();
        });
        Self {
            messages,
            cancel,
            thread,
        }
    }

    /// Stops listening; the thread ends when it has let go of the project.
    pub fn abandon(self) -> JoinHandle<()> {
        self.cancel.store(true, Ordering::Relaxed);
        self.thread
    }

    /// The next message, if one is there.
    pub fn receive(&self) -> Option<OpenMessage> {
        self.messages.try_recv().ok()
    }
}

/// An import that is running.
pub struct Import {
    taken: Receiver<Taken>,
    /// How far it is, and stopping it.
    pub progress: Arc<Progress>,
    /// The report of which this import tries some files again.
    pub before: Vec<Line>,
}

impl Import {
    /// Starts importing files and folders into the project in `folder`.
    pub fn start(
        folder: &Path,
        project: Project,
        paths: Vec<PathBuf>,
        options: Options,
        reader: Reader,
        ctx: Context,
    ) -> Self {
        let (send, taken) = mpsc::channel();
        let wake = ctx.clone();
        let progress = Arc::new(Progress::new(move || wake.request_repaint()));
        let (shared, folder) = (Arc::clone(&progress), folder.to_owned());
        std::thread::spawn(move || {
            let order = Order {
                folder: &folder,
                project,
                paths: &paths,
                options,
                reader: &reader,
            };
            // Nobody waits any more when the project was closed: then nothing of it stays behind.
            if let Err(unheard) = send.send(take_in(order, &shared)) {
                unheard.0.discard();
            }
            ctx.request_repaint();
        });
        Self {
            taken,
            progress,
            before: Vec::new(),
        }
    }

    /// Stops it, and nothing of it comes in.
    pub fn abandon(self) {
        self.progress.abandon();
    }

    /// The result, once it is there.
    pub fn receive(&self) -> Option<Taken> {
        self.taken.try_recv().ok()
    }
}

/// What a file dialog is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A folder that is there.
    Folder,
    /// Files to read.
    Files,
    /// Folders of files to read.
    Folders,
    /// A file to write.
    Save(String),
}

/// The dialog showing files that can be read, first of all, then of each format, then anything.
fn readable(dialog: rfd::FileDialog) -> rfd::FileDialog {
    let formats = Format::ALL.map(|format| (format.to_string(), format.extensions()));
    let annotated = ("Annotated project".to_owned(), ["ron"].as_slice());
    let each: Vec<_> = formats.into_iter().chain([annotated]).collect();
    let all: Vec<&str> = each
        .iter()
        .flat_map(|(_, endings)| *endings)
        .copied()
        .collect();
    let dialog = dialog.add_filter("All that can be read", &all);
    let dialog = each.iter().fold(dialog, |dialog, (name, endings)| {
        dialog.add_filter(name, endings)
    });
    dialog.add_filter("All files", &["*"])
}

/// The system's file dialogs, each on a thread of its own.
pub struct Paths {
    ctx: Context,
    send: Sender<Option<Vec<PathBuf>>>,
    receive: Receiver<Option<Vec<PathBuf>>>,
    asking: bool,
}

impl Paths {
    /// None is open.
    pub fn new(ctx: Context) -> Self {
        let (send, receive) = mpsc::channel();
        Self {
            ctx,
            send,
            receive,
            asking: false,
        }
    }

    /// The context, for other threads to wake the window with.
    pub fn ctx(&self) -> Context {
        self.ctx.clone()
    }

    /// Whether a dialog is open.
    pub fn asking(&self) -> bool {
        self.asking
    }

    /// Shows a dialog, unless one is open.
    pub fn ask(&mut self, ask: Ask, title: &str) {
        if std::mem::replace(&mut self.asking, true) {
            return;
        }
        let (send, ctx) = (self.send.clone(), self.ctx.clone());
        let dialog = rfd::FileDialog::new().set_title(title);
        std::thread::spawn(move || {
            let paths = match ask {
                Ask::Folder => dialog.pick_folder().map(|p| vec![p]),
                Ask::Files => readable(dialog).pick_files(),
                Ask::Folders => dialog.pick_folders(),
                Ask::Save(name) => dialog.set_file_name(name).save_file().map(|p| vec![p]),
            };
            // A cancelled dialog and one that the system could not show look the same: the path can always be typed.
            let _ = send.send(paths);
            ctx.request_repaint();
        });
    }

    /// What the dialogs brought since the last time.
    pub fn take(&mut self) -> Vec<Vec<PathBuf>> {
        let all: Vec<_> = self.receive.try_iter().collect();
        if !all.is_empty() {
            self.asking = false;
        }
        all.into_iter().flatten().collect()
    }
}
