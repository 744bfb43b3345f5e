//! Whole numbers of any length, as far as decimals need them.

/// Ten to this power fits into 32 bits.
pub(super) const CHUNK_DIGITS: u32 = 9;

/// A whole number of any length, its lowest 32 bits first.
#[derive(Clone, Debug, Default)]
pub(super) struct Whole(Vec<u32>);

#[expect(clippy::cast_possible_truncation, reason = "cut into halves of 64 bits")]
impl Whole {
    pub(super) fn of(number: u64) -> Self {
        Self(vec![number as u32, (number >> 32) as u32])
    }

    /// Multiplies and adds.
    pub(super) fn times_plus(&mut self, factor: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Divides and gives what is left.
    pub(super) fn divide(&mut self, by: u32) -> u32 {
        let mut rest = 0;
        for part in self.0.iter_mut().rev() {
            rest = rest << 32 | u64::from(*part);
            *part = (rest / u64::from(by)) as u32;
            rest %= u64::from(by);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        rest as u32
    }

    pub(super) fn shift(&mut self, n_bits: usize) {
        self.times_plus(1 << (n_bits % 32), 0);
        self.0.splice(0..0, std::iter::repeat_n(0, n_bits / 32));
    }

    pub(super) fn n_bits(&self) -> usize {
        self.0
            .last()
            .map_or(0, |top| self.0.len() * 32 - top.leading_zeros() as usize)
    }

    fn has_bit(&self, bit: usize) -> bool {
        self.0.get(bit / 32).is_some_and(|part| part >> (bit % 32) & 1 == 1)
    }

    /// The nearest `f64` to this number, and a little more if it `has_rest`, divided by two to the power `shift`.
    #[expect(clippy::cast_possible_wrap, reason = "some thousand bits")]
    pub(super) fn rounded(&self, shift: usize, has_rest: bool) -> Option<f64> {
        let top = self.n_bits() as i64 - 1 - shift as i64;
        // Beyond, the exponent would run into the sign.
        if top > 1023 {
            return None;
        }
        // The power of two of the last bit that there is room for.
        let last = (top - 52).max(-1074);
        let bits = |from: i64| {
            let bits = (0..54).filter(|bit| usize::try_from(from + bit).is_ok_and(|bit| self.has_bit(bit)));
            bits.fold(0_u64, |all, bit| all | 1 << bit)
        };
        let first = last + shift as i64;
        let mut mantissa = bits(first);
        if let Ok(half) = usize::try_from(first - 1)
            && self.has_bit(half)
        {
            let is_more = has_rest || (0..half).any(|bit| self.has_bit(bit));
            mantissa += u64::from(is_more || mantissa & 1 == 1);
        }
        let exponent = u64::try_from(last + 1074).ok()?;
        let number = f64::from_bits((exponent << 52) + mantissa);
        number.is_finite().then_some(number)
    }

    /// The decimal digits; takes the number apart.
    pub(super) fn into_digits(mut self) -> String {
        let mut chunks = Vec::new();
        while !self.0.is_empty() {
            chunks.push(self.divide(10_u32.pow(CHUNK_DIGITS)));
        }
        let mut digits = String::new();
        for chunk in chunks.iter().rev() {
            let text = chunk.to_string();
            let n_zeros = CHUNK_DIGITS as usize - text.len();
            digits.extend(std::iter::repeat_n('0', if digits.is_empty() { 0 } else { n_zeros }));
            digits.push_str(&text);
        }
        digits
    }
}
