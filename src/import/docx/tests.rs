use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::super::{
    ImportError, Imported, Refusal, import_file,
    office::told::{blocks, emphasis, headings, pages},
};

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
    xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'";

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document of this body and these other parts, each without its root's start and end.
fn with(body: &str, parts: &[(&str, &str)]) -> Result<Imported, ImportError> {
    let wrap = |root: &str, inside: &str| format!("<w:{root} {W}>{inside}</w:{root}>").into_bytes();
    let mut all = vec![(
        "word/document.xml".to_owned(),
        wrap("document", &format!("<w:body>{body}</w:body>")),
    )];
    for (name, inside) in parts {
        let part = match *name {
            "core" => (
                "docProps/core.xml".to_owned(),
                format!("<c:p xmlns:c='urn:x' xmlns:dc='http://purl.org/dc/elements/1.1/'>{inside}</c:p>").into_bytes(),
            ),
            _ => (format!("word/{name}.xml"), wrap(name, inside)),
        };
        all.push(part);
    }
    let all: Vec<(&str, &[u8])> = all
        .iter()
        .map(|(n, b)| (n.as_str(), b.as_slice()))
        .collect();
    import_file("x.docx", &archive(&all))
}

fn read(body: &str) -> Imported {
    with(body, &[]).unwrap()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

const STYLES: &str = "<w:style w:type='paragraph' w:default='1' w:styleId='Standard'><w:name w:val='Normal'/></w:style>\
    <w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/><w:basedOn w:val='Standard'/>\
        <w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Kapitel'><w:name w:val='Kapitel'/><w:basedOn w:val='berschrift1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Loop'><w:name w:val='Loop'/><w:basedOn w:val='Loop'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Q'><w:name w:val='Intense Quote'/><w:rPr><w:i/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='L'><w:name w:val='List Number'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='toc1'><w:name w:val='toc 1'/></w:style>\
    <w:style w:type='character' w:styleId='Em'><w:name w:val='Emphasis'/><w:rPr><w:i/></w:rPr></w:style>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId='0'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='4'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.%2.%3'/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{F0B7}'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
    <w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num>";

#[test]
fn headings_are_told_by_level_and_name() {
    let body = styled("Titel", "Of doors")
        + &styled("berschrift1", "Walls")
        + &styled("Kapitel", "Gates")
        + &styled("Loop", "Text.")
        + "<w:p><w:pPr><w:outlineLvl w:val='2'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Deep</w:t></w:r></w:p>"
        + &styled("Heading2", "No such style");
    let read = with(&body, &[("styles", STYLES)]).unwrap();
    assert_eq!(
        headings(&read),
        [(1, "Of doors"), (1, "Walls"), (1, "Gates"), (3, "Deep")]
    );
    assert!(
        emphasis(&read).is_empty(),
        "headings are bold by themselves"
    );
    assert_eq!(read.meta.title, "Of doors");
}

#[test]
fn lists_count_as_word_does() {
    let body = item(1, 0, "A")
        + &item(1, 1, "B")
        + &item(1, 1, "C")
        + &item(1, 2, "D")
        + &item(1, 0, "E")
        + &item(1, 1, "F")
        + &p("Between.")
        + &item(1, 0, "G")
        + &item(3, 0, "H")
        + &item(3, 0, "I")
        + &item(2, 0, "J")
        + &item(0, 0, "No list")
        + &styled("L", "By style");
    let read = with(&body, &[("styles", STYLES), ("numbering", NUMBERING)]).unwrap();
    assert_eq!(
        read.text,
        "1. A\n(a) B\n(b) C\n1.b.IV D\n2. E\n(a) F\n\nBetween.\n\n3. G\n7. H\n8. I\n• J\n\nNo list\n\n9. By style\n"
    );
    assert_eq!(blocks(&read)[1], "item 2: (a) B");
}

#[test]
fn quotes_are_told_by_style_or_indents() {
    let body = styled("Q", "Said.")
        + &p("A")
        + &p("B")
        + "<w:p><w:pPr><w:ind w:left='720' w:right='720'/></w:pPr><w:r><w:t>Set in.</w:t></w:r></w:p>";
    let read = with(&body, &[("styles", STYLES)]).unwrap();
    assert_eq!(blocks(&read), ["quote: Said.", "quote: Set in."]);
    assert_eq!(emphasis(&read), ["i Said."]);
}

#[test]
fn emphasis_comes_from_runs_and_styles() {
    let run = |p: &str, t: &str| {
        format!("<w:r><w:rPr>{p}</w:rPr><w:t xml:space='preserve'>{t}</w:t></w:r>")
    };
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val='Q'/></w:pPr>{}{}</w:p>",
        run("<w:b/><w:i w:val='0'/>", "bold "),
        run("<w:rStyle w:val='Em'/>", "soft "),
        run("<w:vertAlign w:val='superscript'/>", "up"),
        run("<w:vanish/>", "hidden"),
        run("<w:b w:val='false'/>", " plain"),
        run("<w:rStyle w:val='Em'/>", "upright "),
        run("", "slanted"),
    );
    let read = with(&body, &[("styles", STYLES)]).unwrap();
    assert_eq!(read.text, "bold soft up plain\n\nupright slanted\n");
    assert_eq!(emphasis(&read), ["b bold", "i soft", "^ up", "i slanted"]);
}

