//! Pictures that documents show. They are made elsewhere: an emitter draws, the edge turns drawings into bitmaps, because that
//! needs the fonts of the machine. What is not there when a document is written is named in it instead.

use std::collections::BTreeMap;

use super::{Block, Picture, Text};
use crate::emit::Files;

/// Bitmaps by name.
#[derive(Debug, Default)]
pub struct Pictures<'f> {
    bitmaps: BTreeMap<&'f str, Bitmap<'f>>,
}

/// A bitmap: a PNG file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bitmap<'f> {
    /// Its bytes.
    pub png: &'f [u8],
    /// Its width in dots; not zero.
    pub width: u32,
    /// Its height in dots; not zero.
    pub height: u32,
}

impl<'f> Pictures<'f> {
    /// The bitmaps among files, by the names of the files without `.png`.
    pub fn of(files: &'f Files) -> Pictures<'f> {
        let named = |(path, bytes): (&'f String, &'f Vec<u8>)| Some((path.strip_suffix(".png")?, Bitmap::read(bytes)?));
        Pictures { bitmaps: files.iter().filter_map(named).collect() }
    }

    /// The bitmap of this name.
    pub fn get(&self, name: &str) -> Option<Bitmap<'f>> {
        self.bitmaps.get(name).copied()
    }
}

impl<'f> Bitmap<'f> {
    /// The bitmap in a PNG file; nothing if it is none.
    pub fn read(png: &'f [u8]) -> Option<Bitmap<'f>> {
        let rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let rest = rest.strip_prefix(b"IHDR")?;
        let (width, rest) = rest.split_first_chunk::<4>()?;
        let (height, _) = rest.split_first_chunk::<4>()?;
        let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
        (u32::from_be_bytes(*length) == 13 && width > 0 && height > 0).then_some(Bitmap { png, width, height })
    }
}

impl Picture {
    /// A picture that is drawn in one of the files, if it is; it is called as its file is.
    pub fn among(files: &Files, name: &'static str, alt: &str) -> Option<Block> {
        let drawn = ["png", "svg"].iter().any(|ending| files.contains_key(&format!("{name}.{ending}")));
        drawn.then(|| Block::Picture(Picture { name, caption: Text::of(name), alt: Text::of(alt) }))
    }

    /// Where to find it, in place of the picture itself.
    pub fn elsewhere(&self) -> Text {
        Text::of(format!("{}见“{}”文件。", self.caption.words(), self.name))
    }
}
