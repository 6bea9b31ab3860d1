//! The command line from outside: the real program, on real folders.
#![allow(clippy::unwrap_used, missing_docs)]

mod answers;
mod compare;
mod excerpts;
mod export;
mod files;
mod finding;
mod notebooks;
mod packets;
mod work;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "Of doors and walls\n\nA wall is a promise, and an ally can be dragged in. A door is a promise too.\n\n\
                    Threat, not power, moves the mason.\n";

/// A folder to work in.
struct Place(TempDir);

/// What a command said.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With a project `p` that has the starter codebook and the reading `of-doors-and-walls`.
    fn with_project() -> Self {
        let place = Self::new();
        place.write("doors.txt", TEXT);
        place.done("new p --codebook alliance");
        place.done("import p doors.txt");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glossator"));
        command
            .args(args)
            .current_dir(self.0.path())
            .env("GLOSSATOR_CODER", "MK")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env("COLUMNS", "100");
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        Said {
            code: status.code().unwrap(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Runs words parted by spaces, which must succeed in silence on standard error.
    fn done(&self, words: &str) -> Said {
        let said = self.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(
            (said.code, said.err.as_str()),
            (0, ""),
            "{words}: {}",
            said.out
        );
        said
    }

    fn fails(&self, words: &str, code: i32, says: &[&str]) -> Said {
        let said = self.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(said.code, code, "{words}: {}{}", said.out, said.err);
        assert!(said.err.starts_with("error: "), "{words}: {}", said.err);
        for part in says {
            assert!(
                said.err.contains(part),
                "{words}: “{part}” is not in {}",
                said.err
            );
        }
        said
    }

    fn tag(&self, quote: &str, more: &[&str]) -> Said {
        let args = [
            "tag",
            "p",
            "--reading",
            "of-doors-and-walls",
            "--quote",
            quote,
        ];
        self.run(&[args.as_slice(), more].concat())
    }

    fn stats(&self) -> Value {
        self.done("stats p --format json").json()
    }
}
