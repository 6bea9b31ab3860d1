//! What the view asks for is carried out here: each change is one edit.

use super::{
    Request, pages,
    spot::{self, BY_RULE, Spot},
    state::{Face, Part as Place, State},
};
use crate::{
    app::{
        App, Command, Screen, Session, View,
        action::Action,
        command::Outcome,
        dialogs::Dialog,
        session::drafts::{Slot, Text},
        words,
        worker::Workers,
    },
    edit::{Edit, packets},
    export::{
        document::{Origin, Part},
        order::What,
    },
    model::{
        HighlightId, Packet, PacketId, Pick, Project, ReadingId, Section, SectionId, Side, Stance,
        Subject,
    },
};

/// What a command means while this view shows.
pub fn meant(command: Command) -> Command {
    let request = match command {
        Command::Do(Action::LargerText) => Request::Zoom(1),
        Command::Do(Action::SmallerText) => Request::Zoom(-1),
        Command::Do(Action::UsualText) => Request::Zoom(0),
        Command::Do(Action::Export) => Request::Export,
        other => return other,
    };
    Command::Packet(request)
}

/// Carries out what it asked for.
pub fn carry_out(app: &mut App, request: Request) -> Outcome {
    if let Request::AskWhere = request {
        let dialog = app.session().map(super::Where::new).transpose()?;
        app.dialog = dialog.map(|d| Dialog::Where(Box::new(d)));
        return Ok(None);
    }
    let Screen::Open(session) = &mut app.screen else {
        return Ok(None);
    };
    session.commit_note()?;
    let mut state = std::mem::take(&mut session.packet);
    let outcome = Carrier {
        state: &mut state,
        session,
        commands: &mut app.commands,
        workers: &app.workers,
    }
    .carry_out(request);
    session.packet = state;
    outcome
}

/// What it is carried out with.
pub(super) struct Carrier<'a> {
    pub state: &'a mut State,
    pub session: &'a mut Session,
    pub commands: &'a mut Vec<Command>,
    workers: &'a Workers,
}

pub(super) fn back(what: &str) -> Outcome {
    Ok(Some(format!("{what} Ctrl+Z brings it back.")))
}

