//! Codebook files: the labels of an annotated export, read strictly, since a whole project will stand on them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{
    export::ron::{Annotated, ExportedError, LabelRecord},
    model::{BadId, Color, Label, LabelId, PALETTE, slug},
};

/// Why a file could not be taken for a codebook.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each is named after what it says")]
pub enum CodebookError {
    Unreadable(ExportedError),
    NoLabels,
    NoName(String),
    Bad { label: String, what: BadId },
    BadDigit { label: String, digit: u8 },
    Twice(String),
    Missing { label: String, other: String },
    Loop(String),
}

impl fmt::Display for CodebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "{error}"),
            Self::NoLabels => f.write_str("it holds no labels"),
            Self::NoName(id) => write!(f, "the label “{id}” has no name"),
            Self::Bad { label, what } => write!(f, "in the label “{label}”, {what}"),
            Self::BadDigit { label, digit } => {
                write!(
                    f,
                    "the label “{label}” has the digit {digit}; digits are 1 to 9"
                )
            }
            Self::Twice(what) => write!(f, "“{what}” stands for two labels"),
            Self::Missing { label, other } => {
                write!(f, "the label “{label}” names “{other}”, which is not there")
            }
            Self::Loop(label) => write!(f, "the label “{label}” lies under itself"),
        }
    }
}

impl std::error::Error for CodebookError {}

/// Reads the labels of a RON file with a field `labels`: a codebook, or any annotated export. Ids may be left out (they are made
/// from the names), colours too (taken from the palette), and positions (the order of the file).
///
/// # Errors
/// Says where the RON is wrong, or which label is: without a name, twice, or naming one that is not there.
pub fn parse(ron: &str) -> Result<Vec<Label>, CodebookError> {
    let annotated = Annotated::parse(ron).map_err(CodebookError::Unreadable)?;
    if annotated.labels.is_empty() {
        return Err(CodebookError::NoLabels);
    }
    let labels = annotated
        .labels
        .into_iter()
        .enumerate()
        .map(|(i, record)| label(i, record))
        .collect::<Result<Vec<_>, _>>()?;
    check(&labels)?;
    Ok(labels)
}

fn label(index: usize, record: LabelRecord) -> Result<Label, CodebookError> {
    let name = record.name.trim().to_owned();
    if name.is_empty() {
        return Err(CodebookError::NoName(record.id));
    }
    let bad = |what| CodebookError::Bad {
        label: name.clone(),
        what,
    };
    let id = match record.id.as_str() {
        "" => slug(&name),
        id => id.to_owned(),
    };
    let link = |id: Option<String>| id.map(|id| LabelId::new(&id)).transpose();
    let color = match record.color {
        Some(color) => color.parse::<Color>().map_err(bad)?,
        None => PALETTE[index % PALETTE.len()],
    };
    let mut label = Label::new(LabelId::new(&id).map_err(bad)?, name.as_str(), color);
    label.parent = link(record.parent).map_err(bad)?;
    label.contrast = link(record.contrast).map_err(bad)?;
    label.definition = record.definition;
    label.when = record.when;
    label.when_not = record.when_not;
    label.source = record.source;
    label.cues = record.cues;
    label.position = record.position.unwrap_or(index as f64);
    label.digit = record.digit;
    match label.digit {
        Some(digit) if !(1..=9).contains(&digit) => {
            Err(CodebookError::BadDigit { label: name, digit })
        }
        _ => Ok(label),
    }
}

/// Ids, names and digits once each; parents and contrasts there; no label under itself.
fn check(labels: &[Label]) -> Result<(), CodebookError> {
    let mut seen = BTreeSet::new();
    let digit = |l: &Label| l.digit.map(|d| format!("the digit {d}"));
    let marks = labels.iter().flat_map(|l| {
        [
            Some(format!("id {}", l.id)),
            Some(format!("name {}", l.name.to_lowercase())),
            digit(l),
        ]
    });
    for mark in marks.flatten() {
        if !seen.insert(mark.clone()) {
            let bare = mark.strip_prefix("id ").or(mark.strip_prefix("name "));
            return Err(CodebookError::Twice(bare.unwrap_or(&mark).to_owned()));
        }
    }
    let parents: BTreeMap<&LabelId, Option<&LabelId>> =
        labels.iter().map(|l| (&l.id, l.parent.as_ref())).collect();
    for label in labels {
        for other in label.parent.iter().chain(&label.contrast) {
            if !parents.contains_key(other) {
                return Err(CodebookError::Missing {
                    label: label.name.clone(),
                    other: other.to_string(),
                });
            }
        }
        let mut at = label.parent.as_ref();
        for _ in 0..=labels.len() {
            at = at.and_then(|id| parents.get(id).copied().flatten());
        }
        if at.is_some() {
            return Err(CodebookError::Loop(label.name.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(list: &str) -> Result<Vec<Label>, String> {
        parse(&format!("(version: 1, labels: [{list}])")).map_err(|e| e.to_string())
    }

    fn wrong(list: &str, expected: &str) {
        assert_eq!(labels(list).unwrap_err(), expected);
    }

    #[test]
    fn a_list_of_names_is_a_codebook() {
        let found = labels(r#"(name: "Trust"), (name: "Blame game", parent: "trust")"#).unwrap();
        assert_eq!(found[1].id.as_str(), "blame-game");
        assert_eq!(found[1].parent.as_ref(), Some(&found[0].id));
        assert_eq!((found[0].position, found[1].position), (0.0, 1.0));
        assert_ne!(found[0].color, found[1].color);
    }

    #[test]
    fn what_is_wrong_is_said() {
        wrong("", "it holds no labels");
        wrong(r#"(id: "a")"#, "the label “a” has no name");
        wrong(
            r#"(name: "A"), (name: "a", id: "b")"#,
            "“a” stands for two labels",
        );
        wrong(
            r#"(name: "A", digit: 1), (name: "B", digit: 1)"#,
            "“the digit 1” stands for two labels",
        );
        wrong(
            r#"(name: "A", digit: 0)"#,
            "the label “A” has the digit 0; digits are 1 to 9",
        );
        wrong(
            r#"(name: "A", parent: "b")"#,
            "the label “A” names “b”, which is not there",
        );
        wrong(
            r#"(name: "A", parent: "b"), (name: "B", parent: "a")"#,
            "the label “A” lies under itself",
        );
        assert!(labels(r#"(name: "A", color: "red")"#).is_err());
        assert!(labels("(").unwrap_err().starts_with("line 1, column"));
    }
}
