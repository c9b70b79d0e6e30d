//! The symbols of flowcharts after GB/T 1526 (ISO 5807), and the legend that explains them.

use super::label::Label;
use super::palette::{EDGE, INK, QUIET, Role, WHITE};
use crate::layout::{Point, Rect, Size};
use crate::write::svg::{Anchor, Font, Paint, Stroke, Svg};

/// A symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    /// 端点符: where it begins and ends.
    Terminal,
    /// 处理: work.
    Process,
    /// 既定处理: an agency's approval; its detail lies in that agency's own rules.
    Approval,
    /// 判断: a decision.
    Decision,
    /// 准备: choosing what applies.
    Choice,
    /// 文件: what is handed in.
    Document,
    /// 文件, several: what is given out.
    Documents,
    /// 并行方式: lines begin or meet.
    Parallel,
    /// Several agencies do it together.
    Joint,
    /// 注解符: a note.
    Note,
    /// 连接符: where a line goes on, on another page.
    Connector,
}

/// The wave at the foot of a document.
const WAVE: i32 = 9;
/// From the border of an approval to its inner line.
const DOUBLE: i32 = 12;
/// How far the points of a hexagon stick out.
const POINT: i32 = 18;

impl Symbol {
    /// Its name in the legend.
    fn name(self) -> &'static str {
        match self {
            Symbol::Terminal => "起止",
            Symbol::Process => "处理",
            Symbol::Approval => "部门审批",
            Symbol::Decision => "判断",
            Symbol::Choice => "选择",
            Symbol::Document | Symbol::Documents => "文件",
            Symbol::Parallel => "并行启动、汇合",
            Symbol::Joint => "联合办理",
            Symbol::Note => "注解",
            Symbol::Connector => "接续",
        }
    }

    /// The size of the symbol around a text of this size.
    pub fn around(self, text: Size) -> Size {
        let (width, height) = (text.width, text.height);
        match self {
            Symbol::Terminal => Size { width: (width + 40).max(76), height: (height + 16).max(36) },
            Symbol::Process => Size { width: (width + 26).max(110), height: (height + 20).max(52) },
            Symbol::Approval => Size { width: (width + 2 * DOUBLE + 14).max(118), height: (height + 20).max(54) },
            Symbol::Choice => Size { width: (width + 2 * POINT + 16).max(110), height: (height + 20).max(52) },
            Symbol::Document | Symbol::Documents => {
                Size { width: (width + 26).max(110), height: (height + 20 + 2 * WAVE).max(58) }
            }
            Symbol::Joint => Size { width: (width + 32).max(92), height: height + 34 },
            Symbol::Decision => {
                // The corners of the text must lie within the rhombus; its lines have some air of their own.
                let inner = (height - 4).max(12);
                let tall = (2 * inner + 16).max(72);
                let wide = (width + 14) * tall / (tall - inner);
                Size { width: wide + wide % 2, height: tall + tall % 2 }
            }
            Symbol::Parallel => Size { width: 7, height: 40 },
            Symbol::Note | Symbol::Connector => text,
        }
    }

    /// How far above the middle of the symbol the middle of its text is.
    pub fn lift(self) -> i32 {
        match self {
            Symbol::Document | Symbol::Documents => WAVE - 2,
            _ => 0,
        }
    }

    /// How far the middle of its lower border lies above its foot.
    pub fn sink(self) -> i32 {
        match self {
            Symbol::Document | Symbol::Documents => WAVE,
            _ => 0,
        }
    }

    /// Draws it.
    pub fn draw(self, svg: &mut Svg, own: Rect, role: Role) {
        let paint = Paint::outlined(role.fill, role.stroke, 16);
        let (x, y, right, bottom) = (own.x, own.y, own.right(), own.bottom());
        let middle = own.centre();
        match self {
            Symbol::Terminal => svg.rect(own, own.height.min(40) / 2, paint),
            Symbol::Process => svg.rect(own, 4, paint),
            Symbol::Approval => {
                svg.rect(own, 2, paint);
                for x in [x + DOUBLE, right - DOUBLE] {
                    svg.line(&[Point { x, y }, Point { x, y: bottom }], Stroke::new(role.stroke, 16));
                }
            }
            Symbol::Decision => svg.polygon(
                &[
                    Point { x: middle.x, y },
                    Point { x: right, y: middle.y },
                    Point { x: middle.x, y: bottom },
                    Point { x, y: middle.y },
                ],
                paint,
            ),
            Symbol::Choice => svg.polygon(
                &[
                    Point { x, y: middle.y },
                    Point { x: x + POINT, y },
                    Point { x: right - POINT, y },
                    Point { x: right, y: middle.y },
                    Point { x: right - POINT, y: bottom },
                    Point { x: x + POINT, y: bottom },
                ],
                paint,
            ),
            Symbol::Document => svg.sheet(own, WAVE, paint),
            Symbol::Documents => {
                let behind = Rect { x: x + 5, y: y - 5, ..own };
                svg.sheet(behind, WAVE, paint);
                svg.sheet(own, WAVE, paint);
            }
            Symbol::Parallel => {
                for x in [x + 1, right - 1] {
                    svg.line(&[Point { x, y }, Point { x, y: bottom }], Stroke::new(INK, 22));
                }
            }
            Symbol::Joint => {
                svg.rect(own, 5, Paint::outlined(role.fill, role.stroke, 20));
                let inner = Rect { x: x + 4, y: y + 4, width: own.width - 8, height: own.height - 8 };
                svg.rect(inner, 3, Paint::outlined("none", role.stroke, 10));
            }
            Symbol::Note => {
                let points = [
                    Point { x: right, y },
                    Point { x: right - 7, y },
                    Point { x: right - 7, y: bottom },
                    Point { x: right, y: bottom },
                ];
                svg.line(&points[1..3], Stroke::new(QUIET, 14));
                svg.line(&points[..2], Stroke::new(QUIET, 14));
                svg.line(&points[2..], Stroke::new(QUIET, 14));
                let (a, b) = (Point { x, y: middle.y }, Point { x: right - 7, y: middle.y });
                svg.line(&[a, b], Stroke::dashed(QUIET, 14));
            }
            Symbol::Connector => {
                svg.circle(middle, own.height / 2, paint);
            }
        }
    }
}

