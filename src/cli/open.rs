//! `glossator open`: the window.

use std::path::PathBuf;

use clap::Args;

use super::{DONE, failure::Failure};

/// Open the window (`glossator <project>` does the same)
#[derive(Args, Debug)]
pub struct Open {
    /// The project's folder; without it, the last one or the sample seminar
    #[arg(value_name = "PROJECT")]
    project: Option<PathBuf>,
}

impl Open {
    pub fn run(self) -> Result<u8, Failure> {
        if let Some(folder) = &self.project
            && !folder.is_dir()
        {
            let what = format!("there is no folder {}", folder.display());
            return Err(Failure::no_project(what)
                .hint("check how it is spelled, or make a project with `glossator new`"));
        }
        window(self.project).map(|()| DONE)
    }
}

#[cfg(feature = "gui")]
fn window(project: Option<PathBuf>) -> Result<(), Failure> {
    if !has_display() {
        return Err(Failure::new("there is no display, so the window can't open").hint(COMMANDS));
    }
    crate::app::run(project).map_err(|what| {
        let hint = if cfg!(target_os = "linux") {
            format!("{LIBRARIES}; {COMMANDS}")
        } else {
            COMMANDS.to_owned()
        };
        Failure::new(format!("the window can't open: {what}")).hint(hint)
    })
}

#[cfg(not(feature = "gui"))]
fn window(_: Option<PathBuf>) -> Result<(), Failure> {
    Err(Failure::new("this glossator was built without its window").hint(COMMANDS))
}

/// What the window loads when it starts, by Debian's names.
#[cfg(feature = "gui")]
const LIBRARIES: &str = "on Debian it needs libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon-x11-0 \
                         libegl1 libgl1-mesa-dri";

const COMMANDS: &str = "without a window, use a command: new, import, lost, tag, export, stats, check, history, undo or redo; \
                        `glossator --help` tells more";

/// Whether there is a screen to draw on. Only Unix without a graphical session says no beforehand.
#[cfg(feature = "gui")]
fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || is_set("WAYLAND_DISPLAY")
        || is_set("WAYLAND_SOCKET")
        || is_set("DISPLAY")
}
