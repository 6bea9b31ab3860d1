//! Between packets and their saved form.

use super::{
    CiteStyle, Excerpts, Layout, Named, PacketHead, Paper, Pick, Question, Rule, RuleOrder,
    SavedCite, SavedExcerpts, SavedLayout, SavedNote, SavedOrder, SavedPacketHead, SavedPaper,
    SavedPick, SavedQuestion, SavedRule, SavedSection, SavedSide, SavedSubject, Section, Side,
    Subject,
};

/// Two enums whose variants have the same names.
macro_rules! alike {
    ($model:ident, $saved:ident, $($variant:ident),+) => {
        impl From<$model> for $saved {
            fn from(value: $model) -> Self {
                match value {
                    $($model::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$saved> for $model {
            fn from(saved: $saved) -> Self {
                match saved {
                    $($saved::$variant => Self::$variant,)+
                }
            }
        }
    };
}

alike!(CiteStyle, SavedCite, AuthorYear, Note, Numeric);
alike!(Paper, SavedPaper, A4, Letter);
alike!(Side, SavedSide, First, Second);
alike!(RuleOrder, SavedOrder, Place, Year, Stance, Length);

impl From<&PacketHead> for SavedPacketHead {
    fn from(head: &PacketHead) -> Self {
        Self {
            title: head.title.clone(),
            line: head.line.clone(),
            cite: head.cite.into(),
            paper: head.paper.into(),
            order: head.order.iter().cloned().map(Named).collect(),
        }
    }
}

impl From<SavedPacketHead> for PacketHead {
    fn from(saved: SavedPacketHead) -> Self {
        Self {
            title: saved.title,
            line: saved.line,
            cite: saved.cite.into(),
            paper: saved.paper.into(),
            order: saved.order.into_iter().map(|id| id.0).collect(),
        }
    }
}

impl From<&Section> for SavedSection {
    fn from(section: &Section) -> Self {
        Self {
            id: None,
            title: section.title.clone(),
            subject: match &section.subject {
                Subject::Free => SavedSubject::Free,
                Subject::Theory(label) => SavedSubject::Theory(Named(label.clone())),
                Subject::Question => SavedSubject::Question,
            },
            introduction: section.introduction.as_str().into(),
            definitions: section.definitions,
            excerpts: (&section.excerpts).into(),
            layout: match &section.layout {
                Layout::List => SavedLayout::List,
                Layout::Sides(a, b) => SavedLayout::Sides(a.clone(), b.clone()),
                Layout::Authors => SavedLayout::Authors,
                Layout::Map => SavedLayout::Map,
            },
            notes: section.notes,
            claims: section.claims,
            questions: section.questions.iter().map(Into::into).collect(),
            lines: section.lines,
            readings: section.readings,
        }
    }
}

impl From<SavedSection> for Section {
    fn from(saved: SavedSection) -> Self {
        Self {
            title: saved.title,
            subject: match saved.subject {
                SavedSubject::Free => Subject::Free,
                SavedSubject::Theory(label) => Subject::Theory(label.0),
                SavedSubject::Question => Subject::Question,
            },
            introduction: saved.introduction.text(),
            definitions: saved.definitions,
            excerpts: saved.excerpts.into(),
            layout: match saved.layout {
                SavedLayout::List => Layout::List,
                SavedLayout::Sides(a, b) => Layout::Sides(a, b),
                SavedLayout::Authors => Layout::Authors,
                SavedLayout::Map => Layout::Map,
            },
            notes: saved.notes,
            claims: saved.claims,
            questions: saved.questions.into_iter().map(Into::into).collect(),
            lines: saved.lines,
            readings: saved.readings,
        }
    }
}

impl From<&Excerpts> for SavedExcerpts {
    fn from(excerpts: &Excerpts) -> Self {
        match excerpts {
            Excerpts::Chosen(picks) => Self::Chosen(picks.iter().map(Into::into).collect()),
            Excerpts::Ruled(rule) => Self::Ruled(SavedRule {
                query: rule.query.clone(),
                order: rule.order.into(),
                most: rule.most,
            }),
        }
    }
}

impl From<SavedExcerpts> for Excerpts {
    fn from(saved: SavedExcerpts) -> Self {
        match saved {
            SavedExcerpts::Chosen(picks) => {
                Self::Chosen(picks.into_iter().map(Into::into).collect())
            }
            SavedExcerpts::Ruled(rule) => Self::Ruled(Rule {
                query: rule.query,
                order: rule.order.into(),
                most: rule.most,
            }),
        }
    }
}

impl From<&Pick> for SavedPick {
    fn from(pick: &Pick) -> Self {
        Self {
            reading: Named(pick.reading.clone()),
            highlight: Named(pick.highlight),
            side: pick.side.into(),
            quote: String::new(),
        }
    }
}

impl From<SavedPick> for Pick {
    fn from(saved: SavedPick) -> Self {
        Self {
            reading: saved.reading.0,
            highlight: saved.highlight.0,
            side: saved.side.into(),
        }
    }
}

impl From<&Question> for SavedQuestion {
    fn from(question: &Question) -> Self {
        match question {
            Question::Written(text) => Self::Written(text.clone()),
            Question::Note(reading, highlight) => Self::Note(SavedNote {
                reading: Named(reading.clone()),
                highlight: Named(*highlight),
                question: String::new(),
            }),
        }
    }
}

impl From<SavedQuestion> for Question {
    fn from(saved: SavedQuestion) -> Self {
        match saved {
            SavedQuestion::Written(text) => Self::Written(text),
            SavedQuestion::Note(note) => Self::Note(note.reading.0, note.highlight.0),
        }
    }
}
