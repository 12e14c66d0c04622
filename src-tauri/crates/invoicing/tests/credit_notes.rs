//! Credit notes take back what an invoice charged, never more, and all of it to the cent.

mod common;

use common::{company, customer, day, euro, finalized, rated, usable, used};
use proptest::prelude::*;
use ratebook_invoicing::{
    CreditNote, CreditNoteFault, FinalizedInvoice, Frozen, LineTakeBack, TakeBack, draft,
    draft_credit_note, finalize, finalize_credit_note, recompute_credit_note, uses_of,
};
use ratebook_money::Money;

fn cents(cents: i64) -> Money {
    Money::from_minor(cents, euro())
}

fn noted(
    invoice: &FinalizedInvoice,
    earlier: &[CreditNote],
    asked: &TakeBack,
) -> Result<CreditNote, CreditNoteFault> {
    let draft = draft_credit_note(invoice, earlier, asked)?;
    let number = format!("CN-{}", earlier.len() + 1);
    let reason = "agreed".to_owned();
    Ok(finalize_credit_note(
        draft,
        invoice,
        number,
        day("2026-11-20"),
        reason,
    ))
}

fn line(line: u32, amount: Option<i64>) -> TakeBack {
    let amount = amount.map(cents);
    TakeBack::Lines(vec![LineTakeBack { line, amount }])
}

#[test]
fn a_whole_credit_note_is_the_invoice_again() {
    // The example of domain.md section 11: 7,612.50 at 19 % is 1,446.38.
    let invoice = finalized(&[761_250]);
    let note = noted(&invoice, &[], &TakeBack::All).unwrap();
    assert_eq!(note.totals(), invoice.totals());
    assert_eq!(note.totals().tax.to_string(), "1446.38 EUR");
    let again = noted(&invoice, &[note], &TakeBack::All);
    assert_eq!(again, Err(CreditNoteFault::NothingLeft));
}

#[test]
fn the_last_part_takes_what_rounding_left_of_the_tax() {
    // 0.19 × 33.33 = 6.3327: three parts of 6.33 would leave a cent of the 19.00.
    let invoice = finalized(&[3_333, 3_333, 3_333]);
    let mut notes: Vec<CreditNote> = Vec::new();
    for number in 1..=3 {
        let note = noted(&invoice, &notes, &line(number, None)).unwrap();
        notes.push(note);
    }
    let taxes: Vec<i64> = notes.iter().map(|n| n.totals().tax.minor()).collect();
    assert_eq!(taxes, [633, 634, 633]);
}

#[test]
fn an_amount_is_split_over_what_is_left() {
    let invoice = finalized(&[10_000, 20_000]);
    let note = noted(&invoice, &[], &TakeBack::Amount(cents(10_001))).unwrap();
    let parts: Vec<i64> = note.lines().iter().map(|l| l.amount.minor()).collect();
    assert_eq!(parts, [3_334, 6_667]);
    assert_eq!(note.totals().net.minor(), 10_001);
    assert_eq!(note.totals().tax.minor(), 1_900);
}

#[test]
fn faults_are_named() {
    let invoice = finalized(&[10_000, -2_000]);
    let fault = |asked: &TakeBack| noted(&invoice, &[], asked).unwrap_err();
    assert_eq!(fault(&line(3, None)), CreditNoteFault::NoLine(3));
    let too_much = CreditNoteFault::LineTooMuch {
        line: 1,
        left: cents(10_000),
    };
    assert_eq!(fault(&line(1, Some(10_001))), too_much);
    let wrong = |line, asked| CreditNoteFault::NotOfLine {
        line,
        asked: cents(asked),
    };
    assert_eq!(fault(&line(1, Some(-1))), wrong(1, -1));
    assert_eq!(fault(&line(1, Some(0))), wrong(1, 0));
    assert_eq!(fault(&line(2, Some(1))), wrong(2, 1));
    // A line that gave something back, alone: the customer would have to pay.
    assert_eq!(fault(&line(2, None)), CreditNoteFault::Nothing);
    let left = cents(8_000);
    assert_eq!(
        fault(&TakeBack::Amount(cents(8_001))),
        CreditNoteFault::TooMuch { left }
    );
    assert_eq!(fault(&TakeBack::Amount(cents(0))), CreditNoteFault::Nothing);
    let dollars = Money::from_minor(1, ratebook_money::Currency::parse("USD").unwrap());
    assert_eq!(
        fault(&TakeBack::Amount(dollars)),
        CreditNoteFault::Currency(euro())
    );
    let twice = vec![
        LineTakeBack {
            line: 1,
            amount: Some(cents(1))
        };
        2
    ];
    assert_eq!(fault(&TakeBack::Lines(twice)), CreditNoteFault::Twice(1));
}

