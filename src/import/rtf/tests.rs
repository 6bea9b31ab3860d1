use proptest::prelude::*;

use super::super::{
    Imported, Refusal, import_file,
    office::told::{blocks, emphasis, headings, pages},
};

fn import(inside: &str) -> Imported {
    import_file(
        "x.rtf",
        format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0 {inside}}}").as_bytes(),
    )
    .unwrap()
}

fn check(inside: &str, expected: &str) {
    assert_eq!(import(inside).text, expected, "{inside}");
}

#[test]
fn paragraphs_lines_and_signs() {
    check(
        "One\ntwo\\par Three\\line four\\par\\par Five\\\nSix",
        "Onetwo\n\nThree\nfour\n\nFive\n\nSix\n",
    );
    check(
        "a\\~b\\_c\\-d \\{\\}\\\\ \\ldblquote x\\rdblquote\\emdash\\endash\\bullet\\lquote y\\rquote",
        "a\u{A0}b-cd {}\\ “x”—–•‘y’\n",
    );
    check(
        "a\\tab b{\\*\\unknown gone{deep}} c{\\unknown kept}",
        "a\tb ckept\n",
    );
    check("a{\\pict\\bin4 }}}}b}c", "ac\n");
}

#[test]
fn bytes_are_of_code_pages_and_fonts() {
    check("caf\\'e9 \\'93x\\'94", "café “x”\n");
    let fonts = "{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fcharset204{\\*\\falt Other;}Arial Cyr;}{\\f2\\fcharset128 MS Mincho;}\
        {\\f3\\fcharset134 SimSun;}{\\f4\\fnil\\fcharset2 Symbol;}{\\f5\\fcharset238 Arial CE;}}";
    check(
        &format!(
            "{fonts}{{\\f1 \\'cc\\'e8\\'f0}} {{\\f2 \\'83A\\'83\\'43}} {{\\f3\\'ba\\'ba}} {{\\f4 a\\'b7}} {{\\f5\\'e8}}\\'e8"
        ),
        "Мир アイ 汉 α• čè\n",
    );
    let read = import_file("x.rtf", b"{\\rtf1\\ansi\\ansicpg1251 \\'cc\\'e8\\'f0}").unwrap();
    assert_eq!(
        (read.text.as_str(), read.encoding.as_str()),
        ("Мир\n", "windows-1251")
    );
    let raw = "{\\rtf1 Мир}".as_bytes();
    assert_eq!(import_file("x.rtf", raw).unwrap().text, "Мир\n");
}

#[test]
fn unicode_stands_for_what_follows() {
    check(
        "\\u233?\\u8212\\'97\\uc0\\u233x\\uc2\\u233\\'81\\'40y",
        "é—éxéy\n",
    );
    check("\\u-10179?\\u-8704?\\u128512? \\u-3?", "😀😀 �\n");
    check("{\\uc1\\u233 }x", "éx\n");
}

#[test]
fn words_are_set_off() {
    let read = import(
        "{\\b bold} \\i soft\\i0  \\b\\i both\\plain  x\\super 2\\nosupersub  H{\\sub 2}O {\\v hidden}{\\up6 up}",
    );
    assert_eq!(read.text, "bold soft both x2 H2O up\n");
    assert_eq!(
        emphasis(&read),
        ["b bold", "i soft", "bi both", "^ 2", "_ 2", "^ up"]
    );
}

#[test]
fn headings_come_from_levels_and_styles() {
    let styles = "{\\stylesheet{\\ql Normal;}{\\s1\\b\\outlinelevel0 heading 1;}{\\s2\\sbasedon1 Kapitel;}{\\s3 Title;}\
        {\\*\\cs4 heading 2;}{\\s5 Quote;}{\\s6 toc 1;}}";
    let read = import(&format!(
        "{styles}\\pard\\s3 Of doors\\par\\pard\\s1\\b Walls\\par\\pard\\plain\\s2 Gates\\par\\pard\\outlinelevel2 Deep\\par\
         \\pard\\s6 Walls 3\\par\\pard\\s5 Said.\\par\\pard\\li720\\ri720 Set in.\\par\\pard Text.\\par Text."
    ));
    assert_eq!(
        headings(&read),
        [(1, "Of doors"), (1, "Walls"), (1, "Gates"), (3, "Deep")]
    );
    assert_eq!(blocks(&read), ["quote: Said.", "quote: Set in."]);
    assert!(emphasis(&read).is_empty());
    assert!(!read.text.contains("Walls 3"));
    assert_eq!(read.meta.title, "Of doors");
}

#[test]
fn lists_keep_their_marks() {
    let read = import(
        "{\\listtext\\pard\\plain 1.\\tab}\\ilvl0 One\\par {\\listtext\\'95\\tab}\\ilvl1 Two\\par{\\pntext\\f0 a)\\tab}\\ilvl0 Three\\par\
         \\pard Text.\\par\\pard\\li720\\fi-360\\bullet \\tx360\\tab Four",
    );
    assert_eq!(read.text, "1. One\n• Two\na) Three\n\nText.\n\n• Four\n");
    assert_eq!(
        blocks(&read),
        [
            "item: 1. One",
            "item 2: • Two",
            "item: a) Three",
            "item 2: • Four"
        ]
    );
}

#[test]
fn notes_are_linked() {
    let read = import(
        "Walls{\\super\\chftn{\\footnote\\pard\\plain{\\super\\chftn} See {\\i Lee}.\\par More.}} stand\
         {\\super\\chftn{\\footnote\\ftnalt\\pard End.}}.\\par After.",
    );
    assert_eq!(
        read.text,
        "Walls[1] stand[2].\n\nAfter.\n\n[1] See Lee.\n\nMore.\n\n[2] End.\n"
    );
    assert_eq!(read.structure.notes.len(), 2);
    assert_eq!(emphasis(&read), ["^ [1]", "^ [2]", "i Lee"]);
}

