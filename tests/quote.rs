//! Amounts that other systems in the field state in their tests and documents, priced by ours.
//!
//! `quote/documents.jsonl` has a case per line: a price document with its `amount` (exact) or its
//! `rounded` amount, or a `check` of what stands around a price (lines that are added, discounts
//! that are split, shares of a period, taxes, minimums). A case is named after its subject and the
//! system that states it. Where a system has another definition than ours, the case is in
//! [`DIFFERENT`] with what we charge and why; what is no price of ours at all is in [`NO_PRICE`]
//! with the rating case that holds it.

use ratebook_catalog::json::Json;
use ratebook_catalog::{CreditGrant, CreditScope, CreditTax, GrantId, GrantKind, TaxTreatment};
use ratebook_invoicing::TaxKey;
use ratebook_money::id::IdSource;
use ratebook_money::{Amount, Currency, Factor, Money, Timestamp, allocate, mul_div_round};
use ratebook_rating::credits::{Account, Demand, Ledger};
use ratebook_rating::price::document::PriceDocument;
use ratebook_rating::price::{Explain, PriceStep, apply};
use ratebook_rating::proration::{Part, true_up};

const CASES: &str = include_str!("quote/documents.jsonl");

/// Cases of systems that define something else: name, our amount, why. Where our definitions have
/// another way to the same amount, the case stands a second time, priced that way.
const DIFFERENT: &[(&str, &str, &str)] = &[
    ("volume, autumn 13", "0", BELOW_ZERO),
    ("volume, autumn 14", "0", BELOW_ZERO),
    ("volume, autumn 18", "7", INCLUDED),
    ("volume, autumn 22", "20", INCLUDED),
    ("per unit, openmeter 10", "10", TOTALS),
    ("line discount, autumn 4", "70", PERCENT_FIRST),
    ("prorated graduated, lago 1", "204.83335", WEIGHTED),
    ("prorated graduated, lago 7", "149", WEIGHTED),
    ("prorated graduated, lago 8", "100", BELOW_ZERO),
    ("prorated graduated, lago 9", "100", BELOW_ZERO),
    ("volume, lago 9", "198.6", WEIGHTED),
    ("credits, openmeter 15", "20", NOT_CARRIED),
];
const BELOW_ZERO: &str = "a period that was corrected below zero costs what zero costs";
const INCLUDED: &str = "included units are taken off before a tier is chosen, and stay free";
const TOTALS: &str = "quantities are rounded as totals of the period, not line by line";
const PERCENT_FIRST: &str = "the percentage comes first, the fixed discount last";
const WEIGHTED: &str = "a meter has one quantity, here the time-weighted one: it chooses the tier";
const NOT_CARRIED: &str = "what credit cannot pay is billed; it is not taken from the next grant";

/// Cases that are no price of ours but a matter of plans: name, why, and the case that holds it.
const NO_PRICE: &[(&str, &str, &str)] = &[(
    "flat, openmeter 4",
    "when a fee is charged is said by the plan, not by its price",
    "rating/fee_in_arrears_in_mid_quarter.case",
)];

fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json.get(key).and_then(Json::text).unwrap_or("")
}

fn currency(json: &Json) -> Currency {
    Currency::parse(text(json, "currency")).unwrap()
}

fn amount(json: &Json, key: &str) -> Amount {
    Amount::parse(text(json, key), currency(json)).unwrap()
}

fn whole(json: &Json, key: &str) -> Option<u64> {
    json.get(key).and_then(Json::number)?.parse().ok()
}

fn sum(all: impl Iterator<Item = Money>, currency: Currency) -> Money {
    let mut all = all;
    let zero = Money::zero(currency);
    all.try_fold(zero, Money::plus).unwrap()
}

/// The document of a case: what the line has beside its name and what is expected.
fn document(json: &Json) -> PriceDocument {
    let Json::Object(members) = json else {
        panic!("{json:?} is no object");
    };
    let kept = members
        .iter()
        .filter(|(key, _)| ["currency", "price", "usage"].contains(&key.as_ref()));
    let document = Json::Object(kept.cloned().collect());
    PriceDocument::read(&document).unwrap_or_else(|issues| panic!("{json:?}: {issues:?}"))
}

/// What we charge: exact and rounded.
fn quoted(json: &Json) -> (String, String) {
    let document = document(json);
    let (price, usage) = (&document.price, &document.usage);
    let priced = apply(price, usage, document.currency, Explain::Steps).unwrap();
    let plain = apply(price, usage, document.currency, Explain::Nothing).unwrap();
    assert_eq!(plain.exact, priced.exact, "{json:?}");
    let last = PriceStep::Rounding {
        exact: priced.exact.to_exact_string(),
        rounded: priced.rounded.number(),
    };
    assert_eq!(priced.steps.last(), Some(&last));
    (priced.exact.to_exact_string(), priced.rounded.number())
}

