//! A small company, its customer and months that are rated already.
#![allow(dead_code, reason = "each test file uses what it needs")]

use ratebook_catalog::{Address, Bank, Company, Customer, CustomerId, NumberSeries, Paper};
use ratebook_catalog::{CompanyContact, Endpoint, PlanVersionId, SubscriptionId, TaxTreatment};
use ratebook_catalog::{CreditGrant, CreditScope, CreditTax, GrantId, GrantKind};
use ratebook_invoicing::{DraftInvoice, FinalizedInvoice, Frozen, draft, finalize};
use ratebook_money::id::IdSource;
use ratebook_money::{Amount, Currency, Date, Factor, Money, Quantity, Timestamp, Zone};
use ratebook_rating::credits::{UsableGrant, UsedPart};
use ratebook_rating::{Explanation, LineItem, Rated, RatedLine, ServiceDays};
use std::sync::atomic::{AtomicU64, Ordering};

pub fn ids() -> IdSource {
    IdSource::new(Timestamp::from_micros(0), 0)
}

pub fn euro() -> Currency {
    Currency::parse("EUR").unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn company() -> Company {
    Company {
        name: "Halden".to_owned(),
        legal_name: "Halden Systems GmbH".to_owned(),
        address: Address::default(),
        tax_id: String::new(),
        registration: String::new(),
        email: String::new(),
        contact: CompanyContact::default(),
        endpoint: Endpoint::default(),
        website: String::new(),
        bank: Bank::default(),
        logo_png: Some("iVBORw0KGgo=".to_owned()),
        locale: "en-GB".to_owned(),
        currency: euro(),
        zone: Zone::UTC,
        series: NumberSeries {
            prefix: "HS-{year}-".to_owned(),
            digits: 4,
            first: 1,
        },
        payment_days: 14,
        paper: Paper::A4,
    }
}

pub fn customer(percent: &str) -> Customer {
    Customer {
        id: CustomerId::new(&mut ids()),
        number: "C-1".to_owned(),
        name: "Acme".to_owned(),
        address: Address::default(),
        tax_id: String::new(),
        email: String::new(),
        reference: String::new(),
        order_reference: String::new(),
        endpoint: Endpoint::default(),
        einvoice: None,
        currency: euro(),
        locale: "en-GB".to_owned(),
        zone: Zone::UTC,
        tax: TaxTreatment::Rate {
            percent: Factor::parse(percent).unwrap(),
        },
        payment_days: None,
        aliases: Vec::new(),
        notes: String::new(),
        archived: false,
    }
}

/// A rated month with lines of these cents.
pub fn rated(cents: &[i64]) -> Rated {
    let mut ids = ids();
    let (subscription, plan_version) =
        (SubscriptionId::new(&mut ids), PlanVersionId::new(&mut ids));
    let service = ServiceDays {
        first: day("2026-10-01"),
        last: day("2026-10-31"),
    };
    let lines = cents.iter().map(|cents| {
        let amount = Money::from_minor(*cents, euro());
        RatedLine {
            subscription,
            plan_version,
            charge: 0,
            charge_name: "Fee".to_owned(),
            item: LineItem::Fee {
                timing: ratebook_catalog::FeeTiming::Arrears,
            },
            service,
            quantity: Quantity::from_units(1).unwrap(),
            unit_price: None,
            tiers: Vec::new(),
            exact: amount.to_amount().unwrap(),
            share: None,
            amount,
            cost: Some(Amount::zero(euro())),
            usage: Vec::new(),
            explanation: Explanation::default(),
        }
    });
    Rated {
        v: 1,
        currency: euro(),
        period: Zone::UTC.month(2026, 10).unwrap(),
        as_of: Timestamp::from_micros(0),
        usage: Vec::new(),
        readings: Vec::new(),
        names: Vec::new(),
        lines: lines.collect(),
        held: Vec::new(),
        free: Vec::new(),
        excluded: Vec::new(),
        elsewhere: Vec::new(),
        credits: Vec::new(),
        used: Vec::new(),
    }
}

/// What the lines marked as usage charge for it, each used at another time.
pub fn used(lines: &[(i64, bool)]) -> Vec<UsedPart> {
    let usage = (0_u32..)
        .zip(lines)
        .filter(|(_, (cents, is_usage))| *is_usage && *cents > 0);
    let parts = usage.map(|(line, (cents, _))| UsedPart {
        line,
        at: Timestamp::from_micros(i64::from(line) + 1),
        names: Vec::new(),
        amount: Money::from_minor(*cents, euro()),
    });
    parts.collect()
}

/// A grant without an end: what is left, its priority, whether it pays after tax.
pub fn usable((left, priority, is_after): (i64, u8, bool)) -> UsableGrant {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let random = u128::from(COUNT.fetch_add(1, Ordering::Relaxed));
    let mut ids = IdSource::new(Timestamp::from_micros(0), random << 64);
    let left = Money::from_minor(left, euro());
    UsableGrant {
        left,
        grant: CreditGrant {
            id: GrantId::new(&mut ids),
            amount: left,
            kind: GrantKind::Paid,
            priority,
            effective_at: Timestamp::from_micros(0),
            expires_at: None,
            created_at: Timestamp::from_micros(0),
            scope: CreditScope::Everything,
            tax: if is_after {
                CreditTax::PostTax
            } else {
                CreditTax::PreTax
            },
        },
    }
}

pub fn drafted(cents: &[i64], percent: &str) -> DraftInvoice {
    draft(rated(cents), &company(), &customer(percent)).unwrap()
}

pub fn finalized(cents: &[i64]) -> FinalizedInvoice {
    let inputs = Frozen::from_json("{}".to_owned());
    let number = "HS-2026-0001".to_owned();
    finalize(drafted(cents, "19"), &inputs, number, day("2026-11-03")).unwrap()
}

/// Cents as the text of an amount: `-12.05`.
pub fn cents_of(minor: i64) -> String {
    Money::from_minor(minor, euro()).number()
}