/// A pill with a short text; its right end and middle are at `at`.
pub fn pill(svg: &mut Svg, at: Point, label: &Label, colour: crate::write::svg::Colour) {
    let size = pill_size(label);
    let rect = Rect { x: at.x - size.width, y: at.y - size.height / 2, width: size.width, height: size.height };
    svg.rect(rect, size.height / 2, Paint::fill(colour));
    label.draw(svg, at.x - size.width / 2, at.y, Anchor::Middle);
}

/// How large a pill is.
pub fn pill_size(label: &Label) -> Size {
    Size { width: label.size().width + 16, height: 19 }
}

/// The font of pills.
pub const PILL: Font = Font::new(115, 600, WHITE);

const LEGEND: Font = Font::new(130, 400, QUIET);

/// Draws the legend of these symbols from `at` on, in lines at most `width` wide; how high it is.
pub fn legend(svg: &mut Svg, at: Point, width: i32, symbols: &[Symbol]) -> i32 {
    const ROW: i32 = 30;
    const SOURCE: &str = "流程图符号依据 GB/T 1526—1989";
    let role = Role { fill: WHITE, stroke: EDGE, text: INK };
    svg.text(Point { x: at.x, y: at.y + ROW / 2 }, Anchor::Start, Font::new(130, 600, INK), "图例");
    let (mut x, mut y) = (at.x + 44, at.y);
    for symbol in symbols {
        let name = Label::line(symbol.name(), LEGEND);
        let wide = match symbol {
            Symbol::Parallel => 14,
            Symbol::Note => 26,
            Symbol::Connector => 18,
            _ => 36,
        };
        let needed = wide + 8 + name.size().width;
        if x + needed > at.x + width {
            (x, y) = (at.x + 44, y + ROW);
        }
        let middle = y + ROW / 2;
        let own = Rect { x, y: middle - 10, width: wide, height: 20 };
        match symbol {
            Symbol::Approval => {
                svg.rect(own, 1, Paint::outlined(WHITE, EDGE, 15));
                for x in [x + 5, x + wide - 5] {
                    let (a, b) = (Point { x, y: own.y }, Point { x, y: own.bottom() });
                    svg.line(&[a, b], Stroke::new(EDGE, 15));
                }
            }
            Symbol::Choice => {
                let (l, r, m) = (own.x, own.right(), middle);
                let points =
                    [(l, m), (l + 8, own.y), (r - 8, own.y), (r, m), (r - 8, own.bottom()), (l + 8, own.bottom())];
                let points = points.map(|(x, y)| Point { x, y });
                svg.polygon(&points, Paint::outlined(WHITE, EDGE, 15));
            }
            Symbol::Document | Symbol::Documents => svg.sheet(own, 4, Paint::outlined(WHITE, EDGE, 15)),
            Symbol::Parallel => {
                let own = Rect { x: x + 3, width: 7, ..own };
                Symbol::Parallel.draw(svg, own, role);
            }
            other => other.draw(svg, own, role),
        }
        name.draw(svg, x + wide + 8, middle, Anchor::Start);
        x += needed + 22;
    }
    let source = Label::line(SOURCE, LEGEND);
    if x + source.size().width > at.x + width {
        y += ROW;
    }
    source.draw(svg, at.x + width, y + ROW / 2, Anchor::End);
    y + ROW - at.y
}
