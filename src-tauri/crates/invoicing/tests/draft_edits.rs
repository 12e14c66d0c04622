//! Lines by hand and a discount on the whole: order of totals, parts that sum up, credit notes that
//! take back no cent of a discount, and faults at their fields.

mod common;

use common::{cents_of, company, customer, day, euro, rated, usable, used};
use proptest::prelude::*;
use ratebook_catalog::{CreditTax, TaxTreatment};
use ratebook_invoicing::{
    CreditNote, Discount, DraftEdit, DraftInvoice, Frozen, InvoiceError, InvoiceStatus,
    LineTakeBack, ManualLine, Off, TakeBack, draft_credit_note, draft_with, finalize,
    finalize_credit_note, left_of, print,
};
use ratebook_money::{Currency, Factor, Money, Quantity, Rate};

fn by_hand(text: &str, quantity: &str, price: &str) -> ManualLine {
    ManualLine {
        text: text.to_owned(),
        quantity: Quantity::parse(quantity).unwrap(),
        unit_price: Rate::parse(price, euro()).unwrap(),
        tax: None,
    }
}

fn percent(percent: &str) -> Option<Discount> {
    Some(Discount {
        off: Off::Percent(Factor::parse(percent).unwrap()),
        reason: "first year".to_owned(),
    })
}

fn off(cents: i64) -> Option<Discount> {
    Some(Discount {
        off: Off::Amount(Money::from_minor(cents, euro())),
        reason: "agreed".to_owned(),
    })
}

fn drafted(cents: &[i64], edit: &DraftEdit) -> Result<DraftInvoice, InvoiceError> {
    draft_with(rated(cents), &company(), &customer("19"), Some(edit))
}

fn minors(draft: &DraftInvoice) -> (i64, i64, i64, i64) {
    let totals = &draft.totals;
    let discount = totals.discounted().minor();
    (
        totals.net.minor(),
        discount,
        totals.tax.minor(),
        totals.total.minor(),
    )
}

#[test]
fn a_discount_comes_off_the_sum_before_tax() {
    let edit = DraftEdit {
        lines: vec![
            by_hand("Onboarding", "2", "150"),
            by_hand("Goodwill", "1", "-50"),
        ],
        discount: percent("10"),
        ..DraftEdit::default()
    };
    let draft = drafted(&[10_000], &edit).unwrap();
    // 100 + 300 − 50 = 350; 10 % off: 315; 19 % of it.
    assert_eq!(minors(&draft), (35_000, 3_500, 5_985, 37_485));
    let numbers: Vec<u32> = draft.lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(draft.totals.taxes[0].taxable.minor(), 31_500);
}

#[test]
fn lines_of_other_rates_have_their_own_tax_and_share_of_the_discount() {
    let mut reduced = by_hand("Book", "1", "50.00");
    let seven = Factor::parse("7").unwrap();
    reduced.tax = Some(TaxTreatment::Rate { percent: seven });
    let edit = DraftEdit {
        lines: vec![reduced],
        discount: off(3_001),
        ..DraftEdit::default()
    };
    let draft = drafted(&[10_000], &edit).unwrap();
    let discount = draft.totals.discount.as_ref().unwrap();
    let parts: Vec<i64> = discount
        .parts
        .iter()
        .map(|part| part.amount.minor())
        .collect();
    assert_eq!(parts, [2_001, 1_000]);
    let taxes = draft.totals.taxes.iter();
    let taxes: Vec<(i64, i64)> = taxes.map(|t| (t.taxable.minor(), t.tax.minor())).collect();
    assert_eq!(taxes, [(7_999, 1_520), (4_000, 280)]);
}

#[test]
fn a_discount_above_the_sum_is_refused_with_the_sum() {
    let edit = DraftEdit {
        discount: off(10_001),
        ..DraftEdit::default()
    };
    let sum = Money::from_minor(10_000, euro());
    assert_eq!(
        drafted(&[10_000], &edit).unwrap_err(),
        InvoiceError::DiscountAboveSum { sum }
    );
    let all = DraftEdit {
        discount: off(10_000),
        ..DraftEdit::default()
    };
    assert_eq!(
        minors(&drafted(&[10_000], &all).unwrap()),
        (10_000, 10_000, 0, 0)
    );
}

