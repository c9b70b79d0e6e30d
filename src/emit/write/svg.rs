//! The SVG writer. Only shapes that every program draws alike (no markers, filters, classes or foreign objects), whole pixels
//! except where type is set, and texts escaped as they are written.

use std::fmt::Write as _;

use super::escape::escape;
use super::text::display;
use crate::layout::{Point, Rect, Size};

/// The fonts, for Windows, macOS, Linux and HarmonyOS.
pub const FONTS: &str = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','HarmonyOS Sans SC','WenQuanYi Micro Hei',SimHei,sans-serif";

/// A colour; part of the program, never of a bundle.
pub type Colour = &'static str;

/// How a shape is filled and drawn.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    /// Inside.
    pub fill: Colour,
    /// Its outline.
    pub stroke: Option<Stroke>,
}

/// A line's look.
#[derive(Debug, Clone, Copy)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in tenths of a pixel.
    pub tenths: i32,
    /// Whether it is broken.
    pub dashed: bool,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub struct Font {
    /// Its size in tenths of a pixel.
    pub tenths: i32,
    /// 400, 600 or 700.
    pub weight: u32,
    /// Its colour.
    pub colour: Colour,
}

/// Which end of a text its place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The first character.
    Start,
    /// The middle.
    Middle,
    /// The last character.
    End,
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// What its ids begin with, so that several can stand on one page.
    pub id: &'static str,
    /// Its name.
    pub title: String,
    /// What it shows, in a sentence or two, for those who cannot see it.
    pub description: String,
    /// How large it is.
    pub size: Size,
    /// What is drawn.
    pub body: Svg,
}

/// Shapes, written one after another.
#[derive(Debug, Clone, Default)]
pub struct Svg {
    out: String,
}

impl Paint {
    /// Only filled.
    pub fn fill(fill: Colour) -> Paint {
        Paint { fill, stroke: None }
    }

    /// Filled, with an outline.
    pub fn outlined(fill: Colour, colour: Colour, tenths: i32) -> Paint {
        Paint { fill, stroke: Some(Stroke::new(colour, tenths)) }
    }
}

impl Stroke {
    /// An unbroken line.
    pub fn new(colour: Colour, tenths: i32) -> Stroke {
        Stroke { colour, tenths, dashed: false }
    }

    /// A broken one.
    pub fn dashed(colour: Colour, tenths: i32) -> Stroke {
        Stroke { colour, tenths, dashed: true }
    }
}

impl Font {
    /// A size in tenths of a pixel, a weight and a colour.
    pub const fn new(tenths: i32, weight: u32, colour: Colour) -> Font {
        Font { tenths, weight, colour }
    }

    /// How many pixels so many hundredths of a full-width character take, at most.
    pub fn pixels(self, hundredths: i32) -> i32 {
        (hundredths * self.tenths + 999) / 1000
    }
}

/// A number of hundredths with as few decimals as it needs.
fn decimal(hundredths: i32) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

impl Svg {
    /// A rectangle, with rounded corners if `radius` is above 0.
    pub fn rect(&mut self, rect: Rect, radius: i32, paint: Paint) {
        let Rect { x, y, width, height } = rect;
        let _ = write!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        if radius > 0 {
            let _ = write!(self.out, " rx=\"{radius}\"");
        }
        self.paint(paint);
    }

    /// A circle.
    pub fn circle(&mut self, centre: Point, radius: i32, paint: Paint) {
        let _ = write!(self.out, "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\"", centre.x, centre.y);
        self.paint(paint);
    }

    /// A closed shape.
    pub fn polygon(&mut self, points: &[Point], paint: Paint) {
        let list: Vec<String> = points.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
        let _ = write!(self.out, "<polygon points=\"{}\"", list.join(" "));
        self.paint(paint);
    }

    /// A document: a sheet whose lower edge is a wave.
    pub fn sheet(&mut self, rect: Rect, wave: i32, paint: Paint) {
        let (l, t, r, b) = (rect.x, rect.y, rect.right(), rect.bottom() - wave);
        let (third, half) = (rect.width / 4, rect.x + rect.width / 2);
        let _ = write!(
            self.out,
            "<path d=\"M{l} {t}H{r}V{b}C{} {} {} {} {half} {b}S{} {} {l} {b}Z\"",
            r - third,
            b - wave,
            half + third / 2,
            b - wave,
            l + third / 2,
            b + 2 * wave,
        );
        self.paint(paint);
    }

