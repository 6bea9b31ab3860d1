//! What every importer is held to: whatever the bytes, it gives a normalised text or a refusal, and no fault.

use glossator::{
    import::{Refusal, import_file},
    text::Text,
};

/// Imports `bytes` under `name` and checks what comes of it.
pub fn check(name: &str, bytes: &[u8]) {
    match import_file(name, bytes) {
        Ok(imported) => {
            let text = &imported.text;
            assert!(text.ends_with('\n') && !text.contains("\n\n\n"));
            assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
            assert!(text.lines().all(|line| line.trim_end() == line));
            assert!(!imported.meta.title.trim().is_empty());
            let all = imported.structure.clone();
            let fitted = imported.structure.fitted(&Text::new(text.as_str()));
            assert_eq!(all, fitted, "spans that don't fit the text");
        }
        Err(error) => assert_ne!(error.why, Refusal::Failed, "a fault"),
    }
}
