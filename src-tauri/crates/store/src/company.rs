//! The issuing company: one row.

use crate::StoreResult;
use crate::codec::{Row, to_json};
use ratebook_catalog::{Address, Bank, Company, CompanyContact, Endpoint, NumberSeries, Paper};
use sqlx::{SqliteConnection, query};

/// The company, if it was entered.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn load(connection: &mut SqliteConnection) -> StoreResult<Option<Company>> {
    let Some(row) = query!("SELECT * FROM company")
        .fetch_optional(connection)
        .await?
    else {
        return Ok(None);
    };
    let at = Row {
        table: "company",
        id: "1",
    };
    Ok(Some(Company {
        name: row.name,
        legal_name: row.legal_name,
        address: Address {
            lines: at.json("address_lines", &row.address_lines)?,
            postcode: row.postcode,
            city: row.city,
            region: row.region,
            country: row.country,
        },
        tax_id: row.tax_id,
        registration: row.registration,
        email: row.email,
        contact: CompanyContact {
            name: row.contact_name.unwrap_or_default(),
            phone: row.contact_phone.unwrap_or_default(),
        },
        endpoint: Endpoint {
            scheme: row.endpoint_scheme.unwrap_or_default(),
            id: row.endpoint_id.unwrap_or_default(),
        },
        website: row.website,
        bank: Bank {
            holder: row.bank_holder,
            account: row.bank_account,
            bic: row.bank_bic,
            bank_name: row.bank_name,
        },
        logo_png: row.logo_png,
        locale: row.locale,
        currency: at.currency("currency", &row.currency)?,
        zone: at.zone("zone", &row.zone)?,
        series: NumberSeries {
            prefix: row.series_prefix,
            digits: at.number("series_digits", row.series_digits)?,
            first: at.number("series_first", row.series_first)?,
        },
        payment_days: at.number("payment_days", row.payment_days)?,
        paper: match row.paper.as_str() {
            "a4" => Paper::A4,
            "letter" => Paper::Letter,
            _ => return Err(at.corrupt("paper")),
        },
    }))
}

/// Enters the company or changes it.
///
/// # Errors
/// When the database fails.
pub async fn save(connection: &mut SqliteConnection, company: &Company) -> StoreResult<()> {
    let lines = to_json(&company.address.lines)?;
    let (currency, zone) = (company.currency.code(), company.zone.name());
    let digits = i64::from(company.series.digits);
    // More than i64 holds cannot be reached by counting; the check of the form refuses it before.
    let first = i64::try_from(company.series.first).unwrap_or(i64::MAX);
    let days = i64::from(company.payment_days);
    let paper = match company.paper {
        Paper::A4 => "a4",
        Paper::Letter => "letter",
    };
    query!(
        "INSERT INTO company (id, name, legal_name, address_lines, postcode, city, region, country,
            tax_id, registration, email, website, bank_holder, bank_account, bank_bic, bank_name,
            logo_png, locale, currency, zone, series_prefix, series_digits, series_first,
            payment_days, paper, contact_name, contact_phone, endpoint_scheme, endpoint_id)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)
         ON CONFLICT (id) DO UPDATE SET name = ?1, legal_name = ?2, address_lines = ?3,
            postcode = ?4, city = ?5, region = ?6, country = ?7, tax_id = ?8, registration = ?9,
            email = ?10, website = ?11, bank_holder = ?12, bank_account = ?13, bank_bic = ?14,
            bank_name = ?15, logo_png = ?16, locale = ?17, currency = ?18, zone = ?19,
            series_prefix = ?20, series_digits = ?21, series_first = ?22, payment_days = ?23,
            paper = ?24, contact_name = ?25, contact_phone = ?26, endpoint_scheme = ?27,
            endpoint_id = ?28",
        company.name,
        company.legal_name,
        lines,
        company.address.postcode,
        company.address.city,
        company.address.region,
        company.address.country,
        company.tax_id,
        company.registration,
        company.email,
        company.website,
        company.bank.holder,
        company.bank.account,
        company.bank.bic,
        company.bank.bank_name,
        company.logo_png,
        company.locale,
        currency,
        zone,
        company.series.prefix,
        digits,
        first,
        days,
        paper,
        company.contact.name,
        company.contact.phone,
        company.endpoint.scheme,
        company.endpoint.id,
    )
    .execute(connection)
    .await?;
    Ok(())
}
