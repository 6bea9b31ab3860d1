//! The thread that appends edits to the histories and fsyncs them.
//!
//! Whatever came in while one fsync ran goes out with the next (group commit). When writing fails, what is not durable is
//! kept, the file is cut back to what is, and everything is written again on the next try: after a failed fsync nothing is
//! known about what the disk holds.

use std::{
    collections::{BTreeMap, VecDeque},
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use jiff::Timestamp;

use super::{
    SaveStatus, StoreError,
    disk::{Faults, sync_folder},
    history_file::{entry_line, header_line, saved_line},
    paths::Paths,
};
use crate::{edit::Entry, model::CoderId};

/// How long to wait before what could not be written is tried again by itself.
const RETRY: Duration = Duration::from_secs(3);

/// Something to append.
#[derive(Clone, Debug)]
enum Item {
    Entry(Arc<Entry>),
    Saved(CoderId, u64),
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Item>,
    /// How many items ever came in, and how many of them are durable.
    queued: u64,
    durable: u64,
    /// Entries that are not durable, for the status line.
    unsaved: usize,
    saved_at: Option<Timestamp>,
    error: Option<String>,
    flush_error: Option<String>,
    /// Failed tries so far, so that whoever waits knows that one was made for them.
    failures: u64,
    retry: bool,
    stop: bool,
    places: BTreeMap<CoderId, Vec<(u64, u64)>>,
}

/// What the writer thread, the workspace and the flushing thread share.
pub(super) struct Shared {
    state: Mutex<State>,
    /// Something came in.
    work: Condvar,
    /// Something became durable or failed.
    done: Condvar,
    waker: Mutex<Option<Box<dyn Fn() + Send>>>,
    /// Why nothing can be written at all.
    unwritable: Option<String>,
    paths: Paths,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake_app(&self) {
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waker) = waker.as_ref() {
            waker();
        }
    }

    fn push(&self, item: Item) {
        let mut state = self.lock();
        state.queued += 1;
        state.unsaved += usize::from(matches!(item, Item::Entry(_)));
        if self.unwritable.is_none() {
            state.queue.push_back(item);
            self.work.notify_one();
        }
    }

    /// Appends the mark that the files hold everything up to entry `n`.
    pub(super) fn mark(&self, coder: CoderId, n: u64) {
        self.push(Item::Saved(coder, n));
    }

    /// Says in the status what became of a flush.
    pub(super) fn flushed(&self, error: Option<String>) {
        self.lock().flush_error = error;
        self.wake_app();
    }

    /// Waits until everything that came in so far is durable.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        if let Some(why) = &self.unwritable {
            return Err(StoreError::ReadOnly {
                folder: self.paths.0.clone(),
                why: why.clone(),
            });
        }
        let mut state = self.lock();
        let (wanted, failures) = (state.queued, state.failures);
        while state.durable < wanted {
            if state.failures > failures
                && let Some(why) = state.error.clone()
            {
                return Err(StoreError::Unsaved { why });
            }
            state.retry = true;
            self.work.notify_one();
            state = self
                .done
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Ok(())
    }
}

