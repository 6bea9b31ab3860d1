//! Files read apart, in a child process: what hangs, crashes or swells there costs one file and nothing else.
//!
//! The child is this same program, started as `glossator read-file <path>` (see [`serve`](super::serve)). It has a limit of
//! time and one of memory, both by the size of the file; it is killed when it passes them, when the import is cancelled, and when
//! whoever waits for it goes away. What it says is read up to a limit too, and is the text of the file as JSON.

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use super::{
    read::file_name,
    wire::{Answer, Reply, Task, VERSION, imported},
};
use crate::import::{Format, ImportError, Imported, Options, Refusal};

/// The command of the child; it stands in no help.
pub(super) const READ_FILE: &str = "read-file";

/// How often it is looked whether the import was cancelled.
const GLANCE: Duration = Duration::from_millis(20);

/// How much of the end of what the child says on standard error is looked at, in bytes.
const SAID: usize = 16 * 1024;

const MB: u64 = 1024 * 1024;

/// What a file may cost. Each grows with the file, since honest files may be large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Seconds for any file; a second for each MB of it is added.
    pub seconds: u64,
    /// Bytes of memory for any file; eight for each byte of it are added.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            seconds: 30,
            memory: 1024 * MB,
        }
    }
}

impl Limits {
    /// The seconds for a file of `size` bytes.
    pub fn seconds_for(self, size: u64) -> u64 {
        self.seconds + size / MB
    }

    /// The bytes of memory for a file of `size` bytes; at most 4 GB.
    pub fn memory_for(self, size: u64) -> u64 {
        (self.memory + 8 * size).min(4096 * MB)
    }

    /// The longest answer to a file of `size` bytes, in bytes.
    fn answer_for(size: u64) -> u64 {
        (128 * MB + 4 * size).min(1024 * MB)
    }
}

/// Reads files in child processes.
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
    limits: Limits,
}

/// What a child brought.
#[derive(Debug)]
pub struct ReadApart {
    /// What is in the file.
    pub imported: Imported,
    /// What it was read as.
    pub format: Format,
}

/// Why a child brought nothing.
#[derive(Debug)]
pub enum NotRead {
    /// The file is none that can be read.
    Refused(ImportError),
    /// The system did not give it: why.
    Unread(String),
    /// The import was cancelled.
    Cancelled,
    /// There is no child: why.
    NoChild(String),
}

impl Default for Reader {
    /// Reads with the program that is running.
    fn default() -> Self {
        // On Linux this is the running program even after an update has put another in its place.
        let own = Path::new("/proc/self/exe");
        let program = match cfg!(target_os = "linux") && own.exists() {
            true => own.to_owned(),
            false => std::env::current_exe().unwrap_or_else(|_| "glossator".into()),
        };
        Self::new(program)
    }
}

