//! Which customer is on which plan version, from when to when.

use crate::codec::{Row, date_text, to_json};
use crate::{StoreError, StoreResult};
use ratebook_catalog::{Agreed, CustomerId, PlanVersionId, Subscription, SubscriptionId};
use sqlx::{SqliteConnection, query, query_as};

struct Stored {
    id: String,
    customer: String,
    plan_version: String,
    starts_on: String,
    ends_on: Option<String>,
    agreed: Option<String>,
}

/// All subscriptions, by customer and first day.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn list(connection: &mut SqliteConnection) -> StoreResult<Vec<Subscription>> {
    query_as!(
        Stored,
        "SELECT * FROM subscription ORDER BY customer, starts_on, id"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(read)
    .collect()
}

/// The subscriptions of one customer, by first day.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn of_customer(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> StoreResult<Vec<Subscription>> {
    let customer = customer.to_string();
    query_as!(
        Stored,
        "SELECT * FROM subscription WHERE customer = ?1 ORDER BY starts_on, id",
        customer
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(read)
    .collect()
}

/// Enters a subscription or changes one.
///
/// # Errors
/// When the customer or the plan version does not exist.
pub async fn save(
    connection: &mut SqliteConnection,
    subscription: &Subscription,
) -> StoreResult<()> {
    let (id, customer) = (
        subscription.id.to_string(),
        subscription.customer.to_string(),
    );
    let plan_version = subscription.plan_version.to_string();
    let starts_on = date_text(subscription.starts_on);
    let ends_on = subscription.ends_on.map(date_text);
    let agreed = match &subscription.agreed {
        agreed if agreed.is_nothing() => None,
        agreed => Some(to_json(agreed)?),
    };
    query!(
        "INSERT INTO subscription (id, customer, plan_version, starts_on, ends_on, agreed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET customer = ?2, plan_version = ?3, starts_on = ?4,
            ends_on = ?5, agreed = ?6",
        id,
        customer,
        plan_version,
        starts_on,
        ends_on,
        agreed,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes a subscription.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn delete(connection: &mut SqliteConnection, id: SubscriptionId) -> StoreResult<()> {
    let id = id.to_string();
    let done = query!("DELETE FROM subscription WHERE id = ?1", id)
        .execute(connection)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound {
            table: "subscription",
            id,
        });
    }
    Ok(())
}

fn read(stored: Stored) -> StoreResult<Subscription> {
    let at = Row {
        table: "subscription",
        id: &stored.id,
    };
    Ok(Subscription {
        id: at.read("id", SubscriptionId::parse(&stored.id))?,
        customer: at.read("customer", CustomerId::parse(&stored.customer))?,
        plan_version: at.read("plan_version", PlanVersionId::parse(&stored.plan_version))?,
        starts_on: at.date("starts_on", &stored.starts_on)?,
        ends_on: stored
            .ends_on
            .map(|day| at.date("ends_on", &day))
            .transpose()?,
        agreed: match &stored.agreed {
            Some(agreed) => at.json("agreed", agreed)?,
            None => Agreed::default(),
        },
    })
}
