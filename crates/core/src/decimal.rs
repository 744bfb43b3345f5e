//! Decimal numbers as text: read to the nearest `f64`, and written as the shortest text that reads back.
//!
//! The standard library does both, and faster where digits are many. But its tables and its several ways for each
//! take twenty kilobytes of a download, and the numbers of profiles have few digits: those never come to the long way.

mod whole;

use whole::Whole;

/// Whole numbers up to here are exact in an `f64`.
const EXACT: u64 = 1 << 53;

/// The largest power of ten that is exact in an `f64`.
const EXACT_POWER: i32 = 22;

/// Digits that can decide to which side a number is rounded; of what follows counts only whether it is nothing.
const N_DECIDING: usize = 800;

/// Powers of ten beyond which every number is infinite, or zero.
const LARGEST_POWER: i32 = 310;
const SMALLEST_POWER: i32 = -345;

/// The nearest `f64` to a decimal number: digits, with a point or an exponent if there is one, and a sign. `None` for
/// any other text, and for a number beyond all of them.
pub fn parse(text: &[u8]) -> Option<f64> {
    let (is_negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    let (digits, exponent) =
        digits
            .iter()
            .position(|byte| matches!(byte, b'e' | b'E'))
            .map_or(Some((digits, 0)), |at| {
                let (digits, exponent) = digits.split_at_checked(at)?;
                Some((digits, power(exponent.get(1..)?)?))
            })?;
    let number = Decimal::read(digits, exponent)?.nearest()?;
    Some(if is_negative { -number } else { number })
}

/// An exponent; one that is beyond all is any other beyond all.
fn power(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text.split_first()? {
        (b'-', rest) => (-1, rest),
        (b'+', rest) => (1, rest),
        _ => (1, text),
    };
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let more = |power: i32, digit: &u8| power.saturating_mul(10).saturating_add(i32::from(digit - b'0'));
    is_number.then(|| sign * digits.iter().fold(0, more).min(i32::MAX / 4))
}

/// A number that is not negative: its digits as a whole number, times ten to a power.
struct Decimal<'a> {
    /// Digits and at most one point.
    digits: &'a [u8],
    /// Of the last digit.
    power: i32,
}

impl<'a> Decimal<'a> {
    fn read(digits: &'a [u8], exponent: i32) -> Option<Self> {
        let mut n_points = 0;
        let mut n_fraction = 0;
        for byte in digits {
            match byte {
                b'0'..=b'9' => n_fraction += n_points,
                b'.' => n_points += 1,
                _ => return None,
            }
        }
        let is_number = n_points < 2 && digits.len() > usize::from(n_points == 1);
        let power = exponent.saturating_sub(n_fraction);
        is_number.then_some(Self { digits, power })
    }

    fn each(&self) -> impl Iterator<Item = u32> {
        let digits = self.digits.iter().filter(|byte| byte.is_ascii_digit());
        digits
            .map(|byte| u32::from(byte - b'0'))
            .skip_while(|digit| *digit == 0)
    }

    fn nearest(&self) -> Option<f64> {
        let more = |whole: u64, digit| (whole < EXACT / 10).then(|| whole * 10 + u64::from(digit));
        let whole = self.each().try_fold(0, more);
        if let Some(whole) = whole.filter(|whole| *whole == 0 || self.power.abs() <= EXACT_POWER) {
            return Some(scaled(whole, self.power));
        }
        let n_digits = i32::try_from(self.each().count()).ok()?;
        match n_digits.saturating_add(self.power) {
            LARGEST_POWER.. => None,
            ..SMALLEST_POWER => Some(0.0),
            _ => self.nearest_of_any(),
        }
    }

    /// By whole numbers of any length.
    #[cold]
    fn nearest_of_any(&self) -> Option<f64> {
        let (mut whole, mut power, mut has_rest) = (Whole::default(), self.power, false);
        for (index, digit) in self.each().enumerate() {
            if index < N_DECIDING {
                whole.times_plus(10, digit);
            } else {
                has_rest |= digit != 0;
                power += 1;
            }
        }
        let mut shift = 0;
        if power < 0 {
            let n_bits = power.unsigned_abs() as usize * 10 / 3 + 66;
            shift = n_bits.saturating_sub(whole.n_bits());
            whole.shift(shift);
        }
        each_power(power, |ten| {
            if power < 0 {
                has_rest |= whole.divide(ten) != 0;
            } else {
                whole.times_plus(ten, 0);
            }
        });
        whole.rounded(shift, has_rest)
    }
}

/// A whole number that is exact, times a power of ten that is exact or a divisor that is: rounded once.
#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
fn scaled(whole: u64, power: i32) -> f64 {
    let ten = (0..power.abs()).take(22).fold(1.0, |ten, _| ten * 10.0);
    if power < 0 {
        whole as f64 / ten
    } else {
        whole as f64 * ten
    }
}

/// Calls with factors that make up ten to a power.
fn each_power(power: i32, mut take: impl FnMut(u32)) {
    let mut n_left = power.unsigned_abs();
    while n_left > 0 {
        let n_now = n_left.min(whole::CHUNK_DIGITS);
        take(10_u32.pow(n_now));
        n_left -= n_now;
    }
}

/// The shortest decimal text, without an exponent, that reads back as the same number; of several the nearest.
pub fn write(number: f64) -> String {
    let text = match number.abs() {
        size if size.is_nan() => return "NaN".to_owned(),
        size if size.is_infinite() => "inf".to_owned(),
        size => short(size).unwrap_or_else(|| long(size)),
    };
    if number.is_sign_negative() {
        format!("-{text}")
    } else {
        text
    }
}