impl Reader {
    /// Reads with this program, which must be a Glossator of this version.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            limits: Limits::default(),
        }
    }

    /// The same with other limits.
    pub fn limited(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Reads a file of `size` bytes, unless `cancelled` says to stop meanwhile.
    ///
    /// # Errors
    /// As [`crate::import::import_with`]; also when it passed its limits or crashed the child, and when no child could be started.
    pub fn read(
        &self,
        path: &Path,
        size: u64,
        options: &Options,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<ReadApart, NotRead> {
        let refused = |why| {
            let name = file_name(path);
            NotRead::Refused(ImportError { name, why })
        };
        let seconds = self.limits.seconds_for(size);
        let end = Instant::now() + Duration::from_secs(seconds);
        let longest = Limits::answer_for(size);
        let task = Task {
            password: options.password.clone(),
            memory: self.limits.memory_for(size) as usize,
        };
        let mut running =
            Running::start(&self.program, path, &task, longest).map_err(|e| no_child(&e))?;
        let said = loop {
            match running.answer.recv_timeout(GLANCE) {
                Ok(said) => break said.map_err(|e| no_child(&e))?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(refused(Refusal::Failed)),
            }
            if cancelled() {
                return Err(NotRead::Cancelled);
            }
            if Instant::now() > end {
                return Err(refused(Refusal::Slow(seconds)));
            }
        };
        if said.len() as u64 > longest {
            return Err(refused(Refusal::Swollen));
        }
        match serde_json::from_slice(&said) {
            Ok(Reply { version, answer }) if version == VERSION => match answer {
                Answer::Read(record, format) => Ok(ReadApart {
                    imported: imported(*record),
                    format,
                }),
                Answer::Refused(why) => Err(refused(why)),
                Answer::Unread(why) => Err(NotRead::Unread(why)),
            },
            Ok(other) => Err(NotRead::NoChild(format!("it is version {}", other.version))),
            Err(_) => match running.end(end) {
                Some(End::NoChild(why)) => Err(NotRead::NoChild(why)),
                Some(End::Refused(why)) => Err(refused(why)),
                None => Err(refused(Refusal::Slow(seconds))),
            },
        }
    }
}

fn no_child(error: &io::Error) -> NotRead {
    NotRead::NoChild(error.to_string())
}

/// A child at work. It does not outlive this.
struct Running {
    child: Child,
    /// Open as long as the child is wanted: it ends when this is closed.
    _task: Option<ChildStdin>,
    answer: Receiver<io::Result<Vec<u8>>>,
    errors: Receiver<io::Result<Vec<u8>>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; waiting for it leaves no zombie.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a child ended that did not say what it read.
enum End {
    Refused(Refusal),
    NoChild(String),
}

impl Running {
    fn start(program: &Path, path: &Path, task: &Task, longest: u64) -> io::Result<Self> {
        let mut command = Command::new(program);
        command
            .arg(READ_FILE)
            .arg(std::path::absolute(path)?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        without_window(&mut command);
        let mut child = spawn(&mut command)?;
        let (out, err, mut input) = (child.stdout.take(), child.stderr.take(), child.stdin.take());
        // From here on the child is killed if anything fails.
        let mut running = Self {
            child,
            _task: None,
            answer: listen(out, move |pipe| beginning(pipe, longest + 1))?,
            errors: listen(err, ending)?,
        };
        if let Some(input) = &mut input {
            let line = serde_json::to_string(task)?;
            // A child that has gone already says why on the other pipe.
            let _ = writeln!(input, "{line}");
        }
        running._task = input;
        Ok(running)
    }

    /// How the child ended, which has closed its output; `None` when it has not by `end`.
    fn end(&mut self, end: Instant) -> Option<End> {
        let status = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if Instant::now() > end => return None,
                Ok(None) => thread::sleep(Duration::from_millis(1)),
                Err(error) => return Some(End::NoChild(error.to_string())),
            }
        };
        let said = self.errors.recv_timeout(Duration::from_secs(1));
        let said = said.ok().and_then(Result::ok).unwrap_or_default();
        Some(cause(status, &String::from_utf8_lossy(&said)))
    }
}

/// Starts a child. An update may just be writing the program; that takes a moment.
fn spawn(command: &mut Command) -> io::Result<Child> {
    for _ in 0..20 {
        match command.spawn() {
            Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy => {
                thread::sleep(GLANCE);
            }
            result => return result,
        }
    }
    command.spawn()
}

/// Why a child ended without an answer. Rust says on standard error when the stack or the memory is at its end.
fn cause(status: ExitStatus, said: &str) -> End {
    if said.contains("overflowed its stack") {
        return End::Refused(Refusal::Swollen);
    }
    if said.contains("memory allocation of") || was_killed(status) {
        return End::Refused(Refusal::Hungry);
    }
    match status.code() {
        // Ended in order, but not as this program does it.
        Some(code @ 0..=2) => End::NoChild(format!("it ended with {code}")),
        _ => End::Refused(Refusal::Failed),
    }
}

/// Whether the system killed it, which it does to processes when memory runs out.
#[cfg(unix)]
fn was_killed(status: ExitStatus) -> bool {
    const KILL: i32 = 9;
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(KILL)
}

#[cfg(not(unix))]
fn was_killed(_: ExitStatus) -> bool {
    false
}

/// Keeps the system from opening a console for the child.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_: &mut Command) {}

/// Reads a pipe on a thread by `read`.
fn listen<R: Read + Send + 'static>(
    pipe: Option<R>,
    read: impl FnOnce(R) -> io::Result<Vec<u8>> + Send + 'static,
) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (send, receive) = mpsc::channel();
    let pipe = pipe.ok_or(io::ErrorKind::BrokenPipe)?;
    thread::Builder::new().spawn(move || {
        // Nobody listens any more when the file was given up.
        let _ = send.send(read(pipe));
    })?;
    Ok(receive)
}

/// The first bytes that come, at most `most`.
fn beginning(pipe: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut said = Vec::new();
    pipe.take(most).read_to_end(&mut said)?;
    Ok(said)
}

/// The last bytes that come, at most [`SAID`].
fn ending(mut pipe: impl Read) -> io::Result<Vec<u8>> {
    let (mut said, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let n = pipe.read(&mut piece)?;
        if n == 0 {
            return Ok(said);
        }
        said.extend_from_slice(&piece[..n]);
        said.drain(..said.len().saturating_sub(SAID));
    }
}
