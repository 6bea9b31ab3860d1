//! That the parts belong together: what is named is there, once.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Node, file, made, parts};
use crate::export::order::Glosses;

/// A package, read.
struct Package(BTreeMap<String, Node>);

impl Package {
    fn part(&self, name: &str) -> &Node {
        &self.0[name]
    }

    /// The values of an attribute of all elements of a name in the parts with text.
    fn values(&self, element: &str, attribute: &str) -> Vec<&str> {
        let texts = [
            "word/document.xml",
            "word/footnotes.xml",
            "word/comments.xml",
        ];
        let all = texts
            .into_iter()
            .flat_map(|part| self.part(part).named(element));
        all.filter_map(|node| node.get(attribute)).collect()
    }
}

fn package(file: &[u8]) -> Package {
    Package(
        parts(file)
            .iter()
            .map(|(name, xml)| (name.clone(), Node::read(xml)))
            .collect(),
    )
}

fn set<'a>(values: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    values.into_iter().collect()
}

/// Every part has its type, and every type its part.
fn types(package: &Package) {
    let types = package.part("[Content_Types].xml").named("Override");
    let typed = set(types
        .iter()
        .filter_map(|t| t.get("PartName")?.strip_prefix('/')));
    let there = package.0.keys().map(String::as_str);
    let there = set(there.filter(|name| !name.ends_with(".rels") && !name.starts_with('[')));
    assert_eq!(typed, there);
}

/// Relations have ids of their own and lead to parts that are there; what is referred to by id has a relation.
fn relations(package: &Package) {
    for (name, rels) in package.0.iter().filter(|(name, _)| name.ends_with(".rels")) {
        let all = rels.named("Relationship");
        let ids = set(all.iter().filter_map(|r| r.get("Id")));
        assert_eq!(ids.len(), all.len(), "{name}");
        let folder = name.split("_rels/").next().unwrap();
        for relation in all {
            let target = relation.get("Target").unwrap();
            match relation.get("TargetMode") {
                Some(_) => assert!(target.is_ascii() && target.starts_with("http")),
                None => assert!(
                    package.0.contains_key(&format!("{folder}{target}")),
                    "{target}"
                ),
            }
        }
        let part = format!(
            "{folder}{}",
            name.split("_rels/")
                .nth(1)
                .unwrap()
                .trim_end_matches(".rels")
        );
        if let Some(part) = package.0.get(&part) {
            let used = part.all().into_iter().filter_map(|node| node.get("r:id"));
            assert!(set(used).is_subset(&ids), "{name}");
        }
    }
    for (name, part) in &package.0 {
        let is_related = part.all().iter().any(|node| node.get("r:id").is_some());
        let rels = name.replace("word/", "word/_rels/") + ".rels";
        assert!(!is_related || package.0.contains_key(&rels), "{name}");
    }
}

/// Footnotes and comments are there once and mentioned once; comments begin, end and are mentioned in this order.
fn notes(package: &Package) {
    let ids = |part: &str, element: &str| -> Vec<&str> {
        let all = package.part(part).named(element);
        all.into_iter()
            .map(|node| node.get("w:id").unwrap())
            .collect()
    };
    let footnotes = ids("word/footnotes.xml", "w:footnote");
    assert_eq!(footnotes[..2], ["-1", "0"]);
    assert_eq!(
        footnotes[2..],
        package.values("w:footnoteReference", "w:id")
    );
    let mut comments = ids("word/comments.xml", "w:comment");
    assert_eq!(comments, package.values("w:commentRangeStart", "w:id"));
    let mut ends = package.values("w:commentRangeEnd", "w:id");
    assert_eq!(ends, package.values("w:commentReference", "w:id"));
    let document = package.part("word/document.xml");
    let marks: Vec<_> = document
        .all()
        .into_iter()
        .filter(|n| n.name.starts_with("w:comment"))
        .collect();
    for id in &comments {
        let of: Vec<_> = marks
            .iter()
            .filter(|n| n.get("w:id") == Some(id))
            .map(|n| &n.name[2..])
            .collect();
        assert_eq!(
            of,
            ["commentRangeStart", "commentRangeEnd", "commentReference"]
        );
    }
    comments.sort_unstable();
    ends.sort_unstable();
    assert_eq!(comments, ends);
    assert!(
        package
            .part("word/comments.xml")
            .children
            .iter()
            .all(|c| c.get("w:author").is_some())
    );
}

/// Styles and lists that are named are there.
fn names(package: &Package) {
    let styles = package.part("word/styles.xml").named("w:style");
    let there = set(styles.iter().filter_map(|s| s.get("w:styleId")));
    assert_eq!(there.len(), styles.len());
    for element in ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"] {
        let named = package.0.values().flat_map(|part| part.named(element));
        let named = set(named.filter_map(|node| node.get("w:val")));
        assert!(named.is_subset(&there), "{element} {named:?}");
    }
    let lists = package.part("word/numbering.xml").named("w:num");
    let there = set(lists.iter().filter_map(|l| l.get("w:numId")));
    assert!(set(package.values("w:numId", "w:val")).is_subset(&there));
}

/// Cells end with a paragraph, rows have as many cells as the table has columns, and tables don't touch each other or the end.
fn tables(package: &Package) {
    let document = package.part("word/document.xml");
    for cell in document.named("w:tc") {
        assert_eq!(cell.children.last().unwrap().name, "w:p");
    }
    for table in document.named("w:tbl") {
        let columns = table.children[1].children.len();
        for row in table.children.iter().filter(|c| c.name == "w:tr") {
            let cells = row.children.iter().filter(|c| c.name == "w:tc").count();
            assert_eq!(cells, columns);
        }
    }
    let holders = document
        .all()
        .into_iter()
        .filter(|n| matches!(&*n.name, "w:body" | "w:tc"));
    for holder in holders {
        for pair in holder.children.windows(2) {
            assert!(pair[0].name != "w:tbl" || pair[1].name == "w:p");
        }
    }
    assert_eq!(
        document.children[0].children.last().unwrap().name,
        "w:sectPr"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_named_is_there(items in made::items(), footnotes in any::<bool>()) {
        let glosses = if footnotes { Glosses::Footnotes } else { Glosses::Comments };
        let package = package(&file(&items, &made::head(), glosses));
        types(&package);
        relations(&package);
        notes(&package);
        names(&package);
        tables(&package);
    }

    #[test]
    fn the_same_document_is_the_same_file(items in made::items()) {
        let once = file(&items, &made::head(), Glosses::Comments);
        prop_assert!(once == file(&items, &made::head(), Glosses::Comments));
    }
}

#[test]
fn an_empty_document_is_a_document() {
    let package = package(&file(&[], &made::head(), Glosses::Comments));
    types(&package);
    relations(&package);
    notes(&package);
    tables(&package);
}
