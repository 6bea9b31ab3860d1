//! TODO

use super::{Options, Parsed, Refusal};

pub fn parse(_name: &str, _bytes: &[u8], _options: &Options) -> Result<Parsed, Refusal> {
    Err(Refusal::Damaged)
}
