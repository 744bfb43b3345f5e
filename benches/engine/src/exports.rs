//! What WebAssembly sees. Desks are known by number, so that no caller's pointer is ever followed.
#![expect(
    unsafe_code,
    reason = "an exported name is unsafe by definition: two of the same would clash"
)]

use std::cell::RefCell;

use crate::Desk;

/// Providers by the number that stands for them.
const PROVIDERS: [&str; 3] = ["ayrshare", "insightiq", "upsun"];

/// What a step answers when it fails.
const FAILED: u32 = u32::MAX;

/// What a step answers when there is more to read.
const MORE: u32 = u32::MAX - 1;

thread_local! {
    static DESKS: RefCell<Vec<Option<Desk>>> = const { RefCell::new(Vec::new()) };
}

fn with<T: Default>(desk: usize, act: impl FnOnce(&mut Desk) -> T) -> T {
    DESKS.with_borrow_mut(|desks| {
        desks
            .get_mut(desk)
            .and_then(Option::as_mut)
            .map(act)
            .unwrap_or_default()
    })
}

/// A desk with an empty roster.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn open() -> usize {
    DESKS.with_borrow_mut(|desks| {
        let free = desks.iter().position(Option::is_none).unwrap_or(desks.len());
        if free == desks.len() {
            desks.push(None);
        }
        let _ = desks.get_mut(free).map(|desk| desk.insert(Desk::default()));
        free
    })
}

/// Frees a desk and its roster.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn close(desk: usize) {
    DESKS.with_borrow_mut(|desks| desks.get_mut(desk).map(Option::take));
}

/// Where to write a page of so many bytes.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn page(desk: usize, len_bytes: usize) -> usize {
    with(desk, |desk| desk.page(len_bytes).as_ptr() as usize)
}

/// Takes in about so many bytes of the page; with the number of a provider, begins it. Answers how many profiles were
/// added when it is at its end; a page with a rejected record has failed, as none of ours has one.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ingest(desk: usize, provider: usize, budget_bytes: usize) -> u32 {
    let read = |desk: &mut Desk| {
        if let Some(provider) = PROVIDERS.get(provider) {
            desk.begin(provider)?;
        }
        desk.step(budget_bytes)
    };
    with(desk, |desk| match read(desk) {
        Ok(Some(report)) if report.rejected.is_empty() => u32::try_from(report.n_added).unwrap_or(FAILED),
        Ok(None) => MORE,
        Ok(Some(_)) | Err(_) => FAILED,
    })
}

/// Where to write a question of up to so many bytes.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn text(desk: usize, len_bytes: usize) -> usize {
    with(desk, |desk| desk.text(len_bytes).as_ptr() as usize)
}

/// Answers the question of so many bytes; says where the numbers are.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn query(desk: usize, len_bytes: usize, offset: usize, limit: usize) -> usize {
    with(desk, |desk| {
        desk.answer(len_bytes, offset, limit).numbers.as_ptr() as usize
    })
}

/// Where the words of the answer are.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn words(desk: usize) -> usize {
    with(desk, |desk| desk.words().as_ptr() as usize)
}

/// Memory of the pages as received, in bytes.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn page_bytes(desk: usize) -> usize {
    with(desk, |desk| desk.memory_bytes().pages)
}

/// Memory of columns, keys and record places, in bytes.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn index_bytes(desk: usize) -> usize {
    with(desk, |desk| desk.memory_bytes().index)
}

/// Memory of orders, bitmaps of letters and other answers that are kept, in bytes.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn cache_bytes(desk: usize) -> usize {
    with(desk, |desk| desk.memory_bytes().cache)
}

/// Prepares the search of about so many profiles; 1 when all is done.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn prepare(desk: usize, max_rows: usize) -> u32 {
    with(desk, |desk| u32::from(desk.prepare(max_rows)))
}

/// Makes about so many steps of the order whose keys stand in so many bytes of the room for questions; 1 when it is made.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn prepare_order(desk: usize, len_bytes: usize, max_rows: usize) -> u32 {
    with(desk, |desk| u32::from(desk.prepare_order(len_bytes, max_rows)))
}

/// Says that the load has ended.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn settle(desk: usize) {
    with(desk, Desk::settle);
}
