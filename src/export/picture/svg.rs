//! Pictures as SVG.

use std::fmt::Write;

use super::{Anchor, Face, Picture, Shape, Words};
use crate::model::Color;

/// The families, the shipped one first: who has it not gets one that is no wider.
const SANS: &str = "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";
const SERIF: &str = "'Source Serif 4 SmText', 'Source Serif 4', 'Source Serif Pro', Georgia, 'Times New Roman', 'Noto Serif', 'Noto Sans CJK SC', serif";

/// Writes a picture.
pub(super) fn write(picture: &Picture) -> String {
    let (w, h) = (number(picture.width), number(picture.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{w}pt\" height=\"{h}pt\" viewBox=\"0 0 {w} {h}\">\n"
    );
    if !picture.title.is_empty() {
        let _ = writeln!(out, "<title>{}</title>", escaped(&picture.title));
    }
    let ground = picture.ground;
    let _ = writeln!(
        out,
        "<rect width=\"{w}\" height=\"{h}\" fill=\"{ground}\"/>"
    );
    for shape in &picture.shapes {
        write_shape(&mut out, shape);
    }
    out.push_str("</svg>\n");
    out
}

fn write_shape(out: &mut String, shape: &Shape) {
    // Writing into a string does not fail.
    let _ = match shape {
        Shape::Tile {
            area,
            radius,
            fill,
            line,
        } => {
            let radius = match *radius > 0.0 {
                true => format!(" rx=\"{}\"", number(*radius)),
                false => String::new(),
            };
            writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{radius}{}{}/>",
                number(area.x),
                number(area.y),
                number(area.width),
                number(area.height),
                filled(*fill),
                lined(*line)
            )
        }
        Shape::Line {
            from,
            to,
            color,
            width,
        } => writeln!(
            out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{}/>",
            number(from.0),
            number(from.1),
            number(to.0),
            number(to.1),
            lined(Some((*color, *width)))
        ),
        Shape::Bow {
            from,
            to,
            reach,
            color,
            width,
        } => {
            let half = (to.1 - from.1).abs() / 2.0;
            writeln!(
                out,
                "<path d=\"M{} {}A{} {} 0 0 1 {} {}\" fill=\"none\" stroke-linecap=\"round\"{}/>",
                number(from.0),
                number(from.1),
                number(*reach),
                number(half),
                number(to.0),
                number(to.1),
                lined(Some((*color, *width))),
            )
        }
        Shape::Dot { at, radius, fill } => writeln!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
            number(at.0),
            number(at.1),
            number(*radius),
            filled(Some(*fill))
        ),
        Shape::Words(words) => write_words(out, words),
    };
}

fn write_words(out: &mut String, words: &Words) -> std::fmt::Result {
    let anchor = match words.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let (family, weight) = match words.face {
        Face::Sans => (SANS, ""),
        Face::Bold => (SANS, " font-weight=\"600\""),
        Face::Serif => (SERIF, ""),
    };
    let (x, y) = (number(words.at.0), number(words.at.1));
    let turn = match words.turn {
        0.0 => String::new(),
        turn => format!(" transform=\"rotate({} {x} {y})\"", number(turn)),
    };
    writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" font-family=\"{family}\" font-size=\"{}\"{weight}{anchor} fill=\"{}\"{turn}>{}</text>",
        number(words.size),
        words.color,
        escaped(&words.text)
    )
}

fn filled(fill: Option<Color>) -> String {
    match fill {
        Some(color) => format!(" fill=\"{color}\""),
        None => " fill=\"none\"".to_owned(),
    }
}

fn lined(line: Option<(Color, f32)>) -> String {
    line.map_or_else(String::new, |(color, width)| {
        format!(" stroke=\"{color}\" stroke-width=\"{}\"", number(width))
    })
}

/// A number with at most two decimals.
fn number(n: f32) -> String {
    let text = format!("{n:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" | "" => "0".to_owned(),
        text => text.to_owned(),
    }
}

/// Text for XML: what has a meaning there is escaped, what XML 1.0 can't hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