#[test]
fn footnotes_and_endnotes_are_linked() {
    let body = "<w:p><w:r><w:t>Walls</w:t></w:r><w:r><w:endnoteReference w:id='1'/></w:r>\
        <w:r><w:footnoteReference w:id='1' w:customMarkFollows='1'/><w:t>*</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>";
    let note = |kind: &str, text: &str| {
        format!(
            "<w:{kind} w:id='0' w:type='separator'>{}</w:{kind}><w:{kind} w:id='1'>{text}</w:{kind}>",
            p("-")
        )
    };
    let foot = note("footnote", &(p("Foot") + &p("more")));
    let end = note(
        "endnote",
        "<w:p><w:r><w:endnoteRef/></w:r><w:r><w:t xml:space='preserve'> End</w:t></w:r></w:p>",
    );
    let read = with(body, &[("footnotes", &foot), ("endnotes", &end)]).unwrap();
    assert_eq!(read.text, "Walls[1][2].\n\n[1] End\n\n[2] Foot\n\nmore\n");
    assert_eq!(read.structure.notes.len(), 2);
}

#[test]
fn tracked_changes_and_comments_are_said() {
    let body = "<w:p><w:r><w:t>Kept</w:t></w:r><w:ins><w:r><w:t xml:space='preserve'> new</w:t></w:r></w:ins>\
        <w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:commentReference w:id='0'/></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t xml:space='preserve'> line</w:t></w:r></w:p>";
    let read = read(body);
    assert_eq!(read.text, "Kept new\n\nOne line\n");
    assert_eq!(
        read.remarks[..2],
        [
            "Its changes are tracked: 1 insertion taken in, 1 deletion left out.",
            "Left out 1 comment."
        ]
    );
}

#[test]
fn fields_show_their_results() {
    let field = |instruction: &str, shown: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r>{shown}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let t = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let contents = field("TOC \\o", &(t("Walls 3") + "</w:p><w:p>" + &t("Gates 4")));
    let body = format!(
        "<w:p>{}{}{}</w:p><w:p>{}{}</w:p>{}{}",
        t("See "),
        field("ADDIN ZOTERO_ITEM CSL_CITATION {}", &t("(Lee 2012)")),
        field(" IF ", &field("PAGE", &t("; p. 3"))),
        "<w:hyperlink>",
        t("link") + "</w:hyperlink><w:fldSimple w:instr='DATE'>" + &t(" today") + "</w:fldSimple>",
        "<w:p>".to_owned() + &contents + "</w:p>",
        p("After."),
    );
    let read = read(&body);
    assert_eq!(read.text, "See (Lee 2012); p. 3\n\nlink today\n\nAfter.\n");
    assert!(read.remarks.iter().any(|r| r.contains("table of contents")));
}

#[test]
fn a_table_of_contents_never_takes_the_text() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r></w:p>"
        .to_owned()
        + &styled("toc1", "Walls 3")
        + &styled("berschrift1", "Walls")
        + &p("Text.");
    let read = with(&body, &[("styles", STYLES)]).unwrap();
    assert_eq!(read.text, "Walls\n\nText.\n");
}

#[test]
fn text_boxes_come_once_and_after() {
    let inside = |t: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(t));
    let body = format!(
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{}</wps:txbx></mc:Choice>\
         <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>hand</w:t></w:r></w:p>",
        inside("In the box"),
        inside("In the box")
    );
    assert_eq!(read(&body).text, "Beforehand\n\nIn the box\n");
}

