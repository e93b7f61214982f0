//! Times and browsers as people say them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// `21 November 2026, 10:24`.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%-d %B %Y, %H:%M")
        .to_string()
}

/// `21 November 2026`.
pub(crate) fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %B %Y").to_string()
}

/// As short as can be, for lists: `10:24` of today, `Yesterday`, `19 Nov`, `19 Nov 2025` of another year.
pub(crate) fn when(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()).date());
    let format = if at.date() == today {
        "%H:%M"
    } else if today
        .yesterday()
        .is_ok_and(|yesterday| yesterday == at.date())
    {
        "Yesterday"
    } else if at.year() == today.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    at.strftime(format).to_string()
}

/// When a day begins where the shop is.
pub(crate) fn start_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let start = day.to_zoned(zone.clone()).ok()?;
    Some(start.timestamp())
}

/// The pattern of `like` that a word is found by: anywhere, or where it is very short at the beginning of words, since indices
/// know nothing smaller. Texts that are searched in begin with a space.
pub(crate) fn pattern(word: &str) -> String {
    let mut pattern = String::from(if word.chars().count() < 3 { "% " } else { "%" });
    for sign in word.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

/// What people call the browser that calls itself so: `Firefox on Linux`.
pub(crate) fn browser(agent: &str) -> String {
    // Each claims to be those before it: the order matters.
    let browsers = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |list: &[(&str, &'static str)]| {
        list.iter()
            .find_map(|(sign, name)| agent.contains(sign).then_some(*name))
    };
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "A browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.0", "A browser"),
        ] {
            assert_eq!(browser(agent), name);
        }
    }

    #[test]
    fn what_is_near_is_told_shortly() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let now: Timestamp = "2026-07-02T22:30:00Z".parse().unwrap();
        for (at, told) in [
            ("2026-07-01T23:05:00Z", "00:05"),
            ("2026-07-01T22:55:00Z", "Yesterday"),
            ("2026-06-30T12:00:00Z", "30 Jun"),
            ("2025-07-02T12:00:00Z", "2 Jul 2025"),
        ] {
            assert_eq!(when(at.parse().unwrap(), now, &zone), told);
        }
    }

    #[test]
    fn signs_of_patterns_stand_for_themselves() {
        assert_eq!(pattern("mug"), "%mug%");
        assert_eq!(pattern("RD"), "% RD%");
        assert_eq!(pattern("50%_\\"), "%50\\%\\_\\\\%");
    }
}
