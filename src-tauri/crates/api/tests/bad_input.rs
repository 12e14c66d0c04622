//! A plan with everything wrong, and an amount that does not fit: all faults at once, each at its
//! field, and one customer's fault is nobody else's.

mod common;

use common::{charge, monday};
use ratebook_api::App;
use ratebook_api::wire::{
    AnchorWord, ChangeText, ChargeKindWord, ChargeText, CustomerListRequest, DecimalString,
    FeeTimingWord, IntervalWord, InvoiceFinalizeRequest, InvoiceGetRequest, InvoiceListRequest,
    InvoiceState, Nothing, PhaseByWord, PhaseText, PlanSaveRequest, PriceModelWord, ProrationWord,
    TermsText, TierText, UsageImportRunRequest,
};
use std::sync::Arc;

async fn sample(folder: &tempfile::TempDir) -> App {
    common::sample_book(folder, monday).await
}

fn number(text: &str) -> DecimalString {
    DecimalString(text.to_owned())
}

fn phase(first: &str, last: &str) -> PhaseText {
    let change = ChangeText {
        charge: "Runs".to_owned(),
        off: Some(true),
        amount: None,
        price: None,
        included: None,
        minimum: None,
    };
    PhaseText {
        name: "Phase".to_owned(),
        by: PhaseByWord::Periods,
        first: first.to_owned(),
        last: last.to_owned(),
        changes: vec![change],
    }
}

/// Charges with a fault of each kind.
fn charges() -> Vec<ChargeText> {
    let tier = |up_to: Option<&str>, price: &str, fee: &str| TierText {
        up_to: up_to.map(number),
        unit_price: number(price),
        flat_fee: number(fee),
    };
    vec![
        ChargeText {
            amount: Some(number("many")),
            timing: Some(FeeTimingWord::Advance),
            ..charge("Platform", ChargeKindWord::RecurringFee)
        },
        ChargeText {
            amount: Some(number("-1.00")),
            ..charge("Setup", ChargeKindWord::OneOffFee)
        },
        ChargeText {
            meter: Some("model_calls".to_owned()),
            model: Some(PriceModelWord::Graduated),
            tiers: Some(vec![
                tier(Some("100"), "-1", "0"),
                tier(None, "1", "0"),
                tier(Some("50"), "0.1234567890123456789012345", "-2"),
            ]),
            ..charge("Runs", ChargeKindWord::Usage)
        },
        ChargeText {
            meter: Some("nobody's".to_owned()),
            model: Some(PriceModelWord::Document),
            document: Some(r#"{"model":"per_unit","unit_price":"-3","colour":"red"}"#.to_owned()),
            ..charge("Runs", ChargeKindWord::Usage)
        },
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_a_plan_is_said_at_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    let terms = TermsText {
        interval_unit: IntervalWord::Month,
        interval_count: 0,
        anchor: AnchorWord::Calendar,
        proration: ProrationWord::Days,
        add_on: None,
        phases: Some(vec![phase("1", "1"), phase("3", "2")]),
    };
    let error = app
        .plan_save(PlanSaveRequest {
            id: String::new(),
            name: "Faulty".to_owned(),
            description: String::new(),
            archived: false,
            currency: "XYZ".to_owned(),
            charges: Some(charges()),
            terms: Some(terms),
        })
        .await
        .unwrap_err();
    let issues = error.issues.iter();
    let mut issues: Vec<String> = issues
        .map(|issue| format!("{} {}", issue.path, issue.code))
        .collect();
    issues.sort();
    let mut expected = [
        "currency unknown_currency",
        "terms.intervalCount out_of_range",
        "terms.phases[1].first phase_gap",
        "terms.phases[1].last before_start",
        "charges[0].amount not_a_number",
        "charges[1].amount negative",
        "charges[2].tiers[0].unitPrice negative",
        "charges[2].tiers[1].upTo only_last_is_open",
        "charges[2].tiers[2].upTo last_must_be_open",
        "charges[2].tiers[2].upTo not_ascending",
        "charges[2].tiers[2].unitPrice too_precise",
        "charges[2].tiers[2].flatFee negative",
        "charges[3].name duplicate",
        "charges[3].meter not_an_id",
        "charges[3].document.unit_price negative",
        "charges[3].document.colour unknown_field",
    ];
    expected.sort_unstable();
    assert_eq!(issues, expected);
    let plans = app.plan_list(Nothing {}).await.unwrap().plans;
    assert!(plans.iter().all(|plan| plan.name != "Faulty"));
}

/// Output tokens for more than 170 trillion: the run finalizes everybody else.
#[tokio::test(flavor = "multi_thread")]
async fn an_amount_that_does_not_fit_stops_one_customer_only() {
    let folder = tempfile::tempdir().unwrap();
    let app = sample(&folder).await;
    // An event has at most 10^15 of anything; 400 of them at 600.00 per million do not fit.
    let event = |id: usize| {
        format!(
            "{{\"source\":\"test\",\"id\":\"{id}\",\"event_name\":\"llm.call\",\
             \"at\":\"2026-10-02T10:00:00Z\",\"customer\":\"cus_kestrel\",\"provider\":\"openai\",\
             \"model\":\"o1-pro\",\"quantities\":{{\"output_tokens\":1000000000000000}}}}\n"
        )
    };
    let lines: String = (0..400).map(event).collect();
    let path = folder.path().join("huge.jsonl");
    std::fs::write(&path, lines).unwrap();
    let request = UsageImportRunRequest {
        path: path.display().to_string(),
        format: "auto".to_owned(),
        mapping: None,
        job_id: "import".to_owned(),
    };
    let report = app
        .usage_import_run(request, Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!(report.accepted.0, 400, "{report:?}");

    let month = || Some("2026-10".to_owned());
    let list = InvoiceListRequest { month: month() };
    let rows = app.invoice_list(list).await.unwrap().rows;
    let broken: Vec<_> = rows.iter().filter(|row| row.fault.is_some()).collect();
    assert_eq!((rows.len(), broken.len()), (12, 1));
    let fault = broken[0].fault.clone().unwrap();
    assert!(fault.starts_with("charge \""), "{fault}");
    assert!(fault.contains("quantity 400000000000000000"), "{fault}");
    assert_eq!(broken[0].held, ["cannot_rate"]);
    // Who looks at the draft is told the same.
    let draft = InvoiceGetRequest {
        id: None,
        customer_id: Some(broken[0].customer_id.clone()),
        month: month(),
    };
    let error = app.invoice_get(draft).await.unwrap_err();
    assert_eq!(error.params["detail"], fault);

    let request = InvoiceFinalizeRequest {
        month: "2026-10".to_owned(),
        customer_ids: Vec::new(),
        job_id: "run".to_owned(),
    };
    let done = app
        .invoice_finalize(request, Arc::new(|_| {}))
        .await
        .unwrap();
    assert_eq!(done.invoices.len(), 11);
    assert!(
        done.invoices
            .iter()
            .all(|row| row.state == InvoiceState::Finalized)
    );
    assert_eq!(done.held.len(), 1);
    assert_eq!(done.held[0].customer, broken[0].customer);
    // Lists that show every customer go on too.
    let list = CustomerListRequest {
        search: String::new(),
        archived: false,
        month: month(),
    };
    assert_eq!(app.customer_list(list).await.unwrap().rows.len(), 12);
}
