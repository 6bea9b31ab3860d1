//! Edits of packets in words.

use super::and_more;
use crate::{
    edit::Edit,
    model::{Excerpts, Layout, PacketHead, PacketId, Project, Section, SectionId},
    text::counted,
};

/// Whether all of several edits concern one packet.
pub(super) fn of_one(edits: &[Edit]) -> bool {
    let packet = |edit: &Edit| match edit {
        Edit::PutPacket(id, _) | Edit::PutSection(id, ..) => Some(id.clone()),
        _ => None,
    };
    let first = edits.first().and_then(packet);
    edits.len() > 1 && first.is_some() && edits.iter().all(|edit| packet(edit) == first)
}

/// What several edits of one packet come to: that it is made or goes, what becomes of a section, or what the first does.
pub(super) fn put_all(project: &Project, edits: &[Edit]) -> String {
    let of_packet = edits.iter().find_map(|edit| match edit {
        Edit::PutPacket(id, head) => Some((id, head.as_ref())),
        _ => None,
    });
    if let Some((id, head)) = of_packet
        && project.packets().contains_key(id) != head.is_some()
    {
        return put_packet(project, id, head);
    }
    // Where sections come and go, the order of the packet follows.
    let sections: Vec<Edit> = edits
        .iter()
        .filter(|edit| matches!(edit, Edit::PutSection(..)))
        .cloned()
        .collect();
    match sections.is_empty() {
        true => and_more(project, edits),
        false => and_more(project, &sections),
    }
}

pub(super) fn put_packet(project: &Project, id: &PacketId, head: Option<&PacketHead>) -> String {
    let old = project.packets().get(id).map(|packet| &packet.head);
    let title = old.map_or(id.as_str(), |old| &old.title);
    match (old, head) {
        (_, None) => format!("Delete the packet “{title}”"),
        (None, Some(new)) => format!("New packet “{}”", new.title),
        (Some(old), Some(new)) if old.title != new.title => {
            format!("Rename the packet “{title}” to “{}”", new.title)
        }
        (Some(old), Some(new)) if old.line != new.line => match new.line.as_str() {
            "" => format!("Clear the line beside “{title}”"),
            line => format!("Write “{line}” beside “{title}”"),
        },
        (Some(old), Some(new)) if old.cite != new.cite => {
            format!("Change the citations of “{title}”")
        }
        (Some(old), Some(new)) if old.paper != new.paper => {
            format!("Print “{title}” on {}", new.paper.word())
        }
        (Some(old), Some(new)) => match moved(&old.order, &new.order) {
            Some(section) => format!("Move the section “{}”", section_title(project, id, section)),
            None => format!("Order the sections of “{title}”"),
        },
    }
}

/// What stands elsewhere in the second list, when all else follows each other as in the first.
fn moved<'a, T: PartialEq>(old: &[T], new: &'a [T]) -> Option<&'a T> {
    let without = |all: &'a [T], x: &T| all.iter().filter(|y| *y != x).collect::<Vec<_>>();
    let rest = |x: &T| old.iter().filter(|y| *y != x).collect::<Vec<_>>();
    let first = old.iter().zip(new).position(|(a, b)| a != b)?;
    let candidates = [new.get(first), new.iter().find(|x| **x == old[first])];
    candidates
        .into_iter()
        .flatten()
        .find(|x| old.contains(x) && old.len() == new.len() && without(new, x) == rest(x))
}

fn section_title<'a>(project: &'a Project, packet: &PacketId, id: &'a SectionId) -> &'a str {
    let section = project.packets().get(packet);
    let section = section.and_then(|packet| packet.sections.get(id));
    section.map_or(id.as_str(), |section| &section.title)
}

