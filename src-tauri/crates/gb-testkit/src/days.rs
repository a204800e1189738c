//! Fixed days, so that no test asks a clock.

use chrono::NaiveDate;

/// A day that is known to exist.
///
/// # Panics
/// When it does not, which is a mistake in the test.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a test names a day that exists")
}

/// Mara Ellingham's request arrives (a Monday).
pub fn request_received() -> NaiveDate {
    day(2026, 10, 5)
}

/// One month later, when the answer is due (a Thursday).
pub fn answer_due() -> NaiveDate {
    day(2026, 11, 5)
}

/// The day practice cases call today (a Wednesday, inside the period).
pub fn today() -> NaiveDate {
    day(2026, 10, 14)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Weekday};

    #[test]
    fn the_days_fall_where_the_story_says() {
        assert_eq!(request_received().weekday(), Weekday::Mon, "the letter says Monday");
        assert_eq!(answer_due().weekday(), Weekday::Thu, "no week-end moves the date");
        assert!(request_received() < today() && today() < answer_due(), "today lies inside the period");
    }
}
