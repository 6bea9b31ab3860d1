//! How far an import is, and stopping it: shared between the threads that do it and whoever waits.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
};

/// How far an import is.
#[derive(Default)]
pub struct Progress {
    total: AtomicUsize,
    done: AtomicUsize,
    cancelled: AtomicBool,
    abandoned: AtomicBool,
    reading: Mutex<Vec<String>>,
    wake: Option<Box<dyn Fn() + Send + Sync>>,
}

impl Progress {
    /// Nothing done yet; `wake` is called from any thread whenever that changes.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            wake: Some(Box::new(wake)),
            ..Self::default()
        }
    }

    /// How many files there are; 0 until they have been found.
    pub fn total(&self) -> usize {
        self.total.load(Relaxed)
    }

    /// How many files are done with.
    pub fn done(&self) -> usize {
        self.done.load(Relaxed)
    }

    /// The names of the files that are being read just now.
    pub fn reading(&self) -> Vec<String> {
        self.names().clone()
    }

    /// Stops it: files that are being read are given up. What came in so far stays.
    pub fn cancel(&self) {
        self.cancelled.store(true, Relaxed);
    }

    /// Stops it, and nothing comes in.
    pub fn abandon(&self) {
        self.abandoned.store(true, Relaxed);
        self.cancel();
    }

    /// Whether it was stopped.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Relaxed)
    }

    /// Whether nothing is to come in.
    pub fn is_abandoned(&self) -> bool {
        self.abandoned.load(Relaxed)
    }

    pub(super) fn found(&self, files: usize) {
        self.total.store(files, Relaxed);
        self.wake();
    }

    pub(super) fn start(&self, name: &str) {
        self.names().push(name.to_owned());
        self.wake();
    }

    pub(super) fn finish(&self, name: &str) {
        let mut names = self.names();
        if let Some(at) = names.iter().position(|n| n == name) {
            names.remove(at);
        }
        drop(names);
        self.done.fetch_add(1, Relaxed);
        self.wake();
    }

    fn names(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake(&self) {
        if let Some(wake) = &self.wake {
            wake();
        }
    }
}
