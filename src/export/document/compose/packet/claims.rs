//! Claims about the theory of a section.

use super::{Section, Sheet};
use crate::{
    export::{
        document::{Block, Inlines, Manner, Part, bold, dim, text},
        packet::{Claim, Resolved},
    },
    model::Reading,
    text::fold_space,
};

/// All claims, reading by reading.
pub(super) fn put<'a>(sheet: &mut Sheet<'a, '_>, out: &mut Section<'_, 'a>) {
    let claims = out.of.printed_claims();
    if claims.is_empty() {
        return;
    }
    out.caption("What the readings make of it");
    for claim in claims {
        one(sheet, out, claim, true);
    }
}

/// The claims about a reading that are printed.
pub(super) fn of<'r, 'a>(
    section: &'r Resolved<'a>,
    reading: &Reading,
) -> impl Iterator<Item = &'r Claim<'a>> {
    let claims = section.printed_claims().iter();
    claims.filter(move |claim| claim.reading.id == reading.id)
}

/// A claim; `named` says which reading it is about.
pub(super) fn one<'a>(
    sheet: &Sheet<'a, '_>,
    out: &mut Section<'_, 'a>,
    claim: &Claim<'a>,
    named: bool,
) {
    let mut line = Inlines::new();
    if named {
        line.push(bold(sheet.citer.names().short(claim.reading)));
        line.push(text(match claim.stance() {
            Some(stance) => format!(" ({stance}): "),
            None => ": ".to_owned(),
        }));
    }
    line.extend(said(sheet, claim, !named));
    let part = Part::Claim(claim.place.clone());
    out.put(part, Block::Text(Manner::Claim, line));
}

/// What a claim says, with its stance before it when asked for, and who says so where several coders do.
pub(super) fn said(sheet: &Sheet<'_, '_>, claim: &Claim<'_>, stance: bool) -> Inlines {
    let mut line = Inlines::new();
    if let Some(stance) = claim.stance().filter(|_| stance) {
        line.push(dim(format!("{stance}: ")));
    }
    line.push(text(fold_space(claim.text)));
    if sheet.signed {
        line.push(dim(format!(" ({})", claim.coder)));
    }
    line
}
