//! What the viewer sees of this module: room for a target, an answer, and where the answer stands.
#![expect(
    unsafe_code,
    reason = "an exported name is unsafe by definition: two of the same would clash"
)]

use std::cell::RefCell;

use roster_core::UnixMs;

use crate::{Demo, message};

#[derive(Default)]
struct Stage {
    demo: Demo,
    target: Vec<u8>,
    answer: Vec<u8>,
}

thread_local! {
    static STAGE: RefCell<Stage> = RefCell::default();
}

/// Where to write a target of so many bytes.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn target(len_bytes: usize) -> usize {
    STAGE.with_borrow_mut(|stage| {
        stage.target = vec![0; len_bytes];
        stage.target.as_ptr() as usize
    })
}

/// Answers the target that was written, at an instant in Unix milliseconds, and says how many bytes the answer has.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn answer(now_ms: f64) -> usize {
    STAGE.with_borrow_mut(|stage| {
        let target = String::from_utf8_lossy(&stage.target);
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit in 53 bits")]
        let response = stage.demo.answer(&target, UnixMs(now_ms as i64));
        stage.answer = message::write(&response);
        stage.answer.len()
    })
}

/// Where the last answer stands.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn answered() -> usize {
    STAGE.with_borrow(|stage| stage.answer.as_ptr() as usize)
}
