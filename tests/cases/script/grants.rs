//! Credit of the customer of a case.

use super::{Read, Words, number, text};
use crate::cases::book::Book;
use ratebook_catalog::{CreditGrant, CreditScope, CreditTax, GrantId, GrantKind, MeterRef};
use ratebook_money::{Money, Timestamp};
use ratebook_rating::credits::{UsableGrant, meter_name};

/// `grant A 50 [left 30] [promotional] [priority 10] [from DATE] [to DATE] [post_tax]
/// [only model:openai/gpt-x] [only meter:Runs]`: `to` is its first instant without credit
pub(super) fn grant(book: &mut Book, words: &mut Words) -> Read<()> {
    let name = words.next("a name")?;
    let currency = book.customer.currency;
    let amount = Money::parse(&words.next("an amount")?, currency).map_err(text)?;
    let mut left = amount;
    let mut grant = CreditGrant {
        id: GrantId::new(&mut book.ids),
        amount,
        kind: GrantKind::Paid,
        priority: 50,
        effective_at: Timestamp::parse("2026-01-01T00:00:00Z").map_err(text)?,
        expires_at: None,
        created_at: Timestamp::parse("2026-01-01T00:00:00Z").map_err(text)?,
        scope: CreditScope::Everything,
        tax: CreditTax::PreTax,
    };
    let mut only = std::collections::BTreeSet::new();
    while let Some(word) = words.left.next() {
        match word.as_str() {
            "left" => left = Money::parse(&words.next("what is left")?, currency).map_err(text)?,
            "promotional" => grant.kind = GrantKind::Promotional,
            "priority" => grant.priority = number(&words.next("a priority")?)?,
            "from" => grant.effective_at = words.time()?,
            "to" => grant.expires_at = Some(words.time()?),
            "post_tax" => grant.tax = CreditTax::PostTax,
            "only" => {
                only.insert(scoped(book, &words.next("a name")?));
            }
            other => return Err(format!("a grant has no \"{other}\"")),
        }
    }
    if !only.is_empty() {
        grant.scope = CreditScope::Only(only);
    }
    book.grants.push((name, UsableGrant { grant, left }));
    Ok(())
}

/// Meters of one's own are known by their names in cases.
fn scoped(book: &Book, name: &str) -> String {
    let own = name.strip_prefix("meter:");
    let own = own.and_then(|own| book.meters.iter().find(|meter| meter.name == own));
    own.map_or(name.to_owned(), |meter| meter_name(MeterRef::Own(meter.id)))
}
