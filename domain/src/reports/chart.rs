//! Where the lines of a chart lie: a scale with round steps, and points on it.

/// The most steps between the bottom and the top.
const STEPS: i64 = 4;

/// A scale with round steps that holds all values and 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    bottom: i64,
    top: i64,
    step: i64,
}

impl Scale {
    /// One for these values. No step is less than `unit`, and each is a round number of them.
    pub fn of(values: impl IntoIterator<Item = i64>, unit: i64) -> Self {
        let (bottom, top) = values
            .into_iter()
            .fold((0, 0), |(low, high): (i64, i64), value| {
                (low.min(value), high.max(value))
            });
        let step = round_step(top.saturating_sub(bottom), unit.max(1));
        Self {
            bottom: bottom.div_euclid(step).saturating_mul(step),
            top: (top.saturating_add(step - 1) / step)
                .max(1)
                .saturating_mul(step),
            step,
        }
    }

    /// Each round value, rising.
    pub fn ticks(&self) -> impl Iterator<Item = i64> + use<> {
        let Self { bottom, top, step } = *self;
        (0..=(top - bottom) / step).map(move |count| bottom + count * step)
    }

    /// How far down a value lies in a box of this height, in tenths.
    pub fn y(&self, value: i64, height: i64) -> i64 {
        let down = i128::from(self.top - value) * i128::from(height) * 10;
        i64::try_from(down / i128::from((self.top - self.bottom).max(1))).unwrap_or(0)
    }
}

/// How far to the right the point `at` of `count` lies in a box of this width, in tenths.
pub fn x(at: usize, count: usize, width: i64) -> i64 {
    let (at, last) = (at.min(count), count.saturating_sub(1).max(1));
    let right = i64::try_from(at).unwrap_or(0) * width * 10;
    right / i64::try_from(last).unwrap_or(1)
}

/// The least of 1, 2 and 5 with zeros behind, in units, of which no more than [`STEPS`] are needed.
fn round_step(range: i64, unit: i64) -> i64 {
    let mut ten = unit;
    loop {
        for factor in [1, 2, 5] {
            let step = ten.saturating_mul(factor);
            if range <= step.saturating_mul(STEPS) {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_are_round() {
        for (range, step) in [
            (0, 100),
            (400, 100),
            (401, 200),
            (900, 500),
            (124_000, 50_000),
            (200_001, 100_000),
            (i64::MAX, 5_000_000_000_000_000_000),
        ] {
            assert_eq!(round_step(range, 100), step, "{range}");
        }
    }

    #[test]
    fn a_scale_begins_at_nothing_and_ends_above_the_highest() {
        let scale = Scale::of([42_000, 124_000, 113_500], 100);
        let ticks: Vec<i64> = scale.ticks().collect();
        assert_eq!(ticks, [0, 50_000, 100_000, 150_000]);
        assert_eq!((scale.y(0, 200), scale.y(150_000, 200)), (2000, 0));
        assert_eq!(scale.y(75_000, 200), 1000);
        let empty: Vec<i64> = Scale::of([], 100).ticks().collect();
        assert_eq!(empty, [0, 100]);
    }

    #[test]
    fn refunds_reach_below_nothing() {
        let scale = Scale::of([-150, 300], 100);
        let ticks: Vec<i64> = scale.ticks().collect();
        assert_eq!(ticks, [-200, 0, 200, 400]);
        assert_eq!(scale.y(-200, 60), 600);
    }

    #[test]
    fn points_are_spread_over_the_width() {
        let at: Vec<i64> = (0..3).map(|at| x(at, 3, 100)).collect();
        assert_eq!(at, [0, 500, 1000]);
        assert_eq!(x(0, 1, 100), 0);
    }

    proptest! {
        #[test]
        fn every_value_lies_in_the_box(
            values in proptest::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..50),
        ) {
            let scale = Scale::of(values.iter().copied(), 100);
            prop_assert!(scale.ticks().count() <= 7);
            for value in values {
                prop_assert!((0..=2000).contains(&scale.y(value, 200)));
            }
        }
    }
}
