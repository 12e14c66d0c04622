//! Customers and the names that usage knows them by.

use crate::codec::{Row, decimal_text, to_json};
use crate::{StoreError, StoreResult};
use ratebook_catalog::{Address, Customer, CustomerId, EinvoiceFormat, Endpoint, TaxTreatment};
use sqlx::{SqliteConnection, query, query_as, query_scalar};
use std::collections::HashMap;

struct Stored {
    id: String,
    number: String,
    name: String,
    address_lines: String,
    postcode: String,
    city: String,
    region: String,
    country: String,
    tax_id: String,
    email: String,
    reference: String,
    currency: String,
    locale: String,
    zone: String,
    tax_kind: String,
    tax_percent: Option<String>,
    tax_reason: Option<String>,
    payment_days: Option<i64>,
    notes: String,
    archived: i64,
    order_reference: Option<String>,
    endpoint_scheme: Option<String>,
    endpoint_id: Option<String>,
    einvoice: Option<String>,
    tax_category: Option<String>,
}

/// All customers, archived ones too, by name.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn list(connection: &mut SqliteConnection) -> StoreResult<Vec<Customer>> {
    let mut aliases: HashMap<String, Vec<String>> = HashMap::new();
    let known = query!("SELECT customer, alias FROM customer_alias ORDER BY customer, position");
    for row in known.fetch_all(&mut *connection).await? {
        aliases.entry(row.customer).or_default().push(row.alias);
    }
    query_as!(
        Stored,
        "SELECT * FROM customer ORDER BY name COLLATE NOCASE, id"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|stored| {
        let own = aliases.remove(&stored.id);
        read(stored, own.unwrap_or_default())
    })
    .collect()
}

/// One customer.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for what cannot be read back.
pub async fn get(connection: &mut SqliteConnection, id: CustomerId) -> StoreResult<Customer> {
    let text = id.to_string();
    let stored = query_as!(Stored, "SELECT * FROM customer WHERE id = ?1", text)
        .fetch_optional(&mut *connection)
        .await?
        .ok_or_else(|| StoreError::NotFound {
            table: "customer",
            id: text.clone(),
        })?;
    let aliases = query_scalar!(
        "SELECT alias FROM customer_alias WHERE customer = ?1 ORDER BY position",
        text
    )
    .fetch_all(connection)
    .await?;
    read(stored, aliases)
}

/// Enters a customer or changes one, with all aliases.
///
/// # Errors
/// [`StoreError::Taken`] for a number or alias that another customer has.
pub async fn save(connection: &mut SqliteConnection, customer: &Customer) -> StoreResult<()> {
    let id = customer.id.to_string();
    upsert(connection, customer, &id).await?;
    let old = query!(
        "SELECT alias, position FROM customer_alias WHERE customer = ?1",
        id
    )
    .fetch_all(&mut *connection)
    .await?;
    for row in &old {
        if !customer.aliases.contains(&row.alias) {
            query!("DELETE FROM customer_alias WHERE alias = ?1", row.alias)
                .execute(&mut *connection)
                .await?;
        }
    }
    for (position, alias) in (0_i64..).zip(&customer.aliases) {
        if old
            .iter()
            .any(|row| row.alias == *alias && row.position == position)
        {
            continue;
        }
        add_alias(connection, &id, alias, position).await?;
    }
    Ok(())
}

/// Gives one more alias to a customer: how the inbox resolves an unknown name.
///
/// # Errors
/// [`StoreError::Taken`] when another customer has it.
pub async fn alias(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    alias: &str,
) -> StoreResult<()> {
    let id = customer.to_string();
    let position = query_scalar!(
        r#"SELECT coalesce(max(position) + 1, 0) AS "next!: i64" FROM customer_alias
           WHERE customer = ?1"#,
        id
    )
    .fetch_one(&mut *connection)
    .await?;
    add_alias(connection, &id, alias, position).await
}

