//! Rich Text as tokens.

/// The longest control word that is looked at; the standard's are up to 32 letters long.
const WORD: usize = 40;

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word with its number: `\b0`.
    Word(&'a str, Option<i32>),
    /// A control sign: `\~`.
    Sign(u8),
    /// A byte in hexadecimal: `\'e9`.
    Byte(u8),
    /// Characters as they stand, without line ends.
    Text(&'a [u8]),
}

/// A stretch of a file, read token by token.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, take: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&b| !take(b)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first == b'\'' {
                return Some(Token::Byte(self.hexadecimal()));
            }
            return Some(Token::Sign(first));
        }
        let word = self.take_while(|b| b.is_ascii_alphabetic());
        let word = word.get(..word.len().min(WORD)).unwrap_or_default();
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let digits = self.take_while(|b| b.is_ascii_digit());
        let number = str::from_utf8(digits)
            .ok()
            .and_then(|d| d.parse::<i32>().ok());
        if is_negative && digits.is_empty() {
            self.at -= 1;
        }
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        let number = number.map(|n| if is_negative { -n } else { n });
        let word = str::from_utf8(word).unwrap_or_default();
        if word == "bin" {
            // So many bytes of a picture follow.
            let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Some(Token::Word(word, number))
    }

    fn hexadecimal(&mut self) -> u8 {
        let mut value = 0u8;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|b| char::from(b).to_digit(16)) else {
                break;
            };
            value = value << 4 | digit as u8;
            self.at += 1;
        }
        value
    }

    /// What follows up to the end of the group that is open, for later; the end itself is passed.
    pub fn group(&mut self) -> Lexer<'a> {
        let from = self.at;
        let mut open = 1usize;
        let mut to = from;
        while open > 0 {
            to = self.at;
            match self.next() {
                Some(Token::Open) => open += 1,
                Some(Token::Close) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
        Lexer::new(self.bytes.get(from..to).unwrap_or_default())
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            if !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0) {
                let text =
                    self.take_while(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                return Some(Token::Text(text));
            }
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart() {
        let tokens: Vec<_> = Lexer::new(b"{\\b0 a\r\nb\\'e9\\~\\u-3\\bin3 }}}\\-1\\par}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Text(b"a"),
            Token::Text(b"b"),
            Token::Byte(0xE9),
            Token::Sign(b'~'),
            Token::Word("u", Some(-3)),
            Token::Word("bin", Some(3)),
            Token::Sign(b'-'),
            Token::Text(b"1"),
            Token::Word("par", None),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn broken_ends_end() {
        for end in [
            "\\",
            "\\'",
            "\\'e",
            "\\b-",
            "\\bin99999 x",
            "{{{",
            "}}}",
            "\\b99999999999",
        ] {
            assert!(Lexer::new(end.as_bytes()).count() < 5);
        }
        let mut lexer = Lexer::new(b"a{b}c}d");
        assert_eq!(lexer.group().count(), 5);
        assert_eq!(lexer.next(), Some(Token::Text(b"d")));
        assert_eq!(lexer.group().count(), 0);
    }
}
