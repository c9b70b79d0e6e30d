//! The file. Only this names the Excel writer; it keeps what Excel allows, so that writing cannot fail.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Style, FormatAlign, FormatBorder, Formula, IgnoreError, Workbook,
    Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::book::{Book, Kind, Sheet};
use super::cell::Result as Value;
use super::cell::{Cell, Format};
use crate::write::package::repack;
use crate::write::text::display;
use yijianshi_core::expr::Number;

const FONT: &str = "宋体";
const HEADING: u32 = 0x00DC_E8F5;
const TOTAL: u32 = 0x00F3_F6FA;
const LINE: u32 = 0x00B9_C4D0;
const A4: u8 = 9;
/// So many characters of half width stand beside each other on a printed page.
const ACROSS: u32 = 210;
/// Heights in points: of a line, of what is around it, and of the highest row that Excel has.
const LINE_HEIGHT: usize = 14;
const ROOM: usize = 5;
const HIGHEST: usize = 409;
/// Rows that a sheet holds, with room for headings and sums.
const MOST_ROWS: usize = 1_000_000;

impl Book {
    /// The file.
    pub fn write(&self) -> Vec<u8> {
        repack(&assemble(self).expect("what a book holds is within Excel's limits"))
    }
}

fn assemble(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // When it was made is not written: it would not be the same twice.
    let properties =
        DocProperties::new().set_title(title(book)).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    for sheet in &book.sheets {
        let page = workbook.add_worksheet();
        page.set_name(sheet.name)?;
        layout(page, book, sheet)?;
        fill(page, sheet, &widths(sheet))?;
    }
    workbook.save_to_buffer()
}

fn layout(page: &mut Worksheet, book: &Book, sheet: &Sheet) -> Result<(), XlsxError> {
    let last = column(sheet.columns.len().max(1) - 1);
    let widths = widths(sheet);
    for (index, width) in widths.iter().enumerate() {
        page.set_column_width(column(index), *width)?;
    }
    page.set_freeze_panes(1, sheet.keys)?;
    if !sheet.rows.is_empty() {
        page.autofilter(0, 0, row(sheet.rows.len().min(MOST_ROWS)), last)?;
    }
    // Smaller than so many characters on a page nobody can read.
    let across = widths.iter().sum::<u32>().div_ceil(ACROSS).max(1);
    page.set_paper_size(A4).set_landscape().set_print_center_horizontally(true);
    page.set_print_fit_to_pages(u16::try_from(across).unwrap_or(u16::MAX), 0);
    page.set_repeat_rows(0, 0)?;
    if across > 1 && sheet.keys > 0 {
        page.set_repeat_columns(0, sheet.keys - 1)?;
    }
    page.set_margins(0.6, 0.6, 0.8, 0.7, 0.35, 0.35);
    // `&` begins a command there.
    let title = title(book).replace('&', "&&");
    page.set_header(format!("&C&\"{FONT},Bold\"&12 {title} · {}", sheet.name));
    page.set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

/// The title, as long as a printed head can be: 255 characters with its commands, twice as many for each `&`.
fn title(book: &Book) -> String {
    let mut room = 200;
    let title = display(&book.title);
    let fits = |c: &char| {
        room -= if *c == '&' { 2 } else { c.len_utf16() as i32 };
        room >= 0
    };
    title.chars().take_while(fits).collect()
}

fn fill(page: &mut Worksheet, sheet: &Sheet, widths: &[u32]) -> Result<(), XlsxError> {
    let heading = base().set_bold().set_background_color(HEADING).set_align(FormatAlign::Center);
    let heading = heading.set_align(FormatAlign::VerticalCenter);
    for (index, own) in sheet.columns.iter().enumerate() {
        put(page, 0, column(index), &Cell::text(&own.name), heading.clone())?;
    }
    let names = sheet.columns.iter().map(|column| column.name.as_str());
    page.set_row_height(0, height(names, widths))?;
    let body = base().set_align(FormatAlign::VerticalCenter);
    let total = body.clone().set_bold().set_background_color(TOTAL);
    let (shown, rest) = sheet.rows.split_at(sheet.rows.len().min(MOST_ROWS));
    let rows = shown.iter().map(|cells| (cells, &body)).chain(sheet.totals.iter().map(|cells| (cells, &total)));
    let mut next = 1;
    for (cells, style) in rows {
        for (index, cell) in cells.iter().enumerate() {
            let centred = sheet.columns.get(index).is_none_or(|column| column.kind == Kind::Short);
            let style = style.clone().set_align(if centred { FormatAlign::Center } else { FormatAlign::Left });
            put(page, next, column(index), cell, style)?;
        }
        let texts: Vec<String> = cells.iter().map(Cell::shown).collect();
        page.set_row_height(next, height(texts.iter().map(String::as_str), widths))?;
        next += 1;
    }
    if !rest.is_empty() {
        let words = format!("另有{}行，一张表放不下，见 plan.json", rest.len());
        page.write_string_with_format(next, 0, &words, &total)?;
    }
    // Codes are texts although they look like numbers.
    page.ignore_error_range(0, 0, next, column(sheet.columns.len()), IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, style: Style) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => page.write_blank(row, column, &style)?,
        Cell::Text(text) => {
            // A text stays a text also after somebody has edited the cell.
            let risky = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'']);
            let style = if risky { style.set_quote_prefix() } else { style };
            page.write_string_with_format(row, column, text, &style)?
        }
        Cell::Number(number, format) => {
            page.write_number_with_format(row, column, float(*number), &shown(style, *format))?
        }
        Cell::Formula(formula, result, format) => {
            let result = match result {
                Value::Number(number) => decimal(*number),
                Value::Text(text) => text.clone(),
            };
            let formula = Formula::new(format!("={formula}")).set_result(result);
            page.write_formula_with_format(row, column, formula, &shown(style, *format))?
        }
    };
    Ok(())
}

