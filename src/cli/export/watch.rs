//! A long export on the command line: how far it is, and Ctrl+C.

use std::{
    io::{self, IsTerminal, Write},
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use crate::{export::order::Progress, text::grouped};

/// After this long it is said how far an export is, and again so often.
const OFTEN: Duration = Duration::from_millis(800);

/// Does `work`. When that takes long and standard error is a terminal, it says there how far it is. Ctrl+C stops it, so that
/// nothing half stays behind; a second Ctrl+C ends the program.
pub fn watched<T>(work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Arc::new(Progress::default());
    let stop = Arc::clone(&progress);
    // Without it Ctrl+C ends the program, and its draft is cleared the next time.
    let _ = ctrlc::set_handler(move || {
        if stop.is_cancelled() {
            std::process::exit(i32::from(crate::cli::FAILED));
        }
        stop.cancel();
    });
    if !io::stderr().is_terminal() {
        return work(&progress);
    }
    let (done, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let watched = &progress;
        scope.spawn(move || tell(watched, &ended));
        let result = work(&progress);
        drop(done);
        result
    })
}

/// Says how far it is until it has ended.
fn tell(progress: &Progress, ended: &mpsc::Receiver<()>) {
    let mut told = false;
    while ended.recv_timeout(OFTEN) == Err(RecvTimeoutError::Timeout) {
        let (done, total) = progress.counts();
        let (done, total) = (grouped(done), grouped(total));
        // Nobody can be told that standard error is gone.
        let _ = write!(io::stderr(), "\r\x1b[KExporting {done} of {total}…");
        told = true;
    }
    if told {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
}
