//! Compression of the streams of a PDF.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Object, Stream};

/// Deflates every stream that is not yet. lopdf would take the slowest level, which saves two
/// hundredths of the size and costs half of the time.
pub(super) fn deflate(document: &mut lopdf::Document) -> std::io::Result<()> {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        if stream.dict.has(b"Filter") || !stream.allows_compression {
            continue;
        }
        let deflated = if is_picture(stream) {
            remembered(&stream.content)?
        } else {
            compressed(&stream.content)?
        };
        if deflated.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(deflated);
        }
    }
    Ok(())
}

fn is_picture(stream: &Stream) -> bool {
    stream
        .dict
        .get(b"Subtype")
        .and_then(Object::as_name)
        .is_ok_and(|name| name == b"Image")
}

fn compressed(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(content)?;
    encoder.finish()
}

/// Pictures as they were compressed last: all invoices of a book carry the same logo. The result
/// is the same as without.
static PICTURES: Mutex<Vec<(Vec<u8>, Vec<u8>)>> = Mutex::new(Vec::new());

/// The logos of so many books.
const MOST_PICTURES: usize = 4;

fn remembered(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let known = PICTURES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, deflated)) = known.iter().find(|(plain, _)| plain == content) {
        return Ok(deflated.clone());
    }
    drop(known);
    let deflated = compressed(content)?;
    let mut known = PICTURES.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST_PICTURES {
        known.remove(0);
    }
    known.push((content.to_vec(), deflated.clone()));
    Ok(deflated)
}