/// Each line rounded, then added: what an invoice does with its lines.
fn lines(json: &Json) -> Money {
    let currency = currency(json);
    let lines = json.get("amounts").unwrap().list().iter();
    let rounded = lines.map(|amount| {
        let amount = Amount::parse(amount.text().unwrap(), currency).unwrap();
        amount.round().unwrap()
    });
    sum(rounded, currency)
}

/// Shares of amounts by days, each rounded, then added.
fn shares(json: &Json) -> Money {
    let currency = currency(json);
    let parts = json.get("parts").unwrap().list().iter();
    let rounded = parts.map(|part| {
        let amount = Amount::parse(text(part, "amount"), currency).unwrap();
        let (days, of) = (whole(part, "days").unwrap(), whole(part, "of").unwrap());
        mul_div_round(amount, days, of).unwrap()
    });
    sum(rounded, currency)
}

/// A net amount with its tax.
fn taxed(json: &Json) -> Money {
    let percent = Factor::parse(text(json, "percent")).unwrap();
    let net = amount(json, "net").round().unwrap();
    let key = TaxKey::of(&TaxTreatment::Rate { percent });
    net.plus(key.tax_on(net).unwrap()).unwrap()
}

/// What is missing to a minimum; the lines that were charged are rounded first.
fn missing(json: &Json) -> Money {
    let part = Part {
        taken: whole(json, "days").unwrap_or(1),
        of: whole(json, "of").unwrap_or(1),
    };
    let charged = amount(json, "charged").round().unwrap();
    true_up(amount(json, "minimum"), part, charged).unwrap()
}

/// The lines after a discount on all of them, which never takes more than there is.
fn split(json: &Json) -> Vec<String> {
    let currency = currency(json);
    let lines = json.get("lines").unwrap().list().iter();
    let lines: Vec<Money> = lines
        .map(|line| Money::parse(line.text().unwrap(), currency).unwrap())
        .collect();
    let total = sum(lines.iter().copied(), currency);
    let discount = Money::parse(text(json, "discount"), currency).unwrap();
    let discount = Money::from_minor(discount.minor().min(total.minor()), currency);
    let weights: Vec<u128> = lines
        .iter()
        .map(|line| u128::from(line.minor().unsigned_abs()))
        .collect();
    let parts = allocate(discount, &weights).unwrap();
    let left = lines.iter().zip(parts).map(|(line, part)| {
        let left = line.minus(part).unwrap();
        left.to_decimal().normalize().to_string()
    });
    left.collect()
}

fn instant(json: &Json, key: &str) -> Option<Timestamp> {
    let found = json.get(key).and_then(Json::text);
    found.map(|found| Timestamp::parse(found).unwrap())
}

fn names(json: &Json) -> Vec<String> {
    let names = json.get("names").map(Json::list).unwrap_or_default().iter();
    names.map(|name| name.text().unwrap().to_owned()).collect()
}

/// Grants by name, and when some of them are taken back.
type Given<'j> = (Vec<(&'j str, GrantId)>, Vec<(Timestamp, GrantId)>);

fn given<'j>(json: &'j Json, ledger: &mut Ledger) -> Result<Given<'j>, String> {
    let currency = currency(json);
    let mut ids = IdSource::new(Timestamp::MIN, 1);
    let (mut grants, mut voids) = (Vec::new(), Vec::new());
    for grant in json.get("grants").unwrap().list() {
        let id = GrantId::new(&mut ids);
        let names = names(grant);
        let priority = grant.get("priority").and_then(Json::number);
        let made = CreditGrant {
            id,
            amount: Money::parse(text(grant, "amount"), currency).unwrap(),
            kind: GrantKind::Paid,
            priority: priority.map_or(50, |priority| priority.parse().unwrap()),
            effective_at: instant(grant, "from").unwrap_or(Timestamp::MIN),
            expires_at: instant(grant, "until"),
            created_at: Timestamp::MIN,
            scope: if names.is_empty() {
                CreditScope::Everything
            } else {
                CreditScope::Only(names.into_iter().collect())
            },
            tax: CreditTax::PreTax,
        };
        ledger.grant(made).map_err(|error| error.to_string())?;
        voids.extend(instant(grant, "voided").map(|at| (at, id)));
        grants.push((text(grant, "id"), id));
    }
    Ok((grants, voids))
}

