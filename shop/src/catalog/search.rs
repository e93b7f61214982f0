//! Search: what fits the words, and what was meant where nothing does.

use super::{db, listing};
use crate::{Result, Shop};
use domain::catalog::{Cursor, Listing, SearchPage, Sort, meant};

/// The longest query that is shown again, in letters.
const MAX_QUERY: usize = 200;
/// The most words of a query that are looked for.
const MAX_WORDS: usize = 12;
/// The most letters of a word that are looked at.
const MAX_LETTERS: usize = 40;

impl Shop {
    /// What fits the words; where nothing does, what fits the words that were meant.
    pub async fn search(
        &self,
        query: &str,
        sort: Sort,
        cursor: Option<&Cursor>,
    ) -> Result<SearchPage> {
        let mut page = SearchPage {
            query: query.trim().chars().take(MAX_QUERY).collect(),
            listing: Listing {
                cards: Vec::new(),
                total: 0,
                sort,
                previous: None,
                next: None,
            },
            instead: None,
            categories: Vec::new(),
        };
        let words = words_of(&page.query);
        if !words.is_empty() {
            page.listing = listing(self, &db::Scope::Every(words.clone()), sort, cursor).await?;
            if page.listing.total == 0 {
                self.search_instead(&mut page, &words, cursor).await?;
            }
        }
        if page.listing.total == 0 {
            page.categories = db::top_categories(self.db()).await?;
        }
        Ok(page)
    }

    /// Fills the page with what has all of the words that were meant, else with what has some of them.
    async fn search_instead(
        &self,
        page: &mut SearchPage,
        words: &[String],
        cursor: Option<&Cursor>,
    ) -> Result<()> {
        let meant = respelt(db::typed(self.db(), words).await?);
        if meant.is_empty() {
            return Ok(());
        }
        let sort = page.listing.sort;
        let instead = meant.join(" ");
        for scope in [db::Scope::Every(meant.clone()), db::Scope::Any(meant)] {
            page.listing = listing(self, &scope, sort, cursor).await?;
            if page.listing.total > 0 {
                page.instead = Some(instead);
                break;
            }
        }
        Ok(())
    }
}

/// The words that find something: as they were typed, or as they were meant. The others are left out.
fn respelt(typed: Vec<db::Typed>) -> Vec<String> {
    typed
        .into_iter()
        .filter_map(|typed| {
            if typed.finds {
                return Some(typed.word);
            }
            meant(&typed.word, typed.near.iter().map(String::as_str)).map(str::to_owned)
        })
        .collect()
}

/// The words of what was typed. No sign between them means anything.
pub(super) fn words_of(typed: &str) -> Vec<String> {
    typed
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .map(|word| word.chars().take(MAX_LETTERS).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn signs_mean_nothing() {
        assert_eq!(words_of("Ridge  mug!"), ["Ridge", "mug"]);
        assert!(words_of(" ' | & :* \\ \0").is_empty());
    }
}
