//! A search that goes on in the background: hits come in while it runs, reading by reading.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, TryRecvError},
    },
};

use crate::{
    analysis::{
        Corpus,
        find::{Finder, Pattern},
    },
    app::worker::Workers,
    gather::{self, Found},
    model::ReadingId,
    text::Span,
};

/// How many hits are listed. A pattern with more says nothing yet, and the search ends there.
pub const MOST: usize = 1_000_000;
/// In how many parts the scroll bar shows where hits are.
const PARTS: u64 = 256;

/// The hits in one reading.
pub struct Hits {
    /// The reading.
    pub reading: ReadingId,
    /// The hits, in text order.
    pub spans: Vec<Span>,
    /// How many hits there are in the readings before.
    pub before: usize,
    /// The first hit of each part of the reading that has one, for the scroll bar.
    pub ticks: Vec<u32>,
    /// Which are ticked; as many as `spans`.
    pub ticked: Vec<bool>,
    /// How many are.
    count: usize,
    length: u32,
}

impl Hits {
    fn add(&mut self, spans: Vec<Span>) {
        for span in &spans {
            let part = |at: u32| u64::from(at) * PARTS / u64::from(self.length.max(1));
            if self.ticks.last().map(|t| part(*t)) != Some(part(span.start)) {
                self.ticks.push(span.start);
            }
        }
        self.ticked.resize(self.ticked.len() + spans.len(), false);
        self.spans.extend(spans);
    }

    /// Whether all are ticked.
    pub fn all_ticked(&self) -> bool {
        self.count == self.spans.len()
    }
}

/// A search and what it has found so far.
pub struct Search {
    /// What is looked for.
    pub pattern: Pattern,
    /// The readings with hits, in the order in which readings are listed.
    pub groups: Vec<Hits>,
    /// How many hits there are.
    pub total: usize,
    /// How many of them are ticked.
    pub ticked: usize,
    /// Whether it ended because there were too many.
    pub is_cut: bool,
    /// All readings and how long they are, in bytes.
    readings: Vec<(ReadingId, u32)>,
    /// In which of them it looks.
    places: Vec<usize>,
    coming: Option<Receiver<Found>>,
    cancel: Arc<AtomicBool>,
}

impl Drop for Search {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

impl Search {
    /// Begins to look in the readings with these places among the corpus's.
    pub fn start(
        workers: &Workers,
        corpus: &Arc<Corpus>,
        pattern: Pattern,
        finder: Finder,
        places: Vec<usize>,
    ) -> Self {
        let readings = corpus.sources().iter().map(|s| &s.reading);
        let cancel = Arc::new(AtomicBool::new(false));
        let (send, receive) = mpsc::channel();
        let search = Self {
            pattern,
            groups: Vec::new(),
            total: 0,
            ticked: 0,
            is_cut: false,
            readings: readings.map(|r| (r.id.clone(), r.text.len())).collect(),
            places: places.clone(),
            coming: Some(receive),
            cancel: Arc::clone(&cancel),
        };
        let (corpus, wake) = (Arc::clone(corpus), workers.clone());
        // What it gives comes through the channel as it is found.
        drop(workers.start(move || {
            gather::gather(&corpus, &finder, places, &cancel, |found| {
                let has_hits = !found.hits.is_empty();
                if send.send(found).is_err() {
                    return ControlFlow::Break(());
                }
                if has_hits {
                    wake.wake();
                }
                ControlFlow::Continue(())
            });
        }));
        search
    }

    /// Whether it is still at it.
    pub fn is_running(&self) -> bool {
        self.coming.is_some()
    }

    /// Whether it looked in just these readings.
    pub fn is_of<'a>(&'a self, readings: impl Iterator<Item = &'a ReadingId>) -> bool {
        let here = self.places.iter().filter_map(|p| self.readings.get(*p));
        readings.eq(here.map(|(id, _)| id))
    }

    /// How many readings it looks in.
    pub fn readings(&self) -> usize {
        self.places.len()
    }

    /// Takes in what was found since the last frame.
    pub fn receive(&mut self) {
        loop {
            let Some(coming) = &self.coming else { return };
            match coming.try_recv() {
                Ok(found) => self.add(found),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => self.coming = None,
            }
        }
    }

    fn add(&mut self, found: Found) {
        let mut spans = found.hits;
        if self.total + spans.len() > MOST {
            spans.truncate(MOST - self.total);
            self.is_cut = true;
            self.cancel.store(true, Ordering::Relaxed);
            self.coming = None;
        }
        let known = self.readings.get(found.source);
        let Some((reading, length)) = known.filter(|_| !spans.is_empty()) else {
            return;
        };
        let count = spans.len();
        match self.groups.last_mut().filter(|g| g.reading == *reading) {
            Some(group) => group.add(spans),
            None => {
                let mut group = Hits {
                    reading: reading.clone(),
                    spans: Vec::new(),
                    before: self.total,
                    ticks: Vec::new(),
                    ticked: Vec::new(),
                    count: 0,
                    length: *length,
                };
                group.add(spans);
                self.groups.push(group);
            }
        }
        self.total += count;
    }

    /// The hits in a reading, with the number of the first.
    pub fn in_reading(&self, id: &ReadingId) -> Option<&Hits> {
        self.groups.iter().find(|g| g.reading == *id)
    }

