//! What browsers and SingleFile write into the pages they save: whence and when.

/// Whence and when.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The page's address.
    pub url: String,
    /// The day, as `2026-11-22`.
    pub date: String,
}

/// How far a page is searched, in bytes.
const HEAD: usize = 4 * 1024;

/// Reads the comment at a saved page's head.
pub fn read(html: &str) -> Saved {
    let end = html.char_indices().nth(HEAD).map_or(html.len(), |(i, _)| i);
    let mut rest = html.get(..end).unwrap_or_default();
    while let Some((_, comment)) = rest.split_once("<!--") {
        let (comment, after) = comment.split_once("-->").unwrap_or((comment, ""));
        rest = after;
        // Internet Explorer's “mark of the web”: the number is the address's length.
        if let Some((_, url)) = comment.split_once("saved from url=(") {
            let url = url.split_once(')').map_or("", |(_, url)| url);
            return Saved {
                url: url.trim().to_owned(),
                date: String::new(),
            };
        }
        if comment.contains("SingleFile") {
            let line = |start: &str| {
                let mut lines = comment.lines().map(str::trim);
                lines
                    .find_map(|l| l.strip_prefix(start))
                    .unwrap_or_default()
                    .trim()
            };
            return Saved {
                url: line("url:").to_owned(),
                date: day(line("saved date:")).unwrap_or_default(),
            };
        }
    }
    Saved::default()
}

/// The day of a date as JavaScript writes it: `Tue Nov 05 2024 10:00:00 GMT+0100`.
fn day(date: &str) -> Option<String> {
    const MONTHS: &[&str] = &[
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut words = date.split_whitespace().skip(1);
    let month = words.next()?;
    let month = MONTHS.iter().position(|m| *m == month)? + 1;
    let day: u32 = words
        .next()?
        .parse()
        .ok()
        .filter(|d| (1..=31).contains(d))?;
    let year: u32 = words
        .next()?
        .parse()
        .ok()
        .filter(|y| (1990..=2200).contains(y))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_saved_a_page_says_whence() {
        let saved = read(
            "<!DOCTYPE html>\n<!-- saved from url=(0026)https://example.org/walls/ -->\n<html>",
        );
        assert_eq!(saved.url, "https://example.org/walls/");
        let saved = read(
            "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/a \n \
             saved date: Tue Nov 05 2024 10:00:00 GMT+0100 (Central European Standard Time)\n-->",
        );
        assert_eq!(
            (saved.url.as_str(), saved.date.as_str()),
            ("https://example.org/a", "2024-11-05")
        );
        assert_eq!(read("<!-- a --><p><!--"), Saved::default());
    }
}
