//! Finding in all readings at once, on all cores.

use std::{
    collections::BTreeMap,
    ops::{ControlFlow, Range},
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use crate::{
    analysis::{Corpus, find::Finder},
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
    mut each: impl FnMut(Found) -> ControlFlow<()>,
) -> bool {
    let pieces = pieces(corpus, finder, sources);
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let (send, receive) = mpsc::channel();
    let work = |send: mpsc::Sender<(usize, Found)>| {
        while !stop.load(Ordering::Relaxed) && !cancel.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some((source, range, is_last)) = pieces.get(number).cloned() else {
                break;
            };
            let text = corpus.sources().get(source).map_or("", |s| s.text());
            let found = Found {
                source,
                hits: finder.hits_in(text, range),
                is_last,
            };
            if send.send((number, found)).is_err() {
                break;
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores.min(pieces.len()) {
            let send = send.clone();
            let work = &work;
            scope.spawn(move || work(send));
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, found) in receive {
            waiting.insert(number, found);
            while let Some(found) = waiting.remove(&due) {
                due += 1;
                if cancel.load(Ordering::Relaxed) || each(found).is_break() {
                    stop.store(true, Ordering::Relaxed);
                    return false;
                }
            }
        }
        due == pieces.len()
    })
}

fn pieces(
    corpus: &Corpus,
    finder: &Finder,
    sources: impl IntoIterator<Item = usize>,
) -> Vec<(usize, Range<usize>, bool)> {
    let mut all = Vec::new();
    for number in sources {
        let Some(source) = corpus.sources().get(number) else {
            continue;
        };
        let text = source.text();
        let before = all.len();
        all.extend(
            finder
                .pieces(text, PIECE)
                .map(|piece| (number, piece, false)),
        );
        if all.len() == before {
            all.push((number, 0..0, false));
        }
        if let Some(last) = all.last_mut() {
            last.2 = true;
        }
    }
    all
}
