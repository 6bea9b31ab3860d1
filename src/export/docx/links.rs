//! Addresses that text leads to: relations of the part that it stands in.

use std::collections::HashMap;

/// The kind of a relation to an address.
const HYPERLINK: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/// The addresses of a part, each once.
#[derive(Debug, Default)]
pub(super) struct Links {
    numbers: HashMap<String, usize>,
    in_order: Vec<String>,
}

impl Links {
    /// The id of the relation to an address; none where it is no address that Word takes.
    pub fn id(&mut self, address: &str) -> Option<String> {
        let address = target(address)?;
        let number = match self.numbers.get(&address) {
            Some(number) => *number,
            None => {
                self.in_order.push(address.clone());
                let number = self.in_order.len();
                self.numbers.insert(address, number);
                number
            }
        };
        Some(id(number))
    }

    /// The relations: id, kind, target.
    pub fn relations(&self) -> impl Iterator<Item = (String, &'static str, &str)> {
        let places = 1..;
        places
            .zip(&self.in_order)
            .map(|(place, address): (usize, _)| (id(place), HYPERLINK, address.as_str()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.in_order.is_empty()
    }
}

/// The id of the relation to the address at a place, from 1.
fn id(place: usize) -> String {
    format!("link{place}")
}

/// The longest address that Word takes, in characters.
const LONGEST: usize = 2000;

/// An address as the target of a relation. Word calls a whole file damaged when one of its targets is no URI (RFC 3986), so what may
/// not stand in one is written as `%XX`, and what is no address of the web leads nowhere.
fn target(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let address = match lower.strip_prefix("doi:") {
        Some(_) => format!("https://doi.org/{}", address[4..].trim_start()),
        None => address.to_owned(),
    };
    let lower = address.to_ascii_lowercase();
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|s| lower.starts_with(s))?;
    let rest = &address[scheme.len()..];
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let target = format!("{scheme}{}{}", fit_host(host)?, escaped(path));
    (target.len() <= LONGEST).then_some(target)
}

/// A host with its port, when it is one: letters, digits, dots and hyphens.
fn fit_host(host: &str) -> Option<&str> {
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_name = !name.is_empty()
        && name.split('.').all(|part| !part.is_empty())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let is_port = port.parse::<u16>().is_ok();
    (is_name && is_port).then_some(host)
}

/// A path with what may not stand in it escaped.
fn escaped(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut in_fragment = false;
    for (i, byte) in bytes.iter().enumerate() {
        let is_escape = || {
            let next = bytes.get(i + 1..i + 3);
            next.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
        };
        let stays = match byte {
            b'%' => is_escape(),
            b'#' => !std::mem::replace(&mut in_fragment, true),
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' | b':' | b'@' | b'/' | b'?' => true,
            byte => byte.is_ascii_alphanumeric(),
        };
        match stays {
            true => out.push(char::from(*byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_uris() {
        let cases = [
            ("https://a.org", Some("https://a.org")),
            (
                "HTTP://a.org:8080/x?y=1#z",
                Some("http://a.org:8080/x?y=1#z"),
            ),
            ("doi:10.1/a b", Some("https://doi.org/10.1/a%20b")),
            (
                "https://doi.org/10.1002/(SICI)1<::AID>3.0.CO;2-#",
                Some("https://doi.org/10.1002/(SICI)1%3C::AID%3E3.0.CO;2-#"),
            ),
            ("https://a.org/勢%2", Some("https://a.org/%E5%8B%A2%252")),
            ("https://a.org/#a#b", Some("https://a.org/#a%23b")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("https://", None),
            ("https://a..org", None),
            ("https://a.org:port", None),
            ("https://user@a.org", None),
            ("a.org", None),
        ];
        for (address, expected) in cases {
            assert_eq!(target(address).as_deref(), expected, "{address}");
        }
        assert_eq!(target(&format!("https://a.org/{}", "x".repeat(2000))), None);
    }

    #[test]
    fn an_address_is_one_relation() {
        let mut links = Links::default();
        let ids = ["https://a.org", "https://b.org", "https://a.org"].map(|a| links.id(a));
        assert_eq!(ids[0], ids[2]);
        assert_ne!(ids[0], ids[1]);
        assert_eq!(links.relations().count(), 2);
    }
}
