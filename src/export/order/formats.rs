//! Which formats fit what, and what they are called.

use super::{Format, Kind};

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Excerpts,
        Self::Annotated,
        Self::Packet,
        Self::Codebook,
    ];

    /// The formats that can hold it, in the order in which they are offered.
    pub const fn formats(self) -> &'static [Format] {
        use Format::{Brat, Csv, Docx, Html, JsonLd, Jsonl, Markdown, Pdf, Qdc, Ron, Tsv, Xlsx};
        match self {
            Self::Excerpts => &[
                Markdown, Html, Docx, Pdf, Xlsx, Csv, Tsv, Ron, JsonLd, Jsonl, Brat,
            ],
            Self::Annotated => &[Markdown, Html, Docx, Pdf],
            Self::Packet => &[Markdown, Html, Docx, Pdf, Ron],
            Self::Codebook => &[Markdown, Html, Docx, Pdf, Xlsx, Csv, Tsv, Ron, Qdc],
        }
    }

    /// What it is called on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Excerpts => "excerpts",
            Self::Annotated => "annotated",
            Self::Packet => "packet",
            Self::Codebook => "codebook",
        }
    }

    /// What people call it, as it follows “an export of”.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Excerpts => "excerpts",
            Self::Annotated => "annotated readings",
            Self::Packet => "a packet",
            Self::Codebook => "the codebook",
        }
    }

    /// Says that a format can't hold it, and which can.
    pub fn refusal(self, format: Format) -> String {
        let fits: Vec<&str> = self.formats().iter().map(|f| f.name()).collect();
        let (last, others) = fits.split_last().unwrap_or((&"", &[]));
        let what = match self {
            Self::Excerpts => "Excerpts",
            Self::Annotated => "Annotated readings",
            Self::Packet => "Packets",
            Self::Codebook => "Codebooks",
        };
        format!(
            "{what} can’t be written as {}, only as {} or {last}.",
            format.name(),
            others.join(", ")
        )
    }
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::Pdf,
        Self::Xlsx,
        Self::Csv,
        Self::Tsv,
        Self::Ron,
        Self::JsonLd,
        Self::Jsonl,
        Self::Brat,
        Self::Qdc,
    ];

    /// Whether it can hold that.
    pub fn fits(self, kind: Kind) -> bool {
        kind.formats().contains(&self)
    }

    /// What it is called on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Ron => "ron",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::JsonLd => "jsonld",
            Self::Jsonl => "jsonl",
            Self::Brat => "brat",
            Self::Qdc => "qdc",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Ron => "RON",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Pdf => "PDF",
            Self::Xlsx => "XLSX",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::JsonLd => "JSON-LD",
            Self::Jsonl => "JSONL",
            Self::Brat => "brat",
            Self::Qdc => "QDC",
        }
    }

    /// What it is for, in a few words.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Markdown => "for notes programs and pandoc",
            Self::Ron => "everything, to be imported again",
            Self::Html => "a page for any browser",
            Self::Docx => "for Word and LibreOffice",
            Self::Pdf => "to print and hand out",
            Self::Xlsx => "for Excel",
            Self::Csv => "for spreadsheets, R and Python",
            Self::Tsv => "to be pasted into a sheet",
            Self::JsonLd => "W3C Web Annotation",
            Self::Jsonl => "for doccano",
            Self::Brat => "standoff files in a ZIP",
            Self::Qdc => "for NVivo, ATLAS.ti and MAXQDA",
        }
    }

    /// The ending of its files, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::JsonLd => "jsonld",
            Self::Brat => "zip",
            other => other.word(),
        }
    }

    /// The format whose files end so (upper case counts as lower case).
    pub fn of_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        match ending.as_str() {
            "markdown" => Some(Self::Markdown),
            "htm" => Some(Self::Html),
            "tab" => Some(Self::Tsv),
            "json" => Some(Self::JsonLd),
            "ndjson" => Some(Self::Jsonl),
            ending => Self::ALL.into_iter().find(|f| f.ending() == ending),
        }
    }

    /// Whether its files are no text: nothing for a terminal.
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Docx | Self::Pdf | Self::Xlsx | Self::Brat)
    }

    /// Whether it is a document, made of [`crate::export::document::Block`]s.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::Docx | Self::Pdf)
    }

    /// Whether it is a table.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Xlsx | Self::Csv | Self::Tsv)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_names_its_format() {
        for format in Format::ALL {
            assert_eq!(Format::of_ending(format.ending()), Some(format));
            let upper = format.ending().to_uppercase();
            assert_eq!(Format::of_ending(&upper), Some(format));
        }
        assert_eq!(Format::of_ending("txt"), None);
    }

    #[test]
    fn a_refusal_names_what_fits() {
        assert_eq!(
            Kind::Annotated.refusal(Format::Csv),
            "Annotated readings can’t be written as CSV, only as Markdown, HTML, DOCX or PDF."
        );
    }

    #[test]
    fn the_readme_has_the_same_table() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(file).unwrap();
        for format in Format::ALL {
            let cells = Kind::ALL.map(|kind| if format.fits(kind) { " × |" } else { " |" });
            let row = format!("| {} |{}", format.name(), cells.concat());
            assert!(readme.contains(&row), "the README has no row {row}");
        }
    }

    #[test]
    fn each_format_holds_something() {
        for format in Format::ALL {
            assert!(Kind::ALL.into_iter().any(|kind| format.fits(kind)));
        }
    }
}
