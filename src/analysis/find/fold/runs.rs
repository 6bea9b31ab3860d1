//! Stretches of a text that folding leaves as they are, found many bytes at a time.

/// How many bytes at the start of `bytes`, whole characters, are compared as they are, the case of ASCII letters aside. With
/// `space`, white space is only where it is a single space.
pub(super) fn same(bytes: &[u8], space: bool) -> usize {
    let ascii = match space {
        true => ascii_single_spaced(bytes),
        false => ascii(bytes),
    };
    match ascii {
        0 => east_asian(bytes),
        run => run,
    }
}

fn ascii(bytes: &[u8]) -> usize {
    let blocks = bytes.chunks_exact(64).take_while(|b| b.is_ascii());
    let at = blocks.count() * 64;
    let rest = bytes[at..].iter().position(|b| !b.is_ascii());
    rest.map_or(bytes.len(), |i| at + i)
}

/// ASCII without control characters and without two spaces in a row.
fn ascii_single_spaced(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(block) = bytes[at..].first_chunk::<65>() {
        let mut odd = false;
        for i in 0..64 {
            odd |= is_odd(block[i], block[i + 1]);
        }
        if odd {
            break;
        }
        at += 64;
    }
    let rest = &bytes[at..];
    let next = rest.iter().skip(1).chain([&b' ']);
    let odd = rest.iter().zip(next).position(|(b, n)| is_odd(*b, *n));
    at + odd.unwrap_or(rest.len())
}

/// Whether a byte is none that stays as it is, `next` behind it.
fn is_odd(byte: u8, next: u8) -> bool {
    !(0x20..0x80).contains(&byte) | ((byte == b' ') & (next <= b' '))
}

/// Kana, Han characters and Hangul syllables of the large blocks, which have no case and no accents.
fn east_asian(bytes: &[u8]) -> usize {
    let is_same = |c: &&[u8]| match c[0] {
        // U+3040 to U+30FF, but for the sound marks; U+3400 to U+3FFF.
        0xE3 => matches!((c[1], c[2]), (0x81 | 0x83 | 0x90.., _) | (0x82, ..0x99 | 0x9B..)),
        // U+4000 to U+9FFF, U+B000 to U+CFFF.
        0xE4..=0xE9 | 0xEB | 0xEC => true,
        _ => false,
    };
    bytes.chunks_exact(3).take_while(is_same).count() * 3
}
