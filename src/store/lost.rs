//! Highlights that the histories hold and the project does not, and whole notebooks and packets: somebody or something took a file
//! away, or a part of it. Single entries of a notebook and sections of a packet are not missed, since people take them out by hand.
//!
//! Opening a project replays only what came after the last mark, so it does not notice. Here every line of every history is
//! carried out in the mind, by time among coders and in order within each, and what is left is compared with the project.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
    sync::Arc,
};

use jiff::Timestamp;

use super::{
    Problem, ProblemKind, StoreError, Workspace,
    disk::names,
    highlights_file::is_mark,
    history_file::parse_entry,
    paths::Paths,
    ron_text::Unread,
    saved_edit::{SavedEdit, SavedEntry},
    saved_highlight::SavedHighlight,
};
use crate::{
    edit::{Edit, packets, replay},
    model::{About, CoderId, Highlight, Packet, PacketId, Project, ReadingId, Shelf},
    text::{counted, grouped},
};

impl Workspace {
    /// Highlights that the histories hold and the project does not, since their file was deleted, emptied or cut; adding them
    /// is an edit like others. Those whose file is damaged are left out: it may hold them. O(histories).
    ///
    /// # Errors
    /// When a history can't be read.
    pub fn lost_highlights(&self) -> Result<Vec<Arc<Highlight>>, StoreError> {
        let lost = self.lost()?.highlights.into_iter();
        Ok(lost.map(|(h, _)| Arc::new(h)).collect())
    }

    /// The edits that write again what notebooks said whose files are gone. O(histories).
    ///
    /// # Errors
    /// When a history can't be read.
    pub fn lost_jottings(&self) -> Result<Vec<Edit>, StoreError> {
        let lost = self.lost()?.notebooks.into_iter();
        let edits = lost.flat_map(|(coder, entries)| {
            let jot = move |(about, text)| Edit::Jot(coder.clone(), about, Some(text));
            entries.into_iter().map(jot)
        });
        Ok(edits.collect())
    }

    /// The edits that make packets again whose files are gone. O(histories).
    ///
    /// # Errors
    /// When a history can't be read.
    pub fn lost_packets(&self) -> Result<Vec<Edit>, StoreError> {
        let lost = self.lost()?.packets.into_iter();
        Ok(lost
            .filter_map(|p| packets::put(&self.project, &p))
            .collect())
    }

    fn lost(&self) -> Result<Lost, StoreError> {
        let mut histories = Histories::default();
        for coder in coders(&self.paths)? {
            histories.read(&self.paths, &coder, |_, _| {})?;
        }
        Ok(histories.lost(&self.project, &self.paths, &self.blocked))
    }
}

/// Everyone who has a history.
fn coders(paths: &Paths) -> Result<Vec<CoderId>, StoreError> {
    let folder = paths.histories();
    let names = names(&folder).map_err(StoreError::io("read", &folder))?;
    let coder = |name: &String| CoderId::new(name.strip_suffix(".ron")?).ok();
    Ok(names.iter().filter_map(coder).collect())
}

/// What an edit does that matters here.
enum Step {
    Put(Box<SavedHighlight>),
    Gone(String, String),
    Jot(CoderId, About, Option<String>),
    /// What becomes of a packet or a section of one.
    Packet(PacketId, Box<Edit>),
    /// A reading comes or goes.
    Reading(String, bool),
}

/// The steps of an entry.
struct Taken {
    at: Option<Timestamp>,
    steps: Vec<Step>,
}

/// What all histories did, line by line.
#[derive(Default)]
pub(super) struct Histories(BTreeMap<CoderId, Vec<Taken>>);

/// What is missing.
#[derive(Default)]
pub(super) struct Lost {
    /// The highlights, and whose history holds each.
    highlights: Vec<(Highlight, CoderId)>,
    /// Readings without a folder, and whose history holds each.
    readings: Vec<(ReadingId, CoderId)>,
    /// Entries of notebooks without a file.
    notebooks: BTreeMap<CoderId, BTreeMap<About, String>>,
    /// Packets without a file.
    packets: Vec<Packet>,
}

