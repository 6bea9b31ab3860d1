//! LaTeX as it stands in bibliographies, as plain text. One pass without recursion: braces only set apart what a command takes.

use unicode_normalization::UnicodeNormalization as _;

use crate::text::fold_space;

/// The text that `source` stands for: accents, letters and marks instead of commands, no braces, white space folded. Commands that
/// are not known are left out, what they are given is kept.
pub(super) fn decode(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    // An accent waits for the letter it belongs on.
    let mut accent: Option<char> = None;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => command(&mut rest, &mut out, &mut accent),
            '{' | '}' | '$' => {}
            '~' => out.push(' '),
            '-' => rest = dashes(rest, &mut out),
            '`' => rest = doubled(rest, '`', ('‘', '“'), &mut out),
            '\'' => rest = doubled(rest, '\'', ('’', '”'), &mut out),
            c => letter(c, &mut out, &mut accent),
        }
    }
    let text: String = out.nfc().collect();
    fold_space(&text)
}

/// An address or number as it stands, without braces and backslashes.
pub(super) fn verbatim(source: &str) -> String {
    let inner = match source.split_once("\\url{") {
        Some((_, rest)) => rest.split('}').next().unwrap_or_default(),
        None => source,
    };
    let inner = inner.replace("\\textasciitilde", "~").replace("\\~", "~");
    let bare = inner.chars().filter(|c| !matches!(c, '{' | '}' | '\\'));
    fold_space(&bare.collect::<String>())
}

fn letter(c: char, out: &mut String, accent: &mut Option<char>) {
    // A base that an accent does not fit on keeps it apart; a space never takes one.
    match accent.take() {
        Some(mark) if c.is_alphabetic() => {
            out.push(match c {
                'ı' => 'i',
                'ȷ' => 'j',
                c => c,
            });
            out.push(mark);
        }
        Some(mark) if c.is_whitespace() => *accent = Some(mark),
        _ => out.push(c),
    }
}

fn dashes<'s>(rest: &'s str, out: &mut String) -> &'s str {
    for (more, dash) in [("--", '—'), ("-", '–')] {
        if let Some(rest) = rest.strip_prefix(more) {
            out.push(dash);
            return rest;
        }
    }
    out.push('-');
    rest
}

fn doubled<'s>(
    rest: &'s str,
    mark: char,
    (single, double): (char, char),
    out: &mut String,
) -> &'s str {
    match rest.strip_prefix(mark) {
        Some(rest) => {
            out.push(double);
            rest
        }
        None => {
            out.push(single);
            rest
        }
    }
}

