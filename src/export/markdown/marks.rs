//! Passages marked in a paragraph of Markdown: **bold** where a highlight lies, ***bold italic*** where several do, and a
//! footnote reference where each ends.
//!
//! Why not `<mark>` or `==…==`: pandoc 2.17 was tried with all four of its Markdown readers. It drops the tags of `<mark>` on the
//! way to docx, so that nothing is marked at all; `==` it leaves as text (`+mark` came with 3.0), as does every plain CommonMark
//! viewer. Bold and italic are shown everywhere, and readings are plain text, so no bold is theirs. Footnotes `[^1]` are known to
//! Obsidian, GFM and pandoc, become Word footnotes, and are readable as text elsewhere. Since bold next to bold looks like one
//! passage, each footnote quotes the beginning and the end of its own.
//!
//! Whether `**` opens or closes depends on its neighbours (CommonMark 6.2, “flanking”): `说**“不”**` marks nothing. Two rules keep
//! marks whole. Each closes before a footnote reference or a line's end, where it always can. Each opens where it can open
//! whatever version of Unicode the viewer knows, else a little later: opening quotes stay outside, `说“**不”**`.
//!
//! Of 4,000 made-up paragraphs full of punctuation, CJK and overlaps, pulldown-cmark and pandoc (`gfm`, `commonmark_x`,
//! `markdown-smart`) show every one as meant; pandoc's `markdown` with smart quotes shows 7 with marks that run on into a quotation.

use crate::text::Span;

/// Words that are set in bold or italics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Styled {
    /// Where they stand, in bytes of the line.
    pub span: Span,
    /// In bold.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
}

/// Something written between two characters of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    // In the order in which they are written at one place.
    CloseItalic,
    CloseBold,
    Footnote(usize),
    OpenBold,
    OpenItalic,
}

/// The marks for stretches of a `paragraph` that are to be bold and, within these, italic; both in text order, without white space at
/// their ends, apart from each other. Sorted by place (bytes).
pub(super) fn marks(paragraph: &str, bold: &[Span], italics: &[Span]) -> Vec<(u32, Mark)> {
    let mut marks = Vec::new();
    let mut italics = italics;
    for &bold in bold {
        let within = italics.partition_point(|i| i.start < bold.end);
        let (here, later) = italics.split_at(within);
        italics = later;
        mark_stretch(paragraph, bold, here, &mut marks);
    }
    marks.sort();
    marks
}

/// The marks for words of a `line` that are set in bold or italics, in text order. Where an end could not be told, less is marked:
/// words that touch others of another manner lose a letter of it.
pub(super) fn emphasis(line: &str, styled: &[Styled]) -> Vec<(u32, Mark)> {
    let mut marks = Vec::new();
    let mut at = u32::MAX;
    let same =
        |a: &Styled, b: &Styled| (a.bold, a.italic, a.span.end) == (b.bold, b.italic, b.span.start);
    for alike in styled.chunk_by(same) {
        let (first, last) = (alike[0], alike[alike.len() - 1]);
        let mut span = Span::new(first.span.start, last.span.end);
        if opening(line, span) == Some(at) {
            span.start = at + char_at(line, at).map_or(0, |c| c.len_utf8() as u32);
        }
        let ends =
            opening(line, span).and_then(|start| Some((start, closing(line, start, span.end)?)));
        let Some((start, end)) = ends else { continue };
        if first.bold {
            marks.extend([(start, Mark::OpenBold), (end, Mark::CloseBold)]);
        }
        if first.italic {
            marks.extend([(start, Mark::OpenItalic), (end, Mark::CloseItalic)]);
        }
        at = end;
    }
    marks.sort();
    marks
}

