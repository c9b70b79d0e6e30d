//! What holds for every applicant: the least and the greatest of each figure with who attains it, and whether the promise is kept.

use crate::page::{Block, Cell, Column, Row, Table, Text};
use crate::words::view::{Measured, View, Worded, amount};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::{Extreme, FigureRange, PromiseProof, PromiseVerdict, Scenario};

/// Circled numbers stand for scenarios that need many words.
struct Marks(Vec<String>);

impl Marks {
    fn mark(&mut self, words: &str) -> String {
        if words.is_empty() {
            return String::new();
        }
        let place = self.0.iter().position(|known| known == words).unwrap_or_else(|| {
            self.0.push(words.to_owned());
            self.0.len() - 1
        });
        number(place)
    }
}

fn number(place: usize) -> String {
    match u32::try_from(place).ok().filter(|place| *place < 20).and_then(|place| char::from_u32(0x2460 + place)) {
        Some(circled) => circled.to_string(),
        None => format!("({})", place + 1),
    }
}

fn range<'p>(view: View<'p>, measured: Measured) -> Option<&'p FigureRange> {
    view.plan.summary.ranges.iter().find(|range| range.figure == measured)
}

/// Least, typical and greatest of each figure, before and after in the same scenario; then who that is. Nothing if there is only one
/// scenario.
pub fn table(view: View<'_>) -> Vec<Block> {
    if view.plan.questions.is_empty() || view.plan.summary.ranges.is_empty() {
        return Vec::new();
    }
    let mut marks = Marks(Vec::new());
    let mut rows = Vec::new();
    for measured in Measured::ALL {
        let unit = measured.unit_in(&view.plan.widest);
        let mut cells = vec![Cell::head(
            Text::of(measured.label())
                .line()
                .quiet(format!("单位：{}", unit.strip_prefix('个').filter(|unit| !unit.is_empty()).unwrap_or(&unit))),
        )];
        let Some((range, after)) = range(view, measured).and_then(|range| Some((range, range.after.as_ref()?))) else {
            cells.push(Cell::of(measured.unknown(view, &view.plan.widest)).across(3));
            rows.push(Row::new(cells));
            continue;
        };
        // Where the figure is always the same, it is compared with the least and the greatest before.
        let same = after.least.value == after.greatest.bound && after.greatest.value == after.least.bound;
        let shown = range.before.as_ref().filter(|_| same).unwrap_or(after);
        cells.push(Cell::new(end(&shown.least, "不会少于", &mut marks)));
        cells.push(Cell::new(typical(view, measured)));
        cells.push(Cell::new(end(&shown.greatest, "不会多于", &mut marks)));
        rows.push(Row::new(cells));
    }
    let columns = vec![Column::new("数字"), Column::new("最少"), Column::new("典型情形"), Column::new("最多")];
    let mut blocks = vec![
        Block::Para(Text::of(
            "对所有回答、办理所有适用事项的申请人，改革后的数字最少和最多如下；箭头前面是同一情形改革前的数字。",
        )),
        Block::Table(Table::new("各种情形下的最少和最多", columns, rows).without_empty_columns().headed()),
    ];
    if !marks.0.is_empty() {
        let list = marks.0.iter().enumerate().map(|(place, words)| Text::of(format!("{} {words}", number(place))));
        blocks.push(Block::Para(Text::lines(list)));
    }
    blocks
}

fn pair(before: Option<Number>, after: Option<Number>) -> String {
    let text = |number: Option<Number>| number.map_or_else(|| "未知".to_owned(), |number| number.to_string());
    format!("{} → {}", text(before), text(after))
}

fn end(end: &Extreme, beyond: &str, marks: &mut Marks) -> Text {
    let text = Text::of(pair(end.before, end.after)).quiet(marks.mark(&end.words));
    match end.bound == end.value {
        true => text,
        false => text.line().quiet(format!("条件牵连太多，没有算到底；{beyond}{}", end.bound)),
    }
}

/// The figure in each named scenario; once, if it is the same in all.
fn typical(view: View<'_>, measured: Measured) -> Text {
    let of = |scenario: &Scenario| {
        let comparison = &scenario.comparison;
        pair(measured.of(&comparison.before), measured.of(&comparison.after))
    };
    let scenarios = &view.plan.scenarios;
    let Some(first) = scenarios.first().map(of) else { return Text::default() };
    if scenarios.iter().all(|scenario| of(scenario) == first) {
        return Text::of(first);
    }
    Text::lines(scenarios.iter().map(|own| Text::of(of(own)).quiet(format!("（{}）", own.name))))
}

/// “2—8个工作日”, and what that depends on; nothing if it does not, or is not known.
pub fn spread(view: View<'_>, measured: Measured) -> Option<String> {
    let after = range(view, measured)?.after.as_ref()?;
    let (least, greatest) = (after.least.bound, after.greatest.bound);
    (least != greatest).then(|| format!("{least}—{greatest}{}", measured.unit_in(&view.plan.widest)))
}

/// Whether the promise is kept, and by which chain that is decided.
pub fn promise(view: View<'_>) -> Option<Block> {
    let proof = view.plan.summary.promise.as_ref()?;
    let promise = amount(proof.promise, &proof.unit_label);
    let longest = amount(proof.longest, &proof.unit_label);
    let who = match proof.words.is_empty() {
        true => String::new(),
        false => format!("（{}）", proof.words),
    };
    let text = Text::of(format!("承诺{promise}："));
    Some(match proof.verdict {
        PromiseVerdict::Proved => Block::Para(
            text.good("所有情形都办得到")
                .then(format!("，不论回答是什么、办其中哪些事项。最长的一条链要{longest}{who}{}。", chain(proof))),
        ),
        PromiseVerdict::Refuted => {
            let excess = proof.excess.map(|excess| amount(excess, &proof.unit_label)).unwrap_or_default();
            Block::Alert(
                text.then(format!("有的情形办不到。最长的一条链要{longest}{who}{}，超出{excess}。", chain(proof))),
            )
        }
        PromiseVerdict::Unknown => {
            let lacking = match (proof.untimed_items.is_empty(), proof.circular) {
                (false, _) => format!("{}没有写明时限", view.item_names(&proof.untimed_items)),
                (true, true) => "有的事项互相等待".to_owned(),
                (true, false) => "有的时限换算不成同一单位".to_owned(),
            };
            Block::Para(text.then(format!("{lacking}，还不能断定所有情形都办得到。")))
        }
    })
}

fn chain(proof: &PromiseProof) -> String {
    let tasks = proof.chain.iter().filter(|task| !task.length.is_zero());
    let tasks: Vec<String> = tasks.map(|task| format!("{}{}", task.label, task.length)).collect();
    if tasks.is_empty() { String::new() } else { format!("：{}", tasks.join(" → ")) }
}
