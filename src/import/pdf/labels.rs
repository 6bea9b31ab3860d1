//! What a PDF calls its pages: the number tree `/PageLabels` of its catalogue (ISO 32000-1, 12.4.2).

use hayro_syntax::object::{self, Array, Dict, Name, Object};

use super::{furniture::written, strings};

/// How deep the tree may be, and how many ranges it may have.
const MAX_DEPTH: usize = 16;
const MAX_RANGES: usize = 10_000;

/// A range of pages that count on.
#[derive(Clone, Debug, Default, PartialEq)]
struct Range {
    first: usize,
    style: u8,
    prefix: String,
    start: i64,
}

/// The labels of `pages` pages; `None` when the file gives none, or none that says more than the page's place.
pub(super) fn labels(catalog: &Dict<'_>, pages: usize) -> Option<Vec<String>> {
    let tree = catalog.get::<Dict<'_>>("PageLabels")?;
    let mut ranges = Vec::new();
    read(&tree, 0, &mut ranges);
    ranges.sort_by_key(|r| r.first);
    let labels: Vec<String> = (0..pages)
        .map(|page| label(&ranges, page))
        .collect::<Option<_>>()?;
    let plain = labels
        .iter()
        .enumerate()
        .all(|(i, label)| *label == (i + 1).to_string());
    let said = labels.iter().all(|l| !l.trim().is_empty());
    (said && !plain).then_some(labels)
}

fn read(node: &Dict<'_>, depth: usize, ranges: &mut Vec<Range>) {
    if depth > MAX_DEPTH || ranges.len() > MAX_RANGES {
        return;
    }
    if let Some(nums) = node.get::<Array<'_>>("Nums") {
        let items: Vec<Object<'_>> = nums.iter::<Object<'_>>().take(MAX_RANGES * 2).collect();
        for pair in items.chunks_exact(2) {
            let [Object::Number(first), Object::Dict(dict)] = pair else {
                continue;
            };
            let Ok(first) = usize::try_from(first.as_i64()) else {
                continue;
            };
            ranges.push(Range {
                first,
                style: dict
                    .get::<Name<'_>>("S")
                    .and_then(|n| n.first().copied())
                    .unwrap_or(0),
                prefix: dict
                    .get::<object::String<'_>>("P")
                    .map(|p| {
                        strings::decode(p.as_bytes())
                            .chars()
                            .filter(|c| !c.is_control())
                            .take(64)
                            .collect()
                    })
                    .unwrap_or_default(),
                start: dict.get::<i32>("St").unwrap_or(1).max(1).into(),
            });
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids") {
        for kid in kids.iter::<Dict<'_>>().take(MAX_RANGES) {
            read(&kid, depth + 1, ranges);
        }
    }
}

fn label(ranges: &[Range], page: usize) -> Option<String> {
    let range = ranges.iter().rfind(|r| r.first <= page)?;
    let number = range.start + (page - range.first) as i64;
    let letters = |from: char| {
        let letter = char::from_u32(u32::from(from) + ((number - 1) % 26) as u32).unwrap_or(from);
        let times = ((number - 1) / 26 + 1).min(8) as usize;
        letter.to_string().repeat(times)
    };
    let number = match range.style {
        b'D' => number.to_string(),
        b'r' => written(number),
        b'R' => written(number).to_uppercase(),
        b'a' => letters('a'),
        b'A' => letters('A'),
        _ => String::new(),
    };
    Some(range.prefix.clone() + &number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_on_in_their_style() {
        let range = |first, style, prefix: &str, start| Range {
            first,
            style,
            prefix: prefix.into(),
            start,
        };
        let ranges = [
            range(0, b'r', "", 3),
            range(2, b'D', "A-", 9),
            range(4, b'A', "", 26),
        ];
        let labels: Vec<_> = (0..6).filter_map(|page| label(&ranges, page)).collect();
        assert_eq!(labels, ["iii", "iv", "A-9", "A-10", "Z", "AA"]);
        assert_eq!(label(&ranges[1..], 0), None);
    }
}
