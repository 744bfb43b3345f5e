//! A page's bytes, shared and never copied.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// The bytes of a page. Made of a slice, which is copied, or of a list or shared bytes, which are not.
#[derive(Clone)]
pub struct PageBytes(Held);

#[derive(Clone)]
enum Held {
    Shared(Arc<[u8]>),
    /// Shared as it is: as `Arc<[u8]>` it would have to move behind the counts.
    List(Arc<Vec<u8>>),
}

impl From<Vec<u8>> for PageBytes {
    fn from(mut bytes: Vec<u8>) -> Self {
        bytes.shrink_to_fit();
        Self(Held::List(Arc::new(bytes)))
    }
}

impl From<Arc<[u8]>> for PageBytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self(Held::Shared(bytes))
    }
}

impl From<&[u8]> for PageBytes {
    fn from(bytes: &[u8]) -> Self {
        Self(Held::Shared(bytes.into()))
    }
}

impl Deref for PageBytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Held::Shared(bytes) => bytes,
            Held::List(bytes) => bytes,
        }
    }
}

impl fmt::Debug for PageBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageBytes({} bytes)", self.len())
    }
}
