//! What is written, held against the standard and read back.

mod golden_tests;
mod made;
mod order_tests;
mod package_tests;
mod read_tests;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use super::Docx;
use crate::export::{
    document::{Head, Item, Sink as _},
    order::{Glosses, Writer as _},
};

/// A document as a file.
fn file(items: &[Item], head: &Head, glosses: Glosses) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let mut docx = Box::new(Docx::new(&mut out, head, glosses).unwrap());
    for item in items {
        docx.put(item.clone()).unwrap();
    }
    docx.finish().unwrap();
    out.into_inner()
}

/// The parts of a file by their names.
fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    let names: Vec<String> = zip.file_names().map(|n| n.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = String::new();
        zip.by_name(&name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

/// An element.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
    text: String,
}

impl Node {
    /// Reads a part; it has to be well-formed.
    fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) => open.push(Self::start(&e)),
                Event::Empty(e) => open.last_mut().unwrap().children.push(Self::start(&e)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(text) => open.last_mut().unwrap().text += &text.into_inner(),
                Event::GeneralRef(name) => {
                    open.last_mut().unwrap().text += &format!("&{};", name.into_inner());
                }
                Event::Eof => break,
                Event::Decl(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(open.len(), 1);
        open.remove(0).children.remove(0)
    }

    fn start(e: &quick_xml::events::BytesStart<'_>) -> Self {
        let attribute = |a: quick_xml::events::attributes::Attribute<'_>| {
            (a.key.as_ref().to_owned(), a.value.into_owned())
        };
        Self {
            name: e.name().as_ref().to_owned(),
            attributes: e.attributes().map(|a| attribute(a.unwrap())).collect(),
            ..Self::default()
        }
    }

    fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    /// It and all elements in it, in the order in which they begin.
    fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }

    /// All elements of a name in it.
    fn named(&self, name: &str) -> Vec<&Self> {
        let is = |node: &&Self| node.name == name;
        self.all().into_iter().filter(is).collect()
    }
}
