//! The claims that one writes into the comparison of theories: saved as one types, like notes.

use super::Session;
use crate::{
    edit::Edit,
    model::{About, ClaimPlace},
};

/// A claim as it is being written.
pub struct ClaimDraft {
    /// Where it stands.
    pub place: ClaimPlace,
    /// The text so far.
    pub text: String,
    /// When it was last changed, in seconds of the window's clock; `None` when it is saved.
    pub touched: Option<f64>,
}

impl Session {
    /// The coder's own claim in a cell, as far as it is written.
    pub fn claim(&self, place: &ClaimPlace) -> &str {
        match &self.claim {
            Some(draft) if draft.place == *place => &draft.text,
            _ => self.saved_claim(place),
        }
    }

    fn saved_claim(&self, place: &ClaimPlace) -> &str {
        let notebook = self.project().notebooks().get(self.coder());
        let claim = notebook.and_then(|n| n.get(&About::Claim(place.clone())));
        claim.unwrap_or_default()
    }

    /// Takes what was typed in a cell. A claim that was being written elsewhere is saved first.
    pub fn write_claim(
        &mut self,
        place: &ClaimPlace,
        text: String,
        now: f64,
    ) -> Result<(), String> {
        if self
            .claim
            .as_ref()
            .is_some_and(|draft| draft.place != *place)
        {
            self.commit_claim()?;
        }
        self.claim = Some(ClaimDraft {
            place: place.clone(),
            text,
            touched: Some(now),
        });
        Ok(())
    }

    /// Writes the claim draft into the coder's notebook when it differs; an empty one is taken out.
    pub fn commit_claim(&mut self) -> Result<(), String> {
        let Some(draft) = self.claim.as_mut().filter(|draft| draft.touched.is_some()) else {
            return Ok(());
        };
        draft.touched = None;
        let (place, text) = (draft.place.clone(), draft.text.trim_end().to_owned());
        if self.saved_claim(&place) == text {
            return Ok(());
        }
        let text = (!text.trim().is_empty()).then_some(text);
        let edit = Edit::Jot(self.coder().clone(), About::Claim(place), text);
        self.perform(edit)
    }
}
