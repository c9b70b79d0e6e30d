//! Charts that fill a page stand at the end: where they are spoken of, they would leave the page before them partly empty.

use super::body::{Body, PORTRAIT};
use super::picture::pixels;
use super::text::Para;
use crate::page::text::Text;
use crate::page::tree::Chart;
use crate::page::tree::{Block, Page};
use crate::write::Painter;
use crate::write::svg::Drawing;

/// What the charts at the end go by.
pub(super) const TITLE: &str = "附图";

/// A chart no higher than this stands where it is spoken of: about half of the text of a page, in twentieths of a point.
const LOW: u64 = 6_600;

/// What is much wider than high can only be read on turned paper.
pub(super) fn is_wide(sheet: &Drawing) -> bool {
    sheet.size.width > 1000 && sheet.size.width > sheet.size.height * 5 / 4
}

/// The charts of a document that stand at its end, in order. What cannot be drawn is only spoken of.
pub(super) fn of<'d>(page: &'d Page, painter: Painter<'_>) -> Vec<&'d Chart> {
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    let charts = blocks.filter_map(|block| match block {
        Block::Chart(chart) => Some(&**chart),
        _ => None,
    });
    let low = |sheet: &Drawing| u64::from(PORTRAIT) * pixels(sheet.size.height) / pixels(sheet.size.width) <= LOW;
    charts
        .filter(|chart| match chart.printed() {
            [only] => is_wide(only) || !low(only),
            _ => true,
        })
        .filter(|chart| chart.printed().iter().all(|sheet| painter(sheet).is_some()))
        .collect()
}

impl Body<'_> {
    /// Says where a chart stands, if that is the end.
    pub fn refer(&mut self, chart: &Chart) -> bool {
        let Some(place) = self.annex.iter().position(|own| std::ptr::eq(*own, chart)) else { return false };
        let before: usize = self.annex[..place].iter().map(|own| own.printed().len()).sum();
        let sheets = (1..=chart.printed().len()).map(|sheet| format!("{TITLE}{}", before + sheet));
        let sheets: Vec<String> = sheets.collect();
        self.para(Para::of("BodyText"), &Text::of(format!("{}见文后{}。", chart.name, sheets.join("、"))));
        true
    }

    /// Puts the charts at the end, below a heading that is the target of `mark`.
    pub fn put_annex(&mut self, mark: String) {
        let mut mark = Some(mark);
        let mut number = 0;
        for chart in std::mem::take(&mut self.annex) {
            for sheet in chart.printed() {
                self.turn(is_wide(sheet));
                if mark.is_some() {
                    let new_page = self.begun;
                    self.marked_para(Para { new_page, ..Para::of("Heading1") }, &Text::of(TITLE), mark.take());
                }
                number += 1;
                if let Some(png) = (self.painter)(sheet) {
                    self.picture(&format!("{TITLE}{number}\u{3000}{}", chart.name), sheet, png);
                }
            }
        }
    }
}
