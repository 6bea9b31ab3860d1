//! Which files are the project's own.

use std::path::{Component, Path, PathBuf};

/// What a project's folder holds by itself.
const OWN: [&str; 12] = [
    "project.ron",
    "codebook",
    "readings",
    "highlights",
    "notebooks",
    "packets",
    "history",
    "removed",
    "notes",
    ".glossator",
    ".gitignore",
    ".gitattributes",
];

/// Whether `target`, which need not be there yet, is a file or folder that the project in the folder `project` consists of:
/// exports must not be written there. Links are followed. Other files beside them are people's own.
pub fn is_own_file(project: &Path, target: &Path) -> bool {
    let (Some(project), Some(target)) = (resolved(project), resolved(target)) else {
        return false;
    };
    let Ok(inside) = target.strip_prefix(&project) else {
        return false;
    };
    // Letter case aside, since there are file systems that don't look at it.
    let first = inside.components().next().map(Component::as_os_str);
    let first = first.map(|name| name.to_string_lossy().to_lowercase());
    first.is_some_and(|name| OWN.contains(&name.as_str()))
}

/// A path without links, `.` and `..`; what of it is not there is taken as it is written.
fn resolved(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => {
                out.push(part);
                out = out.canonicalize().unwrap_or(out);
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_s_files_are_its_own_and_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p");
        std::fs::create_dir_all(project.join("readings/x")).unwrap();
        std::fs::write(project.join("project.ron"), "").unwrap();
        let is_own = |path: &str| is_own_file(&project, &folder.path().join(path));
        for path in [
            "p/project.ron",
            "p/readings",
            "p/readings/x/text.txt",
            "p/readings/new/text.txt",
            "p/out/../codebook/trust.ron",
            "p/./history/MK.ron",
            "p/Highlights/MK/x.ron",
            "p/.glossator/lock",
            "q/../p/removed/x",
            "p/packets/week-6.ron",
        ] {
            assert!(is_own(path), "{path}");
        }
        for path in [
            "p",
            "p/out.ron",
            "p/out/project.ron",
            "out.ron",
            "readings/x",
            "pp/readings",
        ] {
            assert!(!is_own(path), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_the_project_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p");
        std::fs::create_dir_all(project.join("codebook")).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(project.join("codebook"), &link).unwrap();
        assert!(is_own_file(&project, &link.join("trust.ron")));
        assert!(is_own_file(&link.join(".."), &project.join("codebook")));
    }
}
