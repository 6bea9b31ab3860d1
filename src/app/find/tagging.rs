//! Tagging what was found, as one edit.

use std::sync::{
    Arc,
    mpsc::{Receiver, TryRecvError},
};

use jiff::Timestamp;

use super::unit::{self, Unit};
use crate::{
    analysis::Corpus,
    app::{Session, command::Outcome, words, worker::Workers},
    edit::{Edit, compose},
    model::{Label, LabelId, ReadingId},
    store::new_highlight_id,
    text::Span,
};

/// Hits to be tagged, as soon as a label is chosen.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The hits of each reading, in text order.
    pub hits: Vec<(ReadingId, Vec<Span>)>,
    /// What of the text is tagged for each.
    pub unit: Unit,
    /// What was looked for.
    pub pattern: String,
}

/// With which label.
#[derive(Clone, Debug)]
pub enum With {
    /// One of the codebook.
    Label(LabelId),
    /// A new one.
    New(Label),
}

impl With {
    fn id(&self) -> &LabelId {
        match self {
            Self::Label(id) => id,
            Self::New(label) => &label.id,
        }
    }
}

/// Passages by reading.
type Passages = Vec<(ReadingId, Span)>;

/// More hits than this are made into passages on a thread.
const MANY: usize = 2_000;

/// Passages that a thread works out.
pub struct Coming {
    passages: Receiver<Passages>,
    pattern: String,
    with: With,
}

impl Batch {
    /// How many hits there are.
    pub fn len(&self) -> usize {
        self.hits.iter().map(|(_, spans)| spans.len()).sum()
    }

    fn passages(&self, corpus: &Corpus) -> Passages {
        let of = |(id, hits): &(ReadingId, Vec<Span>)| {
            let source = corpus.source(id);
            let spans = source.map(|s| unit::passages(&s.reading.text, hits, self.unit));
            let spans = spans.unwrap_or_default().into_iter();
            spans.map(|span| (id.clone(), span)).collect::<Vec<_>>()
        };
        self.hits.iter().flat_map(of).collect()
    }
}

/// Tags a batch, or has what is needed for it worked out first.
pub fn start(
    session: &mut Session,
    workers: &Workers,
    batch: Batch,
    with: With,
) -> Result<(Option<String>, Option<Coming>), String> {
    session.commit_note()?;
    let corpus = session.corpus();
    if batch.unit == Unit::Hit || batch.len() <= MANY {
        let passages = batch.passages(&corpus);
        return tag(session, passages, &batch.pattern, with).map(|told| (told, None));
    }
    let pattern = batch.pattern.clone();
    let passages = workers.start(move || batch.passages(&Arc::clone(&corpus)));
    let coming = Coming {
        passages,
        pattern,
        with,
    };
    Ok((None, Some(coming)))
}

/// Tags what a thread has worked out, when it is there. Whether it is done with, and what came of it.
pub fn finish(session: &mut Session, coming: &Coming) -> Option<Outcome> {
    match coming.passages.try_recv() {
        Ok(passages) => Some(tag(session, passages, &coming.pattern, coming.with.clone())),
        Err(TryRecvError::Empty) => None,
        Err(TryRecvError::Disconnected) => {
            Some(Err("The passages could not be worked out.".to_owned()))
        }
    }
}

fn tag(session: &mut Session, passages: Passages, pattern: &str, with: With) -> Outcome {
    let count = passages.len();
    let (project, coder, id) = (session.project(), session.coder(), with.id().clone());
    let name = match &with {
        With::Label(id) => project.label_name(id).to_owned(),
        With::New(label) => label.name.clone(),
    };
    let now = Timestamp::now();
    let edit = compose::tag_all(project, passages, &id, coder, now, new_highlight_id);
    let tagged = match &edit {
        None => 0,
        Some(Edit::Batch(edits)) => edits.len(),
        Some(_) => 1,
    };
    let same = count - tagged.min(count);
    let had = match same {
        0 => String::new(),
        1 => " One had it already.".to_owned(),
        n => format!(" {} had it already.", words::grouped(n)),
    };
    let Some(edit) = edit else {
        return Ok(Some(format!("Nothing to tag with “{name}”.{had}")));
    };
    let told = words::counted(tagged, "passage");
    let what = format!("Tag {told} found by “{pattern}” with “{name}”");
    let edit = match with {
        With::Label(_) => edit,
        With::New(label) => {
            let rest = match edit {
                Edit::Batch(edits) => edits,
                one => vec![one],
            };
            Edit::Batch(std::iter::once(Edit::AddLabel(label)).chain(rest).collect())
        }
    };
    session.perform_as(what, edit)?;
    session.hidden.remove(&id);
    let back = match tagged {
        1 => "Ctrl+Z takes it back.",
        _ => "Ctrl+Z takes all of it back.",
    };
    Ok(Some(format!("{told} tagged with “{name}”.{had} {back}")))
}
