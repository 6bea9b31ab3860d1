use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::super::{
    ImportError, Imported, Refusal, import_file,
    office::told::{blocks, pages},
};

const SPACES: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' \
    xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
    xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/' \
    xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' xmlns:xlink='http://www.w3.org/1999/xlink'";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let kind = ("mimetype", "application/vnd.oasis.opendocument.text");
    for (name, text) in [kind].iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A text of this body with these automatic styles and other parts.
fn with(styles: &str, body: &str, parts: &[(&str, &str)]) -> Result<Imported, ImportError> {
    let content = format!(
        "<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut all = vec![("content.xml", content.as_str())];
    all.extend(parts);
    import_file("x.odt", &archive(&all))
}

fn read(styles: &str, body: &str) -> Imported {
    with(styles, body, &[]).unwrap()
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

fn style(name: &str, parent: &str, more: &str, properties: &str) -> String {
    format!(
        "<style:style style:name='{name}' style:family='paragraph' style:parent-style-name='{parent}' {more}>{properties}</style:style>"
    )
}

#[test]
fn headings_have_their_levels_and_numbers() {
    let common = format!(
        "<office:document-styles {SPACES}><office:styles><text:outline-style>\
         <text:outline-level-style text:level='1' style:num-format='I' style:num-suffix='.'/>\
         <text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/>\
         <text:outline-level-style text:level='3' style:num-format=''/></text:outline-style></office:styles></office:document-styles>"
    );
    let h =
        |level: u32, text: &str| format!("<text:h text:outline-level='{level}'>{text}</text:h>");
    let body = "<text:p text:style-name='T1'>Of doors</text:p>".to_owned()
        + &h(1, "Walls")
        + &h(2, "High")
        + &h(2, "Low")
        + &h(1, "Gates")
        + &h(2, "Wide")
        + &h(3, "Plain");
    let styles = style("T1", "Title", "", "") + &style("Loop", "Loop", "", "");
    let read = with(&styles, &body, &[("styles.xml", &common)]).unwrap();
    assert_eq!(
        read.text,
        "Of doors\n\nI. Walls\n\nI.1 High\n\nI.2 Low\n\nII. Gates\n\nII.1 Wide\n\nPlain\n"
    );
    let levels: Vec<u8> = read.structure.headings.iter().map(|h| h.level).collect();
    assert_eq!(levels, [1, 1, 2, 2, 1, 2, 3]);
    assert_eq!(read.meta.title, "Of doors");
}

#[test]
fn lists_count() {
    let styles = "<text:list-style style:name='L1'>\
        <text:list-level-style-number text:level='1' style:num-suffix='.' style:num-format='1'/>\
        <text:list-level-style-number text:level='2' style:num-prefix='(' style:num-suffix=')' style:num-format='a'/></text:list-style>\
        <text:list-style style:name='L2'><text:list-level-style-bullet text:level='1' text:bullet-char='x'/></text:list-style>";
    let item = |inside: &str| format!("<text:list-item>{inside}</text:list-item>");
    let list = |more: &str, inside: &str| format!("<text:list {more}>{inside}</text:list>");
    let inner = list("", &(item(&p("b")) + &item(&p("c"))));
    let body = list(
        "text:style-name='L1'",
        &(item(&(p("A") + &p("more") + &inner)) + &item(&p("D"))),
    ) + &list("text:style-name='L1'", &item(&p("Anew")))
        + &list(
            "text:style-name='L1' text:continue-numbering='true'",
            &item(&p("On")),
        )
        + &list(
            "text:style-name='L1'",
            &item(&p("x"))
                .replace("list-item>", "list-item text:start-value='7'>")
                .replace(
                    "</text:list-item text:start-value='7'>",
                    "</text:list-item>",
                ),
        )
        + &list("text:style-name='L2'", &item(&p("Point")));
    let read = read(styles, &body);
    assert_eq!(
        read.text,
        "1. A\nmore\n(a) b\n(b) c\n2. D\n1. Anew\n2. On\n7. x\n• Point\n"
    );
    assert_eq!(blocks(&read)[2], "item 2: (a) b");
}

#[test]
fn words_look_as_their_styles_say() {
    let text = |name: &str, properties: &str| {
        format!(
            "<style:style style:name='{name}' style:family='text'><style:text-properties {properties}/></style:style>"
        )
    };
    let styles = text("B", "fo:font-weight='bold'")
        + &text("I", "fo:font-style='italic'")
        + &text("U", "style:text-position='super 58%'")
        + &text("D", "style:text-position='-33% 58%'")
        + &text("H", "text:display='none'")
        + &style("Q", "Quotations", "", "")
        + &style(
            "S",
            "",
            "",
            "<style:paragraph-properties fo:margin-left='1cm' fo:margin-right='1cm'/>",
        );
    let span = |name: &str, inside: &str| {
        format!("<text:span text:style-name='{name}'>{inside}</text:span>")
    };
    let body = p(&format!(
        "{} plain{} H{}O {}",
        span("B", &format!("bold {}", span("I", "both"))),
        span("U", "up"),
        span("D", "2"),
        span("H", "hidden")
    )) + "<text:p text:style-name='Q'>Said.</text:p><text:p text:style-name='S'>Set in.</text:p>";
    let read = read(&styles, &body);
    assert_eq!(read.text, "bold both plainup H2O\n\nSaid.\n\nSet in.\n");
    let words = read.structure.emphasis.iter();
    let words: Vec<_> = words
        .map(|e| format!("{} {}", e.style, e.span.of(&read.text)))
        .collect();
    assert_eq!(words, ["b bold", "bi both", "^ up", "_ 2"]);
    assert_eq!(blocks(&read), ["quote: Said.", "quote: Set in."]);
}

#[test]
fn notes_changes_and_comments() {
    let note = |text: &str| {
        format!(
            "<text:note><text:note-citation>9</text:note-citation><text:note-body>{}</text:note-body></text:note>",
            p(text)
        )
    };
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>\
        <text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
        .to_owned()
        + &p(&format!("Walls{} stand<office:annotation>{}</office:annotation>{}.", note("See Lee."), p("Really?"), note("And Wu.")));
    let read = read("", &body);
    assert_eq!(
        read.text,
        "Walls[1] stand[2].\n\n[1] See Lee.\n\n[2] And Wu.\n"
    );
    assert_eq!(read.structure.notes.len(), 2);
    assert_eq!(
        read.remarks[..2],
        [
            "Its changes are tracked: 1 insertion taken in, 1 deletion left out.",
            "Left out 1 comment."
        ]
    );
}

#[test]
fn tables_frames_and_contents() {
    let cell = |inside: &str| format!("<table:table-cell>{inside}</table:table-cell>");
    let row = |inside: &str| format!("<table:table-row>{inside}</table:table-row>");
    let table = |columns: u32, inside: &str| {
        format!(
            "<table:table><table:table-column table:number-columns-repeated='{columns}'/>{inside}</table:table>"
        )
    };
    let body = "<text:table-of-content><text:index-body><text:p>Walls 3</text:p></text:index-body></text:table-of-content>".to_owned()
        + &p("Be<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box></draw:frame>fore")
        + &table(2, &(row(&(cell(&(p("a") + &p("b"))) + &cell(&p("c")))) + &row(&(cell(&p("d")) + "<table:covered-table-cell/>"))))
        + &table(1, &row(&cell(&(p("Framed") + &p("twice")))))
        + &p("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>");
    let read = read("", &body);
    assert_eq!(
        read.text,
        "Before\n\nIn the box\n\na b\tc\nd\n\nFramed\n\ntwice\n\na b\tc\nd漢\n"
    );
    assert_eq!(blocks(&read), ["row: a b\tc", "row: d"]);
    assert!(read.remarks[0].contains("table of contents"));
}

#[test]
fn pages_start_where_the_file_says() {
    let common = format!(
        "<office:document-styles {SPACES}><office:automatic-styles><style:page-layout style:name='l1'>\
         <style:page-layout-properties style:num-format='i'/></style:page-layout><style:page-layout style:name='l2'>\
         <style:page-layout-properties style:num-format='1'/></style:page-layout></office:automatic-styles>\
         <office:master-styles><style:master-page style:name='Front' style:page-layout-name='l1'/>\
         <style:master-page style:name='Main' style:page-layout-name='l2'/></office:master-styles></office:document-styles>"
    );
    let styles = style(
        "P1",
        "",
        "style:master-page-name='Front'",
        "<style:paragraph-properties style:page-number='3'/>",
    ) + &style(
        "P2",
        "",
        "style:master-page-name='Main'",
        "<style:paragraph-properties style:page-number='1'/>",
    ) + &style(
        "P3",
        "",
        "",
        "<style:paragraph-properties fo:break-after='page'/>",
    );
    let body = "<text:p text:style-name='P1'>one</text:p><text:p>two<text:soft-page-break/>three</text:p>\
        <text:p text:style-name='P2'><text:soft-page-break/>four</text:p><text:p text:style-name='P3'>five</text:p><text:p>six</text:p>";
    let read = with(&styles, body, &[("styles.xml", &common)]).unwrap();
    assert_eq!(
        pages(&read),
        [("iii", "one"), ("iv", "three"), ("1", "four"), ("2", "six")]
    );
}

#[test]
fn formulas_and_properties_are_parts() {
    let formula = "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow>\
        <annotation>{a} over {b}</annotation></semantics></math>";
    let about = format!(
        "<office:document-meta {SPACES}><office:meta><dc:title>Of doors</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator>\
         <dc:creator>Bo Wu</dc:creator></office:meta></office:document-meta>"
    );
    let body = p("So <draw:frame><draw:object xlink:href='./Object 1'/></draw:frame> holds.");
    let read = with(
        "",
        &body,
        &[("Object 1/content.xml", formula), ("meta.xml", &about)],
    )
    .unwrap();
    assert_eq!(read.text, "So a/b holds.\n");
    assert_eq!(read.meta.title, "Of doors");
    assert_eq!(read.meta.authors, ["Lee, Ann"]);
}

#[test]
fn broken_and_locked_files_are_refused() {
    let why = |parts: &[(&str, &str)]| import_file("x.odt", &archive(parts)).unwrap_err().why;
    assert_eq!(why(&[]), Refusal::Missing("content.xml".into()));
    assert_eq!(why(&[("content.xml", "<a><b>")]), Refusal::Damaged);
    assert_eq!(
        why(&[("content.xml", "<a/>")]),
        Refusal::Missing("office:text".into())
    );
    let manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>";
    assert_eq!(
        why(&[
            ("META-INF/manifest.xml", manifest),
            ("content.xml", "\u{1}")
        ]),
        Refusal::Locked
    );
}

#[test]
fn nesting_is_no_trouble() {
    for (open, close) in [
        ("<text:section>", "</text:section>"),
        (
            "<text:list><text:list-item>",
            "</text:list-item></text:list>",
        ),
        (
            "<table:table><table:table-row><table:table-cell>",
            "</table:table-cell></table:table-row></table:table>",
        ),
        (
            "<text:p><draw:frame><draw:text-box>",
            "</draw:text-box></draw:frame></text:p>",
        ),
        (
            "<text:p><text:note><text:note-body>",
            "</text:note-body></text:note></text:p>",
        ),
    ] {
        let body = open.repeat(5_000) + &p("Deep.") + &close.repeat(5_000);
        assert!(read("", &body).text.contains("Deep."), "{open}");
    }
}
