//! Lines of this period and the one before, drawn on the server. The words and the table say the same.

use domain::{
    Currency, Money,
    reports::{
        SalesPoint, SalesSeries,
        chart::{Scale, x},
    },
};
use leptos::prelude::*;
use std::fmt::Write;

/// A chart is drawn for three widths, so that its words keep their size.
struct Size {
    name: &'static str,
    width: i64,
    height: i64,
    /// The most labels below it.
    labels: usize,
}

const SIZES: [Size; 3] = [
    Size {
        name: "wide",
        width: 1100,
        height: 250,
        labels: 5,
    },
    Size {
        name: "mid",
        width: 680,
        height: 230,
        labels: 5,
    },
    Size {
        name: "phone",
        width: 360,
        height: 220,
        labels: 3,
    },
];

/// Where the lines begin, from the left and from above, and what is left free on the right and below.
const LEFT: i64 = 60;
const TOP: i64 = 28;
const RIGHT: i64 = 10;
const BELOW: i64 = 28;

/// What is drawn.
pub(crate) struct Lines<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What one point is called, for the table: `Day`.
    pub step: &'static str,
    pub currency: Currency,
    pub now: &'a SalesSeries,
    pub before: &'a SalesSeries,
}

/// The lines in three widths, and their table.
pub(crate) fn chart(lines: &Lines<'_>) -> AnyView {
    let drawn = SIZES.iter().map(|size| draw(lines, size)).collect_view();
    view! {
        {drawn}
        {table(lines)}
    }
    .into_any()
}

fn draw(lines: &Lines<'_>, size: &Size) -> AnyView {
    let (title, words) = (
        format!("chart-{}-t", size.name),
        format!("chart-{}-d", size.name),
    );
    view! {
        <svg
            class=format!("chart chart--{}", size.name)
            viewBox=format!("0 0 {} {}", size.width, size.height)
            role="img"
            aria-labelledby=format!("{title} {words}")
        >
            <title id=title.clone()>{lines.title.to_owned()}</title>
            <desc id=words.clone()>{summary(lines)}</desc>
            <g aria-hidden="true" inner_html=drawing(lines, size) />
        </svg>
    }
    .into_any()
}

/// What the lines tell, in two sentences.
pub(crate) fn summary(lines: &Lines<'_>) -> String {
    let money = |minor| Money::new(minor, lines.currency).to_string();
    let highest = |series: &SalesSeries| {
        series
            .points
            .iter()
            .rev()
            .max_by_key(|point| point.sales)
            .cloned()
    };
    let total: i64 = lines.now.points.iter().map(|point| point.sales).sum();
    let mut words = format!("{}: {} in all", lines.now.label, money(total));
    // Writing to a String cannot fail.
    if let Some(high) = highest(lines.now).filter(|high| high.sales > 0) {
        let _ = write!(words, ", at most {} ({})", money(high.sales), high.long);
    }
    let total: i64 = lines.before.points.iter().map(|point| point.sales).sum();
    let _ = write!(words, ". {}: {} in all", lines.before.label, money(total));
    if let Some(high) = highest(lines.before).filter(|high| high.sales > 0) {
        let _ = write!(words, ", at most {}", money(high.sales));
    }
    words.push('.');
    words
}

/// The inside of the picture. Nothing in it is typed by anybody, and words are escaped all the same.
fn drawing(lines: &Lines<'_>, size: &Size) -> String {
    let unit = 10_i64.pow(lines.currency.exponent());
    let values = [lines.now, lines.before];
    let values = values.iter().flat_map(|series| &series.points);
    let scale = Scale::of(values.map(|point| point.sales), unit);
    let count = lines.now.points.len().max(lines.before.points.len());
    let (width, height) = (size.width - LEFT - RIGHT, size.height - TOP - BELOW);
    let place = |at: usize, sales: i64| {
        let right = LEFT * 10 + x(at, count, width);
        (right, TOP * 10 + scale.y(sales, height))
    };
    let path = |points: &[SalesPoint]| {
        let mut path = String::new();
        for (at, point) in points.iter().enumerate() {
            let (right, down) = place(at, point.sales);
            let sign = if at == 0 { "M" } else { " L" };
            let _ = write!(path, "{sign}{} {}", tenths(right), tenths(down));
        }
        path
    };
    let mut svg = String::new();
    for value in scale.ticks() {
        let down = TOP * 10 + scale.y(value, height);
        let _ = write!(
            svg,
            r#"<line class="grid" x1="{LEFT}" x2="{}" y1="{y}" y2="{y}"/><text x="{}" y="{}" text-anchor="end">{}</text>"#,
            size.width - RIGHT,
            LEFT - 10,
            tenths(down + 40),
            escaped(&short(value, lines.currency)),
            y = tenths(down),
        );
    }
    let now = path(&lines.now.points);
    if let Some(last) = lines.now.points.len().checked_sub(1) {
        let ((from, ground), (to, _)) = (place(0, 0), place(last, 0));
        let (from, to, ground) = (tenths(from), tenths(to), tenths(ground));
        let _ = write!(
            svg,
            r#"<path class="area" d="M{from} {ground} L{} L{to} {ground}Z"/>"#,
            now.trim_start_matches('M')
        );
    }
    let then = path(&lines.before.points);
    let _ = write!(
        svg,
        r#"<path class="then" d="{then}"/><path class="now" d="{now}"/>"#
    );
    highest(&mut svg, lines, count, place);
    labels(&mut svg, lines, size, |at| place(at, 0).0);
    svg
}

