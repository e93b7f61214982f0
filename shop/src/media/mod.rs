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
use std::path::Path;
use uuid::Uuid;

/// The largest upload, in bytes.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;

/// A picture that is kept.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its id.
    pub id: Uuid,
    /// As pages show it, without words for it.
    pub picture: Picture,
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
        let encoded = tokio::task::spawn_blocking(move || encode::encode(&bytes))
            .await
            .map_err(|error| Error::Invariant(format!("a picture could not be made: {error}")))?
            .map_err(Fault::Refused)?;
        for file in &encoded.files {
            self.media()
                .put(&path(&hash, file.width, file.format), file.bytes.clone())
                .await?;
        }
        let picture = Picture {
            hash,
            widths: encoded.widths,
            width: encoded.width,
            height: encoded.height,
            tone: encoded.tone,
            alt: String::new(),
        };
        Ok(db::insert(
            self.db(),
            self.clock().id(),
            file_name,
            encoded.media_type,
            size,
            picture,
        )
        .await?)
    }

    /// Takes a picture in from a file on this machine.
    pub(crate) async fn take_in_file(&self, file: &Path) -> Result<Asset, Fault<PictureError>> {
        let opened = |_| Fault::Refused(PictureError::Unopened);
        let size = tokio::fs::metadata(file).await.map_err(opened)?.len();
        if size > MAX_BYTES as u64 {
            return Err(Fault::Refused(PictureError::TooLarge));
        }
        let bytes = tokio::fs::read(file).await.map_err(opened)?;
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

fn path(hash: &str, width: u16, format: Format) -> String {
    format!("{}/{hash}/{width}.{}", &hash[..2], format.extension())
}

/// What bytes are called.
fn name(bytes: &[u8]) -> String {
    let mut name = hex::encode(Sha256::digest(bytes));
    name.truncate(20);
    name
}
