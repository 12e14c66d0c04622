//! The evidence pack of an invoice: everything that it was made from in one zip file, which can be
//! checked without the book. The same invoice gives the same bytes.

mod archive;
mod check;
mod make;

use serde::{Deserialize, Serialize};

pub(crate) use archive::{Files, unzip, zip};
pub(crate) use check::check;
pub(crate) use make::{Packed, make};

/// Names of the files in a pack.
pub(crate) mod names {
    pub const MANIFEST: &str = "manifest.json";
    pub const INVOICE: &str = "invoice.json";
    pub const INPUTS: &str = "inputs.json";
    pub const PRICES: &str = "prices.json";
    pub const PRICE_LIST: &str = "prices.csv";
    pub const USAGE: &str = "usage.csv";
    pub const PDF: &str = "invoice.pdf";
    pub const XML: &str = "invoice.xml";
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Version of this shape.
    pub v: u32,
    /// `ratebook evidence pack`.
    pub kind: String,
    /// The program that printed it.
    pub program: String,
    pub number: String,
    pub status: String,
    pub input_hash: String,
    /// Where the book's audit log says that the invoice became final: entry and hash.
    pub audit_entry: Option<i64>,
    pub audit_hash: Option<String>,
    /// By name.
    pub files: Vec<Listed>,
}

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Listed {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

pub(crate) const KIND: &str = "ratebook evidence pack";

/// SHA-256 of bytes, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
