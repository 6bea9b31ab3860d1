//! Markdown: the reading's text without the markup.
//!
//! Headings become headings, bold and italics emphasis; lists get `• ` or their numbers; block quotes and lists are blocks of
//! their kind; tables are lines of cells parted by tabs; links are their text; footnotes are `[1]` in the text, linked, and
//! gathered at the end; code stays as it is. Lines that a person broke stay lines, since many
//! `.md` files are plain text; lines broken at a width are joined. A link definition that no link uses is text too.

mod writer;

use pulldown_cmark::{Options, Parser};

use self::writer::Writer;
use super::{Parsed, draft::Drafted, front_matter, text};
use crate::{
    model::{Heading, ReadingMeta},
    text::Text,
};

/// Makes a reading of a Markdown file with clean characters; its lines are as they were, since two spaces at an end mean something.
pub fn parse(name: &str, source: &str) -> Parsed {
    let (front, source) = front_matter::split(source.trim_start_matches('\n'));
    let mut drafted = draft(source);
    let (meta, title) = meta(name, front, &drafted);
    // A file without any heading may still start with its title, as plain texts do.
    if drafted.structure.headings.is_empty()
        && let Some(line) = title
    {
        let text = Text::new(drafted.text.as_str());
        let mut paragraphs = text.paragraphs().iter();
        let first = paragraphs.find(|p| text.slice(**p).trim() == line);
        let heading = first.map(|&span| Heading { span, level: 1 });
        drafted.structure.headings.extend(heading);
    }
    Parsed {
        meta,
        text: drafted.text,
        structure: drafted.structure,
        remarks: drafted.remarks,
        ..Parsed::default()
    }
}

/// Front matter first, then the first heading of the highest level, then what plain text would give.
fn meta(
    name: &str,
    front: Option<ReadingMeta>,
    drafted: &Drafted,
) -> (ReadingMeta, Option<String>) {
    let lines = drafted.text.lines().map(str::trim);
    let first: Vec<&str> = lines.filter(|l| !l.is_empty()).take(12).collect();
    let (mut meta, title, _) = text::guess_meta(name, &drafted.text, &first);
    let mut line = title.and_then(|i| first.get(i)).map(|l| (*l).to_owned());
    let headings = drafted.structure.headings.iter();
    if let Some(heading) = headings.min_by_key(|h| h.level) {
        meta.title = heading.span.of(&drafted.text).to_owned();
        line = None;
    }
    if let Some(front) = front {
        if !front.title.is_empty() {
            meta.title = front.title;
            line = None;
        }
        if !front.authors.is_empty() {
            meta.authors = front.authors;
        }
        meta.year = front.year.or(meta.year);
        meta.url = front.url;
        meta.publisher = front.publisher;
        meta.kind = front.kind;
    }
    (meta, line)
}