#[test]
fn tables_are_rows() {
    let read = import(
        "Before.\\par\\trowd\\cellx1\\cellx2\\pard\\intbl a\\par b\\cell c\\cell\\row\
         \\trowd\\cellx1\\cellx2\\pard\\intbl\\cell d\\cell\\row\
         \\trowd\\cellx1\\cellx2\\pard\\intbl\\itap2 x\\nestcell y\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}\
         \\pard\\intbl\\cell e\\cell\\row\\pard After.",
    );
    assert_eq!(read.text, "Before.\n\na b\tc\n\td\nx y\te\n\nAfter.\n");
    assert_eq!(blocks(&read), ["row: a b\tc", "row: \td", "row: x y\te"]);
}

#[test]
fn fields_show_their_results() {
    let field = |told: &str, shown: &str| {
        format!("{{\\field{{\\*\\fldinst {{{told}}}}}{{\\fldrslt {shown}}}}}")
    };
    let inner = field("PAGEREF x", "3");
    check(
        &format!(
            "See {}\\par {}\\par {}",
            field("HYPERLINK \"http://x.org\"", "a link"),
            field("TOC \\\\o", &format!("Walls {inner}\\par Gates")),
            "Text."
        ),
        "See a link\n\nText.\n",
    );
}

#[test]
fn changes_comments_boxes_and_formulas() {
    let read = import(
        "Kept {\\revised new }{\\deleted old }{\\*\\atnid AL}{\\*\\annotation Really?}words\
         {\\shp{\\*\\shpinst{\\sp{\\sn name}{\\sv value}}{\\shptxt\\pard In the box\\par}}{\\shprslt In the box}}, so\
         {\\mmath{\\*\\moMath{\\mf{\\mfPr{\\mctrlPr x}}{\\mnum{\\mr a+b}}{\\mden{\\mr 2}}}}}{\\mmathPict x}.\\par After.",
    );
    assert_eq!(
        read.text,
        "Kept new words, so(a+b)/2.\n\nIn the box\n\nAfter.\n"
    );
    assert_eq!(
        read.remarks[..2],
        [
            "Its changes are tracked: 1 insertion taken in, 1 deletion left out.",
            "Left out 1 comment."
        ]
    );
}

#[test]
fn pages_start_at_breaks() {
    let read = import(
        "\\sectd\\pgnlcrm\\pgnstarts3\\pgnrestart one\\par\\page two\\par\\sect\\sectd\\pgnrestart\\pgnstarts1 three\\par\
         \\pard\\pagebb four\\par\\pard\\sect\\sectd\\sbknone five",
    );
    assert_eq!(
        pages(&read),
        [("iii", "one"), ("iv", "two"), ("1", "three"), ("2", "four")]
    );
    assert!(pages(&import("No breaks.")).is_empty());
}

#[test]
fn what_the_file_says_of_itself() {
    let read = import(
        "{\\info{\\title Of doors}{\\upr{\\author L?e}{\\*\\ud{\\author Ann L\\u233 e}}}{\\creatim\\yr2014\\mo5}}{\\header Head}Text that goes on.",
    );
    assert_eq!(read.text, "Text that goes on.\n");
    assert_eq!(read.meta.title, "Of doors");
    assert_eq!(read.meta.authors, ["Lé, Ann"]);
    assert_eq!(read.meta.year, None);
}

#[test]
fn nesting_is_no_trouble() {
    let deep = |open: &str| {
        format!(
            "{}Deep.{}",
            open.repeat(10_000),
            "}".repeat(10_000 * open.matches('{').count())
        )
    };
    for open in [
        "{",
        "{\\shp{\\shptxt ",
        "{\\footnote x",
        "{\\field{\\fldrslt ",
    ] {
        let result = import_file(
            "x.rtf",
            format!("{{\\rtf1 {} End.}}", deep(open)).as_bytes(),
        );
        assert!(result.is_ok_and(|r| !r.text.is_empty()), "{open}");
    }
    let bomb = "{\\rtf1".to_owned() + &"{".repeat(200_000);
    assert_eq!(
        import_file("x.rtf", bomb.as_bytes()).unwrap_err().why,
        Refusal::Swollen
    );
    assert_eq!(
        import_file("x.rtf", b"{\\rtf1").unwrap_err().why,
        Refusal::Empty
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_words_are_read(parts in prop::collection::vec(prop_oneof![
        4 => "[a-zé{}\\\\ \n]{1,8}",
        1 => "\\\\(par|pard|cell|row|nestcell|intbl|trowd|cellx9|footnote|b|i0|u-?[0-9]{1,6}|uc[0-9]|page|sect|bin[0-9]|'[0-9a-f]{2}) ?",
        1 => "\\{\\\\(\\*\\\\)?(shptxt|footnote|fonttbl|stylesheet|info|listtext|field|fldrslt|fldinst TOC|moMath|mf|upr|ud|title) ?",
    ], 0..60)) {
        let source = format!("{{\\rtf1 {}", parts.concat());
        match import_file("x.rtf", source.as_bytes()) {
            Ok(read) => {
                prop_assert!(!read.text.contains("\n\n\n") && read.text.ends_with('\n'));
                prop_assert!(read.text.lines().all(|l| l.trim_end() == l));
                let paragraphs = crate::text::Text::new(read.text.as_str());
                for span in read.structure.headings.iter().map(|h| h.span).chain(read.structure.blocks.iter().map(|b| b.span)) {
                    prop_assert!(paragraphs.paragraphs().contains(&span));
                }
            }
            Err(error) => prop_assert!(matches!(error.why, Refusal::Empty), "{error}"),
        }
    }
}
