//! Small programs that stand in for the child process which reads files.

use std::{
    fs,
    io::ErrorKind,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

/// Writes a shell script that can be run at once. A process that another test starts in this moment may still hold the file open
/// for writing, and a file that is open for writing can't be run: so it is tried out first.
pub fn script(path: &Path, text: &str) {
    fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    loop {
        let mut command = Command::new(path);
        match command.stdin(Stdio::null()).stdout(Stdio::null()).spawn() {
            Ok(mut child) => {
                child.kill().unwrap();
                child.wait().unwrap();
                return;
            }
            Err(e) if e.kind() == ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            Err(e) => panic!("{}: {e}", path.display()),
        }
    }
}
