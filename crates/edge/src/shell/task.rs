//! A request as a task that stands still wherever the runtime has to do something, and goes on with what came of it.
//!
//! A promise and two closures for every wait cost more than everything that is decided here, so no promise comes into
//! this program: it says what it wants as a text, the shim does it and calls again. A usual request is two calls.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use roster_core::UnixMs;

use super::clock;

/// Separates the fields of what is wanted. No header, URL or name holds it.
const FIELD: char = '\0';

/// Tasks from which on those are looked for whose client is gone: the runtime does not say so.
const N_TASKS: usize = 256;

/// When a task is given up that is still not done, in milliseconds.
const GIVEN_UP_MS: i64 = 120_000;

/// What came of a deed.
#[derive(Default)]
pub(crate) struct Done {
    /// A status, or whether it went well.
    pub(crate) status: u16,
    /// Headers by lines, or a word.
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

/// The way from a task to the shim: what is wanted, and what came of it.
#[derive(Default)]
pub(crate) struct Wire {
    wanted: Cell<Option<String>>,
    done: Cell<Option<Done>>,
}

impl Wire {
    /// Has the shim do something; `deed` is its name and what it needs, in fields.
    pub(crate) async fn want(&self, deed: String) -> Done {
        self.wanted.set(Some(deed));
        poll_fn(|_| self.done.take().map_or(Poll::Pending, Poll::Ready)).await
    }
}

struct Task {
    wire: Rc<Wire>,
    work: Pin<Box<dyn Future<Output = String>>>,
    since: UnixMs,
}

#[derive(Default)]
struct Tasks {
    n_begun: u32,
    all: BTreeMap<u32, Task>,
}

thread_local! {
    static TASKS: RefCell<Tasks> = RefCell::default();
}

/// Begins a task, whose end is the text of an answer. What it wants first, after its number.
pub(crate) fn begin<F: Future<Output = String> + 'static>(work: impl FnOnce(Rc<Wire>) -> F) -> String {
    let wire = Rc::<Wire>::default();
    let task = Task {
        work: Box::pin(work(wire.clone())),
        wire,
        since: clock::now(),
    };
    let id = TASKS.with_borrow_mut(|tasks| {
        tasks.n_begun = tasks.n_begun.wrapping_add(1);
        if tasks.all.len() >= N_TASKS {
            tasks.all.retain(|_, old| task.since.since(old.since) < GIVEN_UP_MS);
        }
        tasks.n_begun
    });
    go_on(id, task)
}

/// Goes on with a task. What it wants next; `None` for one that is not there.
pub(crate) fn resume(id: u32, done: Done) -> Option<String> {
    let task = TASKS.with_borrow_mut(|tasks| tasks.all.remove(&id))?;
    task.wire.done.set(Some(done));
    Some(go_on(id, task))
}

/// The task is not in the list while it works, so that its work may begin others.
fn go_on(id: u32, mut task: Task) -> String {
    let deed = match task.work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => {
            let deed = task.wire.wanted.take().unwrap_or_default();
            TASKS.with_borrow_mut(|tasks| tasks.all.insert(id, task));
            deed
        }
    };
    fields(&[&id.to_string(), &deed])
}

/// Fields as one text.
pub(crate) fn fields(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            text.push(FIELD);
        }
        text.push_str(part);
    }
    text
}
