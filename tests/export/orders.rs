//! Exports as they are ordered and delivered: counted beforehand, stopped at any moment, and never half a file.

use std::{
    fs,
    io::{self, Cursor, Seek, SeekFrom, Write},
    path::Path,
};

use glossator::{
    delivery::{deliver, deliver_all},
    edit::Edit,
    export::{
        Filter,
        document::Stop,
        order::{self, Format, Kind, Options, Order, Progress, Surroundings, What},
    },
    model::{Packet, PacketId, Project, ReadingId, Rule, Section, SectionId},
    seeds,
};

use crate::common::{minute, perform, seminar};

/// The seminar with a packet of all its excerpts.
pub fn with_packet(mut project: Project) -> Project {
    let id = PacketId::new("thursday").unwrap();
    let mut packet = Packet::new(id.clone(), "Thursday");
    let section = Section {
        title: "Everything".into(),
        excerpts: glossator::model::Excerpts::Ruled(Rule {
            query: "has:label".into(),
            ..Rule::default()
        }),
        readings: true,
        notes: true,
        definitions: true,
        ..Section::default()
    };
    let name = SectionId::new("all").unwrap();
    packet.head.order = vec![name.clone()];
    perform(
        &mut project,
        [
            Edit::PutPacket(id.clone(), Some(packet.head)),
            Edit::PutSection(id, name, Some(section)),
        ],
    );
    project
}

/// Everything that can be ordered of a project.
pub fn every_order(project: &Project) -> Vec<Order> {
    let first = project.shelves()[0].reading.id.clone();
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let what = match kind {
            Kind::Excerpts => What::Excerpts,
            Kind::Annotated => What::Annotated(first.clone()),
            Kind::Packet => What::Packet(project.packets().keys().next().unwrap().clone()),
            Kind::Codebook => What::Codebook,
        };
        for &format in kind.formats() {
            all.push(Order {
                what: what.clone(),
                format,
                filter: Filter::default(),
                options: Options {
                    definitions: true,
                    ..Options::default()
                },
            });
        }
    }
    all
}

pub fn around(progress: &Progress) -> Surroundings<'_> {
    Surroundings {
        now: minute(99),
        fonts: seeds::page_fonts(),
        progress,
    }
}

/// What an order makes.
pub fn made(project: &Project, order: &Order) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let progress = Progress::default();
    let written = order::write(project, order, around(&progress), &mut out);
    written.unwrap_or_else(|why| panic!("{order:?}: {why}"));
    out.into_inner()
}

#[test]
fn the_same_project_makes_the_same_bytes() {
    let project = with_packet(seminar());
    for order in every_order(&project) {
        assert!(
            made(&project, &order) == made(&project, &order),
            "{order:?}"
        );
    }
}

#[test]
fn how_much_there_is_to_do_is_known_beforehand_and_all_of_it_gets_done() {
    let project = with_packet(seminar());
    for order in every_order(&project) {
        let progress = Progress::default();
        let mut out = Cursor::new(Vec::new());
        order::write(&project, &order, around(&progress), &mut out).unwrap();
        let (done, total) = progress.counts();
        assert!(total > 0, "{order:?}");
        assert_eq!(done, total, "{:?} {:?}", order.what, order.format);
    }
}

#[test]
fn a_cancelled_export_ends_and_leaves_nothing() {
    let project = with_packet(seminar());
    let folder = tempfile::tempdir().unwrap();
    for order in every_order(&project) {
        let path = folder.path().join("out");
        fs::write(&path, "old").unwrap();
        let progress = Progress::default();
        progress.cancel();
        let why = deliver(&project, &path, &order, around(&progress)).unwrap_err();
        assert!(why.is_cancelled(), "{order:?}: {why}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn several_files_are_all_there_or_none() {
    let project = seminar();
    let home = tempfile::tempdir().unwrap();
    let order = Order {
        format: Format::Html,
        ..Order::default()
    };
    let files = order::annotated(&project, &order);
    assert_eq!(files.len(), project.shelves().len());
    let folder = home.path().join("new");
    let cancelled = Progress::default();
    cancelled.cancel();
    let why = deliver_all(&project, &folder, &files, around(&cancelled)).unwrap_err();
    assert!(why.is_cancelled());
    assert!(!folder.exists());
    let progress = Progress::default();
    let delivered = deliver_all(&project, &folder, &files, around(&progress)).unwrap();
    assert_eq!(delivered.files.len(), files.len());
    let length = |path: &Path| fs::metadata(path).unwrap().len();
    let all: u64 = delivered.files.iter().map(|p| length(p)).sum();
    assert_eq!(delivered.bytes, all);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), files.len());
}

/// A disk that is full after some bytes.
struct Full {
    inner: Cursor<Vec<u8>>,
    room: u64,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.inner.position() + bytes.len() as u64 > self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Full {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[test]
fn a_full_disk_is_told_wherever_it_gets_full() {
    let project = with_packet(seminar());
    for order in every_order(&project) {
        let length = made(&project, &order).len() as u64;
        for room in [0, 1, 100, length / 2, length - 1] {
            let inner = Cursor::new(Vec::new());
            let mut out = Full { inner, room };
            let progress = Progress::default();
            let told = order::write(&project, &order, around(&progress), &mut out);
            match told {
                Err(Stop::Io(error)) => {
                    let kind = error.kind();
                    assert_eq!(kind, io::ErrorKind::StorageFull, "{order:?}: {error}");
                }
                other => panic!(
                    "{:?} {:?} with {room} bytes: {other:?}",
                    order.what, order.format
                ),
            }
        }
    }
}

#[test]
fn what_is_not_there_any_more_is_told() {
    let project = seminar();
    let gone = [
        What::Packet(PacketId::new("gone").unwrap()),
        What::Annotated(ReadingId::new("gone").unwrap()),
    ];
    for what in gone {
        for &format in what.kind().formats() {
            let order = Order {
                what: what.clone(),
                format,
                ..Order::default()
            };
            let progress = Progress::default();
            let mut out = Cursor::new(Vec::new());
            let told = order::write(&project, &order, around(&progress), &mut out);
            assert!(matches!(told, Err(Stop::Bad(_))), "{order:?}: {told:?}");
        }
    }
}
