//! The spans of time that figures are about, in the days of the shop's own time zone.

use crate::text_enum::text_enum;
use jiff::{SignedDuration, Span, Timestamp, ToSpan, Zoned, civil::Date, tz::TimeZone};

text_enum! {
    /// A span of time that ends now.
    Period {
        /// Since midnight.
        Today = "today",
        /// Today and the six days before.
        Week = "7-days",
        /// Today and the 29 days before.
        Month = "30-days",
        /// Today and the 89 days before.
        Quarter = "90-days",
        /// This month and the eleven before.
        Year = "year",
    }
}

impl Period {
    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Week => "Last 7 days",
            Self::Month => "Last 30 days",
            Self::Quarter => "Last 90 days",
            Self::Year => "Last 12 months",
        }
    }

    /// What the one before is called.
    pub const fn before(self) -> &'static str {
        match self {
            Self::Today => "Yesterday",
            Self::Week => "The 7 days before",
            Self::Month => "The 30 days before",
            Self::Quarter => "The 90 days before",
            Self::Year => "The 12 months before",
        }
    }

    /// What a point of its chart stands for.
    pub const fn step(self) -> &'static str {
        match self {
            Self::Today => "hour",
            Self::Week | Self::Month | Self::Quarter => "day",
            Self::Year => "month",
        }
    }

    const fn days(self) -> i64 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// The period that ends now, piece by piece, and the one before: as long, and over at the same time of its last day, so that
    /// what is compared had the same time to happen.
    pub fn spans(self, now: Timestamp, zone: &TimeZone) -> [Pieces; 2] {
        let now = now.to_zoned(zone.clone());
        let back = match self {
            Self::Year => Span::new().years(1),
            _ => self.days().days(),
        };
        let then = now.saturating_sub(back);
        [self.pieces(&now), self.pieces(&then)]
    }

    fn pieces(self, end: &Zoned) -> Pieces {
        let today = end.date();
        match self {
            Self::Today => hours(end),
            Self::Year => {
                let first = today.first_of_month().saturating_sub(11.months());
                let months = (0..12).map(|month| first.saturating_add(month.months()));
                Pieces::of(months, end, "%b", "%B %Y")
            }
            _ => {
                let first = today.saturating_sub((self.days() - 1).days());
                let days = (0..self.days()).map(|day| first.saturating_add(day.days()));
                Pieces::of(days, end, "%-d %b", "%A %-d %B")
            }
        }
    }
}

/// A span of time in pieces that touch each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// Where each begins, and where the last ends: one more than there are pieces.
    pub bounds: Vec<Timestamp>,
    /// What each is called, as short as can be: `23 Oct`.
    pub short: Vec<String>,
    /// The same in full: `Friday 23 October`.
    pub long: Vec<String>,
}

impl Pieces {
    fn of(days: impl Iterator<Item = Date>, end: &Zoned, short: &str, long: &str) -> Self {
        let mut pieces = Self {
            bounds: Vec::new(),
            short: Vec::new(),
            long: Vec::new(),
        };
        for day in days {
            if let Ok(start) = day.to_zoned(end.time_zone().clone()) {
                pieces.bounds.push(start.timestamp());
                pieces.short.push(day.strftime(short).to_string());
                pieces.long.push(day.strftime(long).to_string());
            }
        }
        pieces.close(end)
    }

    fn close(mut self, end: &Zoned) -> Self {
        // A piece that begins where the whole ends is empty, and none ends before it begins.
        let last = self.bounds.last().copied();
        let end = end.timestamp();
        self.bounds.push(last.map_or(end, |last| last.max(end)));
        self
    }

    /// How many there are.
    pub const fn count(&self) -> usize {
        self.short.len()
    }

    /// Where the whole begins.
    pub fn start(&self) -> Timestamp {
        self.bounds
            .first()
            .copied()
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Where it ends.
    pub fn end(&self) -> Timestamp {
        self.bounds.last().copied().unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// A day by its hours, up to a moment of it. The day on which clocks change has 23 or 25.
fn hours(end: &Zoned) -> Pieces {
    let mut pieces = Pieces {
        bounds: Vec::new(),
        short: Vec::new(),
        long: Vec::new(),
    };
    let mut hour = end.start_of_day().unwrap_or_else(|_| end.clone());
    while hour <= *end {
        pieces.bounds.push(hour.timestamp());
        pieces.short.push(hour.strftime("%H:%M").to_string());
        pieces
            .long
            .push(hour.strftime("%A, from %H:%M").to_string());
        hour = hour.saturating_add(SignedDuration::from_hours(1));
    }
    pieces.close(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn london() -> TimeZone {
        // British time in the form that needs no database of time zones.
        TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn days_begin_at_midnight_where_the_shop_is() {
        // A quarter to one in the morning of the 2nd in London, and still the 1st in Greenwich.
        let [now, before] = Period::Week.spans(at("2026-07-01T23:45:00Z"), &london());
        assert_eq!(now.count(), 7);
        assert_eq!(now.start(), at("2026-06-25T23:00:00Z"));
        assert_eq!(now.end(), at("2026-07-01T23:45:00Z"));
        assert_eq!(
            (now.short[0].as_str(), now.long[6].as_str()),
            ("26 Jun", "Thursday 2 July")
        );
        assert_eq!(before.start(), at("2026-06-18T23:00:00Z"));
        assert_eq!(before.end(), at("2026-06-24T23:45:00Z"));
    }

    #[test]
    fn a_year_is_made_of_months() {
        let [now, before] = Period::Year.spans(at("2026-11-21T12:00:00Z"), &london());
        assert_eq!(
            (now.count(), now.short[0].as_str(), now.short[11].as_str()),
            (12, "Dec", "Nov")
        );
        assert_eq!(now.start(), at("2025-12-01T00:00:00Z"));
        // In summer months begin an hour earlier by Greenwich.
        assert_eq!(now.bounds[7], at("2026-06-30T23:00:00Z"));
        assert_eq!(
            (before.start(), before.end()),
            (at("2024-12-01T00:00:00Z"), at("2025-11-21T12:00:00Z"))
        );
    }

    #[test]
    fn the_day_when_clocks_go_back_has_an_hour_more() {
        let [now, before] = Period::Today.spans(at("2026-10-25T23:30:00Z"), &london());
        assert_eq!((now.count(), before.count()), (25, 24));
        assert_eq!(now.short[..4], ["00:00", "01:00", "01:00", "02:00"]);
    }

    proptest! {
        #[test]
        fn pieces_touch_and_come_to_the_whole(second in 1_700_000_000_i64..1_900_000_000, which in 0_usize..5) {
            let now = Timestamp::from_second(second).unwrap();
            for pieces in Period::ALL[which].spans(now, &london()) {
                prop_assert_eq!(pieces.bounds.len(), pieces.count() + 1);
                prop_assert!(pieces.bounds.is_sorted() && pieces.count() > 0);
                prop_assert_eq!(pieces.short.len(), pieces.long.len());
            }
            let [current, before] = Period::ALL[which].spans(now, &london());
            prop_assert_eq!(current.end(), now);
            prop_assert!(before.end() < current.start() || which == 0);
        }
    }
}
