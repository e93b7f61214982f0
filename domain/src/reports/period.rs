//! The days that figures are about.

use crate::text_enum::text_enum;
use jiff::{ToSpan, civil::Date};

text_enum! {
    /// So many days up to and with today.
    Period {
        /// Today alone.
        Today = "today",
        /// A week.
        Week = "7",
        /// A month.
        Month = "30",
        /// A quarter of a year.
        Quarter = "90",
        /// A year.
        Year = "365",
    }
}

/// What one point of the chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// An hour of the day.
    Hours,
    /// A day.
    Days,
    /// A month, counted back from today: from the 22nd to the 21st where today is the 21st, so that none is cut short.
    Months,
}

impl Period {
    /// The period that a word of an address names; a month where it names none.
    pub fn from_word(word: &str) -> Self {
        word.parse().unwrap_or(Self::Month)
    }

    /// How many days it has.
    pub const fn days(self) -> i32 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// What it is called in a list.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Week => "Last 7 days",
            Self::Month => "Last 30 days",
            Self::Quarter => "Last 90 days",
            Self::Year => "Last 365 days",
        }
    }

    /// What the days that it is compared with are called.
    pub const fn label_before(self) -> &'static str {
        match self {
            Self::Today => "Yesterday, the whole day",
            Self::Week => "The 7 days before",
            Self::Month => "The 30 days before",
            Self::Quarter => "The 90 days before",
            Self::Year => "The 365 days before",
        }
    }

    /// What one point of its chart stands for.
    pub const fn steps(self) -> Steps {
        match self {
            Self::Today => Steps::Hours,
            Self::Week | Self::Month | Self::Quarter => Steps::Days,
            Self::Year => Steps::Months,
        }
    }

    /// Its first day, and the day after its last, where this is today.
    pub fn dates(self, today: Date) -> (Date, Date) {
        let end = today.saturating_add(1.day());
        (end.saturating_sub(self.days().days()), end)
    }

    /// The same for the days before, as many as these.
    pub fn dates_before(self, today: Date) -> (Date, Date) {
        let (start, _) = self.dates(today);
        (start.saturating_sub(self.days().days()), start)
    }
}

impl Steps {
    /// The days on which the points of `start` to `end` begin, and `end` itself. Where the steps are hours, only the two.
    pub fn dates(self, start: Date, end: Date) -> Vec<Date> {
        let mut dates = vec![end];
        for count in 1_i32.. {
            let back = match self {
                Self::Hours => break,
                Self::Days => end.saturating_sub(count.days()),
                Self::Months => end.saturating_sub(count.months()),
            };
            if back <= start {
                break;
            }
            dates.push(back);
        }
        dates.push(start);
        dates.reverse();
        dates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_ends_with_today_and_is_as_long_as_the_one_before() {
        let today = date(2026, 11, 21);
        for period in Period::ALL {
            let (start, end) = period.dates(today);
            let (start_before, end_before) = period.dates_before(today);
            assert_eq!(end, date(2026, 11, 22));
            assert_eq!(end_before, start);
            assert_eq!((end - start).get_days(), period.days());
            assert_eq!((start - start_before).get_days(), period.days());
        }
        assert_eq!(Period::Month.dates(today).0, date(2026, 10, 23));
        assert_eq!(Period::from_word("90"), Period::Quarter);
        assert_eq!(Period::from_word("for ever"), Period::Month);
    }

    #[test]
    fn points_cover_the_period_without_a_gap() {
        let (start, end) = Period::Month.dates(date(2026, 11, 21));
        let days = Steps::Days.dates(start, end);
        assert_eq!((days.len(), days[0], days[30]), (31, start, end));
        let (start, end) = Period::Year.dates(date(2026, 11, 21));
        let months = Steps::Months.dates(start, end);
        assert_eq!(months.len(), 13);
        assert_eq!(
            (months[0], months[1]),
            (date(2025, 11, 22), date(2025, 12, 22))
        );
        assert_eq!(Steps::Hours.dates(start, end), [start, end]);
    }

    #[test]
    fn a_leap_year_shortens_its_first_month() {
        let (start, end) = Period::Year.dates(date(2028, 3, 31));
        let months = Steps::Months.dates(start, end);
        assert_eq!((months.len(), months[0]), (13, date(2027, 4, 2)));
        assert!(months.is_sorted());
    }
}