impl Histories {
    /// Reads a coder's history; `bad` is told of lines that can't be read, by number.
    pub(super) fn read(
        &mut self,
        paths: &Paths,
        coder: &CoderId,
        mut bad: impl FnMut(usize, Unread),
    ) -> Result<(), StoreError> {
        let path = paths.history(coder);
        let file = File::open(&path).map_err(StoreError::io("read", &path))?;
        let entries = self.0.entry(coder.clone()).or_default();
        let mut line = String::new();
        let mut reader = BufReader::new(file);
        let mut number = 0;
        // A line that is no text was reported when the heads were read; what follows it is not looked at.
        while reader.read_line(&mut line).is_ok_and(|n| n > 0) {
            number += 1;
            let text = line.trim().trim_start_matches('\u{feff}');
            if text.starts_with('(') && !is_mark(text) {
                match parse_entry(text) {
                    Ok(entry) => entries.push(taken(entry)),
                    Err(unread) => bad(number, unread),
                }
            }
            line.clear();
        }
        Ok(())
    }

    /// What `project` should hold and does not. Highlights of the files `blocked` are left out.
    pub(super) fn lost(
        self,
        project: &Project,
        paths: &Paths,
        blocked: &BTreeSet<PathBuf>,
    ) -> Lost {
        let mut live: HashMap<(String, String), (SavedHighlight, CoderId)> = HashMap::new();
        // Clocks of two computers differ, so which of two coders had the last word on a highlight can't be told by time: it is
        // missed only when nobody's last word was that it goes.
        let mut gone: BTreeSet<(String, String, CoderId)> = BTreeSet::new();
        let mut readings: BTreeMap<String, (bool, CoderId)> = BTreeMap::new();
        let mut lost = Lost::default();
        let mut made = Project::default();
        let mut deleted: BTreeSet<(PacketId, CoderId)> = BTreeSet::new();
        for (coder, step) in self.in_order() {
            match step {
                Step::Jot(coder, about, text) => {
                    let entries = lost.notebooks.entry(coder).or_default();
                    match text {
                        Some(text) => entries.insert(about, text),
                        None => entries.remove(&about),
                    };
                }
                Step::Packet(id, edit) => {
                    let goes = matches!(*edit, Edit::PutPacket(_, None));
                    match goes {
                        true => deleted.insert((id, coder)),
                        false => deleted.remove(&(id, coder)),
                    };
                    // What does not fit is another coder's.
                    let _ = replay(&mut made, *edit);
                }
                Step::Put(h) => {
                    gone.remove(&(h.reading.clone(), h.id.clone(), coder.clone()));
                    live.insert((h.reading.clone(), h.id.clone()), (*h, coder));
                }
                Step::Gone(reading, id) => drop(gone.insert((reading, id, coder))),
                Step::Reading(id, there) => drop(readings.insert(id, (there, coder))),
            }
        }
        for (reading, id, _) in gone {
            live.remove(&(reading, id));
        }
        for (id, _) in deleted {
            made.packets.remove(&id);
        }
        lost.packets.extend(made.packets.into_values());
        lost.packets.retain(|packet| {
            let is_there = project.packets().contains_key(&packet.id);
            !is_there && !blocked.contains(&paths.packet(&packet.id))
        });
        let shelf = |id: &ReadingId| project.shelf(id).or_else(|| project.removed_shelf(id));
        lost.notebooks.retain(|coder, entries| {
            let is_there = project.notebooks().contains_key(coder);
            !entries.is_empty() && !is_there && !blocked.contains(&paths.notebook(coder))
        });
        for (id, (there, coder)) in readings {
            let Ok(id) = ReadingId::new(&id) else {
                continue;
            };
            let folder = paths.reading(&id);
            if there && shelf(&id).is_none() && !folder.exists() {
                lost.readings.push((id, coder));
            }
        }
        for (saved, coder) in live.into_values() {
            let Ok(highlight) = Highlight::try_from(saved) else {
                continue;
            };
            let is_lost = |shelf: &Shelf| {
                let path = paths.highlights_of(&highlight.coder, &highlight.reading);
                shelf.highlights.get(highlight.id).is_none()
                    && !blocked.contains(&path)
                    && highlight.span.fits(shelf.reading.text.as_str())
            };
            if shelf(&highlight.reading).is_some_and(is_lost) {
                lost.highlights.push((highlight, coder));
            }
        }
        lost.highlights.sort_by(|(a, _), (b, _)| {
            (&a.reading, a.span.start, a.id).cmp(&(&b.reading, b.span.start, b.id))
        });
        lost
    }

