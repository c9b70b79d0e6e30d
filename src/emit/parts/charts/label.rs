//! Texts of several lines, measured before they are drawn.

use crate::layout::{Point, Size};
use crate::write::svg::{Anchor, Font, Svg};
use crate::write::text;

/// A text in lines, each as it is to be set.
#[derive(Debug, Clone, Default)]
pub struct Label {
    lines: Vec<(Font, String)>,
    /// From line to line, in hundredths of the size.
    pitch: i32,
}

/// Between the lines in boxes.
const BOX: i32 = 134;
/// Between the lines of notes.
const NOTE: i32 = 148;

impl Label {
    /// Nothing.
    pub fn new() -> Label {
        Label { lines: Vec::new(), pitch: BOX }
    }

    /// Lines that are as even as can be, at most so many full-width characters wide.
    pub fn centred(words: &str, units: usize, font: Font) -> Label {
        Label::new().and(words, units, font)
    }

    /// Lines that are as even as can be, as wide as the words want within limits.
    pub fn snug(words: &str, least: usize, most: usize, font: Font) -> Label {
        Label::new().snug_and(words, least, most, font)
    }

    /// Followed by such lines.
    pub fn snug_and(mut self, words: &str, least: usize, most: usize, font: Font) -> Label {
        self.lines.extend(text::snug(words, least, most).into_iter().map(|line| (font, line)));
        self
    }

    /// Lines set from the left.
    pub fn note(words: &str, units: usize, font: Font) -> Label {
        Label { lines: Vec::new(), pitch: NOTE }.note_and(words, units, font)
    }

    /// A single line.
    pub fn line(words: &str, font: Font) -> Label {
        Label { lines: vec![(font, text::display(words))], pitch: BOX }
    }

    /// Followed by more lines.
    pub fn and(mut self, words: &str, units: usize, font: Font) -> Label {
        self.lines.extend(text::wrap(words, units).into_iter().map(|line| (font, line)));
        self
    }

    /// Followed by more lines set from the left.
    pub fn note_and(mut self, words: &str, units: usize, font: Font) -> Label {
        self.lines.extend(text::fill(words, units).into_iter().map(|line| (font, line)));
        self
    }

    /// Followed by an item of a list: its mark, its lines set in.
    pub fn item(mut self, mark: &str, words: &str, units: usize, font: Font) -> Label {
        for (index, line) in text::fill(words, units - 1).into_iter().enumerate() {
            let lead = if index == 0 { mark } else { "\u{3000}" };
            self.lines.push((font, format!("{lead}{line}")));
        }
        self
    }

    /// How many lines.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    fn step(&self, font: Font) -> i32 {
        (font.tenths * self.pitch + 999) / 1000
    }

    /// The room that it takes.
    pub fn size(&self) -> Size {
        let width = self.lines.iter().map(|(font, line)| font.pixels(text::width(line))).max().unwrap_or(0);
        Size { width, height: self.lines.iter().map(|(font, _)| self.step(*font)).sum() }
    }

    /// Draws it around a height, its lines at `x`.
    pub fn draw(&self, svg: &mut Svg, x: i32, middle: i32, anchor: Anchor) {
        let mut y = middle - self.size().height / 2;
        for (font, line) in &self.lines {
            let step = self.step(*font);
            svg.text(Point { x, y: y + step / 2 }, anchor, *font, line);
            y += step;
        }
    }
}