/// What credit leaves to pay; and every balance just before `until`.
fn with_credit(json: &Json) -> Result<String, String> {
    let currency = currency(json);
    let money = |json: &Json, key: &str| Money::parse(text(json, key), currency).unwrap();
    let mut ledger = Ledger::new(currency);
    let (grants, mut voids) = given(json, &mut ledger)?;
    let mut left = Money::zero(currency);
    let mut burn = |at: Timestamp, amount: Money, names: &[String]| {
        for (_, id) in voids.extract_if(.., |(voided, _)| *voided <= at) {
            ledger.void(id, at).unwrap();
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (names, tax) = (names.as_slice(), CreditTax::PreTax);
        let burned = ledger
            .burn(&Demand {
                at,
                amount,
                names,
                tax,
            })
            .unwrap();
        left = left.plus(burned.left).unwrap();
    };
    if json.get("price").is_some() {
        let rounded = Money::parse(&quoted(json).1, currency).unwrap();
        burn(Timestamp::MIN, rounded, &[]);
    }
    for one in json.get("uses").map(Json::list).unwrap_or_default() {
        let at = instant(one, "at").unwrap_or(Timestamp::MIN);
        burn(at, money(one, "amount"), &names(one));
    }
    let until = instant(json, "until");
    let last = until.map_or(Timestamp::MAX, |until| {
        Timestamp::from_micros(until.micros() - 1)
    });
    ledger.expire(last).unwrap();
    for (name, expected) in json.get("balances").map(Json::members).unwrap_or_default() {
        let of_name = grants.iter().filter(|(known, _)| known == name);
        let balances = of_name.map(|(_, id)| ledger.balance_at(Account::Grant(*id), last).unwrap());
        let found = sum(balances, currency);
        if found != Money::parse(expected.text().unwrap(), currency).unwrap() {
            return Err(format!("{name} is {found}"));
        }
    }
    Ok(left.to_decimal().normalize().to_string())
}

/// Why an amount that is not theirs is not as it should be.
fn differs(json: &Json, exact: &str) -> Option<String> {
    let name = text(json, "name");
    let mut listed = DIFFERENT.iter();
    let listed =
        listed.any(|(known, ours, why)| *known == name && *ours == exact && !why.is_empty());
    let is_other = exact != text(json, "theirs");
    (!listed || !is_other).then(|| format!("{exact}, not listed with a reason"))
}

/// Why a case is not as it should be; nothing when it is.
fn fault(json: &Json) -> Option<String> {
    let name = text(json, "name");
    let rounded =
        |found: Money| (found.number() != text(json, "rounded")).then(|| found.to_string());
    let wrong = match text(json, "check") {
        "lines" => rounded(lines(json)),
        "shares" => rounded(shares(json)),
        "tax" => rounded(taxed(json)),
        "true_up" => rounded(missing(json)),
        "credits" => match with_credit(json) {
            Ok(left) if left != text(json, "left") => Some(left),
            Ok(left) => json.get("theirs").and_then(|_| differs(json, &left)),
            Err(fault) => Some(fault),
        },
        "split" => {
            let left = json.get("left").unwrap().list().iter();
            let left: Vec<String> = left
                .map(|one| Money::parse(one.text().unwrap(), currency(json)).unwrap())
                .map(|one| one.to_decimal().normalize().to_string())
                .collect();
            let found = split(json);
            (found != left).then(|| found.join(", "))
        }
        "" => {
            let (exact, rounded) = quoted(json);
            match (json.get("amount"), json.get("rounded"), json.get("theirs")) {
                (Some(expected), None, None) => {
                    (Some(exact.as_str()) != expected.text()).then_some(exact)
                }
                (None, Some(expected), None) => {
                    (Some(rounded.as_str()) != expected.text()).then_some(rounded)
                }
                (None, None, Some(_)) => differs(json, &exact),
                _ => Some("needs one of amount, rounded, theirs".to_owned()),
            }
        }
        other => Some(format!("no check is called {other}")),
    };
    wrong.map(|found| format!("{name}: {found}"))
}

#[test]
fn every_stated_amount_is_ours_or_listed_with_a_reason() {
    let mut faults = Vec::new();
    let (mut equal, mut different) = (0, 0);
    for line in CASES.lines() {
        let json = Json::parse(line).unwrap();
        match fault(&json) {
            Some(fault) => faults.push(fault),
            None if json.get("theirs").is_some() => different += 1,
            None => equal += 1,
        }
    }
    println!(
        "{equal} equal, {different} different by definition, {} no price of ours",
        NO_PRICE.len()
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(different, DIFFERENT.len());
    assert_eq!(equal + different, CASES.lines().count());
}

#[test]
fn the_lists_name_each_case_once_and_only_cases_that_are_not_priced_here() {
    let name = |line: &str| text(&Json::parse(line).unwrap(), "name").to_owned();
    let names: Vec<String> = CASES.lines().map(name).collect();
    for (index, name) in names.iter().enumerate() {
        assert!(!names[..index].contains(name), "{name} stands twice");
    }
    for (name, why, case) in NO_PRICE {
        assert!(
            !why.is_empty() && !names.contains(&(*name).to_owned()),
            "{name}"
        );
        let path = format!("{}/{case}", env!("CARGO_MANIFEST_DIR"));
        let case = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert!(case.contains(name), "{path} does not say that it is {name}");
    }
}
