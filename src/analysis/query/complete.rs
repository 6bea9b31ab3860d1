//! What could stand at the cursor of a query that is being written.

use std::collections::BTreeSet;

use super::{
    ast::{Field, Has},
    lex::{Token, tokens},
    names,
    print::word,
};
use crate::{
    analysis::Corpus,
    model::{Name, Stance},
    text::fold,
};

/// Something that can be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it takes the place of, in bytes of the query's text: start and end.
    pub range: (usize, usize),
    /// What is put there.
    pub text: String,
    /// What it is shown as.
    pub label: String,
}

/// How many are offered at most.
const MOST: usize = 12;

/// What could stand at the cursor (bytes of `text`), the likeliest first, at most a dozen: names of fields, then values of the field
/// that is being written; a bare word also gives the labels, coders and readings that it is part of.
pub fn complete(text: &str, cursor: usize, corpus: &Corpus) -> Vec<Completion> {
    let mut cursor = cursor.min(text.len());
    while !text.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let typed = Typed::before(text, cursor);
    let offered = match &typed.place {
        Place::Value(field) => values(field, corpus),
        Place::Attribute { ends } => {
            let sign = if *ends { "" } else { ":" };
            let all = attributes(corpus, "").into_iter();
            all.map(|(text, shown)| (text + sign, shown)).collect()
        }
        Place::Nearness => ["sentence)", "paragraph)", "20 words)"]
            .map(|n| (n.to_owned(), n.trim_end_matches(')').to_owned()))
            .into(),
        Place::Condition { follows } => conditions(corpus, *follows, typed.part.is_empty()),
    };
    typed.fitting(offered)
}

/// Where one is in a query.
enum Place {
    /// After a field and its sign.
    Value(Field),
    /// After the sign of an attribute.
    Attribute {
        /// Whether the name is all, as after `has:`.
        ends: bool,
    },
    /// After `near(`.
    Nearness,
    /// Where a condition begins.
    Condition {
        /// Whether one stands before it, so that a relation may follow.
        follows: bool,
    },
}

/// What was typed so far of the word at the cursor.
struct Typed {
    part: String,
    range: (usize, usize),
    place: Place,
}

impl Typed {
    fn before(text: &str, cursor: usize) -> Self {
        let before = &text[..cursor];
        let (found, part, start) = match tokens(before) {
            Ok(mut found) => match found.last() {
                Some((at, Token::Word(word))) if at.end == cursor => {
                    let (part, start) = (word.clone(), at.start);
                    found.pop();
                    (found, part, start)
                }
                _ => (found, String::new(), cursor),
            },
            // The quote that is open at the cursor.
            Err(error) => {
                let start = error.at.0;
                let mut inside = before[start..].chars();
                inside.next();
                let found = tokens(&before[..start]).unwrap_or_default();
                (found, inside.as_str().to_owned(), start)
            }
        };
        let is_quoted = before[start..].starts_with(['"', '“', '”', '„']);
        let after = &text[cursor..];
        let rest = match is_quoted {
            true => after
                .chars()
                .take_while(|c| matches!(c, '"' | '”'))
                .take(1)
                .map(char::len_utf8)
                .sum(),
            false => after
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
                .unwrap_or(after.len()),
        };
        let place = place(&found);
        Self {
            part,
            range: (start, cursor + rest),
            place,
        }
    }

    /// Those of `offered` (what is put, what is shown) that what was typed is part of, beginnings first.
    fn fitting(&self, offered: Vec<(String, String)>) -> Vec<Completion> {
        let wanted = fold(&self.part);
        let rank = |label: &str| {
            let label = fold(label);
            if wanted.is_empty() || label.starts_with(&wanted) {
                Some(0)
            } else if label.contains(&format!(" {wanted}")) {
                Some(1)
            } else {
                label.contains(&wanted).then_some(2)
            }
        };
        let ranked = offered
            .into_iter()
            .filter_map(|(text, label)| Some((rank(&label)?, text, label)));
        let mut ranked: Vec<(i32, String, String)> = ranked.collect();
        ranked.sort_by_key(|(rank, ..)| *rank);
        let completion = |(_, text, label)| Completion {
            range: self.range,
            text,
            label,
        };
        ranked.into_iter().take(MOST).map(completion).collect()
    }
}

/// What the tokens before the cursor lead to.
fn place(found: &[(super::ast::At, Token)]) -> Place {
    let mut kinds: Vec<&Token> = found.iter().map(|(_, token)| token).collect();
    // Values of a list lead back to their field.
    while let [.., Token::Word(_) | Token::Quoted(_), Token::Comma] = kinds.as_slice() {
        kinds.truncate(kinds.len() - 2);
    }
    match kinds.as_slice() {
        [
            ..,
            Token::Attribute,
            Token::Word(name) | Token::Quoted(name),
            Token::Op(_),
        ] => Place::Value(Field::Attribute(name.clone())),
        [.., Token::Word(name), Token::Op(_)] => {
            let lower = name.to_lowercase();
            let named = Field::NAMED.iter().find(|(n, _)| *n == lower);
            named.map_or(Place::Condition { follows: false }, |(_, f)| {
                Place::Value(f.clone())
            })
        }
        [.., Token::Op(_), Token::Attribute] => Place::Attribute { ends: true },
        [.., Token::Attribute] => Place::Attribute { ends: false },
        [.., Token::Word(near), Token::Open] if near.eq_ignore_ascii_case("near") => {
            Place::Nearness
        }
        [.., Token::Word(word)] => Place::Condition {
            follows: !super::parse::is_keyword(word),
        },
        [.., Token::Quoted(_) | Token::Regex(_)] => Place::Condition { follows: true },
        [.., Token::Close] => Place::Condition {
            follows: !is_after_nearness(&kinds),
        },
        _ => Place::Condition { follows: false },
    }
}

