//! What the npm module weighs, as the changelog says: so that it cannot grow by more than a little without a line there.

use std::fs;
use std::path::Path;

use crate::Outcome;

/// Stands before the number, in KiB of brotli.
const SENTENCE: &str = "The npm module weighs ";

/// How much it may grow before it must be told, in percent.
const UNTOLD_PERCENT: u64 = 5;

/// The number of the newest line that says one, in KiB.
pub(super) fn newest(changelog: &Path) -> Outcome<u64> {
    let text =
        fs::read_to_string(changelog).map_err(|error| format!("cannot read {}: {error}", changelog.display()))?;
    number(&text).ok_or_else(|| format!("expected a line `{SENTENCE}… KiB` in {}", changelog.display()))
}

fn number(changelog: &str) -> Option<u64> {
    let (_, rest) = changelog.split_once(SENTENCE)?;
    rest.split_once(" KiB")?.0.parse().ok()
}

/// # Errors
/// It weighs more than the changelog says and a little.
pub(super) fn growth(brotli_bytes: u64, recorded_kib: u64) -> Outcome {
    let most_bytes = recorded_kib * 1024 * (100 + UNTOLD_PERCENT) / 100;
    if brotli_bytes <= most_bytes {
        return Ok(());
    }
    Err(format!(
        "the npm module: expected at most {UNTOLD_PERCENT} % more than the {recorded_kib} KiB in CHANGELOG.md, found {} KiB; \
         say there what it brings and what it weighs now",
        brotli_bytes.div_ceil(1024)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_line_counts() {
        let text = "- The npm module weighs 70 KiB in brotli.\n## 0.1\n- The npm module weighs 90 KiB in brotli.\n";
        assert_eq!(number(text), Some(70));
        assert_eq!(number("- Nothing.\n"), None);
        assert_eq!(number("The npm module weighs little KiB"), None);
    }

    #[test]
    fn more_than_a_twentieth_must_be_told() {
        assert_eq!(growth(105 * 1024, 100), Ok(()));
        let sentence = growth(105 * 1024 + 1, 100).unwrap_err();
        assert!(
            sentence.contains("the 100 KiB in CHANGELOG.md, found 106 KiB"),
            "{sentence}"
        );
    }
}
