//! The files that the browser loads.

use crate::config::Config;
use anyhow::{Context, bail, ensure};
use app::Assets;
use sha2::{Digest, Sha256};
use std::{env, fs, path::PathBuf};

/// Finds this build's script, wasm and style sheet in the site root. Those of builds before may lie beside them, for pages
/// that were kept somewhere; the build wrote down how it named its own.
pub(crate) fn find(config: &Config) -> anyhow::Result<Assets> {
    let list = list(config)?;
    let names = fs::read_to_string(&list)
        .with_context(|| format!("{} cannot be read; `make build` makes it", list.display()))?;
    let file = |kind: &str| {
        let Some(hash) = hash(&names, kind) else {
            bail!(
                "{} names no {kind}; `make build` writes it anew",
                list.display()
            );
        };
        let name = format!("mercer.{hash}.{kind}");
        ensure!(
            config.site_root.join("pkg").join(&name).is_file(),
            "SITE_ROOT: {} lacks pkg/{name} of this build; `make build` makes it",
            config.site_root.display()
        );
        Ok(format!("/pkg/{name}"))
    };
    Ok(Assets {
        css: file("css")?,
        admin_css: own_name(config, "admin.css")?,
        admin_js: own_name(config, "admin.js")?,
        js: file("js")?,
        wasm: file("wasm")?,
        // Only what every page shows at once.
        fonts: [
            "/fonts/hanken-grotesk-1.woff2",
            "/fonts/newsreader-display-1.woff2",
        ]
        .map(str::to_owned)
        .to_vec(),
    })
}

/// A file of the admin has one name; what is in it tells one version from the next.
fn own_name(config: &Config, name: &str) -> anyhow::Result<String> {
    let file = config.site_root.join(name);
    let content = fs::read(&file)
        .with_context(|| format!("{} cannot be read; `make build` makes it", file.display()))?;
    let digest = hex::encode(&Sha256::digest(content)[..6]);
    Ok(format!("/{name}?v={digest}"))
}

/// Where the build wrote the names down: beside the program, unless the configuration gives a whole path.
fn list(config: &Config) -> anyhow::Result<PathBuf> {
    let program = env::current_exe().context("the program does not find itself")?;
    Ok(program.with_file_name(&config.hash_file))
}

/// The list has a line for each kind: `css: oIojB-23p1bnU0y0bX469A`.
fn hash<'a>(names: &'a str, kind: &str) -> Option<&'a str> {
    names
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find_map(|(known, hash)| (known.trim() == kind).then_some(hash.trim()))
}
