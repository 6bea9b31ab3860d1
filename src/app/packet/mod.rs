//! The packet: sections at the left, the pages as they will print in the middle, what can be added and how a section is made at the
//! right.
//!
//! A thread composes and lays out the packet from a snapshot of the project ([`sheets`]) and draws the pages that show ([`pictures`]);
//! what was there shows until what is new has come. One works in the pages themselves: everything on them can be chosen, moved,
//! taken out and written in ([`pages`]). Each change is one edit ([`carry`]).

mod add;
mod carry;
mod choose;
mod drag;
mod empty;
mod fields;
mod finish;
mod inplace;
mod keys;
mod onpage;
mod pages;
mod pictures;
mod questions;
mod section;
mod sections;
mod sheets;
mod side;
mod spot;
mod state;
mod templates;

use std::sync::Arc;

use egui::Ui;

pub use carry::{carry_out, meant};
pub use choose::Where;
pub use state::{Kept, State};

use super::{App, Command, Screen, Session, worker::Workers};
use crate::{
    export::document::Origin,
    model::{
        HighlightId, Packet, PacketHead, PacketId, Pick, Project, ReadingId, Section, SectionId,
        Side,
    },
};
use spot::Spot;

/// What this view asks for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Offers templates for a new packet.
    Choose,
    /// Does not begin a new packet after all.
    DontChoose,
    /// Makes a packet from the template of that number.
    New(usize),
    /// Takes in a packet that was made from a template.
    Made(Box<Packet>),
    /// Shows a packet.
    Open(PacketId),
    /// Makes a copy of the packet that shows.
    Duplicate,
    /// Takes the packet that shows out of the project.
    Delete,
    /// Says something else of the packet as a whole.
    PutHead(PacketHead),
    /// Adds a section after the one that shows.
    NewSection,
    /// Adds a section like this one after the one that shows.
    Add(Box<Section>),
    /// Makes a section of the packet that shows otherwise.
    Put(SectionId, Box<Section>),
    /// Shows a section.
    Show(SectionId),
    /// Puts a section into another place, counted without it.
    MoveSection(SectionId, usize),
    /// Makes a copy of a section, after it.
    DuplicateSection(SectionId),
    /// Takes a section out.
    DeleteSection(SectionId),
    /// Puts excerpts into a section, out of the one they came from.
    PutExcerpts(Vec<Pick>, Option<SectionId>, Spot),
    /// Puts excerpts at the end of a section; those that contest its theory on the right, where there are sides.
    Append(Vec<(ReadingId, HighlightId)>, PacketId, SectionId),
    /// Takes what is chosen on a page out.
    TakeOut(Origin),
    /// Moves what is chosen on a page up or down.
    Step(Origin, bool),
    /// Puts an excerpt on a side.
    ToSide(Origin, Side),
    /// Opens what is chosen on a page: excerpts and notes in the reader, texts to be written in.
    Enter(Origin),
    /// Takes excerpts that are not there any more out of their sections.
    Forget,
    /// Gives the keyboard to the list of excerpts that can be added.
    ToAdd,
    /// Asks how the packet that shows is to be exported.
    Export,
    /// Asks into which section of which packet what is selected in the list of excerpts, or in focus, is to be put.
    AskWhere,
    /// Sets the pages larger or smaller by so many steps; at 0 as wide as fits.
    Zoom(i32),
}

/// What the parts of the view work with.
struct Desk<'a> {
    session: &'a mut Session,
    commands: &'a mut Vec<Command>,
    workers: &'a Workers,
    /// The window's clock, in seconds.
    time: f64,
    /// Whether nobody types and nothing is open over the view.
    idle: bool,
}

impl Desk<'_> {
    fn ask(&mut self, request: Request) {
        self.commands.push(Command::Packet(request));
    }

    fn project(&self) -> &Project {
        self.session.project()
    }
}

/// Lends the view's state out beside the session that it belongs to.
fn with_state(app: &mut App, ui: &mut Ui, f: impl FnOnce(&mut State, &mut Desk<'_>, &mut Ui)) {
    let free = app.dialog.is_none() && app.picker.is_none();
    let App {
        screen: Screen::Open(session),
        commands,
        workers,
        time,
        ..
    } = app
    else {
        return;
    };
    let idle = free && !egui::Popup::is_any_open(ui.ctx()) && ui.memory(|m| m.focused().is_none());
    let mut state = std::mem::take(&mut session.packet);
    let mut desk = Desk {
        session,
        commands,
        workers,
        time: *time,
        idle,
    };
    f(&mut state, &mut desk, ui);
    session.packet = state;
}

/// Shows the pages.
pub fn show(app: &mut App, ui: &mut Ui) {
    with_state(app, ui, |state, desk, ui| {
        state.refresh(desk.session, desk.workers);
        if let Some(packet) = state.made() {
            desk.ask(Request::Made(Box::new(packet)));
        }
        let packet = state.written(desk.session);
        match packet.filter(|_| !state.choosing) {
            Some(packet) => pages::show(state, &packet, desk, ui),
            None => empty::show(state, desk, ui),
        }
    });
}

/// Shows the packet's sections, at the left.
pub fn sections(app: &mut App, ui: &mut Ui) {
    with_state(app, ui, sections::show);
}

/// Shows what can be added and how it is made, at the right.
pub fn side(app: &mut App, ui: &mut Ui) {
    with_state(app, ui, side::show);
}

/// Whether the view shows a packet.
pub fn shows_one(session: &Session) -> bool {
    session.view == super::View::Packet && session.packet.shown(session.project()).is_some()
}

impl State {
    /// The packet that shows, with what is being written in it.
    fn written(&self, session: &Session) -> Option<Arc<Packet>> {
        let id = &self.shown(session.project())?.id;
        session.packet_as_written(id).map(Arc::new)
    }
}
