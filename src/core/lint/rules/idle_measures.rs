use crate::code;
use crate::diagnostic::{Diagnostic, Sink};
use crate::facts::Facts;
use crate::program::{MeasureKind, Program};
use crate::scenario::{IdleMeasure, Ineffective};

code! {
    /// # 举措写了，对谁都不起作用
    ///
    /// 取消一份本来就没有事项收的材料、给一份部门已经自己取得的材料写容缺、让两个从来不会一起办的事项联合勘验、解除一处本来就没有的前置：
    /// 这样的举措写进方案，一份材料、一次上门也没有减下来。多半是事项、材料或者持有人写错了，该减的没有减到。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [效果图]}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 材料: [场所使用证明]}
    /// 改革举措:
    ///   - 取消材料: {事项: [登记], 材料: 场所使用证明, 说明: 登记时不再查验场所}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [效果图]}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 材料: [场所使用证明]}
    /// 改革举措:
    ///   - 取消材料: {事项: [占道], 材料: 场所使用证明, 说明: 占道时不再查验场所}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 R03：没有减少的，不得算作减少。
    pub static CODE = "idle-measures", Measures, Warning, allowable;
}

/// Reports each measure that changes nothing in any scenario.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let Some(proofs) = facts.proofs() else { return };
    for idle in &proofs.idle_measures {
        sink.extend(report(facts.program, idle));
    }
}

fn report(program: &Program<'_>, idle: &IdleMeasure) -> Option<Diagnostic> {
    let measure = &program.measures[idle.measure];
    let (head, key) = (measure.written.head, measure.written.key());
    let name = |id| &program.item(id).name.value;
    let useless = format!("这条“{key}”不起作用");
    Some(match (&idle.why, &measure.kind) {
        (Ineffective::NobodyAsks, MeasureKind::Material { items, document, holder, .. }) => {
            let who = match &items[..] {
                [] => "没有哪个事项收".to_owned(),
                [at] => format!("“{}”不收", name(at.value)),
                [at, ..] => format!("“{}”等{}个事项都不收", name(at.value), items.len()),
            };
            let paper = match holder {
                Some(holder) => format!("{holder}的“{}”", program.workspace.material(*document).name.value),
                None => format!("“{}”", program.workspace.material(*document).name.value),
            };
            CODE.at(head, format!("{who}{paper}，{useless}"))
                .help("核对事项、材料、持有人是不是写对了；确实没有收的，删去这条举措")
        }
        (Ineffective::Capability(index), MeasureKind::Material { document, .. }) => {
            let paper = &program.workspace.material(*document).name.value;
            let capability = &program.workspace.capabilities[*index].written;
            CODE.at(head, format!("“{paper}”已经由部门自己取得，{useless}"))
                .related(capability.span, "共享能力写在这里")
                .help("删去这条举措；共享能力还没有接通的，改正共享能力")
        }
        (Ineffective::NeverTwo, MeasureKind::JointStage { items, .. }) => {
            let message = format!("参加的事项从来不会有两个一起办，{useless}");
            let mut diagnostic = CODE.at(head, message);
            for at in items {
                if let Some(when) = &program.item(at.value).when {
                    let note = format!("“{}”只在这时才办", name(at.value));
                    diagnostic = diagnostic.related(when.written.span, note);
                }
            }
            diagnostic.help("核对这些事项的“当”；确实不会一起办的，删去这条举措")
        }
        (Ineffective::Dropped(other), MeasureKind::CompressTime { item, stage: Some(stage), .. }) => {
            let stage = &program.item(*item).stages[*stage].name;
            let message = format!("“{}”的“{stage}”环节已经取消，{useless}", name(*item));
            CODE.at(head, message)
                .related(program.measures[*other].written.head, "在这里取消")
                .help("“压缩时限”和“取消环节”只留一条")
        }
        (Ineffective::NoPrecondition, MeasureKind::LiftPrecondition { item, precondition, .. }) => {
            let message = format!("“{}”没有以“{}”为前置，{useless}", name(*item), name(*precondition));
            CODE.at(head, message)
                .related(program.item(*item).name.span, "它的前置写在这里")
                .help("核对两个事项的名称；本来就不用等的，删去这条举措")
        }
        _ => return None,
    })
}