/// Removes a customer that nothing names yet (no subscription, no invoice).
///
/// # Errors
/// [`StoreError::Refused`] when a subscription or an invoice names the customer.
pub async fn delete(connection: &mut SqliteConnection, id: CustomerId) -> StoreResult<()> {
    let id = id.to_string();
    let named = query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM subscription WHERE customer = ?1)
               OR EXISTS (SELECT 1 FROM invoice WHERE customer = ?1) AS "named!: bool""#,
        id
    )
    .fetch_one(&mut *connection)
    .await?;
    if named {
        return Err(StoreError::Refused {
            rule: "a customer with subscriptions or invoices is archived, not deleted".to_owned(),
        });
    }
    query!("DELETE FROM customer_alias WHERE customer = ?1", id)
        .execute(&mut *connection)
        .await?;
    query!("DELETE FROM customer WHERE id = ?1", id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn add_alias(
    connection: &mut SqliteConnection,
    id: &str,
    alias: &str,
    position: i64,
) -> StoreResult<()> {
    // The owner is not changed by a conflict: whose alias it is decides who is billed.
    query!(
        "INSERT INTO customer_alias (alias, customer, position) VALUES (?1, ?2, ?3)
         ON CONFLICT (alias) DO UPDATE SET position = ?3 WHERE customer = ?2",
        alias,
        id,
        position
    )
    .execute(&mut *connection)
    .await?;
    let owner = query_scalar!(
        "SELECT customer FROM customer_alias WHERE alias = ?1",
        alias
    )
    .fetch_one(connection)
    .await?;
    if owner == id {
        return Ok(());
    }
    Err(StoreError::Taken {
        column: "customer_alias.alias",
        value: alias.to_owned(),
        by: Some(owner),
    })
}

async fn upsert(
    connection: &mut SqliteConnection,
    customer: &Customer,
    id: &str,
) -> StoreResult<()> {
    let lines = to_json(&customer.address.lines)?;
    let (currency, zone) = (customer.currency.code(), customer.zone.name());
    let (kind, percent, reason, category) = match &customer.tax {
        TaxTreatment::Rate { percent } => ("rate", Some(decimal_text(percent.value())), None, None),
        TaxTreatment::ReverseCharge => ("reverse_charge", None, None, None),
        TaxTreatment::Exempt { reason } => ("exempt", None, Some(reason.clone()), None),
        TaxTreatment::IntraCommunity => ("exempt", None, Some(String::new()), Some("K")),
        TaxTreatment::Export => ("exempt", None, Some(String::new()), Some("G")),
        TaxTreatment::OutOfScope => ("out_of_scope", None, None, None),
    };
    let days = customer.payment_days.map(i64::from);
    let einvoice = customer.einvoice.map(EinvoiceFormat::name);
    query!(
        "INSERT INTO customer (id, number, name, address_lines, postcode, city, region, country,
            tax_id, email, reference, currency, locale, zone, tax_kind, tax_percent, tax_reason,
            payment_days, notes, archived, order_reference, endpoint_scheme, endpoint_id,
            einvoice, tax_category)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19, ?20, ?21, ?22, ?23, ?24, ?25)
         ON CONFLICT (id) DO UPDATE SET number = ?2, name = ?3, address_lines = ?4, postcode = ?5,
            city = ?6, region = ?7, country = ?8, tax_id = ?9, email = ?10, reference = ?11,
            currency = ?12, locale = ?13, zone = ?14, tax_kind = ?15, tax_percent = ?16,
            tax_reason = ?17, payment_days = ?18, notes = ?19, archived = ?20,
            order_reference = ?21, endpoint_scheme = ?22, endpoint_id = ?23, einvoice = ?24,
            tax_category = ?25",
        id,
        customer.number,
        customer.name,
        lines,
        customer.address.postcode,
        customer.address.city,
        customer.address.region,
        customer.address.country,
        customer.tax_id,
        customer.email,
        customer.reference,
        currency,
        customer.locale,
        zone,
        kind,
        percent,
        reason,
        days,
        customer.notes,
        customer.archived,
        customer.order_reference,
        customer.endpoint.scheme,
        customer.endpoint.id,
        einvoice,
        category,
    )
    .execute(connection)
    .await
    .map_err(|error| StoreError::taken(error, "customer.number", &customer.number, None))?;
    Ok(())
}

fn read(stored: Stored, aliases: Vec<String>) -> StoreResult<Customer> {
    let id = stored.id.clone();
    let at = Row {
        table: "customer",
        id: &id,
    };
    let tax = match (
        stored.tax_kind.as_str(),
        stored.tax_percent,
        stored.tax_reason,
        stored.tax_category.as_deref(),
    ) {
        ("rate", Some(percent), _, _) => TaxTreatment::Rate {
            percent: at.factor("tax_percent", &percent)?,
        },
        ("reverse_charge", _, _, _) => TaxTreatment::ReverseCharge,
        ("exempt", _, _, Some("K")) => TaxTreatment::IntraCommunity,
        ("exempt", _, _, Some("G")) => TaxTreatment::Export,
        ("exempt", _, Some(reason), None) => TaxTreatment::Exempt { reason },
        ("out_of_scope", _, _, _) => TaxTreatment::OutOfScope,
        _ => return Err(at.corrupt("tax_kind")),
    };
    let einvoice = stored
        .einvoice
        .as_deref()
        .map(|word| EinvoiceFormat::parse(word).ok_or_else(|| at.corrupt("einvoice")));
    let einvoice = einvoice.transpose()?;
    Ok(Customer {
        id: at.read("id", CustomerId::parse(&stored.id))?,
        number: stored.number,
        name: stored.name,
        address: Address {
            lines: at.json("address_lines", &stored.address_lines)?,
            postcode: stored.postcode,
            city: stored.city,
            region: stored.region,
            country: stored.country,
        },
        tax_id: stored.tax_id,
        email: stored.email,
        reference: stored.reference,
        order_reference: stored.order_reference.unwrap_or_default(),
        endpoint: Endpoint {
            scheme: stored.endpoint_scheme.unwrap_or_default(),
            id: stored.endpoint_id.unwrap_or_default(),
        },
        einvoice,
        currency: at.currency("currency", &stored.currency)?,
        locale: stored.locale,
        zone: at.zone("zone", &stored.zone)?,
        tax,
        payment_days: stored
            .payment_days
            .map(|days| at.number("payment_days", days))
            .transpose()?,
        aliases,
        notes: stored.notes,
        archived: stored.archived != 0,
    })
}