/// Carries out the command at the start of `rest`, after its backslash.
fn command(rest: &mut &str, out: &mut String, accent: &mut Option<char>) {
    let Some(first) = rest.chars().next() else {
        return;
    };
    if !first.is_ascii_alphabetic() {
        *rest = &rest[first.len_utf8()..];
        match (mark(first), first) {
            (Some(mark), _) => *accent = Some(mark),
            (None, '\\' | ',' | ' ' | ';' | ':') => out.push(' '),
            (None, '-' | '/' | '(' | ')' | '[' | ']' | '!' | '@') => {}
            (None, c) => out.push(c),
        }
        return;
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    // White space after a command only ends its name.
    *rest = after.trim_start_matches([' ', '\t']);
    if name == "href" {
        // The address; the words that show it follow.
        if let Some((_, after)) = rest.split_once('}') {
            *rest = after;
        }
    } else if let Some(mark) = mark_named(name) {
        *accent = Some(mark);
    } else if let Some(symbol) = symbol(name) {
        for c in symbol.chars() {
            letter(c, out, accent);
        }
    } else if after.starts_with([' ', '\t']) && !out.is_empty() && !rest.starts_with('{') {
        // `{\em a}` in the middle of words.
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// The combining mark of an accent command made of a sign.
fn mark(command: char) -> Option<char> {
    Some(match command {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        _ => return None,
    })
}

/// The combining mark of an accent command made of a letter.
fn mark_named(command: &str) -> Option<char> {
    Some(match command {
        "u" => '\u{306}',
        "r" => '\u{30A}',
        "H" => '\u{30B}',
        "v" => '\u{30C}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "textcommabelow" => '\u{326}',
        _ => return None,
    })
}

/// What a command stands for.
fn symbol(command: &str) -> Option<&'static str> {
    Some(match command {
        "ss" => "ß",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "aa" => "å",
        "AA" => "Å",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "j" => "ȷ",
        "dh" => "ð",
        "DH" => "Ð",
        "th" => "þ",
        "TH" => "Þ",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "S" | "textsection" => "§",
        "P" => "¶",
        "pounds" | "textsterling" => "£",
        "euro" | "texteuro" => "€",
        "copyright" | "textcopyright" => "©",
        "textregistered" => "®",
        "texttrademark" => "™",
        "textdegree" | "degree" => "°",
        "textendash" => "–",
        "textemdash" => "—",
        "ldots" | "dots" | "textellipsis" => "…",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" | "textquotesingle" => "’",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "textquotedbl" => "\"",
        "quotesinglbase" => "‚",
        "quotedblbase" => "„",
        "guillemotleft" | "guillemetleft" => "«",
        "guillemotright" | "guillemetright" => "»",
        "textbackslash" | "backslash" => "\\",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textunderscore" => "_",
        "textbar" => "|",
        "textless" => "<",
        "textgreater" => ">",
        "textperiodcentered" | "cdot" => "·",
        "textexclamdown" => "¡",
        "textquestiondown" => "¿",
        "times" | "texttimes" => "×",
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "lambda" => "λ",
        "mu" => "μ",
        "pi" => "π",
        "sigma" => "σ",
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        "BibTeX" => "BibTeX",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_and_letters() {
        for (source, text) in [
            (
                r#"{\"o}sterreich B\"ohm B{\"{o}}hm"#,
                "österreich Böhm Böhm",
            ),
            (
                r"Caf\'e caf\'{e} \v{S}koda \c{c}a \'{\i}",
                "Café café Škoda ça í",
            ),
            (
                r"{\L}{\'o}d{\'z} \o re \ss{}e Stra\ss e",
                "Łódź øre ße Straße",
            ),
            (
                r"\`{a} \^e \~n \=o \.z \u{g} \H{o} \k{a} \r{a}",
                "à ê ñ ō ż ğ ő ą å",
            ),
            (
                "``Quoted'' -- it's -- `so'---yes",
                "“Quoted” – it’s – ‘so’—yes",
            ),
            (
                r"R\&D, 5\% of \$3 \#1 a\_b \{x\}",
                "R&D, 5% of $3 #1 a_b {x}",
            ),
            (
                r"\emph{The {NATO} Book} and \textit{more}",
                "The NATO Book and more",
            ),
            (r"The 20$^{th}$ century", "The 20^th century"),
            (r"\href{https://a.b}{Words} here", "Words here"),
            ("a~b\n  c", "a b c"),
            (r"{\em Title} end\", "Title end"),
            ("勢 stays", "勢 stays"),
        ] {
            assert_eq!(decode(source), text, "{source}");
        }
    }

    #[test]
    fn addresses_keep_their_letters() {
        assert_eq!(verbatim(r"\url{https://a.b/c_d}"), "https://a.b/c_d");
        assert_eq!(
            verbatim(r"https://a.b/c\_d\%20{\~{}}x--y"),
            "https://a.b/c_d%20~x--y"
        );
        assert_eq!(verbatim(r"{10.1000/a\_b}"), "10.1000/a_b");
    }

    proptest! {
        #[test]
        fn any_source_is_decoded(source in "[\\\\{}$~'`\"^a-cé勢 \\n-]{0,40}") {
            let text = decode(&source);
            prop_assert_eq!(&fold_space(&text), &text);
            verbatim(&source);
        }
    }
}
