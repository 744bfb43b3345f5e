//! A file that somebody opened: an answer of an API, or many records, read on this device and taken into the index. It
//! is a source of its own.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use roster_core::{Error, ErrorKind, UnixMs};

use crate::intake::Taken;
use crate::roll::Roll;

/// From this size on a person is asked before a file is read, in bytes.
pub const LARGE_BYTES: u64 = 500_000_000;

/// The index reads no page of 4 GiB or more.
const MAX_BYTES: u64 = u32::MAX as u64;

/// What tells whose a file is stands at its beginning, in bytes.
const HEAD_BYTES: usize = 1024 * 1024;

/// The bytes of a file, read part by part.
pub trait FileBytes {
    /// Its name.
    fn name(&self) -> String;

    /// Its size.
    fn len_bytes(&self) -> u64;

    /// When it was last changed.
    fn modified(&self) -> UnixMs;

    /// A part of it; shorter at its end.
    ///
    /// # Errors
    /// `Network` with the browser's reason, if it cannot be read any more.
    fn part(&self, from_bytes: u64, to_bytes: u64) -> LocalBoxFuture<'static, Result<Vec<u8>, Error>>;
}

/// A file that somebody dropped or chose. Compared by identity.
#[derive(Clone)]
pub struct Upload(Rc<dyn FileBytes>);

impl Upload {
    /// Wraps it.
    pub fn new(bytes: Rc<dyn FileBytes>) -> Self {
        Self(bytes)
    }
}

impl Deref for Upload {
    type Target = dyn FileBytes;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Upload {}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload of {} bytes", self.len_bytes())
    }
}

/// How the reading of a file stands.
#[derive(Clone, Debug, PartialEq)]
pub enum FileLoad {
    /// It is so large that a person is asked first.
    Asked,
    /// So many bytes were read, and so many of these taken in.
    Reading {
        /// Brought into memory.
        n_bytes: u64,
        /// Taken into the index.
        n_taken_bytes: u64,
    },
    /// All its profiles are in the list.
    Done,
    /// A person stopped it; nothing of it is in the list.
    Stopped,
    /// It cannot be read; nothing of it is in the list.
    Failed(Error),
}

/// One file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSource {
    /// Its number; no two files have the same.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its size.
    pub len_bytes: u64,
    /// When it was last changed.
    pub modified: UnixMs,
    /// Whose profiles it holds, once that is known.
    pub provider: Option<&'static str>,
    /// How its reading stands.
    pub load: FileLoad,
    /// What has come of it.
    pub roll: Roll,
}

impl FileSource {
    /// A file of which nothing was read.
    pub fn new(id: u64, upload: &Upload) -> Self {
        let len_bytes = upload.len_bytes();
        Self {
            id,
            name: upload.name(),
            len_bytes,
            modified: upload.modified(),
            provider: None,
            load: if len_bytes >= LARGE_BYTES {
                FileLoad::Asked
            } else {
                FileLoad::Reading {
                    n_bytes: 0,
                    n_taken_bytes: 0,
                }
            },
            roll: Roll::default(),
        }
    }

    /// How many profiles it holds, those among them that were there before.
    pub fn n_profiles(&self) -> usize {
        self.roll.len() + usize::try_from(self.roll.n_merged).unwrap_or(usize::MAX)
    }

    /// Whether it is being read.
    pub fn is_running(&self) -> bool {
        matches!(self.load, FileLoad::Reading { .. })
    }

    /// Its name in links between parts of the screen, and its state, for tests and styles.
    pub fn state_word(&self) -> &'static str {
        match self.load {
            FileLoad::Asked => "asked",
            FileLoad::Reading { .. } => "loading",
            FileLoad::Done => "done",
            FileLoad::Stopped => "stopped",
            FileLoad::Failed(_) => "failed",
        }
    }

    /// What became of it.
    #[must_use]
    pub fn ended(mut self, taken: Taken) -> Self {
        self.load = match &taken.error {
            Some(error) => FileLoad::Failed(error.clone()),
            None => FileLoad::Done,
        };
        self.roll.count(taken);
        self
    }
}

