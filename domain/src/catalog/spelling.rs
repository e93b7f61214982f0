//! What somebody meant by a word that nothing is called.

/// The one of `known` that is meant by `typed`: it is few typing errors away, and no other is fewer. Among equals the one
/// that begins alike goes first, then the one that comes first. `None` where all are further away than anybody mistypes.
pub fn meant<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.chars().collect();
    known
        .into_iter()
        .filter_map(|word| {
            let letters: Vec<char> = word.chars().collect();
            let errors = errors_between(&typed, &letters);
            let begins_alike = typed.first() == letters.first();
            let close = errors <= forgiven(typed.len()) && (typed.len() > 3 || begins_alike);
            close.then_some(((errors, !begins_alike), word))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How many errors are taken for such in a word of so many letters: the shorter it is, the sooner it is another word.
const fn forgiven(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=6 => 1,
        _ => 2,
    }
}

/// The letters that were left out, added, mistaken, or swapped with the next, at the fewest: the distance of Damerau and
/// Levenshtein, where no letter is touched twice.
fn errors_between(typed: &[char], meant: &[char]) -> usize {
    let mut before = vec![0; meant.len() + 1];
    let mut last: Vec<usize> = (0..=meant.len()).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut next = Vec::with_capacity(last.len());
        next.push(row + 1);
        for (column, wanted) in meant.iter().enumerate() {
            let mistaken = last[column] + usize::from(letter != wanted);
            let mut fewest = mistaken.min(last[column + 1] + 1).min(next[column] + 1);
            let swapped =
                row > 0 && column > 0 && typed[row - 1] == *wanted && meant[column - 1] == *letter;
            if swapped {
                fewest = fewest.min(before[column - 1] + 1);
            }
            next.push(fewest);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[meant.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn errors(typed: &str, meant: &str) -> usize {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        errors_between(&letters(typed), &letters(meant))
    }

    #[test]
    fn an_error_is_a_letter_too_few_too_many_mistaken_or_swapped() {
        for typed in ["kettle", "ketle", "kettlle", "kattle", "kettel"] {
            assert_eq!(errors(typed, "kettle"), usize::from(typed != "kettle"));
        }
        assert_eq!(errors("stonewear", "stoneware"), 2);
        assert_eq!(errors("", "mug"), 3);
        assert_eq!(errors("mug", ""), 3);
    }

    #[test]
    fn the_word_with_the_fewest_errors_is_meant() {
        let known = ["base", "basket", "blanket", "kettle", "mug"];
        assert_eq!(meant("blankit", known), Some("blanket"));
        assert_eq!(meant("mgu", known), Some("mug"));
        assert_eq!(meant("bacet", known), None, "two errors in five letters");
        assert_eq!(meant("rug", known), None, "another word of three letters");
        assert_eq!(meant("lase", ["case", "lace"]), Some("lace"));
        assert_eq!(meant("xylophone", known), None);
        assert_eq!(meant("", known), None);
    }

    proptest! {
        #[test]
        fn a_word_means_itself(word in "[a-z]{1,20}", others in prop::collection::vec("[a-z]{1,20}", 0..8)) {
            let known = others.iter().chain([&word]).map(String::as_str);
            prop_assert_eq!(meant(&word, known), Some(word.as_str()));
        }

        #[test]
        fn it_is_as_far_there_as_back(one in "\\PC{0,12}", other in "\\PC{0,12}") {
            prop_assert_eq!(errors(&one, &other), errors(&other, &one));
        }
    }
}
