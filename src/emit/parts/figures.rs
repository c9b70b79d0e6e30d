//! The main figures, before and after, as cards and as a table; shared by the documents that show them.

use crate::page::{Cell, Column, Figure, Row, Table, Text};
use crate::words::view::{Measured, View, Worded, amount, duration};
use yijianshi_core::expr::Number;
use yijianshi_core::plan::{Saved, Scenario};

/// The figures at the top of a document, over the typical scenarios.
pub fn cards(view: View<'_>) -> Vec<Figure> {
    let typical = view.typical();
    let mut cards = Vec::new();
    if let Some(promise) = view.plan.bundle.promise {
        let before = range(view, &typical, Measured::Days, true);
        // What is saved is counted on the critical path; it is the promise's only where both are the same.
        let same = typical.iter().all(|scenario| {
            scenario
                .schedule
                .promise
                .as_ref()
                .is_some_and(|check| scenario.schedule.critical_path == Some(check.promise))
        });
        let (value, unit) = match promise.is_immediate() {
            true => ("即办".to_owned(), String::new()),
            false => (
                promise.amount().to_string(),
                duration(promise).trim_start_matches(&promise.amount().to_string()).to_owned(),
            ),
        };
        cards.push(Figure {
            label: Text::of("承诺时限"),
            value: Text::of(value),
            unit: Text::of(unit),
            before: before.map(|(value, unit)| Text::of(format!("原{value}{unit}"))),
            saved: if same { percent(&typical, Measured::Days) } else { None },
        });
    }
    for (measured, label) in
        [(Measured::Materials, "申报材料"), (Measured::Forms, "申请表"), (Measured::Visits, "跑动次数")]
    {
        let Some((value, unit)) = range(view, &typical, measured, false) else {
            let unknown = typical.first().map(|scenario| measured.unknown(view, scenario)).unwrap_or_default();
            let (value, why) = unknown.split_once('（').unwrap_or((&unknown, ""));
            cards.push(Figure {
                label: Text::of(label),
                value: Text::of(value),
                unit: Text::default(),
                before: Some(Text::of(why.trim_end_matches('）'))),
                saved: None,
            });
            continue;
        };
        let before = range(view, &typical, measured, true);
        cards.push(Figure {
            label: Text::of(label),
            value: Text::of(value),
            unit: Text::of(unit),
            before: before.map(|(value, unit)| Text::of(format!("原{value}{unit}"))),
            saved: percent(&typical, measured),
        });
    }
    cards
}

/// What the cards count.
pub fn cards_note(view: View<'_>) -> Text {
    let names: Vec<String> = view.plan.scenarios.iter().map(|scenario| format!("“{}”", scenario.name)).collect();
    let of = match names.is_empty() {
        true => "按全口径计算：所有事项、所有有条件的内容都计入".to_owned(),
        false => format!("按典型情形{}计算", names.join("、")),
    };
    Text::of(format!("页首的数字{of}，材料为件次。"))
}

/// Least to greatest, if all are known.
fn range(view: View<'_>, scenarios: &[&Scenario], measured: Measured, before: bool) -> Option<(String, String)> {
    let counts = |scenario: &Scenario| match before {
        true => measured.of(&scenario.comparison.before),
        false => measured.of(&scenario.comparison.after),
    };
    let mut numbers: Vec<Number> = scenarios.iter().map(|scenario| counts(scenario)).collect::<Option<_>>()?;
    numbers.sort();
    let (least, greatest) = (numbers.first()?, numbers.last()?);
    let value = if least == greatest { least.to_string() } else { format!("{least}—{greatest}") };
    let unit = measured.unit_in(scenarios.first().copied().unwrap_or(&view.plan.widest));
    Some((value, unit))
}

fn percent(scenarios: &[&Scenario], measured: Measured) -> Option<Text> {
    let saved: Vec<&Saved> =
        scenarios.iter().map(|scenario| measured.saved(&scenario.comparison.saved)).collect::<Option<_>>()?;
    let first = saved.first()?.percent.as_ref()?;
    let same = saved.iter().all(|count| count.percent.as_ref() == Some(first));
    let less = saved.iter().all(|count| !count.amount.is_negative() && !count.amount.is_zero());
    (same && less).then(|| Text::of(format!("减{first}%")))
}

/// Before and after per scenario.
pub fn table(view: View<'_>, scenarios: &[&Scenario], figures: &[Measured]) -> Table {
    let columns = vec![
        Column::new("情形"),
        Column::new("数字"),
        Column::number("改革前"),
        Column::number("改革后"),
        Column::number("减少"),
        Column::number("减幅"),
    ];
    let mut rows = Vec::new();
    for scenario in scenarios {
        for (index, measured) in figures.iter().enumerate() {
            let mut cells = Vec::new();
            if index == 0 {
                cells.push(Cell::head(Text::of(&scenario.name)).over(figures.len()));
            }
            cells.push(Cell::of(measured.label()));
            cells.push(Cell::of(measured.text(view, scenario, &scenario.comparison.before)));
            cells.push(Cell::of(measured.text(view, scenario, &scenario.comparison.after)));
            let unit = measured.unit_in(scenario);
            let (less, share) = match measured.saved(&scenario.comparison.saved) {
                Some(count) => {
                    (saved_text(count, &unit), count.percent.as_ref().map_or("—".to_owned(), |p| format!("{p}%")))
                }
                None => ("未知".to_owned(), "未知".to_owned()),
            };
            cells.extend([Cell::of(less), Cell::of(share)]);
            rows.push(Row::new(cells));
        }
    }
    Table::new("改革前后的主要数字", columns, rows)
}

/// What was saved of a figure in a scenario, with its unit.
pub fn saved(measured: Measured, scenario: &Scenario) -> String {
    let saved = measured.saved(&scenario.comparison.saved);
    saved.map_or_else(|| "未知".to_owned(), |count| saved_text(count, &measured.unit_in(scenario)))
}

/// How much less, or more.
fn saved_text(count: &Saved, unit: &str) -> String {
    match count.amount.is_negative() {
        true => format!("增加{}{unit}", count.amount.to_string().trim_start_matches('-')),
        false => format!("{}{unit}", count.amount),
    }
}

/// How the figures are counted.
pub fn conventions(view: View<'_>) -> Vec<Text> {
    let workspace = &view.plan.workspace;
    let mut list: Vec<Text> = Measured::ALL.into_iter().filter_map(Measured::rule).map(Text::of).collect();
    list.extend([
        Text::of(format!("办理环节（{}）：{}。", workspace.steps_convention.label, workspace.steps_convention.rule)),
        Text::of(format!("跑动次数（{}）：{}。", workspace.visits_convention.label, workspace.visits_convention.rule)),
        Text::of("改革前后只在同一情形内比较。全口径：所有事项、所有有条件的内容都计入，不对应任何一位申请人。"),
    ]);
    list.extend(workspace.conversions.iter().map(|rule| Text::of(format!("单位换算：{rule}。"))));
    list
}

/// Time in words, or that it is not known.
pub fn time(number: Option<Number>, scenario: &Scenario, view: View<'_>) -> String {
    match number {
        Some(number) => amount(number, &scenario.schedule.unit_label),
        None => Measured::Days.unknown(view, scenario),
    }
}
