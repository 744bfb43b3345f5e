//! Files are read part by part and taken in by slices, one after the other, so that no frame is lost. A file that is
//! stopped or wrong leaves no trace.

use std::rc::Rc;
use std::sync::Arc;

use roster_core::Error;

use super::{Effects, Inner};
use crate::file_source::{FileLoad, FileSource, Upload, provider_of, room};
use crate::intake::{Taken, Whose};
use crate::state::Action;

/// Bytes of a file that are brought into memory at once.
const PART_BYTES: u64 = 2 * 1024 * 1024;

/// Bytes of a file that are taken into the index at once, as of a page.
const SLICE_BYTES: usize = super::reading::SLICE_BYTES;

/// Slices between two signs of life.
const SLICES_PER_SIGN: usize = 8;

/// A file that is open, and whether a person has stopped it.
pub(super) struct Opened {
    id: u64,
    upload: Upload,
    is_stopped: bool,
}

impl Effects {
    /// Reads files one after the other.
    pub fn open_files(&self, uploads: Vec<Upload>) {
        let sources: Vec<FileSource> = uploads.into_iter().map(|upload| self.0.enlist(upload)).collect();
        for source in &sources {
            self.0.tell_file(source.clone());
        }
        let ready = sources.into_iter().filter(FileSource::is_running).collect();
        Inner::read_files(&self.0, ready);
    }

    /// Reads a file that is large, because a person wants it all the same.
    pub fn open_large(&self, mut source: FileSource) {
        source.load = FileLoad::Reading {
            n_bytes: 0,
            n_taken_bytes: 0,
        };
        Inner::read_files(&self.0, vec![source]);
    }

    /// Stops the reading of a file.
    pub fn stop_file(&self, id: u64) {
        let mut files = self.0.files.borrow_mut();
        files
            .iter_mut()
            .filter(|file| file.id == id)
            .for_each(|file| file.is_stopped = true);
    }

    /// Takes a file off the list, and its profiles with it.
    pub fn close_file(&self, id: u64) {
        self.stop_file(id);
        let weak = Rc::downgrade(&self.0);
        self.0.spawn(async move {
            let Some(inner) = weak.upgrade() else { return };
            inner.leave(Whose::File(id)).await;
            inner.files.borrow_mut().retain(|file| file.id != id);
            inner.send.emit(Action::FileClosed(id, inner.seen()));
        });
    }
}

impl Inner {
    fn enlist(&self, upload: Upload) -> FileSource {
        let id = self.last_generation.get() + 1;
        self.last_generation.set(id);
        let source = FileSource::new(id, &upload);
        self.files.borrow_mut().push(Opened {
            id,
            upload,
            is_stopped: false,
        });
        source
    }

    fn read_files(this: &Rc<Self>, sources: Vec<FileSource>) {
        let weak = Rc::downgrade(this);
        this.spawn(async move {
            for source in sources {
                let Some(inner) = weak.upgrade() else { return };
                inner.read_file(source).await;
                Self::prepare(&inner);
            }
        });
    }

    async fn read_file(&self, mut source: FileSource) {
        source.load = match self.bring(&mut source).await {
            Ok(Some(body)) => return self.take_file(source, body).await,
            Ok(None) => FileLoad::Stopped,
            Err(error) => FileLoad::Failed(error),
        };
        self.tell_file(source);
    }

    /// Brings a file into memory; `None` if a person stopped it.
    async fn bring(&self, source: &mut FileSource) -> Result<Option<Arc<[u8]>>, Error> {
        let Some(upload) = self.upload(source.id) else {
            return Ok(None);
        };
        let mut body = room(source.len_bytes)?;
        let mut at = 0;
        while at < source.len_bytes {
            let to = source.len_bytes.min(at + PART_BYTES);
            let part = upload.part(at, to).await?;
            if self.upload(source.id).is_none() {
                return Ok(None);
            }
            let start = usize::try_from(at).unwrap_or(usize::MAX);
            let place = Arc::get_mut(&mut body).and_then(|body| body.get_mut(start..start + part.len()));
            if part.is_empty() || place.map(|place| place.copy_from_slice(&part)).is_none() {
                return Err(changed(&source.name));
            }
            at += part.len() as u64;
            source.load = FileLoad::Reading {
                n_bytes: at,
                n_taken_bytes: 0,
            };
            self.tell_file(source.clone());
        }
        Ok(Some(body))
    }

    /// What can be read of a file, unless a person has stopped it.
    fn upload(&self, id: u64) -> Option<Upload> {
        let files = self.files.borrow();
        let found = files.iter().find(|file| file.id == id && !file.is_stopped);
        found.map(|file| file.upload.clone())
    }

    /// Takes a file into the index.
    async fn take_file(&self, mut source: FileSource, body: Arc<[u8]>) {
        let provider = match provider_of(&body) {
            Ok(provider) => provider,
            Err(error) => {
                source.load = FileLoad::Failed(error);
                return self.tell_file(source);
            }
        };
        source.provider = Some(provider);
        let taken = self.take_slices(&source, provider, body).await;
        match taken {
            Some(taken) => source = source.ended(taken),
            None => source.load = FileLoad::Stopped,
        }
        self.learn();
        self.put_in_order().await;
        self.tell_file(source);
    }

    async fn take_slices(&self, source: &FileSource, provider: &'static str, body: Arc<[u8]>) -> Option<Taken> {
        let _turn = self.turn().await;
        self.hold();
        let mut taking = self.intake.borrow().begin_file(source.id, provider, body);
        for n_slices in 1.. {
            if let Some(taken) = self.intake.borrow_mut().step(&mut taking, SLICE_BYTES) {
                return Some(taken);
            }
            if n_slices % SLICES_PER_SIGN == 0 {
                let mut now = source.clone();
                now.load = FileLoad::Reading {
                    n_bytes: source.len_bytes,
                    n_taken_bytes: taking.n_read_bytes() as u64,
                };
                self.tell_file(now);
            }
            self.pass().await;
            if self.upload(source.id).is_none() {
                break;
            }
        }
        self.intake.borrow().give_up();
        None
    }

    fn tell_file(&self, source: FileSource) {
        self.send.emit(Action::FileHeard(Box::new(source), self.seen()));
    }
}

fn changed(name: &str) -> Error {
    let expected = "the bytes that it had when it was opened";
    Error::unexpected(roster_core::ErrorKind::Network, name, expected, "fewer")
}
