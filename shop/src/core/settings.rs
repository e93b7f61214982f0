//! What the process tells the shop at its start.

use std::path::PathBuf;

/// The shop's configuration, read by the process and passed on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The origin that shoppers see, without a slash at the end: `https://shop.example`.
    pub public_url: String,
    /// Where the demo shop's data lies.
    pub demo_dir: PathBuf,
}