impl Carrier<'_> {
    pub(super) fn project(&self) -> &Project {
        self.session.project()
    }

    /// The packet that shows.
    pub(super) fn packet(&self) -> Result<&Packet, String> {
        let none = || "Make a packet first.".to_owned();
        self.state.shown(self.project()).ok_or_else(none)
    }

    pub(super) fn id(&self) -> Result<PacketId, String> {
        Ok(self.packet()?.id.clone())
    }

    pub(super) fn perform(&mut self, edit: Option<Edit>) -> Outcome {
        edit.map_or(Ok(()), |edit| self.session.perform(edit))?;
        Ok(None)
    }

    /// Changes a section of the packet that shows.
    pub(super) fn change(&mut self, id: &SectionId, f: impl FnOnce(&mut Section)) -> Outcome {
        let packet = self.id()?;
        let edit = packets::change_section(self.project(), &packet, id, f);
        self.perform(edit)
    }

    pub(super) fn carry_out(&mut self, request: Request) -> Outcome {
        match request {
            Request::AskWhere => Ok(None),
            Request::ToAdd => {
                self.state.kept.face = Face::Add;
                self.state.wants_keyboard = Some(Place::Add);
                Ok(None)
            }
            Request::Export => {
                let what = self
                    .state
                    .shown(self.project())
                    .map(|p| What::Packet(p.id.clone()));
                self.commands
                    .push(Command::Export(what.unwrap_or_default()));
                Ok(None)
            }
            Request::Choose => {
                self.session.show_view(View::Packet);
                self.state.choosing = true;
                Ok(None)
            }
            Request::DontChoose => {
                self.state.choosing = false;
                Ok(None)
            }
            Request::New(number) => {
                self.state.make(self.session, self.workers, number);
                Ok(None)
            }
            Request::Made(packet) => self.made(&packet),
            Request::Open(id) => {
                self.state.open(&id);
                Ok(None)
            }
            Request::Duplicate => {
                let id = self.id()?;
                if let Some((copy, edit)) = packets::duplicate(self.project(), &id) {
                    self.session.perform(edit)?;
                    self.state.open(&copy);
                    self.state.renaming = Some(Slot::Title);
                }
                Ok(None)
            }
            Request::Delete => {
                let (id, title) = (self.id()?, self.packet()?.head.title.clone());
                let edit = packets::delete(self.project(), &id);
                self.perform(edit)?;
                back(&format!("The packet “{title}” was deleted."))
            }
            Request::PutHead(head) => {
                let id = self.id()?;
                let edit = packets::change(self.project(), &id, |old| *old = head);
                self.perform(edit)
            }
            Request::NewSection => {
                let section = Section {
                    title: "New section".to_owned(),
                    ..Section::default()
                };
                self.add(section)
            }
            Request::Add(section) => self.add(*section),
            Request::Put(id, section) => self.change(&id, |old| *old = *section),
            Request::Show(id) => {
                self.state.choosing = false;
                self.state.select(Origin {
                    section: Some(id),
                    part: Part::Title,
                });
                Ok(None)
            }
            Request::MoveSection(id, to) => {
                let packet = self.id()?;
                let edit = packets::move_section(self.project(), &packet, &id, to);
                self.perform(edit)
            }
            Request::DuplicateSection(id) => {
                let packet = self.id()?;
                let made = packets::duplicate_section(self.project(), &packet, &id);
                if let Some((copy, edit)) = made {
                    self.session.perform(edit)?;
                    self.state.select(title(&copy));
                }
                Ok(None)
            }
            Request::DeleteSection(id) => self.delete_section(&id),
            Request::PutExcerpts(picks, from, spot) => self.put(&picks, from.as_ref(), &spot),
            Request::Append(excerpts, packet, section) => self.append(&excerpts, &packet, &section),
            Request::TakeOut(origin) => self.take_out(&origin),
            Request::Step(origin, down) => self.step(&origin, down),
            Request::ToSide(origin, side) => self.to_side(&origin, side),
            Request::Enter(origin) => self.enter(&origin),
            Request::Forget => self.forget(),
            Request::Zoom(by) => {
                self.state.kept.zoom = zoomed(self.state.scale / pages::PRINT, by);
                Ok(None)
            }
        }
    }

    /// Takes in a packet that was made from a template, and has its title written.
    fn made(&mut self, packet: &Packet) -> Outcome {
        let edit = packets::put(self.project(), packet);
        self.perform(edit)?;
        self.state.open(&packet.id);
        self.state.kept.face = match packet.sections.is_empty() {
            true => Face::Packet,
            false => Face::Add,
        };
        self.state.renaming = Some(Slot::Title);
        Ok(None)
    }

    /// Adds a section after the one that shows, and has its title written.
    fn add(&mut self, section: Section) -> Outcome {
        let about = matches!(section.subject, Subject::Theory(_));
        let packet = self.packet()?;
        let here = self.state.section(packet);
        let at = { packet.in_order().into_iter() }.position(|(id, _)| Some(id) == here.as_ref());
        let at = at.map_or(usize::MAX, |at| at + 1);
        let packet = packet.id.clone();
        let made = packets::add_section(self.project(), &packet, section, at);
        if let Some((id, edit)) = made {
            self.session.perform(edit)?;
            self.state.select(title(&id));
            // A theory has its name; what comes next is its excerpts.
            match about {
                true => self.state.kept.face = Face::Add,
                false => {
                    self.state.kept.face = Face::Section;
                    self.state.renaming = Some(Slot::Of(id, Text::Title));
                }
            }
        }
        Ok(None)
    }

    pub(super) fn delete_section(&mut self, id: &SectionId) -> Outcome {
        let packet = self.packet()?;
        let order = packet.in_order();
        let at = order.iter().position(|(other, _)| *other == id);
        let next = at.and_then(|at| order.get(at + 1).or(order.get(at.checked_sub(1)?)));
        let next = next.map(|(id, _)| (*id).clone());
        let name = packet.sections.get(id).map(|s| s.title.clone());
        let packet = packet.id.clone();
        let edit = packets::delete_section(self.project(), &packet, id);
        self.perform(edit)?;
        self.state.selected = None;
        if let Some(next) = next {
            self.state.choose_section(&next);
        }
        back(&format!(
            "The section “{}” was deleted.",
            name.unwrap_or_default()
        ))
    }

    /// Puts excerpts where they were let go of.
    pub(super) fn put(&mut self, picks: &[Pick], from: Option<&SectionId>, spot: &Spot) -> Outcome {
        let packet = self.id()?;
        let picks: Vec<Pick> = { picks.iter().cloned() }
            .map(|pick| Pick {
                side: spot.side,
                ..pick
            })
            .collect();
        let (to, before) = (&spot.section, spot.before.as_ref());
        let project = self.project();
        let edit = match from {
            Some(from) => packets::send_picks(project, &packet, (from, to), &picks, before),
            None => packets::place_picks(project, &packet, to, &picks, before),
        };
        self.perform(edit)?;
        if let Some(last) = picks.last() {
            self.state.select(excerpt(to, last));
        }
        Ok(None)
    }

    /// Puts excerpts at the end of a section.
    fn append(
        &mut self,
        excerpts: &[(ReadingId, HighlightId)],
        packet: &PacketId,
        id: &SectionId,
    ) -> Outcome {
        let there = self.project().packets().get(packet);
        let Some(section) = there.and_then(|p| p.sections.get(id)) else {
            return Err("That section is not there any more.".to_owned());
        };
        if spot::picks(section).is_none() {
            return Err(BY_RULE.to_owned());
        }
        let sided = spot::has_sides(section);
        let (name, before) = (
            section.title.clone(),
            spot::picks(section).map_or(0, <[Pick]>::len),
        );
        let pick = |(reading, highlight): &(ReadingId, HighlightId)| {
            let found = self.project().current_highlight(reading, *highlight);
            let contests = found.is_some_and(|(_, h)| h.stance == Some(Stance::Contests));
            Pick {
                reading: reading.clone(),
                highlight: *highlight,
                side: match sided && contests {
                    true => Side::Second,
                    false => Side::First,
                },
            }
        };
        let picks: Vec<Pick> = excerpts.iter().map(pick).collect();
        let edit = packets::place_picks(self.project(), packet, id, &picks, None);
        self.perform(edit)?;
        let now = self
            .project()
            .packets()
            .get(packet)
            .and_then(|p| p.sections.get(id));
        let now = now.and_then(spot::picks).map_or(0, <[Pick]>::len);
        let added = words::counted(now.saturating_sub(before), "excerpt");
        if let Some(last) = picks.last().filter(|_| self.session.view == View::Packet) {
            self.state.select(excerpt(id, last));
        }
        Ok(Some(format!("{added} added to “{name}”.")))
    }
}

/// The heading of a section.
fn title(id: &SectionId) -> Origin {
    Origin {
        section: Some(id.clone()),
        part: Part::Title,
    }
}

fn excerpt(id: &SectionId, pick: &Pick) -> Origin {
    Origin {
        section: Some(id.clone()),
        part: Part::Excerpt(pick.reading.clone(), pick.highlight),
    }
}

/// The sizes that pages go through.
const SIZES: [f32; 11] = [0.4, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0];

/// The next size from one that shows; `None` for as wide as fits.
fn zoomed(now: f32, by: i32) -> Option<f32> {
    match by {
        0 => None,
        1.. => Some(
            { SIZES.iter() }
                .find(|s| **s > now + 0.005)
                .map_or(SIZES[10], |s| *s),
        ),
        _ => Some(
            { SIZES.iter().rev() }
                .find(|s| **s < now - 0.005)
                .map_or(SIZES[0], |s| *s),
        ),
    }
}
