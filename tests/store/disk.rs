//! Disks that are full, folders that can't be written to, and a project that is open twice.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use glossator::store::{Fault, StoreError, Workspace, check};

use crate::folder::{at, coder, image, open, project, tag, whole};

/// Mounts a small file system in memory; none where that is not allowed.
struct Tmpfs(tempfile::TempDir);

impl Tmpfs {
    fn mount(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs", path])
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        eprintln!("skipped: no file system can be mounted here");
        None
    }

    fn remount(&self, option: &str) -> bool {
        let path = self.0.path().to_str().unwrap();
        let options = format!("remount,{option}");
        let mounted = Command::new("mount").args(["-o", &options, path]).status();
        mounted.is_ok_and(|status| status.success())
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_disk_that_is_really_full_costs_no_edit() {
    let Some(disk) = Tmpfs::mount("size=256k") else {
        return;
    };
    let folder = disk.0.path().join("p");
    let mut workspace = project(&folder);
    workspace.sync().unwrap();
    let filler = disk.0.path().join("filler");
    let mut file = fs::File::create(&filler).unwrap();
    while file.write_all(&[7; 4096]).is_ok() {}
    let mut failed = false;
    for id in 100..140 {
        tag(&mut workspace, id, 3, 7);
        failed |= workspace.sync().is_err();
    }
    assert!(failed, "the disk was not full");
    let status = workspace.status();
    assert!(status.unsaved > 0, "{status:?}");
    assert!(status.error.is_some_and(|e| e.contains("No space")));
    assert!(workspace.flush().is_err());
    drop(file);
    fs::remove_file(filler).unwrap();
    workspace.flush().unwrap();
    assert_eq!(workspace.status().unsaved, 0);
    let expected = workspace.project().clone();
    drop(workspace);
    assert_eq!(whole(&folder, "MK").project(), &expected);
}

#[test]
fn a_failed_write_leaves_no_half_lines() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("history/MK.ron");
    let before = fs::read(&path).unwrap();
    for fault in [Fault::Full, Fault::FullHalfway, Fault::NoSync] {
        workspace.faults().set(fault);
        tag(&mut workspace, fault as u64 + 100, 0, 2);
        assert!(matches!(workspace.sync(), Err(StoreError::Unsaved { .. })));
        assert_eq!(fs::read(&path).unwrap(), before, "{fault:?}");
    }
    workspace.faults().set(Fault::None);
    workspace.sync().unwrap();
    assert_eq!(check(folder.path()), []);
    let crashed = image(folder.path());
    assert_eq!(whole(crashed.path(), "MK").project(), workspace.project());
}

#[test]
fn a_read_only_folder_opens_and_says_so() {
    let Some(disk) = Tmpfs::mount("size=1m") else {
        return;
    };
    let folder = disk.0.path().join("p");
    drop(project(&folder));
    assert!(disk.remount("ro"));
    let opened = open(&folder);
    assert_eq!(opened.problems, []);
    let mut workspace = opened.workspace;
    tag(&mut workspace, 100, 0, 2);
    assert_eq!(workspace.project().highlight_count(), 4);
    let status = workspace.status();
    assert_eq!(status.unsaved, 1);
    assert!(status.error.is_some());
    assert!(matches!(workspace.sync(), Err(StoreError::ReadOnly { .. })));
    assert!(workspace.flush().is_err());
    workspace.undo(at(9)).unwrap();
    workspace.undo(at(9)).unwrap();
    assert_eq!(workspace.project().highlight_count(), 2);
    assert_eq!(check(&folder), []);
}

const HOLD: &str = "GLOSSATOR_HOLD_FOLDER";

/// The other instance: opens the project and waits to be killed.
#[test]
fn holder() {
    if let Ok(folder) = std::env::var(HOLD) {
        let _opened = Workspace::open(Path::new(&folder), coder("JL")).unwrap();
        println!("\nheld");
        std::thread::sleep(std::time::Duration::from_secs(60));
    }
}

#[test]
fn a_second_instance_is_told_who_has_the_project() {
    use std::io::BufRead as _;
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "disk::holder", "--nocapture"])
        .env(HOLD, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let out = std::io::BufReader::new(child.stdout.take().unwrap());
    assert!(out.lines().map_while(Result::ok).any(|line| line == "held"));
    let Err(error) = Workspace::open(folder.path(), coder("MK")) else {
        panic!("it was opened twice");
    };
    let text = error.to_string();
    assert!(
        text.contains("by JL") && text.contains(&child.id().to_string()),
        "{text}"
    );
    assert_eq!(check(folder.path()), [], "looking needs no lock");
    child.kill().unwrap();
    child.wait().unwrap();
    whole(folder.path(), "MK");
}
