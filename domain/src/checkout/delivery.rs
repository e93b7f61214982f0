//! When something arrives.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The days between which a parcel arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Not before.
    pub earliest: Date,
    /// Not after.
    pub latest: Date,
}

impl Arrival {
    /// For a method that takes from `min` to `max` working days from `today` on.
    pub fn between(today: Date, min: u16, max: u16) -> Self {
        Self {
            earliest: add_working_days(today, min),
            latest: add_working_days(today, max.max(min)),
        }
    }
}

impl std::fmt::Display for Arrival {
    /// `by Wednesday 25 November`, with the weekday and the month in words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "by {}", self.latest.strftime("%A %-d %B"))
    }
}

/// The day `days` working days behind `from`; Saturdays and Sundays do not count.
pub fn add_working_days(from: Date, days: u16) -> Date {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        // The calendar ends in the year 9999.
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn parcels_rest_at_the_weekend() {
        let saturday = date(2026, 11, 21);
        assert_eq!(
            Arrival::between(saturday, 2, 3).to_string(),
            "by Wednesday 25 November"
        );
        assert_eq!(add_working_days(date(2026, 11, 20), 1), date(2026, 11, 23));
    }
}
