//! Pictures: taken in, made into the widths and formats that pages ask for, and kept under the name of their content.

mod db;
mod encode;
mod store;

pub use encode::PictureError;
pub use store::MediaStore;

use crate::{Error, Fault, Result, Shop};
use bytes::Bytes;
use domain::catalog::{Format, Picture};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, path::Path};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// The largest upload, in bytes.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;

/// How many megapixels are worked on at once: as many as the largest picture has, which takes half a gigabyte.
static ROOM: Semaphore = Semaphore::const_new(encode::MAX_MEGAPIXELS as usize);

/// A picture that is kept.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its id.
    pub id: Uuid,
    /// As pages show it, without words for it.
    pub picture: Picture,
    /// Whether it was not kept before.
    pub is_new: bool,
}

impl Shop {
    /// Takes a picture in: decodes it, writes every width in every format, and notes it. The same bytes are taken in once.
    pub async fn take_in(
        &self,
        file_name: &str,
        bytes: Bytes,
    ) -> Result<Asset, Fault<PictureError>> {
        if bytes.len() > MAX_BYTES {
            return Err(Fault::Refused(PictureError::TooLarge));
        }
        let hash = name(&bytes);
        if let Some(known) = db::asset(self.db(), &hash).await? {
            return Ok(known);
        }
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        // Never closed, so there is room in the end.
        let _room = ROOM.acquire_many(encode::megapixels(&bytes)).await;
        let encoded = tokio::task::spawn_blocking(move || encode::encode(&bytes))
            .await
            .map_err(|error| Error::Invariant(format!("a picture could not be made: {error}")))?
            .map_err(Fault::Refused)?;
        let kept = self.keep(&hash, file_name, size, encoded).await;
        if kept.is_err() {
            self.leave_no_files(&hash).await;
        }
        Ok(kept?)
    }

    /// Writes the files of a picture, and then its row.
    async fn keep(
        &self,
        hash: &str,
        file_name: &str,
        size: i64,
        encoded: encode::Encoded,
    ) -> Result<Asset> {
        for file in &encoded.files {
            self.media()
                .put(&path(hash, file.width, file.format), file.bytes.clone())
                .await?;
        }
        let picture = Picture {
            hash: hash.to_owned(),
            widths: encoded.widths,
            width: encoded.width,
            height: encoded.height,
            tone: encoded.tone,
            alt: String::new(),
        };
        let id = self.clock().id();
        db::insert(self.db(), id, file_name, encoded.media_type, size, picture).await
    }

    /// Deletes the files of a picture that was not kept, unless somebody else kept it meanwhile. What cannot be deleted
    /// now is overwritten when the picture comes again.
    async fn leave_no_files(&self, hash: &str) {
        match db::asset(self.db(), hash).await {
            Ok(None) => {}
            Ok(Some(_)) => return,
            Err(error) => {
                tracing::warn!(%error, hash, "files of a picture that was not kept are left");
                return;
            }
        }
        if let Err(error) = self.media().delete_all(&folder(hash)).await {
            tracing::warn!(%error, hash, "files of a picture that was not kept are left");
        }
    }

    /// Forgets a picture that was taken in for something that then did not happen.
    pub(crate) async fn forget_asset(&self, asset: &Asset) -> Result<()> {
        if asset.is_new && db::delete_unused(self.db(), asset.id).await? {
            self.media()
                .delete_all(&folder(&asset.picture.hash))
                .await?;
        }
        Ok(())
    }

    /// Which of these pictures are kept, by hash.
    pub(crate) async fn assets(&self, hashes: &[String]) -> Result<HashMap<String, Uuid>> {
        db::assets(self.db(), hashes).await
    }

    /// The picture that a file on this machine is, where it is kept already.
    pub(crate) async fn known_file(
        &self,
        file: &Path,
    ) -> Result<Option<Uuid>, Fault<PictureError>> {
        let bytes = read(file).await?;
        Ok(db::asset(self.db(), &name(&bytes))
            .await?
            .map(|asset| asset.id))
    }

    /// Takes a picture in from a file on this machine.
    pub(crate) async fn take_in_file(&self, file: &Path) -> Result<Asset, Fault<PictureError>> {
        let bytes = read(file).await?;
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        self.take_in(&name, bytes.into()).await
    }

    /// The file of a picture in one width and format; `None` where there is none.
    pub async fn media_file(
        &self,
        hash: &str,
        width: u16,
        format: Format,
    ) -> Result<Option<Bytes>> {
        let is_name = hash.len() == 20 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_name {
            self.media().get(&path(hash, width, format)).await
        } else {
            Ok(None)
        }
    }
}

/// The bytes of a file that may be taken in.
async fn read(file: &Path) -> Result<Vec<u8>, Fault<PictureError>> {
    let opened = |_| Fault::Refused(PictureError::Unopened);
    let size = tokio::fs::metadata(file).await.map_err(opened)?.len();
    if size > MAX_BYTES as u64 {
        return Err(Fault::Refused(PictureError::TooLarge));
    }
    tokio::fs::read(file).await.map_err(opened)
}

/// Where all files of a picture lie.
fn folder(hash: &str) -> String {
    format!("{}/{hash}", &hash[..2])
}

fn path(hash: &str, width: u16, format: Format) -> String {
    format!("{}/{width}.{}", folder(hash), format.extension())
}

/// What bytes are called.
fn name(bytes: &[u8]) -> String {
    let mut name = hex::encode(Sha256::digest(bytes));
    name.truncate(20);
    name
}
