//! The words that products are found by.

use crate::Result;
use sqlx::PgPool;

/// A word that somebody typed.
pub(in crate::catalog) struct Typed {
    /// In small letters, without accents.
    pub(in crate::catalog) word: String,
    /// Whether a product has a word that begins with it.
    pub(in crate::catalog) finds: bool,
    /// Words that products have, those that look most like it first.
    pub(in crate::catalog) near: Vec<String>,
}

/// What the shop knows about each of the words, in their order; those that say nothing, such as `the`, are left out.
pub(in crate::catalog) async fn typed(db: &PgPool, words: &[String]) -> Result<Vec<Typed>> {
    Ok(sqlx::query_as!(
        Typed,
        r#"select plain.word as "word!",
                  exists (select 1 from product p where p.status = 'active'
                          and p.search @@ (select search_query(array [plain.word], ''))) as "finds!",
                  array(select near.word
                        from (select k.word, k.word <-> plain.word as distance
                              from search_word k order by k.word <-> plain.word limit 40) near
                        where exists (select 1 from product p where p.status = 'active'
                                      and p.search @@ plainto_tsquery('english', near.word))
                        order by near.distance, near.word) as "near!"
           from unnest($1::text[]) with ordinality as typed (word, place)
           cross join lateral (select lower(unaccent(typed.word)) as word) as plain
           where search_query(array [plain.word], '') is not null
           order by typed.place"#,
        words,
    )
    .fetch_all(db)
    .await?)
}
