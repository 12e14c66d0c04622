//! Commands that need a window and so are not in the contract of `api`.

use serde::Serialize;

/// What the About box and a bug report say.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppInfo {
    version: &'static str,
    platform: &'static str,
}

#[tauri::command]
pub fn app_info() -> AppInfo {
    AppInfo { version: env!("CARGO_PKG_VERSION"), platform: std::env::consts::OS }
}
