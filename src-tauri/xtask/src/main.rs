//! `cargo xtask`: small commands for people who work on Ratebook. Alone it lists them.

use std::{
    env,
    path::Path,
    process::{Command, ExitCode},
};

const HELP: &str = "\
cargo xtask check                          format, lints, architecture: the fast half of make test
cargo xtask bindings                       writes the page's types and command map from crate api
cargo xtask shot BOOK|- FOLDER ROUTE...    pictures of the window, light and dark, in two sizes
cargo xtask icons                          the icons of every platform from icons/icon.svg";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["check"] => check(),
        ["bindings"] => {
            cargo("test --quiet --package ratebook-api export_bindings", &[])
                && cargo("test --quiet --package ratebook-api --test bindings", &[])
        }
        ["shot", book, folder, routes @ ..] if !routes.is_empty() => shot(book, folder, routes),
        ["icons"] => icons(),
        _ => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn check() -> bool {
    cargo("fmt --all --check", &[])
        && cargo(
            "clippy --workspace --all-targets --features suite/e2e -- -D warnings",
            &[],
        )
        && cargo("test --package suite --test suite", &[])
}

/// Pictures of the development build; `RATEBOOK_PROGRAM` names another one.
fn shot(book: &str, folder: &str, routes: &[&str]) -> bool {
    let mut arguments = vec![book, folder];
    arguments.extend(routes);
    (env::var_os("RATEBOOK_PROGRAM").is_some() || cargo("build --quiet --package ratebook", &[]))
        && cargo(
            "run --quiet --package suite --features e2e --bin shot --",
            &arguments,
        )
}

fn icons() -> bool {
    let icons = "src-tauri/icons";
    let made = env::temp_dir().join("ratebook-icons");
    let made_text = made.to_string_lossy().into_owned();
    let source = format!("{icons}/icon.svg");
    let tauri = [
        "exec", "--prefix", "ui", "--", "tauri", "icon", &source, "-o", &made_text,
    ];
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // Tauri makes pictures for telephones and a shop as well: only what the bundles use is kept.
    let kept = [
        "32x32.png",
        "128x128.png",
        "128x128@2x.png",
        "icon.icns",
        "icon.ico",
        "icon.png",
    ];
    run(npm, &tauri)
        && kept
            .iter()
            .all(|name| copy(&made.join(name), &format!("{icons}/{name}")))
}

fn copy(from: &Path, to: &str) -> bool {
    let copied = std::fs::copy(from, root().join(to));
    if let Err(error) = &copied {
        eprintln!("{}: {error}", from.display());
    }
    copied.is_ok()
}

fn cargo(words: &str, more: &[&str]) -> bool {
    let mut arguments: Vec<&str> = words.split(' ').collect();
    arguments.extend(more);
    run(
        &env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()),
        &arguments,
    )
}

fn run(program: &str, arguments: &[&str]) -> bool {
    match Command::new(program)
        .args(arguments)
        .current_dir(root())
        .status()
    {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("{program}: {error}");
            false
        }
    }
}

fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().and_then(Path::parent).unwrap_or(here)
}