/// The handle on the writer thread.
pub(super) struct Journal {
    pub(super) shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Journal {
    /// Starts the thread. `places` says where each coder's entries start in their files.
    pub(super) fn start(
        paths: &Paths,
        places: BTreeMap<CoderId, Vec<(u64, u64)>>,
        unwritable: Option<String>,
        faults: Faults,
    ) -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                error: unwritable.clone(),
                places,
                ..State::default()
            }),
            work: Condvar::new(),
            done: Condvar::new(),
            waker: Mutex::new(None),
            unwritable,
            paths: paths.clone(),
        });
        let thread = shared.unwritable.is_none().then(|| {
            let mut writer = Writer {
                shared: Arc::clone(&shared),
                files: BTreeMap::new(),
                faults,
            };
            std::thread::spawn(move || writer.run())
        });
        Self { shared, thread }
    }

    pub(super) fn append(&self, entry: Arc<Entry>) {
        self.shared.push(Item::Entry(entry));
    }

    pub(super) fn set_waker(&self, waker: Box<dyn Fn() + Send>) {
        *self
            .shared
            .waker
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(waker);
    }

    pub(super) fn status(&self) -> SaveStatus {
        let state = self.shared.lock();
        SaveStatus {
            unsaved: state.unsaved,
            saved_at: state.saved_at,
            error: state.error.clone().or_else(|| state.flush_error.clone()),
        }
    }

    /// Where the line of entry `n` starts in its coder's history.
    pub(super) fn place(&self, coder: &CoderId, n: u64) -> Option<u64> {
        let state = self.shared.lock();
        let places = state.places.get(coder)?;
        let at = places.partition_point(|(m, _)| *m < n);
        places.get(at).filter(|(m, _)| *m == n).map(|p| p.1)
    }

    /// Ends the thread after one last try to write what is left.
    pub(super) fn stop(&mut self) {
        self.shared.lock().stop = true;
        self.shared.work.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic there was reported when it happened; there is nothing left to do here.
            let _ = thread.join();
        }
    }
}

/// A history that is being added to.
struct Open {
    file: File,
    /// How many bytes of it are durable.
    durable: u64,
    /// What lies behind that is from a write that failed.
    failed: bool,
}

/// The thread's side.
struct Writer {
    shared: Arc<Shared>,
    files: BTreeMap<CoderId, Open>,
    faults: Faults,
}

/// An item as the bytes to append.
struct Line {
    coder: CoderId,
    /// The number of the entry; none for a mark.
    n: Option<u64>,
    text: String,
}

impl Writer {
    fn run(&mut self) {
        let mut lines: Vec<Line> = Vec::new();
        while let Some(items) = self.next(!lines.is_empty()) {
            lines.extend(items.iter().map(line));
            if lines.is_empty() {
                continue;
            }
            match self.write(&lines) {
                Ok(places) => {
                    self.succeeded(&lines, places);
                    lines.clear();
                }
                Err(error) => self.failed(&error),
            }
            self.shared.done.notify_all();
            self.shared.wake_app();
        }
    }

