//! The words and signs of a query.

use super::{
    QueryError,
    ast::{At, Op},
};

/// A word or sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A bare word.
    Word(String),
    /// What stands in quotes, without them.
    Quoted(String),
    /// What stands between slashes, without them.
    Regex(String),
    /// The sign before the name of an attribute.
    Attribute,
    Op(Op),
    Comma,
    Open,
    Close,
}

/// Takes a query apart.
///
/// # Errors
/// When a quote or a regular expression is not closed.
pub(super) fn tokens(text: &str) -> Result<Vec<(At, Token)>, QueryError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut all = Vec::new();
    while let Some(token) = lexer.next_token()? {
        all.push(token);
    }
    Ok(all)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// Signs that end a bare word. Those of East Asian keyboards are taken as the plain ones.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '(' | ')' | ',' | ':' | '=' | '<' | '>' | '（' | '）' | '，' | '：' | '＝' | '＜' | '＞'
    ) || is_quote(c)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '＂')
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eats(&mut self, wanted: [char; 2]) -> bool {
        let is = self.peek().is_some_and(|c| wanted.contains(&c));
        if is {
            self.eat();
        }
        is
    }

    fn next_token(&mut self) -> Result<Option<(At, Token)>, QueryError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.eat();
        }
        let start = self.at;
        let Some(c) = self.eat() else {
            return Ok(None);
        };
        let token = match c {
            '(' | '（' => Token::Open,
            ')' | '）' => Token::Close,
            ',' | '，' => Token::Comma,
            ':' | '：' => Token::Op(Op::Is),
            '=' | '＝' => Token::Op(Op::Exactly),
            '<' | '＜' if self.eats(['=', '＝']) => Token::Op(Op::AtMost),
            '<' | '＜' => Token::Op(Op::Less),
            '>' | '＞' if self.eats(['=', '＝']) => Token::Op(Op::AtLeast),
            '>' | '＞' => Token::Op(Op::More),
            '@' | '＠' => Token::Attribute,
            '/' => self.regex(start)?,
            c if is_quote(c) => self.quoted(start, c)?,
            _ => self.word(start),
        };
        Ok(Some((At::new(start, self.at), token)))
    }

    fn word(&mut self, start: usize) -> Token {
        while (self.peek()).is_some_and(|c| !c.is_whitespace() && !is_sign(c)) {
            self.eat();
        }
        Token::Word(self.text[start..self.at].to_owned())
    }

    /// A straight quote ends at the next straight one, a typographic one at any but one that opens on the baseline.
    fn quoted(&mut self, start: usize, open: char) -> Result<Token, QueryError> {
        let closes = |c: char| match open {
            '"' => c == '"',
            _ => is_quote(c) && c != '„',
        };
        let mut inside = String::new();
        while let Some(c) = self.eat() {
            match c {
                '\\' if self.peek().is_some_and(|c| c == '\\' || is_quote(c)) => {
                    inside.extend(self.eat());
                }
                c if closes(c) => return Ok(Token::Quoted(inside)),
                c => inside.push(c),
            }
        }
        Err(
            QueryError::new(At::new(start, self.at), "This quote is not closed.")
                .hint("Put a quotation mark after the last word that belongs to it."),
        )
    }

    fn regex(&mut self, start: usize) -> Result<Token, QueryError> {
        let mut inside = String::new();
        while let Some(c) = self.eat() {
            match c {
                '/' => return Ok(Token::Regex(inside)),
                '\\' => match self.eat() {
                    Some('/') => inside.push('/'),
                    other => inside.extend([Some('\\'), other].into_iter().flatten()),
                },
                c => inside.push(c),
            }
        }
        Err(QueryError::new(
            At::new(start, self.at),
            "This regular expression is not closed.",
        )
        .hint("Put a “/” after it. To look for a word that begins with “/”, put it in quotes."))
    }
}
