//! JSON-LD, JSONL, brat and QDC of the seminar, as they were looked at, and by the rules of their standards.

use std::collections::{BTreeSet, HashSet};

use glossator::{
    export::{
        document::Stop,
        interchange::uuid,
        order::{Format, What},
    },
    model::{LabelId, Project},
};
use serde_json::Value;

use crate::{common::seminar, golden, order, text, workbook::parts, written, written_with};

#[test]
fn they_are_as_they_were_looked_at() {
    let project = seminar();
    let all = [
        (What::Excerpts, Format::JsonLd, "excerpts.jsonld"),
        (What::Excerpts, Format::Jsonl, "excerpts.jsonl"),
        (What::Codebook, Format::Qdc, "codebook.qdc"),
    ];
    for (what, format, name) in all {
        golden(name, &text(&project, &order(what, format)));
    }
    let files = parts(written(&project, &order(What::Excerpts, Format::Brat)));
    let shown = files
        .iter()
        .filter(|(name, _)| !name.ends_with(".txt"))
        .map(|(name, text)| format!("== {name}\n{text}"));
    golden("excerpts.brat.txt", &shown.collect::<String>());
}

fn is_iri(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let scheme = text.split(':').next().unwrap();
    matches!(scheme, "urn" | "http" | "https") && !text.contains([' ', '<', '>', '"'])
}

fn is_time(value: &Value) -> bool {
    let time = value.as_str().unwrap_or_default();
    time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok()
}

