//! How long a passphrase would stand against somebody who holds the laptop.
//!
//! The estimate is zxcvbn's count of guesses. What is enough is set by what a guess costs: with the vault's
//! Argon2id (256 MiB, three passes) one fast graphics card tries about 450 a second, so 2⁵⁰ guesses keep a
//! hundred such cards busy for some eight hundred years.

use gb_wire::Strength;

/// Guesses below which a vault is not made: 2⁵⁰.
const ENOUGH: f64 = 50.0;

/// Weighs a passphrase; `inputs` are words an attacker would try first, such as the organisation's name.
pub(crate) fn weigh(phrase: &str, inputs: &[&str]) -> Strength {
    if phrase.is_empty() {
        return Strength {
            score: 0,
            enough: false,
            says: "Choose five or more words that do not belong together.".into(),
        };
    }
    let bits = zxcvbn::zxcvbn(phrase, inputs).guesses_log10() * std::f64::consts::LOG2_10;
    let (score, says) = match bits {
        b if b < 28.0 => (1, "A thief with this laptop would guess it within hours. Add more words."),
        b if b < 40.0 => (2, "A thief with this laptop would guess it within weeks. Add more words."),
        b if b < ENOUGH => {
            (3, "Good for a website, not for a laptop that can be taken away. Add another word.")
        }
        b if b < 64.0 => (4, "Strong enough: guessing it would take longer than anybody has."),
        _ => (4, "Very strong."),
    };
    Strength { score, enough: bits >= ENOUGH, says: says.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_phrases_are_told_so() {
        for (phrase, enough) in [
            ("", false),
            ("password", false),
            ("Fernbrook2026!", false),
            ("correct horse", false),
            ("tumbler oboe gravel sixty lantern", true),
            ("moss kettle amber drizzle farthing", true),
        ] {
            assert_eq!(
                weigh(phrase, &["Fernbrook Homes"]).enough,
                enough,
                "{phrase:?}: {:?}",
                weigh(phrase, &[])
            );
        }
    }
}
