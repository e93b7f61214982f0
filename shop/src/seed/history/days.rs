//! When people buy: season, weekday, hour, and a shop that grows.

use super::chance::{Chance, added_up};
use domain::money::allocate;
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};

/// How long ago the first order was placed, in days.
pub(super) const DAYS: i64 = 365;

/// How busy the months are, January first; and the weekdays, Monday first; and the hours, midnight first.
const MONTHS: [i64; 12] = [75, 75, 85, 90, 95, 85, 80, 80, 95, 110, 150, 170];
const WEEKDAYS: [i64; 7] = [112, 102, 100, 98, 88, 84, 118];
const HOURS: [u64; 24] = [
    6, 3, 2, 1, 1, 3, 10, 22, 36, 48, 56, 58, 62, 58, 52, 48, 46, 48, 54, 66, 78, 76, 48, 20,
];

/// So many moments of the year that ends now, the earliest first.
pub(super) fn moments(
    chance: &mut Chance,
    count: usize,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<Timestamp> {
    let today = now.to_zoned(zone.clone());
    let first = today.date().saturating_sub((DAYS - 1).days());
    let days: Vec<Date> = (0..DAYS)
        .map(|day| first.saturating_add(day.days()))
        .collect();
    let mut weights: Vec<i64> = days
        .iter()
        .zip(0..)
        .map(|(day, at)| weight(*day, at) * chance.between(70, 130))
        .collect();
    // Of today only a part is over.
    if let Some(last) = weights.last_mut() {
        *last = *last * (i64::from(today.hour()) * 60 + i64::from(today.minute())) / (24 * 60);
    }
    let total = i64::try_from(count).unwrap_or(i64::MAX);
    let hours = added_up(HOURS);
    let mut moments = Vec::with_capacity(count);
    for (day, orders) in days.iter().zip(allocate(total, &weights)) {
        for _ in 0..orders {
            moments.push(moment(chance, *day, &hours, now, zone));
        }
    }
    moments.sort_unstable();
    moments
}

/// How busy a day is: the shop sells more than twice as much at the end of the year as at its beginning.
fn weight(day: Date, at: i64) -> i64 {
    let month = MONTHS[usize::try_from(day.month() - 1).unwrap_or(0)];
    let weekday = WEEKDAYS[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)];
    // What is ordered after the 20th of December does not arrive before the feast.
    let late = if day.month() == 12 && day.day() > 20 {
        2
    } else {
        1
    };
    month * weekday * (60 + 80 * at / DAYS) / late
}

fn moment(
    chance: &mut Chance,
    day: Date,
    hours: &[u64],
    now: Timestamp,
    zone: &TimeZone,
) -> Timestamp {
    let hour = i8::try_from(chance.by_weight(hours)).unwrap_or(12);
    let time = day.at(hour, 0, 0, 0);
    let start = time
        .to_zoned(zone.clone())
        .map_or(now, |zoned| zoned.timestamp());
    let at = start + jiff::SignedDuration::from_millis(chance.between(0, 3_599_999));
    // What would lie ahead is drawn back into the hours that are over.
    let latest = now - jiff::SignedDuration::from_mins(chance.between(10, 240));
    at.min(latest)
}

/// The next moment at which parcels leave: on a working day between nine and five, some time after.
pub(super) fn at_work(chance: &mut Chance, after: Timestamp, zone: &TimeZone) -> Timestamp {
    let from = after.to_zoned(zone.clone());
    let mut day = from.date();
    if from.hour() >= 12 {
        day = day.saturating_add(1.day());
    }
    if chance.happens(150) {
        day = day.saturating_add(1.day());
    }
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.saturating_add(1.day());
    }
    let minutes = chance.between(0, 4 * 60 - 1);
    let hour = i8::try_from(13 + minutes / 60).unwrap_or(13);
    let minute = i8::try_from(minutes % 60).unwrap_or(0);
    day.at(hour, minute, 0, 0)
        .to_zoned(zone.clone())
        .map_or(after, |zoned| zoned.timestamp())
        .max(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_seasons_and_ends_now() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let moments = moments(&mut Chance::seeded(1), 5_000, now, &zone);
        assert_eq!(moments.len(), 5_000);
        assert!(moments.is_sorted() && moments.iter().all(|at| *at < now));
        let days = |date: &str| {
            let month = moments.iter().filter(|at| {
                at.to_zoned(zone.clone())
                    .date()
                    .to_string()
                    .starts_with(date)
            });
            month.count()
        };
        assert!(days("2026-10") > days("2026-07") && days("2025-12") > days("2026-01"));
        assert!(days("2026-11-21") > 0 && moments[0].to_string().as_str() >= "2025-11-22");
    }

    #[test]
    fn parcels_leave_on_working_days_after_they_were_paid() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let friday: Timestamp = "2026-11-20T18:00:00Z".parse().unwrap();
        let mut chance = Chance::seeded(2);
        for _ in 0..50 {
            let at = at_work(&mut chance, friday, &zone).to_zoned(zone.clone());
            assert!(!matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday));
            assert!(at.timestamp() > friday && (13..17).contains(&at.hour()));
        }
    }
}
