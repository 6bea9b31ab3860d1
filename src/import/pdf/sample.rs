//! Small PDFs for the tests: pages of uncompressed content, in fonts whose letters are all half an em wide.

use std::fmt::Write;

/// A PDF being written.
#[derive(Default)]
pub(super) struct Sample {
    pages: Vec<String>,
    objects: Vec<String>,
    /// What the catalogue says besides its pages.
    pub(super) catalog: String,
    /// The entries of the information dictionary.
    pub(super) info: String,
}

/// The width and height of a page, in points.
pub(super) const WIDTH: f64 = 400.0;
pub(super) const HEIGHT: f64 = 600.0;

/// What the fonts are called in content: upright, bold, italic, and one whose codes a, b, c stand for ﬁ, ж and 勢.
const FONTS: &[(&str, &str, &str)] = &[
    ("F", "Times-Roman", ""),
    ("B", "Times-Bold", ""),
    ("I", "Times-Italic", ""),
    ("U", "Times-Roman", "/ToUnicode 3 0 R"),
];
const LETTERS: &str = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 3 beginbfchar <61> <FB01> <62> <0436> <63> <52E2> endbfchar endcmap";

impl Sample {
    /// Adds a page.
    pub(super) fn page(&mut self, content: impl Into<String>) -> &mut Self {
        self.pages.push(content.into());
        self
    }

    /// Adds an object and gives its number; the first is 10.
    pub(super) fn object(&mut self, object: impl Into<String>) -> usize {
        self.objects.push(object.into());
        9 + self.objects.len()
    }

    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let widths = vec!["500"; 224].join(" ");
        let mut fonts = String::new();
        for (name, base, more) in FONTS {
            let _ = write!(
                fonts,
                "/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [{widths}] {more} >> "
            );
        }
        let first = 10 + self.objects.len();
        let kids: Vec<String> = (0..self.pages.len())
            .map(|i| format!("{} 0 R", first + i * 2))
            .collect();
        let forms: Vec<String> = (10..first).map(|i| format!("/X{i} {i} 0 R")).collect();
        let mut objects = vec![
            (
                1,
                format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog),
            ),
            (
                2,
                format!(
                    "<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << {fonts} >> /XObject << {} >> >> >>",
                    kids.join(" "),
                    self.pages.len(),
                    forms.join(" ")
                ),
            ),
            (3, stream("", LETTERS)),
            (4, format!("<< {} >>", self.info)),
        ];
        objects.extend(
            self.objects
                .iter()
                .enumerate()
                .map(|(i, o)| (10 + i, o.clone())),
        );
        for (i, content) in self.pages.iter().enumerate() {
            let number = first + i * 2;
            objects.push((
                number,
                format!(
                    "<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>",
                    number + 1
                ),
            ));
            objects.push((number + 1, stream("", content)));
        }
        let mut out = String::from("%PDF-1.4\n");
        let mut places = vec![None; first + self.pages.len() * 2];
        for (number, object) in objects {
            places[number] = Some(out.len());
            let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
        }
        let start = out.len();
        let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len());
        for place in &places[1..] {
            let _ = match place {
                Some(at) => writeln!(out, "{at:010} 00000 n "),
                None => writeln!(out, "0000000000 00000 f "),
            };
        }
        let _ = write!(
            out,
            "trailer << /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n",
            places.len()
        );
        out.chars()
            .map(|c| u8::try_from(c).unwrap_or(b'?'))
            .collect()
    }
}

/// A stream object.
pub(super) fn stream(dict: &str, data: &str) -> String {
    format!(
        "<< {dict} /Length {} >>\nstream\n{data}\nendstream",
        data.len()
    )
}

/// Words at a place, from the page's top left corner down to their baseline.
pub(super) fn words(font: &str, size: f64, x: f64, y: f64, text: &str) -> String {
    spaced(font, size, x, y, text, 0.0)
}

fn spaced(font: &str, size: f64, x: f64, y: f64, text: &str, space: f64) -> String {
    let text = text
        .replace('\\', "\\\\")
        .replace('(', "\\(")
        .replace(')', "\\)");
    format!(
        "BT /{font} {size} Tf {space} Tw {x} {} Td ({text}) Tj ET\n",
        HEIGHT - y
    )
}

/// A paragraph set in lines of one width, the first set in; and where the next line would be.
pub(super) fn paragraph(
    text: &str,
    size: f64,
    x: f64,
    y: f64,
    width: f64,
    indent: f64,
) -> (String, f64) {
    let mut lines: Vec<String> = vec![String::new()];
    let room = |n: usize| width - if n == 1 { indent } else { 0.0 };
    for word in text.split(' ') {
        let count = lines.len();
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && (line.len() + 1 + word.len()) as f64 * size / 2.0 > room(count) {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let mut out = String::new();
    let mut y = y;
    let count = lines.len();
    for (i, line) in lines.iter().enumerate() {
        let (x, width) = if i == 0 {
            (x + indent, width - indent)
        } else {
            (x, width)
        };
        let spaces = line.matches(' ').count().max(1) as f64;
        let space = if i + 1 == count {
            0.0
        } else {
            (width - line.len() as f64 * size / 2.0) / spaces
        };
        out += &spaced("F", size, x, y, line, space);
        y += size * 1.2;
    }
    (out, y)
}
