//! Forms to be filled in, by hand or on the screen: what is written stands in content controls, which look like nothing but room
//! when printed. A program that does not know them shows the room.

use super::body::Body;
use super::text::{Para, properties, words_run};
use crate::page::grid::{Entry, Fill, Grid};
use crate::page::text::Text;
use crate::write::xml::Xml;

/// A name, and what it stands beside, twice; in twips. What is left goes to the last.
const NAME: u32 = 1_640;
/// The least height of a row and of every further line to write on, in twips.
const HEIGHT: usize = 540;
const LINE: usize = 340;
/// What Word takes for the name of a control, in UTF-16 units.
const ALIAS: usize = 64;

impl Body<'_> {
    /// A form's part: a table of four columns, names and room.
    pub fn grid(&mut self, grid: &Grid) {
        let room = (self.width() - 2 * NAME) / 2;
        let widths = [NAME, room, NAME, self.width() - 2 * NAME - room];
        self.begin(&widths, &grid.title);
        if !grid.title.is_empty() {
            self.high(HEIGHT, true, |body| {
                body.cell(widths.iter().sum(), 4, None, true, |body| body.para(Para::of("TableHead"), &grid.title));
            });
        }
        for row in &grid.rows {
            let lines = row.iter().map(|entry| entry.fill.lines()).max().unwrap_or(1);
            self.high(HEIGHT + (lines - 1) * LINE, false, |body| {
                for (index, entry) in row.iter().enumerate() {
                    let (own, over) = match row.len() {
                        1 if entry.label.is_empty() => (widths.iter().sum(), 4),
                        1 => (widths.iter().skip(1).sum(), 3),
                        _ => (widths[index * 2 + 1], 1),
                    };
                    if over < 4 {
                        let centre = Para::of("TableCentre");
                        body.cell(NAME, 1, None, false, |body| body.para(centre, &entry.label));
                    }
                    body.cell(own, over, None, false, |body| body.entry(entry));
                }
            });
        }
        self.end();
    }

    /// A row of at least this height, on one page.
    fn high(&mut self, height: usize, head: bool, cells: impl FnOnce(&mut Self)) {
        self.xml.open("w:tr", &[]);
        self.xml.el("w:trPr", &[], |xml| {
            xml.void("w:cantSplit", &[]);
            xml.void("w:trHeight", &[("w:val", &height.to_string()), ("w:hRule", "atLeast")]);
            if head {
                xml.void("w:tblHeader", &[]);
            }
        });
        cells(self);
        self.xml.close("w:tr");
    }

    fn entry(&mut self, entry: &Entry) {
        let label: String = entry.label.words();
        if !entry.asks.is_empty() {
            self.para(Para::of("TableText"), &entry.asks);
        }
        match &entry.fill {
            Fill::Read(lines) => {
                for line in lines {
                    self.para(Para::of("TableText"), line);
                }
            }
            Fill::Write { lines, unit } => self.line(|body| {
                // What is written begins at the left; a unit stands behind the room for it.
                let room = if unit.is_empty() { 8 } else { 6 };
                let several = [("w:multiLine", "1")];
                let attrs: &[_] = if *lines > 1 { &several } else { &[] };
                body.control(&label, &entry.tag, &"\u{3000}".repeat(room), |xml| xml.void("w:text", attrs));
                for run in unit.runs() {
                    body.run(run);
                }
            }),
            Fill::Day => self.line(|body| {
                body.control(
                    &label,
                    &entry.tag,
                    "\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日",
                    |xml| {
                        xml.el("w:date", &[], |xml| {
                            xml.void("w:dateFormat", &[("w:val", "yyyy年M月d日")]);
                            xml.void("w:lid", &[("w:val", "zh-CN")]);
                            xml.void("w:storeMappedDataAs", &[("w:val", "date")]);
                            xml.void("w:calendar", &[("w:val", "gregorian")]);
                        });
                    },
                );
            }),
            Fill::Tick(options) => self.line(|body| {
                for (index, option) in options.iter().enumerate() {
                    if index > 0 {
                        words_run(&mut body.xml, None, "\u{3000}");
                    }
                    let tag = format!("{}-{}", entry.tag, index + 1);
                    body.tick(&option.words(), &tag);
                    for run in option.runs() {
                        body.run(run);
                    }
                }
            }),
            Fill::Pick(options) => {
                self.line(|body| {
                    body.control(&label, &entry.tag, &"\u{3000}".repeat(8), |xml| {
                        xml.el("w:dropDownList", &[], |xml| {
                            for (index, option) in options.iter().enumerate() {
                                // Two entries of one name or value are more than Word takes.
                                let (words, value) = (option.words(), (index + 1).to_string());
                                let twice = options.iter().take(index).any(|other| other.words() == words);
                                if !twice && !words.is_empty() {
                                    xml.void("w:listItem", &[("w:displayText", &words), ("w:value", &value)]);
                                }
                            }
                        });
                    });
                });
                let words: Vec<String> = options.iter().map(Text::words).collect();
                self.para(Para::of("TableText"), &Text::default().quiet(format!("可选：{}", words.join("、"))));
            }
            Fill::Sign(_) => self.para(Para::of("TableText"), &Text::default()),
        }
        for note in &entry.notes {
            self.para(Para::of("TableText"), note);
        }
    }

    fn line(&mut self, runs: impl FnOnce(&mut Self)) {
        self.leave_table();
        self.begun = true;
        self.xml.open("w:p", &[]);
        properties(&mut self.xml, Para::of("TableText"));
        runs(self);
        self.xml.close("w:p");
    }

    /// A content control that shows room as long as nothing is written.
    fn control(&mut self, label: &str, tag: &str, room: &str, kind: impl FnOnce(&mut Xml)) {
        self.sdt(label, tag, true, kind, |xml| words_run(xml, None, room));
    }

    /// A box that is ticked on the screen or by hand.
    fn tick(&mut self, label: &str, tag: &str) {
        let kind = |xml: &mut Xml| {
            xml.el("w14:checkbox", &[], |xml| {
                xml.void("w14:checked", &[("w14:val", "0")]);
                xml.void("w14:checkedState", &[("w14:val", "2611"), ("w14:font", "Segoe UI Symbol")]);
                xml.void("w14:uncheckedState", &[("w14:val", "25A1"), ("w14:font", "宋体")]);
            });
        };
        self.sdt(label, tag, false, kind, |xml| {
            xml.el("w:r", &[], |xml| {
                xml.el("w:rPr", &[], |xml| {
                    // The sign is in western and in Chinese fonts; all boxes are to be of one size.
                    let fonts =
                        [("w:hint", "eastAsia"), ("w:ascii", "宋体"), ("w:hAnsi", "宋体"), ("w:eastAsia", "宋体")];
                    xml.void("w:rFonts", &fonts);
                });
                xml.leaf("w:t", &[], "□");
            });
        });
    }

    fn sdt(
        &mut self,
        label: &str,
        tag: &str,
        empty: bool,
        kind: impl FnOnce(&mut Xml),
        content: impl FnOnce(&mut Xml),
    ) {
        self.controls += 1;
        let id = self.controls.to_string();
        let mut alias = String::new();
        for c in label.chars() {
            if alias.encode_utf16().count() + c.len_utf16() <= ALIAS {
                alias.push(c);
            }
        }
        self.xml.el("w:sdt", &[], |xml| {
            xml.el("w:sdtPr", &[], |xml| {
                if !alias.is_empty() {
                    xml.void("w:alias", &[("w:val", &alias)]);
                }
                xml.void("w:tag", &[("w:val", tag)]);
                xml.void("w:id", &[("w:val", &id)]);
                if empty {
                    xml.void("w:showingPlcHdr", &[]);
                }
                kind(xml);
            });
            xml.el("w:sdtContent", &[], content);
        });
    }
}

impl Fill {
    /// How many lines it wants at least.
    fn lines(&self) -> usize {
        match self {
            Fill::Write { lines, .. } | Fill::Sign(lines) => (*lines).max(1),
            Fill::Tick(_) | Fill::Pick(_) | Fill::Day | Fill::Read(_) => 1,
        }
    }
}