/// A number of few digits. With fewer than fifteen there is one text only that reads back.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "whole and small; the same number is wanted, not a near one"
)]
fn short(size: f64) -> Option<String> {
    const FEW: f64 = 1e14;
    let places = (0..=EXACT_POWER).take_while(|n_places| size * scaled(1, *n_places) < FEW);
    let fits = |n_places: &i32| {
        let whole = (size * scaled(1, *n_places)).round();
        scaled(whole as u64, -n_places) == size
    };
    let n_places = places.into_iter().find(fits)?;
    let whole = (size * scaled(1, n_places)).round() as u64;
    Some(pointed(&whole.to_string(), -n_places))
}

/// A number of many digits: all of them, rounded to as few as read back.
#[cold]
fn long(size: f64) -> String {
    let (digits, power) = exact(size);
    for n_digits in 1..digits.len() {
        let Some((head, tail)) = digits.split_at_checked(n_digits) else {
            break;
        };
        let power = power + i32::try_from(tail.len()).unwrap_or_default();
        let next = (head.parse().unwrap_or(0_u64) + 1).to_string();
        let is_near_next = tail >= "5";
        let both = if is_near_next {
            [next.as_str(), head]
        } else {
            [head, &next]
        };
        let reads_back = |digits: &&str| parse(format!("{digits}e{power}").as_bytes()) == Some(size);
        if let Some(shortest) = both.into_iter().find(reads_back) {
            return pointed(shortest, power);
        }
        if n_digits > 17 {
            break;
        }
    }
    pointed(&digits, power)
}

/// All digits of a number, and the power of ten of the last one.
fn exact(size: f64) -> (String, i32) {
    let bits = size.to_bits();
    let exponent = i32::try_from(bits >> 52).unwrap_or_default();
    let mantissa = (bits & (EXACT / 2 - 1)) + if exponent > 0 { EXACT / 2 } else { 0 };
    let power = exponent.max(1) - 1075;
    let mut whole = Whole::of(mantissa);
    if power >= 0 {
        whole.shift(power.unsigned_abs() as usize);
        return (whole.into_digits(), 0);
    }
    // A half is five tenths.
    (0..-power).for_each(|_| whole.times_plus(5, 0));
    (whole.into_digits(), power)
}

/// Digits times a power of ten, written out.
fn pointed(digits: &str, power: i32) -> String {
    let n_zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or_default());
    if power >= 0 {
        return [digits, &n_zeros(power)].concat();
    }
    let n_places = power.unsigned_abs() as usize;
    let missing = "0".repeat((n_places + 1).saturating_sub(digits.len()));
    let digits = [&missing, digits].concat();
    let (whole, fraction) = digits.split_at_checked(digits.len() - n_places).unwrap_or_default();
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => [whole, ".", fraction].concat(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) {
        let expected = text.parse::<f64>().ok().filter(|number| number.is_finite());
        let found = parse(text.as_bytes());
        assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{text}");
    }

    #[test]
    fn the_edges_are_read_as_the_standard_library_reads_them() {
        let half_of_smallest = format!("{:.1100}", f64::from_bits(1) / 2.0);
        for text in [
            "0",
            "-0",
            "+1",
            ".5",
            "5.",
            ".",
            "",
            "-",
            "1e",
            "1e+",
            "1.2.3",
            "1e5",
            "1E-5",
            "1e22",
            "1e23",
            "1e-23",
            "9007199254740993",
            "9007199254740993.0000000000000000001",
            "1e308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "3.5953862697246314e308",
            "4.5e308",
            "458482.3077348769249472E+303",
            "9.9e308",
            "2.2250738585072011e-308",
            "5e-324",
            "2e-324",
            "2.4703282292062327208e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "0e999999999999",
            "1e999999999999",
            "1e-999999999999",
            "0.000001",
            "123456789012345678901234567890",
            "1x",
            "0x10",
            &half_of_smallest,
            "8.5",
            "123.456",
            "7205759403792793e1",
            "72057594037927935",
        ] {
            check(text);
        }
    }

    #[test]
    fn a_digit_far_behind_decides() {
        let tie = "9007199254740993";
        let [even, odd] = [
            format!("{tie}.{}", "0".repeat(2000)),
            format!("{tie}.{}1", "0".repeat(2000)),
        ];
        assert_eq!(parse(even.as_bytes()), Some(9_007_199_254_740_992.0));
        assert_eq!(parse(odd.as_bytes()), Some(9_007_199_254_740_994.0));
    }

    #[test]
    fn powers_of_two_are_written_as_the_standard_library_writes_them() {
        for exponent in 0..2047_u64 {
            let number = f64::from_bits(exponent << 52);
            assert_eq!(write(number), number.to_string());
        }
        for number in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            f64::MAX,
            f64::MIN_POSITIVE,
            0.1,
            1e22,
            123.0,
        ] {
            assert_eq!(write(number), number.to_string());
        }
    }

    proptest! {
        #[test]
        fn any_text_of_digits_is_read_as_the_standard_library_reads_it(text in r"[+-]?[0-9]{0,25}\.?[0-9]{0,25}([eE][+-]?[0-9]{1,3})?") {
            check(&text);
        }

        #[test]
        fn any_number_is_written_as_the_standard_library_writes_it(number in any::<f64>(), digits in any::<i32>(), places in 0..12) {
            prop_assert_eq!(write(number), number.to_string());
            check(&format!("{number:e}"));
            let short = f64::from(digits) / 10_f64.powi(places);
            prop_assert_eq!(write(short), short.to_string());
            check(&short.to_string());
        }
    }
}
