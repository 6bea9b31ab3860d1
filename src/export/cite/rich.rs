//! Text with titles in italics and addresses as links, put together so that parts that are missing leave no punctuation behind.

/// A stretch of text in one manner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Plain(String),
    /// In italics: the title of a book, the name of a journal.
    Italic(String),
    /// A web address.
    Link(String),
}

/// A citation or an entry of a reference list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    pieces: Vec<Piece>,
}

impl Piece {
    /// The text, whatever its manner.
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Italic(text) | Self::Link(text) => text,
        }
    }
}

impl Rich {
    /// Text as it is.
    pub(in crate::export) fn plain(text: impl Into<String>) -> Self {
        Self::of(text.into(), Piece::Plain)
    }

    /// Text in italics.
    pub(super) fn italic(text: impl Into<String>) -> Self {
        Self::of(text.into(), Piece::Italic)
    }

    /// A web address.
    pub(super) fn link(text: impl Into<String>) -> Self {
        Self::of(text.into(), Piece::Link)
    }

    fn of(text: String, piece: fn(String) -> Piece) -> Self {
        let empty = text.is_empty();
        Self {
            pieces: if empty { Vec::new() } else { vec![piece(text)] },
        }
    }

    /// Its pieces; none of them empty, and no two plain ones next to each other.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Its text without italics.
    pub fn text(&self) -> String {
        self.pieces.iter().map(Piece::text).collect()
    }

    /// Puts `next` after it with `between` between them. When either is empty, the other is all there is. A full stop or comma at
    /// the start of `between` goes inside closing quotation marks, and falls away after what ends a sentence already.
    pub(super) fn then(mut self, between: &str, next: Self) -> Self {
        if self.is_empty() || next.is_empty() {
            self.pieces.extend(next.pieces);
            return self;
        }
        let mut rest = between;
        if let Some(mark @ ('.' | ',')) = between.chars().next() {
            rest = &between[1..];
            self.mark(mark);
        }
        self.push(Piece::Plain(rest.to_owned()));
        for piece in next.pieces {
            self.push(piece);
        }
        self
    }

    /// Puts `next` after it, whatever it says, unless `next` is empty.
    pub(super) fn with(self, next: Self) -> Self {
        self.then("", next)
    }

    /// Ends it with a full stop where no other mark ends it.
    pub(super) fn ended(mut self) -> Self {
        if !self.is_empty() {
            self.mark('.');
        }
        self
    }

    /// Puts a full stop or comma at its end.
    fn mark(&mut self, mark: char) {
        let text = self.text();
        let inner = text.trim_end_matches(['”', '’']);
        let is_link = matches!(self.pieces.last(), Some(Piece::Link(_)));
        let said = !is_link
            && inner.ends_with(|c| match mark {
                '.' => matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！'),
                _ => matches!(c, ',' | '?' | '!' | '？' | '！'),
            });
        if said {
            return;
        }
        // An apostrophe at the end of a name is no quotation mark: only what ends in ” has one to go into.
        match self.pieces.last_mut() {
            Some(Piece::Plain(last)) if last.ends_with('”') => {
                let at = last.trim_end_matches(['”', '’']).len();
                last.insert(at, mark);
            }
            _ => self.push(Piece::Plain(mark.to_string())),
        }
    }

    fn push(&mut self, piece: Piece) {
        match (self.pieces.last_mut(), piece) {
            (_, piece) if piece.text().is_empty() => {}
            (Some(Piece::Plain(last)), Piece::Plain(more)) => last.push_str(&more),
            (_, piece) => self.pieces.push(piece),
        }
    }
}

/// A title in quotation marks; those within it become single ones.
pub(super) fn quoted(title: &str) -> Rich {
    match title {
        "" => Rich::default(),
        title => Rich::plain(format!("“{}”", single_quotes(title))),
    }
}

/// `text` with its double quotation marks made single, for quoting it in double ones. Straight ones become straight apostrophes.
pub(in crate::export) fn single_quotes(text: &str) -> String {
    let single = |c| match c {
        '“' => '‘',
        '”' => '’',
        '„' => '‚',
        '‟' => '‛',
        '"' => '\'',
        c => c,
    };
    text.chars().map(single).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(a: Rich, between: &str, b: &str) -> String {
        a.then(between, Rich::plain(b)).text()
    }

    #[test]
    fn marks_go_inside_quotes_and_are_not_doubled() {
        assert_eq!(joined(quoted("A"), ", ", "b"), "“A,” b");
        assert_eq!(joined(quoted("A?"), ", ", "b"), "“A?” b");
        assert_eq!(joined(quoted("A?"), ". ", "b"), "“A?” b");
        assert_eq!(joined(quoted("Of “A”"), ", ", "b"), "“Of ‘A,’” b");
        assert_eq!(joined(Rich::plain("Lee, M."), ". ", "b"), "Lee, M. b");
        assert_eq!(joined(Rich::plain("Jr."), ", ", "b"), "Jr., b");
        assert_eq!(joined(Rich::italic("Who?"), ". ", "b"), "Who? b");
        assert_eq!(joined(Rich::plain("Workers’"), ". ", "b"), "Workers’. b");
        assert_eq!(joined(quoted(""), ", ", "b"), "b");
        assert_eq!(joined(quoted("A"), ", ", ""), "“A”");
        assert_eq!(quoted("谁？").ended().text(), "“谁？”");
        assert_eq!(Rich::link("https://a.b/?").ended().text(), "https://a.b/?.");
    }

    #[test]
    fn plain_pieces_grow_together() {
        let rich = Rich::plain("a").then(". ", Rich::italic("b")).ended();
        let expected = [
            Piece::Plain("a. ".into()),
            Piece::Italic("b".into()),
            Piece::Plain(".".into()),
        ];
        assert_eq!(rich.pieces(), expected);
    }
}
