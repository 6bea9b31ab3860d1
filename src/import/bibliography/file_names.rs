//! The files that bibliographies name.

/// The paths in a `file` field of BibTeX.
///
/// Programs write `description:path:type` with `;` between files (Zotero, JabRef, Mendeley), or just a path. Colons, semicolons and
/// backslashes of paths are escaped by a backslash, but not always: a drive's colon may stand bare.
pub(super) fn in_field(value: &str) -> Vec<String> {
    let value = value
        .replace("$\\backslash$", "\\")
        .replace("\\textbackslash", "\\")
        .replace("{\\_}", "_");
    let value: String = value.chars().filter(|c| !matches!(c, '{' | '}')).collect();
    let files = cut(&value, ';').into_iter().map(|file| path(&file));
    files.filter(|f| !f.is_empty()).collect()
}

/// Cuts at marks that no backslash stands before. What is escaped stays so.
fn cut(value: &str, mark: char) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut escaped = false;
    for c in value.chars() {
        if c == mark && !escaped {
            pieces.push(String::new());
            continue;
        }
        escaped = c == '\\' && !escaped;
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

fn path(file: &str) -> String {
    let parts = cut(file, ':');
    let path = match parts.as_slice() {
        [first, middle @ .., _] if !middle.is_empty() && !is_drive(first) => middle.join(":"),
        all => all.join(":"),
    };
    unescaped(path.trim())
}

fn is_drive(part: &str) -> bool {
    let part = part.trim_end_matches('\\');
    part.len() == 1 && part.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Without the backslashes before marks; those that part folders stay.
fn unescaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut chars = path.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(&next) if c == '\\' && r":;\_&%#$".contains(next) => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// The name of a file without its folders, of any system.
pub(super) fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bases(value: &str) -> Vec<String> {
        in_field(value).iter().map(|f| base(f).to_owned()).collect()
    }

    #[test]
    fn files_as_programs_write_them() {
        for (value, expected) in [
            (
                "Full Text:files/123/Walt - 1987 - Origins.pdf:application/pdf",
                vec!["Walt - 1987 - Origins.pdf"],
            ),
            (
                "Full Text:files/1/a.pdf:application/pdf;Snapshot:files/2/b.html:text/html",
                vec!["a.pdf", "b.html"],
            ),
            (r"C\:\\Users\\me\\Zotero\\Walt.pdf", vec!["Walt.pdf"]),
            (
                r"Full Text:C\:\\Users\\me\\a\; b.pdf:application/pdf",
                vec!["a; b.pdf"],
            ),
            (r":C$\backslash$:/Users/me/Walt.pdf:pdf", vec!["Walt.pdf"]),
            (r":C\:/Users/me/Walt.pdf:PDF", vec!["Walt.pdf"]),
            (r"C:\Users\me\Walt.pdf", vec!["Walt.pdf"]),
            ("/home/me/Walt.pdf", vec!["Walt.pdf"]),
            ("Walt.pdf", vec!["Walt.pdf"]),
            (":Walt\\_1987.pdf:PDF", vec!["Walt_1987.pdf"]),
            (":a{\\_}b.pdf:PDF", vec!["a_b.pdf"]),
            ("", vec![]),
        ] {
            assert_eq!(bases(value), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_field_is_read(value in "[a:;\\\\/.勢$ ]{0,30}") {
            for file in bases(&value) {
                prop_assert!(!file.contains('/'));
            }
        }
    }
}
