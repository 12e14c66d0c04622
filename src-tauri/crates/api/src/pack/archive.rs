use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The files of a pack by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A pack has a handful of files, none of them large: what has more is no pack.
const MOST_FILES: usize = 50;
const LARGEST: u64 = 200_000_000;

/// A zip file of them, in the order of their names and without times: the same files give the same
/// bytes.
pub(crate) fn zip(files: &Files) -> Result<Vec<u8>, String> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let begun = writer.start_file(name.as_str(), options);
        begun.map_err(|error| error.to_string())?;
        writer.write_all(bytes).map_err(|error| error.to_string())?;
    }
    let done = writer.finish().map_err(|error| error.to_string())?;
    Ok(done.into_inner())
}

/// What a zip file holds. A file whose bytes do not fit its checksum is left out and named.
pub(crate) fn unzip(bytes: &[u8]) -> Result<(Files, Vec<String>), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > MOST_FILES {
        return Err(format!("{} files", archive.len()));
    }
    let (mut files, mut broken) = (Files::new(), Vec::new());
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            Some(Err(error)) => return Err(error.to_string()),
            None => continue,
        };
        let read = archive.by_index(index).map_err(|error| error.to_string());
        let mut content = Vec::new();
        let read = read.and_then(|file| {
            let mut limited = file.take(LARGEST);
            limited
                .read_to_end(&mut content)
                .map_err(|error| error.to_string())
        });
        match read {
            Ok(length) if u64::try_from(length).unwrap_or(u64::MAX) < LARGEST => {
                files.insert(name, content);
            }
            Ok(_) => return Err(format!("{name} is too large")),
            Err(_) => broken.push(name),
        }
    }
    Ok((files, broken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_and_come_back() -> Result<(), String> {
        let files = Files::from([
            ("b.txt".to_owned(), vec![b'x'; 10_000]),
            ("a.txt".to_owned(), b"one".to_vec()),
        ]);
        let zipped = zip(&files)?;
        assert_eq!(zipped, zip(&files)?);
        assert!(zipped.len() < 1_000, "{} bytes", zipped.len());
        assert_eq!(unzip(&zipped)?, (files, Vec::new()));
        assert!(unzip(b"no zip file").is_err());
        Ok(())
    }
}
