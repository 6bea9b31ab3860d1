//! What stands after a field: names, words, numbers, days.

use jiff::civil::Date;

use super::{
    QueryError,
    ast::{At, Field, Has, Op, Value},
    lex::Token,
    parse::Parser,
};
use crate::{
    analysis::find::{Finder, Kind, Pattern},
    model::{Stance, Value as Attribute},
    text::nearest,
};

/// Reads one value for a field.
pub(super) fn value(parser: &mut Parser, field: &Field, op: Op) -> Result<(At, Value), QueryError> {
    if *field == Field::Has
        && let Some((sign, Token::Attribute)) = parser.peek()
    {
        parser.eat();
        let (at, name) = parser.attribute_name(*sign)?;
        return Ok((sign.to(at), Value::Has(Has::Attribute(name))));
    }
    let is_other_field = *field != Field::Anywhere && parser.next_is_field();
    let (at, token) = match parser.peek() {
        Some((at, token @ (Token::Word(_) | Token::Quoted(_) | Token::Regex(_))))
            if !is_other_field =>
        {
            (*at, token)
        }
        _ => return Err(parser.no_value(field)),
    };
    parser.eat();
    let value = match token {
        Token::Regex(regex) => regex_of(at, regex, field)?,
        Token::Quoted(text) => of_quoted(at, text, field, op)?,
        Token::Word(word) => of_word(at, word, field, op)?,
        _ => return Err(parser.no_value(field)),
    };
    Ok((at, value))
}

/// The pattern that a value of words or a regular expression is looked for by.
pub(super) fn pattern(value: &Value, op: Op) -> Option<Pattern> {
    let (text, kind) = match value {
        Value::Words(text) if op == Op::Exactly => (text, Kind::Words),
        Value::Words(text) => (text, Kind::Plain),
        Value::Regex(regex) => (regex, Kind::Regex),
        _ => return None,
    };
    Some(Pattern {
        text: text.clone(),
        kind,
        ..Pattern::default()
    })
}

fn regex_of(at: At, regex: &str, field: &Field) -> Result<Value, QueryError> {
    if !matches!(field, Field::Text | Field::Note | Field::Anywhere) {
        return Err(QueryError::new(
            at,
            format!("{} takes no regular expression.", field.name()),
        )
        .hint("Regular expressions go with text and note. A name that begins with “/” goes in quotes."));
    }
    let value = Value::Regex(regex.to_owned());
    findable(at, &value, Op::Is)?;
    Ok(value)
}

/// A name, or words that can be looked for.
fn words(at: At, words: &str, field: &Field, op: Op) -> Result<Value, QueryError> {
    let value = Value::Words(words.to_owned());
    if matches!(
        field,
        Field::Text | Field::Note | Field::Anywhere | Field::Title
    ) {
        findable(at, &value, op)?;
    }
    Ok(value)
}

/// Whether a text or a regular expression can be looked for.
fn findable(at: At, value: &Value, op: Op) -> Result<(), QueryError> {
    let Some(pattern) = pattern(value, op) else {
        return Ok(());
    };
    let Err(error) = Finder::new(&pattern) else {
        return Ok(());
    };
    // The sign before it stands between the two.
    let shift = |offset: usize| (at.start + 1 + offset).min(at.end);
    let is_as_written = at.end - at.start == pattern.text.len() + 2;
    let at = match is_as_written {
        true => At::new(shift(error.at.0), shift(error.at.1)),
        false => at,
    };
    // The regex crate draws what is wrong over several lines and says it in the last.
    let message = match error.message.rsplit_once("error: ") {
        Some((_, last)) => format!("This is no regular expression: {}.", last.trim_end()),
        None => error.message,
    };
    Err(QueryError::new(at, message))
}

fn of_quoted(at: At, text: &str, field: &Field, op: Op) -> Result<Value, QueryError> {
    if text.trim().is_empty() {
        return Err(QueryError::new(at, "There is nothing in these quotes.")
            .hint("Put a name or words between them."));
    }
    match field {
        Field::Attribute(_) if op.orders() => of_word(at, text.trim(), field, op),
        Field::Attribute(_) => Ok(Value::Attribute(Attribute::Text(text.trim().to_owned()))),
        Field::Stance
        | Field::Has
        | Field::Year
        | Field::Words
        | Field::Created
        | Field::Changed => of_word(at, text.trim(), field, op),
        _ => words(at, text, field, op),
    }
}

fn of_word(at: At, word: &str, field: &Field, op: Op) -> Result<Value, QueryError> {
    let may_lack = matches!(
        field,
        Field::Label
            | Field::Stance
            | Field::Note
            | Field::Author
            | Field::Kind
            | Field::Year
            | Field::Attribute(_)
    );
    if word.eq_ignore_ascii_case("none") && may_lack && !op.orders() {
        return Ok(Value::Nothing);
    }
    match field {
        Field::Stance => stance(at, word),
        Field::Has => has(at, word),
        Field::Year | Field::Words => numbers(at, word, field, op),
        Field::Created | Field::Changed => days(at, word, op),
        Field::Attribute(_) => attribute(at, word, op),
        _ => words(at, word, field, op),
    }
}

