//! `cargo xtask shot`: pictures of the window on a book, to look at.
//!
//! shot BOOK|- FOLDER ROUTE...   each route in light and dark, at 1440x900 and 1100x700

use std::{env, error::Error, path::Path, time::Duration};

use suite::e2e::{Start, Window};

const SIZES: [(u32, u32); 2] = [(1440, 900), (1100, 700)];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [book, folder, routes @ ..] = arguments.as_slice() else {
        return Err("shot BOOK|- FOLDER ROUTE...".into());
    };
    for size in SIZES {
        let mut start = Start {
            size,
            ..Start::default()
        };
        start.book = (book != "-").then(|| Path::new(book).to_path_buf());
        if let Ok(program) = env::var("RATEBOOK_PROGRAM") {
            start.program = program.into();
        }
        let window = Window::start(start).await?;
        window.find("body").await?;
        for theme in ["light", "dark"] {
            for route in routes {
                window.go(route).await?;
                let script = "document.documentElement.dataset.theme = arguments[0];";
                window
                    .page
                    .execute(script, vec![serde_json::json!(theme)])
                    .await?;
                // Transitions and the first rows of a list; a picture is for eyes, not a test.
                tokio::time::sleep(Duration::from_millis(900)).await;
                let name = file_name(route);
                let file = format!("{name}-{theme}-{}x{}.png", size.0, size.1);
                let path = Path::new(folder).join(file);
                window.screenshot_to(&path).await?;
                println!("{}", path.display());
            }
        }
    }
    Ok(())
}

fn file_name(route: &str) -> String {
    let name: String = route
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    if name.is_empty() {
        "start".to_owned()
    } else {
        name.to_owned()
    }
}