    /// Black squares with sides of `side` pixels, all in one path.
    pub fn squares(&mut self, rows: &[Vec<bool>], side: i32) {
        self.out.push_str("<path shape-rendering=\"crispEdges\" d=\"");
        for (row, y) in rows.iter().zip(0..) {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                let length = i32::try_from(run.len()).unwrap_or_default();
                if run.first() == Some(&true) {
                    let _ = write!(self.out, "M{} {}h{}v{side}h-{}z", x * side, y * side, length * side, length * side);
                }
                x += length;
            }
        }
        self.out.push('"');
        self.paint(Paint::fill("#000000"));
    }

    /// A line along points, with rounded corners.
    pub fn line(&mut self, points: &[Point], stroke: Stroke) {
        let Some((first, rest)) = points.split_first() else { return };
        let _ = write!(self.out, "<path d=\"M{} {}", first.x, first.y);
        for (index, point) in rest.iter().enumerate() {
            let Some(next) = rest.get(index + 1) else {
                let _ = write!(self.out, "L{} {}", point.x, point.y);
                break;
            };
            let before = points[index];
            let (short, long) = (toward(*point, before), toward(*point, *next));
            let _ = write!(self.out, "L{} {}Q{} {} {} {}", short.x, short.y, point.x, point.y, long.x, long.y);
        }
        self.out.push('"');
        self.paint(Paint { fill: "none", stroke: Some(stroke) });
    }

    /// A line along points that ends in an arrow head.
    pub fn arrow(&mut self, points: &[Point], stroke: Stroke) {
        let [.., before, last] = *points else { return };
        let (dx, dy) = ((last.x - before.x).signum(), (last.y - before.y).signum());
        let mut line = points.to_vec();
        if let Some(end) = line.last_mut() {
            *end = Point { x: last.x - 8 * dx, y: last.y - 8 * dy };
        }
        self.line(&line, stroke);
        let base = Point { x: last.x - 9 * dx, y: last.y - 9 * dy };
        // In half pixels the head would be 4.5 wide on each side.
        let head =
            [last, Point { x: base.x + 4 * dy, y: base.y - 4 * dx }, Point { x: base.x - 4 * dy, y: base.y + 4 * dx }];
        self.polygon(&head, Paint::fill(stroke.colour));
    }

    /// A text on one line, its middle at the height of `at`.
    pub fn text(&mut self, at: Point, anchor: Anchor, font: Font, text: &str) {
        // The base line is 0.37 of the size below the middle.
        let base = at.y * 100 + font.tenths * 37 / 10;
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"",
            at.x,
            decimal(base),
            decimal(font.tenths * 10),
            font.colour
        );
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.out.push_str(" text-anchor=\"end\""),
        }
        if font.weight != 400 {
            let _ = write!(self.out, " font-weight=\"{}\"", font.weight);
        }
        self.out.push('>');
        escape(text, &mut self.out);
        self.out.push_str("</text>\n");
    }

    /// Everything that `other` has drawn.
    pub fn append(&mut self, other: &Svg) {
        self.out.push_str(&other.out);
    }

    fn paint(&mut self, paint: Paint) {
        let _ = write!(self.out, " fill=\"{}\"", paint.fill);
        if let Some(stroke) = paint.stroke {
            let _ = write!(self.out, " stroke=\"{}\" stroke-width=\"{}\"", stroke.colour, decimal(stroke.tenths * 10));
            if stroke.dashed {
                self.out.push_str(" stroke-dasharray=\"5 4\"");
            }
        }
        self.out.push_str("/>\n");
    }
}

/// A little way from a corner towards another point.
fn toward(corner: Point, other: Point) -> Point {
    let step = |from: i32, to: i32| from + (to - from).signum() * ((to - from).abs() / 2).min(5);
    Point { x: step(corner.x, other.x), y: step(corner.y, other.y) }
}

impl Drawing {
    /// As a file of its own, one pixel of the picture as large as one of the screen.
    pub fn file(&self) -> Vec<u8> {
        self.sized(self.size).into_bytes()
    }

    /// As a file of its own, in another size.
    pub fn sized(&self, size: Size) -> String {
        self.element(&format!("width=\"{}\" height=\"{}\" ", size.width, size.height), true)
    }

    /// To stand in a page: as wide as there is room.
    pub fn inline(&self) -> String {
        self.element("", false)
    }

    fn element(&self, size: &str, background: bool) -> String {
        let Size { width, height } = self.size;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {size}viewBox=\"0 0 {width} {height}\" role=\"img\" lang=\"zh-CN\" \
             aria-labelledby=\"{0}-t {0}-d\" font-family=\"{FONTS}\">\n<title id=\"{0}-t\">",
            self.id
        );
        escape(&display(&self.title), &mut out);
        let _ = write!(out, "</title>\n<desc id=\"{}-d\">", self.id);
        escape(&display(&self.description), &mut out);
        out.push_str("</desc>\n");
        if background {
            let _ = writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>");
        }
        out.push_str(&self.body.out);
        out.push_str("</svg>\n");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Drawing, Font, Point, Size, Svg, decimal};

    #[test]
    fn numbers_are_short() {
        for (hundredths, text) in [(0, "0"), (1450, "14.5"), (-5, "-0.05"), (100, "1"), (537, "5.37")] {
            assert_eq!(decimal(hundredths), text);
        }
    }

    #[test]
    fn names_stay_text() {
        let mut body = Svg::default();
        body.text(Point { x: 1, y: 2 }, Anchor::Start, Font::new(140, 400, "#000000"), "<a>\"&");
        let size = Size { width: 10, height: 10 };
        let drawing = Drawing { id: "x", title: "<b>".to_owned(), description: "]]>".to_owned(), size, body };
        let file = String::from_utf8(drawing.file()).unwrap();
        assert!(file.contains("&lt;a&gt;&quot;&amp;</text>") && file.contains("&lt;b&gt;"), "{file}");
        assert!(!file.contains("<b>") && !file.contains("]]>"), "{file}");
    }
}
