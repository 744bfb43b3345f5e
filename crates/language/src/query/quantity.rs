//! A number as people type it: `10k`, `1.5m`, `80%`.

use std::fmt;
use std::hash::{Hash, Hasher};

use roster_core::decimal;

/// A finite number.
#[derive(Clone, Copy, Debug)]
pub struct Quantity(f64);

impl Quantity {
    /// A finite number; `None` for infinities and "not a number". Minus zero becomes zero.
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number + 0.0))
    }

    /// The number.
    #[inline]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Reads `10`, `-3`, `2.5`, `10k`, `1.5M`, `2bn`, `1_000`. No percent sign: that is the field's matter.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase().replace('_', "");
        let sizes = [("k", 1e3), ("m", 1e6), ("mio", 1e6), ("bn", 1e9), ("b", 1e9)];
        let mut found = sizes
            .iter()
            .filter_map(|(word, size)| Some((text.strip_suffix(word)?, *size)));
        let (digits, size) = found.next().unwrap_or((&text, 1.0));
        let is_plain = digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        if !is_plain || !digits.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Self::new(decimal::parse(digits.as_bytes())? * size)
    }
}

impl From<u32> for Quantity {
    fn from(number: u32) -> Self {
        Self(f64::from(number))
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Quantity {}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// The shortest form that reads back as the same number; round thousands as `10k`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (size, word) in [(1e9, "bn"), (1e6, "m"), (1e3, "k")] {
            let count = self.0 / size;
            let is_round = count.abs() >= 1.0 && (count * 10.0).fract().abs() < f64::EPSILON;
            let text = decimal::write(count) + word;
            if is_round && Self::parse(&text) == Some(*self) {
                return f.write_str(&text);
            }
        }
        f.write_str(&decimal::write(self.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        for (text, number, written) in [
            ("10k", 10_000.0, "10k"),
            ("1M", 1_000_000.0, "1m"),
            ("1.5k", 1_500.0, "1.5k"),
            ("2bn", 2e9, "2bn"),
            ("1_234", 1_234.0, "1234"),
            ("-3", -3.0, "-3"),
            ("-0", 0.0, "0"),
            (".5", 0.5, "0.5"),
        ] {
            let quantity = Quantity::parse(text).unwrap();
            assert_eq!(quantity, Quantity::new(number).unwrap(), "{text}");
            assert_eq!(quantity.to_string(), written);
        }
        for text in ["", "k", "-", "1e5", "inf", "nan", "10kk", "ten", "1-2", "+5", "80%"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_back(number in prop_oneof![any::<f64>(), (-1_000_000i32..1_000_000).prop_map(|n| f64::from(n) * 100.0)]) {
            if let Some(quantity) = Quantity::new(number) {
                prop_assert_eq!(Quantity::parse(&quantity.to_string()), Some(quantity));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9kmb._%-]{0,8}") {
            let _ = Quantity::parse(&text).map(|quantity| assert!(quantity.get().is_finite()));
        }
    }
}
