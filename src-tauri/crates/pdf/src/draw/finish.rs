//! What the PDF says about itself, and its bytes.

use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{OffsetDateTime, PdfDocument};
use sha2::{Digest, Sha256};

use super::DrawError;
use super::archive::archive;
use super::deflate::deflate;
use crate::embedded::Embedded;
use crate::pages::Pages;

/// Title, author, program and dates.
pub(super) fn describe(document: &mut PdfDocument, pages: &Pages) -> Result<(), DrawError> {
    let (year, month, day) = pages.date;
    let midnight = chrono::NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))
        .and_then(|date| date.and_hms_opt(0, 0, 0))
        .ok_or(DrawError::Date(year, month, day))?;
    let date = OffsetDateTime::from_unix_timestamp(midnight.and_utc().timestamp())
        .map_err(|_| DrawError::Date(year, month, day))?;
    let info = &mut document.metadata.info;
    info.creation_date = date;
    info.modification_date = date;
    info.metadata_date = date;
    info.author.clone_from(&pages.author);
    info.creator = "Ratebook".to_owned();
    info.producer = "Ratebook".to_owned();
    // Otherwise a random one would be made up.
    info.identifier = pages.title.clone();
    Ok(())
}

/// Language, file identifier, version, what archives want; then the bytes.
pub(super) fn finish(
    mut document: lopdf::Document,
    pages: &Pages,
    embedded: Option<&Embedded<'_>>,
) -> Result<Vec<u8>, DrawError> {
    document.version = "1.7".to_owned();
    let failed = |error: lopdf::Error| DrawError::Write(error.to_string());
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set(
        "Lang",
        Object::string_literal(pages.language.as_bytes().to_vec()),
    );
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", preferences);
    // printpdf writes this key always; we make no claim to be made for prepress.
    let info = document
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .map_err(failed)?;
    let info = document.get_dictionary_mut(info).map_err(failed)?;
    for key in [
        b"GTS_PDFXVersion".as_slice(),
        b"Identifier",
        b"Keywords",
        b"Subject",
    ] {
        info.remove(key);
    }
    archive(&mut document, pages, embedded).map_err(failed)?;
    let identifier = Object::String(identifier(pages, embedded), StringFormat::Hexadecimal);
    document
        .trailer
        .set("ID", vec![identifier.clone(), identifier]);
    deflate(&mut document).map_err(|error| DrawError::Write(error.to_string()))?;
    let mut bytes = Vec::with_capacity(64 * 1024);
    document
        .save_to(&mut bytes)
        .map_err(|error| DrawError::Write(error.to_string()))?;
    Ok(bytes)
}

/// The same content has the same identifier.
fn identifier(pages: &Pages, embedded: Option<&Embedded<'_>>) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(pages.to_text());
    hash.update(pages.author.as_bytes());
    hash.update(pages.logo.as_deref().unwrap_or_default());
    hash.update(embedded.map_or("", |embedded| embedded.xml));
    hash.finalize().iter().take(16).copied().collect()
}
