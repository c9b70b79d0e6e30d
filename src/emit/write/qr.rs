//! QR codes: black squares on white in one path (ISO/IEC 18004: level M, four squares of white around it). In Word a code is a
//! bitmap, made here because it holds no words: it needs no fonts of the machine.

use fast_qr::{ECL, QRBuilder};

use super::bitmap;
use super::svg::{Drawing, Svg};
use crate::layout::Size;

/// White around the squares, in squares.
const QUIET: i32 = 4;
/// A square's side in the drawing, in pixels.
pub const SIDE: i32 = 8;
/// A square's side in the bitmap, in pixels: printed 30 mm wide, a square has about 0.7 mm.
const PIXELS: usize = 10;

/// A QR code.
#[derive(Debug, Clone)]
pub struct Code {
    /// Where it leads.
    pub address: String,
    /// What it is, in one line for people.
    pub words: String,
    /// The code alone, without words.
    pub drawing: Drawing,
    /// Its rows of squares, the white around them included; `true` is black.
    rows: Vec<Vec<bool>>,
}

impl Code {
    /// The code of an address, with the line for people, and name and description of the drawing; nothing if the address is too long.
    pub fn new(address: String, words: String, title: String, description: String) -> Option<Code> {
        let code = QRBuilder::new(address.as_str()).ecl(ECL::M).build().ok()?;
        let size = i32::try_from(code.size).ok()? + 2 * QUIET;
        let dark = |row: i32, column: i32| {
            let at = |index: i32| usize::try_from(index - QUIET).ok().filter(|index| *index < code.size);
            matches!((at(row), at(column)), (Some(row), Some(column)) if code[row][column].value())
        };
        let rows: Vec<Vec<bool>> = (0..size).map(|row| (0..size).map(|column| dark(row, column)).collect()).collect();
        let mut body = Svg::default();
        body.squares(&rows, SIDE);
        let size = Size { width: size * SIDE, height: size * SIDE };
        Some(Code { address, words, drawing: Drawing { id: "code", title, description, size, body }, rows })
    }

    /// As a bitmap (PNG), one bit a pixel.
    pub fn png(&self) -> Vec<u8> {
        bitmap::png(&self.rows, PIXELS)
    }
}
