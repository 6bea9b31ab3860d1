//! Small good files with a few bytes changed, cut out, doubled or put in: always the same ones. What comes of them is a text or a
//! refusal, never a fault. `fuzz/` looks further.

use glossator::import::{Refusal, import_file};

use crate::{good, noise};

/// How many mutations of each file.
const TRIES: usize = 60;

/// Bytes that mean something to parsers.
const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"&#x0;",
    b"&",
    b"\"",
    b"{",
    b"}",
    b"\\",
    b"\\u-1?",
    b"\\bin9 ",
    b"0 R",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"(",
    b")",
    b"\0",
    b"\xFF\xFF",
    b"\xFF\xFE",
    b"\xED\xA0\x80",
    b"4294967295",
    b"-1",
    b"endstream",
    b"]]>",
    b"<!--",
    b"\n\n\n",
    b"PK\x05\x06",
];

fn mutate(bytes: &[u8], random: &mut impl FnMut(usize) -> usize) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..1 + random(6) {
        let at = random(out.len().max(1)).min(out.len());
        let end = (at + random(24)).min(out.len());
        match random(6) {
            0 => out.truncate(at),
            1 => drop(out.drain(at..end)),
            2 => {
                let piece = out[at..end].to_vec();
                out.splice(at..at, piece);
            }
            3 => {
                let piece = PIECES[random(PIECES.len())];
                out.splice(at..at, piece.iter().copied());
            }
            4 => out[at..end].fill(random(256) as u8),
            _ => {
                if let Some(byte) = out.get_mut(at) {
                    *byte ^= 1 << random(8);
                }
            }
        }
    }
    out
}

#[test]
fn changed_bytes_never_make_a_fault() {
    // As many numbers as may be asked for.
    let numbers = noise(1_000_000);
    let mut next = 0;
    let mut random = |below: usize| {
        let four: Vec<u8> = (0..4)
            .map(|i| numbers[(next + i) % numbers.len()])
            .collect();
        next += 4;
        u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize % below.max(1)
    };
    let mut faults = Vec::new();
    for (name, bytes, _) in good() {
        for n in 0..TRIES {
            let changed = mutate(&bytes, &mut random);
            if let Err(error) = import_file(name, &changed)
                && error.why == Refusal::Failed
            {
                faults.push(format!("{name}, the {n}th: {}", changed.escape_ascii()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
