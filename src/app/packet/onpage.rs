//! What is done with what stands on a page: taking out, moving, going into it.

use super::{
    Request,
    carry::{Carrier, back},
    inplace,
    spot::{self, BY_RULE},
    state::Face,
};
use crate::{
    app::{Command, command::Outcome, words},
    edit::packets,
    export::document::{Origin, Part},
    model::{Excerpts, HighlightId, Question, ReadingId, Side, Subject},
};

impl Carrier<'_> {
    pub(super) fn take_out(&mut self, origin: &Origin) -> Outcome {
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

    pub(super) fn step(&mut self, origin: &Origin, down: bool) -> Outcome {
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

    pub(super) fn to_side(&mut self, origin: &Origin, side: Side) -> Outcome {
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
    pub(super) fn enter(&mut self, origin: &Origin) -> Outcome {
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
    pub(super) fn forget(&mut self) -> Outcome {
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
