//! The order in which the standard has elements stand in each other (ECMA-376-1, transitional `wml.xsd`). Word reads nothing else.

use proptest::prelude::*;

use super::{Node, file, made, parts};
use crate::export::order::Glosses;

/// For each element that prescribes an order, what may stand in it, in that order.
const ORDERS: [(&str, &str); 13] = [
    (
        "w:pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
         suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd \
         snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment \
         textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "w:rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish \
         webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang \
         eastAsianLayout specVanish oMath",
    ),
    ("w:numPr", "ilvl numId"),
    ("w:pBdr", "top left bottom right between bar"),
    (
        "w:tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd \
         tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    ),
    ("w:tblCellMar", "top left start bottom right end"),
    ("w:tcMar", "top left start bottom right end"),
    (
        "w:tcPr",
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    ),
    ("w:tbl", "tblPr tblGrid tr"),
    (
        "w:sectPr",
        "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols \
         formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    ),
    (
        "w:style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal \
         personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    (
        "w:lvl",
        "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    ),
    (
        "w:settings",
        "zoom defaultTabStop characterSpacingControl footnotePr endnotePr compat docVars rsids themeFontLang \
         clrSchemeMapping decimalSymbol listSeparator",
    ),
];

/// Where a child of `element` stands out of order, if it does.
fn out_of_order(element: &Node) -> Option<String> {
    let (_, order) = ORDERS.iter().find(|(name, _)| *name == element.name)?;
    let mut last = 0;
    for child in &element.children {
        let name = child.name.trim_start_matches("w:");
        let place = order
            .split_whitespace()
            .position(|p| p.split('|').any(|p| p == name));
        match place {
            Some(place) if place >= last => last = place,
            _ => return Some(format!("{} in {}", child.name, element.name)),
        }
    }
    None
}

#[test]
fn what_is_out_of_order_is_found() {
    let wrong = |xml: &str| out_of_order(&Node::read(xml)).is_some();
    assert!(!wrong("<w:pPr><w:pStyle/><w:numPr/><w:ind/></w:pPr>"));
    assert!(wrong("<w:pPr><w:numPr/><w:pStyle/></w:pPr>"));
    assert!(wrong("<w:rPr><w:nothing/></w:rPr>"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn all_stands_in_the_order_of_the_standard(items in made::items(), footnotes in any::<bool>()) {
        let glosses = if footnotes { Glosses::Footnotes } else { Glosses::Comments };
        for (name, text) in parts(&file(&items, &made::head(), glosses)) {
            let root = Node::read(&text);
            let wrong: Vec<String> = root.all().into_iter().filter_map(out_of_order).collect();
            prop_assert!(wrong.is_empty(), "{name}: {wrong:?}");
        }
    }
}
