//! Reading whole files, and the files of the golden cases.

use ratebook_usage::EventBatch;
use ratebook_usage::import::{Context, Format, ImportError, Importer, RowIssue, Step};
use std::io::Cursor;
use std::path::Path;

/// Reads all of a small file; it must be one batch.
pub fn read_all(
    bytes: &[u8],
    format: Option<Format>,
) -> Result<(EventBatch, Vec<RowIssue>), ImportError> {
    let mut importer = Importer::open(Box::new(Cursor::new(bytes)), format, Context::default())?;
    let (mut batch, mut issues) = (EventBatch::default(), Vec::new());
    let step = importer.next_batch(&mut batch, &mut issues)?;
    if step == Step::More {
        let (mut rest, mut batches) = (EventBatch::default(), 0);
        while importer.next_batch(&mut rest, &mut issues)? == Step::More {
            batches += 1;
            assert!(batches < 1000, "the end of a small file is not found");
        }
    }
    Ok((batch, issues))
}

/// The bytes of the golden cases of the suite.
pub fn real_files() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/imports");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the golden cases")
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.retain(|path| !path.to_string_lossy().ends_with(".report"));
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).expect("a golden case"))
        .collect()
}
