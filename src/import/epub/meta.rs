//! Who wrote a book, when, and who published it.

use super::{
    super::{guess, web::meta::doi},
    xml::Element,
};
use crate::model::{Imprint, ReadingMeta};

/// Reads a package's metadata.
pub fn read(opf: &[Element]) -> ReadingMeta {
    let all = |name: &'static str| {
        opf.iter()
            .filter(move |e| e.name == name && !e.text.is_empty())
    };
    // What EPUB 3 says of an element stands in `meta` elements that name it; EPUB 2 has attributes.
    let refined = |element: &Element, property: &str| {
        let id = format!("#{}", element.attr("id"));
        let metas = opf
            .iter()
            .filter(|e| e.name == "meta" && !element.attr("id").is_empty());
        let found = metas
            .filter(|m| m.attr("refines") == id && m.attr("property") == property)
            .map(|m| m.text.clone());
        found
            .into_iter()
            .next()
            .unwrap_or_else(|| element.attr(property).to_owned())
    };
    let main = all("title").find(|t| refined(t, "title-type") == "main");
    let title = main.or_else(|| all("title").next());
    let creators: Vec<&Element> = all("creator").collect();
    let is_author = |e: &&&Element| matches!(refined(e, "role").as_str(), "" | "aut");
    let mut authors: Vec<&&Element> = creators.iter().filter(is_author).collect();
    if authors.is_empty() {
        authors = creators.iter().collect();
    }
    let authors = authors
        .into_iter()
        .flat_map(|a| author(&a.text, &refined(a, "file-as")));
    let published = all("date").find(|d| d.attr("event").contains("publication"));
    let original = opf
        .iter()
        .find(|e| e.name == "meta" && e.attr("property") == "dcterms:issued");
    let date = published
        .or(original)
        .or_else(|| all("date").find(|d| d.attr("event") != "modification"));
    let ids: Vec<&str> = all("identifier")
        .chain(all("source"))
        .map(|e| e.text.as_str())
        .collect();
    let said = |e: Option<&Element>| e.map(|e| e.text.clone()).unwrap_or_default();
    ReadingMeta {
        title: said(title),
        authors: authors.collect(),
        year: date.and_then(|d| guess::year_in(&d.text)),
        kind: "book".to_owned(),
        publisher: said(all("publisher").next()),
        url: ids
            .iter()
            .find(|i| i.starts_with("http") && !i.contains("doi.org"))
            .map(|i| (*i).to_owned())
            .unwrap_or_default(),
        imprint: Imprint {
            doi: ids
                .iter()
                .map(|i| doi(i.trim_start_matches("urn:")))
                .find(|d| !d.is_empty())
                .unwrap_or_default(),
            ..Imprint::default()
        },
        page_shift: None,
        attributes: Default::default(),
    }
}

/// One author, by the name they are filed under where that has their surname first.
fn author(name: &str, filed: &str) -> Vec<String> {
    match filed.contains(',') {
        true => vec![filed.to_owned()],
        false => guess::authors(name),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::xml, *};

    #[test]
    fn packages_say_who_and_when() {
        let meta = |inner: &str| {
            read(&xml::elements(
                format!("<package><metadata>{inner}</metadata></package>").as_bytes(),
            ))
        };
        let three = meta(
            "<dc:title id='a'>Sub</dc:title><meta refines='#a' property='title-type'>subtitle</meta>\
             <dc:title id='b'>Walls</dc:title><meta refines='#b' property='title-type'>main</meta>\
             <dc:creator id='c'>Ann van Lee</dc:creator><meta refines='#c' property='file-as'>Lee, Ann van</meta>\
             <dc:creator id='d'>Bo Wu</dc:creator><meta refines='#d' property='role'>trl</meta>\
             <dc:date>2014-05-01</dc:date><dc:publisher>Door Press</dc:publisher>\
             <dc:identifier>urn:isbn:9780000000000</dc:identifier><dc:identifier>doi:10.1000/182</dc:identifier>",
        );
        assert_eq!(
            (three.title.as_str(), three.authors.as_slice()),
            ("Walls", ["Lee, Ann van".to_owned()].as_slice())
        );
        assert_eq!(
            (three.year, three.publisher.as_str()),
            (Some(2014), "Door Press")
        );
        assert_eq!(three.imprint.doi, "10.1000/182");
        let two = meta(
            "<dc:title>Walls</dc:title><dc:creator opf:role='aut' opf:file-as='Lee, Ann'>Ann Lee</dc:creator>\
             <dc:date opf:event='modification'>2020</dc:date><dc:date opf:event='publication'>1999</dc:date>\
             <dc:identifier>https://example.org/walls</dc:identifier>",
        );
        assert_eq!(
            (two.authors.as_slice(), two.year),
            (["Lee, Ann".to_owned()].as_slice(), Some(1999))
        );
        assert_eq!(two.url, "https://example.org/walls");
    }
}
