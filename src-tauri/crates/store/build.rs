//! Runs the migrations into a database of the build, against which every query of this crate is
//! checked while it compiles. Renaming a column in a migration fails the build at the query.

use sqlx::{Connection, SqliteConnection, migrate::Migrator, sqlite::SqliteConnectOptions};
use std::{env, error::Error, fs, path::PathBuf};

const MIGRATIONS: &str = "../../../migrations";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={MIGRATIONS}");
    let file = PathBuf::from(env::var("OUT_DIR")?).join("schema.db");
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    Migrator::new(PathBuf::from(MIGRATIONS))
        .await?
        .run(&mut connection)
        .await?;
    connection.close().await?;
    println!("cargo:rustc-env=DATABASE_URL=sqlite://{}", file.display());
    Ok(())
}
