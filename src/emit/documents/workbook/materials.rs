//! 材料: the merged list, with all that is known of each paper.

use crate::parts::cells::{count_of, place};
use crate::words::view::View;
use crate::write::xlsx::{Cell, Column, Sheet, whole};
use yijianshi_core::plan::Material;

const DUE: &str = "要交";
const LATER: &str = "要交，可后补";
const EXEMPT: &str = "免交";

/// 材料.
pub(super) fn sheet(view: View<'_>) -> Sheet {
    let columns = vec![
        Column::short("序号"),
        Column::words("材料"),
        Column::words("持有人"),
        Column::short("要不要交"),
        Column::words("什么情形下"),
        Column::words("用于事项"),
        Column::short("事项数"),
        Column::short("形式"),
        Column::short("份数"),
        Column::short("来源"),
        Column::words("出具单位"),
        Column::short("电子证照"),
        Column::words("怎样免交"),
        Column::long("理由"),
        Column::words("取自"),
        Column::words("容缺"),
        Column::short("新增"),
        Column::long("各部门叫法"),
        Column::long("受理标准"),
        Column::long("审查要点"),
        Column::words("出具时间"),
        Column::words("规格"),
        Column::words("签章"),
        Column::long("填报须知"),
        Column::long("依据"),
        Column::words("出处"),
    ];
    let mut sheet = Sheet::new("材料", columns).keyed(2);
    let materials = &view.plan.materials;
    sheet.rows = materials.iter().enumerate().map(|(index, material)| row(view, index, material)).collect();
    sheet.drop_empty_columns(2);
    let status = sheet.column("要不要交");
    let area = sheet.area(status).here();
    let count = |word| materials.iter().filter(|material| self::status(material) == word).count();
    let all = Cell::formula(format!("COUNTA({})", sheet.area(1).here()), whole(materials.len()));
    sheet.total("全部", [(1, all)]);
    for word in [DUE, LATER, EXEMPT] {
        sheet.total(word, [(status, count_of(&area, word, count(word)))]);
    }
    sheet
}

fn status(material: &Material) -> &'static str {
    match (&material.exemption, &material.deferral) {
        (Some(_), _) => EXEMPT,
        (None, Some(_)) => LATER,
        (None, None) => DUE,
    }
}

fn row(view: View<'_>, index: usize, material: &Material) -> Vec<Cell> {
    let text = Cell::maybe::<&String>;
    let exemption = material.exemption.as_ref();
    let from = exemption.map(|own| [own.provider.as_ref(), own.system.as_ref()].into_iter().flatten());
    let others = material.labels.iter().filter(|label| **label != material.name);
    let mark = |yes: bool| if yes { Cell::text("是") } else { Cell::Empty };
    let sources = material.sources.iter().map(place);
    let sources = sources.filter_map(|cell| if let Cell::Text(text) = cell { Some(text) } else { None });
    vec![
        Cell::count(index + 1),
        Cell::text(&material.name),
        text(material.holder.as_ref()),
        Cell::text(status(material)),
        Cell::text(material.when.as_ref().map_or("都要", |when| &when.words)),
        Cell::text(view.item_names(&material.items)),
        Cell::count(material.items.len()),
        Cell::maybe(material.form.map(|form| form.word())),
        Cell::number(material.copies),
        Cell::maybe(material.origin.map(|origin| origin.word())),
        text(material.issuer.as_ref()),
        mark(material.e_licence),
        Cell::maybe(exemption.map(|own| &own.label)),
        Cell::maybe(exemption.map(|own| &own.reason)),
        from.map_or(Cell::Empty, Cell::lines),
        text(material.deferral.as_ref()),
        mark(material.added),
        Cell::lines(others),
        Cell::lines(&material.acceptance_criteria),
        Cell::lines(&material.checkpoints),
        text(material.validity.as_ref()),
        text(material.paper.as_ref()),
        text(material.seal.as_ref()),
        text(material.instructions.as_ref()),
        Cell::lines(material.basis.iter().map(|basis| basis.line())),
        Cell::lines(sources),
    ]
}
