//! Where things are, and how to read them.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Folders that are made, not written: nothing in them is ours to check.
const MADE: [&str; 7] = [
    "target",
    "node_modules",
    "dist",
    "gen",
    "generated",
    ".git",
    "out",
];

/// The root of the repository: of the one that is being tested, which may be a copy of the one
/// that the tests were built in.
pub fn root() -> PathBuf {
    let running = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let tests = running.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    tests.parent().unwrap_or(&tests).to_path_buf()
}

/// The text of a file, by its path from the root. Panics with the path where it cannot be read.
pub fn read(path: &str) -> String {
    let full = root().join(path);
    fs::read_to_string(&full).unwrap_or_else(|error| panic!("{}: {error}", full.display()))
}

/// Written files below `under` (a path from the root), with their paths from the root, sorted.
/// Made folders are left out; a folder that does not exist has no files.
pub fn files(under: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(under), &mut found);
    let root = root();
    let mut paths: Vec<String> = found
        .iter()
        .filter_map(|path| path.strip_prefix(&root).ok())
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    paths.sort();
    paths
}

/// Those of [`files`] whose name ends in one of `endings`.
pub fn files_ending(under: &str, endings: &[&str]) -> Vec<String> {
    let mut paths = files(under);
    paths.retain(|path| endings.iter().any(|ending| path.ends_with(ending)));
    paths
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if !MADE.iter().any(|made| name == *made) {
                walk(&path, found);
            }
        } else {
            found.push(path);
        }
    }
}