#[test]
fn every_fault_stands_at_its_field() {
    let mut wrong = by_hand("", "0", "0.0000000000001");
    let below = Factor::parse("-1").unwrap();
    wrong.tax = Some(TaxTreatment::Rate { percent: below });
    let edit = DraftEdit {
        lines: vec![wrong, by_hand("two\nlines", "1", "1")],
        discount: Some(Discount {
            off: Off::Percent(Factor::parse("100.5").unwrap()),
            reason: " ".to_owned(),
        }),
        purchase_order: "x".repeat(121),
        ..DraftEdit::default()
    };
    let issues = edit.check(euro());
    let found: Vec<(&str, &str)> = issues
        .iter()
        .map(|issue| (issue.path.as_str(), issue.code.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("lines[0].text", "required"),
            ("lines[0].quantity", "zero"),
            ("lines[0].unitPrice", "too_precise"),
            ("lines[0].tax.percent", "negative"),
            ("lines[1].text", "control_character"),
            ("discount.percent", "too_large"),
            ("discount.reason", "required"),
            ("purchaseOrder", "too_long"),
        ]
    );
    let dollars = Currency::parse("USD").unwrap();
    let other = DraftEdit {
        discount: off(1),
        lines: vec![by_hand("Fee", "1", "1")],
        ..DraftEdit::default()
    };
    let codes = other.check(dollars).into_iter().map(|issue| issue.code);
    assert_eq!(
        codes.collect::<Vec<_>>(),
        ["other_currency", "other_currency"]
    );
}

