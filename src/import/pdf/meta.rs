//! Title, authors, year and DOI: from the file's own description where it is not junk, else from its first page.

use hayro_syntax::{
    Pdf,
    object::{Dict, Stream},
};

use super::{blocks::Block, habits::Habits, kinds, strings};
use crate::{import::guess, model::ReadingMeta};

/// How much XMP is read, in bytes.
const MAX_XMP: usize = 1 << 20;

/// What is known of the reading.
pub(super) fn meta(
    pdf: &Pdf,
    catalog: Option<&Dict<'_>>,
    blocks: &[Block],
    habits: &Habits,
) -> ReadingMeta {
    let info = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(|b| clean(&strings::decode(b)));
    let xmp = catalog.and_then(xmp).unwrap_or_default();
    let first: String = {
        let page = blocks.first().map_or(0, |b| b.page);
        let near = blocks.iter().take_while(|b| b.page <= page + 1);
        near.map(|b| b.text() + "\n").collect()
    };
    let said = [element(&xmp, "dc:title"), text(&info.title)];
    let title = said.into_iter().flatten().find(|t| is_title(t, &first));
    let title = title
        .or_else(|| printed_title(blocks, habits))
        .unwrap_or_default();
    let named = [text(&info.author), creators(&xmp)];
    let authors = named
        .into_iter()
        .flatten()
        .map(|a| names(&a))
        .find(|a| !a.is_empty())
        .unwrap_or_default();
    let published = [
        "prism:publicationDate",
        "prism:coverDate",
        "prism:coverDisplayDate",
    ];
    let year = published
        .iter()
        .find_map(|tag| guess::year_in(&element(&xmp, tag)?));
    // When the file was made says little of old texts: it counts when the text bears the same year.
    let made = info.creation_date.map(|d| i32::from(d.year));
    let made = made.filter(|year| first.contains(&year.to_string()));
    let mut meta = ReadingMeta {
        title,
        authors,
        year: year.or_else(|| copyright(&first)).or(made),
        publisher: element(&xmp, "dc:publisher").unwrap_or_default(),
        ..ReadingMeta::default()
    };
    let doi = ["prism:doi", "pdfx:doi", "dc:identifier"]
        .iter()
        .find_map(|tag| doi_in(&element(&xmp, tag)?));
    meta.imprint.doi = doi.or_else(|| doi_in(&first)).unwrap_or_default();
    meta.imprint.container = element(&xmp, "prism:publicationName").unwrap_or_default();
    meta.imprint.volume = element(&xmp, "prism:volume").unwrap_or_default();
    meta.imprint.issue = element(&xmp, "prism:number").unwrap_or_default();
    meta
}

/// The year that follows a sign of copyright.
fn copyright(text: &str) -> Option<i32> {
    let at = text.find('©').or_else(|| text.find("Copyright"))?;
    let near: String = text.get(at..)?.chars().take(40).collect();
    guess::year_in(&near)
}

fn clean(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ").chars().take(500).collect()
}

/// Whether what a file calls its title is one.
fn is_title(title: &str, first: &str) -> bool {
    let lower = title.to_lowercase();
    let junk = [
        "microsoft word",
        "microsoft powerpoint",
        "untitled",
        "layout 1",
        "slide 1",
        "powerpoint presentation",
        "title",
        "document",
        "unknown",
        "print",
        "no job name",
        "doi:",
        "pii:",
    ];
    let endings = [
        ".doc", ".docx", ".dvi", ".tex", ".indd", ".qxd", ".pdf", ".rtf", ".odt", ".ps", ".fm",
        ".p65", ".txt", ".html",
    ];
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let words = title.split_whitespace().count();
    // One word is a title when the first page says it too, and a file's name if not.
    let printed = first.to_lowercase().contains(&lower);
    letters >= 3
        && letters * 2 > title.chars().count()
        && !junk.iter().any(|j| {
            lower.starts_with(j)
                && (lower.len() <= j.len() + 4 || j.contains(' ') || j.ends_with(':'))
        })
        && !endings.iter().any(|e| lower.ends_with(e))
        && (words != 1 || printed)
        && !title.contains(['\\', '\u{FFFD}'])
        && !title.contains("://")
}

