//! The display, the window manager and the driver: started for one window, ended with it.

use std::{
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A process in a group of its own. Dropping it ends the group: the window that the driver
/// started would otherwise sometimes stay behind.
pub struct Group(Child);

impl Group {
    pub fn start(command: &mut Command) -> Group {
        let name = command.get_program().to_string_lossy().into_owned();
        match command.process_group(0).spawn() {
            Ok(child) => Group(child),
            Err(error) => panic!("{name}: {error}: run src-tauri/scripts/need.sh test"),
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}

/// A display without a screen, with a window manager: without one a dialog never gets the focus.
pub struct Display {
    /// `:7` or the like, for `DISPLAY`.
    pub name: String,
    _manager: Group,
    _server: Group,
}

impl Display {
    /// A display of this size in pixels, under the first free number.
    pub fn start(width: u32, height: u32) -> Display {
        let screen = format!("{width}x{height}x24");
        let mut command = Command::new("Xvfb");
        command
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                &screen,
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Group::start(&mut command);
        let mut number = String::new();
        if let Some(output) = server.0.stdout.take() {
            let _ = BufReader::new(output).read_line(&mut number);
        }
        assert!(!number.trim().is_empty(), "Xvfb named no display");
        let name = format!(":{}", number.trim());
        let mut command = Command::new("openbox");
        command
            .env("DISPLAY", &name)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Display {
            _manager: Group::start(&mut command),
            _server: server,
            name,
        }
    }
}

/// `WebKitWebDriver` on a free port. Returns it with its port once it listens.
pub fn driver(display: &Display, environment: &[(String, String)]) -> (Group, u16) {
    let port = free_port();
    let mut command = Command::new("WebKitWebDriver");
    command
        .arg(format!("--port={port}"))
        .env("DISPLAY", &display.name)
        .env_remove("WAYLAND_DISPLAY")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        // GTK would start a session bus and an accessibility bus that outlive the test.
        .env("NO_AT_BRIDGE", "1")
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        // With its other renderer WebKit 2.50 never answers a driver that asks for a picture.
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "0")
        .env("GSETTINGS_BACKEND", "memory")
        .env("GTK_THEME", "Adwaita")
        .env("TZ", "UTC")
        .env("LC_ALL", "C.UTF-8")
        .envs(environment.iter().map(|(name, value)| (name, value)));
    let group = Group::start(&mut command);
    let deadline = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            Instant::now() < deadline,
            "WebKitWebDriver does not listen on port {port}"
        );
        thread::sleep(Duration::from_millis(20));
    }
    (group, port)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
    listener
        .local_addr()
        .map_or_else(|error| panic!("{error}"), |address| address.port())
}
