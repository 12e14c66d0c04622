//! The real window, driven as a person would: by what is written on it, by its dialogs, by keys.
//!
//! Each window gets a display of its own, so tests run side by side and a key goes to the right
//! one. Everything that was started is ended when [`Window`] is dropped.

mod dialog;
mod processes;
mod window;

pub use window::{Start, Window};