    /// Waits for something to do; none when it is time to end.
    fn next(&self, left: bool) -> Option<Vec<Item>> {
        let mut state = self.shared.lock();
        loop {
            if !state.queue.is_empty() || (left && state.retry) {
                state.retry = false;
                return Some(state.queue.drain(..).collect());
            }
            if state.stop {
                return None;
            }
            if left {
                let (next, waited) = self
                    .shared
                    .work
                    .wait_timeout(state, RETRY)
                    .unwrap_or_else(PoisonError::into_inner);
                state = next;
                state.retry |= waited.timed_out();
            } else {
                state.retry = false;
                state = self
                    .shared
                    .work
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn succeeded(&self, lines: &[Line], places: Vec<(CoderId, u64, u64)>) {
        let mut state = self.shared.lock();
        state.durable += lines.len() as u64;
        state.unsaved -= places.len();
        state.error = None;
        if !places.is_empty() {
            state.saved_at = Some(Timestamp::now());
        }
        for (coder, n, place) in places {
            state.places.entry(coder).or_default().push((n, place));
        }
    }

    fn failed(&mut self, error: &io::Error) {
        for open in self.files.values_mut() {
            // When even this fails, the next try cuts again before it writes.
            let _ = open.cut();
        }
        let mut state = self.shared.lock();
        state.failures += 1;
        state.error = Some(format!("the history can't be written: {error}"));
    }

    /// Opens a history, again when it was replaced, as git does when it merges.
    fn open(&mut self, coder: &CoderId) -> io::Result<()> {
        let path = self.shared.paths.history(coder);
        if self.files.get(coder).is_none_or(|o| o.was_replaced(&path)) {
            let open = Open::new(&self.shared.paths, coder, &self.faults)?;
            self.files.insert(coder.clone(), open);
        }
        if let Some(open) = self.files.get_mut(coder) {
            open.cut()?;
        }
        Ok(())
    }

    /// Appends and fsyncs all lines; says where those of entries start.
    fn write(&mut self, lines: &[Line]) -> io::Result<Vec<(CoderId, u64, u64)>> {
        let mut texts: BTreeMap<&CoderId, String> = BTreeMap::new();
        let mut places = Vec::new();
        for line in lines {
            if !texts.contains_key(&line.coder) {
                self.open(&line.coder)?;
            }
            let Some(open) = self.files.get(&line.coder) else {
                continue;
            };
            let text = texts.entry(&line.coder).or_default();
            if let Some(n) = line.n {
                places.push((line.coder.clone(), n, open.durable + text.len() as u64));
            }
            text.push_str(&line.text);
        }
        for (coder, text) in &texts {
            if let Some(open) = self.files.get_mut(*coder) {
                open.append(text, &self.faults)?;
            }
        }
        for (coder, text) in texts {
            if let Some(open) = self.files.get_mut(coder) {
                open.durable += text.len() as u64;
                open.failed = false;
            }
        }
        Ok(places)
    }
}

fn line(item: &Item) -> Line {
    match item {
        Item::Entry(entry) => Line {
            coder: entry.head.by.clone(),
            n: Some(entry.head.n),
            // Strings, numbers and lists can always be written as RON; an empty line does no harm.
            text: entry_line(entry).unwrap_or_else(|_| "\n".to_owned()),
        },
        Item::Saved(coder, n) => Line {
            coder: coder.clone(),
            n: None,
            text: saved_line(*n, Timestamp::now()),
        },
    }
}

impl Open {
    fn new(paths: &Paths, coder: &CoderId, faults: &Faults) -> io::Result<Self> {
        let path = paths.history(coder);
        std::fs::create_dir_all(paths.histories())?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        let durable = file.seek(SeekFrom::End(0))?;
        let mut open = Self {
            file,
            durable,
            failed: false,
        };
        let front = match durable {
            0 => header_line(coder),
            _ if open.ends_in_line()? => return Ok(open),
            _ => "\n".to_owned(),
        };
        let added = open.append(&front, faults).and_then(|()| {
            sync_folder(&paths.histories())?;
            sync_folder(&paths.0)
        });
        if let Err(error) = added {
            let _ = open.cut();
            return Err(error);
        }
        open.durable += front.len() as u64;
        open.failed = false;
        Ok(open)
    }

    fn ends_in_line(&mut self) -> io::Result<bool> {
        self.file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        self.file.read_exact(&mut last)?;
        Ok(last == *b"\n")
    }

    fn append(&mut self, text: &str, faults: &Faults) -> io::Result<()> {
        self.failed = true;
        faults.write(&mut self.file, text.as_bytes())?;
        faults.sync(&self.file)
    }

    /// Gets ready to append: cuts off what a failed write left; what another program added stays.
    fn cut(&mut self) -> io::Result<()> {
        if self.failed {
            self.file.set_len(self.durable)?;
            self.failed = false;
        }
        self.durable = self.file.seek(SeekFrom::End(0))?;
        Ok(())
    }

    #[cfg(unix)]
    fn was_replaced(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        match (self.file.metadata(), std::fs::metadata(path)) {
            (Ok(open), Ok(there)) => (open.dev(), open.ino()) != (there.dev(), there.ino()),
            _ => true,
        }
    }

    /// Elsewhere an open file can't be replaced.
    #[cfg(not(unix))]
    fn was_replaced(&self, _path: &Path) -> bool {
        false
    }
}

/// Cuts a history off at `place` after keeping what follows in `.glossator/`.
pub(super) fn cut_torn(paths: &Paths, coder: &CoderId, path: &Path, place: u64) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    file.seek(SeekFrom::Start(place))?;
    let mut torn = Vec::new();
    file.read_to_end(&mut torn)?;
    let kept = paths.own().join(format!(
        "history-{coder}-{}.torn",
        Timestamp::now().as_millisecond()
    ));
    std::fs::create_dir_all(paths.own())?;
    let mut backup = File::create(kept)?;
    backup.write_all(&torn)?;
    backup.sync_all()?;
    sync_folder(&paths.own())?;
    file.set_len(place)?;
    file.sync_all()
}
