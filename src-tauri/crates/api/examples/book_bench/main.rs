//! Measures what a person waits for, through the use cases of the window, on a book with many
//! events: import, a customer's month, the drafts of a month, finalizing them, their PDFs, verify.
//! `make bench` runs it on the file that `make_events` of crate `usage` wrote:
//! `cargo run --release -p ratebook-api --example book_bench EVENTS.jsonl CUSTOMERS`.
//! The book stays in the folder that RATEBOOK_BENCH_FOLDER names, for the start of the window.

mod finance;

use ratebook_api::wire::{
    AddressText, AgreedText, BookCreateRequest, ChargeKindWord, ChargeText, CustomerListRequest,
    CustomerSaveRequest, CustomerTax, CustomerText, DecimalString, EndpointText,
    ExchangeStageRequest, ExchangeText, FeeTimingWord, GridFilter, InvoiceFinalizeRequest,
    InvoiceListRequest, InvoicePdfSaveRequest, InvoiceVerifyRequest, MarkupScopeText, MarkupText,
    Nothing, PlanPublishRequest, PlanSaveRequest, PriceEdit, PriceEditWhat, PriceGridRequest,
    PriceModelWord, PricePublishRequest, PriceStageRequest, ScopeWord, SubscriptionSaveRequest,
    SubscriptionText, TaxKind, UsageGroup, UsageImportRunRequest, UsageMeasure,
    UsageOverviewRequest,
};
use ratebook_api::{App, Report, Surroundings};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// As in the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let events = arguments.next().ok_or("the file of events")?;
    let customers: usize = arguments.next().ok_or("the number of customers")?.parse()?;
    let folder = std::env::var_os("RATEBOOK_BENCH_FOLDER").map(PathBuf::from);
    let folder = folder.ok_or("RATEBOOK_BENCH_FOLDER names no folder")?;
    let surroundings = Surroundings::of_this_machine(folder.join("config"), folder.clone());
    let app = App::new(surroundings);
    let path = folder.join("bench.ratebook").display().to_string();
    app.book_create(BookCreateRequest {
        path: Some(path),
        currency: "EUR".to_owned(),
        country: "DE".to_owned(),
    })
    .await?;
    finance::seller(&app).await?;
    let began = Instant::now();
    terms(&app, customers).await?;
    println!(
        "{customers} customers entered one by one: {:.2} s",
        began.elapsed().as_secs_f64()
    );
    let request = UsageImportRunRequest {
        path: events,
        format: "canonical".to_owned(),
        mapping: None,
        job_id: "import".to_owned(),
    };
    let began = Instant::now();
    let report = app.usage_import_run(request, quiet()).await?;
    let took = began.elapsed().as_secs_f64();
    let rate = report.accepted.0 as f64 / took;
    println!(
        "import: {} events in {took:.2} s, {rate:.0}/s",
        report.accepted.0
    );
    months(&app).await?;
    prices(&app).await?;
    invoices(&app, &folder).await
}

/// 30 % on everything.
async fn markup(app: &App) -> Outcome<()> {
    let edits = vec![PriceEdit {
        scope: MarkupScopeText {
            level: ScopeWord::Book,
            owner: None,
            provider: None,
            model: None,
            dimension: None,
            conditions: None,
        },
        what: PriceEditWhat::Markup,
        text: String::new(),
        markup: Some(MarkupText {
            percent: text("30"),
            fixed_per_unit: None,
            fixed_per_request: None,
            minimum_margin: None,
            round_to: None,
        }),
        note: String::new(),
    }];
    app.price_stage(PriceStageRequest { edits }).await?;
    app.price_publish(
        PricePublishRequest {
            only: None,
            valid_on: Some("2020-01-01".to_owned()),
            reason: "Markup".to_owned(),
            job_id: "publish".to_owned(),
        },
        quiet(),
    )
    .await?;
    Ok(())
}

/// Exchange rate, a markup, one plan, and customers on it.
async fn terms(app: &App, customers: usize) -> Outcome<()> {
    // It is published with the markup.
    app.exchange_stage(ExchangeStageRequest {
        base: "USD".to_owned(),
        quote: "EUR".to_owned(),
        to: Some(ExchangeText {
            rate: text("0.86"),
            source: "bench".to_owned(),
            on: "2026-09-30".to_owned(),
        }),
    })
    .await?;
    markup(app).await?;
    let plan = app
        .plan_save(PlanSaveRequest {
            id: String::new(),
            name: "Team".to_owned(),
            description: String::new(),
            archived: false,
            currency: "EUR".to_owned(),
            charges: Some(vec![fee(), model_usage()]),
            terms: None,
        })
        .await?;
    app.plan_publish(PlanPublishRequest {
        id: plan.id,
        move_from: None,
    })
    .await?;
    let plans = app.plan_list(Nothing {}).await?.plans;
    let version = plans[0].versions[0].id.clone();
    for number in 1..=customers {
        let id = app
            .customer_save(CustomerSaveRequest {
                customer: customer(number),
            })
            .await?
            .id;
        let subscription = SubscriptionText {
            id: String::new(),
            customer_id: id,
            plan_version_id: version.clone(),
            plan_id: String::new(),
            plan_name: String::new(),
            version: 0,
            starts_on: "2026-09-01".to_owned(),
            ends_on: None,
            agreed: nothing(),
        };
        app.subscription_save(SubscriptionSaveRequest { subscription })
            .await?;
    }
    Ok(())
}

