//! What is too long to stand in a chart stands at its foot, with a number.

use super::label::Label;
use super::palette::QUIET;
use crate::layout::Point;
use crate::write::svg::{Anchor, Font, Svg};
use crate::write::text::{display, width};
use yijianshi_core::plan::When;

/// Conditions up to this width (full-width characters) stand in the chart.
const SHORT: i32 = 15;
const FONT: Font = Font::new(130, 400, QUIET);

/// The notes at the foot of a chart.
#[derive(Debug, Default)]
pub struct Notes {
    list: Vec<String>,
}

impl Notes {
    /// The mark of a note, which is added if it is not there yet.
    pub fn mark(&mut self, words: &str) -> String {
        let at = self.list.iter().position(|own| own == words).unwrap_or_else(|| {
            self.list.push(words.to_owned());
            self.list.len() - 1
        });
        mark(at)
    }

    /// What to write beside an edge: its words, or a short name with the mark of a note.
    pub fn edge(&mut self, words: &str, when: Option<&When>) -> String {
        self.short(words, when, SHORT)
    }

    /// The same where only so many full-width characters have room.
    pub fn short(&mut self, words: &str, when: Option<&When>, units: i32) -> String {
        let words = display(words);
        if width(&words) <= units * 100 {
            return words;
        }
        // The name of the question, if that is all there is to it.
        let name = when.map(|when| when.text.as_str()).filter(|text| !text.contains(' ') && width(text) <= 600);
        let mark = self.mark(&words);
        format!("{}{mark}", name.unwrap_or("情形"))
    }

    /// Draws the notes from `at` on, at most `wide` pixels wide; how high they are.
    pub fn draw(&self, svg: &mut Svg, at: Point, wide: i32) -> i32 {
        let units = (wide - 24) * 10 / FONT.tenths;
        let mut y = at.y;
        for (index, words) in self.list.iter().enumerate() {
            let label = Label::note(words, units.max(10) as usize, FONT);
            let height = label.size().height;
            svg.text(
                Point { x: at.x, y: y + height / label.count().max(1) as i32 / 2 },
                Anchor::Start,
                FONT,
                &mark(index),
            );
            label.draw(svg, at.x + 20, y + height / 2, Anchor::Start);
            y += height + 2;
        }
        y - at.y
    }
}

/// Draws a remark without a number at `at`, at most `wide` pixels wide; how high it is.
pub fn remark(svg: &mut Svg, at: Point, wide: i32, words: &str) -> i32 {
    let label = Label::note(words, (wide * 10 / FONT.tenths).max(10) as usize, FONT);
    let height = label.size().height;
    label.draw(svg, at.x, at.y + height / 2, Anchor::Start);
    height + 2
}

/// ①, ②, … ㊿, then numbers.
pub fn mark(index: usize) -> String {
    let at = index as u32;
    let circled = match at {
        0..20 => char::from_u32(0x2460 + at),
        20..35 => char::from_u32(0x3251 + at - 20),
        35..50 => char::from_u32(0x32b1 + at - 35),
        _ => None,
    };
    circled.map_or_else(|| format!("[{}]", index + 1), String::from)
}
