use crate::code;
use crate::diagnostic::{Diagnostic, Sink};
use crate::facts::Facts;
use crate::program::Program;
use crate::reform::{CaseState, Core};

code! {
    /// # 承诺的时限办不到
    ///
    /// 有先后的事项一个接一个办，加起来的时间就是“关键路径”，再快也快不过它。对外承诺的时限比它还短，
    /// 申请人照着承诺的日子来取，一定取不到；窗口和部门也一定超时。
    ///
    /// 检查会指出最少的几个环节：只要它们还是这么长、还要一个等一个，这个承诺就办不到。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 承诺时限: 8工作日
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 2.5工作日}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 前置: [登记], 时限: 6工作日}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 承诺时限: 8工作日
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 时限: 2.5工作日}
    ///   许可: {名称: 例子许可, 单位: 城管部门, 前置: [登记], 时限: 6工作日}
    /// 改革举措:
    ///   - 压缩时限: {事项: 登记, 至: 2工作日}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 D02：一件事的承诺时限不得短于任何一种情形的关键路径。公开的指南里常见：承诺8工作日，
    /// 先办执照2.5工作日、再办许可6工作日，最少要8.5工作日。
    pub static CODE = "impossible-promises", Time, Error, allowable;
}

/// How many tasks of the core are shown.
const SHOWN: usize = 16;

/// Reports the longest chain of all scenarios and choices of items, if it breaks the promise.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some((worst, promise)) = facts.longest().and_then(|own| own.worst.as_ref().zip(own.promise.as_ref())) else {
        return;
    };
    let published = program.bundle.published.as_ref().and_then(|published| published.after.as_ref()?.days);
    let (Some(core), Some(place)) = (&promise.core, program.bundle.promise.or(published)) else { return };
    let schedule = &worst.state.schedule;
    let (promised, unit, length) = (promise.promised, schedule.unit, schedule.at_least);
    let mut diagnostic = CODE
        .at(
            place.span,
            format!(
                "承诺{promised}{unit}，{}最少要{length}{unit}，差{}{unit}：这个承诺办不到",
                worst.clause(program),
                core.excess
            ),
        )
        .label(format!("办不到，最少{length}{unit}"));
    for &task in core.tasks.iter().take(SHOWN) {
        diagnostic = related(diagnostic, facts, &worst.state, task);
    }
    diagnostic = links(diagnostic, program, &worst.state, core);
    sink.push(diagnostic.help(format!(
        "把承诺改为{length}{unit}以上；或者在“改革举措”里压缩上面的时限、解除其中的前置，一共省出{}{unit}",
        core.excess
    )));
}

/// The tasks from the first to the last of the core: what has to happen for it to be a chain.
fn chain<'o>(state: &'o CaseState, core: &Core) -> &'o [usize] {
    let critical = &state.schedule.critical;
    let at = |task: Option<&usize>| critical.iter().position(|other| Some(other) == task);
    match (at(core.tasks.first()), at(core.tasks.last())) {
        (Some(first), Some(last)) => &critical[first.min(last)..=first.max(last)],
        _ => critical,
    }
}

fn related(diagnostic: Diagnostic, facts: &Facts<'_>, state: &CaseState, index: usize) -> Diagnostic {
    let program = facts.program;
    let schedule = &state.schedule;
    let task = &schedule.tasks[index];
    let note = format!("{}{}{}", task.label, task.length, schedule.unit);
    if let Some(measure) = task.joint {
        return diagnostic.related(program.measures[measure].written.head, note);
    }
    let Some(&id) = task.items.first() else {
        let bundle = &program.bundle;
        let frame = if &*task.label == "受理" { bundle.acceptance } else { bundle.issuing };
        return frame.map_or(diagnostic.clone(), |limit| diagnostic.related(limit.span, note));
    };
    let item = program.item(id);
    let times = &facts.timing().items[id.index()];
    let limit = match task.stage {
        Some(stage) => times.stages[stage].limit,
        None => times.limit,
    };
    diagnostic.related(limit.map_or(item.name.span, |limit| limit.span), note)
}

/// Where it is written that a task of the chain waits for the one before it.
fn links(mut diagnostic: Diagnostic, program: &Program<'_>, state: &CaseState, core: &Core) -> Diagnostic {
    for pair in chain(state, core).windows(2).take(SHOWN) {
        let [before, after] = pair else { continue };
        let tasks = &state.schedule.tasks;
        for &id in &tasks[*after].items {
            let mut link = None;
            program.preconditions.each_wait(id, |wait| {
                if link.is_none() && wait.first != id && tasks[*before].items.contains(&wait.first) {
                    link = Some((wait.first, wait.span));
                }
                state.case.takes(wait.first)
            });
            if let Some((first, span)) = link {
                let (name, first) = (&program.item(id).name.value, &program.item(first).name.value);
                diagnostic = diagnostic.related(span, format!("“{name}”要等“{first}”"));
            }
        }
    }
    diagnostic
}
