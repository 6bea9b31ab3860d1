//! Files that are written on a thread while people go on working.

mod settings;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError},
    },
    time::Duration,
};

pub use settings::ExportSettings;

use super::{words, worker::Workers};
use crate::export::order::Progress;

/// How long the window waits for a cancelled export when it closes.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is told when a file was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// In a sentence.
    pub text: String,
    /// The file or folder that can be opened now.
    pub path: Option<PathBuf>,
}

impl From<String> for Exported {
    fn from(text: String) -> Self {
        Self { text, path: None }
    }
}

/// A file that is being written.
pub struct Exporting {
    told: Receiver<Result<Exported, String>>,
    progress: Arc<Progress>,
}

impl Exporting {
    /// Has a file written on a thread; `write` counts and can be stopped.
    pub fn start(
        workers: &Workers,
        write: impl FnOnce(&Progress) -> Result<Exported, String> + Send + 'static,
    ) -> Self {
        let progress = Arc::new(Progress::default());
        let shared = Arc::clone(&progress);
        Self {
            told: workers.start(move || write(&shared)),
            progress,
        }
    }

    /// Has something small written on a thread.
    pub fn at_once(
        workers: &Workers,
        write: impl FnOnce() -> Result<String, String> + Send + 'static,
    ) -> Self {
        Self::start(workers, |_| write().map(Exported::from))
    }

    /// What came of it, once it has ended.
    pub fn receive(&self) -> Option<Result<Exported, String>> {
        match self.told.try_recv() {
            Ok(told) => Some(told),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                let text =
                    "The export failed for a reason that should not be. Nothing was written.";
                Some(Err(text.to_owned()))
            }
        }
    }

    /// Stops it; nothing of it stays.
    pub fn cancel(&self) {
        self.progress.cancel();
    }

    /// Stops it and waits until it has, for when the window closes.
    pub fn abandon(self) {
        self.cancel();
        // Whoever takes longer is ended with the program; what is left is cleared the next time.
        let _ = self.told.recv_timeout(PATIENCE);
    }

    /// How far it is, for the status line, and whether it can be cancelled.
    pub fn told(&self) -> (String, bool) {
        let (done, total) = self.progress.counts();
        let text = match (self.progress.is_cancelled(), total) {
            (true, _) => "Stopping the export…".to_owned(),
            (_, 0) => "Exporting…".to_owned(),
            (_, total) => format!(
                "Exporting {} of {}",
                words::grouped(done.min(total)),
                words::grouped(total)
            ),
        };
        (text, total > 0 && !self.progress.is_cancelled())
    }
}
