//! What tells one text from another.

use sha2::{Digest, Sha256};

/// The SHA-256 of a file's bytes or a text's UTF-8 bytes, in lower-case hexadecimal.
pub fn sha256(text: impl AsRef<[u8]>) -> String {
    let digest = Sha256::digest(text.as_ref());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn it_is_the_hash_that_sha256sum_prints() {
        let of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256("abc"), of_abc);
    }
}
