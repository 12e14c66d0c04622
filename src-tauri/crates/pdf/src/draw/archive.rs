//! What makes a PDF one for the archive (PDF/A-3b, ISO 19005-3), and a hybrid invoice: what it says
//! about itself as XMP, what its colours are, and the file inside.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat};

use super::{icc, xmp};
use crate::embedded::Embedded;
use crate::pages::Pages;

pub(super) fn archive(
    document: &mut Document,
    pages: &Pages,
    embedded: Option<&Embedded<'_>>,
) -> Result<(), lopdf::Error> {
    let metadata = Stream::new(
        dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]),
        xmp::packet(pages, embedded).into_bytes(),
    );
    let metadata = document.add_object(metadata.with_compression(false));
    let profile = Stream::new(dictionary([("N", Object::Integer(3))]), icc::srgb());
    let profile = document.add_object(profile);
    let intent = dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", text("sRGB")),
        ("Info", text("sRGB IEC 61966-2-1")),
        ("DestOutputProfile", Object::Reference(profile)),
    ]);
    let file = embedded.map(|embedded| attach(document, pages, embedded));
    let catalog = document.catalog_mut()?;
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    if let (Some(file), Some(embedded)) = (file, embedded) {
        let file = Object::Reference(file);
        let names = vec![text(embedded.name), file.clone()];
        let tree = dictionary([("Names", Object::Array(names))]);
        let names = dictionary([("EmbeddedFiles", Object::Dictionary(tree))]);
        catalog.set("Names", names);
        catalog.set("AF", vec![file]);
    }
    Ok(())
}

/// The file and what is said of it.
fn attach(document: &mut Document, pages: &Pages, embedded: &Embedded<'_>) -> lopdf::ObjectId {
    let (year, month, day) = pages.date;
    let date = text(&format!("D:{year:04}{month:02}{day:02}000000+00'00'"));
    let size = i64::try_from(embedded.xml.len()).unwrap_or(i64::MAX);
    let facts = dictionary([
        ("Size", Object::Integer(size)),
        ("CreationDate", date.clone()),
        ("ModDate", date),
    ]);
    let stream = dictionary([
        ("Type", name("EmbeddedFile")),
        ("Subtype", name("text/xml")),
        ("Params", Object::Dictionary(facts)),
    ]);
    let bytes = embedded.xml.as_bytes().to_vec();
    let stream = Object::Reference(document.add_object(Stream::new(stream, bytes)));
    let both = dictionary([("F", stream.clone()), ("UF", stream)]);
    document.add_object(dictionary([
        ("Type", name("Filespec")),
        ("F", text(embedded.name)),
        ("UF", text(embedded.name)),
        ("Desc", text(embedded.description)),
        // The XML says what the pages say, and may stand for them (ISO 19005-3, annex E).
        ("AFRelationship", name("Alternative")),
        ("EF", Object::Dictionary(both)),
    ]))
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    let mut dictionary = Dictionary::new();
    for (key, value) in entries {
        dictionary.set(key, value);
    }
    dictionary
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// Plain ASCII.
fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}
