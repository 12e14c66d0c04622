//! Reads a usage file as the import does, without storing: `parse_bench FILE [runs]`. Says events
//! per second, the median of the runs.

use ratebook_money::Timestamp;
use ratebook_usage::EventBatch;
use ratebook_usage::import::{Context, Importer, Step};
use std::fs::File;
use std::time::Instant;

/// As in the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let runs: usize = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let mut seconds = Vec::new();
    for _ in 0..runs {
        let start = Instant::now();
        let context = Context {
            now: Timestamp::parse("2026-12-31T00:00:00Z")?,
            ..Context::default()
        };
        let mut importer = Importer::open(Box::new(File::open(&path)?), None, context)?;
        let (mut batch, mut issues) = (EventBatch::default(), Vec::new());
        let (mut events, mut faults) = (0, 0);
        loop {
            let step = importer.next_batch(&mut batch, &mut issues)?;
            events += batch.len();
            faults += issues.len();
            issues.clear();
            if step == Step::End {
                break;
            }
        }
        let took = start.elapsed().as_secs_f64();
        let (rate, bytes) = (events as f64 / took, importer.bytes_read() as f64);
        let speed = bytes / took / 1e6;
        println!("{events} events, {faults} issues, {took:.3} s, {rate:.0}/s, {speed:.0} MB/s");
        seconds.push(took);
    }
    seconds.sort_by(f64::total_cmp);
    println!("median {:.3} s", seconds[seconds.len() / 2]);
    Ok(())
}