#[test]
fn tables_are_rows() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let nested = format!(
        "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{}{}</w:tr></w:tbl>",
        cell(&p("x")),
        cell(&p("y"))
    );
    let body = format!(
        "{}<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>{}\
         <w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{}</w:tr></w:tbl>",
        p("Before."),
        cell(&(p("a") + &p("b"))),
        cell(&p("c")),
        cell(&nested),
        cell(&p("d")),
        cell(&p("gone")),
        p("After."),
        cell(&(p("Framed") + &p("twice"))),
    );
    let read = read(&body);
    assert_eq!(
        read.text,
        "Before.\n\na b\tc\nx y\td\n\nAfter.\n\nFramed\n\ntwice\n"
    );
    assert_eq!(blocks(&read), ["row: a b\tc", "row: x y\td"]);
}

#[test]
fn pages_are_counted_once_and_named() {
    let section = |inside: &str| {
        format!("<w:p><w:pPr><w:sectPr>{inside}</w:sectPr></w:pPr><w:r><w:t>end</w:t></w:r></w:p>")
    };
    let soft = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>soft</w:t></w:r></w:p>";
    let body = p("first")
        + "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
        + soft
        + &section("<w:pgNumType w:fmt='lowerRoman' w:start='3'/>")
        + soft
        + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:lastRenderedPageBreak/><w:t>before</w:t></w:r></w:p>"
        + "<w:sectPr><w:pgNumType w:start='1'/></w:sectPr>";
    assert_eq!(
        pages(&read(&body)),
        [
            ("iii", "first"),
            ("iv", "soft"),
            ("1", "soft"),
            ("2", "before")
        ]
    );
    assert!(pages(&read(&p("No breaks."))).is_empty());
}

#[test]
fn lines_tabs_symbols_and_hyphens() {
    let body = "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>\
        <w:t>e</w:t><w:sym w:font='Wingdings' w:char='F0E0'/></w:r></w:p>\
        <w:p><w:r><w:t>x</w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>\
        <w:p><w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    assert_eq!(read(body).text, "a\nb\tc-de→\n\nx(a+b)/2\n\n漢\n");
}

#[test]
fn words_stay_apart_where_spaces_are_not_declared() {
    let body = "<w:p><w:r><w:t>two </w:t></w:r><w:r><w:t>words</w:t></w:r></w:p><w:p><w:r><w:t>\n  laid out\n</w:t></w:r></w:p>";
    assert_eq!(read(body).text, "two words\n\nlaid out\n");
}

#[test]
fn properties_are_read() {
    let core = "<dc:title>Of doors</dc:title><dc:creator>Ann Lee;Bo Wu</dc:creator>";
    let read = with(&p("Text that goes on."), &[("core", core)]).unwrap();
    assert_eq!(read.meta.title, "Of doors");
    assert_eq!(read.meta.authors, ["Lee, Ann", "Wu, Bo"]);
}

#[test]
fn the_document_is_where_the_package_says() {
    let rels = "<Relationships><Relationship Type='http://x/officeDocument' Target='/word/other.xml'/></Relationships>";
    let document = format!(
        "<w:document {W}><w:body>{}</w:body></w:document>",
        p("Found.")
    );
    let wide: Vec<u8> = format!("\u{FEFF}{document}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let file = archive(&[("_rels/.rels", rels.as_bytes()), ("word/other.xml", &wide)]);
    assert_eq!(import_file("x.docx", &file).unwrap().text, "Found.\n");
    let file = archive(&[("Word\\Document.xml", document.as_bytes())]);
    assert_eq!(import_file("x.docx", &file).unwrap().text, "Found.\n");
}

#[test]
fn broken_files_are_refused() {
    let why = |bytes: &[u8]| import_file("x.docx", bytes).unwrap_err().why;
    let missing = archive(&[("word/styles.xml", b"<a/>")]);
    assert_eq!(why(&missing), Refusal::Missing("word/document.xml".into()));
    let cut = archive(&[("word/document.xml", b"<w:document><w:body>")]);
    assert_eq!(why(&cut), Refusal::Damaged);
    let whole = archive(&[("word/document.xml", b"<a/>"), ("../../etc/passwd", b"x")]);
    assert_eq!(why(&whole), Refusal::Empty);
    for end in [10, whole.len() / 2, whole.len() - 5] {
        assert_eq!(why(&whole[..end]), Refusal::Damaged);
    }
}

#[test]
fn nesting_is_no_trouble() {
    let deep = |open: &str, close: &str| {
        let inside = open.repeat(10_000) + &p("Deep.") + &close.repeat(10_000);
        assert_eq!(read(&inside).text, "Deep.\n", "{open}");
    };
    deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>");
    deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    deep("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>");
    deep(
        "<mc:AlternateContent><mc:Choice>",
        "</mc:Choice></mc:AlternateContent>",
    );
}
