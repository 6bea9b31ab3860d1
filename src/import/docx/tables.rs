//! Tables and content controls.

use super::body::Body;
use crate::import::{
    Refusal,
    office::xml::{Token, Xml},
};

impl Body<'_> {
    pub(super) fn table(&mut self) {
        // The number of columns follows in its grid; one without is no frame.
        self.at.is_pending = false;
        self.writer.table();
    }

    pub(super) fn grid(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let mut columns = 0;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Some(Token::Open(e)) => match e.name() {
                    ("w", "gridCol") => columns += 1,
                    ("w", "tblGridChange") => drop(xml.skip()?),
                    _ => {}
                },
                Some(_) => {}
                None => break,
            }
        }
        self.writer.columns(columns);
        Ok(())
    }

    pub(super) fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Some(Token::Open(e)) if e.name() == ("w", "del") => {
                    self.counts.deletions += 1;
                    if let Some(deleted) = self.at.deleted_rows.last_mut() {
                        *deleted = true;
                    }
                }
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Content controls show what is in them, but for tables of contents.
    pub(super) fn control(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let outside = xml.depth().saturating_sub(1);
        let mut contents = false;
        while xml.depth() > outside {
            match xml.next()? {
                Some(Token::Open(e)) if e.name() == ("w", "docPartGallery") => {
                    contents = e
                        .get("val")
                        .is_some_and(|v| v.eq_ignore_ascii_case("Table of Contents"));
                }
                Some(_) => {}
                None => break,
            }
        }
        self.counts.contents += usize::from(contents);
        let within = self
            .at
            .controls
            .iter()
            .rev()
            .nth(1)
            .copied()
            .unwrap_or(false);
        if let Some(silent) = self.at.controls.last_mut() {
            *silent = contents || within;
        }
        Ok(())
    }
}
