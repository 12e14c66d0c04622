use super::{Files, KIND, Listed, Manifest, names, sha256};
use crate::error::{ApiError, ApiResult};
use crate::use_cases::papers::pdf;
use ratebook_catalog::prices::PriceTable;
use ratebook_einvoice::{Einvoice, Format};
use ratebook_invoicing::evidence::{PriceSheet, prices_csv, usage_csv};
use ratebook_invoicing::{FinalizedInvoice, Inputs, InvoiceStatus, print, verify};
use ratebook_store::invoices::StoredInvoice;

/// What goes into a pack beside the invoice itself.
pub(crate) struct Packed<'a> {
    pub stored: &'a StoredInvoice,
    /// Prices as the book knew them.
    pub prices: &'a PriceTable,
    /// Place and hash of the entry of the audit log.
    pub audit: Option<(i64, String)>,
}

/// The files of a pack, its manifest among them.
pub(crate) fn make(packed: &Packed<'_>) -> ApiResult<Files> {
    let (stored, invoice) = (packed.stored, &packed.stored.invoice);
    let inputs: Inputs = serde_json::from_str(&stored.inputs).map_err(ApiError::internal)?;
    let json = |value: &serde_json::Value| serde_json::to_vec_pretty(value);
    let pretty = |value: serde_json::Result<serde_json::Value>| {
        value
            .and_then(|value| json(&value))
            .map_err(ApiError::internal)
    };
    let sheet = sheet(stored, &inputs, packed.prices);
    let document = print::finalized(invoice, stored.head.status)?;
    let mut files = Files::new();
    let mut put = |name: &str, bytes: Vec<u8>| files.insert(name.to_owned(), bytes);
    put(names::INVOICE, pretty(serde_json::to_value(invoice))?);
    // Byte for byte: the invoice names its hash.
    put(names::INPUTS, stored.inputs.clone().into_bytes());
    put(names::PRICES, pretty(serde_json::to_value(&sheet))?);
    put(names::PRICE_LIST, prices_csv(&inputs)?.into_bytes());
    put(names::USAGE, usage_csv(&inputs)?.into_bytes());
    put(names::PDF, pdf(&document)?);
    if let Some(text) = xml(invoice) {
        put(names::XML, text.into_bytes());
    }
    let listed = files.iter().map(|(name, bytes)| Listed {
        name: name.clone(),
        bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        sha256: sha256(bytes),
    });
    let (audit_entry, audit_hash) = packed.audit.clone().unzip();
    let manifest = Manifest {
        v: 1,
        kind: KIND.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        number: invoice.number().to_owned(),
        status: match stored.head.status {
            InvoiceStatus::Void => "void".to_owned(),
            InvoiceStatus::Draft | InvoiceStatus::Finalized => "finalized".to_owned(),
        },
        input_hash: stored.input_hash.clone(),
        audit_entry,
        audit_hash,
        files: listed.collect(),
    };
    let manifest = pretty(serde_json::to_value(&manifest))?;
    files.insert(names::MANIFEST.to_owned(), manifest);
    Ok(files)
}

/// The models of the invoice; all of the table where these alone do not give the same invoice.
fn sheet(stored: &StoredInvoice, inputs: &Inputs, prices: &PriceTable) -> PriceSheet {
    let part = PriceSheet::of(inputs, prices);
    match verify(&stored.invoice, &stored.inputs, &part.table()) {
        Ok(()) => part,
        Err(_) => PriceSheet::whole(prices),
    }
}

/// The invoice of EN 16931, where it has all that this asks for.
pub(super) fn xml(invoice: &FinalizedInvoice) -> Option<String> {
    let einvoice = Einvoice::of(invoice).ok()?;
    ratebook_einvoice::write(&einvoice, Format::Cii).ok()
}
