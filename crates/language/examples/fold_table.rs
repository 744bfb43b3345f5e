//! Prints `src/fold/table.txt` anew, after the Unicode crates were updated.

#[path = "../src/fold/spec.rs"]
mod spec;

#[expect(clippy::print_stdout, reason = "printing is what this program is for")]
fn main() {
    print!("{}", spec::table());
}
