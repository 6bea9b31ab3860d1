//! A page's letters set upright and made whole: turned pages, ligatures, accents set apart from their letters, letters
//! printed twice.

use std::collections::HashMap;

use hayro_font::kurbo::Point;
use unicode_normalization::{UnicodeNormalization, char::compose};

use super::content::Glyph;

/// How near the same letter must stand to be one that is printed twice, in ems.
const TWICE: f64 = 0.12;
/// How many letters in another direction are text of their own, and not stamps and labels.
const TURNED: usize = 300;

/// A letter of a page whose lines run from left to right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) letter: char,
    /// Where it starts and ends; points.
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Where its baseline is, from the top down.
    pub(super) base: f64,
    /// The height of its type.
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) mono: bool,
}

/// A page's letters by the direction of their lines, the main one first.
#[derive(Debug, Default)]
pub(super) struct Upright {
    /// Letters in the order in which they are drawn. Only the first is sure to be text: others are long enough.
    pub(super) flows: Vec<Vec<Mark>>,
    /// How many letters were left out: turned by a few degrees as stamps are, or few in a direction of their own.
    pub(super) left_out: usize,
}

/// Sets letters upright.
pub(super) fn upright(glyphs: &[Glyph]) -> Upright {
    // Right, down, left, up.
    let mut flows: [Vec<Mark>; 4] = Default::default();
    let mut left_out = 0;
    let mut before = Some(0);
    for glyph in glyphs {
        let quarter = quarter(glyph.along, glyph.size).unwrap_or(before);
        before = quarter;
        match quarter {
            Some(quarter) => flows[quarter].push(mark(glyph, quarter)),
            None if glyph.letter.is_whitespace() => {}
            None => left_out += 1,
        }
    }
    let inked = |flow: &Vec<Mark>| flow.iter().filter(|m| !m.letter.is_whitespace()).count();
    let mut counted: Vec<(usize, Vec<Mark>)> = flows.into_iter().map(|f| (inked(&f), f)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mut out = Upright::default();
    for (i, (count, flow)) in counted.into_iter().enumerate() {
        if i == 0 || count >= TURNED {
            out.flows.push(whole(once(flow)));
        } else {
            left_out += count;
        }
    }
    out.left_out = left_out;
    out
}

/// Which way a glyph runs, in quarters clockwise; `None` inside for askew, outside for glyphs that don't say.
fn quarter((dx, dy): (f64, f64), size: f64) -> Option<Option<usize>> {
    if dx.abs().max(dy.abs()) < size * 0.01 {
        return None;
    }
    let straight = dx.abs().min(dy.abs()) < dx.abs().max(dy.abs()) * 0.05;
    Some(straight.then(|| match () {
        () if dx.abs() > dy.abs() => usize::from(dx < 0.0) * 2,
        () => 1 + usize::from(dy < 0.0) * 2,
    }))
}

fn mark(glyph: &Glyph, quarter: usize) -> Mark {
    let turn = |p: Point| match quarter {
        0 => (p.x, p.y),
        1 => (p.y, -p.x),
        2 => (-p.x, -p.y),
        _ => (-p.y, p.x),
    };
    let (x0, base) = turn(glyph.at);
    let (x1, _) = turn(Point::new(
        glyph.at.x + glyph.along.0,
        glyph.at.y + glyph.along.1,
    ));
    Mark {
        letter: plain(glyph.letter),
        x0: x0.min(x1),
        x1: x0.max(x1),
        base,
        size: glyph.size,
        bold: glyph.bold,
        italic: glyph.italic,
        mono: glyph.mono,
    }
}

/// What a letter is in running text: white space is a space, signs of symbol fonts are what they look like.
fn plain(letter: char) -> char {
    match letter {
        '\u{F0B7}' | '\u{F09F}' => '•',
        '\u{F0A7}' => '▪',
        '\u{F0D8}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F02D}' | '\u{F0BE}' => '–',
        '\u{F020}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{AD}' => '\u{AD}',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Leaves out letters that are printed twice, a little apart, to look bold.
fn once(marks: Vec<Mark>) -> Vec<Mark> {
    const CELL: f64 = 4.0;
    let mut seen: HashMap<(char, i64, i64), usize> = HashMap::new();
    let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        if mark.letter == ' ' {
            out.push(mark);
            continue;
        }
        let near = (mark.size * TWICE).min(CELL / 2.0);
        let cell = |v: f64| (v / CELL).floor() as i64;
        let twin = [mark.x0 - near, mark.x0 + near]
            .into_iter()
            .flat_map(|x| {
                [mark.base - near, mark.base + near].map(|y| (mark.letter, cell(x), cell(y)))
            })
            .filter_map(|key| seen.get(&key).copied())
            .find(|&i| {
                let other = &out[i];
                let apart = (other.x0 - mark.x0)
                    .abs()
                    .max((other.base - mark.base).abs());
                apart < near && (other.size - mark.size).abs() < mark.size * 0.1
            });
        if let Some(twin) = twin {
            out[twin].bold |= (out[twin].x0 - mark.x0).abs() > mark.size * 0.005;
            continue;
        }
        seen.insert((mark.letter, cell(mark.x0), cell(mark.base)), out.len());
        out.push(mark);
    }
    out
}

/// Takes ligatures apart, and puts accents that are drawn over a letter together with it.
fn whole(marks: Vec<Mark>) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
    let mut pending: Option<(char, Mark)> = None;
    for mark in marks {
        if let Some((accent, drawn)) = pending.take() {
            if covers(&mark, &drawn)
                && let Some(letter) = accented(mark.letter, accent)
            {
                out.push(Mark { letter, ..mark });
                continue;
            }
            out.push(drawn);
        }
        let Some(accent) = combining(mark.letter) else {
            apart(mark, &mut out);
            continue;
        };
        match out.last_mut() {
            Some(last) if covers(last, &mark) && last.letter.is_alphabetic() => {
                match accented(last.letter, accent) {
                    Some(letter) => last.letter = letter,
                    None => out.push(Mark {
                        letter: accent,
                        ..mark
                    }),
                }
            }
            _ => pending = Some((accent, mark)),
        }
    }
    out.extend(pending.map(|(_, drawn)| drawn));
    out
}

/// Whether an accent is drawn over a letter.
fn covers(letter: &Mark, accent: &Mark) -> bool {
    let middle = |m: &Mark| (m.x0 + m.x1) / 2.0;
    let at = if accent.x1 - accent.x0 < accent.size * 0.02 {
        // Without width: it follows the letter it belongs to.
        accent.x0.clamp(letter.x0, letter.x1 + letter.size * 0.1)
    } else {
        middle(accent)
    };
    letter.letter.is_alphabetic()
        && (at - middle(letter)).abs() < (letter.x1 - letter.x0) * 0.5 + letter.size * 0.02
        && (accent.base - letter.base).abs() < letter.size * 0.5
}

/// A letter with an accent, as one character.
fn accented(letter: char, accent: char) -> Option<char> {
    let letter = match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    };
    compose(letter, accent)
}

