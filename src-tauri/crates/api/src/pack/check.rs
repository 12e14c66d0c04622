use super::make::xml;
use super::{Files, KIND, Manifest, names, sha256, unzip};
use crate::error::{ApiError, ApiResult};
use crate::use_cases::papers::pdf;
use crate::wire::{PackCheck, PackResult, PackVerifyReply};
use ratebook_invoicing::evidence::{PriceSheet, prices_csv, sum_faults, usage_csv};
use ratebook_invoicing::{FinalizedInvoice, Inputs, InvoiceStatus, VerifyError, print, verify};
use std::collections::BTreeSet;

/// Differences of one invoice that are named one by one.
const SHOWN: usize = 20;

/// Checks a pack without a book: that every file is what the manifest says, and that prices and
/// usage give the invoice, its sums and its papers.
pub(crate) fn check(bytes: &[u8]) -> ApiResult<PackVerifyReply> {
    let no_pack = |detail: &str| ApiError::refused("not_a_pack").with("detail", detail);
    let (files, broken) = unzip(bytes).map_err(|error| no_pack(&error))?;
    let manifest = files.get(names::MANIFEST);
    let manifest = manifest.ok_or_else(|| no_pack("it has no manifest.json"))?;
    let manifest: Manifest = serde_json::from_slice(manifest)
        .map_err(|error| no_pack(&format!("manifest.json: {error}")))?;
    if manifest.kind != KIND {
        return Err(no_pack("it is of another kind"));
    }
    let mut found = Found::default();
    listed(&manifest, &files, &broken, &mut found);
    match parts(&files) {
        Ok(parts) => computed(&manifest, &files, &parts, &mut found)?,
        Err((name, detail)) => found.failed("content", name, &detail),
    }
    Ok(PackVerifyReply {
        number: manifest.number,
        sound: found
            .0
            .iter()
            .all(|check| check.result != PackResult::Failed),
        audit_entry: manifest
            .audit_entry
            .and_then(|entry| u32::try_from(entry).ok()),
        audit_hash: manifest.audit_hash,
        checks: found.0,
    })
}

#[derive(Default)]
struct Found(Vec<PackCheck>);

impl Found {
    fn push(&mut self, code: &str, subject: &str, result: PackResult, detail: &str) {
        self.0.push(PackCheck {
            code: code.to_owned(),
            subject: subject.to_owned(),
            result,
            detail: detail.to_owned(),
        });
    }

    fn ok(&mut self, code: &str, subject: &str) {
        self.push(code, subject, PackResult::Ok, "");
    }

    fn failed(&mut self, code: &str, subject: &str, detail: &str) {
        self.push(code, subject, PackResult::Failed, detail);
    }

    fn equal(&mut self, code: &str, subject: &str, is_equal: bool, detail: &str) {
        match is_equal {
            true => self.ok(code, subject),
            false => self.failed(code, subject, detail),
        }
    }
}

/// Each file against the manifest, and what the manifest does not name.
fn listed(manifest: &Manifest, files: &Files, broken: &[String], found: &mut Found) {
    for listed in &manifest.files {
        let name = listed.name.as_str();
        match files.get(name) {
            _ if broken.iter().any(|other| other == name) => {
                found.failed("file", name, "its bytes are damaged");
            }
            None => found.failed("file", name, "is missing"),
            Some(bytes) => {
                let same = sha256(bytes) == listed.sha256;
                found.equal("file", name, same, "was changed: its hash is another");
            }
        }
    }
    let known: BTreeSet<&str> = manifest.files.iter().map(|of| of.name.as_str()).collect();
    let more = files.keys().filter(|name| *name != names::MANIFEST);
    for name in more.filter(|name| !known.contains(name.as_str())) {
        found.failed("file", name, "is not in the manifest");
    }
}

/// What the pack carries, read.
struct Parts {
    invoice: FinalizedInvoice,
    inputs_text: String,
    inputs: Inputs,
    prices: PriceSheet,
}

fn parts(files: &Files) -> Result<Parts, (&'static str, String)> {
    let bytes = |name: &'static str| {
        let missing = || (name, "is missing: nothing can be computed again".to_owned());
        files.get(name).ok_or_else(missing)
    };
    fn read<T: serde::de::DeserializeOwned>(
        name: &'static str,
        bytes: &[u8],
    ) -> Result<T, (&'static str, String)> {
        serde_json::from_slice(bytes).map_err(|error| (name, error.to_string()))
    }
    let inputs = bytes(names::INPUTS)?;
    Ok(Parts {
        invoice: read(names::INVOICE, bytes(names::INVOICE)?)?,
        inputs_text: String::from_utf8_lossy(inputs).into_owned(),
        inputs: read(names::INPUTS, inputs)?,
        prices: read(names::PRICES, bytes(names::PRICES)?)?,
    })
}

/// The invoice from its prices and usage, its sums, its tables and papers.
fn computed(manifest: &Manifest, files: &Files, parts: &Parts, found: &mut Found) -> ApiResult<()> {
    let invoice = &parts.invoice;
    let named = manifest.number == invoice.number() && manifest.input_hash == invoice.input_hash();
    found.equal(
        "manifest",
        invoice.number(),
        named,
        "the manifest names another invoice",
    );
    lines(parts, found);
    let faults = sum_faults(invoice)?;
    if faults.is_empty() {
        found.ok("sums", invoice.number());
    }
    for fault in &faults {
        found.failed("sums", invoice.number(), fault);
    }
    let same = |name: &str, text: &str| files.get(name).is_some_and(|of| of == text.as_bytes());
    let other = "is not what the inputs give";
    let usage = usage_csv(&parts.inputs)?;
    found.equal("usage", names::USAGE, same(names::USAGE, &usage), other);
    let prices = prices_csv(&parts.inputs)?;
    found.equal(
        "prices",
        names::PRICE_LIST,
        same(names::PRICE_LIST, &prices),
        other,
    );
    papers(manifest, files, invoice, found)
}

fn lines(parts: &Parts, found: &mut Found) {
    let number = parts.invoice.number();
    match verify(&parts.invoice, &parts.inputs_text, &parts.prices.table()) {
        Ok(()) => found.ok("lines", number),
        Err(VerifyError::Differs(differences)) => {
            for difference in differences.0.iter().take(SHOWN) {
                let detail = format!(
                    "{}: {} on the invoice, {} computed",
                    difference.path, difference.stored, difference.recomputed
                );
                found.failed("lines", number, &detail);
            }
        }
        Err(other) => found.failed("lines", number, &other.to_string()),
    }
}

/// PDF and XML, printed again. Another version of the program may print otherwise.
fn papers(
    manifest: &Manifest,
    files: &Files,
    invoice: &FinalizedInvoice,
    found: &mut Found,
) -> ApiResult<()> {
    let status = match manifest.status.as_str() {
        "void" => InvoiceStatus::Void,
        _ => InvoiceStatus::Finalized,
    };
    let document = print::finalized(invoice, status)?;
    let printed = pdf(&document).ok();
    let text = xml(invoice).map(String::into_bytes);
    let own = manifest.program == env!("CARGO_PKG_VERSION");
    for (code, name, printed) in [("pdf", names::PDF, printed), ("xml", names::XML, text)] {
        match (files.get(name), printed) {
            (None, _) => {}
            (Some(bytes), Some(printed)) if *bytes == printed => found.ok(code, name),
            (Some(_), _) if own => found.failed(code, name, "is not what the invoice prints"),
            (Some(_), _) => {
                let detail = format!("was written by version {}", manifest.program);
                found.push(code, name, PackResult::NotChecked, &detail);
            }
        }
    }
    Ok(())
}