fn draft(source: &str) -> Drafted {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_WIKILINKS;
    let events = Parser::new_ext(source, options).into_offset_iter();
    let mut definitions: Vec<_> = events
        .reference_definitions()
        .iter()
        .map(|(label, def)| {
            (
                label.to_lowercase(),
                source.get(def.span.clone()).unwrap_or_default(),
                def.span.start,
            )
        })
        .collect();
    definitions.sort_by_key(|d| d.2);
    let mut writer = Writer::new(source);
    for (event, range) in events {
        writer.event(event, range);
    }
    definitions.retain(|(label, ..)| !writer.used().contains(label));
    for (_, line, _) in definitions {
        writer.leftover(line);
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        parse("x.md", source).text
    }

    fn check(source: &str, expected: &str) {
        assert_eq!(text(source), expected, "{source}");
    }

    #[test]
    fn inline_markup_goes() {
        check(
            "Some *soft*, **loud** and ~~old~~ words, `code *as* is`, [a link](http://x.org), <http://y.org>, ![a picture](p.png).",
            "Some soft, loud and old words, code *as* is, a link, http://y.org, a picture.\n",
        );
        check(
            "[One][a] and [[Page|shown]].\n\n[a]: http://x.org",
            "One and shown.\n",
        );
        check("a<br>b <b>c</b> &amp; d\\*", "a\nb c & d*\n");
    }

    #[test]
    fn headings_are_marked() {
        let parsed = parse("x.md", "# Of *doors*\n\nText.\n\nWalls\n-----\n\nText.\n");
        assert_eq!(parsed.text, "Of doors\n\nText.\n\nWalls\n\nText.\n");
        let found: Vec<_> = parsed
            .structure
            .headings
            .iter()
            .map(|h| (h.level, h.span.of(&parsed.text)))
            .collect();
        assert_eq!(found, [(1, "Of doors"), (2, "Walls")]);
        assert_eq!(parsed.meta.title, "Of doors");
    }

    #[test]
    fn lists_keep_their_marks() {
        check(
            "Text:\n\n- a\n- b\n  goes on\n  - deep\n- c\n\nText.",
            "Text:\n\n• a\n• b goes on\n• deep\n• c\n\nText.\n",
        );
        check("3. c\n4. d", "3. c\n4. d\n");
        check("- a\n\n  more\n\n- b", "• a\n\nmore\n\n• b\n");
        check("- [x] done\n- [ ] open", "• [x] done\n• [ ] open\n");
    }

    #[test]
    fn quotes_are_told_and_code_stays() {
        check(
            "He said:\n\n> One.\n>\n> > Two.\n\nText.",
            "He said:\n\nOne.\n\nTwo.\n\nText.\n",
        );
        check(
            "```rust\nlet a = *b;\n\n\n    # c\n```",
            "let a = *b;\n\n    # c\n",
        );
        check(
            "---\n\nText\n\n***\n\nText",
            "* * *\n\nText\n\n* * *\n\nText\n",
        );
    }

    #[test]
    fn kinds_and_emphasis_are_kept() {
        let parsed = parse(
            "x.md",
            "- a\n  - *deep* down\n\n> So **it** *is*.\n\n    code *c*\n\n| a |\n|---|\n| b |\n\nA[^1]\n\n[^1]: Note.\n",
        );
        let kinds: Vec<_> = parsed
            .structure
            .blocks
            .iter()
            .map(|b| (b.kind.to_string(), b.span.of(&parsed.text)))
            .collect();
        let expected = [
            ("item", "• a"),
            ("item 2", "• deep down"),
            ("quote", "So it is."),
            ("code", "code *c*"),
            ("row", "a"),
            ("row", "b"),
            ("note", "[1] Note."),
        ];
        assert_eq!(kinds, expected.map(|(kind, text)| (kind.to_owned(), text)));
        let set_off = parsed.structure.emphasis.iter();
        let set_off: Vec<_> = set_off
            .map(|e| (e.style.to_string(), e.span.of(&parsed.text)))
            .collect();
        let expected = [("i", "deep"), ("b", "it"), ("i", "is"), ("^", "[1]")];
        assert_eq!(set_off, expected.map(|(s, text)| (s.to_owned(), text)));
        assert_eq!(parsed.structure.notes.len(), 1);
    }

    #[test]
    fn tables_are_lines_of_cells() {
        check(
            "| Year | Oil |\n|---|--:|\n| 1990 | *5* |\n| 2000 | a\\|b |\n\nText",
            "Year\tOil\n1990\t5\n2000\ta|b\n\nText\n",
        );
    }

    #[test]
    fn footnotes_come_at_the_end_by_number() {
        check(
            "One[^b] and two[^a].\n\n[^a]: Note *a*.\n\n[^b]: Note b.\n\n    Goes on.\n\nLast.",
            "One[1] and two[2].\n\nLast.\n\n[1] Note b.\n\nGoes on.\n\n[2] Note a.\n",
        );
    }

    #[test]
    fn wrapped_lines_are_joined_and_others_stay() {
        let long = "A line that was broken by a program at about seventy columns because\nThe next word did not fit on it, as one can see.";
        check(long, &format!("{}\n", long.replace('\n', " ")));
        check(
            "Roses are red,\nViolets are blue,\nWalls are high.",
            "Roses are red,\nViolets are blue,\nWalls are high.\n",
        );
        check("a wall\na door\na lock", "a wall\na door\na lock\n");
        check("A hard  \nbreak", "A hard\nbreak\n");
    }

    #[test]
    fn plain_text_in_a_markdown_file_survives() {
        for plain in [
            "2 * 3 * 4 = 24 and a_b_c, #tag, <name>, AT&T, [x], 50 % | 60 %.\n",
            "1986. A great year it was.\n",
            "First paragraph of one line.\nSecond paragraph of one line.\nA third, rather longer one, that also stands for itself.\n",
            "See [^1] and [1].\n\n[1]: http://example.org\n",
            "A ~ B ~ C, $5 and $6, a@b.org, C:\\temp\n",
        ] {
            check(plain, plain);
        }
    }

    #[test]
    fn html_blocks_give_their_text() {
        check(
            "<div>\n<p>One &amp; two</p>\n</div>\n\nText",
            "One & two\n\nText\n",
        );
        check("<!-- gone -->\n\nText", "Text\n");
    }

    #[test]
    fn front_matter_names_the_reading() {
        let parsed = parse(
            "x.md",
            "---\ntitle: Of doors\nauthor: Ann Lee\nyear: 2012\n---\n\n# Another\n\nText.\n",
        );
        assert_eq!(parsed.meta.citation(), "Lee 2012");
        assert_eq!(parsed.meta.title, "Of doors");
        assert_eq!(parsed.text, "Another\n\nText.\n");
        assert_eq!(parsed.structure.headings.len(), 1);
    }

    #[test]
    fn without_heading_the_first_short_line_is_the_title() {
        let parsed = parse("x.md", "Of doors and walls\n\nA wall is a promise.\n");
        assert_eq!(parsed.meta.title, "Of doors and walls");
        assert_eq!(parsed.structure.headings.len(), 1);
        assert_eq!(
            parse("the-notes.md", "Text goes on.\n").meta.title,
            "The notes"
        );
    }
}