    /// The reading and the place of the n-th hit of all.
    pub fn hit(&self, number: usize) -> Option<(&ReadingId, Span)> {
        let (group, index) = self.place(number)?;
        let group = &self.groups[group];
        Some((&group.reading, group.spans[index]))
    }

    /// The group of the n-th hit and its place there. O(log readings).
    pub fn place(&self, number: usize) -> Option<(usize, usize)> {
        if number >= self.total {
            return None;
        }
        let group = (self.groups.partition_point(|g| g.before <= number)).checked_sub(1)?;
        Some((group, number - self.groups[group].before))
    }

    /// Ticks the n-th hit, or unticks it.
    pub fn tick(&mut self, number: usize, on: bool) {
        if let Some((group, index)) = self.place(number) {
            self.set(group, index, on);
        }
    }

    /// Whether the n-th hit is ticked.
    pub fn is_ticked(&self, number: usize) -> bool {
        let place = self.place(number);
        place.is_some_and(|(group, index)| self.groups[group].ticked[index])
    }

    /// Ticks all hits of a reading, or unticks them.
    pub fn tick_group(&mut self, group: usize, on: bool) {
        let count = self.groups.get(group).map_or(0, |g| g.spans.len());
        for index in 0..count {
            self.set(group, index, on);
        }
    }

    /// Ticks all hits, or unticks them.
    pub fn tick_all(&mut self, on: bool) {
        for group in &mut self.groups {
            group.ticked.fill(on);
            group.count = if on { group.spans.len() } else { 0 };
        }
        self.ticked = if on { self.total } else { 0 };
    }

    fn set(&mut self, group: usize, index: usize, on: bool) {
        let group = &mut self.groups[group];
        let Some(tick) = group.ticked.get_mut(index) else {
            return;
        };
        match (std::mem::replace(tick, on), on) {
            (false, true) => {
                self.ticked += 1;
                group.count += 1;
            }
            (true, false) => {
                self.ticked -= 1;
                group.count -= 1;
            }
            _ => {}
        }
    }

    /// The ticked hits of each reading, or all.
    pub fn passages(&self, only_ticked: bool) -> Vec<(ReadingId, Vec<Span>)> {
        let chosen = |group: &Hits| {
            let pairs = group.spans.iter().zip(&group.ticked);
            let chosen = pairs.filter(|(_, ticked)| !only_ticked || **ticked);
            chosen.map(|(span, _)| *span).collect::<Vec<_>>()
        };
        let all = self.groups.iter().map(|g| (g.reading.clone(), chosen(g)));
        all.filter(|(_, spans)| !spans.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(hits: &[(usize, &[u32])]) -> Search {
        let id = |i: usize| ReadingId::new(&format!("r{i}")).unwrap();
        let mut search = Search {
            pattern: Pattern::default(),
            groups: Vec::new(),
            total: 0,
            ticked: 0,
            is_cut: false,
            readings: (0..9).map(|i| (id(i), 1000)).collect(),
            places: (0..9).collect(),
            coming: None,
            cancel: Arc::default(),
        };
        for (source, starts) in hits {
            search.add(Found {
                source: *source,
                hits: starts.iter().map(|s| Span::new(*s, s + 2)).collect(),
                is_last: false,
            });
        }
        search
    }

    #[test]
    fn hits_are_numbered_through_all_readings() {
        let search = made(&[(1, &[5, 9]), (1, &[600]), (2, &[]), (4, &[0, 3])]);
        assert_eq!(search.total, 5);
        assert_eq!(search.groups.len(), 2);
        let place = |n| search.hit(n).map(|(r, s)| (r.to_string(), s.start));
        let told: Vec<_> = (0..6).map(place).collect();
        let hit = |r: &str, s| Some((r.to_owned(), s));
        assert_eq!(
            told,
            [
                hit("r1", 5),
                hit("r1", 9),
                hit("r1", 600),
                hit("r4", 0),
                hit("r4", 3),
                None
            ]
        );
        // 5 and 9 fall in parts of their own of a thousand bytes in 256 parts.
        assert_eq!(search.groups[0].ticks, [5, 9, 600]);
        assert_eq!(search.groups[1].ticks, [0]);
    }

    #[test]
    fn ticks_are_counted_however_they_are_set() {
        let mut search = made(&[(0, &[1, 2, 3]), (3, &[4, 5])]);
        search.tick(1, true);
        search.tick(1, true);
        search.tick(4, true);
        assert_eq!(search.ticked, 2);
        search.tick_group(0, true);
        assert_eq!(search.ticked, 4);
        search.tick(0, false);
        let chosen = search.passages(true);
        assert_eq!(
            chosen.iter().map(|(_, s)| s.len()).collect::<Vec<_>>(),
            [2, 1]
        );
        search.tick_all(true);
        assert_eq!((search.ticked, search.is_ticked(0)), (5, true));
        search.tick_group(1, false);
        assert_eq!(search.ticked, 3);
        search.tick_all(false);
        assert_eq!((search.ticked, search.passages(true).len()), (0, 0));
        assert_eq!(search.passages(false).len(), 2);
    }

    #[test]
    fn too_many_hits_end_the_search() {
        let many: Vec<u32> = (0..MOST as u32 + 7).collect();
        let search = made(&[(0, &[1]), (1, &many), (2, &[8])]);
        assert_eq!((search.total, search.is_cut), (MOST, true));
    }
}