/// Whether the last parenthesis closes a nearness, after which a condition has to stand.
fn is_after_nearness(kinds: &[&Token]) -> bool {
    let open = kinds.iter().rposition(|token| **token == Token::Open);
    let before = open.and_then(|at| at.checked_sub(1)).map(|at| kinds[at]);
    matches!(before, Some(Token::Word(word)) if word.eq_ignore_ascii_case("near"))
}

/// What a value is written as, and what it is shown as.
fn values(field: &Field, corpus: &Corpus) -> Vec<(String, String)> {
    let metas = || corpus.sources().iter().map(|s| &s.reading.meta);
    let plain = |names: BTreeSet<String>| -> Vec<(String, String)> {
        let named = names.into_iter().filter(|name| !name.is_empty());
        named.map(|name| (word(&name), name)).collect()
    };
    match field {
        Field::Label => labels(corpus, ""),
        Field::Coder => coders(corpus, ""),
        Field::Reading => readings(corpus, ""),
        Field::Stance => Stance::ALL
            .iter()
            .map(|s| s.word())
            .chain(["none"])
            .map(|s| (s.to_owned(), s.to_owned()))
            .collect(),
        Field::Has => {
            let mut all: Vec<(String, String)> = Has::NAMED
                .iter()
                .map(|(name, _)| ((*name).to_owned(), (*name).to_owned()))
                .collect();
            all.extend(attributes(corpus, "@"));
            all
        }
        Field::Author => {
            let authors = metas().flat_map(|meta| &meta.authors);
            plain(authors.map(|a| Name::parse(a).short()).collect())
        }
        Field::Kind => plain(metas().map(|meta| meta.kind.clone()).collect()),
        Field::Year => {
            let years: BTreeSet<i32> = metas().filter_map(|meta| meta.year).collect();
            let years = years.into_iter().map(|year| year.to_string());
            years.map(|year| (year.clone(), year)).collect()
        }
        Field::Attribute(name) => {
            let at = super::ast::At::default();
            let names = names::attribute(corpus, name, at).unwrap_or_default();
            let sources = corpus.sources().iter();
            let values = sources.filter_map(|s| names::attribute_of(s, &names));
            let shown = values.map(|value| {
                let text = super::ast::Value::Attribute(value.clone()).to_string();
                (text, value.to_string())
            });
            shown.collect::<BTreeSet<_>>().into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn labels(corpus: &Corpus, before: &str) -> Vec<(String, String)> {
    let labels = corpus.codebook().labels().iter();
    let written = |id| word(&super::condition::label_name(corpus, id));
    labels
        .map(|label| {
            (
                format!("{before}{}", written(&label.id)),
                label.name.clone(),
            )
        })
        .collect()
}

fn coders(corpus: &Corpus, before: &str) -> Vec<(String, String)> {
    let coders = corpus.coders().into_iter();
    coders
        .map(|c| (format!("{before}{}", word(c.as_str())), c.to_string()))
        .collect()
}

fn readings(corpus: &Corpus, before: &str) -> Vec<(String, String)> {
    let sources = corpus.sources().iter();
    sources
        .map(|source| {
            let (id, meta) = (&source.reading.id, &source.reading.meta);
            let shown = match meta.authors.is_empty() {
                true => meta.citation(),
                false => format!("{} “{}”", meta.citation(), meta.title),
            };
            (format!("{before}{}", word(id.as_str())), shown)
        })
        .collect()
}

fn attributes(corpus: &Corpus, before: &str) -> Vec<(String, String)> {
    let all = names::attributes(corpus).into_iter();
    all.map(|name| (format!("{before}{}", word(name)), format!("{before}{name}")))
        .collect()
}

/// What a condition can begin with; relations too where one stands before. Names only once something is typed.
fn conditions(corpus: &Corpus, follows: bool, is_empty: bool) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    if follows {
        let between = [
            "or ",
            "near(paragraph) ",
            "near(sentence) ",
            "near(20 words) ",
            "overlaps ",
            "within ",
            "contains ",
        ];
        all.extend(between.map(|b| (b.to_owned(), b.trim_end().to_owned())));
    }
    all.extend(
        Field::NAMED
            .iter()
            .map(|(name, _)| (format!("{name}:"), (*name).to_owned())),
    );
    all.push(("not ".to_owned(), "not".to_owned()));
    let attribute = |(text, shown): (String, String)| (format!("{text}:"), shown);
    all.extend(attributes(corpus, "@").into_iter().map(attribute));
    if !is_empty {
        all.extend(labels(corpus, "label:"));
        all.extend(coders(corpus, "coder:"));
        all.extend(readings(corpus, "reading:"));
    }
    all
}
