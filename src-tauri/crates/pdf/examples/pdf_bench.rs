//! Measures 1,000 distinct two-page PDFs, laid out and drawn by two threads, fonts already parsed.
//!
//! `cargo run --release -p ratebook-pdf --example pdf_bench [count] [folder]`; with a folder the
//! PDFs are kept there. `pdf_bench count --json file` writes the invoices themselves, for others to
//! draw. Prints one line: count, seconds, bytes each.

use std::{fs, path::Path, thread, time::Instant};

use ratebook_invoicing::document::Document;
use ratebook_pdf::{Fonts, draw, layout};

/// As in the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[allow(dead_code)]
#[path = "../../../../tests/pdf/samples.rs"]
mod samples;

const THREADS: usize = 2;

/// An invoice with a usage statement: customer, number, quantities and amounts are its own.
fn document(index: usize) -> Document {
    let count = i64::try_from(index).expect("small");
    let mut maker = samples::Maker::new("en-GB", "EUR");
    let classes: Vec<[(&str, i64, &str); 3]> = samples::MODELS
        .iter()
        .map(|_| {
            [
                ("input_tokens", 386_220_512 + count * 7_919, "1.4620"),
                ("output_tokens", 71_804_336 + count * 104_729, "5.7500"),
                ("cache_read_tokens", 1_932_640_256 - count * 1_299, "0.1032"),
            ]
        })
        .collect();
    let models: Vec<samples::Model> = samples::MODELS
        .iter()
        .zip(&classes)
        .map(|((name, provider, _), classes)| (*name, *provider, classes.as_slice()))
        .collect();
    let sections = vec![
        maker.fee("Scale platform fee", 49_000 + count),
        maker.usage(&models),
    ];
    let mut document = maker.document(sections, &[]);
    document.number = Some(format!("HS-2026-{index:04}"));
    document.buyer[0] = format!("Customer number {index} Aktiengesellschaft");
    let seed = u32::try_from(index).expect("small");
    document.statement = Some(samples::statement(&maker, seed));
    document
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments
        .next()
        .map_or(1000, |text| text.parse().expect("a number"));
    let mut folder = arguments.next();
    let documents: Vec<Document> = (0..count).map(document).collect();
    if folder.as_deref() == Some("--json") {
        folder = None;
        let file = arguments.next().expect("a file");
        let text = serde_json::to_string(&documents).expect("text");
        fs::write(file, text).expect("written");
    }
    let fonts = Fonts::embedded();
    let start = Instant::now();
    let bytes: usize = thread::scope(|scope| {
        let work = |first: usize| {
            let (documents, fonts, folder) = (&documents, &fonts, folder.as_deref());
            move || {
                let mine = documents.iter().enumerate().skip(first).step_by(THREADS);
                mine.map(|(index, document)| print(document, index, fonts, folder))
                    .sum::<usize>()
            }
        };
        let threads: Vec<_> = (0..THREADS).map(|first| scope.spawn(work(first))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .sum()
    });
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{count} PDFs of two pages on {THREADS} threads: {seconds:.2} s, {} bytes each",
        bytes / count
    );
}

fn print(document: &Document, index: usize, fonts: &Fonts, folder: Option<&str>) -> usize {
    let pages = layout(document, fonts).expect("laid out");
    assert_eq!(pages.pages.len(), 2);
    let bytes = draw(&pages, fonts).expect("drawn");
    if let Some(folder) = folder {
        fs::write(Path::new(folder).join(format!("{index:04}.pdf")), &bytes).expect("written");
    }
    bytes.len()
}