/// Marks one bold stretch with the italic ones in it.
fn mark_stretch(paragraph: &str, bold: Span, italics: &[Span], marks: &mut Vec<(u32, Mark)>) {
    let Some(start) = opening(paragraph, bold) else {
        return;
    };
    marks.push((start, Mark::OpenBold));
    marks.push((bold.end, Mark::CloseBold));
    let mut italics: Vec<Span> = italics
        .iter()
        .filter_map(|&i| italic(paragraph, Span::new(i.start.max(start), i.end)))
        .collect();
    // After `***a*`, the rest of the run, `**`, counts as three long, and an italic that opens within a word would be taken to
    // close it (rule 9 of CommonMark 6.2). Then the first italic opens a letter later, so that the runs are apart.
    let joined = italics.first().is_some_and(|i| i.start == start);
    if joined
        && italics
            .iter()
            .skip(1)
            .any(|i| !only_opens(paragraph, i.start))
    {
        let first = italics.remove(0);
        let letter = char_at(paragraph, first.start).map_or(0, |c| c.len_utf8() as u32);
        let rest = Span::new(first.start + letter, first.end);
        italics.extend(italic(paragraph, rest));
    }
    for i in italics {
        marks.push((i.start, Mark::OpenItalic));
        marks.push((i.end, Mark::CloseItalic));
    }
}

fn italic(paragraph: &str, span: Span) -> Option<Span> {
    opening(paragraph, span).map(|start| Span::new(start, span.end))
}

/// The first place in `span` where emphasis can open; `None` when there is none before its end.
fn opening(paragraph: &str, span: Span) -> Option<u32> {
    let mut before = char_before(paragraph, span.start);
    for (at, c) in span.of(paragraph).char_indices() {
        let after_gap = before.is_none_or(|b| b.is_whitespace() || is_punctuation(b));
        if is_letter(c) || (after_gap && !c.is_whitespace()) {
            return Some(span.start + at as u32);
        }
        before = Some(c);
    }
    None
}

/// The last place up to `end` where emphasis that opened at `start` can close; `None` when there is none.
fn closing(line: &str, start: u32, end: u32) -> Option<u32> {
    let mut after = char_at(line, end);
    for (at, c) in Span::new(start, end).of(line).char_indices().rev() {
        let before_gap = after.is_none_or(|a| a.is_whitespace() || is_punctuation(a));
        if is_letter(c) || (before_gap && !c.is_whitespace()) {
            return Some(start + (at + c.len_utf8()) as u32);
        }
        after = Some(c);
    }
    None
}

/// Whether emphasis that opens at `at` could not be taken to close some.
fn only_opens(paragraph: &str, at: u32) -> bool {
    match (char_before(paragraph, at), char_at(paragraph, at)) {
        (None, _) => true,
        (Some(b), _) if b.is_whitespace() => true,
        (Some(b), Some(c)) => is_punctuation(b) && is_letter(c),
        _ => false,
    }
}

fn char_before(paragraph: &str, at: u32) -> Option<char> {
    Span::new(0, at).of(paragraph).chars().next_back()
}

fn char_at(paragraph: &str, at: u32) -> Option<char> {
    Span::new(at, paragraph.len() as u32)
        .of(paragraph)
        .chars()
        .next()
}

/// Whether `c` is neither white space nor punctuation to any version of CommonMark (0.31 counts symbols as punctuation, such as
/// circled letters). Errs towards no.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}')
}

