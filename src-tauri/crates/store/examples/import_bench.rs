//! Measures the import of a million canonical events into a book, all checks and dedup on, and the
//! reading of a customer's month afterwards. `make bench` runs it:
//! `cargo run --release -p ratebook-store --example import_bench [EVENTS]`.

use ratebook_money::{Period, Timestamp};
use ratebook_store::usage::{
    ClassCache, Epochs, Grain, ImportRequest, SumQuery, import, refs, sums, verify,
};
use ratebook_store::{Book, prices};
use ratebook_usage::EventBatch;
use ratebook_usage::import::{Context, Format, Importer, Step};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// As in the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CUSTOMERS: u64 = 100;
const MODELS: [(&str, &str); 8] = [
    ("openai", "gpt-4o-2024-08-06"),
    ("openai", "gpt-4o-mini"),
    ("anthropic", "claude-sonnet-4-5-20250929"),
    ("anthropic", "claude-haiku-4-5"),
    ("google", "gemini-2.5-pro"),
    ("google", "gemini-2.5-flash"),
    ("mistral", "mistral-large-latest"),
    ("deepseek", "deepseek-chat"),
];
/// 1 August to 1 November 2026.
const FROM: i64 = 1_785_542_400_000_000;
const DAYS: i64 = 92;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let events: u64 = match std::env::args().nth(1) {
        Some(count) => count.parse()?,
        None => 1_000_000,
    };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("usage.jsonl");
    write_file(&file, events)?;
    println!(
        "file                {} events, {} MB",
        events,
        fs::metadata(&file)?.len() / 1_000_000
    );
    let parse = median(3, || read_only(&file))?;
    report("read and check only", events, parse);
    let mut times = Vec::new();
    let mut last = None;
    for round in 0..3 {
        let path = folder.path().join(format!("{round}.ratebook"));
        let book = Book::create(&path, Timestamp::from_micros(FROM)).await?;
        times.push(store(&book, &file, events, 0).await?);
        if let Some(old) = last.replace(book) {
            old.close().await?;
        }
    }
    times.sort();
    report("import", events, times[1]);
    let book = last.ok_or("no book")?;
    let again = store(&book, &file, 0, events).await?;
    report("import again (all duplicates)", events, again);
    println!(
        "book                {} MB",
        fs::metadata(book.path())?.len() / 1_000_000
    );
    read_months(&book).await?;
    let started = Instant::now();
    let faults = verify(&book).await?;
    println!(
        "verify buckets      {:?} ({} faults)",
        started.elapsed(),
        faults.len()
    );
    reopen(book).await?;
    price_table(folder.path()).await
}

/// Random ids, time in order with a little jitter: as exports are.
fn write_file(path: &Path, events: u64) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let span = DAYS * 86_400_000_000;
    for n in 0..events {
        let share = i128::from(span) * i128::from(n) / i128::from(events.max(1));
        let jitter = i64::try_from(random() % 5_000_000)?;
        let at = Timestamp::from_micros(FROM + i64::try_from(share)? + jitter);
        let (provider, model) = MODELS[usize::try_from(random() % 8)?];
        let (high, low) = (random(), random());
        let input = 200 + random() % 8_000;
        let cached = if random() % 3 == 0 { input / 2 } else { 0 };
        let output = 20 + random() % 1_500;
        // The square makes a few customers large, as they are.
        let customer = (random() % CUSTOMERS) * (random() % CUSTOMERS) / CUSTOMERS;
        write!(
            out,
            "{{\"source\":\"bench\",\"id\":\"{high:016x}{low:016x}\",\"at\":\"{at}\",\
             \"customer\":\"cus_{customer:04}\",\"provider\":\"{provider}\",\"model\":\"{model}\",\
             \"quantities\":{{\"input_tokens\":\"{}\",\"output_tokens\":\"{output}\"",
            input - cached
        )?;
        if cached > 0 {
            write!(out, ",\"cache_read_tokens\":\"{cached}\"")?;
        }
        writeln!(
            out,
            "}},\"dimensions\":{{\"team\":\"team-{}\",\"app\":\"chat\"}}}}",
            random() % 20
        )?;
    }
    Ok(out.flush()?)
}

fn importer(file: &Path) -> Outcome<Importer<'static>> {
    let reader = Box::new(File::open(file)?);
    Ok(Importer::open(
        reader,
        Some(Format::Canonical),
        Context::default(),
    )?)
}