/// Usage pages of customers' months; usage is read from the book each time.
async fn months(app: &App) -> Outcome<()> {
    let request = CustomerListRequest {
        search: String::new(),
        archived: false,
        month: Some("2026-10".to_owned()),
    };
    let list = app.customer_list(request).await?;
    let mut times = Vec::new();
    for row in list.rows.iter().take(50) {
        let request = UsageOverviewRequest {
            from: "2026-10-01".to_owned(),
            to: "2026-10-31".to_owned(),
            group: UsageGroup::Model,
            measure: UsageMeasure::Cost,
            customer_id: Some(row.id.clone()),
            model: None,
        };
        let began = Instant::now();
        let overview = app.usage_overview(request).await?;
        times.push(began.elapsed());
        assert!(overview.events.0 > 0, "{} has usage", row.name);
    }
    println!(
        "usage page of a customer's month: median {}",
        median(&mut times)
    );
    Ok(())
}

async fn prices(app: &App) -> Outcome<()> {
    let mut times = Vec::new();
    for search in [
        "g",
        "gp",
        "gpt",
        "gpt-5",
        "gpt-5 mini",
        "claude",
        "sonet",
        "mistral large",
    ] {
        let request = PriceGridRequest {
            search: search.to_owned(),
            provider: None,
            filter: GridFilter::All,
            offset: 0,
            limit: 100,
            at: None,
        };
        let began = Instant::now();
        app.price_grid(request).await?;
        times.push(began.elapsed());
    }
    println!(
        "price grid, a key of the search: median {}",
        median(&mut times)
    );
    Ok(())
}

async fn invoices(app: &App, folder: &Path) -> Outcome<()> {
    let month = "2026-10".to_owned();
    let began = Instant::now();
    let list = app
        .invoice_list(InvoiceListRequest {
            month: Some(month.clone()),
        })
        .await?;
    let drafts = began.elapsed().as_secs_f64();
    let some = list.rows.iter().take(10);
    let some: Vec<String> = some.map(|row| row.customer_id.clone()).collect();
    finance::preview(app, &some).await?;
    let request = InvoiceFinalizeRequest {
        month,
        customer_ids: Vec::new(),
        job_id: "finalize".to_owned(),
    };
    let began = Instant::now();
    let done = app.invoice_finalize(request, quiet()).await?;
    let finalize = began.elapsed().as_secs_f64();
    println!(
        "invoice run: {} customers, drafts {drafts:.2} s (remembered from the list before), \
         finalized {finalize:.2} s; {} final, {} held",
        list.rows.len(),
        done.invoices.len(),
        done.held.len()
    );
    for row in done.held.iter().take(3) {
        println!("  held: {} {:?}", row.customer, row.held);
    }
    let out = folder.join("pdf");
    std::fs::create_dir_all(&out)?;
    let ids = done.invoices.iter().filter_map(|row| row.id.clone());
    let ids: Vec<String> = ids.collect();
    finance::explained(app, &ids).await?;
    let request = InvoicePdfSaveRequest {
        einvoice: None,
        ids: ids.clone(),
        draft_customer_ids: Vec::new(),
        month: None,
        path: out.display().to_string(),
        job_id: "pdf".to_owned(),
    };
    let began = Instant::now();
    let files = app.invoice_pdf_save(request, quiet()).await?.files.len();
    println!(
        "{files} invoices as PDF files: {:.2} s",
        began.elapsed().as_secs_f64()
    );
    finance::hybrids(app, folder, &ids).await?;
    let began = Instant::now();
    let request = InvoiceVerifyRequest {
        id: None,
        job_id: "verify".to_owned(),
    };
    let verified = app.invoice_verify(request, quiet()).await?;
    println!(
        "verify: {} invoices and the book in {:.2} s, {} findings",
        verified.checked.0,
        began.elapsed().as_secs_f64(),
        verified.findings.len()
    );
    Ok(())
}

fn nothing() -> AgreedText {
    AgreedText {
        since: None,
        seats: Vec::new(),
        phases_from: None,
        overrides: None,
    }
}

fn fee() -> ChargeText {
    ChargeText {
        name: "Platform fee".to_owned(),
        kind: ChargeKindWord::RecurringFee,
        amount: Some(text("49")),
        timing: Some(FeeTimingWord::Advance),
        per_seat: None,
        meter: None,
        model: None,
        unit_price: None,
        tiers: None,
        charge_flat_at_zero: None,
        markup: None,
        document: None,
        credit: None,
    }
}

fn model_usage() -> ChargeText {
    ChargeText {
        name: "Model usage".to_owned(),
        kind: ChargeKindWord::Usage,
        amount: None,
        timing: None,
        per_seat: None,
        meter: Some("model_calls".to_owned()),
        model: Some(PriceModelWord::CostPlus),
        ..fee()
    }
}

fn customer(number: usize) -> CustomerText {
    CustomerText {
        id: String::new(),
        number: String::new(),
        name: format!("Customer {number:04}"),
        address: AddressText {
            lines: vec![format!("Street {number}")],
            postcode: "10115".to_owned(),
            city: "Berlin".to_owned(),
            region: String::new(),
            country: "DE".to_owned(),
        },
        tax_id: String::new(),
        email: String::new(),
        reference: String::new(),
        order_reference: String::new(),
        endpoint: EndpointText {
            scheme: String::new(),
            id: String::new(),
        },
        einvoice: None,
        currency: "EUR".to_owned(),
        locale: "de-DE".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        tax: CustomerTax {
            kind: TaxKind::Rate,
            percent: Some(text("19")),
            reason: None,
        },
        payment_days: None,
        aliases: vec![format!("cus_{number:05}")],
        notes: String::new(),
        archived: false,
    }
}

fn text(number: &str) -> DecimalString {
    DecimalString(number.to_owned())
}

fn median(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    format!(
        "{:.1} ms of {}",
        middle.as_secs_f64() * 1_000.0,
        times.len()
    )
}

fn quiet() -> Report {
    Arc::new(|_| {})
}