/// The combining form of an accent that stands alone.
fn combining(letter: char) -> Option<char> {
    Some(match letter {
        '´' | 'ˊ' => '\u{301}',
        '`' | 'ˋ' => '\u{300}',
        '¨' => '\u{308}',
        'ˆ' | '^' => '\u{302}',
        '˜' | '~' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '˚' => '\u{30A}',
        '¸' => '\u{327}',
        '˝' => '\u{30B}',
        '˛' => '\u{328}',
        'ˇ' => '\u{30C}',
        '\u{300}'..='\u{36F}' => letter,
        _ => return None,
    })
}

/// The letters of a ligature or another form made for typesetting, each with its part of the width.
fn apart(mark: Mark, out: &mut Vec<Mark>) {
    let letters: Vec<char> = match mark.letter {
        '\u{FB00}'..='\u{FB4F}' | '\u{FE70}'..='\u{FEFC}' | '\u{F900}'..='\u{FAFF}' => {
            mark.letter.nfkc().collect()
        }
        '\u{2F00}'..='\u{2FDF}' => mark.letter.nfkc().collect(),
        c if c.is_control() => return,
        c => vec![c],
    };
    let part = (mark.x1 - mark.x0) / letters.len().max(1) as f64;
    out.extend(letters.into_iter().enumerate().map(|(i, letter)| Mark {
        letter,
        x0: mark.x0 + part * i as f64,
        x1: mark.x0 + part * (i + 1) as f64,
        ..mark
    }));
}