fn read_only(file: &Path) -> Outcome<()> {
    let mut importer = importer(file)?;
    let (mut batch, mut issues, mut rows) = (EventBatch::default(), Vec::new(), 0);
    loop {
        let step = importer.next_batch(&mut batch, &mut issues)?;
        rows += batch.len();
        if step == Step::End {
            break;
        }
    }
    match issues.first() {
        Some(issue) => Err(format!("{rows} rows, a row of the bench is refused: {issue:?}").into()),
        None => Ok(()),
    }
}

async fn store(book: &Book, file: &Path, accepted: u64, duplicates: u64) -> Outcome<Duration> {
    let request = ImportRequest {
        name: "bench".to_owned(),
        now: Timestamp::from_micros(FROM),
    };
    let cancel = Arc::new(AtomicBool::new(false));
    let started = Instant::now();
    let report = import(book, request, importer(file)?, cancel, |_| {}).await?;
    let took = started.elapsed();
    if (report.accepted, report.duplicates) != (accepted, duplicates) {
        return Err(format!("not what was sent: {report:?}").into());
    }
    Ok(took)
}

async fn read_months(book: &Book) -> Outcome<()> {
    let period = Period {
        from: Timestamp::from_micros(FROM + 31 * 86_400_000_000),
        to: Timestamp::from_micros(FROM + 61 * 86_400_000_000),
    };
    let days: Vec<Timestamp> = (32..61)
        .map(|day| Timestamp::from_micros(FROM + day * 86_400_000_000))
        .collect();
    let mut read = book.read().await?;
    let names = refs(&mut read).await?;
    let mut cache = ClassCache::default();
    let mut times = Vec::new();
    let mut largest = (0, Duration::ZERO);
    for name in names {
        let query = SumQuery {
            refs: &[name.id],
            period,
            epochs: Epochs::All,
            boundaries: &days,
            grain: Grain::Boundaries,
            least: None,
        };
        // The median of five: one reading is what the machine happened to do meanwhile.
        let (mut found, mut runs) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            let started = Instant::now();
            found = sums(&mut read, &mut cache, &query).await?;
            runs.push(started.elapsed());
        }
        runs.sort();
        let took = runs[2];
        let calls: u64 = found
            .iter()
            .filter(|sum| sum.dimension == ratebook_catalog::Dimension::REQUESTS)
            .map(|sum| sum.events)
            .sum();
        largest = largest.max((calls, took));
        times.push(took);
    }
    times.sort();
    println!(
        "customer-month      {:?} median, by day",
        times[times.len() / 2]
    );
    println!(
        "customer-month      {:?} for the largest ({} events)",
        largest.1, largest.0
    );
    Ok(())
}

async fn reopen(book: Book) -> Outcome<()> {
    let path = book.path().to_owned();
    book.close().await?;
    let started = Instant::now();
    let book = Book::open(&path, Timestamp::from_micros(FROM)).await?;
    println!("open the book       {:?}", started.elapsed());
    Ok(book.close().await?)
}

async fn price_table(folder: &Path) -> Outcome<()> {
    let now = Timestamp::from_micros(FROM);
    let book = Book::create(&folder.join("prices.ratebook"), now).await?;
    let table = ratebook_catalog::prices::built_in(now)?;
    let rows: usize = table.models.iter().map(|model| model.prices.len()).sum();
    let mut write = book.write().await?;
    let started = Instant::now();
    let from = Timestamp::MIN;
    prices::add_table(&mut write, &table.sources, &table.models, from, now).await?;
    write.commit().await?;
    println!(
        "price table, store  {:?} ({} models, {rows} rows)",
        started.elapsed(),
        table.models.len()
    );
    let mut read = book.read().await?;
    let started = Instant::now();
    let loaded = prices::load_table(&mut read).await?;
    println!("price table, load   {:?}", started.elapsed());
    if loaded.models().len() != table.models.len() {
        return Err("the price table did not read back".into());
    }
    drop(read);
    Ok(book.close().await?)
}

fn median(times: usize, mut work: impl FnMut() -> Outcome<()>) -> Outcome<Duration> {
    let mut took = Vec::new();
    for _ in 0..times {
        let started = Instant::now();
        work()?;
        took.push(started.elapsed());
    }
    took.sort();
    Ok(took[times / 2])
}

fn report(what: &str, events: u64, took: Duration) {
    let rate = u128::from(events) * 1_000 / took.as_millis().max(1);
    println!("{what:<19} {took:?}, {rate} events/s");
}