#[test]
fn it_is_printed_and_frozen() {
    let edit = DraftEdit {
        lines: vec![by_hand("Onboarding", "2", "150.00")],
        discount: percent("10"),
        note: "Thank you.\nSee you soon.".to_owned(),
        purchase_order: "PO 4711".to_owned(),
        buyer_reference: "04011000-12345-34".to_owned(),
        internal_note: "by phone".to_owned(),
        v: 1,
    };
    let draft = drafted(&[10_000], &edit).unwrap();
    let inputs = Frozen::from_json("{}".to_owned());
    let invoice = finalize(draft, &inputs, "HS-1".to_owned(), day("2026-11-03")).unwrap();
    assert_eq!(invoice.edit(), Some(&edit));
    assert_eq!(invoice.buyer_reference(), "04011000-12345-34");
    assert_eq!(invoice.purchase_order(), "PO 4711");
    let paper = print::finalized(&invoice, InvoiceStatus::Finalized).unwrap();
    let meta: Vec<(&str, &str)> = paper
        .meta
        .iter()
        .map(|row| (row.label.as_str(), row.value.as_str()))
        .collect();
    assert!(meta.contains(&("Purchase order", "PO 4711")), "{meta:?}");
    assert!(
        meta.contains(&("Your reference", "04011000-12345-34")),
        "{meta:?}"
    );
    assert_eq!(
        paper.notes,
        ["Thank you.", "See you soon.", "Discount: first year"]
    );
    let totals: Vec<(&str, &str)> = paper
        .totals
        .iter()
        .map(|row| (row.label.as_str(), row.amount.as_str()))
        .collect();
    assert_eq!(
        totals[..2],
        [("Net amount", "400.00"), ("Discount 10%", "−40.00")]
    );
    let section = paper.table.sections.last().unwrap();
    assert_eq!(section.heading, "Adjustments");
    let row = section.groups[0].head.as_ref().unwrap();
    assert_eq!(
        (
            row.description.as_str(),
            row.quantity.as_str(),
            row.amount.as_str()
        ),
        ("Onboarding", "2", "300.00")
    );
    // Never printed.
    assert!(!format!("{paper:?}").contains("by phone"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn parts_sum_up_and_credit_notes_take_back_what_was_charged(
        lines in prop::collection::vec((1_i64..100_000, any::<bool>()), 1..6),
        manual in prop::collection::vec((-20_000_i64..60_000, 0_u32..3), 0..4),
        discount in prop::option::of((any::<bool>(), 1_u32..100)),
        grants in prop::collection::vec((0_i64..60_000, 0_u8..3, any::<bool>()), 0..4),
        parts in prop::collection::vec((1_u32..9, 1_i64..80_000), 0..4),
    ) {
        let manual = manual.iter().map(|(price, tax)| ManualLine {
            tax: (*tax > 0).then(|| TaxTreatment::Rate {
                percent: Factor::parse(&(tax * 7).to_string()).unwrap(),
            }),
            ..by_hand("by hand", "1", &cents_of(*price))
        });
        let mut edit = DraftEdit { lines: manual.collect(), ..DraftEdit::default() };
        let own: Vec<i64> = lines.iter().map(|line| line.0).collect();
        let sum: i64 = own.iter().sum::<i64>()
            + edit.lines.iter().map(|line| {
                line.unit_price.times(line.quantity).unwrap().round().unwrap().minor()
            }).sum::<i64>();
        prop_assume!(sum > 0);
        edit.discount = discount.and_then(|(is_percent, part)| match is_percent {
            true => percent(&part.to_string()),
            false => off((sum * i64::from(part) / 100).max(1)),
        });
        let mut rated = rated(&own);
        rated.used = used(&lines);
        rated.credits = grants.iter().map(|grant| usable(*grant)).collect();
        let draft = draft_with(rated, &company(), &customer("19"), Some(&edit)).unwrap();
        let totals = draft.totals.clone();
        let off = totals.discounted().minor();
        prop_assert_eq!(totals.net.minor(), sum);
        prop_assert!(off >= 0 && off <= sum);
        if let Some(discount) = &totals.discount {
            let parts: i64 = discount.parts.iter().map(|part| part.amount.minor()).sum();
            prop_assert_eq!(parts, off);
            let shares = discount.by_line(&draft.lines).unwrap();
            prop_assert_eq!(shares.iter().map(|share| share.minor()).sum::<i64>(), off);
            for (share, line) in shares.iter().zip(&draft.lines) {
                prop_assert!(share.minor() <= line.rated.amount.minor().max(0));
            }
        }
        let taxable: i64 = totals.taxes.iter().map(|tax| tax.taxable.minor()).sum();
        prop_assert_eq!(taxable, sum - off - totals.credit_before_tax().minor());
        prop_assert_eq!(totals.total.minor(), taxable + totals.tax.minor());
        let of_tax = |tax| {
            let own = draft.credits.iter().filter(|credit| credit.tax == tax);
            own.map(|credit| credit.amount.minor()).sum::<i64>()
        };
        prop_assert_eq!(of_tax(CreditTax::PreTax), totals.credit_before_tax().minor());
        let inputs = Frozen::from_json("{}".to_owned());
        let invoice = finalize(draft, &inputs, "HS-1".to_owned(), day("2026-11-03")).unwrap();
        let mut notes: Vec<CreditNote> = Vec::new();
        for asked in parts.into_iter().map(|(line, cents)| {
            let amount = Some(Money::from_minor(cents, euro()));
            TakeBack::Lines(vec![LineTakeBack { line, amount }])
        }).chain([TakeBack::All]) {
            if let Ok(note) = draft_credit_note(&invoice, &notes, &asked) {
                let number = format!("CN-{}", notes.len());
                let day = day("2026-11-04");
                let note = finalize_credit_note(note, &invoice, number, day, "why".to_owned());
                notes.push(note);
            }
        }
        let net: i64 = notes.iter().map(|note| note.totals().net.minor()).sum();
        prop_assert!(net <= sum - off);
        let left = left_of(&invoice, &notes).unwrap();
        if left.iter().all(|(_, left)| left.minor() == 0) {
            prop_assert_eq!(net, sum - off);
            let total: i64 = notes.iter().map(|note| note.totals().total.minor()).sum();
            prop_assert_eq!(total, totals.total.minor());
            let payable: i64 = notes.iter().map(|note| note.totals().payable.minor()).sum();
            prop_assert_eq!(payable, totals.payable.minor());
        }
    }
}
