//! The pictures that a table names: files beside it, and those that the shop has already.

use super::{RowError, sheet};
use crate::{Fault, Result, Shop, catalog::Picture, media::PictureError};
use futures::{StreamExt, TryStreamExt, stream};
use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};
use uuid::Uuid;

/// The pictures of a table by how it names them: what became of each.
pub(super) type Taken = HashMap<String, Result<Uuid, PictureError>>;

/// What a picture is called that the shop has already, where it is named by its address: `…/media/<hash>/1600.jpg`.
pub(super) fn kept_hash(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("/media/")?;
    let (hash, _) = rest.split_once('/')?;
    let is_hash = hash.len() == 20 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(hash)
}

/// Each way in which the table names a picture, once.
fn sources(sheet: &sheet::Sheet) -> BTreeSet<String> {
    let pictures = sheet.products.iter().flat_map(|product| &product.pictures);
    pictures.map(|picture| picture.file.clone()).collect()
}

impl Shop {
    /// The pictures that the table names and the shop has, by their hashes.
    pub(super) async fn kept_pictures(
        &self,
        sheet: &sheet::Sheet,
    ) -> Result<HashMap<String, Uuid>> {
        let sources = sources(sheet);
        let hashes = sources.iter().filter_map(|source| kept_hash(source));
        let hashes: BTreeSet<&str> = hashes.collect();
        self.assets(&hashes.into_iter().map(str::to_owned).collect::<Vec<_>>())
            .await
    }

    /// Takes in every picture of the sheet, as many at a time as there are cores. A dry run only looks which of them the
    /// shop has; one that it has not stands for itself as nobody's.
    pub(super) async fn take_in_all(
        &self,
        sheet: &sheet::Sheet,
        kept: &HashMap<String, Uuid>,
        folder: Option<&Path>,
        dry_run: bool,
    ) -> Result<Taken> {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        stream::iter(sources(sheet))
            .map(|source| async move {
                if let Some(asset) = kept_hash(&source).and_then(|hash| kept.get(hash)) {
                    return Ok((source, Ok(*asset)));
                }
                let file = folder
                    .map(|folder| folder.join(&source))
                    .unwrap_or_default();
                let taken = if dry_run {
                    self.known_file(&file).await.map(Option::unwrap_or_default)
                } else {
                    self.take_in_file(&file).await.map(|asset| asset.id)
                };
                match taken {
                    Ok(asset) => Ok((source, Ok(asset))),
                    Err(Fault::Refused(reason)) => Ok((source, Err(reason))),
                    Err(Fault::Failed(error)) => Err(error),
                }
            })
            .buffer_unordered(cores)
            .try_collect()
            .await
    }
}

/// The assets of a product's pictures, in order, or what is wrong with them.
pub(super) fn assets(
    product: &sheet::Product,
    taken: &Taken,
) -> Result<Vec<Picture>, Vec<RowError>> {
    let (mut pictures, mut errors) = (Vec::new(), Vec::new());
    for picture in &product.pictures {
        match taken.get(&picture.file) {
            Some(Ok(asset)) => pictures.push(Picture {
                asset: *asset,
                alt: picture.alt.clone(),
            }),
            Some(Err(reason)) => errors.push(RowError {
                row: picture.row,
                column: "Image Src",
                message: format!("`{}`: {reason}", picture.file),
            }),
            None => {}
        }
    }
    if errors.is_empty() {
        Ok(pictures)
    } else {
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::kept_hash;

    #[test]
    fn pictures_of_the_shop_are_known_by_their_address() {
        let hash = "0123456789abcdef0123";
        for (source, known) in [
            (format!("https://shop.example/media/{hash}/1600.jpg"), true),
            (format!("/media/{hash}/160.webp"), true),
            (format!("/media/{hash}"), false),
            ("/media/../secret/1.jpg".to_owned(), false),
            ("pictures/mug.webp".to_owned(), false),
        ] {
            assert_eq!(kept_hash(&source), known.then_some(hash), "{source}");
        }
    }
}
