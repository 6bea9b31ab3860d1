//! What views work out on threads, and keep until what it was worked out from changes.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
    mpsc::{self, Receiver},
};

use egui::Context;

/// Starts threads that wake the window when they are done, and knows how many are at work.
#[derive(Clone)]
pub struct Workers {
    ctx: Context,
    running: Arc<AtomicUsize>,
}

/// Counts a thread for as long as it lives, however it ends.
struct Running(Workers);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Release);
        self.0.ctx.request_repaint();
    }
}

impl Workers {
    /// None is at work.
    pub fn new(ctx: Context) -> Self {
        Self {
            ctx,
            running: Arc::default(),
        }
    }

    /// Whether any is at work.
    pub fn busy(&self) -> bool {
        self.running.load(Ordering::Acquire) > 0
    }

    /// Has the window show what came in.
    pub fn wake(&self) {
        self.ctx.request_repaint();
    }

    /// Has `work` done on a thread.
    pub fn start<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Receiver<T> {
        let (send, receive) = mpsc::channel();
        self.running.fetch_add(1, Ordering::Release);
        let running = Running(self.clone());
        std::thread::spawn(move || {
            // Nobody listens any more when the view was left meanwhile.
            let _ = send.send(work());
            drop(running);
        });
        receive
    }
}

/// Something worked out on a thread from a key. While it is worked out for a new key, what was there for the last one shows.
pub struct Worked<K, T> {
    current: Option<(K, T)>,
    coming: Option<(K, Receiver<T>)>,
    /// The key whose work ended without an answer.
    failed: Option<K>,
}

impl<K, T> Default for Worked<K, T> {
    fn default() -> Self {
        Self {
            current: None,
            coming: None,
            failed: None,
        }
    }
}

impl<K: PartialEq, T: Send + 'static> Worked<K, T> {
    /// What `work` gives for `key`, or what it gave for an earlier one while a thread is at it; `None` at the very beginning.
    /// One thread at a time is at work: when the key changes meanwhile, the next begins when the last has ended. Work that panicked
    /// would do so again: it is not begun for the same key a second time.
    pub fn get(
        &mut self,
        workers: &Workers,
        key: K,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<&T> {
        self.receive();
        let is_there = self.current.as_ref().is_some_and(|(k, _)| *k == key);
        let has_failed = self.failed.as_ref() == Some(&key);
        if !is_there && !has_failed && self.coming.is_none() {
            self.coming = Some((key, workers.start(work)));
        }
        self.latest()
    }

    /// What is there, of whatever key.
    pub fn latest(&self) -> Option<&T> {
        self.current.as_ref().map(|(_, value)| value)
    }

    /// The key of what is there.
    pub fn key(&self) -> Option<&K> {
        self.current.as_ref().map(|(key, _)| key)
    }

    /// Whether what is there is what belongs to `key`.
    pub fn is_current(&self, key: &K) -> bool {
        self.current.as_ref().is_some_and(|(k, _)| k == key)
    }

    fn receive(&mut self) {
        let Some((_, receiver)) = &self.coming else {
            return;
        };
        match receiver.try_recv() {
            Ok(value) => {
                if let Some((key, _)) = self.coming.take() {
                    self.current = Some((key, value));
                }
            }
            Err(mpsc::TryRecvError::Disconnected) => {
                self.failed = self.coming.take().map(|(key, _)| key);
            }
            Err(mpsc::TryRecvError::Empty) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T: Send + 'static + Copy>(
        worked: &mut Worked<u32, T>,
        workers: &Workers,
        key: u32,
        work: fn() -> T,
    ) -> T {
        loop {
            worked.get(workers, key, work);
            if worked.is_current(&key) {
                return *worked.latest().unwrap();
            }
            std::thread::yield_now();
        }
    }

    #[test]
    fn the_old_shows_until_the_new_is_there() {
        let workers = Workers::new(Context::default());
        let mut worked = Worked::default();
        assert_eq!(worked.get(&workers, 1, || 'a'), None);
        assert_eq!(wait(&mut worked, &workers, 1, || 'a'), 'a');
        assert_eq!(worked.get(&workers, 2, || 'b'), Some(&'a'));
        assert_eq!(wait(&mut worked, &workers, 2, || 'b'), 'b');
        assert_eq!(worked.get(&workers, 2, || unreachable!()), Some(&'b'));
    }

    #[test]
    fn a_thread_that_fails_is_not_waited_for_and_not_begun_again() {
        let workers = Workers::new(Context::default());
        let mut worked: Worked<u32, char> = Worked::default();
        worked.get(&workers, 1, || panic!("on purpose"));
        while workers.busy() {
            std::thread::yield_now();
        }
        assert_eq!(worked.get(&workers, 1, || unreachable!()), None);
        assert!(!workers.busy());
        assert_eq!(wait(&mut worked, &workers, 2, || 'c'), 'c');
    }
}