/// Whether `c` is punctuation to every version of CommonMark. Errs towards no.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            c,
            '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '・'
            | '\u{FF01}'..='\u{FF03}' | '\u{FF05}'..='\u{FF0A}' | '\u{FF0C}'..='\u{FF0F}' | '：' | '；' | '？'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::{
        super::line::{Noted, write, write_passage},
        *,
    };
    use crate::{
        export::document::{Inline, Run},
        text::runs,
    };

    /// A character as shown, and whether it is bold and italic.
    type Shown = (char, bool, bool);

    /// What a viewer shows of `markdown`, with footnote references left out and counted.
    fn shown(markdown: &str, footnotes: usize) -> (Vec<Shown>, Vec<String>) {
        let definitions: String = (1..=footnotes)
            .map(|n| format!("\n[^{n}]: x y\n"))
            .collect();
        let all = format!("{markdown}{definitions}");
        let (mut chars, mut references) = (Vec::new(), Vec::new());
        let (mut bold, mut italic, mut in_footnote) = (0, 0, false);
        for event in Parser::new_ext(&all, Options::ENABLE_FOOTNOTES) {
            match event {
                Event::Start(Tag::Strong) => bold += 1,
                Event::End(TagEnd::Strong) => bold -= 1,
                Event::Start(Tag::Emphasis) => italic += 1,
                Event::End(TagEnd::Emphasis) => italic -= 1,
                Event::Start(Tag::FootnoteDefinition(_)) => in_footnote = true,
                Event::End(TagEnd::FootnoteDefinition) => in_footnote = false,
                Event::Text(text) if !in_footnote => {
                    chars.extend(text.chars().map(|c| (c, bold > 0, italic > 0)));
                }
                Event::FootnoteReference(label) => references.push(label.to_string()),
                _ => {}
            }
        }
        (chars, references)
    }

    /// A paragraph with passages, each with a gloss of its number, from 1.
    fn markdown(text: &str, passages: &[Span]) -> String {
        let mut line = Vec::new();
        let mut at = 0;
        let mut until = |to: u32, marks: Vec<u32>, line: &mut Vec<Inline>| {
            let run = Run::new(Span::new(at, to).of(text));
            line.push(Inline::Run(Run { marks, ..run }));
            let ending = (1..)
                .zip(passages)
                .filter(|(_, p)| at < p.end && p.end <= to);
            line.extend(ending.map(|(n, _)| Inline::Gloss(n)));
            at = to;
        };
        let all = Span::new(0, text.len() as u32);
        for run in runs(passages, all) {
            until(run.span.start, Vec::new(), &mut line);
            let marks = run.covers.iter().map(|&i| i as u32 + 1).collect();
            until(run.span.end, marks, &mut line);
        }
        until(all.end, Vec::new(), &mut line);
        let mut out = String::new();
        write_passage(&line, true, &mut number, &mut out);
        out
    }

    fn number(noted: Noted<'_>) -> usize {
        match noted {
            Noted::Gloss(number) => number as usize,
            Noted::Footnote(_) => 0,
        }
    }

    /// Passages at the given ends (counted in characters), without white space at their ends, in the order in which they end.
    fn passages(text: &str, ends: &[(usize, usize)]) -> Vec<Span> {
        let offsets: Vec<usize> = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .collect();
        let offset = |n: usize| offsets[n % offsets.len()] as u32;
        let whole = crate::text::Text::new(text);
        let mut spans: Vec<Span> = ends
            .iter()
            .filter_map(|&(a, b)| whole.trim(Span::between(offset(a), offset(b))))
            .collect();
        spans.sort_by_key(|s| (s.end, s.start));
        spans
    }

    /// `text` with `[` and `]` for passages: the Markdown that comes of it.
    fn check(text: &str, expected: &str) {
        let (mut plain, mut open, mut ends) = (String::new(), Vec::new(), Vec::new());
        for c in text.chars() {
            match c {
                '[' => open.push(plain.chars().count()),
                ']' => ends.push((open.pop().unwrap(), plain.chars().count())),
                c => plain.push(c),
            }
        }
        let passages = passages(&plain, &ends);
        assert_eq!(markdown(&plain, &passages).trim(), expected);
        holds(&plain, &passages);
    }

    /// Holds that the text is shown as it was, that every letter of a passage is marked and nothing outside of one.
    fn holds(text: &str, passages: &[Span]) {
        let markdown = markdown(text, passages);
        let (chars, references) = shown(&markdown, passages.len());
        let seen: String = chars.iter().map(|(c, ..)| c).collect();
        assert_eq!(seen, text, "{markdown}");
        let expected: Vec<String> = (1..=passages.len()).map(|n| n.to_string()).collect();
        assert_eq!(references, expected, "{markdown}");
        let mut shifted = 0;
        for ((at, c), (_, bold, italic)) in text.char_indices().zip(chars) {
            let depth = passages.iter().filter(|p| p.has(at as u32)).count();
            assert!(
                depth >= usize::from(bold) + usize::from(italic),
                "{markdown}: {c}"
            );
            assert!(bold || depth < 1 || !is_letter(c), "{markdown}: {c}");
            shifted += usize::from(!italic && depth > 1 && is_letter(c));
        }
        let mut deep = runs(passages, Span::new(0, text.len() as u32));
        deep.retain(|run| run.covers.len() > 1);
        let italics = deep.chunk_by(|a, b| a.span.end == b.span.start).count();
        assert!(shifted <= italics, "{markdown}");
    }

    #[test]
    fn one_passage_is_bold_and_two_are_bold_italic() {
        check("An [ally] can.", "An **ally**[^1] can.");
        check("An [ally [can] be].", "An **ally *can*[^1] be**[^2].");
        check("An [[ally] can be].", "An ***ally*[^1] can be**[^2].");
        check("An [[ally]] can be.", "An ***ally***[^1][^2] can be.");
        check("[a[b[c]d]e]", "**a*bc[^1]d*[^2]e**[^3]");
    }

    #[test]
    fn quotes_and_other_scripts_do_not_break_it() {
        check("said [“x”]y", "said **“x”**[^1]y");
        check("他说[“不结盟”]了", "他说“**不结盟”**[^1]了");
        check("他[说“[不]结]盟", "他**说“*不*[^1]结**[^2]盟");
        check("x ([a])", "x (**a**[^1])");
        check("[a](b)", r"**a**[^1]\(b)");
        check("[*a*]", r"**\*a\***[^1]");
    }

    #[test]
    fn an_italic_within_a_word_does_not_close_an_earlier_one() {
        check("[[中文]国[家]人]", "**中*文*[^1]国*家*[^2]人**[^3]");
        check(
            "[[an ally] and [a foe] too]",
            "***an ally*[^1] and *a foe*[^2] too**[^3]",
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn any_passages_are_marked_as_intended(
            text in "[ab勢中 “”‘’()。,.*_~\\[\\]—🙂\u{301}Ⓐ]{1,24}",
            ends in prop::collection::vec((0usize..30, 0usize..30), 0..7),
        ) {
            let text = text.trim();
            prop_assume!(!text.is_empty());
            holds(text, &passages(text, &ends));
        }

        #[test]
        fn any_emphasis_leaves_the_text_as_it_was(
            pieces in prop::collection::vec(("[ab勢 “”（）,.*_()Ⓐ]{0,5}", any::<bool>(), any::<bool>()), 1..6),
        ) {
            let run = |(text, bold, italic): &(String, bool, bool)| {
                Inline::Run(Run { bold: *bold, italic: *italic, ..Run::new(text.as_str()) })
            };
            let line: Vec<Inline> = pieces.iter().map(run).collect();
            let text: String = pieces.iter().map(|p| p.0.as_str()).collect();
            prop_assume!(!text.trim().is_empty());
            let mut out = String::new();
            write(&line, true, "", &mut number, &mut out);
            let (chars, _) = shown(&out, 0);
            let seen: String = chars.iter().map(|(c, ..)| c).collect();
            prop_assert_eq!(seen.trim_matches(' '), text.trim_matches(' '), "{}", out);
            let wanted = pieces.iter().flat_map(|p| p.0.chars().map(move |_| (p.1, p.2)));
            for ((c, bold, italic), wanted) in chars.iter().zip(wanted) {
                prop_assert!(wanted.0 || !bold, "{c} in {out}");
                prop_assert!(wanted.1 || !italic, "{c} in {out}");
            }
        }
    }

    #[test]
    fn emphasis_within_words_and_next_to_marks_is_kept() {
        let piece = |text: &str| match text.strip_prefix('/') {
            Some(text) => Inline::Run(Run {
                italic: true,
                ..Run::new(text)
            }),
            None => match text.strip_prefix('!') {
                Some(text) => Inline::Run(Run {
                    bold: true,
                    ..Run::new(text)
                }),
                None => Inline::Run(Run::new(text)),
            },
        };
        let check = |pieces: &[&str], expected: &str| {
            let line: Vec<Inline> = pieces.iter().map(|p| piece(p)).collect();
            let mut out = String::new();
            write(&line, true, "", &mut number, &mut out);
            assert_eq!(out, expected);
        };
        check(&["un", "/believ", "able"], "un*believ*able");
        check(&["/ A? ", "b"], "&#32;*A?* b");
        check(&["他", "/（勢）", "说"], "他（*勢*）说");
        check(&["/one", "!two"], "*one*t**wo**");
        check(&["/", "/one", "/ two"], "*one two*");
    }
}
