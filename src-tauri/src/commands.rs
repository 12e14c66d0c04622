//! The command list of `api`, turned into Tauri commands by one macro.

use std::sync::Arc;

use ratebook_api::{ApiError, Report, wire::*, with_commands};
use tauri::{
    State, Wry,
    async_runtime::{block_on, spawn_blocking},
    ipc::{Channel, Invoke},
};

use crate::startup::Startup;

macro_rules! tauri_commands {
    ($($kind:ident $name:ident($request:ident) -> $reply:ident,
        $verb:ident [$($tag:ident),*];)*) => {
        $(tauri_commands!(@$kind $name $request $reply);)*

        /// Answers every command of the list.
        pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
    (@job $name:ident $request:ident $reply:ident) => {
        #[tauri::command]
        async fn $name(
            startup: State<'_, Startup>,
            request: $request,
            progress: Channel<Progress>,
        ) -> Result<$reply, ApiError> {
            let app = startup.app().await;
            apart(move || block_on(app.$name(request, reporting(progress)))).await
        }
    };
    (@$kind:ident $name:ident $request:ident $reply:ident) => {
        #[tauri::command]
        async fn $name(
            startup: State<'_, Startup>,
            request: $request,
        ) -> Result<$reply, ApiError> {
            let app = startup.app().await;
            apart(move || block_on(app.$name(request))).await
        }
    };
}
with_commands!(tauri_commands);

/// Passes a job's progress on to the page. A page that has gone away is no reason to stop.
fn reporting(progress: Channel<Progress>) -> Report {
    Arc::new(move |step| {
        let _ = progress.send(step);
    })
}

/// Runs a command on a thread of its own: pricing a month is work, not waiting, and a panic in one
/// command ends that one and not the window.
async fn apart<T, F>(work: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, ApiError> + Send + 'static,
{
    match spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(ApiError::internal(error)),
    }
}
