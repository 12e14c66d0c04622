//! Evidence packs: the same invoice gives the same bytes, a pack proves itself without a book, and
//! what was done to one is found and named.

mod common;

use common::{finalize, sample};
use ratebook_api::wire::{InvoicePackSaveRequest, PackResult, PackVerifyReply, PackVerifyRequest};
use ratebook_api::{App, Surroundings};
use ratebook_money::Timestamp;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

type Files = BTreeMap<String, Vec<u8>>;

/// A program without a book.
fn bookless(folder: &Path) -> App {
    App::new(Surroundings {
        now: || Timestamp::parse("2027-03-01T10:00:00Z").unwrap(),
        random: || 1,
        config_folder: folder.join("other config"),
        book_folder: folder.join("other books"),
    })
}

async fn packed(app: &App, id: &str, path: &Path) -> Vec<u8> {
    let request = InvoicePackSaveRequest {
        id: id.to_owned(),
        path: path.display().to_string(),
    };
    app.invoice_pack_save(request).await.unwrap();
    std::fs::read(path).unwrap()
}

fn files(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

async fn checked(folder: &Path, files: &Files) -> PackVerifyReply {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    let path = folder.join("tampered.zip");
    std::fs::write(&path, writer.finish().unwrap().into_inner()).unwrap();
    let path = path.display().to_string();
    bookless(folder)
        .pack_verify(PackVerifyRequest { path })
        .await
        .unwrap()
}

fn failed(reply: &PackVerifyReply) -> Vec<(String, String)> {
    let checks = reply.checks.iter();
    let failed = checks.filter(|check| check.result == PackResult::Failed);
    failed
        .map(|check| (check.code.clone(), check.subject.clone()))
        .collect()
}

/// The manifest names the new hashes, so that only computing again can find the change.
fn with_new_hashes(files: &mut Files) {
    let mut manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    for listed in manifest["files"].as_array_mut().unwrap() {
        use sha2::{Digest, Sha256};
        let bytes = &files[listed["name"].as_str().unwrap()];
        let digest = Sha256::digest(bytes);
        let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        listed["sha256"] = hash.into();
    }
    files.insert(
        "manifest.json".to_owned(),
        serde_json::to_vec(&manifest).unwrap(),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_proves_itself_without_a_book_and_tells_what_was_done_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let id = finalize(&app, &customer, "2026-10").await.row.id.unwrap();
    let bytes = packed(&app, &id, &folder.path().join("one.zip")).await;
    assert_eq!(
        bytes,
        packed(&app, &id, &folder.path().join("two.zip")).await
    );
    drop(app);
    let whole = files(&bytes);
    let names: Vec<&str> = whole.keys().map(String::as_str).collect();
    let expected = ["inputs.json", "invoice.json", "invoice.pdf"];
    assert_eq!(names[..3], expected);
    assert!(
        bytes.len() < 2_000_000,
        "{} bytes: not the whole price table",
        bytes.len()
    );
    let sound = checked(folder.path(), &whole).await;
    assert!(sound.sound, "{:#?}", sound.checks);
    assert!(sound.audit_entry.is_some());
    let codes: Vec<&str> = sound
        .checks
        .iter()
        .map(|check| check.code.as_str())
        .collect();
    for code in [
        "file", "manifest", "lines", "sums", "usage", "prices", "pdf",
    ] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }

    // One byte of the PDF.
    let mut changed = whole.clone();
    let pdf = changed.get_mut("invoice.pdf").unwrap();
    let middle = pdf.len() / 2;
    pdf[middle] ^= 1;
    let found = failed(&checked(folder.path(), &changed).await);
    assert_eq!(found[0], ("file".to_owned(), "invoice.pdf".to_owned()));
    assert!(found.contains(&("pdf".to_owned(), "invoice.pdf".to_owned())));

    // A file that is gone, and one that was not there.
    let mut changed = whole.clone();
    changed.remove("usage.csv");
    changed.insert("more.txt".to_owned(), b"hello".to_vec());
    let found = failed(&checked(folder.path(), &changed).await);
    assert!(
        found.contains(&("file".to_owned(), "usage.csv".to_owned())),
        "{found:?}"
    );
    assert!(
        found.contains(&("file".to_owned(), "more.txt".to_owned())),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_price_is_found_though_all_hashes_were_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (app, customer) = sample(&folder, "Nordlicht").await;
    let id = finalize(&app, &customer, "2026-10").await.row.id.unwrap();
    let bytes = packed(&app, &id, &folder.path().join("one.zip")).await;
    let whole = files(&bytes);
    let mut prices: serde_json::Value = serde_json::from_slice(&whole["prices.json"]).unwrap();
    let mut changes = 0;
    for model in prices["models"].as_array_mut().unwrap() {
        for row in model["prices"].as_array_mut().unwrap() {
            if row["rate"].is_object() {
                row["rate"]["per_unit"] = "0.5".into();
                changes += 1;
            }
        }
    }
    assert!(changes > 0, "{prices:#}");
    let mut changed = whole.clone();
    changed.insert(
        "prices.json".to_owned(),
        serde_json::to_vec(&prices).unwrap(),
    );
    with_new_hashes(&mut changed);
    let reply = checked(folder.path(), &changed).await;
    assert!(!reply.sound);
    assert!(
        failed(&reply).iter().all(|(code, _)| code == "lines"),
        "{:#?}",
        reply.checks
    );

    // Another quantity in the usage that the invoice was computed from.
    let text = String::from_utf8(whole["inputs.json"].clone()).unwrap();
    let at = text.find("\"quantity\":\"").unwrap() + "\"quantity\":\"".len();
    let mut text = text.into_bytes();
    text[at] = if text[at] == b'9' { b'8' } else { b'9' };
    let mut changed = whole.clone();
    changed.insert("inputs.json".to_owned(), text);
    with_new_hashes(&mut changed);
    let reply = checked(folder.path(), &changed).await;
    let codes: Vec<String> = failed(&reply).into_iter().map(|(code, _)| code).collect();
    assert!(
        codes.contains(&"lines".to_owned()) && codes.contains(&"usage".to_owned()),
        "{codes:?}"
    );
}

#[tokio::test]
async fn what_is_no_pack_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.zip");
    std::fs::write(&path, b"hello").unwrap();
    let request = PackVerifyRequest {
        path: path.display().to_string(),
    };
    let refused = bookless(folder.path())
        .pack_verify(request)
        .await
        .unwrap_err();
    assert_eq!(refused.params["reason"], "not_a_pack");
}
