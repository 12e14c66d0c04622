//! Measures the preview of the tier editor after an edit, on the engine's side: the request as
//! text, what 1,000 customers would pay before and after, the reply as text. `make bench` runs it:
//! `cargo run --release -p ratebook-api --example compare_bench [CUSTOMERS]`.

use ratebook_api::wire::{
    ChargeCompareRequest, ChargeKindWord, ChargeText, DecimalString, PriceModelWord, UsedText,
};
use ratebook_api::{App, Surroundings};
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

/// As in the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 101;

fn charge(model: &str, last: &str) -> ChargeText {
    let document = format!(
        r#"{{"model":"{model}","tiers":[{{"up_to":"1000000","unit_price":"0.000012"}},
            {{"up_to":"10000000","unit_price":"0.00001"}},
            {{"up_to":"100000000","unit_price":"0.000008","flat_fee":"5"}},
            {{"unit_price":"{last}"}}],"minimum":"10","discount":{{"percent":"5"}}}}"#
    );
    ChargeText {
        name: "Tokens".to_owned(),
        kind: ChargeKindWord::Usage,
        amount: None,
        timing: None,
        per_seat: None,
        meter: Some("total_tokens".to_owned()),
        model: Some(PriceModelWord::Document),
        unit_price: None,
        tiers: None,
        charge_flat_at_zero: None,
        markup: None,
        document: Some(document),
        credit: None,
    }
}

fn text(number: usize) -> DecimalString {
    DecimalString(number.to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let asked = std::env::args().nth(1);
    let customers: usize = asked.map_or(Ok(1_000), |text| text.parse())?;
    let folder = PathBuf::from("no folder: nothing is stored");
    let app = App::new(Surroundings::of_this_machine(folder.join("config"), folder));
    let used = (0..customers).map(|number| UsedText {
        quantity: text(number * number * 173),
        cost: Some(DecimalString(format!("{}.{:06}", number / 3, number * 7))),
    });
    let request = ChargeCompareRequest {
        charge: charge("graduated", "0.000005"),
        before: Some(charge("volume", "0.000006")),
        currency: "EUR".to_owned(),
        customers: used.collect(),
        unit_cost: Some(DecimalString("0.000004".to_owned())),
        quantities: (0..40).map(|step| text(step * 5_000_000)).collect(),
    };
    let request = serde_json::to_string(&request)?;
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let asked: ChargeCompareRequest = serde_json::from_str(&request)?;
        let reply = serde_json::to_string(&app.charge_compare(asked).await?)?;
        times.push(began.elapsed().as_secs_f64());
        assert!(reply.len() > customers);
    }
    times.sort_by(f64::total_cmp);
    let median = times.get(ROUNDS / 2).copied().unwrap_or(f64::NAN);
    println!(
        "tier editor after an edit, engine side: {customers} customers before and after, with the \
         request read and the reply written: {:.2} ms, median of {ROUNDS}",
        median * 1e3
    );
    Ok(())
}
