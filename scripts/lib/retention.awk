# Reads times of backups (20261121T030000Z), one a line, and prints those that may go: all but the `last`, and the newest of
# each of the last `daily` days, `weekly` weeks and `monthly` months that have one. Where backups stop, nothing goes, and the
# newest never does.

# Days since 1970, by the calendar that begins in March.
function day_of(stamp,    y, m, d, era, year) {
    y = substr(stamp, 1, 4) + 0; m = substr(stamp, 5, 2) + 0; d = substr(stamp, 7, 2) + 0
    if (m <= 2) { y--; m += 12 }
    era = int(y / 400); year = y - era * 400
    return era * 146097 + year * 365 + int(year / 4) - int(year / 100) + int((153 * (m - 3) + 2) / 5) + d - 719469
}

/^[0-9]+T[0-9]+Z$/ { stamps[++count] = $0 }

END {
    for (i = 1; i <= count; i++)
        for (j = i + 1; j <= count; j++)
            if (stamps[j] > stamps[i]) { swap = stamps[i]; stamps[i] = stamps[j]; stamps[j] = swap }
    for (i = 1; i <= count; i++) {
        stamp = stamps[i]; day = day_of(stamp); month = substr(stamp, 1, 6)
        # 1970 began on a Thursday; weeks begin on Mondays.
        week = int((day + 3) / 7)
        kept = i == 1 || i <= last
        if (day != last_day) { last_day = day; if (days++ < daily) kept = 1 }
        if (week != last_week) { last_week = week; if (weeks++ < weekly) kept = 1 }
        if (month != last_month) { last_month = month; if (months++ < monthly) kept = 1 }
        if (!kept) print stamp
    }
}
