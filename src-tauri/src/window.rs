//! The one window.

use tauri::{App, Theme, WebviewWindowBuilder, window::Color};

/// The page's own background (`--canvas` of the UI's tokens), shown until the page has drawn.
const LIGHT: Color = Color(0xf6, 0xf5, 0xf2, 0xff);
const DARK: Color = Color(0x13, 0x12, 0x10, 0xff);

/// Opens the window described in `tauri.conf.json`, in the colour of the system's theme.
pub fn open(app: &mut App) -> tauri::Result<()> {
    let Some(config) = app.config().app.windows.first().cloned() else {
        return Err(tauri::Error::WindowNotFound);
    };
    let window = WebviewWindowBuilder::from_config(app.handle(), &config)?.build()?;
    let canvas = match window.theme() {
        Ok(Theme::Dark) => DARK,
        _ => LIGHT,
    };
    window.set_background_color(Some(canvas))
}
