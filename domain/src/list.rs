//! Long lists: where a page begins, what it holds, and how many rows there are.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a page of a list begins: behind (or before) a row in the list's order. In an address it is one word
/// that is not to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Whether the page lies before the row instead of behind it.
    pub before: bool,
    /// The row's place in the order: its sort key as text.
    pub key: String,
    /// The row, which tells equal keys apart.
    pub id: Uuid,
}

impl Cursor {
    /// The word for an address.
    pub fn encode(&self) -> String {
        use std::fmt::Write;
        let mut word = String::from(if self.before { "b" } else { "a" });
        // Writing to a String cannot fail.
        let _ = write!(word, "{}", self.id.simple());
        for byte in self.key.bytes() {
            let _ = write!(word, "{byte:02x}");
        }
        word
    }

    /// Reads the word of an address; `None` for anything that `encode` does not write.
    pub fn decode(word: &str) -> Option<Self> {
        if !word.is_ascii() || word.len() < 33 || word.len() > 1033 {
            return None;
        }
        let before = match &word[..1] {
            "a" => false,
            "b" => true,
            _ => return None,
        };
        let id = Uuid::try_parse(&word[1..33]).ok()?;
        let digits = &word[33..];
        if !digits.len().is_multiple_of(2) {
            return None;
        }
        let bytes: Option<Vec<u8>> = (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok())
            .collect();
        Some(Self {
            before,
            key: String::from_utf8(bytes?).ok()?,
            id,
        })
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows, in the order of the list.
    pub rows: Vec<T>,
    /// Where the page before begins.
    pub previous: Option<Cursor>,
    /// Where the page behind begins.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of `size` rows from those that were read: nearest to the cursor first, and one more than fits, to know whether
    /// there are others. `place` tells where a row stands.
    pub fn cut(
        mut rows: Vec<T>,
        size: usize,
        cursor: Option<&Cursor>,
        place: impl Fn(&T) -> (String, Uuid),
    ) -> Self {
        let before = cursor.is_some_and(|cursor| cursor.before);
        let more = rows.len() > size;
        rows.truncate(size);
        if before {
            rows.reverse();
        }
        let at = |row: Option<&T>, before| {
            row.map(|row| {
                let (key, id) = place(row);
                Cursor { before, key, id }
            })
        };
        let has_previous = if before { more } else { cursor.is_some() };
        let has_next = before || more;
        Self {
            previous: has_previous.then(|| at(rows.first(), true)).flatten(),
            next: has_next.then(|| at(rows.last(), false)).flatten(),
            rows,
        }
    }
}

/// How many rows there are: counted up to a limit, since nobody needs to know how far beyond a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Count {
    /// As far as was counted.
    pub known: i64,
    /// Whether there are more.
    pub more: bool,
}

impl Count {
    /// Up to here rows are counted.
    pub const MOST: i64 = 1_000;

    /// What counting at most one row beyond [`Count::MOST`] gave.
    pub fn of(counted: i64) -> Self {
        Self {
            known: counted.min(Self::MOST),
            more: counted > Self::MOST,
        }
    }
}

impl std::fmt::Display for Count {
    /// `19`, `1,000+`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.known < 1_000 {
            write!(f, "{}", self.known)?;
        } else {
            write!(f, "{},{:03}", self.known / 1_000, self.known % 1_000)?;
        }
        f.write_str(if self.more { "+" } else { "" })
    }
}

/// The words of a search, at most six: one that is longer than anything that is searched in finds nothing, and is cut.
pub fn words(typed: &str) -> Vec<String> {
    typed
        .split_whitespace()
        .map(|word| word.trim_start_matches('#'))
        .filter(|word| !word.is_empty())
        .take(6)
        .map(|word| word.chars().take(60).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cursors_come_back_as_they_went(before: bool, key in "\\PC{0,60}", id: u128) {
            let cursor = Cursor { before, key, id: Uuid::from_u128(id) };
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn no_word_makes_a_cursor_panic(word in "\\PC{0,80}") {
            let _ = Cursor::decode(&word);
        }

        #[test]
        fn paging_on_and_back_shows_every_row_once(rows in 0_u128..40, size in 1_usize..9) {
            let place = |row: &u128| (String::new(), Uuid::from_u128(*row));
            let read = |cursor: Option<&Cursor>| -> Vec<u128> {
                let from = cursor.map(|cursor| cursor.id.as_u128());
                match (cursor, from) {
                    (Some(Cursor { before: true, .. }), Some(from)) => (0..from).rev().take(size + 1).collect(),
                    (_, Some(from)) => (from + 1..rows).take(size + 1).collect(),
                    (_, None) => (0..rows).take(size + 1).collect(),
                }
            };
            let (mut cursor, mut seen, mut pages) = (None, Vec::new(), Vec::new());
            loop {
                let page = Page::cut(read(cursor.as_ref()), size, cursor.as_ref(), place);
                prop_assert_eq!(page.previous.is_some(), !pages.is_empty());
                seen.extend(page.rows.clone());
                let next = page.next.clone();
                pages.push(page);
                if next.is_none() { break; }
                cursor = next;
            }
            prop_assert_eq!(seen, (0..rows).collect::<Vec<_>>());
            for (page, before) in pages.iter().skip(1).zip(&pages) {
                let back = page.previous.as_ref();
                let again = Page::cut(read(back), size, back, place);
                prop_assert_eq!(&again.rows, &before.rows);
                prop_assert_eq!(again.previous.is_some(), before.previous.is_some());
                prop_assert!(again.next.is_some());
            }
        }
    }

    #[test]
    fn counting_stops_at_a_thousand() {
        for (counted, told) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_001, "1,000+")] {
            assert_eq!(Count::of(counted).to_string(), told);
        }
    }

    #[test]
    fn words_are_few_and_short() {
        assert_eq!(words("  #1047  ridge mug "), ["1047", "ridge", "mug"]);
        assert_eq!(words("a b c d e f g h").len(), 6);
        assert_eq!(words(&"x".repeat(100))[0].len(), 60);
    }
}
