//! Pages saved as one file of several parts (MHTML, RFC 2557): the first part that is HTML.

use super::super::Refusal;

/// How many lines of heads are read.
const HEADS: usize = 200;

/// What a part says of itself.
#[derive(Default)]
struct Head {
    kind: String,
    transfer: String,
    boundary: String,
    charset: String,
    location: String,
}

/// The page in such a file, with its encoding where the part names one, and its address.
pub struct Page {
    /// The bytes of the page.
    pub bytes: Vec<u8>,
    /// The encoding's label; empty for none.
    pub charset: String,
    /// Where the page was saved from; empty when it is not said.
    pub location: String,
}

/// Whether a file starts as MHTML does.
pub fn is_mhtml(bytes: &[u8]) -> bool {
    let start = bytes.get(..4_096).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let first = start.trim_start().lines().next().unwrap_or_default();
    let names = [
        "from:",
        "mime-version:",
        "content-type:",
        "subject:",
        "date:",
        "snapshot-content-location:",
        "x-",
    ];
    names.iter().any(|n| first.starts_with(n)) && start.contains("multipart/related")
}

/// Finds the page.
///
/// # Errors
/// [`Refusal::Damaged`] when there is none.
pub fn page(bytes: &[u8]) -> Result<Page, Refusal> {
    let (head, body) = head(bytes);
    let mark = format!("--{}", head.boundary);
    if head.boundary.is_empty() {
        return Err(Refusal::Damaged);
    }
    let mut part = None;
    let mut at = 0;
    for line in body.split_inclusive(|&b| b == b'\n') {
        let start = at;
        at += line.len();
        if !line.starts_with(mark.as_bytes()) {
            continue;
        }
        if let Some(found) = part.and_then(|from| read(body.get(from..start)?, &head.location)) {
            return Ok(found);
        }
        part = Some(at);
    }
    // A file that was cut has no mark at its end.
    part.and_then(|from| read(body.get(from..)?, &head.location))
        .ok_or(Refusal::Damaged)
}

fn read(part: &[u8], location: &str) -> Option<Page> {
    let (head, body) = head(part);
    let is_html = head.kind.starts_with("text/html") || head.kind.starts_with("application/xhtml");
    is_html.then(|| Page {
        bytes: match head.transfer.as_str() {
            "quoted-printable" => quoted_printable(body),
            "base64" => base64(body),
            _ => body.to_vec(),
        },
        charset: head.charset,
        location: if head.location.is_empty() {
            location.to_owned()
        } else {
            head.location
        },
    })
}

/// The head of a file or part, and what follows the empty line after it.
fn head(bytes: &[u8]) -> (Head, &[u8]) {
    let mut at = 0;
    let mut lines: Vec<String> = Vec::new();
    for line in bytes.split_inclusive(|&b| b == b'\n').take(HEADS) {
        at += line.len();
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end();
        if text.is_empty() {
            if lines.is_empty() {
                continue;
            }
            break;
        }
        match lines.last_mut().filter(|_| text.starts_with([' ', '\t'])) {
            Some(last) => last.push_str(text),
            None => lines.push(text.to_owned()),
        }
    }
    let mut head = Head::default();
    for line in &lines {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-type" => {
                head.kind = value.to_ascii_lowercase();
                head.boundary = parameter(value, "boundary");
                head.charset = parameter(value, "charset");
            }
            "content-transfer-encoding" => head.transfer = value.to_ascii_lowercase(),
            "content-location" | "snapshot-content-location" => {
                value.clone_into(&mut head.location)
            }
            _ => {}
        }
    }
    (head, bytes.get(at..).unwrap_or_default())
}

fn parameter(value: &str, name: &str) -> String {
    let found = value.split(';').find_map(|p| {
        let (key, value) = p.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().trim_matches('"').to_owned())
    });
    found.unwrap_or_default()
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let digit = |i: usize| after.get(i).and_then(|&b| char::from(b).to_digit(16));
        match (digit(0), digit(1)) {
            (Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            // A line that goes on.
            _ if after.starts_with(b"\r\n") => rest = after.get(2..).unwrap_or_default(),
            _ if after.starts_with(b"\n") => rest = after.get(1..).unwrap_or_default(),
            _ => out.push(byte),
        }
    }
    out
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for &byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::import::import_file;

    fn saved(transfer: &str, body: &str) -> Vec<u8> {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/walls\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
             \ttype=\"text/html\";\r\n\tboundary=\"----b\"\r\n\r\n\r\n------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {transfer}\r\n\
             Content-Location: https://example.org/walls\r\n\r\n{body}\r\n------b\r\nContent-Type: text/css\r\n\r\np {{}}\r\n------b--\r\n"
        )
        .into_bytes()
    }

    #[test]
    fn the_page_of_a_saved_file_is_read() {
        let quoted = saved(
            "quoted-printable",
            "<title>T</title><p class=3D\"a\">Stra=C3=9Fe un=\r\nd Wall</p>",
        );
        let based = saved(
            "base64",
            "PHRpdGxlPlQ8L3RpdGxlPjxwPlN0cmHD\r\nn2UgdW5kIFdhbGw8L3A+",
        );
        for (name, bytes) in [("walls.mht", quoted), ("walls.mhtml", based)] {
            let imported = import_file(name, &bytes).unwrap();
            assert_eq!(imported.text, "Straße und Wall\n");
            assert_eq!(imported.meta.url, "https://example.org/walls");
        }
        assert!(import_file("walls.mht", &saved("quoted-printable", "")).is_err());
    }
}
