use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::program::{ItemId, MaterialId, MeasureKind, Program, Row, Where};

code! {
    /// # 两条举措定同一件事
    ///
    /// 一个事项改革后多长时间、一份材料怎样免交，只能有一个答案。两条举措都来定它，改革后到底是哪一个就说不清楚；
    /// 哪怕两条说的一样，改了一条、忘了另一条，也会前后不一。
    /// 这里说的同一件事是：同一个事项（或者它的环节）的时限，同一个环节要不要，同一个事项要不要等另一个，
    /// 同一个事项要的同一个人的同一份材料怎样处理。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   招牌: {名称: 招牌设置许可, 单位: 城管部门, 时限: 10工作日, 无需材料: 是}
    /// 改革举措:
    ///   - 压缩时限: {事项: 招牌, 至: 3工作日}
    ///   - 压缩时限: {事项: 招牌, 至: 4工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   招牌: {名称: 招牌设置许可, 单位: 城管部门, 时限: 10工作日, 无需材料: 是}
    /// 改革举措:
    ///   - 压缩时限: {事项: 招牌, 至: 3工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 改革后的状态由举措算出来，每个数字都要能追到一条举措；有两条，各种成果就可能各说各的。
    pub static CODE = "repeated-measures", Measures, Error;
}

/// Compares each measure with those before it.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    for (index, measure) in program.measures.iter().enumerate() {
        let Some((first, thing)) = repeated(facts, index, &measure.kind) else { continue };
        let message = format!("{thing}，已经由另一条举措定了");
        sink.push(
            CODE.at(measure.written.head, message)
                .label("又定了一次")
                .related(program.measures[first].written.head, "先写在这里")
                .help("只留一条举措，删去另一条"),
        );
    }
}

/// The first measure before this one that sets the same thing, and what that is.
fn repeated(facts: &Facts<'_>, index: usize, kind: &MeasureKind) -> Option<(usize, String)> {
    let program = facts.program;
    let name = |item: ItemId| &program.item(item).name.value;
    let earlier = |item: ItemId| program.measures_of(item).take_while(move |(other, _)| *other < index);
    match kind {
        MeasureKind::CompressTime { item, stage, .. } => {
            let (first, other) = earlier(*item).find_map(|(other, kind)| match kind {
                // The item's time is that of its stages.
                MeasureKind::CompressTime { stage: own, .. } if own.is_none() || stage.is_none() || own == stage => {
                    Some((other, *own))
                }
                _ => None,
            })?;
            let of = stage
                .filter(|_| other.is_some())
                .map_or_else(String::new, |stage| format!("“{}”环节的", program.item(*item).stages[stage].name));
            Some((first, format!("“{}”的{of}时限", name(*item))))
        }
        MeasureKind::DropStage { item, stage } => {
            let same = |kind: &MeasureKind| matches!(kind, MeasureKind::DropStage { stage: own, .. } if own == stage);
            let (first, _) = earlier(*item).find(|(_, kind)| same(kind))?;
            Some((first, format!("“{}”有没有“{}”环节", name(*item), program.item(*item).stages[*stage].name)))
        }
        MeasureKind::LiftPrecondition { item, precondition, .. } => {
            let same = |kind: &MeasureKind| matches!(kind, MeasureKind::LiftPrecondition { precondition: own, .. } if own == precondition);
            let (first, _) = earlier(*item).find(|(_, kind)| same(kind))?;
            Some((first, format!("“{}”要不要等“{}”", name(*item), name(*precondition))))
        }
        MeasureKind::Material { document, .. } => {
            let others: Vec<(usize, &MeasureKind)> =
                program.measures_on(*document).take_while(|(other, _)| *other < index).collect();
            let mut rows = program.item_ids().filter(|_| !others.is_empty()).flat_map(|id| rows(facts, id, *document));
            rows.find_map(|(item, row)| {
                let (first, _) = others.iter().find(|(_, other)| is_about(other, item, row))?;
                is_about(kind, item, row)
                    .then(|| (*first, format!("“{}”的“{}”怎样处理", name(item), program.row_name(&row.identity()))))
            })
        }
        MeasureKind::JointStage { .. } | MeasureKind::AddMaterial { .. } | MeasureKind::FullyOnline { .. } => None,
    }
}

/// Whether a measure treats this row of this item.
fn is_about(kind: &MeasureKind, item: ItemId, row: &Row) -> bool {
    let MeasureKind::Material { items, holder, .. } = kind else { return false };
    (items.is_empty() || items.iter().any(|at| at.value == item)) && (holder.is_none() || *holder == row.holder)
}

/// The rows of an item that ask somebody for a document, its own and those that measures add.
fn rows<'p>(facts: &Facts<'p>, id: ItemId, document: MaterialId) -> Vec<(ItemId, &'p Row)> {
    let program: &'p Program<'p> = facts.program;
    let own = program.item(id).materials.iter().enumerate().map(|(index, row)| (row, Ok(index)));
    let added = program.measures_of(id).filter_map(|(index, kind)| match kind {
        MeasureKind::AddMaterial { row, .. } => Some((&**row, Err(index))),
        _ => None,
    });
    let mut rows: Vec<_> = own.chain(added).filter(|(row, _)| row.any_of.contains(&document)).collect();
    if let Some(mut all) = facts.scenarios() {
        rows.retain(|(_, place)| {
            let asked = place.map_or_else(|measure| all.added(measure), |row| all.material(id, row));
            let served = all.served;
            // What cannot be told is taken to be possible.
            all.diagram.meet(asked, served).unwrap_or(true)
        });
    }
    rows.into_iter().map(|(row, _)| (id, row)).collect()
}
