//! Operators of a content stream, written as short as they can be.

use hayro::kurbo::Affine;

/// Bytes of a content stream, or of a dictionary.
#[derive(Debug, Default)]
pub(super) struct Ops(pub(super) Vec<u8>);

impl Ops {
    /// A gap, where what stands before would run into what comes.
    fn gap(&mut self) {
        if self.0.last().is_some_and(|b| !matches!(b, b' ' | b'\n' | b'[' | b']' | b')' | b'>')) {
            self.0.push(b' ');
        }
    }

    /// An operator; the operands stand before it.
    pub(super) fn op(&mut self, name: &str) {
        self.gap();
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'\n');
    }

    /// Something that needs no gap before it: a name, a string, a dictionary.
    pub(super) fn word(&mut self, word: &str) {
        self.0.extend_from_slice(word.as_bytes());
    }

    /// `value` tenths, hundredths, … as `places` says.
    pub(super) fn scaled(&mut self, value: i64, places: usize) -> &mut Self {
        self.gap();
        scaled(&mut self.0, value, places);
        self
    }

    /// A number rounded to so many places.
    pub(super) fn fixed(&mut self, value: f64, places: usize) -> &mut Self {
        self.scaled(quantum(value, places), places)
    }

    /// A number rounded to so many significant digits.
    pub(super) fn significant(&mut self, value: f64, digits: i32) -> &mut Self {
        let places = places_for(value, digits);
        self.fixed(value, places)
    }

    /// The six numbers of a matrix: its directions true to a hundred-thousandth of themselves, since
    /// whatever is drawn through them may be large; its origin to a thousandth of a point.
    pub(super) fn matrix(&mut self, matrix: Affine) -> &mut Self {
        let [a, b, c, d, e, f] = matrix.as_coeffs();
        let places = places_for(a.abs().max(b.abs()).max(c.abs()).max(d.abs()), 6);
        for v in [a, b, c, d] {
            self.fixed(v, places);
        }
        self.fixed(e, 3).fixed(f, 3)
    }
}

/// How many decimals give so many significant digits.
pub(super) fn places_for(value: f64, digits: i32) -> usize {
    let high = value.abs().max(1e-9).log10().floor() as i32 + 1;
    (digits - high).clamp(0, 9) as usize
}

const POWERS: [i64; 10] =
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// A number in units of its last place. Readers keep numbers as 32-bit floats, and a page has no use for
/// larger ones than these.
pub(super) fn quantum(value: f64, places: usize) -> i64 {
    let value = if value.is_finite() { value.clamp(-1e6, 1e6) } else { 0.0 };
    (value * POWERS[places] as f64).round() as i64
}

fn scaled(out: &mut Vec<u8>, value: i64, mut places: usize) {
    let mut left = value.unsigned_abs();
    while places > 0 && left.is_multiple_of(10) {
        left /= 10;
        places -= 1;
    }
    if value < 0 {
        out.push(b'-');
    }
    let power = POWERS[places] as u64;
    let (whole, part) = (left / power, left % power);
    if whole > 0 || places == 0 {
        digits(out, whole, 1);
    }
    if places > 0 {
        out.push(b'.');
        digits(out, part, places);
    }
}

fn digits(out: &mut Vec<u8>, mut value: u64, least: usize) {
    let mut text = [b'0'; 20];
    let mut at = text.len();
    while value > 0 || text.len() - at < least {
        at -= 1;
        text[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.extend_from_slice(&text[at..]);
}

/// A number for a dictionary: at most three places, no needless noughts.
pub(super) fn number(value: f64) -> String {
    let mut out = Vec::new();
    scaled(&mut out, quantum(value, 3), 3);
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_true() {
        let check = |value: f64, places: usize, says: &str| {
            let mut ops = Ops::default();
            ops.fixed(value, places);
            assert_eq!(String::from_utf8(ops.0).unwrap(), says);
        };
        check(0.0, 3, "0");
        check(-0.0001, 3, "0"); // no minus nought
        check(0.5, 3, ".5");
        check(-0.25, 3, "-.25");
        check(12.0, 3, "12");
        check(100.0, 0, "100");
        check(1.0051, 2, "1.01"); // the nearest hundredth
        check(595.276, 3, "595.276");
        check(f64::NAN, 3, "0"); // never a word a reader would stumble on
        check(1e12, 0, "1000000");
    }

    #[test]
    fn small_matrices_keep_their_digits() {
        let mut ops = Ops::default();
        ops.matrix(Affine::new([0.000_123_456_7, 0.0, 0.0, -0.000_123_456_7, 10.0, 20.5]));
        // Fixed decimals would have made this nought, and moved everything drawn through it.
        assert_eq!(String::from_utf8(ops.0).unwrap(), ".000123457 0 0 -.000123457 10 20.5");
    }
}