/// Whose profiles a file holds, by its beginning.
///
/// # Errors
/// `Decode` with what stands there instead.
pub fn provider_of(file: &[u8]) -> Result<&'static str, Error> {
    let head = file.get(..HEAD_BYTES).unwrap_or(file);
    let odd = || Error::unexpected(ErrorKind::Decode, "the start of the file", EXPECTED, found(head));
    roster_index::sniff(head).map(|(provider, _)| provider).ok_or_else(odd)
}

/// What is expected of a file.
const EXPECTED: &str = "profiles of Ayrshare, InsightIQ or Upsun as JSON or NDJSON";

fn found(head: &[u8]) -> &'static str {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match text.first() {
        None => "nothing",
        Some(b'<') => "a web page or XML",
        Some(b'{' | b'[') if text.len() < 64 && text.ends_with(b"[]}") => "an empty list, which could be anybody's",
        Some(b'{' | b'[') => "JSON without any profile that we know",
        Some(b'P') if text.starts_with(b"PK\x03\x04") => "a ZIP archive",
        Some(0x1f) => "a compressed file",
        Some(byte) if byte.is_ascii_graphic() => "other text",
        Some(_) => "other bytes",
    }
}

/// Room for a file. Its zeros are written over as it is read.
///
/// # Errors
/// `Decode` if it is too large for the index, or for the memory that a page may have: then nothing is lost but it.
pub fn room(len_bytes: u64) -> Result<std::sync::Arc<[u8]>, Error> {
    let too_large = |expected: &str| {
        let found = format!("{len_bytes} bytes");
        Error::unexpected(ErrorKind::Decode, "the size of the file", expected, found)
    };
    let n_bytes = usize::try_from(len_bytes).map_err(|_| too_large("less than 4 GiB"))?;
    if len_bytes >= MAX_BYTES {
        return Err(too_large("less than 4 GiB"));
    }
    // A page that asks for more memory than there is would stop altogether; this question can be answered with no.
    let mut probe: Vec<u8> = Vec::new();
    let is_room = probe.try_reserve_exact(n_bytes.saturating_mul(2)).is_ok();
    drop(probe);
    if !is_room {
        return Err(too_large("what the memory of a page has room for"));
    }
    Ok(std::iter::repeat_n(0, n_bytes).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_a_file_is_stands_at_its_beginning() {
        assert_eq!(
            provider_of(br#"{"data":[{"id":"9dd6","work_platform":{}}]}"#),
            Ok("insightiq")
        );
        let lines = "{\"refId\":\"a\",\"title\":\"A\"}\n".repeat(60_000);
        assert!(lines.len() > HEAD_BYTES);
        assert_eq!(provider_of(lines.as_bytes()), Ok("ayrshare"));
    }

    #[test]
    fn what_is_no_answer_is_said_to_be_what_it_is() {
        let said = |bytes: &[u8]| provider_of(bytes).unwrap_err().to_string();
        for (bytes, found) in [
            (b" <!doctype html>".as_slice(), "found a web page or XML"),
            (b"", "found nothing"),
            (br#"{"profiles":[]}"#, "found an empty list, which could be anybody's"),
            (
                br#"{"action":"request","status":"error","code":102}"#,
                "found JSON without any profile that we know",
            ),
            (b"PK\x03\x04....", "found a ZIP archive"),
            (b"name,email\n", "found other text"),
            (b"\x00\x01", "found other bytes"),
        ] {
            let said = said(bytes);
            assert!(said.ends_with(found) && said.contains(EXPECTED), "{said}");
        }
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_and_not_tried() {
        assert!(room(u64::MAX).unwrap_err().to_string().contains("less than 4 GiB"));
        assert!(room(u64::from(u32::MAX)).is_err());
        assert_eq!(room(3).unwrap().len(), 3);
    }
}
