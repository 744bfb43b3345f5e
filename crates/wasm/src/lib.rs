//! The boundary of the npm module: arguments in, results out, nothing in between.
//!
//! The rule: nothing here waits or does I/O, so nothing is borrowed while JavaScript runs. A load is a state machine
//! that says what to do next (send, wait, here is a page), and the facade in `npm/src` does it. Results leave as one
//! text and one block of numbers (`pack::Pack`), which `npm/src/packed.ts` reads in the same order; errors leave as
//! text (`fault::thrown`), which `npm/src/errors.ts` makes an `Error` of.

mod ask;
pub mod batch;
pub mod client;
pub mod dto;
mod fault;
mod handed;
pub mod items;
pub mod load;
mod long;
pub mod pack;
pub mod params;
pub mod providers;
pub mod roster;
mod units;
