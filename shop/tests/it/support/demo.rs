//! The demo shop without the work that its pictures make.

use image::{ImageFormat, Rgb, RgbImage};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A copy of the folder of the demo shop. Its pictures have the same names and are of a few pixels, no two alike.
pub(crate) struct DemoFolder(TempDir);

impl DemoFolder {
    pub(crate) fn copy() -> Self {
        let folder = TempDir::new().unwrap();
        let demo = super::demo();
        for file in ["shop.toml", "products.csv"] {
            fs::copy(demo.join(file), folder.path().join(file)).unwrap();
        }
        fs::create_dir(folder.path().join("pages")).unwrap();
        for name in names(&demo.join("pages")) {
            let file = Path::new("pages").join(name);
            fs::copy(demo.join(&file), folder.path().join(&file)).unwrap();
        }
        fs::create_dir(folder.path().join("pictures")).unwrap();
        for (colour, name) in (0..).zip(names(&demo.join("pictures"))) {
            draw(&folder.path().join("pictures").join(name), colour);
        }
        Self(folder)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }
}

/// Draws a picture of a few pixels; another colour is another picture.
pub(crate) fn draw(file: &Path, colour: u32) {
    let [_, red, green, blue] = colour.to_be_bytes();
    RgbImage::from_pixel(8, 10, Rgb([red, green, blue]))
        .save_with_format(file, ImageFormat::Png)
        .unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
