//! Ids for the world.

use crate::text::sha256;

/// What all these ids have before their names: an id of our own, drawn once.
const SPACE: [u8; 16] = [
    0x6d, 0x1f, 0x3b, 0x5e, 0x2a, 0x7c, 0x4e, 0x8d, 0x9b, 0x0a, 0x57, 0xc1, 0xe4, 0xd2, 0xf3, 0x86,
];

/// The UUID of a thing of a `kind` with a `name`, always the same: of version 8, from the SHA-256 of our name space and
/// `kind:name`, as appendix B.2 of RFC 9562 makes one.
///
/// Kinds are `highlight` (by its number), `reading`, `label` (by their ids), `coder` and `collection` (by the project's name).
pub fn uuid(kind: &str, name: &str) -> String {
    let mut bytes = SPACE.to_vec();
    bytes.extend(format!("{kind}:{name}").into_bytes());
    let hash = sha256(bytes);
    let variant = match hash.as_bytes()[16] {
        b'0' | b'4' | b'8' | b'c' => '8',
        b'1' | b'5' | b'9' | b'd' => '9',
        b'2' | b'6' | b'a' | b'e' => 'a',
        _ => 'b',
    };
    format!(
        "{}-{}-8{}-{variant}{}-{}",
        &hash[..8],
        &hash[8..12],
        &hash[13..16],
        &hash[17..20],
        &hash[20..32]
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::uuid;

    #[test]
    fn ids_stay_what_they_are() {
        let id = uuid("label", "entrapment");
        assert_eq!(id, uuid("label", "entrapment"));
        assert_eq!(id.len(), 36);
        assert_eq!(id.as_bytes()[14], b'8');
        assert!("89ab".contains(id.as_bytes()[19] as char));
    }

    #[test]
    fn kinds_and_names_are_told_apart() {
        let all: HashSet<String> = [
            ("label", "a"),
            ("reading", "a"),
            ("label", "b"),
            ("labe", "l:a"),
        ]
        .into_iter()
        .map(|(kind, name)| uuid(kind, name))
        .collect();
        assert_eq!(all.len(), 4);
    }
}