/// An invoice of these lines (cents, whether it is usage), paid by credit in part.
fn invoice(lines: &[(i64, bool)], grants: &[(i64, u8, bool)], percent: u32) -> FinalizedInvoice {
    let own: Vec<i64> = lines.iter().map(|line| line.0).collect();
    let mut rated = rated(&own);
    rated.used = used(lines);
    rated.credits = grants.iter().map(|grant| usable(*grant)).collect();
    let draft = draft(rated, &company(), &customer(&percent.to_string())).unwrap();
    let inputs = Frozen::from_json("{}".to_owned());
    finalize(draft, &inputs, "HS-1".to_owned(), day("2026-11-03")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn notes_never_take_back_more_and_together_zero_the_invoice(
        lines in prop::collection::vec((-20_000_i64..100_000, any::<bool>()), 1..8),
        grants in prop::collection::vec((0_i64..80_000, 0_u8..3, any::<bool>()), 0..5),
        percent in 0_u32..30,
        parts in prop::collection::vec((0_u32..9, 1_i64..120_000, any::<bool>()), 0..6),
    ) {
        let invoice = invoice(&lines, &grants, percent);
        let totals = invoice.totals();
        prop_assume!(totals.net.minor() > 0);
        let mut notes: Vec<CreditNote> = Vec::new();
        for (place, amount, whole) in parts {
            let asked = match place {
                0 => TakeBack::Amount(cents(amount)),
                place => line(place, (!whole).then_some(amount)),
            };
            if let Ok(note) = noted(&invoice, &notes, &asked) {
                notes.push(note);
            }
        }
        if let Ok(rest) = noted(&invoice, &notes, &TakeBack::All) {
            notes.push(rest);
        }
        let sum = |of: fn(&CreditNote) -> Money| notes.iter().map(|n| of(n).minor()).sum::<i64>();
        let net = sum(|note| note.totals().net);
        prop_assert!(net <= totals.net.minor());
        // Only where lines gave something back can something be left over: they are never taken
        // back alone.
        let gave_back = lines.iter().any(|(cents, _)| *cents < 0);
        prop_assert!(gave_back || net == totals.net.minor());
        if net == totals.net.minor() {
            prop_assert_eq!(sum(|n| n.totals().tax), totals.tax.minor());
            prop_assert_eq!(sum(|n| n.totals().total), totals.total.minor());
            prop_assert_eq!(sum(|n| n.totals().payable), totals.payable.minor());
            let all: Vec<_> = notes.iter().flat_map(|n| n.credits().to_vec()).collect();
            let mut back = uses_of(&all).unwrap();
            let mut used = uses_of(invoice.credits()).unwrap();
            back.sort_by_key(|(grant, _)| *grant);
            used.sort_by_key(|(grant, _)| *grant);
            prop_assert_eq!(back, used);
        }
        for (place, note) in notes.iter().enumerate() {
            let totals = note.totals();
            let taxes: i64 = totals.taxes.iter().map(|tax| tax.tax.minor()).sum();
            prop_assert_eq!(taxes, totals.tax.minor());
            let lines: i64 = note.lines().iter().map(|line| line.amount.minor()).sum();
            prop_assert_eq!(lines, totals.net.minor());
            let before = totals.credit_before_tax().minor();
            prop_assert_eq!(totals.total.minor(), lines - before + taxes);
            prop_assert!(before >= 0 && totals.payable.minor() >= 0);
            let given: i64 = note.credits().iter().map(|c| c.amount.minor()).sum();
            prop_assert_eq!(given, before + totals.credit_after_tax().minor());
            // The same invoice and the same notes before it give the same note for ever.
            let again = recompute_credit_note(note, &invoice, &notes[..place]).unwrap();
            prop_assert_eq!(&again, note);
        }
    }
}
