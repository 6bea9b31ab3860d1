//! What the names of paragraph styles say, in the languages of the word processors that wrote them.

/// What paragraphs of a style are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading; 1 for the highest.
    Heading(u8),
    /// The title of the whole.
    Title,
    /// A block quote.
    Quote,
    /// Program code and other text whose spaces count.
    Code,
    /// A further paragraph of a list's item; nesting from 1.
    Item(u8),
    /// A line of a table of contents, or the heading over one.
    Contents,
    /// Body text, said so: what the style is based on does not count.
    Body,
}

/// “Heading” in the languages of Word and LibreOffice, without spaces, in lower case; a number follows. Word's own names for
/// styles in a file are English, its ids and other programs' names are not.
const HEADINGS: &[&str] = &[
    "heading",
    "überschrift",
    "berschrift",
    "titre",
    "título",
    "titulo",
    "ttulo",
    "titolo",
    "titlu",
    "encabezado",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nagwek",
    "nadpis",
    "címsor",
    "cmsor",
    "naslov",
    "заголовок",
    "заглавие",
    "επικεφαλίδα",
    "başlık",
    "balk",
    "标题",
    "標題",
    "見出し",
    "제목",
    "כותרת",
    "عنوان",
    "judul",
    "tiêuđề",
    "antraštė",
    "virsraksts",
    "pealkiri",
    "fyrirsögn",
    "izenburua",
    "títol",
];

const TITLES: &[&str] = &[
    "title",
    "titel",
    "titre",
    "titreprincipal",
    "título",
    "titulo",
    "titolo",
    "titlu",
    "tittel",
    "otsikko",
    "tytuł",
    "název",
    "názov",
    "cím",
    "naslov",
    "название",
    "заголовок",
    "заглавие",
    "τίτλος",
    "konubaşlığı",
    "标题",
    "標題",
    "表題",
    "제목",
    "documenttitle",
    "papertitle",
    "articletitle",
    "booktitle",
];

const QUOTES: &[&str] = &[
    "quote",
    "quotation",
    "quotations",
    "blockquote",
    "blockquotation",
    "blocktext",
    "intensequote",
    "zitat",
    "intensiveszitat",
    "blocktextzitat",
    "citation",
    "citationintense",
    "cita",
    "citadestacada",
    "citaintensa",
    "citação",
    "citaçãointensa",
    "citazione",
    "citazioneintensa",
    "citaat",
    "duidelijkcitaat",
    "citat",
    "starktcitat",
    "sitat",
    "sterktsitat",
    "lainaus",
    "erottuvalainaus",
    "cytat",
    "cytatintensywny",
    "citát",
    "výraznýcitát",
    "idézet",
    "kiemeltidézet",
    "цитата",
    "выделеннаяцитата",
    "alıntı",
    "引用",
    "明显引用",
    "引用文",
    "引用文2",
    "인용",
    "강한인용",
    "quotetext",
    "blockquotes",
    "extract",
    "blockcitation",
    "bquote",
    "longquote",
    "longquotation",
    "quotationblock",
    "epigraph",
    "displayquote",
];

const CODES: &[&str] = &[
    "sourcecode",
    "htmlpreformatted",
    "preformattedtext",
    "preformatted",
    "codeblock",
    "macrotext",
    "verbatim",
    "vorformatiertertext",
    "textepréformaté",
    "htmlvorformatiert",
    "codelisting",
];

const CONTENTS: &[&str] = &[
    "toc",
    "verzeichnis",
    "tm",
    "tdc",
    "sommario",
    "inhopg",
    "inhopginhoud",
    "spistreści",
    "оглавление",
    "contents",
    "目录",
    "目錄",
    "目次",
    "inhaltsverzeichnis",
];

/// What a style's name or id says.
pub fn role(name: &str) -> Option<Role> {
    let name = fold(name);
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number: Option<u8> = name.get(bare.len()..).and_then(|n| n.parse().ok());
    match number {
        Some(level @ 1..=10) if HEADINGS.contains(&bare) => {
            return Some(Role::Heading(level.min(9)));
        }
        Some(1..=10) if CONTENTS.contains(&bare) => return Some(Role::Contents),
        Some(depth @ 1..=9) if bare == "listcontinue" => return Some(Role::Item(depth)),
        None if bare == "listcontinue" => return Some(Role::Item(1)),
        _ => {}
    }
    if TITLES.contains(&name.as_str()) {
        return Some(Role::Title);
    }
    if QUOTES.contains(&name.as_str()) {
        return Some(Role::Quote);
    }
    if CODES.contains(&name.as_str()) {
        return Some(Role::Code);
    }
    match name.as_str() {
        "tocheading" | "contentsheading" | "inhaltsverzeichnisüberschrift" => Some(Role::Contents),
        "normal" | "standard" | "bodytext" | "textbody" | "firstparagraph" | "compact" => {
            Some(Role::Body)
        }
        _ => None,
    }
}

/// In lower case, without spaces and signs; `_20_` is a space in the names of OpenDocument.
fn fold(name: &str) -> String {
    let name = name.replace("_20_", " ");
    let name = name.split(',').next().unwrap_or_default();
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_paragraphs_are() {
        let cases = [
            ("heading 1", Some(Role::Heading(1))),
            ("Heading_20_3", Some(Role::Heading(3))),
            ("berschrift2", Some(Role::Heading(2))),
            ("Заголовок 4", Some(Role::Heading(4))),
            ("標題 1", Some(Role::Heading(1))),
            ("标题", Some(Role::Title)),
            ("Title", Some(Role::Title)),
            ("Intense Quote", Some(Role::Quote)),
            ("Quotations", Some(Role::Quote)),
            ("Block Text", Some(Role::Quote)),
            ("toc 2", Some(Role::Contents)),
            ("Contents 1", Some(Role::Contents)),
            ("TOC Heading", Some(Role::Contents)),
            ("List Continue 2", Some(Role::Item(2))),
            ("Source Code", Some(Role::Code)),
            ("Normal", Some(Role::Body)),
            ("heading", None),
            ("Heading 11", None),
            ("", None),
            ("Footnote Text", None),
        ];
        for (name, expected) in cases {
            assert_eq!(role(name), expected, "{name}");
        }
    }
}
