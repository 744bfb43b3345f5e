//! Turns of the browser's event loop, all asked for through one channel: a channel for each would leave two ports to the
//! garbage collector, which then stops the page for longer than a frame.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use futures_util::task::AtomicWaker;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageChannel;

/// Who waits for a turn.
#[derive(Default)]
struct Waiting {
    is_due: Cell<bool>,
    waker: AtomicWaker,
}

/// A queue before the event loop.
pub(crate) struct Turns {
    /// `None` where the browser has no channels, and nobody waits.
    channel: Option<MessageChannel>,
    queue: Rc<RefCell<VecDeque<Rc<Waiting>>>>,
    _heard: Closure<dyn FnMut()>,
}

impl Default for Turns {
    fn default() -> Self {
        let (channel, queue) = (
            MessageChannel::new().ok(),
            Rc::<RefCell<VecDeque<Rc<Waiting>>>>::default(),
        );
        let waiting = queue.clone();
        let heard = Closure::new(move || {
            let next = waiting.borrow_mut().pop_front();
            if let Some(next) = next {
                next.is_due.set(true);
                next.waker.wake();
            }
        });
        if let Some(channel) = &channel {
            channel.port1().set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            queue,
            _heard: heard,
        }
    }
}

impl Turns {
    /// The next turn after those that were asked for before.
    pub(crate) fn next(&self) -> impl Future<Output = ()> + use<> {
        let own = Rc::new(Waiting::default());
        // A channel of one's own takes any message.
        let sent = self
            .channel
            .as_ref()
            .and_then(|channel| channel.port2().post_message(&JsValue::NULL).ok());
        own.is_due.set(sent.is_none());
        if sent.is_some() {
            self.queue.borrow_mut().push_back(own.clone());
        }
        poll_fn(move |context| {
            own.waker.register(context.waker());
            if own.is_due.get() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
    }
}