/// The model's MUSTs that concern what is written here, by section of https://www.w3.org/TR/annotation-model/.
#[test]
fn annotations_keep_the_rules_of_the_w3c() {
    let written = text(&seminar(), &order(What::Excerpts, Format::JsonLd));
    let all: Value = serde_json::from_str(&written).unwrap();
    // 5.1, 5.2: collections and pages.
    assert_eq!(all["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(all["type"], "AnnotationCollection");
    assert!(is_iri(&all["id"]) && is_time(&all["generated"]));
    let page = &all["first"];
    assert_eq!(page["type"], "AnnotationPage");
    assert!(is_iri(&page["id"]));
    assert_eq!(
        (&page["partOf"], &page["startIndex"]),
        (&all["id"], &Value::from(0))
    );
    let items = page["items"].as_array().unwrap();
    assert_eq!(all["total"], items.len());
    assert_eq!(items.len(), 12);
    let ids: HashSet<&str> = items.iter().map(|i| i["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), items.len());
    for item in items {
        // 3.1: exactly one id, a type, at least one target.
        assert!(is_iri(&item["id"]));
        assert_eq!(item["type"], "Annotation");
        // 3.3.1, 3.3.2: times in UTC, agents.
        assert!(is_time(&item["created"]) && is_time(&item["modified"]));
        assert!(is_iri(&item["creator"]["id"]));
        assert_eq!(item["creator"]["type"], "Person");
        // 3.3.5: motivations and purposes are those of the model.
        assert_eq!(item["motivation"], "highlighting");
        for body in item["body"].as_array().unwrap() {
            // 3.2.4: a textual body has a value. 4: a specific resource has a source.
            let is_text = body["type"] == "TextualBody" && body["value"].is_string();
            let is_thing = body["type"] == "SpecificResource" && is_iri(&body["source"]["id"]);
            assert!(is_text || is_thing);
            let purpose = body["purpose"].as_str().unwrap();
            assert!(["tagging", "commenting", "classifying"].contains(&purpose));
        }
        // 4: a specific resource has exactly one source.
        let target = &item["target"];
        assert_eq!(target["type"], "SpecificResource");
        assert!(is_iri(&target["source"]["id"]));
        // 4.2.4, 4.2.5: selectors.
        let quote = &target["selector"][0];
        assert_eq!(quote["type"], "TextQuoteSelector");
        assert!(!quote["exact"].as_str().unwrap().is_empty());
        for side in ["prefix", "suffix"] {
            assert!(quote[side].as_str().unwrap().chars().count() <= 32);
        }
        let position = &target["selector"][1];
        assert_eq!(position["type"], "TextPositionSelector");
        assert!(position["start"].as_u64().unwrap() < position["end"].as_u64().unwrap());
    }
}

#[test]
fn what_an_annotation_says_is_what_the_coder_said() {
    let written = text(&seminar(), &order(What::Excerpts, Format::JsonLd));
    let all: Value = serde_json::from_str(&written).unwrap();
    let id = format!("urn:uuid:{}", uuid("highlight", "0f3a000000000002"));
    let items = all["first"]["items"].as_array().unwrap();
    let item = items.iter().find(|i| i["id"] == id.as_str()).unwrap();
    assert_eq!(item["creator"]["nickname"], "J_B");
    let bodies: Vec<(&str, &str)> = item["body"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["type"] == "TextualBody")
        .map(|b| (b["purpose"].as_str().unwrap(), b["value"].as_str().unwrap()))
        .collect();
    assert_eq!(
        bodies,
        [
            ("tagging", "Price of a promise"),
            ("classifying", "contests"),
            ("commenting", "Really?")
        ]
    );
    let tag = format!("urn:uuid:{}", uuid("label", "price"));
    assert_eq!(item["body"][1]["source"]["id"], tag);
    assert_eq!(item["body"][1]["source"]["label"], "Price of a promise");
    assert_eq!(
        item["target"]["source"]["via"],
        "https://example.org/pact_1"
    );
}

#[test]
fn labels_that_were_asked_for_are_the_spans_of_others() {
    let mut order = order(What::Excerpts, Format::Jsonl);
    order.filter.labels = vec![LabelId::new("entrapment").unwrap()];
    let written = text(&seminar(), &order);
    assert_eq!(written.lines().count(), 1);
    let line: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(line["label"].as_array().unwrap().len(), 1);
    assert_eq!(line["label"][0][2], "Entrapment");
    order.format = Format::JsonLd;
    let all: Value = serde_json::from_str(&text(&seminar(), &order)).unwrap();
    assert_eq!(all["total"], 1);
    assert_eq!(
        all["first"]["items"][0]["body"][0]["value"],
        "Price of a promise"
    );
}

/// The order of children, as the XSD has it (a sequence), with GUIDs as it wants them.
#[test]
fn a_codebook_keeps_the_schema() {
    let written = text(&seminar(), &order(What::Codebook, Format::Qdc));
    let book = dom(&written);
    assert_eq!(book.name, "CodeBook");
    assert_eq!(book.get("xmlns"), "urn:QDA-XML:codebook:1.0");
    let names: Vec<&str> = book.children.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Codes"]);
    let mut guids = BTreeSet::new();
    let guid = regex::Regex::new("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$").unwrap();
    let mut todo: Vec<&Element> = book.children[0].children.iter().collect();
    while let Some(code) = todo.pop() {
        assert_eq!(code.name, "Code");
        assert!(guid.is_match(code.get("guid")) && guids.insert(code.get("guid")));
        assert_eq!(code.get("isCodable"), "true");
        assert!(code.get("color").starts_with('#') && !code.get("name").is_empty());
        let at = code.children.iter().rposition(|c| c.name == "Description");
        assert!(at.is_none_or(|at| at == 0));
        todo.extend(code.children.iter().filter(|c| c.name != "Description"));
    }
    assert_eq!(guids.len(), 6);
    assert!(guids.contains(uuid("label", "shi").as_str()));
    let price = &book.children[0].children[0];
    let below: Vec<&str> = price.children[1..].iter().map(|c| c.get("name")).collect();
    assert_eq!(below, ["Pledge [formal]", "Entrapment"]);
    assert!(price.children[0].text.starts_with("What a promise costs"));
}

#[test]
fn a_codebook_without_labels_is_refused() {
    let project = Project::new("Empty");
    let refused = written_with(
        &project,
        &order(What::Codebook, Format::Qdc),
        &Default::default(),
    );
    assert!(matches!(refused, Err(Stop::Bad(why)) if why.contains("no labels yet")));
}

struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }
}

/// The root of a document.
fn dom(xml: &str) -> Element {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element {
                name: start.name().as_ref().to_owned(),
                attributes: start
                    .attributes()
                    .map(Result::unwrap)
                    .map(|a| {
                        let value = a.value.to_string();
                        (a.key.as_ref().to_owned(), value)
                    })
                    .collect(),
                children: Vec::new(),
                text: String::new(),
            }),
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                match open.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => return element,
                }
            }
            _ => {}
        }
    }
}
