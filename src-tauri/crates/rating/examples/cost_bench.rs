//! The cost function alone: calls already read, priced one by one on one processor.
//!
//! cost_bench TABLE CALLS.jsonl   prices all calls, prints the seconds of one call; then once more
//! for each line of its input, so that it can take turns with others.

use ratebook_catalog::prices::{PriceSource, PriceTable, TableStamp, format, read};
use ratebook_money::{Date, Timestamp};
use ratebook_rating::cost::{CallLine, Pricer};
use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [table, calls] = arguments.as_slice() else {
        return Err("cost_bench TABLE CALLS.jsonl".into());
    };
    let text = std::fs::read_to_string(table)?;
    let stamp = TableStamp {
        source: PriceSource {
            name: format(&text)?.source_name().to_owned(),
            version: String::new(),
            address: String::new(),
            seen_on: Date::default(),
        },
        recorded_at: Timestamp::MIN,
        undated_from: Timestamp::MIN,
    };
    let table = read(&text, &stamp)?;
    let table = PriceTable::new(vec![table.source], table.models);
    let lines = std::fs::read_to_string(calls)?;
    let calls = lines.lines().map(CallLine::read);
    let calls = calls.collect::<Result<Vec<_>, _>>();
    let calls = calls.map_err(|(id, fault)| format!("call {id}: {fault}"))?;
    let mut pricer = Pricer::new(&table, Timestamp::MAX);
    // What one of them cannot price is not timed, as with the others.
    let mut priced = Vec::new();
    for call in &calls {
        let cost = pricer.cost(
            &call.provider,
            &call.model,
            call.at,
            &call.marks,
            &call.used,
        );
        if cost.is_ok() {
            priced.push(call);
        }
    }
    println!("{}", priced.len());
    stdout().flush()?;
    for _ in stdin().lock().lines() {
        let start = Instant::now();
        for call in &priced {
            let cost = pricer.cost(
                &call.provider,
                &call.model,
                call.at,
                &call.marks,
                &call.used,
            );
            black_box(cost)?;
        }
        let (took, count) = (start.elapsed(), u32::try_from(priced.len())?);
        println!("{}", took.as_secs_f64() / f64::from(count.max(1)));
        stdout().flush()?;
    }
    Ok(())
}
