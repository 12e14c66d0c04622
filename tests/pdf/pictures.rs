//! Pictures of pages: what a person looks at first, and a coarse check that nothing is amiss.
//!
//! Fonts are drawn a little differently by each version of poppler, so pictures are compared with
//! a tolerance: a missing logo, box or column is far outside of it.

use std::fs;

use ratebook_pdf::{Fonts, draw};

use crate::readers::{read, tool};
use crate::{documents, pages};

/// Mean difference within a square of the picture, in thousandths of the way from black to white.
const TOLERANCE: u64 = 60;

/// Side of a square in pixels; the logo is as large.
const SQUARE: usize = 20;

#[test]
fn pages_look_as_they_did() {
    let bless = std::env::var_os("RATEBOOK_BLESS").is_some();
    let folder = suite::repository::root().join("tests/pdf");
    for name in ["designed", "names"] {
        let (_, document) = documents()
            .into_iter()
            .find(|(known, _)| *known == name)
            .expect("a document");
        let bytes = draw(&pages(&document), &Fonts::embedded()).expect("drawn");
        let golden = folder.join(format!("{name}.png"));
        let golden = golden.to_str().expect("a plain path");
        read(&bytes, &format!("picture-{name}"), |file| {
            let base = file.trim_end_matches(".pdf");
            let first = ["-r", "56", "-gray", "-f", "1", "-l", "1", "-singlefile"];
            let arguments: Vec<&str> = first.into_iter().chain([file, base]).collect();
            tool("pdftoppm", &arguments);
            let new = format!("{base}.pgm");
            if bless {
                tool("convert", &[&new, "-strip", "-colors", "16", golden]);
            }
            let old = format!("{base}-old.pgm");
            tool(
                "convert",
                &[golden, "-colorspace", "Gray", "-depth", "8", &old],
            );
            let difference = difference(&grey(&old), &grey(&new));
            for file in [new, old] {
                fs::remove_file(file).expect("removed");
            }
            assert!(
                difference <= TOLERANCE,
                "{name} differs by {difference} thousandths"
            );
        });
        assert!(
            fs::metadata(golden).expect("a picture").len() <= 40 * 1024,
            "{golden} is large"
        );
    }
}

/// The picture after the head of a PGM file: "P5", width, height, 255.
fn grey(file: &str) -> (String, Vec<u8>) {
    let bytes = fs::read(file).expect("a picture");
    let ends: Vec<usize> = bytes
        .iter()
        .enumerate()
        .filter(|(_, b)| b.is_ascii_whitespace())
        .map(|(i, _)| i)
        .collect();
    let end = ends[3];
    let head = String::from_utf8_lossy(&bytes[..end])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    (head, bytes[end + 1..].to_vec())
}

/// The largest difference of any square.
fn difference(old: &(String, Vec<u8>), new: &(String, Vec<u8>)) -> u64 {
    assert_eq!(old.0, new.0, "size of the picture");
    let width: usize = old
        .0
        .split(' ')
        .nth(1)
        .and_then(|text| text.parse().ok())
        .expect("a width");
    let columns = width.div_ceil(SQUARE);
    let rows = (old.1.len() / width).div_ceil(SQUARE);
    let mut sums = vec![0_u64; columns * rows];
    for (index, (old, new)) in old.1.iter().zip(&new.1).enumerate() {
        let square = index / width / SQUARE * columns + index % width / SQUARE;
        sums[square] += u64::from(old.abs_diff(*new));
    }
    let most = sums.into_iter().max().unwrap_or(0);
    most * 1000 / 255 / u64::try_from(SQUARE * SQUARE).expect("small")
}
