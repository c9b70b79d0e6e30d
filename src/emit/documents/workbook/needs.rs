//! 数据共享需求 and 尚未明确: what agencies could get from one another, and what nobody has said.

use crate::parts::cells::count_of;
use crate::parts::gaps::all;
use crate::words::sharing::{needs, users};
use crate::words::view::View;
use crate::write::xlsx::{Cell, Column, Sheet};

const FREE: &str = "免于提交";
const ASKED: &str = "仍由申请人提交";

/// 数据共享需求.
pub(super) fn sheet(view: View<'_>) -> Sheet {
    let columns = vec![
        Column::short("序号"),
        Column::words("种类"),
        Column::words("材料"),
        Column::words("持有人"),
        Column::words("提供单位"),
        Column::words("取自"),
        Column::words("使用事项"),
        Column::words("使用单位"),
        Column::words("什么情形下"),
        Column::words("可预填的填写项"),
        Column::words("现状"),
        Column::long("依据"),
    ];
    let mut sheet = Sheet::new("数据共享需求", columns).keyed(3);
    let needs = needs(view);
    for (index, need) in needs.iter().enumerate() {
        let material = need.material;
        let exemption = material.exemption.as_ref();
        let unsaid = |text: Option<&str>| Cell::text(text.unwrap_or("没有写明"));
        let producer = exemption.and_then(|own| own.producer.as_ref()).map(|id| view.item_name(id));
        let fields = view.plan.form.groups.iter().flat_map(|group| &group.fields).filter(|field| {
            field.prefill.as_ref().is_some_and(|own| own.document.as_deref() == Some(material.name.as_str()))
        });
        sheet.rows.push(vec![
            Cell::count(index + 1),
            Cell::text(need.way.label()),
            Cell::text(&material.name),
            Cell::maybe(material.holder.as_ref()),
            unsaid(need.provider),
            unsaid(need.system().or(producer)),
            Cell::text(view.item_names(&material.items)),
            Cell::list(users(view, &material.items)),
            Cell::text(material.when.as_ref().map_or("都要", |when| &when.words)),
            Cell::list(fields.map(|field| &field.label)),
            Cell::text(if need.connected { FREE } else { ASKED }),
            Cell::lines(exemption.iter().flat_map(|own| &own.basis).map(|basis| basis.line())),
        ]);
    }
    sheet.drop_empty_columns(3);
    let status = sheet.column("现状");
    let area = sheet.area(status).here();
    let connected = needs.iter().filter(|need| need.connected).count();
    sheet.total(FREE, [(status, count_of(&area, FREE, connected))]);
    sheet.total(ASKED, [(status, count_of(&area, ASKED, needs.len() - connected))]);
    sheet
}

/// 尚未明确.
pub(super) fn gaps(view: View<'_>) -> Sheet {
    let columns =
        vec![Column::short("序号"), Column::words("涉及"), Column::words("由谁补"), Column::wide("没有写明的内容")];
    let mut sheet = Sheet::new("尚未明确", columns);
    for (index, gap) in all(view).into_iter().enumerate() {
        sheet.rows.push(vec![
            Cell::count(index + 1),
            Cell::text(&gap.about),
            Cell::text(gap.agency.unwrap_or("没有写明")),
            Cell::lines(&gap.lacks),
        ]);
    }
    sheet
}
