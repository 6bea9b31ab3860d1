//! Long work on threads: opening, importing, the system's file dialogs.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread::JoinHandle,
};

use egui::Context;
use jiff::Timestamp;

use super::words::counted;
use crate::{
    edit::{Edit, apply},
    export::ron::Annotated,
    import::{
        self,
        files::{self, Found},
    },
    model::{CoderId, Project, ReadingId},
    store::{self, Opened, ReadingWriter},
    text::sha256,
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

/// What an import brought of one file.
#[derive(Clone, Debug)]
pub struct Line {
    /// The file's name.
    pub file: String,
    /// What came in, or why it did not.
    pub result: Result<String, String>,
    /// What else is to be said of it.
    pub remarks: Vec<String>,
}

/// What an import sends when it is through.
pub struct ImportMessage {
    /// What to do to the project.
    pub edits: Vec<Edit>,
    /// One line a file.
    pub report: Vec<Line>,
    /// How many annotated files were among them.
    pub annotated: usize,
}

/// An import that is running.
pub struct Import {
    message: Receiver<ImportMessage>,
    writer: ReadingWriter,
    /// How many files there are, and how many are done.
    pub total: Arc<AtomicUsize>,
    /// How many are done.
    pub done: Arc<AtomicUsize>,
    /// Set to stop after the file at hand.
    pub cancel: Arc<AtomicBool>,
}

impl Import {
    /// Starts importing files and folders into the project in `folder`.
    pub fn start(folder: &Path, project: Project, paths: Vec<PathBuf>, ctx: Context) -> Self {
        let (send, message) = mpsc::channel();
        let import = Self {
            message,
            writer: ReadingWriter::new(folder),
            total: Arc::default(),
            done: Arc::default(),
            cancel: Arc::default(),
        };
        let (total, done, cancel) = (
            Arc::clone(&import.total),
            Arc::clone(&import.done),
            Arc::clone(&import.cancel),
        );
        let writer = import.writer.clone();
        std::thread::spawn(move || {
            let found: Vec<_> = paths.iter().map(|p| (p, files::texts_in(p))).collect();
            let count = found.iter().map(|(_, f)| f.files.len()).sum();
            total.store(count, Ordering::Relaxed);
            let mut run = Run {
                project,
                writer,
                message: ImportMessage {
                    edits: Vec::new(),
                    report: Vec::new(),
                    annotated: 0,
                },
            };
            for (path, found) in found {
                run.say_unfound(path, &found);
                for file in &found.files {
                    if cancel.load(Ordering::Relaxed) {
                        let line = Err("not imported: the import was cancelled".to_owned());
                        run.say(file, line, Vec::new());
                    } else {
                        run.take(file);
                        done.fetch_add(1, Ordering::Relaxed);
                        ctx.request_repaint();
                    }
                }
            }
            // Nobody waits any more when the project was closed: then nothing of it stays behind.
            if let Err(unheard) = send.send(run.message) {
                for edit in unheard.0.edits {
                    if let Edit::AddReading(reading) = edit {
                        run.writer.discard(&reading.id);
                    }
                }
            }
            ctx.request_repaint();
        });
        import
    }

    /// Stops it; what it wrote already is removed again.
    pub fn abandon(self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Removes the folders of readings that did not become part of the project.
    pub fn discard(&self, ids: &[ReadingId]) {
        ids.iter().for_each(|id| self.writer.discard(id));
    }

    /// The result, once it is there.
    pub fn receive(&mut self) -> Option<ImportMessage> {
        self.message.try_recv().ok()
    }
}

struct Run {
    project: Project,
    writer: ReadingWriter,
    message: ImportMessage,
}

impl Run {
    fn say(&mut self, file: &Path, result: Result<String, String>, remarks: Vec<String>) {
        let file = file
            .file_name()
            .unwrap_or(file.as_os_str())
            .to_string_lossy()
            .into_owned();
        self.message.report.push(Line {
            file,
            result,
            remarks,
        });
    }

    /// Says which folders could not be looked into, and that a folder held nothing.
    fn say_unfound(&mut self, path: &Path, found: &Found) {
        for (folder, error) in &found.unreadable {
            self.say(
                folder,
                Err(format!("can't be looked into: {error}")),
                Vec::new(),
            );
        }
        if found.files.is_empty() && found.unreadable.is_empty() {
            self.say(
                path,
                Err("holds no .txt or .md files".to_owned()),
                Vec::new(),
            );
        }
    }

    fn take(&mut self, file: &Path) {
        match self.import(file) {
            Ok((what, remarks)) => self.say(file, Ok(what), remarks),
            Err(error) => self.say(file, Err(error), Vec::new()),
        }
    }

    fn import(&mut self, file: &Path) -> Result<(String, Vec<String>), String> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let unread = |e: io::Error| format!("can't be read: {e}");
        let size = fs::metadata(file).map_err(unread)?.len();
        import::check_size(&name, size).map_err(|e| e.to_string())?;
        let bytes = fs::read(file).map_err(unread)?;
        if file
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("ron"))
        {
            return self.import_annotated(&bytes);
        }
        let imported = import::import_file(&name, &bytes).map_err(|e| e.to_string())?;
        if let Some(title) = self.known(&sha256(&imported.text)) {
            return Ok((
                format!("the project has this text already, as “{title}”"),
                Vec::new(),
            ));
        }
        let remarks = imported.remarks.clone();
        let now = Timestamp::now();
        let reading = self
            .writer
            .write(&imported, &bytes, now)
            .map_err(|e| e.to_string())?;
        let what = format!(
            "{}, {}, read as {}",
            counted(reading.words as usize, "word"),
            counted(reading.text.paragraphs().len(), "paragraph"),
            reading.encoding
        );
        self.take_edit(Edit::AddReading(Arc::new(reading)))?;
        Ok((what, remarks))
    }

    /// Keeps an edit for the project, and carries it out on the copy that the files after this one are looked at with.
    fn take_edit(&mut self, edit: Edit) -> Result<(), String> {
        apply(&mut self.project, edit.clone()).map_err(|e| e.to_string())?;
        self.message.edits.push(edit);
        Ok(())
    }

    /// The title of a reading with that text, in the project or among what came in so far.
    fn known(&self, sha256: &str) -> Option<String> {
        let shelves = self.project.shelves().into_iter();
        let found = shelves.map(|s| &s.reading).find(|r| r.sha256 == sha256);
        found.map(|r| r.meta.title.clone())
    }

    fn import_annotated(&mut self, bytes: &[u8]) -> Result<(String, Vec<String>), String> {
        let text = String::from_utf8_lossy(bytes);
        let annotated = Annotated::parse(&text).map_err(|e| e.to_string())?;
        let now = Timestamp::now();
        let plan = import::annotated::plan(&self.project, &annotated, now);
        let readings = self
            .writer
            .write_all(&plan.new_readings)
            .map_err(|e| e.to_string())?;
        let (edit, remarks) = plan.edit_with(readings);
        let what = format!(
            "{}, {}, {}",
            counted(annotated.readings.len(), "reading"),
            counted(annotated.labels.len(), "label"),
            counted(annotated.highlights.len(), "highlight")
        );
        self.take_edit(edit)?;
        self.message.annotated += 1;
        Ok((what, remarks))
    }
}

/// What the history says of an import.
pub fn import_words(readings: usize, annotated: usize) -> String {
    match (readings, annotated) {
        (n, 0) => format!("Import {}", counted(n, "reading")),
        (0, n) => format!("Import {}", counted(n, "annotated file")),
        (n, m) => format!(
            "Import {} and {}",
            counted(n, "reading"),
            counted(m, "annotated file")
        ),
    }
}

/// What a file dialog is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A folder that is there.
    Folder,
    /// Files to read.
    Files,
    /// A file to write.
    Save(&'static str),
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
                Ask::Files => dialog.pick_files(),
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
