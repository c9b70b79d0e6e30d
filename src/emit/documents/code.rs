//! `一码.svg`: the QR code that leads to what is published about a bundle, for counters, posters and the documents themselves.
//! Black squares on white in one path (ISO/IEC 18004: level M, four squares of white around it). In Word it is a bitmap, made
//! here because it holds no words: it needs no fonts of the machine.

use fast_qr::{ECL, QRBuilder};

use crate::layout::{Point, Size};
use crate::parts::charts::{Anchor, Drawing, Font, Svg};
use crate::write::text::{display, wrap};
use crate::{Files, Painter};
use yijianshi_core::plan::Plan;

/// White around the squares, in squares.
const QUIET: i32 = 4;
/// A square's side in the drawing, in pixels.
const SIDE: i32 = 8;
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
    /// The bundle's code; nothing if the workspace is not published anywhere.
    pub fn of(plan: &Plan) -> Option<Code> {
        let address = plan.bundle.address.clone()?;
        let code = QRBuilder::new(address.as_str()).ecl(ECL::M).build().ok()?;
        let size = i32::try_from(code.size).ok()? + 2 * QUIET;
        let dark = |row: i32, column: i32| {
            let at = |index: i32| usize::try_from(index - QUIET).ok().filter(|index| *index < code.size);
            matches!((at(row), at(column)), (Some(row), Some(column)) if code[row][column].value())
        };
        let rows: Vec<Vec<bool>> = (0..size).map(|row| (0..size).map(|column| dark(row, column)).collect()).collect();
        let mut body = Svg::default();
        body.squares(&rows, SIDE);
        let words = format!("扫码看“{}”办事指南", plan.bundle.title);
        let drawing = Drawing {
            id: "code",
            title: format!("一码：{}", plan.bundle.title),
            description: format!("二维码，用手机扫描打开 {address}"),
            size: Size { width: size * SIDE, height: size * SIDE },
            body,
        };
        Some(Code { address, words, drawing, rows })
    }

    /// As a bitmap (PNG), one bit a pixel.
    pub fn png(&self) -> Vec<u8> {
        let side = self.rows.len() * PIXELS;
        let mut data = Vec::with_capacity(side * side.div_ceil(8));
        for row in &self.rows {
            // White is 1; what fills the last byte is not seen.
            let mut line = vec![0xff_u8; side.div_ceil(8)];
            for at in (0..side).filter(|at| row[at / PIXELS]) {
                line[at / 8] &= !(0x80 >> (at % 8));
            }
            (0..PIXELS).for_each(|_| data.extend(&line));
        }
        let mut file = Vec::new();
        let side = u32::try_from(side).unwrap_or_default();
        let mut encoder = png::Encoder::new(&mut file, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&data)?;
            writer.finish()
        });
        written.expect("a bitmap is written to memory, and its lines are as long as was said");
        file
    }

    /// With its words below, to be put up by itself.
    fn labelled(&self) -> Drawing {
        let mut drawing = self.drawing.clone();
        let middle = drawing.size.width / 2;
        let (large, small) = (Font::new(160, 600, "#000000"), Font::new(120, 400, "#4A5763"));
        let units = |font: Font| usize::try_from(drawing.size.width * 10 / font.tenths).unwrap_or(10);
        let mut y = drawing.size.height - SIDE;
        for line in wrap(&display(&self.words), units(large)) {
            drawing.body.text(Point { x: middle, y }, Anchor::Middle, large, &line);
            y += 22;
        }
        // Addresses have no places to break them at: pieces of a length that fits even where every letter is wide.
        let letters: Vec<char> = self.address.chars().collect();
        for line in letters.chunks(units(small) * 3 / 2) {
            drawing.body.text(Point { x: middle, y }, Anchor::Middle, small, &line.iter().collect::<String>());
            y += 17;
        }
        drawing.size.height = y + SIDE;
        drawing
    }
}

/// Writes it.
pub fn emit(plan: &Plan, _: Painter<'_>, files: &mut Files) {
    if let Some(code) = Code::of(plan) {
        files.insert("一码.svg".to_owned(), code.labelled().file());
    }
}
