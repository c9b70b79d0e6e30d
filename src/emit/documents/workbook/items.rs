//! 事项: every item with its codes, agency, times, and how many papers it asks for over everything.

use super::account::Account;
use crate::parts::cells::place;
use crate::words::view::{View, duration};
use crate::write::xlsx::{Cell, Column, Sheet, whole};
use yijianshi_core::plan::Item;

/// 事项.
pub(super) fn sheet(view: View<'_>, account: &Account) -> Sheet {
    let columns = vec![
        Column::short("序号"),
        Column::words("事项"),
        Column::words("事项名称"),
        Column::words("实施单位"),
        Column::words("承办机构"),
        Column::words("基本编码"),
        Column::words("实施编码"),
        Column::short("事项类型"),
        Column::short("行使层级"),
        Column::short("办件类型"),
        Column::words("什么情形下办"),
        Column::words("必办的依据"),
        Column::words("先要办结"),
        Column::short("改革前时限"),
        Column::short("改革后时限"),
        Column::short("法定时限"),
        Column::long("环节"),
        Column::words("申请表"),
        Column::words("结果文书"),
        Column::short("改革前材料（全口径）"),
        Column::short("改革后材料（全口径）"),
        Column::long("设定依据"),
        Column::words("出处"),
    ];
    let mut sheet = Sheet::new("事项", columns).keyed(2);
    for (index, item) in view.plan.items.iter().enumerate() {
        sheet.rows.push(row(view, account, index, item));
    }
    sheet.drop_empty_columns(2);
    let (first, then) = (sheet.column("改革前材料（全口径）"), sheet.column("改革后材料（全口径）"));
    let widest = &view.plan.widest;
    let sum = |column: usize, known: Option<u32>| match known {
        Some(known) => Cell::formula(format!("SUM({})", sheet.area(column).here()), known.into()),
        None => Cell::text("未知"),
    };
    let cells = [
        (1, Cell::formula(format!("COUNTA({})", sheet.area(1).here()), whole(sheet.rows.len()))),
        (first, sum(first, widest.comparison.before.materials)),
        (then, sum(then, widest.comparison.after.materials)),
    ];
    sheet.total("合计", cells);
    sheet
}

fn row(view: View<'_>, account: &Account, index: usize, item: &Item) -> Vec<Cell> {
    let text = Cell::maybe::<&String>;
    let word = |word: Option<&'static str>| Cell::maybe(word);
    let time =
        |time: Option<yijianshi_core::expr::Duration>| Cell::text(time.map_or_else(|| "没有写明".to_owned(), duration));
    let stages = item.stages.iter().map(|stage| {
        let limit = stage.limit.map(|limit| format!("（{}）", duration(limit))).unwrap_or_default();
        let gone = if stage.dropped { "，改革后取消" } else { "" };
        format!("{}{limit}{gone}", stage.name)
    });
    // The items of the widest count are all items, in the same order.
    let reports = &view.plan.widest.item_reports;
    let place_of = reports.iter().position(|report| report.item == item.id);
    let silent = view.plan.widest.silent_items.contains(&item.id);
    let papers = |after: bool| {
        let found = place_of.and_then(|place| Some((account.widest(place, after)?, reports[place].sums)));
        match found {
            Some((at, sums)) if !silent => Cell::formula(at, (if after { sums.after } else { sums.before }).into()),
            _ => Cell::text("未知"),
        }
    };
    let statutory = match item.statutory {
        None if item.no_statutory => Cell::text("法律没有规定"),
        limit => time(limit),
    };
    vec![
        Cell::count(index + 1),
        Cell::text(&item.name),
        Cell::text(&item.official_name),
        text(item.agency.as_ref()),
        text(item.office.as_ref()),
        text(item.base_code.as_ref()),
        text(item.implementation_code.as_ref()),
        word(item.item_type.map(|own| own.word())),
        word(item.tier.map(|own| own.word())),
        word(item.case_type.map(|own| own.word())),
        Cell::text(item.when.as_ref().map_or("都办", |when| &when.words)),
        Cell::lines(item.mandatory.iter().map(|basis| basis.line())),
        Cell::text(view.item_names(&item.preconditions)),
        time(item.limit),
        time(item.limit_after),
        statutory,
        Cell::lines(stages),
        Cell::lines(&item.forms),
        match item.results.is_empty() && item.no_result {
            true => Cell::text("没有结果文书"),
            false => Cell::lines(item.results.iter().map(|result| &result.name)),
        },
        papers(false),
        papers(true),
        Cell::lines(item.basis.iter().map(|basis| basis.line())),
        place(&item.source),
    ]
}
