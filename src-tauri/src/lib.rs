//! The window: plugins, state, the one window, the commands of `ratebook-api` as Tauri commands.
//!
//! It owns what only a window can do: dialogs, files dropped on it, its colour before the page is
//! there. It does not own any rule of billing, any SQL or any sum: those are behind `api`.

mod commands;
mod display;
mod startup;
mod window;

use std::process::ExitCode;

use tauri::Manager;

/// Opens the window and runs until it is closed. Fails with a plain sentence where there is no
/// display to open it on.
pub fn run() -> ExitCode {
    if let Err(reason) = display::prepare() {
        eprintln!("{reason}");
        return ExitCode::FAILURE;
    }
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(|app| {
            app.manage(startup::Startup::begin(app)?);
            Ok(window::open(app)?)
        })
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Ratebook could not start: {error}");
            ExitCode::FAILURE
        }
    }
}