pub(super) fn put_section(
    project: &Project,
    packet: &PacketId,
    id: &SectionId,
    new: Option<&Section>,
) -> String {
    let old = project.packets().get(packet);
    let old = old.and_then(|packet| packet.sections.get(id));
    match (old, new) {
        (_, None) => format!(
            "Delete the section “{}”",
            section_title(project, packet, id)
        ),
        (None, Some(new)) => format!("Add the section “{}”", new.title),
        (Some(old), Some(new)) => changed(old, new),
    }
}

/// What is otherwise in a section; of several things, that there are.
fn changed(old: &Section, new: &Section) -> String {
    let title = &new.title;
    let printed = |is: bool, was: bool, what: &str| {
        (is != was).then(|| match is {
            true => format!("Print {what} in “{title}”"),
            false => format!("Leave {what} out of “{title}”"),
        })
    };
    let all = [
        (old.title != *title).then(|| format!("Rename the section “{}” to “{title}”", old.title)),
        (old.subject != new.subject).then(|| format!("Change what “{title}” is about")),
        (old.introduction != new.introduction)
            .then(|| format!("Write the introduction of “{title}”")),
        printed(new.definitions, old.definitions, "definitions"),
        (old.excerpts != new.excerpts).then(|| excerpts(title, &old.excerpts, &new.excerpts)),
        (old.layout != new.layout).then(|| format!("Lay out “{title}” {}", laid_out(&new.layout))),
        printed(new.notes, old.notes, "notes"),
        printed(new.claims, old.claims, "claims"),
        questions(old, new),
        (old.lines != new.lines).then(|| match new.lines {
            0 => format!("Leave the lines out of “{title}”"),
            n => format!("Rule {} in “{title}”", counted(n.into(), "line")),
        }),
        printed(new.readings, old.readings, "the readings"),
    ];
    let mut said = all.into_iter().flatten();
    match (said.next(), said.next()) {
        (Some(one), None) => one,
        _ => format!("Change the section “{title}”"),
    }
}

fn excerpts(title: &str, old: &Excerpts, new: &Excerpts) -> String {
    let (old, new) = match (old, new) {
        (Excerpts::Chosen(old), Excerpts::Chosen(new)) => (old, new),
        (Excerpts::Ruled(_), Excerpts::Ruled(_)) => return format!("Change the rule of “{title}”"),
        (_, Excerpts::Ruled(_)) => return format!("Choose the excerpts of “{title}” by a rule"),
        (_, Excerpts::Chosen(_)) => return format!("Choose the excerpts of “{title}” by hand"),
    };
    let is = |a: &crate::model::Pick, b: &crate::model::Pick| {
        a.reading == b.reading && a.highlight == b.highlight
    };
    let added = new.iter().filter(|n| !old.iter().any(|o| is(o, n))).count();
    let gone = old.iter().filter(|o| !new.iter().any(|n| is(o, n))).count();
    match (added, gone) {
        (0, 0) => format!("Move an excerpt in “{title}”"),
        (n, 0) => format!("Add {} to “{title}”", counted(n, "excerpt")),
        (0, n) => format!("Take {} out of “{title}”", counted(n, "excerpt")),
        _ => format!("Change the excerpts of “{title}”"),
    }
}

const fn laid_out(layout: &Layout) -> &'static str {
    match layout {
        Layout::List => "as a list",
        Layout::Sides(..) => "in two columns",
        Layout::Authors => "by author",
        Layout::Map => "as a map",
    }
}

fn questions(old: &Section, new: &Section) -> Option<String> {
    let (old, questions, title) = (&old.questions, &new.questions, &new.title);
    if old == questions {
        return None;
    }
    let added = questions.iter().filter(|q| !old.contains(q)).count();
    let gone = old.iter().filter(|q| !questions.contains(q)).count();
    Some(match (added, gone) {
        (0, 0) => format!("Move a question in “{title}”"),
        (n, 0) => format!("Add {} to “{title}”", counted(n, "question")),
        (0, n) => format!("Take {} out of “{title}”", counted(n, "question")),
        _ => format!("Change the questions of “{title}”"),
    })
}
