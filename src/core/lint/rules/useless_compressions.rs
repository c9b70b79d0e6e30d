use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::program::MeasureKind;
use std::cmp::Ordering;

code! {
    /// # 压缩时限没有压短
    ///
    /// “压缩时限”写的比今天的时限还长，或者一样长。这样的举措报上去，是把没有减的算成减了。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 3工作日}
    /// 改革举措:
    ///   - 压缩时限: {事项: 登记, 至: 5工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 3工作日}
    /// 改革举措:
    ///   - 压缩时限: {事项: 登记, 至: 2工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 R03：没有减少的，不得算作减少。
    pub static CODE = "useless-compressions", Measures, Error, allowable;
}

/// Compares each compressed time with today's.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    for measure in &program.measures {
        let MeasureKind::CompressTime { item, stage, to } = &measure.kind else { continue };
        let item = program.item(*item);
        let (name, today) = match stage {
            Some(stage) => {
                let stage = &item.stages[*stage];
                (format!("“{}”的“{}”环节", item.name.value, stage.name), stage.written.limit)
            }
            None => (format!("“{}”", item.name.value), item.written.limit),
        };
        let Some(today) = today else { continue };
        let words = match to.compare(today.value, &program.workspace.settings.conversions) {
            Some(Ordering::Equal) => "没有变",
            Some(Ordering::Greater) => "反而更长",
            _ => continue,
        };
        sink.push(
            CODE.at(to.span, format!("{name}今天就是{}，“压缩”到{}，{words}", today.value, to.value))
                .label(words)
                .related(today.span, format!("今天{}", today.value))
                .help(format!("写比{}短的时限，或者删去这条举措", today.value)),
        );
    }
}