/// The title as printed: the largest type of the first page.
fn printed_title(blocks: &[Block], habits: &Habits) -> Option<String> {
    let block = &blocks[kinds::title(blocks, habits)?];
    let title = clean(&block.text()).replace("- ", "");
    let capitals = !title.chars().any(char::is_lowercase) && title.chars().count() > 12;
    Some(title).filter(|t| !capitals || t.split_whitespace().count() > 1)
}

/// Authors as `Surname, Given`; none when they are those of a program or a machine.
fn names(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let junk = [
        "user",
        "admin",
        "author",
        "unknown",
        "microsoft",
        "adobe",
        "owner",
        "root",
        "default",
        "anonymous",
        "windows",
    ];
    let is_junk = junk
        .iter()
        .any(|j| lower == *j || lower.starts_with(&format!("{j} ")) && lower.len() < j.len() + 8);
    if is_junk || text.chars().count() < 3 || text.contains(['@', '\\', '/', '\u{FFFD}']) {
        return Vec::new();
    }
    // One word in small letters is a machine's account.
    if !text.contains(' ') && (lower == text || text.chars().any(|c| c.is_ascii_digit())) {
        return Vec::new();
    }
    guess::authors(text)
}

/// The file's XMP packet.
fn xmp(catalog: &Dict<'_>) -> Option<String> {
    let stream = catalog.get::<Stream<'_>>("Metadata")?;
    let data = stream.decoded_data().ok()?;
    let data = data.get(..data.len().min(MAX_XMP))?;
    Some(String::from_utf8_lossy(data).into_owned())
}

/// The text of an element or the value of an attribute of this name: of XMP both say the same.
fn element(xmp: &str, name: &str) -> Option<String> {
    let inner = inner(xmp, name).map(|inner| match inner.find("<rdf:li") {
        Some(at) => {
            let item = inner.get(at..).unwrap_or_default();
            let item = item.split_once('>').map_or("", |(_, rest)| rest);
            item.split('<').next().unwrap_or_default()
        }
        None => inner,
    });
    let found = inner.or_else(|| {
        let value = xmp.split_once(&format!("{name}=\""))?.1;
        value.split_once('"').map(|(value, _)| value)
    })?;
    let found = clean(&unescaped(found));
    (!found.is_empty() && !found.contains('<')).then_some(found)
}

fn inner<'x>(xmp: &'x str, name: &str) -> Option<&'x str> {
    let start = xmp.find(&format!("<{name}"))?;
    let rest = xmp.get(start..)?.split_once('>')?.1;
    rest.split_once(&format!("</{name}"))
        .map(|(inner, _)| inner)
}

/// All of `dc:creator`, with `;` between.
fn creators(xmp: &str) -> Option<String> {
    let items = inner(xmp, "dc:creator")?.split("<rdf:li").skip(1);
    let names = items.filter_map(|item| Some(item.split_once('>')?.1.split('<').next()?.trim()));
    let names: Vec<String> = names
        .map(|n| clean(&unescaped(n)))
        .filter(|n| !n.is_empty())
        .collect();
    (!names.is_empty()).then(|| names.join("; "))
}

fn unescaped(text: &str) -> String {
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#xA;", " "),
        ("&#xD;", " "),
        ("&amp;", "&"),
    ];
    known
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The first digital object identifier in `text`.
fn doi_in(text: &str) -> Option<String> {
    let start = text.match_indices("10.").map(|(i, _)| i).find(|&i| {
        let rest = text.get(i + 3..).unwrap_or_default();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let before = text.get(..i).and_then(|t| t.chars().next_back());
        (4..=6).contains(&digits)
            && rest.get(digits..).is_some_and(|r| r.starts_with('/'))
            && !before.is_some_and(|c| c.is_ascii_alphanumeric())
    })?;
    let found = text
        .get(start..)?
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '|'))
        .next()?;
    let found = found.trim_end_matches(['.', ',', ';', ')', ']', '}', ':']);
    (found.len() > 8 && found.is_ascii()).then(|| found.to_owned())
}
