//! Is there a display, and how should WebKit draw on it?

/// Checks that a window can be opened and settles how WebKit draws. Must be called before any
/// other thread is started. The error is a sentence for the person who typed the command.
pub fn prepare() -> Result<(), String> {
    #[cfg(target_os = "linux")]
    {
        linux::choose_renderer();
        linux::check()?;
    }
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{env, fs, path::Path};

    const NO_DISPLAY: &str = "\
Ratebook has no display to open its window on.
The same work runs without one:
  ratebook demo out/    writes the sample book, its invoices as PDF and a summary table
  ratebook --help       lists everything else";

    /// GTK itself is asked, so that a `DISPLAY` that leads nowhere is found too.
    pub fn check() -> Result<(), String> {
        let named = ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
        if named && gtk::init().is_ok() {
            Ok(())
        } else {
            Err(NO_DISPLAY.to_owned())
        }
    }

    /// WebKit's DMA-BUF renderer needs a GPU. Without one it costs about 150 ms at every start, and
    /// with NVIDIA's own driver it can leave the window blank. Where it works it stays on.
    pub fn choose_renderer() {
        const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
        if env::var_os(NAME).is_some() || (has_gpu() && !has_nvidia_driver()) {
            return;
        }
        // SAFETY: called first thing in `main`, while this process has one thread.
        #[allow(unsafe_code)]
        unsafe {
            env::set_var(NAME, "1");
        }
    }

    fn has_gpu() -> bool {
        let Ok(entries) = fs::read_dir("/dev/dri") else {
            return false;
        };
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    }

    fn has_nvidia_driver() -> bool {
        Path::new("/proc/driver/nvidia/version").exists()
    }
}
