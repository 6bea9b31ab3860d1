//! What ships with the program: the starter codebook, the sample seminar, fonts.

use std::{fs, io, path::Path, sync::OnceLock};

use include_dir::{Dir, include_dir};

use crate::{
    export::{
        page::{FontFiles, PageFonts},
        picture::{Files, Fonts},
    },
    import::codebook,
    model::Label,
};

/// The sans, Inter.
pub static SANS: &[u8] = include_bytes!("../assets/fonts/Inter-Regular.ttf");
/// Its semibold.
pub static SANS_BOLD: &[u8] = include_bytes!("../assets/fonts/Inter-SemiBold.ttf");
/// The serif, Source Serif.
pub static SERIF: &[u8] = include_bytes!("../assets/fonts/SourceSerif4-Regular.ttf");
/// Its italic.
pub static SERIF_ITALIC: &[u8] = include_bytes!("../assets/fonts/SourceSerif4-Italic.ttf");
/// Its semibold.
pub static SERIF_BOLD: &[u8] = include_bytes!("../assets/fonts/SourceSerif4-Semibold.ttf");
/// Its semibold italic.
pub static SERIF_BOLD_ITALIC: &[u8] =
    include_bytes!("../assets/fonts/SourceSerif4-SemiboldItalic.ttf");
/// For Chinese and Japanese, Noto Sans CJK.
pub static CJK: &[u8] = include_bytes!("../assets/fonts/NotoSansCJK-subset.otf");

/// The fonts that pictures are set in, read at the first call.
pub fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let files = Files {
            sans: SANS,
            bold: SANS_BOLD,
            serif: SERIF,
            cjk: CJK,
        };
        // A test reads them.
        Fonts::new(files).unwrap_or_else(|error| unreachable!("a shipped font is broken: {error}"))
    })
}

/// The fonts that pages are set in, read at the first call.
pub fn page_fonts() -> &'static PageFonts {
    static FONTS: OnceLock<PageFonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let files = FontFiles {
            serif: SERIF,
            serif_italic: SERIF_ITALIC,
            serif_bold: SERIF_BOLD,
            serif_bold_italic: SERIF_BOLD_ITALIC,
            sans: SANS,
            sans_bold: SANS_BOLD,
            cjk: CJK,
        };
        // A test reads them.
        PageFonts::new(files)
            .unwrap_or_else(|error| unreachable!("a shipped font is broken: {error}"))
    })
}

/// The sample seminar, a project folder like any other.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/seeds/seminar");

/// Copies the sample seminar into `folder`, which must not be there yet. It appears whole or not at all.
///
/// # Errors
/// When the folder is there or can't be written to.
pub fn install_sample(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "the folder is there already",
        ));
    }
    let beside = folder.with_extension("copying");
    if beside.exists() {
        fs::remove_dir_all(&beside)?;
    }
    fs::create_dir_all(&beside)?;
    SAMPLE.extract(&beside)?;
    fs::rename(beside, folder)
}

/// The starter codebook for alliance theory, parents before their children.
///
/// # Errors
/// Never in a program that passed its tests.
pub fn starter_codebook() -> Result<Vec<Label>, String> {
    codebook::parse(include_str!("../seeds/alliance.ron")).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The constructs that the codebook has to cover, group by group.
    const CONSTRUCTS: &[&str] = &[
        // Why states align
        "balance-of-threat",
        "aggregate-power",
        "geographic-proximity",
        "offensive-capability",
        "offensive-intentions",
        "balance-of-power",
        "external-balancing",
        "internal-balancing",
        "soft-balancing",
        "shared-interests",
        "bandwagoning",
        "expediency",
        // The price of commitment
        "entrapment",
        "abandonment",
        "flexibility",
        "formal-pledge",
        "hedging",
        "buck-passing",
        "self-help-and-cheating",
        // The shape of the order
        "multipolarity",
        "contested-multipolarity",
        "unipolarity-and-hegemony",
        "status-quo-or-revision",
        "regional-hegemony-and-spheres",
        "sovereignty-and-non-interference",
        "liberal-order-and-conditionality",
        // Standing between the two
        "asymmetry",
        "mistrust",
        "demography-and-the-far-east",
        "weight-of-history",
        "trust",
        "status-and-identity",
        "shi",
        "interdependence-with-the-west",
        // Where they cooperate
        "arms-and-exercises",
        "energy",
        "energy-appendage",
        "trade-and-investment",
        "un-and-multilateral-forums",
        "central-asia-and-the-sco",
        "border-settlement",
        // What comes next
        "status-quo",
        "strategic-convergence",
        "strategic-tension",
        "military-political-alliance",
        "confrontation",
        "wedge-strategy",
        // Moves in the argument
        "claim",
        "evidence-or-figure",
        "counter-argument",
        "concession",
        "policy-advice",
        "forecast",
    ];

    fn codebook() -> BTreeMap<String, Label> {
        let labels = starter_codebook().unwrap();
        labels.into_iter().map(|l| (l.id.to_string(), l)).collect()
    }

    #[test]
    fn the_codebook_covers_the_theory() {
        let labels = starter_codebook().unwrap();
        let ids: Vec<&str> = labels.iter().map(|l| l.id.as_str()).collect();
        assert_eq!(ids, CONSTRUCTS);
    }

    #[test]
    fn every_label_says_how_to_use_it() {
        for label in codebook().values() {
            assert!(!label.definition.is_empty(), "{}", label.id);
            assert!(
                !label.when.is_empty() && !label.when_not.is_empty(),
                "{}",
                label.id
            );
            assert!(!label.cues.is_empty(), "{}", label.id);
        }
    }

    #[test]
    fn children_and_contrasts_are_those_of_the_theory() {
        let labels = codebook();
        let parent = |id: &str| labels[id].parent.as_ref().map(|p| p.as_str());
        assert_eq!(parent("geographic-proximity"), Some("balance-of-threat"));
        assert_eq!(parent("internal-balancing"), Some("balance-of-power"));
        assert_eq!(parent("contested-multipolarity"), Some("multipolarity"));
        assert_eq!(parent("weight-of-history"), Some("mistrust"));
        assert_eq!(parent("energy-appendage"), Some("energy"));
        let contrast = |id: &str| labels[id].contrast.as_ref().map(|c| c.as_str());
        assert_eq!(contrast("entrapment"), Some("abandonment"));
        assert_eq!(contrast("trust"), Some("mistrust"));
        assert_eq!(contrast("soft-balancing"), Some("balance-of-power"));
        assert_eq!(contrast("self-help-and-cheating"), Some("trust"));
    }

    #[test]
    fn every_digit_is_taken_once() {
        let mut digits: Vec<u8> = codebook().values().filter_map(|l| l.digit).collect();
        digits.sort_unstable();
        assert_eq!(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
