//! Documents: what is composed, and the sink of each format.

use super::{Format, Kind, Order, Out, Progress, Surroundings, What, Writer};
use crate::{
    export::{
        document::{self, Block, Head, Item, Sink, Stop},
        docx::Docx,
        html,
        markdown::{self, Group},
        page::Pdf,
    },
    model::Project,
};

/// Writes what is ordered as a document.
///
/// # Errors
/// [`Stop`].
pub fn write(
    project: &Project,
    order: &Order,
    around: Surroundings<'_>,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    around.progress.expect(count(project, order)?);
    let head = head(project, order)?;
    let mut writer: Box<dyn Writer + '_> = match order.format {
        Format::Markdown => Box::new(markdown::Document::new(&head, out)),
        Format::Html => Box::new(html::Document::new(&head, out)),
        Format::Docx => Box::new(Docx::new(out, &head, order.options.glosses)?),
        Format::Pdf => Box::new(Pdf::new(&head, around.fonts, Some(around.now), out)),
        format => return Err(Stop::Bad(format!("{} is no document.", format.name()))),
    };
    let mut watched = Watched {
        sink: &mut *writer,
        progress: around.progress,
        kind: order.what.kind(),
    };
    compose(project, order, &mut watched)?;
    writer.finish()
}

/// What is said of an ordered document as a whole.
///
/// # Errors
/// [`Stop::Bad`] when the project does not have what is ordered.
pub fn head(project: &Project, order: &Order) -> Result<Head, Stop> {
    let (filter, options) = (&order.filter, &order.options);
    let head = match &order.what {
        What::Excerpts => Head::excerpts(project, filter, options.cite),
        What::Annotated(id) => Head::annotated(project, id, filter, options.cite),
        What::Codebook => Head::codebook(project),
        What::Packet(id) => {
            let packet = project.packets().get(id).ok_or_else(gone)?;
            return Ok(Head::from(packet));
        }
    };
    Ok(Head {
        paper: options.paper,
        ..head
    })
}

/// Pushes what is ordered into a sink, block by block.
///
/// # Errors
/// Those of `sink`; [`Stop::Bad`] when the project does not have what is ordered.
pub fn compose(project: &Project, order: &Order, sink: &mut dyn Sink) -> Result<(), Stop> {
    let (filter, options) = (&order.filter, &order.options);
    match &order.what {
        What::Excerpts => document::excerpts(project, filter, &options.excerpts(), sink),
        What::Annotated(id) => document::annotated(project, id, filter, options.cite, sink),
        What::Codebook => document::codebook(project, filter, sink),
        What::Packet(id) => {
            let packet = project.packets().get(id).ok_or_else(gone)?;
            document::packet(project, packet, sink)
        }
    }
}

/// The packet was deleted meanwhile.
pub(super) fn gone() -> Stop {
    Stop::Bad("The packet is not there any more.".to_owned())
}

/// How many blocks [`Watched`] will count.
fn count(project: &Project, order: &Order) -> Result<usize, Stop> {
    match &order.what {
        What::Excerpts => Ok(excerpts(project, order)),
        What::Annotated(id) => {
            let reading = project.reading(id);
            Ok(reading.map_or(0, |r| r.text.paragraphs().len()))
        }
        What::Packet(_) | What::Codebook => {
            let mut counter = Counter(0);
            compose(project, order, &mut counter)?;
            Ok(counter.0)
        }
    }
}

/// How many excerpts a document has: one that stands under several labels counts for each.
fn excerpts(project: &Project, order: &Order) -> usize {
    let selection = order.filter.select(project);
    if order.options.group == Group::Reading {
        return selection.len();
    }
    let asked = selection.labels.as_ref();
    let highlights = selection.readings.iter().flat_map(|r| &r.highlights);
    let labels = highlights.flat_map(|h| &h.labels);
    labels
        .filter(|label| asked.is_none_or(|asked| asked.contains(*label)))
        .count()
}

/// Counts blocks.
struct Counter(usize);

impl Sink for Counter {
    fn put(&mut self, _: Item) -> Result<(), Stop> {
        self.0 += 1;
        Ok(())
    }
}

/// A sink that counts what people count, and can be stopped.
struct Watched<'a> {
    sink: &'a mut dyn Sink,
    progress: &'a Progress,
    kind: Kind,
}

impl Sink for Watched<'_> {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        let counts = match self.kind {
            Kind::Excerpts => matches!(item.block, Block::Quote(_)),
            Kind::Annotated => matches!(item.block, Block::Passage(_)),
            Kind::Packet | Kind::Codebook => true,
        };
        if counts {
            self.progress.tick()?;
        }
        self.sink.put(item)
    }
}
