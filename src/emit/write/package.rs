//! Packages: zip files that are the same on every system.

use std::io::{Cursor, Read as _, Write as _};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// A package of these parts.
pub fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    write(parts).expect("a package is written to memory, and its parts are small")
}

/// The same parts in a package of ours.
pub fn repack(package: &[u8]) -> Vec<u8> {
    let read = || -> ZipResult<Vec<(String, Vec<u8>)>> {
        let mut from = ZipArchive::new(Cursor::new(package))?;
        let mut parts = Vec::new();
        for index in 0..from.len() {
            let mut part = from.by_index(index)?;
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes)?;
            parts.push((part.name()?.into_owned(), bytes));
        }
        Ok(parts)
    };
    pack(&read().expect("a package that was just written can be read"))
}

/// No times, no rights, one system: the same parts, the same bytes, wherever they are written.
fn write(parts: &[(String, Vec<u8>)]) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT).unix_permissions(0o644);
    let options = options.system(System::Unix);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        // Bitmaps are compressed already.
        let method = if path.ends_with(".png") || path.ends_with(".jpeg") || path.ends_with(".jpg") {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        zip.start_file(path.as_str(), options.compression_method(method))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
