//! 表单项 and 分发对照: the fields of the one form, and which agency's form takes which of them.

use crate::parts::cells::count_of;
use crate::words::view::View;
use crate::write::xlsx::{Cell, Column, Sheet, whole};
use yijianshi_core::model::ExemptionWay;
use yijianshi_core::plan::{Field, Requirement};

const FILLED: &str = "预填";
const TYPED: &str = "申请人填";

/// 表单项.
pub(super) fn fields(view: View<'_>) -> Sheet {
    let columns = vec![
        Column::short("序号"),
        Column::words("分组"),
        Column::words("填写项"),
        Column::short("类型"),
        Column::short("最多字数"),
        Column::long("选项"),
        Column::short("单位"),
        Column::short("最小"),
        Column::short("最大"),
        Column::words("什么情形下填"),
        Column::words("必填"),
        Column::short("谁来填"),
        Column::words("取自"),
        Column::words("代码标准"),
        Column::long("填写说明"),
        Column::short("来源表数"),
        Column::long("来源表"),
    ];
    let mut sheet = Sheet::new("表单项", columns).keyed(3);
    for group in &view.plan.form.groups {
        for field in &group.fields {
            let index = sheet.rows.len();
            sheet.rows.push(row(index, &group.name, field));
        }
    }
    let fields = view.plan.form.groups.iter().flat_map(|group| &group.fields);
    let filled = fields.filter(|field| field.prefill.is_some()).count();
    sheet.drop_empty_columns(3);
    let who = sheet.column("谁来填");
    let area = sheet.area(who).here();
    let all = sheet.rows.len();
    sheet.total("全部", [(2, Cell::formula(format!("COUNTA({})", sheet.area(2).here()), whole(all)))]);
    sheet.total(FILLED, [(who, count_of(&area, FILLED, filled))]);
    sheet.total(TYPED, [(who, count_of(&area, TYPED, all - filled))]);
    sheet
}

fn row(index: usize, group: &str, field: &Field) -> Vec<Cell> {
    let required = match &field.required {
        Requirement::Always => Cell::text("必填"),
        Requirement::Never => Cell::text("选填"),
        Requirement::When(when) => Cell::text(format!("{}的必填", when.words)),
    };
    let from = field.prefill.as_ref().map(|prefill| {
        let way = match prefill.way {
            ExemptionWay::ELicence => "电子证照",
            ExemptionWay::DataShare => "数据共享",
            ExemptionWay::Verification => "核验",
        };
        match &prefill.document {
            Some(document) => format!("{way}：{document}"),
            None => way.to_owned(),
        }
    });
    let mut forms: Vec<&str> = field.sources.iter().map(|source| source.form.as_str()).collect();
    forms.dedup();
    vec![
        Cell::count(index + 1),
        Cell::text(group),
        Cell::text(&field.label),
        Cell::text(field.kind.word()),
        field.max_length.map_or(Cell::Empty, Cell::number),
        Cell::list(&field.options),
        Cell::maybe(field.unit.as_ref()),
        field.min.map_or(Cell::Empty, Cell::number),
        field.max.map_or(Cell::Empty, Cell::number),
        Cell::text(field.when.as_ref().map_or("都填", |when| &when.words)),
        required,
        Cell::text(if field.prefill.is_some() { FILLED } else { TYPED }),
        Cell::maybe(from),
        Cell::maybe(field.standard.as_ref()),
        Cell::lines(&field.help),
        Cell::count(forms.len()),
        Cell::lines(forms),
    ]
}

/// 分发对照.
pub(super) fn shares(view: View<'_>) -> Sheet {
    let columns = vec![
        Column::words("事项"),
        Column::words("单位"),
        Column::words("部门的表"),
        Column::words("统一申请表的填写项"),
        Column::words("部门表上的叫法"),
    ];
    let mut sheet = Sheet::new("分发对照", columns);
    let fields: Vec<&Field> = view.plan.form.groups.iter().flat_map(|group| &group.fields).collect();
    for share in &view.plan.form.shares {
        let head = || {
            vec![Cell::text(view.item_name(&share.item)), Cell::maybe(share.agency.as_ref()), Cell::text(&share.form)]
        };
        for own in &share.fields {
            let field = fields.iter().find(|field| field.id == own.field);
            let mut cells = head();
            cells.extend([Cell::maybe(field.map(|field| &field.label)), Cell::text(&own.label)]);
            sheet.rows.push(cells);
        }
        if share.fields.is_empty() {
            let mut cells = head();
            cells.extend([Cell::text("没有写明"), Cell::text("没有写明")]);
            sheet.rows.push(cells);
        }
    }
    sheet
}
