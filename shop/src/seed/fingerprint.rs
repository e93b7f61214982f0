//! Whether the demo data is what it was.

use crate::{Error, Result};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What of the folder is written into the shop.
const PARTS: [&str; 4] = ["shop.toml", "products.csv", "pages", "pictures"];

/// A hash of the names and the contents of everything that is written from the folder.
pub(super) async fn of(folder: PathBuf) -> Result<String> {
    let hashed = tokio::task::spawn_blocking(move || {
        hash(&folder)
            .map_err(|error| Error::Stored(format!("{} cannot be read: {error}", folder.display())))
    });
    hashed
        .await
        .map_err(|error| Error::Invariant(format!("the demo data was not hashed: {error}")))?
}

fn hash(folder: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    for part in PARTS {
        for file in files(&folder.join(part))? {
            let contents = fs::read(&file)?;
            let name = file.strip_prefix(folder).unwrap_or(&file);
            hash.update(name.as_os_str().as_encoded_bytes());
            hash.update([0]);
            hash.update(Sha256::digest(contents));
        }
    }
    Ok(hex::encode(hash.finalize()))
}

/// The file, or the files of the folder by name.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = fs::read_dir(path)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.retain(|file| file.is_file());
    files.sort();
    Ok(files)
}
