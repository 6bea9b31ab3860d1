//! Text that people write with `*italic*` and `**bold**`.

use crate::export::document::{Inline, Inlines, Run};

/// One paragraph. A star opens before a letter and closes after one, as in Markdown, when there is another to close or open it; any other
/// is a star, and so is `\*`.
pub(super) fn marked(text: &str) -> Inlines {
    let mut tokens = tokens(text);
    pair(&mut tokens);
    let mut out = Vec::new();
    let (mut italic, mut bold) = (false, false);
    for token in tokens {
        match token {
            Token::Text(words) => push(&mut out, &words, italic, bold),
            Token::Stars {
                width, pair: None, ..
            } => push(&mut out, &"*".repeat(width), italic, bold),
            Token::Stars {
                width,
                pair: Some(opens),
                ..
            } => match width {
                1 => italic = opens,
                2 => bold = opens,
                _ => (italic, bold) = (opens, opens),
            },
        }
    }
    out
}

#[derive(Debug)]
enum Token {
    Text(String),
    /// One, two or three stars.
    Stars {
        width: usize,
        opens: bool,
        closes: bool,
        /// Whether it does open, or close; none when it is paired with nothing.
        pair: Option<bool>,
    },
}

fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut words = String::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\\' if chars.get(at + 1) == Some(&'*') => {
                words.push('*');
                at += 2;
            }
            '*' => {
                let run = chars[at..].iter().take_while(|c| **c == '*').count();
                let is_space = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
                let before = at.checked_sub(1).and_then(|i| chars.get(i));
                let after = chars.get(at + run);
                if run > 3 {
                    words.extend(std::iter::repeat_n('*', run));
                } else {
                    tokens.push(Token::Text(std::mem::take(&mut words)));
                    tokens.push(Token::Stars {
                        width: run,
                        opens: !is_space(after),
                        closes: !is_space(before),
                        pair: None,
                    });
                }
                at += run;
            }
            c => {
                words.push(c);
                at += 1;
            }
        }
    }
    tokens.push(Token::Text(words));
    tokens
}

/// Finds for each run of stars that opens the next of its width that closes.
fn pair(tokens: &mut [Token]) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for at in 0..tokens.len() {
        let Token::Stars {
            width,
            opens,
            closes,
            ..
        } = tokens[at]
        else {
            continue;
        };
        let opener = open.iter().rposition(|(_, w)| *w == width);
        if let (true, Some(found)) = (closes, opener) {
            let (start, _) = open[found];
            // What was opened within and not closed is no mark.
            open.truncate(found);
            settle(&mut tokens[start], true);
            settle(&mut tokens[at], false);
        } else if opens {
            open.push((at, width));
        }
    }
}

fn settle(token: &mut Token, opens: bool) {
    if let Token::Stars { pair, .. } = token {
        *pair = Some(opens);
    }
}

fn push(out: &mut Inlines, words: &str, italic: bool, bold: bool) {
    if words.is_empty() {
        return;
    }
    if let Some(Inline::Run(last)) = out.last_mut()
        && (last.italic, last.bold) == (italic, bold)
    {
        last.text.push_str(words);
        return;
    }
    out.push(Inline::Run(Run {
        italic,
        bold,
        ..Run::new(words)
    }));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::document::plain;

    fn shown(text: &str) -> String {
        let show = |inline: &Inline| match inline {
            Inline::Run(run) => {
                let (i, b) = (run.italic, run.bold);
                let (open, close) = match (i, b) {
                    (true, true) => ("{ib ", "}"),
                    (true, false) => ("{i ", "}"),
                    (false, true) => ("{b ", "}"),
                    (false, false) => ("", ""),
                };
                format!("{open}{}{close}", run.text)
            }
            _ => String::new(),
        };
        marked(text).iter().map(show).collect()
    }

    #[test]
    fn stars_make_italics_and_bold() {
        for (text, expected) in [
            ("a *b* c", "a {i b} c"),
            ("**b** and *i*", "{b b} and {i i}"),
            ("***both***", "{ib both}"),
            ("**a *b* c**", "{b a }{ib b}{b  c}"),
            ("“*shi*” 勢*勢*", "“{i shi}” 勢{i 勢}"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("a* b *c", "a* b *c"),
            ("*open", "*open"),
            (r"\*not\*", "*not*"),
            ("**a *b**", "{b a *b}"),
            ("****", "****"),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_words_are_lost(text in "[ab* 勢.]{0,24}") {
            let bare = |text: &str| text.replace('*', "");
            prop_assert_eq!(bare(&plain(&marked(&text))), bare(&text));
        }
    }
}
