//! Plans and their versions. A version is a draft until it is published, and immutable after.

use crate::codec::{Row, to_json};
use crate::{StoreError, StoreResult, settings};
use ratebook_catalog::{Plan, PlanId, PlanTest, PlanVersion, PlanVersionId};
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, query, query_as};

struct StoredVersion {
    id: String,
    plan: String,
    number: i64,
    terms: String,
    published_at: Option<i64>,
}

/// All plans, archived ones too, by name.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn list(connection: &mut SqliteConnection) -> StoreResult<Vec<Plan>> {
    query!("SELECT * FROM plan ORDER BY name COLLATE NOCASE, id")
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let at = Row {
                table: "plan",
                id: &row.id,
            };
            Ok(Plan {
                id: at.read("id", PlanId::parse(&row.id))?,
                name: row.name,
                description: row.description,
                archived: row.archived != 0,
            })
        })
        .collect()
}

/// All versions of all plans, by plan and number.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn versions(connection: &mut SqliteConnection) -> StoreResult<Vec<PlanVersion>> {
    query_as!(
        StoredVersion,
        "SELECT * FROM plan_version ORDER BY plan, number"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(read)
    .collect()
}

/// One version.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for what cannot be read back.
pub async fn version(
    connection: &mut SqliteConnection,
    id: PlanVersionId,
) -> StoreResult<PlanVersion> {
    let id = id.to_string();
    query_as!(
        StoredVersion,
        "SELECT * FROM plan_version WHERE id = ?1",
        id
    )
    .fetch_optional(connection)
    .await?
    .ok_or(StoreError::NotFound {
        table: "plan_version",
        id,
    })
    .and_then(read)
}

/// Enters a plan or changes its name and description.
///
/// # Errors
/// When the database fails.
pub async fn save(connection: &mut SqliteConnection, plan: &Plan) -> StoreResult<()> {
    let id = plan.id.to_string();
    query!(
        "INSERT INTO plan (id, name, description, archived) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET name = ?2, description = ?3, archived = ?4",
        id,
        plan.name,
        plan.description,
        plan.archived,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Enters a version, changes a draft, or publishes it (`published_at` is set).
///
/// # Errors
/// [`StoreError::Refused`] when the version is published already.
pub async fn save_version(
    connection: &mut SqliteConnection,
    version: &PlanVersion,
) -> StoreResult<()> {
    let (id, plan) = (version.id.to_string(), version.plan.to_string());
    let number = i64::from(version.number);
    let terms = to_json(&version.terms)?;
    let published_at = version.published_at.map(|at| at.micros());
    query!(
        "INSERT INTO plan_version (id, plan, number, terms, published_at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET plan = ?2, number = ?3, terms = ?4, published_at = ?5",
        id,
        plan,
        number,
        terms,
        published_at,
    )
    .execute(connection)
    .await
    .map_err(|error| StoreError::taken(error, "plan_version.number", &number.to_string(), None))?;
    Ok(())
}

/// Removes a draft of a version.
///
/// # Errors
/// [`StoreError::Refused`] when it is published.
pub async fn delete_version(
    connection: &mut SqliteConnection,
    id: PlanVersionId,
) -> StoreResult<()> {
    let id = id.to_string();
    query!("DELETE FROM plan_version WHERE id = ?1", id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes a plan that has no versions.
///
/// # Errors
/// When it has versions.
pub async fn delete(connection: &mut SqliteConnection, id: PlanId) -> StoreResult<()> {
    let id = id.to_string();
    query!("DELETE FROM plan WHERE id = ?1", id)
        .execute(connection)
        .await?;
    Ok(())
}

fn read(stored: StoredVersion) -> StoreResult<PlanVersion> {
    let at = Row {
        table: "plan_version",
        id: &stored.id,
    };
    Ok(PlanVersion {
        id: at.read("id", PlanVersionId::parse(&stored.id))?,
        plan: at.read("plan", PlanId::parse(&stored.plan))?,
        number: at.number("number", stored.number)?,
        terms: at.json("terms", &stored.terms)?,
        published_at: stored
            .published_at
            .map(|published| at.at("published_at", published))
            .transpose()?,
    })
}

#[derive(Serialize, Deserialize)]
struct StoredTests {
    v: u32,
    tests: Vec<PlanTest>,
}

/// The billing tests of a plan, in the order they were saved.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn tests(connection: &mut SqliteConnection, plan: PlanId) -> StoreResult<Vec<PlanTest>> {
    let found: Option<StoredTests> = settings::get(connection, &tests_key(plan)).await?;
    Ok(found.map(|found| found.tests).unwrap_or_default())
}

/// Replaces the billing tests of a plan.
///
/// # Errors
/// When the database fails.
pub async fn save_tests(
    connection: &mut SqliteConnection,
    plan: PlanId,
    tests: Vec<PlanTest>,
) -> StoreResult<()> {
    settings::set(connection, &tests_key(plan), &StoredTests { v: 1, tests }).await
}

fn tests_key(plan: PlanId) -> String {
    format!("plan_tests/{plan}")
}
