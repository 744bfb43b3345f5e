//! A number for the contents of files and folders, to see whether anything changed since the last build.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::Outcome;

/// The fingerprint of files and whole folders under a root: names and contents, independent of time stamps.
///
/// A path that is not there counts too, so that deleting a file is a change.
pub(crate) fn of(root: &Path, paths: &[&str]) -> Outcome<u64> {
    let mut files = BTreeMap::new();
    for path in paths {
        collect(&root.join(path), &mut files)?;
    }
    let mut hasher = DefaultHasher::new();
    for (path, contents) in files {
        path.strip_prefix(root).unwrap_or(&path).hash(&mut hasher);
        contents.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn collect(path: &Path, files: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) -> Outcome {
    let cannot = |error| format!("cannot read {}: {error}", path.display());
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(cannot)? {
            collect(&entry.map_err(cannot)?.path(), files)?;
        }
    } else if path.exists() {
        files.insert(path.to_owned(), Some(fs::read(path).map_err(cannot)?));
    } else {
        files.insert(path.to_owned(), None);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = crate::machine::target().unwrap().join("fingerprint-tests").join(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("src/a.rs"), "one").unwrap();
        folder
    }

    #[test]
    fn the_same_contents_have_the_same_fingerprint() {
        let folder = folder("same");
        let before = of(&folder, &["src"]).unwrap();
        fs::write(folder.join("src/a.rs"), "one").unwrap();
        assert_eq!(of(&folder, &["src"]).unwrap(), before);
    }

    #[test]
    fn a_change_an_addition_and_a_removal_are_seen() {
        let folder = folder("changes");
        let mut seen = vec![of(&folder, &["src", "index.html"]).unwrap()];
        fs::write(folder.join("src/a.rs"), "two").unwrap();
        seen.push(of(&folder, &["src", "index.html"]).unwrap());
        fs::write(folder.join("index.html"), "").unwrap();
        seen.push(of(&folder, &["src", "index.html"]).unwrap());
        fs::remove_file(folder.join("src/a.rs")).unwrap();
        seen.push(of(&folder, &["src", "index.html"]).unwrap());
        let n_seen = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), n_seen);
    }

    #[test]
    fn a_renamed_file_is_a_change() {
        let folder = folder("renamed");
        let before = of(&folder, &["src"]).unwrap();
        fs::rename(folder.join("src/a.rs"), folder.join("src/b.rs")).unwrap();
        assert_ne!(of(&folder, &["src"]).unwrap(), before);
    }
}
