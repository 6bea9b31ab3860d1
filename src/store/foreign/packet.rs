//! Packets that changed on disk.

use std::{collections::BTreeSet, path::PathBuf};

use crate::{
    edit::{fields, packets},
    model::{Packet, PacketId, Section, SectionId},
    store::{
        Workspace,
        packet_file::Read,
        packet_merge::{insert, numbered, three_way, together},
        register::Base,
    },
};

impl Workspace {
    /// Takes what differs from the base on disk only, section by section; of what differs on both sides field by field, and where one
    /// field does, the section of the disk is added beside the one here.
    pub(super) fn take_packet(
        &mut self,
        base: Option<Base>,
        mut read: Read,
        id: &PacketId,
        path: PathBuf,
    ) -> Option<Base> {
        self.problems.append(&mut read.problems);
        if read.keep {
            self.blocked.insert(path.clone());
        }
        let old = match &base {
            Some(Base::Packet(packet)) => Some(packet.clone()),
            _ => None,
        };
        let Some(theirs) = read.packet else {
            return base;
        };
        if old.as_ref() != Some(&theirs) {
            let ours = self.project.packets().get(id).cloned();
            let (merged, said) = match ours {
                Some(ours) => merged(old, ours, &theirs),
                None => (
                    theirs.clone(),
                    "it was deleted here and is back; delete it again if it should go",
                ),
            };
            if let Some(edit) = packets::put(&self.project, &merged) {
                self.take(edit);
                let what = format!("changed on disk: the packet “{}”", merged.head.title);
                self.tell(&path, what, said);
            }
        }
        Some(Base::Packet(theirs))
    }
}

/// Both sides as one, and what is to be said of it.
fn merged(base: Option<Packet>, mut ours: Packet, theirs: &Packet) -> (Packet, &'static str) {
    let base = base.unwrap_or_else(|| Packet {
        sections: Default::default(),
        ..ours.clone()
    });
    let mut clash = false;
    let head = fields::head(&base.head, &theirs.head, &ours.head);
    clash |= fields::head(&base.head, &ours.head, &theirs.head).title != head.title;
    ours.head = head;
    let ids: BTreeSet<&SectionId> = base.sections.keys().chain(theirs.sections.keys()).collect();
    let mut beside = Vec::new();
    for id in ids {
        let sides = (base.sections.get(id), theirs.sections.get(id));
        match (sides, ours.sections.get(id)) {
            ((was, is), _) if was == is => {}
            ((Some(was), None), Some(here)) if was == here => {
                ours.sections.remove(id);
            }
            ((_, None), _) => clash |= ours.sections.contains_key(id),
            ((_, Some(is)), None) => {
                ours.sections.insert(id.clone(), is.clone());
            }
            ((was, Some(is)), Some(here)) => match one(was, here, is) {
                Some(section) => {
                    ours.sections.insert(id.clone(), section);
                }
                None => {
                    clash = true;
                    beside.push((id.clone(), numbered(is.clone())));
                }
            },
        }
    }
    for (id, section) in beside {
        insert(&mut ours, section, Some(&id));
    }
    let said = match clash {
        true => "both versions were kept where they differ; check them",
        false => "the new version was taken",
    };
    (ours, said)
}

fn one(was: Option<&Section>, here: &Section, is: &Section) -> Option<Section> {
    match was {
        Some(was) => three_way(was, here, is),
        None => together(here, is),
    }
}