fn stance(at: At, word: &str) -> Result<Value, QueryError> {
    word.parse().map(Value::Stance).map_err(|_| {
        let words = Stance::ALL.map(Stance::word);
        QueryError::new(at, format!("There is no stance “{word}”.")).or_nearest(
            word,
            words,
            "A stance is supports, contests, qualifies, defines, applies or none.",
        )
    })
}

fn has(at: At, word: &str) -> Result<Value, QueryError> {
    let lower = word.to_lowercase();
    let named = Has::NAMED.iter().find(|(name, _)| *name == lower);
    named
        .map(|(_, has)| Value::Has(has.clone()))
        .ok_or_else(|| {
            let names = Has::NAMED.map(|(name, _)| name);
            QueryError::new(at, format!("“{word}” is nothing that can be asked for.")).or_nearest(
                &lower,
                names,
                "Write has:note, has:stance, has:year, has:author or has:@attribute.",
            )
        })
}

fn numbers(at: At, word: &str, field: &Field, op: Op) -> Result<Value, QueryError> {
    let error = || {
        let hint = match field {
            Field::Year => "Write year:2014, year:2010..2014 or year>=2014.",
            _ => "Write words:20, words:20..40 or words>=20.",
        };
        QueryError::new(at, format!("“{word}” is no whole number.")).hint(hint)
    };
    let (from, to) = ends(word);
    let number = |text: Option<&str>| match text {
        None => Ok(None),
        Some(text) => text.parse::<i64>().map(Some).map_err(|_| error()),
    };
    let (from, to) = (number(from)?, number(to)?);
    match (from, to) {
        (None, None) => Err(error()),
        (from, to) if op.orders() && from != to => Err(single(at, op)),
        (Some(from), Some(to)) if from > to => Err(backwards(at)),
        (from, to) => Ok(Value::Numbers(from, to)),
    }
}

/// The two ends of `a..b`; the same twice of anything else.
fn ends(word: &str) -> (Option<&str>, Option<&str>) {
    let some = |text| Some(text).filter(|t: &&str| !t.is_empty());
    match word.split_once("..") {
        Some((from, to)) => (some(from), some(to)),
        None => (some(word), some(word)),
    }
}

fn single(at: At, op: Op) -> QueryError {
    QueryError::new(
        at,
        format!("Only one value can stand after “{}”.", op.sign()),
    )
}

fn backwards(at: At) -> QueryError {
    QueryError::new(at, "This goes from the greater to the less.").hint("Turn the two round.")
}

fn days(at: At, word: &str, op: Op) -> Result<Value, QueryError> {
    let error = || {
        QueryError::new(at, format!("“{word}” is no day, month or year."))
            .hint("Write 2026-11-22, 2026-11, 2026, or 2026-11-01..2026-11-22.")
    };
    let (from, to) = ends(word);
    let some = |text: Option<&str>| match text {
        None => Ok(None),
        Some(text) => period(text).map(Some).ok_or_else(error),
    };
    let first = some(from)?.map(|(first, _)| first);
    let last = some(to)?.map(|(_, last)| last);
    match (first, last) {
        (None, None) => Err(error()),
        _ if op.orders() && from != to => Err(single(at, op)),
        (Some(first), Some(last)) if first > last => Err(backwards(at)),
        (first, last) => Ok(Value::Days(first, last)),
    }
}

/// The first and the last day of a day, a month or a year.
fn period(text: &str) -> Option<(Date, Date)> {
    let digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    let fits = digits(year, 4)
        && month.is_none_or(|m| digits(m, 2))
        && day.is_none_or(|d| digits(d, 2))
        && parts.next().is_none();
    if !fits {
        return None;
    }
    let number = |t: Option<&str>| t.map_or(Some(1), |t| t.parse::<i8>().ok());
    let date = Date::new(year.parse().ok()?, number(month)?, number(day)?).ok()?;
    Some(match (month, day) {
        (_, Some(_)) => (date, date),
        (Some(_), None) => (date, date.last_of_month()),
        (None, None) => (date, date.last_of_year()),
    })
}

fn attribute(at: At, word: &str, op: Op) -> Result<Value, QueryError> {
    match Attribute::parse(word) {
        Some(Attribute::Text(_) | Attribute::YesNo(_)) if op.orders() => Err(QueryError::new(
            at,
            format!("“{}” compares numbers and days.", op.sign()),
        )
        .hint("Write @score>3 or @held>=2026-01-01.")),
        Some(value) => Ok(Value::Attribute(value)),
        None => Err(QueryError::new(at, "There is no value here.")),
    }
}

impl QueryError {
    /// The same with the nearest of `names` as a hint, or `else_hint`.
    pub(super) fn or_nearest<'a>(
        self,
        name: &str,
        names: impl IntoIterator<Item = &'a str>,
        else_hint: &str,
    ) -> Self {
        match nearest(name, names) {
            Some(near) => self.hint(format!("Did you mean “{near}”?")),
            None => self.hint(else_hint),
        }
    }
}
