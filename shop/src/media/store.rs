//! Where the files are kept: a folder, or a bucket.

use crate::{Error, Result};
use bytes::Bytes;
use futures::TryStreamExt;
use object_store::{
    ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path, prefix::PrefixStore,
};
use std::sync::Arc;

/// The files of pictures, by path.
#[derive(Clone, Debug)]
pub struct MediaStore(Arc<dyn ObjectStore>);

impl MediaStore {
    /// Opens `url`: a folder, made where it is missing, or `s3://bucket/prefix` with the usual `AWS_…` variables.
    pub fn open(url: &str) -> Result<Self> {
        if let Some(bucket) = url.strip_prefix("s3://") {
            let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
            let store = object_store::aws::AmazonS3Builder::from_env()
                .with_bucket_name(bucket)
                .build()?;
            let prefix = prefix.trim_end_matches('/');
            return Ok(Self(if prefix.is_empty() {
                Arc::new(store)
            } else {
                Arc::new(PrefixStore::new(store, prefix))
            }));
        }
        let folder = url.strip_prefix("file://").unwrap_or(url);
        std::fs::create_dir_all(folder).map_err(|error| {
            Error::Invariant(format!(
                "the folder of pictures {folder} cannot be made: {error}"
            ))
        })?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?)))
    }

    pub(crate) async fn put(&self, path: &str, bytes: Bytes) -> Result<()> {
        self.0.put(&Path::from(path), bytes.into()).await?;
        Ok(())
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Option<Bytes>> {
        match self.0.get(&Path::from(path)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes everything under a path.
    pub(crate) async fn delete_all(&self, folder: &str) -> Result<()> {
        let folder = Path::from(folder);
        let mut files = self.0.list(Some(&folder));
        while let Some(file) = files.try_next().await? {
            self.0.delete(&file.location).await?;
        }
        Ok(())
    }

    /// Whether it answers.
    pub(crate) async fn ping(&self) -> Result<()> {
        self.get("ping").await.map(|_| ())
    }
}
