//! Why a highlight that a packet names is not there.

use crate::model::{HighlightId, Project, ReadingId};

/// Why, as a whole sentence; `what` begins it: “An excerpt”.
pub(super) fn why(
    project: &Project,
    what: &str,
    reading: &ReadingId,
    highlight: HighlightId,
) -> String {
    let shelf = project
        .shelf(reading)
        .or_else(|| project.removed_shelf(reading));
    let Some(shelf) = shelf else {
        return format!("{what} is of “{reading}”, which is not among the readings.");
    };
    let title = &shelf.reading.meta.title;
    match project.current(reading) {
        None => format!("{what} is of “{title}”, which was removed."),
        Some(current) => {
            let older = project.older_versions(current).into_iter();
            let lost = older
                .flat_map(|shelf| shelf.highlights.get(highlight))
                .next();
            match lost {
                Some(_) => format!(
                    "{what} of “{title}” has no place in the new version yet: place it among the lost highlights."
                ),
                None => format!("{what} of “{title}” was deleted."),
            }
        }
    }
}
