//! Notebooks and packets.

use super::{Loaded, bad, missing, not_text};
use crate::{
    model::{CoderId, PacketId},
    store::{
        StoreError,
        disk::{names, read_text},
        notebook_file, packet_file,
        paths::Paths,
        register::{Base, File, Stamp},
    },
};

pub(super) fn read_notebooks(paths: &Paths, loaded: &mut Loaded) -> Result<(), StoreError> {
    let folder = paths.notebooks();
    for name in names(&folder).map_err(StoreError::io("read", &folder))? {
        let Some(stem) = name.strip_suffix(".ron") else {
            continue;
        };
        let path = folder.join(&name);
        let coder = match CoderId::new(stem) {
            Ok(coder) => coder,
            Err(error) => {
                loaded.unread(&path, bad(error));
                continue;
            }
        };
        let file = File::Notebook(coder.clone());
        // Taken first, so that what changes while it is read is noticed.
        let stamp = Stamp::at(&path).map_err(StoreError::io("read", &path))?;
        let text = read_text(&path).map_err(missing);
        let mut read = match text.and_then(|text| text.map_err(not_text)) {
            Ok(text) => notebook_file::parse(&path, &text),
            Err(unread) => {
                loaded.unread(&path, unread);
                loaded.register.set(file, stamp, None);
                continue;
            }
        };
        loaded.problems.append(&mut read.problems);
        if read.keep {
            loaded.blocked.insert(path);
        } else if read.merged {
            loaded.dirty.notebooks.insert(coder.clone());
        }
        let base = Base::Notebook(read.notebook.clone());
        loaded.register.set(file, stamp, Some(base));
        if !read.notebook.is_empty() {
            loaded.project.notebooks.insert(coder, read.notebook);
        }
    }
    Ok(())
}

pub(super) fn read_packets(paths: &Paths, loaded: &mut Loaded) -> Result<(), StoreError> {
    let folder = paths.packets();
    for name in names(&folder).map_err(StoreError::io("read", &folder))? {
        let Some(stem) = name.strip_suffix(".ron") else {
            continue;
        };
        let path = folder.join(&name);
        let id = match PacketId::new(stem) {
            Ok(id) => id,
            Err(error) => {
                loaded.unread(&path, bad(error));
                continue;
            }
        };
        let stamp = Stamp::at(&path).map_err(StoreError::io("read", &path))?;
        let text = read_text(&path).map_err(missing);
        let mut read = match text.and_then(|text| text.map_err(not_text)) {
            Ok(text) => packet_file::parse(&path, &id, &text),
            Err(unread) => {
                loaded.unread(&path, unread);
                loaded.register.set(File::Packet(id), stamp, None);
                continue;
            }
        };
        loaded.problems.append(&mut read.problems);
        if read.keep {
            loaded.blocked.insert(path);
        } else if read.merged {
            loaded.dirty.packets.insert(id.clone());
        }
        let base = read.packet.clone().map(Base::Packet);
        loaded.register.set(File::Packet(id.clone()), stamp, base);
        if let Some(packet) = read.packet {
            loaded.project.packets.insert(id, packet);
        }
    }
    Ok(())
}