/// A ring around the highest point, with what it came to.
fn highest(
    svg: &mut String,
    lines: &Lines<'_>,
    count: usize,
    place: impl Fn(usize, i64) -> (i64, i64),
) {
    let points = lines.now.points.iter().enumerate().rev();
    let Some((at, point)) = points.max_by_key(|(_, point)| point.sales) else {
        return;
    };
    if point.sales <= 0 {
        return;
    }
    let (right, down) = place(at, point.sales);
    let (anchor, beside) = if at * 2 < count {
        ("start", 100)
    } else {
        ("end", -100)
    };
    let _ = write!(
        svg,
        r#"<circle class="point" cx="{}" cy="{}" r="4"/><text class="label" x="{}" y="{}" text-anchor="{anchor}">{}</text>"#,
        tenths(right),
        tenths(down),
        tenths(right + beside),
        tenths(down - 80),
        escaped(&Money::new(point.sales, lines.currency).to_string()),
    );
}

/// What stands below: the first point, some between, and the last.
fn labels(svg: &mut String, lines: &Lines<'_>, size: &Size, right: impl Fn(usize) -> i64) {
    let points = &lines.now.points;
    let Some(last) = points.len().checked_sub(1) else {
        return;
    };
    let gaps = (size.labels - 1).min(last.max(1));
    let mut before = None;
    for gap in 0..=gaps {
        let at = gap * last / gaps;
        if before.replace(at) == Some(at) {
            continue;
        }
        let anchor = match at {
            0 => "start",
            at if at == last => "end",
            _ => "middle",
        };
        let _ = write!(
            svg,
            r#"<text x="{}" y="{}" text-anchor="{anchor}">{}</text>"#,
            tenths(right(at)),
            size.height - 6,
            escaped(&points[at].short)
        );
    }
}

/// `1125` tenths as `112.5`.
fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, (value % 10).abs())
}

/// A round amount as shortly as can be: `£500`, `£1.5k`, `£20k`, `£3m`.
fn short(minor: i64, currency: Currency) -> String {
    let unit = 10_i64.pow(currency.exponent());
    let whole = minor / unit;
    let (by, sign) = match whole.unsigned_abs() {
        1_000_000.. => (1_000_000, "m"),
        1_000.. => (1_000, "k"),
        _ => (1, ""),
    };
    let amount = Money::new(whole / by * unit, currency).to_string();
    let rest = (whole % by).unsigned_abs() * 10 / by.unsigned_abs();
    let round = amount
        .rsplit_once('.')
        .map_or(amount.as_str(), |(round, _)| round);
    if rest == 0 {
        format!("{round}{sign}")
    } else {
        format!("{round}.{rest}{sign}")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The same as a table, for whom a picture says nothing.
fn table(lines: &Lines<'_>) -> AnyView {
    let money = |point: Option<&SalesPoint>| {
        point.map(|point| Money::new(point.sales, lines.currency).to_string())
    };
    let count = lines.now.points.len().max(lines.before.points.len());
    let rows = (0..count)
        .map(|at| {
            let (now, before) = (lines.now.points.get(at), lines.before.points.get(at));
            let name = now.or(before).map(|point| point.long.clone());
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{money(now)}</td>
                    <td>{money(before)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="sr">
            <table>
                <caption>{lines.title.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{lines.step}</th>
                        <th scope="col">{lines.now.label.clone()}</th>
                        <th scope="col">{lines.before.label.clone()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_labelled_shortly() {
        let told = [0, 50_000, 100_000, 150_000, 2_000_000, 300_000_000, -20_000]
            .map(|minor| short(minor, Currency::GBP));
        assert_eq!(told, ["£0", "£500", "£1k", "£1.5k", "£20k", "£3m", "−£200"]);
        assert_eq!(short(1_500, Currency::JPY), "¥1.5k");
    }

    #[test]
    fn tenths_have_one_place() {
        assert_eq!([0, 5, 1125].map(tenths), ["0.0", "0.5", "112.5"]);
    }
}