fn shown(style: Style, format: Format) -> Style {
    match format {
        Format::Plain => style,
        Format::Percent => style.set_num_format("0.00%"),
    }
}

fn base() -> Style {
    Style::new()
        .set_font_name(FONT)
        .set_font_size(10.5)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_text_wrap()
}

/// In characters of half width, so that what stands in the column is not broken too often.
fn widths(sheet: &Sheet) -> Vec<u32> {
    let width = |text: &str| text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
    sheet
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let rows = sheet.rows.iter().take(MOST_ROWS).chain(&sheet.totals);
            let cells = rows.filter_map(|row| row.get(index)).map(|cell| width(&cell.shown())).max();
            let (least, most) = match column.kind {
                Kind::Words => (8, 26),
                Kind::Long => (14, 52),
                Kind::Wide => (40, 90),
                Kind::Short => (6, 16),
            };
            // A heading may be broken in two; beside it stands the filter's button.
            let heading = width(&column.name).div_ceil(2).max(width(&column.name).min(10)) + 2;
            let cells = (cells.unwrap_or_default() + 2).clamp(least, most);
            u32::try_from(cells.max(heading).min(most)).unwrap_or(90)
        })
        .collect()
}

/// How high a row must be, in points, so that all of its texts are seen. Not every program finds that out by itself.
fn height<'t>(texts: impl Iterator<Item = &'t str>, widths: &[u32]) -> u32 {
    let lines = texts.zip(widths).map(|(text, width)| {
        // A word that does not fit goes on in the next line, so not all of a line is used.
        let room = usize::try_from(*width).unwrap_or(usize::MAX).saturating_sub(1).max(2) & !1;
        text.lines().map(|line| UnicodeWidthStr::width(line).div_ceil(room).max(1)).sum::<usize>()
    });
    let lines = lines.max().unwrap_or_default().max(1);
    u32::try_from((lines * LINE_HEIGHT + ROOM).min(HIGHEST)).unwrap_or(409)
}

/// What a spreadsheet keeps of a number: a decimal of at most twelve places.
fn decimal(number: Number) -> String {
    number.to_decimal().filter(|text| text.len() <= 15).unwrap_or_else(|| number.to_fixed(12))
}

fn float(number: Number) -> f64 {
    decimal(number).parse().unwrap_or_default()
}

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn row(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