    /// All steps by time among coders and in order within each.
    fn in_order(self) -> Vec<(CoderId, Step)> {
        let mut books: Vec<_> = self
            .0
            .into_iter()
            .map(|(c, b)| (c, b.into_iter().peekable()))
            .collect();
        let mut out = Vec::new();
        loop {
            let next = (books.iter_mut())
                .filter_map(|(coder, book)| Some((book.peek()?.at, coder, book)))
                .min_by_key(|(at, ..)| *at);
            let Some((_, coder, book)) = next else {
                return out;
            };
            let steps = book.next().map(|taken| taken.steps).unwrap_or_default();
            out.extend(steps.into_iter().map(|step| (coder.clone(), step)));
        }
    }
}

fn taken(entry: SavedEntry) -> Taken {
    let mut steps = Vec::new();
    take(entry.edit, &mut steps);
    Taken {
        at: entry.at.parse().ok(),
        steps,
    }
}

fn take(edit: SavedEdit, steps: &mut Vec<Step>) {
    match edit {
        SavedEdit::AddHighlight(h) | SavedEdit::ChangeHighlight(h) => {
            steps.push(Step::Put(Box::new(h)));
        }
        SavedEdit::RemoveHighlight { reading, id } => steps.push(Step::Gone(reading, id)),
        SavedEdit::AddReading { id, .. } | SavedEdit::RestoreReading(id) => {
            steps.push(Step::Reading(id, true));
        }
        SavedEdit::RemoveReading(id) => steps.push(Step::Reading(id, false)),
        SavedEdit::Jot { coder, about, text } => {
            if let (Ok(coder), Ok(about)) = (CoderId::new(&coder), About::try_from(about)) {
                steps.push(Step::Jot(coder, about, text));
            }
        }
        SavedEdit::Batch(edits) => edits.into_iter().for_each(|edit| take(edit, steps)),
        edit @ (SavedEdit::PutPacket { .. } | SavedEdit::PutSection { .. }) => {
            if let Ok(edit) = edit.edit(&Project::default())
                && let Edit::PutPacket(id, _) | Edit::PutSection(id, ..) = &edit
            {
                steps.push(Step::Packet(id.clone(), Box::new(edit)));
            }
        }
        _ => {}
    }
}

impl Lost {
    /// What is missing, file by file.
    pub(super) fn problems(&self, paths: &Paths) -> Vec<Problem> {
        let mut files: BTreeMap<(PathBuf, &CoderId), usize> = BTreeMap::new();
        for (highlight, coder) in &self.highlights {
            let path = paths.highlights_of(&highlight.coder, &highlight.reading);
            *files.entry((path, coder)).or_default() += 1;
        }
        let highlights = files.into_iter().map(|((path, coder), n)| {
            let are = if n == 1 { "is" } else { "are" };
            let what = format!(
                "{} that {coder}'s history holds {are} in no file",
                counted(n, "highlight")
            );
            let hint =
                "bring the file back from a copy, or add them again: `glossator check --restore`";
            Problem::new(ProblemKind::Missing, &path, what, hint)
        });
        let readings = self.readings.iter().map(|(id, coder)| {
            let what = format!("the reading's folder, which {coder}'s history names, is missing");
            let hint = "bring it back from a copy; highlights of it stay in the history until then";
            Problem::new(ProblemKind::Missing, &paths.reading(id), what, hint)
        });
        let notebooks = self.notebooks.iter().map(|(coder, entries)| {
            let n = entries.len();
            let what = match n {
                1 => "1 entry that the histories hold is in no file".to_owned(),
                n => format!(
                    "{} entries that the histories hold are in no file",
                    grouped(n)
                ),
            };
            let hint =
                "bring the file back from a copy, or write them again: `glossator check --restore`";
            Problem::new(ProblemKind::Missing, &paths.notebook(coder), what, hint)
        });
        let packets = self.packets.iter().map(|packet| {
            let what = format!(
                "the packet “{}”, which the histories hold, is in no file",
                packet.head.title
            );
            let hint =
                "bring the file back from a copy, or make it again: `glossator check --restore`";
            Problem::new(ProblemKind::Missing, &paths.packet(&packet.id), what, hint)
        });
        highlights
            .chain(readings)
            .chain(notebooks)
            .chain(packets)
            .collect()
    }
}
