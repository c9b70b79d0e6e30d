//! Bitmaps of two colours, which hold no words and need no fonts.

/// Black (`true`) and white squares as a PNG file, one bit a pixel, each square `pixels` wide and high.
pub fn png(rows: &[Vec<bool>], pixels: usize) -> Vec<u8> {
    let side = rows.len() * pixels;
    let mut data = Vec::with_capacity(side * side.div_ceil(8));
    for row in rows {
        // White is 1; what fills the last byte is not seen.
        let mut line = vec![0xff_u8; side.div_ceil(8)];
        for at in (0..side).filter(|at| row[at / pixels]) {
            line[at / 8] &= !(0x80 >> (at % 8));
        }
        (0..pixels).for_each(|_| data.extend(&line));
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
