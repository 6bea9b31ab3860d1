//! Fields: what they are told to show is left out, what they show is text. Tables of contents are left out whole.

/// The fields that are open where the text is.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
    /// How many of them show nothing here.
    silent: usize,
    /// Tables of contents left out.
    pub contents: usize,
}

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether the text is what it shows.
    shows: bool,
    /// Whether it is a table of contents.
    is_contents: bool,
}

/// The longest instruction that is looked at: its first word matters.
const INSTRUCTION: usize = 64;

impl Fields {
    /// A field begins with its instruction.
    pub fn begin(&mut self) {
        self.open.push(Field::default());
        self.silent += 1;
    }

    /// More of the instruction.
    pub fn instruction(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && field.instruction.len() < INSTRUCTION
        {
            field.instruction.push_str(text);
        }
    }

    /// What it shows follows.
    pub fn separate(&mut self) {
        let Some(field) = self.open.last_mut().filter(|f| !f.shows) else {
            return;
        };
        field.shows = true;
        let word = field
            .instruction
            .split_whitespace()
            .next()
            .unwrap_or_default();
        field.is_contents = word.eq_ignore_ascii_case("TOC");
        if field.is_contents {
            self.contents += 1;
        } else {
            self.silent -= 1;
        }
    }

    /// A field ends.
    pub fn end(&mut self) {
        if let Some(field) = self.open.pop()
            && (!field.shows || field.is_contents)
        {
            self.silent -= 1;
        }
    }

    /// A paragraph ends: instructions don't reach beyond, whatever a damaged file says.
    pub fn end_of_paragraph(&mut self) {
        while self.open.last().is_some_and(|f| !f.shows) {
            self.end();
        }
    }

    /// A heading stands here: it is in no table of contents, so none is open.
    pub fn heading(&mut self) {
        if self.open.iter().any(|f| f.is_contents) {
            *self = Self {
                contents: self.contents,
                ..Self::default()
            };
        }
    }

    /// Whether text here is not shown.
    pub fn is_silent(&self) -> bool {
        self.silent > 0
    }
}
