//! What a labelled file was made with, as a text to keep beside it: names of columns in spreadsheets stay free of it.
//!
//! ```text
//! seamline: 0.1.0
//! file: customers.csv
//! fingerprint: 0123456789abcdef
//! ...                           one value a line; lists and ranges as in a project file
//! settings: {...}               in one line of JSON, with what features have learned: the command line takes it
//! ```

use serde::Serialize;

use crate::cluster::ModelKey;
use crate::engine::Engine;
use crate::features::FittedFeature;
use crate::result::{EngineError, Progress, Settings};
use crate::session::Session;
use crate::table::fingerprint;

use super::letter;

pub(super) const ENDING: &str = "_settings.txt";
pub(super) const MEDIA_TYPE: &str = "text/plain;charset=utf-8";
pub(super) const NEEDS_RESULT: bool = true;

pub(super) fn write(
    engine: &mut Engine,
    session: &Session,
    progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let comparison = engine.compare(session.fit_settings(), progress)?;
    let loaded = engine.loaded()?;
    let (name, mark) = (loaded.name.clone(), fingerprint(&loaded.table));
    let n_rows = loaded.table.n_rows();
    let ground = loaded.ground(&comparison)?;
    let fitted = ground.prepared.fitted.iter().map(FittedFeature::resolved);
    let settings = Settings {
        features: Some(fitted.collect()),
        ..comparison.settings.clone()
    };
    let models: Vec<&str> = comparison.models().map(ModelKey::as_str).collect();
    let mut lines = vec![
        ("seamline", env!("CARGO_PKG_VERSION").to_owned()),
        ("file", name),
        ("fingerprint", mark),
        ("rows", n_rows.to_string()),
        (
            "customers in the models",
            comparison.n_customers.to_string(),
        ),
        ("left out by hand", settings.left_out.len().to_string()),
        ("outside the filters", comparison.n_outside.to_string()),
        ("features", comparison.features.join(", ")),
        ("models", models.join(", ")),
        ("segments", comparison.n_clusters.to_string()),
        ("seed", settings.seed.to_string()),
    ];
    let names = session.names.iter();
    let names = names.map(|(segment, name)| format!("{} = {name}", letter(*segment as usize)));
    let names: Vec<String> = names.collect();
    if !names.is_empty() {
        lines.push(("names", names.join(", ")));
    }
    lines.push(("filters", json(&session.filters)?));
    lines.push(("settings", json(&settings)?));
    let line =
        |(key, value): (&str, String)| format!("{key}: {}\n", value.replace(['\n', '\r'], " "));
    Ok(lines.into_iter().map(line).collect::<String>().into_bytes())
}

fn json(value: &impl Serialize) -> Result<String, EngineError> {
    serde_json::to_string(value).map_err(|_| EngineError::Unwritable)
}
