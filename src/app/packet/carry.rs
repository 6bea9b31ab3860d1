//! What the view asks for is carried out here: each change is one edit.

use super::{
    Request, inplace, pages,
    spot::{self, BY_RULE, Spot},
    state::{Face, Part as Place, State},
    templates,
};
use crate::{
    app::{
        App, Command, Screen, Session, View,
        action::Action,
        command::Outcome,
        dialogs::Dialog,
        session::drafts::{Slot, Text},
        words,
    },
    edit::{Edit, packets},
    export::{
        document::{Origin, Part},
        order::What,
    },
    model::{
        Excerpts, HighlightId, Packet, PacketId, Pick, Project, Question, ReadingId, Section,
        SectionId, Side, Stance, Subject,
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
    }
    .carry_out(request);
    session.packet = state;
    outcome
}

struct Carrier<'a> {
    state: &'a mut State,
    session: &'a mut Session,
    commands: &'a mut Vec<Command>,
}

fn back(what: &str) -> Outcome {
    Ok(Some(format!("{what} Ctrl+Z brings it back.")))
}

impl Carrier<'_> {
    fn project(&self) -> &Project {
        self.session.project()
    }

    /// The packet that shows.
    fn packet(&self) -> Result<&Packet, String> {
        let none = || "Make a packet first.".to_owned();
        self.state.shown(self.project()).ok_or_else(none)
    }

    fn id(&self) -> Result<PacketId, String> {
        Ok(self.packet()?.id.clone())
    }

    fn perform(&mut self, edit: Option<Edit>) -> Outcome {
        edit.map_or(Ok(()), |edit| self.session.perform(edit))?;
        Ok(None)
    }

    /// Changes a section of the packet that shows.
    fn change(&mut self, id: &SectionId, f: impl FnOnce(&mut Section)) -> Outcome {
        let packet = self.id()?;
        let edit = packets::change_section(self.project(), &packet, id, f);
        self.perform(edit)
    }

    fn carry_out(&mut self, request: Request) -> Outcome {
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
            Request::New(number) => self.new_packet(number),
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

    fn new_packet(&mut self, number: usize) -> Outcome {
        let packet = templates::make(self.project(), number)?;
        let id = packet.id.clone();
        let edit = packets::put(self.project(), &packet);
        self.perform(edit)?;
        self.state.open(&id);
        self.state.kept.face = Face::Packet;
        self.state.renaming = Some(Slot::Title);
        Ok(None)
    }

    /// Adds a section after the one that shows, and has its title written.
    fn add(&mut self, section: Section) -> Outcome {
        let packet = self.packet()?;
        let here = self.state.section(packet);
        let at = { packet.in_order().into_iter() }.position(|(id, _)| Some(id) == here.as_ref());
        let at = at.map_or(usize::MAX, |at| at + 1);
        let packet = packet.id.clone();
        let made = packets::add_section(self.project(), &packet, section, at);
        if let Some((id, edit)) = made {
            self.session.perform(edit)?;
            self.state.select(title(&id));
            self.state.kept.face = Face::Section;
            self.state.renaming = Some(Slot::Of(id, Text::Title));
        }
        Ok(None)
    }

    fn delete_section(&mut self, id: &SectionId) -> Outcome {
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
    fn put(&mut self, picks: &[Pick], from: Option<&SectionId>, spot: &Spot) -> Outcome {
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

    fn take_out(&mut self, origin: &Origin) -> Outcome {
        let Some(id) = origin.section.clone() else {
            return Err("A packet needs a title. To delete the packet, open its menu.".to_owned());
        };
        let next = self.after(origin);
        let told = match &origin.part {
            Part::Title => return self.delete_section(&id),
            Part::Introduction => {
                self.change(&id, |s| s.introduction.clear())?;
                "The introduction was deleted."
            }
            Part::Definition => {
                self.change(&id, |s| s.definitions = false)?;
                "Definitions are not printed in this section any more."
            }
            Part::Excerpt(..) => {
                let pick = spot::pick(self.packet()?, origin).cloned();
                let pick = pick.ok_or_else(|| BY_RULE.to_owned())?;
                let packet = self.id()?;
                let edit = packets::remove_picks(self.project(), &packet, &id, &[pick]);
                self.perform(edit)?;
                "The excerpt was taken out of the packet; it stays in its reading."
            }
            Part::Claim(_) => {
                self.change(&id, |s| s.claims = false)?;
                "Claims are not printed in this section any more."
            }
            Part::Question(at) => {
                let at = *at;
                self.change(&id, |s| {
                    if at < s.questions.len() {
                        s.questions.remove(at);
                    }
                })?;
                "The question was deleted."
            }
            Part::Lines => {
                self.change(&id, |s| s.lines = 0)?;
                "No lines for notes any more."
            }
            Part::Readings => {
                self.change(&id, |s| s.readings = false)?;
                "The readings are not listed in this section any more."
            }
            Part::Caption => return Ok(None),
        };
        match next {
            Some(next) => self.state.select(next),
            None => self.state.selected = None,
        }
        back(told)
    }

    /// What is chosen when something goes: what follows it in its section, or else what comes before.
    fn after(&self, origin: &Origin) -> Option<Origin> {
        let items = &self.state.sheets.as_ref()?.items;
        let at = items.iter().position(|other| other == origin)?;
        // The next question has the number of this one then.
        if let (Part::Question(_), Some(next)) = (&origin.part, items.get(at + 1))
            && next.section == origin.section
            && matches!(next.part, Part::Question(_))
        {
            return Some(origin.clone());
        }
        let same = |other: &&Origin| other.section == origin.section;
        let next = items.get(at + 1).filter(same);
        next.or_else(|| items.get(at.checked_sub(1)?)).cloned()
    }

    fn step(&mut self, origin: &Origin, down: bool) -> Outcome {
        let Some(id) = origin.section.clone() else {
            return Ok(None);
        };
        match &origin.part {
            Part::Title => {
                let order = self.packet()?.in_order();
                let at = order.iter().position(|(other, _)| **other == id);
                let to = at.and_then(|at| at.checked_add_signed(if down { 1 } else { -1 }));
                if let Some(to) = to {
                    self.carry_out(Request::MoveSection(id.clone(), to))?;
                    self.state.select(origin.clone());
                }
            }
            Part::Excerpt(..) => {
                let packet = self.packet()?;
                let pick = spot::pick(packet, origin).cloned();
                let pick = pick.ok_or_else(|| BY_RULE.to_owned())?;
                if let Some(spot) = spot::step(packet, &id, &pick, down) {
                    self.put(&[pick], Some(&id), &spot)?;
                }
            }
            Part::Question(at) => {
                let (at, count) = (
                    *at,
                    self.packet()?.sections.get(&id).map(|s| s.questions.len()),
                );
                let to = at.checked_add_signed(if down { 1 } else { -1 });
                let to = to.filter(|to| count.is_some_and(|count| at.max(*to) < count));
                if let Some(to) = to {
                    self.change(&id, |s| s.questions.swap(at, to))?;
                    self.state.select(Origin {
                        section: Some(id),
                        part: Part::Question(to),
                    });
                }
            }
            _ => {
                return Err(
                    "Sections, excerpts and questions can be moved; this stands where it belongs."
                        .to_owned(),
                );
            }
        }
        Ok(None)
    }

    fn to_side(&mut self, origin: &Origin, side: Side) -> Outcome {
        let packet = self.packet()?;
        let Some((pick, id)) = spot::pick(packet, origin)
            .cloned()
            .zip(origin.section.clone())
        else {
            return Ok(None);
        };
        if !packet.sections.get(&id).is_some_and(spot::has_sides) {
            return Err("This section has no sides. Choose “Two sides” for its layout.".to_owned());
        }
        self.change(&id, |section| {
            if let Excerpts::Chosen(picks) = &mut section.excerpts {
                { picks.iter_mut() }
                    .filter(|other| **other == pick)
                    .for_each(|pick| pick.side = side);
            }
        })?;
        self.state.select(origin.clone());
        Ok(None)
    }

    /// Goes into what stands on a page.
    fn enter(&mut self, origin: &Origin) -> Outcome {
        let packet = self.packet()?.clone();
        self.state.selected = Some(origin.clone());
        let section = origin
            .section
            .as_ref()
            .and_then(|id| packet.sections.get(id));
        match (&origin.part, section) {
            (Part::Excerpt(reading, highlight), _) => self.open(reading, *highlight)?,
            (Part::Question(at), Some(section)) => match section.questions.get(*at) {
                Some(Question::Note(reading, highlight)) => self.open(reading, *highlight)?,
                _ => drop(inplace::begin(self.state, &packet, origin)),
            },
            (Part::Definition, Some(section)) => match &section.subject {
                Subject::Theory(label) => {
                    let edit = Command::EditLabel(Some(label.clone()), None);
                    self.commands.push(edit);
                }
                _ => {
                    return Ok(Some(
                        "These are the definitions of the labels of the excerpts; they are written in the codebook."
                            .to_owned(),
                    ));
                }
            },
            (Part::Caption | Part::Lines | Part::Readings, _) => {
                self.state.kept.face = Face::Section;
            }
            _ => drop(inplace::begin(self.state, &packet, origin)),
        }
        Ok(None)
    }

    /// Shows an excerpt in the reader.
    fn open(&mut self, reading: &ReadingId, highlight: HighlightId) -> Result<(), String> {
        let found = self.project().current_highlight(reading, highlight);
        let Some((reading, h)) = found else {
            return Err("That highlight is not there any more.".to_owned());
        };
        let (reading, span) = (reading.id.clone(), h.span);
        let open = Command::OpenPassage(reading, span, Some(highlight));
        self.commands.push(open);
        Ok(())
    }

    /// Takes excerpts and questions that are not there any more out of all sections.
    fn forget(&mut self) -> Outcome {
        let Some(sheets) = self.state.sheets.clone() else {
            return Ok(None);
        };
        let mut packet = self.packet()?.clone();
        let mut count = 0;
        // Questions are known by their places, so the last goes first.
        for gone in sheets.left_out.iter().rev() {
            let Some(section) = packet.sections.get_mut(&gone.section) else {
                continue;
            };
            match (&gone.part, &mut section.excerpts) {
                (Part::Excerpt(_, highlight), Excerpts::Chosen(picks)) => {
                    picks.retain(|pick| pick.highlight != *highlight);
                }
                (Part::Question(at), _) if *at < section.questions.len() => {
                    section.questions.remove(*at);
                }
                _ => continue,
            }
            count += 1;
        }
        let Some(edit) = packets::put(self.project(), &packet) else {
            return Ok(None);
        };
        let things = words::counted(count, "thing");
        let what = format!("Take {things} that are gone out of “{}”", packet.head.title);
        self.session.perform_as(what, edit)?;
        Ok(Some(format!(
            "{things} taken out. Ctrl+Z brings them back."
        )))
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
