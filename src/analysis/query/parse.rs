//! From words and signs to conditions.

use super::{
    QueryError,
    ast::{At, Field, Node, Op, Relation, Term},
    lex::{Token, tokens},
    values,
};
use crate::text::nearest;

/// How deep parentheses and `not`s may stand in one another.
const DEPTH: usize = 64;

/// Words that mean something wherever they stand without quotes.
const KEYWORDS: [&str; 8] = [
    "and", "or", "not", "overlaps", "within", "contains", "near", "none",
];

/// Whether a bare word means something else than itself.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|k| k.eq_ignore_ascii_case(word))
}

/// Reads a query; `None` for one without a word.
pub(super) fn parse(text: &str) -> Result<Option<Node>, QueryError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut parser = Parser {
        tokens: &tokens,
        next: 0,
        end: text.len(),
        depth: 0,
    };
    let node = parser.any()?;
    match parser.peek() {
        None => Ok(Some(node)),
        Some((at, _)) => Err(QueryError::new(
            *at,
            "This parenthesis closes one that was not opened.",
        )
        .hint("Leave it out, or put “(” where the group begins.")),
    }
}

pub(super) struct Parser<'a> {
    tokens: &'a [(At, Token)],
    next: usize,
    /// Where the text ends.
    end: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub fn peek(&self) -> Option<&'a (At, Token)> {
        self.tokens.get(self.next)
    }

    pub fn eat(&mut self) -> Option<&'a (At, Token)> {
        let token = self.peek()?;
        self.next += 1;
        Some(token)
    }

    /// The next token if it is this sign.
    fn eat_sign(&mut self, sign: &Token) -> Option<At> {
        let (at, token) = self.peek()?;
        (token == sign).then(|| self.next += 1)?;
        Some(*at)
    }

    /// The next token if it is this word, and no field.
    fn eat_word(&mut self, word: &str) -> Option<At> {
        let is = self
            .peek_word()
            .is_some_and(|w| w.eq_ignore_ascii_case(word));
        (is && !self.is_field()).then(|| self.eat().map(|(at, _)| *at))?
    }

    fn peek_word(&self) -> Option<&'a str> {
        match self.peek() {
            Some((_, Token::Word(word))) => Some(word),
            _ => None,
        }
    }

    /// Whether a sign of comparison follows the next token.
    fn is_field(&self) -> bool {
        matches!(self.tokens.get(self.next + 1), Some((_, Token::Op(_))))
    }

    /// Where something is missing: at the next token, or at the end.
    fn here(&self) -> At {
        let end = At::new(self.end, self.end);
        self.peek()
            .map_or(end, |(at, _)| At::new(at.start, at.start))
    }

    fn any(&mut self) -> Result<Node, QueryError> {
        let mut nodes = vec![self.all()?];
        while self.eat_word("or").is_some() {
            nodes.push(self.all()?);
        }
        Node::any(nodes).ok_or_else(|| self.missing())
    }

    fn all(&mut self) -> Result<Node, QueryError> {
        let mut nodes = vec![self.related()?];
        loop {
            let joined = self.eat_word("and").is_some();
            let ends = match self.peek() {
                None | Some((_, Token::Close)) => true,
                Some(_) => {
                    !self.is_field()
                        && self
                            .peek_word()
                            .is_some_and(|w| w.eq_ignore_ascii_case("or"))
                }
            };
            match (joined, ends) {
                (false, true) => break,
                _ => nodes.push(self.related()?),
            }
        }
        Node::all(nodes).ok_or_else(|| self.missing())
    }

    fn related(&mut self) -> Result<Node, QueryError> {
        let subject = self.negated()?;
        let mut to = Vec::new();
        while let Some(relation) = self.relation()? {
            to.push((relation, self.negated()?));
        }
        Ok(subject.related(to))
    }

    fn relation(&mut self) -> Result<Option<Relation>, QueryError> {
        for (word, relation) in [
            ("overlaps", Relation::Overlaps),
            ("within", Relation::Within),
            ("contains", Relation::Contains),
        ] {
            if self.eat_word(word).is_some() {
                return Ok(Some(relation));
            }
        }
        match self.eat_word("near") {
            Some(at) => self.nearness(at).map(Some),
            None => Ok(None),
        }
    }

    /// What stands in the parentheses after `near`.
    fn nearness(&mut self, near: At) -> Result<Relation, QueryError> {
        let error = |at: At, message: &str| {
            Err(QueryError::new(at, message)
                .hint("Write near(sentence), near(paragraph) or near(20 words)."))
        };
        if self.eat_sign(&Token::Open).is_none() {
            return error(near, "How near is not said.");
        }
        let start = self.here();
        let word = self.peek_word().unwrap_or_default().to_lowercase();
        let relation = match word.as_str() {
            "sentence" => Relation::Sentence,
            "paragraph" => Relation::Paragraph,
            number => match number.parse() {
                Ok(n) => Relation::Words(n),
                Err(_) => {
                    let at = self.peek().map_or(start, |(at, _)| *at);
                    return error(at, "This is no nearness.");
                }
            },
        };
        self.eat();
        if matches!(relation, Relation::Words(_)) && self.eat_word("words").is_none() {
            self.eat_word("word");
        }
        match self.eat_sign(&Token::Close) {
            Some(_) => Ok(relation),
            None => error(
                self.peek().map_or(self.here(), |(at, _)| *at),
                "A parenthesis that closes the nearness is missing here.",
            ),
        }
    }

    fn negated(&mut self) -> Result<Node, QueryError> {
        match self.eat_word("not") {
            Some(at) => self.deeper(at, |parser| {
                parser.negated().map(|node| Node::Not(Box::new(node)))
            }),
            None => self.single(),
        }
    }

    /// What stands within something else, unless that goes too deep.
    fn deeper(
        &mut self,
        at: At,
        inner: impl FnOnce(&mut Self) -> Result<Node, QueryError>,
    ) -> Result<Node, QueryError> {
        if self.depth == DEPTH {
            return Err(
                QueryError::new(at, format!("This stands in more than {DEPTH} others."))
                    .hint("Write it with fewer parentheses and fewer “not”s."),
            );
        }
        self.depth += 1;
        let node = inner(self);
        self.depth -= 1;
        node
    }

    fn single(&mut self) -> Result<Node, QueryError> {
        let Some((at, token)) = self.peek() else {
            return Err(self.missing());
        };
        match token {
            Token::Open => {
                self.eat();
                let node = self.deeper(*at, Self::any)?;
                match self.eat_sign(&Token::Close) {
                    Some(_) => Ok(node),
                    None => Err(QueryError::new(*at, "This parenthesis is not closed.")
                        .hint("Put “)” where the group ends.")),
                }
            }
            Token::Attribute => self.attribute(*at).map(Node::Term),
            Token::Word(_) | Token::Quoted(_) if self.is_field() => self.field().map(Node::Term),
            Token::Word(word) if is_keyword(word) => Err(self.stray(*at, word)),
            Token::Word(_) | Token::Quoted(_) | Token::Regex(_) => self.anywhere().map(Node::Term),
            Token::Close | Token::Comma | Token::Op(_) => Err(self.missing()),
        }
    }

    /// Something is missing before the next token.
    fn missing(&self) -> QueryError {
        let before = self
            .next
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before));
        let message = match (before, self.peek()) {
            (Some((_, Token::Open)), Some((_, Token::Close))) => {
                "There is nothing in these parentheses."
            }
            (_, Some((_, Token::Op(_)))) => "What this compares is missing.",
            (_, Some((_, Token::Comma))) => "A comma stands only between values of one condition.",
            _ => "A condition is missing here.",
        };
        let at = match self.peek() {
            Some((at, Token::Op(_) | Token::Comma)) => *at,
            _ => self.here(),
        };
        QueryError::new(at, message).hint("A condition is such as label:\"Trust\", coder:MK, or a word that stands in the passage.")
    }

    fn stray(&self, at: At, word: &str) -> QueryError {
        let message = match word.to_lowercase().as_str() {
            "none" => "“none” stands only after a field, as in stance:none.".to_owned(),
            "not" => "“not” stands before a condition.".to_owned(),
            word => format!("“{word}” stands between two conditions; one is missing here."),
        };
        QueryError::new(at, message).hint("To look for the word itself, put it in quotes.")
    }

    fn anywhere(&mut self) -> Result<Term, QueryError> {
        let value = values::value(self, &Field::Anywhere, Op::Is)?;
        Ok(Term {
            at: value.0,
            named: value.0,
            field: Field::Anywhere,
            op: Op::Is,
            values: vec![value],
        })
    }

    fn field(&mut self) -> Result<Term, QueryError> {
        let (at, name) = match self.eat() {
            Some((at, Token::Word(name) | Token::Quoted(name))) => (*at, name.as_str()),
            _ => return Err(self.missing()),
        };
        let lower = name.to_lowercase();
        let named = Field::NAMED.iter().find(|(n, _)| *n == lower);
        match named {
            Some((_, field)) => self.compared((at, at), field.clone()),
            None => {
                let near = nearest(&lower, Field::NAMED.iter().map(|(n, _)| *n));
                Err(QueryError::new(at, format!("Nothing is called “{name}” here.")).hint(
                    match near {
                        Some(near) => format!("Did you mean {near}:…?"),
                        None => "Conditions begin with label, stance, coder, reading, text, note, has, author, title, kind, year, \
                                 created, changed or words; attributes of readings with @. To look for the word itself, put \
                                 it in quotes."
                            .to_owned(),
                    },
                ))
            }
        }
    }

    fn attribute(&mut self, sign: At) -> Result<Term, QueryError> {
        self.eat();
        let (name_at, name) = self.attribute_name(sign)?;
        match self.peek() {
            Some((_, Token::Op(_))) => self.compared((sign, name_at), Field::Attribute(name)),
            _ => Err(QueryError::new(
                sign.to(name_at),
                "Which value of the attribute is not said.",
            )
            .hint("Write @country:China, @score>3, @country:none or has:@country.")),
        }
    }

    /// The name of an attribute after its sign.
    pub fn attribute_name(&mut self, sign: At) -> Result<(At, String), QueryError> {
        match self.peek() {
            Some((at, Token::Word(name) | Token::Quoted(name))) if !name.trim().is_empty() => {
                self.eat();
                Ok((*at, name.trim().to_owned()))
            }
            _ => Err(
                QueryError::new(sign, "The name of an attribute is missing after “@”.")
                    .hint("Write @country:China; names of several words in quotes."),
            ),
        }
    }

    /// The sign and the values after a field, which begins at the first place; its name stands at the second.
    fn compared(&mut self, (at, named): (At, At), field: Field) -> Result<Term, QueryError> {
        let Some((op_at, Token::Op(op))) = self.eat() else {
            return Err(self.missing());
        };
        let ordered = matches!(
            field,
            Field::Year | Field::Created | Field::Changed | Field::Words | Field::Attribute(_)
        );
        if op.orders() && !ordered {
            return Err(QueryError::new(
                *op_at,
                format!("{} has no order to compare by.", field.name()),
            )
            .hint(format!("Write {}:… .", field.name())));
        }
        let mut values = vec![values::value(self, &field, *op)?];
        while let Some(comma) = self.eat_sign(&Token::Comma) {
            if op.orders() {
                return Err(QueryError::new(
                    comma,
                    format!("Only one value can stand after “{}”.", op.sign()),
                ));
            }
            values.push(values::value(self, &field, *op)?);
        }
        Ok(Term {
            at: values.last().map_or(at, |(last, _)| at.to(*last)),
            named,
            field,
            op: *op,
            values,
        })
    }

    /// Where a value is missing.
    pub fn no_value(&self, field: &Field) -> QueryError {
        let name = field.name();
        QueryError::new(
            self.here(),
            format!("What {name} is to be is missing here."),
        )
        .hint("Write it after the sign; put several words in quotes.")
    }

    /// Whether the next two tokens are a field of their own and not a value.
    pub fn next_is_field(&self) -> bool {
        matches!(self.peek(), Some((_, Token::Word(_)))) && self.is_field()
    }
}
