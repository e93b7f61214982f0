//! The files that the browser loads.

use anyhow::{Context, bail};
use app::Assets;
use std::{fs, path::Path, time::SystemTime};

/// Finds the hashed files of this release in the site root. Those of releases before lie beside them, for pages that were
/// kept somewhere: the newest are this release's.
pub(crate) fn find(root: &Path) -> anyhow::Result<Assets> {
    let folder = root.join("pkg");
    let mut newest: [Option<(SystemTime, String)>; 3] = [None, None, None];
    let entries = fs::read_dir(&folder).with_context(|| {
        format!(
            "SITE_ROOT: {} cannot be read; `make build` makes it",
            folder.display()
        )
    })?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(place) = ["css", "js", "wasm"]
            .iter()
            .position(|end| Path::new(&name).extension().is_some_and(|e| e == *end))
        else {
            continue;
        };
        if name.starts_with("mercer.") {
            let modified = entry.metadata()?.modified()?;
            if newest[place]
                .as_ref()
                .is_none_or(|(known, _)| modified > *known)
            {
                newest[place] = Some((modified, format!("/pkg/{name}")));
            }
        }
    }
    let [Some((_, css)), Some((_, js)), Some((_, wasm))] = newest else {
        bail!(
            "SITE_ROOT: {} lacks the style sheet, the script or the wasm; `make build` makes them",
            folder.display()
        );
    };
    // Only what every page shows at once.
    let fonts = [
        "/fonts/hanken-grotesk-1.woff2",
        "/fonts/newsreader-display-1.woff2",
    ]
    .map(str::to_owned)
    .to_vec();
    Ok(Assets {
        css,
        js,
        wasm,
        fonts,
    })
}
