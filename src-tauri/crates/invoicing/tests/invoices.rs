//! What must hold for every invoice.

mod common;

use common::{company, customer, day, drafted, euro, finalized, rated, usable, used};
use proptest::prelude::*;
use ratebook_catalog::CreditTax;
use ratebook_invoicing::{
    Differences, FinalizedInvoice, Frozen, InvoiceError, InvoiceEvent, InvoiceStatus, TaxKey,
    compare, draft, finalize, next, number, series_key, sha256, uses_of,
};
use ratebook_money::Money;

#[test]
fn three_lines_of_a_third_are_taxed_on_their_sum() {
    let totals = drafted(&[3_333, 3_333, 3_333], "19").totals;
    assert_eq!(totals.tax.to_string(), "19.00 EUR");
    assert_eq!(totals.total.to_string(), "118.99 EUR");
}

#[test]
fn a_credit_mirrors_the_tax() {
    // −7,612.50 at 19 % is −1,446.375: half away from zero.
    let key = TaxKey::of(&customer("19").tax);
    let tax = key.tax_on(Money::from_minor(-761_250, euro())).unwrap();
    assert_eq!(tax.to_string(), "-1446.38 EUR");
}

#[test]
fn percents_with_places_are_exact() {
    let tax = |percent: &str, cents| {
        let key = TaxKey::of(&customer(percent).tax);
        key.tax_on(Money::from_minor(cents, euro()))
            .unwrap()
            .minor()
    };
    assert_eq!(tax("8.875", 10_000), 888);
    assert_eq!(tax("0.0001", 50_000_000), 50);
    assert!(
        TaxKey {
            percent: "-1".to_owned(),
            ..TaxKey::of(&customer("1").tax)
        }
        .tax_on(Money::from_minor(1, euro()))
        .is_err()
    );
}

#[test]
fn numbers_have_the_year_and_the_digits() {
    let series = company().series;
    assert_eq!(number(&series, 7, 2026), "HS-2026-0007");
    assert_eq!(number(&series, 12_345, 2027), "HS-2027-12345");
    assert_ne!(series_key(&series, 2026), series_key(&series, 2027));
}

#[test]
fn the_due_date_counts_from_the_invoice_date() {
    assert_eq!(finalized(&[1]).due_date(), day("2026-11-17"));
}

#[test]
fn an_invoice_without_lines_is_not_finalized() {
    let inputs = Frozen::from_json("{}".to_owned());
    let found = finalize(
        drafted(&[], "19"),
        &inputs,
        "1".to_owned(),
        day("2026-11-03"),
    );
    assert_eq!(found, Err(InvoiceError::NoLines));
}

#[test]
fn the_hash_is_sha_256() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sha256("abc"), abc);
    assert_eq!(Frozen::from_json("abc".to_owned()).hash(), abc);
}

#[test]
fn a_stored_invoice_reads_back_bit_for_bit() {
    let invoice = finalized(&[1_000, 2_000]);
    let json = serde_json::to_string(&invoice).unwrap();
    let read: FinalizedInvoice = serde_json::from_str(&json).unwrap();
    assert_eq!(read, invoice);
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
}

#[test]
fn one_cent_of_difference_is_found_and_placed() {
    let (stored, recomputed) = (finalized(&[1_000, 2_000]), finalized(&[1_000, 2_001]));
    assert_eq!(compare(&stored, &stored), Ok(()));
    let Err(Differences(found)) = compare(&stored, &recomputed) else {
        panic!("the difference was not found");
    };
    let line = found
        .iter()
        .find(|found| found.path == "lines[1].rated.amount.amount")
        .unwrap();
    assert_eq!(
        (line.stored.as_str(), line.recomputed.as_str()),
        ("\"20.00\"", "\"20.01\"")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn lines_and_taxes_sum_to_the_total(
        cents in prop::collection::vec(-100_000_000_i64..100_000_000, 1..40),
        percent in 0_u32..1_000_000,
    ) {
        let percent = format!("{}.{:04}", percent / 10_000, percent % 10_000);
        let totals = drafted(&cents, &percent).totals;
        let net: i64 = cents.iter().sum();
        prop_assert_eq!(totals.net.minor(), net);
        let of_rates: i64 = totals.taxes.iter().map(|tax| tax.tax.minor()).sum();
        prop_assert_eq!(of_rates, totals.tax.minor());
        let taxable: i64 = totals.taxes.iter().map(|tax| tax.taxable.minor()).sum();
        prop_assert_eq!(taxable, net);
        prop_assert_eq!(totals.total.minor(), net + of_rates);
        prop_assert_eq!(totals.payable, totals.total);
    }

    #[test]
    fn credit_pays_for_usage_and_never_more_than_is_owed(
        lines in prop::collection::vec((-50_000_i64..100_000, any::<bool>()), 1..12),
        grants in prop::collection::vec((0_i64..80_000, 0_u8..3, any::<bool>()), 0..6),
        percent in 0_u32..30,
    ) {
        let cents: Vec<i64> = lines.iter().map(|(cents, _)| *cents).collect();
        let mut rated = rated(&cents);
        rated.used = used(&lines);
        rated.credits = grants.iter().map(|grant| usable(*grant)).collect();
        let known = rated.credits.clone();
        let draft = draft(rated, &company(), &customer(&percent.to_string())).unwrap();
        let totals = &draft.totals;
        let (before, after) = (totals.credit_before_tax(), totals.credit_after_tax());
        let net: i64 = cents.iter().sum();
        prop_assert_eq!(totals.net.minor(), net);
        prop_assert_eq!(totals.total.minor(), net - before.minor() + totals.tax.minor());
        prop_assert_eq!(totals.payable.minor(), totals.total.minor() - after.minor());
        prop_assert!(before.minor() >= 0 && after.minor() >= 0);
        // What is owed without credit is never turned into something to pay back.
        prop_assert!(net < 0 || totals.payable.minor() >= 0);
        let usage: i64 = lines.iter().filter(|(cents, is_usage)| *is_usage && *cents > 0)
            .map(|(cents, _)| *cents).sum();
        prop_assert!(before.minor() <= usage);
        let of_tax = |tax| {
            let own = draft.credits.iter().filter(|credit| credit.tax == tax);
            own.map(|credit| credit.amount.minor()).sum::<i64>()
        };
        prop_assert_eq!(of_tax(CreditTax::PreTax), before.minor());
        prop_assert_eq!(of_tax(CreditTax::PostTax), after.minor());
        for (grant, amount) in uses_of(&draft.credits).unwrap() {
            let left = known.iter().find(|usable| usable.grant.id == grant).unwrap().left;
            prop_assert!(amount.minor() > 0 && amount.minor() <= left.minor());
        }
        // All that could be paid before tax is paid while there is credit.
        let prepaid: i64 = grants.iter().filter(|(_, _, is_after)| !is_after)
            .map(|(left, _, _)| *left).sum();
        prop_assert_eq!(before.minor(), prepaid.min(usage).min(net).max(0));
    }

    #[test]
    fn no_sequence_of_events_leads_out_of_void_or_back_to_draft(
        events in prop::collection::vec(0_usize..3, 0..12),
    ) {
        let mut status = InvoiceStatus::Draft;
        let mut was_final = false;
        for event in events {
            let before = status;
            status = next(status, InvoiceEvent::ALL[event]).unwrap_or(status);
            was_final |= status != InvoiceStatus::Draft;
            prop_assert!(!was_final || status != InvoiceStatus::Draft);
            prop_assert!(before != InvoiceStatus::Void || status == InvoiceStatus::Void);
        }
    }
}
