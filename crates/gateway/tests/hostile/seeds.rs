//! What the fuzz targets have found: inputs that together reach nearly all that they reached, one in hexadecimal a line.

/// The inputs of a file of `fuzz/seeds`.
pub(crate) fn read(text: &str) -> Vec<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = |pair: &[u8]| match pair {
        [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
        _ => None,
    };
    let seed = |line: &str| line.as_bytes().chunks(2).map(byte).collect::<Option<Vec<u8>>>();
    let seeds: Option<Vec<_>> = text.lines().map(seed).collect();
    let seeds = seeds.unwrap_or_default();
    assert!(!seeds.is_empty(), "a line of the seeds is not hexadecimal");
    seeds
}
