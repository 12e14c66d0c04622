//! The command list of `api`, turned into Tauri commands by one macro.

use std::sync::Arc;

use ratebook_api::{ApiError, App, Report, wire::*, with_commands};
use tauri::{State, Wry, ipc::Channel, ipc::Invoke};

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
            guarded(async move { app.$name(request, reporting(progress)).await }).await
        }
    };
    (@$kind:ident $name:ident $request:ident $reply:ident) => {
        #[tauri::command]
        async fn $name(
            startup: State<'_, Startup>,
            request: $request,
        ) -> Result<$reply, ApiError> {
            let app = startup.app().await;
            guarded(async move { app.$name(request).await }).await
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

/// Runs a command apart, so that a panic in one ends that one and not the window.
async fn guarded<T, F>(work: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    match tauri::async_runtime::spawn(work).await {
        Ok(result) => result,
        Err(error) => Err(ApiError::internal(error)),
    }
}
