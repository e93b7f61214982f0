//! Chance that comes out the same each time: what is made up is made up again from the same seed.

use uuid::{Builder, Uuid};

/// A row of numbers without a pattern (SplitMix64), from a seed.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number, both ends among them.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from).unwrap_or(0) + 1;
        from + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// Whether something happens that happens so many times in a thousand.
    pub(super) const fn happens(&mut self, in_thousand: u64) -> bool {
        self.next() % 1_000 < in_thousand
    }

    /// A place in a list of so many.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let length = u64::try_from(length).unwrap_or(1).max(1);
        usize::try_from(self.next() % length).unwrap_or(0)
    }

    /// One of a list that has some.
    pub(super) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.place(list.len())]
    }

    /// A place in a list by weights that were added up one after the other.
    pub(super) fn by_weight(&mut self, added_up: &[u64]) -> usize {
        let all = added_up.last().copied().unwrap_or(0).max(1);
        let drawn = self.next() % all;
        added_up.partition_point(|up_to| *up_to <= drawn)
    }

    /// An id of this time, in milliseconds since 1970.
    pub(super) fn id(&mut self, milliseconds: i64) -> Uuid {
        let mut bytes = [0_u8; 10];
        bytes[..8].copy_from_slice(&self.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next().to_le_bytes()[..2]);
        let milliseconds = u64::try_from(milliseconds).unwrap_or(0);
        Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid()
    }
}

/// Adds weights up, one after the other.
pub(super) fn added_up(weights: impl IntoIterator<Item = u64>) -> Vec<u64> {
    weights
        .into_iter()
        .scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_is_the_same_chance() {
        let row = |seed| {
            let mut chance = Chance::seeded(seed);
            (0..50).map(|_| chance.between(1, 6)).collect::<Vec<_>>()
        };
        assert_eq!(row(7), row(7));
        assert_ne!(row(7), row(8));
        assert!(row(7).iter().all(|side| (1..=6).contains(side)));
        assert_eq!(Chance::seeded(1).id(5), Chance::seeded(1).id(5));
    }

    #[test]
    fn what_weighs_nothing_is_never_drawn() {
        let weights = added_up([0, 3, 0, 1]);
        let mut chance = Chance::seeded(3);
        let mut drawn = [0; 4];
        for _ in 0..4_000 {
            drawn[chance.by_weight(&weights)] += 1;
        }
        assert_eq!((drawn[0], drawn[2]), (0, 0));
        assert!((2_800..3_200).contains(&drawn[1]), "{drawn:?}");
    }
}
