//! Finding in all readings at once, on all cores: words, and what cues suggest.

use std::{
    collections::BTreeMap,
    ops::{ControlFlow, Range},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use crate::{
    analysis::{
        Corpus, LabelIx, Source,
        find::Finder,
        suggest::{self, Cued, Suggestion},
    },
    model::CoderId,
    text::Span,
};

/// How many bytes of a reading are looked through at a time.
const PIECE: usize = 1 << 20;

/// The hits in a stretch of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The place of the reading among [`Corpus::sources`].
    pub source: usize,
    /// The hits, in text order.
    pub hits: Vec<Span>,
    /// Whether this was the reading's last stretch.
    pub is_last: bool,
}

/// Looks for `finder` in the readings with these places among [`Corpus::sources`], on all cores, and hands what is found to
/// `each` on this thread, in the order of `sources` and of the text, as soon as it is known. A long reading comes in several
/// stretches; every reading comes at least once, also without hits. Ends early when `cancel` is set or `each` breaks off;
/// returns whether it came to the end.
pub fn gather(
    corpus: &Corpus,
    finder: &Finder,
    sources: impl IntoIterator<Item = usize>,
    cancel: &AtomicBool,
    each: impl FnMut(Found) -> ControlFlow<()>,
) -> bool {
    let pieces = pieces(corpus, finder, sources);
    let look = |piece: &Piece| Found {
        source: piece.source,
        hits: finder.hits_in(corpus.sources()[piece.source].text(), piece.range.clone()),
        is_last: piece.is_last,
    };
    in_order(&pieces, cancel, look, each)
}

/// [`suggest::suggestions`] on all cores; `None` when it was cancelled.
pub fn suggestions(
    corpus: &Corpus,
    label: LabelIx,
    coder: &CoderId,
    cancel: &AtomicBool,
) -> Option<Vec<Suggestion>> {
    let cued = Cued::of(corpus, label);
    suggested(corpus, &cued, coder, cancel).map(suggest::scored)
}

/// [`suggest::counts`] on all cores; `None` when it was cancelled.
pub fn suggestion_counts(
    corpus: &Corpus,
    coder: &CoderId,
    cancel: &AtomicBool,
) -> Option<Vec<usize>> {
    let cued = Cued::of_all(corpus);
    suggested(corpus, &cued, coder, cancel).map(|found| suggest::counted(corpus, found))
}

fn suggested(
    corpus: &Corpus,
    cued: &Cued,
    coder: &CoderId,
    cancel: &AtomicBool,
) -> Option<Vec<suggest::Found>> {
    let mut all = Vec::new();
    let look = |source: &Arc<Source>| cued.find(corpus, source, coder);
    let done = in_order(corpus.sources(), cancel, look, |found| {
        all.push(found);
        ControlFlow::Continue(())
    });
    done.then_some(all)
}

/// Has `work` done for each of `jobs` on all cores, and hands the results to `each` on this thread, in the order of the jobs, as
/// soon as they are there. Ends early when `cancel` is set or `each` breaks off; returns whether it came to the end.
fn in_order<J: Sync, T: Send>(
    jobs: &[J],
    cancel: &AtomicBool,
    work: impl Fn(&J) -> T + Sync,
    mut each: impl FnMut(T) -> ControlFlow<()>,
) -> bool {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let is_over = || stop.load(Ordering::Relaxed) || cancel.load(Ordering::Relaxed);
    let (send, receive) = mpsc::channel();
    let labour = |send: mpsc::Sender<(usize, T)>| {
        while !is_over() {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(number) else {
                break;
            };
            // Nobody listens any more when it was broken off meanwhile.
            let _ = send.send((number, work(job)));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores.min(jobs.len()) {
            let send = send.clone();
            let labour = &labour;
            scope.spawn(move || labour(send));
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, result) in receive {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&due) {
                due += 1;
                if cancel.load(Ordering::Relaxed) || each(result).is_break() {
                    stop.store(true, Ordering::Relaxed);
                    return false;
                }
            }
        }
        due == jobs.len()
    })
}

/// A stretch of a reading to be looked through.
struct Piece {
    source: usize,
    range: Range<usize>,
    is_last: bool,
}

fn pieces(
    corpus: &Corpus,
    finder: &Finder,
    sources: impl IntoIterator<Item = usize>,
) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for source in sources {
        let Some(text) = corpus.sources().get(source).map(|s| s.text()) else {
            continue;
        };
        let before = all.len();
        let piece = |range| Piece {
            source,
            range,
            is_last: false,
        };
        all.extend(finder.pieces(text, PIECE).map(piece));
        if all.len() == before {
            all.push(piece(0..0));
        }
        if let Some(last) = all.last_mut() {
            last.is_last = true;
        }
    }
    all
}

#[cfg(test)]
#[path = "gather_tests.rs"]
mod tests;
