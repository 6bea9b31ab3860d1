//! Where excerpts are put: the place in a section that the pointer is over, or the next one up or down.

use egui::{Pos2, pos2};

use crate::{
    export::{
        document::{Origin, Part},
        page::{Page, Place, Rect},
    },
    model::{Excerpts, Layout, Packet, Pick, Section, SectionId, Side},
};

/// What is told when excerpts that come by a rule were to be moved.
pub const BY_RULE: &str =
    "The excerpts of this section come by a rule. Choose “By hand” for it to order them yourself.";

/// A place among the excerpts of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The section.
    pub section: SectionId,
    /// The side, where there are sides.
    pub side: Side,
    /// What comes next there; without it what is put there comes last.
    pub before: Option<Pick>,
}

/// The excerpts of a section that was put together by hand.
pub fn picks(section: &Section) -> Option<&[Pick]> {
    match &section.excerpts {
        Excerpts::Chosen(picks) => Some(picks),
        Excerpts::Ruled(_) => None,
    }
}

/// The pick of an excerpt.
pub fn pick<'a>(packet: &'a Packet, origin: &Origin) -> Option<&'a Pick> {
    let Part::Excerpt(_, highlight) = origin.part else {
        return None;
    };
    let picks = picks(packet.sections.get(origin.section.as_ref()?)?)?;
    picks.iter().find(|pick| pick.highlight == highlight)
}

/// Whether excerpts stand on two sides.
pub fn has_sides(section: &Section) -> bool {
    matches!(section.layout, Layout::Sides(..))
}

/// Where an excerpt goes that moves up or down by one among those of its side; at the end of its section it goes on into the next
/// one that was put together by hand. `None` when there is no further.
pub fn step(packet: &Packet, id: &SectionId, pick: &Pick, down: bool) -> Option<Spot> {
    let section = packet.sections.get(id)?;
    let all = picks(section)?;
    let at = all.iter().position(|other| other == pick)?;
    let sided = has_sides(section);
    let beside = |other: &&Pick| !sided || other.side == pick.side;
    let here = |before: Option<&Pick>| {
        Some(Spot {
            section: id.clone(),
            side: pick.side,
            before: before.cloned(),
        })
    };
    if down {
        let mut after = all[at + 1..].iter().filter(beside);
        if after.next().is_some() {
            return here(after.next());
        }
    } else if let Some(previous) = all[..at].iter().rfind(beside) {
        return here(Some(previous));
    }
    let order = packet.in_order();
    let at = order.iter().position(|(other, _)| *other == id)?;
    let next = match down {
        true => order[at + 1..].iter().find(|(_, s)| picks(s).is_some())?,
        false => order[..at].iter().rfind(|(_, s)| picks(s).is_some())?,
    };
    let first = picks(next.1).and_then(|picks| picks.first());
    Some(Spot {
        section: next.0.clone(),
        side: first.map_or(pick.side, |first| first.side),
        before: first.filter(|_| down).cloned(),
    })
}

/// The place under a point of a page, and the line to show there, from and to; an error where excerpts come by a rule.
pub fn under(
    packet: &Packet,
    page: &Page,
    point: Pos2,
) -> Option<Result<(Spot, [Pos2; 2]), &'static str>> {
    let places = { page.places.iter() }.filter(|place| place.origin.section.is_some());
    let above = { places.clone() }.rfind(|place| place.rect.y <= point.y);
    let nearest = above.or_else(|| places.clone().next())?;
    let id = nearest.origin.section.as_ref()?;
    let section = packet.sections.get(id)?;
    if picks(section).is_none() {
        return Some(Err(BY_RULE));
    }
    let middle = page.size.0 / 2.0;
    let sided = has_sides(section);
    let side = match sided && point.x >= middle {
        true => Side::Second,
        false => Side::First,
    };
    let mut here: Vec<(&Place, &Pick)> = { places.clone() }
        .filter(|place| place.origin.section.as_ref() == Some(id))
        .filter_map(|place| Some((place, pick(packet, &place.origin)?)))
        .collect();
    here.retain(|(_, pick)| !sided || pick.side == side);
    let next = { here.iter() }.find(|(place, _)| point.y < place.rect.y + place.rect.height / 2.0);
    let (before, line) = match (next, here.last()) {
        (Some((place, pick)), _) => (Some((*pick).clone()), over(&place.rect)),
        (None, Some((place, last))) => (after(section, last, sided), below(&place.rect)),
        (None, None) => (
            None,
            below(&foot(page, id, sided.then_some((side, middle)))?),
        ),
    };
    let spot = Spot {
        section: id.clone(),
        side,
        before,
    };
    Some(Ok((spot, line)))
}

/// How far from what is around it the line lies.
const GAP: f32 = 4.0;

fn over(rect: &Rect) -> [Pos2; 2] {
    [pos2(rect.x, rect.y - GAP), pos2(rect.right(), rect.y - GAP)]
}

fn below(rect: &Rect) -> [Pos2; 2] {
    let y = rect.bottom() + GAP;
    [pos2(rect.x, y), pos2(rect.right(), y)]
}

/// What follows an excerpt on its side.
fn after(section: &Section, last: &Pick, sided: bool) -> Option<Pick> {
    let all = picks(section)?;
    let at = all.iter().position(|other| other == last)?;
    let mut rest = all[at + 1..].iter();
    rest.find(|other| !sided || other.side == last.side)
        .cloned()
}

/// What excerpts are put under in a section that has none, on the side that is meant.
fn foot(page: &Page, id: &SectionId, side: Option<(Side, f32)>) -> Option<Rect> {
    let leads = |part: &Part| {
        matches!(
            part,
            Part::Title | Part::Introduction | Part::Definition | Part::Caption
        )
    };
    let here = |p: &&Place| p.origin.section.as_ref() == Some(id);
    let mut places = page.places.iter().filter(here);
    let first = places.clone().next()?;
    let beside = places
        .clone()
        .find(|p| matches!(p.origin.part, Part::Excerpt(..)));
    let lead = places.rfind(|p| leads(&p.origin.part)).unwrap_or(first);
    let mut rect = lead.rect;
    // Level with the first on the other side.
    if let Some(beside) = beside.filter(|_| side.is_some()) {
        rect.height = (beside.rect.y - 2.0 * GAP - rect.y).max(0.0);
    }
    if let Some((side, middle)) = side {
        let (left, right) = (rect.x.min(page.size.0 - middle), page.size.0 - rect.x);
        match side {
            Side::First => rect.width = middle - GAP - left,
            Side::Second => {
                rect.x = middle + GAP;
                rect.width = right.max(rect.x + GAP) - rect.x;
            }
        }
    }
    Some(rect)
}

#[cfg(test)]
#[path = "spot_tests.rs"]
mod tests;
