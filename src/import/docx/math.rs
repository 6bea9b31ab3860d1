//! Formulas in Word's own markup (OMML; ISO/IEC 29500-1, 22.1).

use crate::import::{
    Refusal,
    office::{
        math::Math,
        xml::{Token, Xml},
    },
};

/// Reads the formula that was opened last, as a line of text.
pub fn read(xml: &mut Xml<'_>) -> Result<String, Refusal> {
    let mut math = Math::default();
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            Some(Token::Open(e)) => {
                match e.name() {
                    ("w", "del" | "moveFrom" | "rPr") | ("m", "rPr" | "ctrlPr") => {
                        xml.skip()?;
                        continue;
                    }
                    ("m", name @ ("chr" | "begChr" | "endChr" | "sepChr")) => {
                        math.sign(name, &e.get("val").unwrap_or_default());
                    }
                    _ => {}
                }
                math.open(e.name().1);
            }
            Some(Token::Text(text)) => math.text(&text),
            Some(Token::Close(_)) if xml.depth() > outside => math.close(),
            Some(Token::Close(_)) => {}
            None => break,
        }
    }
    Ok(math.finish())
}
