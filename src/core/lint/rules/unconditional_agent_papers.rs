use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::lint::edits;
use crate::model::MaterialUse;
use crate::program::{AgentPaper, Domain, Program, Row};

code! {
    /// # 本人办理也要代理人的材料
    ///
    /// 授权委托书和代理人的身份证明，只有委托别人办理时才用得着。没有写“当”，就等于人人都要交；
    /// 改革前后对比时，一边按委托算、一边按本人算，减少的份数也就不实。
    /// 两份材料缺一不可：哪一种情形下有委托书没有代理人身份证，或者反过来，都没法核实。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形: {办理方式: {问: 由谁办理？, 选项: [本人办理, 委托办理]}}
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     材料: [授权委托书, {材料: 居民身份证, 持有人: 代理人, 当: 办理方式 = 委托办理}]
    /// 改革举措:
    ///   - 免提交: {材料: 居民身份证, 方式: 电子证照}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 情形: {办理方式: {问: 由谁办理？, 选项: [本人办理, 委托办理]}}
    /// 联办事项:
    ///   登记:
    ///     名称: 例子登记
    ///     单位: 市场监管部门
    ///     材料:
    ///       - {材料: 授权委托书, 当: 办理方式 = 委托办理}
    ///       - {材料: 居民身份证, 持有人: 代理人, 当: 办理方式 = 委托办理}
    /// 改革举措:
    ///   - 免提交: {材料: 居民身份证, 方式: 电子证照}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M22：委托材料只在委托办理时收取，委托书与代理人身份证明成对出现。
    pub static CODE = "unconditional-agent-papers", Materials, Error, allowable;
}

/// Reports agents' papers that are always asked for, and one that lacks the other.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let ledger = &facts.widest().ledger;
    for (index, entry) in ledger.entries.iter().enumerate() {
        let Some(row) = entry.row(program) else { continue };
        if program.agent_paper(row).is_none() {
            continue;
        }
        let asked = ledger.entries[ledger.standing(index)].is_after();
        if asked && row.when.is_none() && program.item(entry.item).when.is_none() {
            report(facts, row, sink);
        }
    }
    let Some(proofs) = facts.proofs() else { return };
    for unpaired in &proofs.unpaired {
        let (has, lacks) = match unpaired.paper {
            AgentPaper::Letter => ("授权委托书", "代理人的身份证明"),
            _ => ("代理人的身份证明", "授权委托书"),
        };
        let clause = unpaired.witness.clause(program);
        let message = format!("{clause}收了{has}，没有收{lacks}，无法核实委托关系");
        let mut diagnostic = CODE.at(unpaired.row.span(program), message);
        for &other in unpaired.others.iter().take(3) {
            diagnostic = diagnostic.related(condition_span(program, other), format!("{lacks}只在这时才收"));
        }
        let help = match unpaired.others.is_empty() {
            true => format!("补上{lacks}，或者两样都不收"),
            false => "让两样材料的“当”一致，要收就都收".to_owned(),
        };
        sink.push(diagnostic.help(help));
    }
}

fn report(facts: &Facts<'_>, row: &Row, sink: &mut Sink) {
    let name = facts.program.row_name(&row.identity());
    let mut diagnostic =
        CODE.at(row.label.span, format!("“{name}”没有写条件，本人办理的也要交")).label("委托办理的才要");
    let help = match agency_condition(facts.program) {
        Some(condition) => {
            let when = MaterialUse::when.with(condition);
            if let Some(edits) = edits::extend_row(facts.sources, &row.written, &row.label.value, &when) {
                diagnostic = diagnostic.fix(Fix { title: format!("加上“{when}”"), edits, safe: false });
            }
            format!("给这份材料写上“{when}”")
        }
        None => {
            let when = MaterialUse::when.with("办理方式 = 委托办理");
            format!("先在“情形”里问由谁办理，再给这份材料写上“{when}”")
        }
    };
    sink.push(diagnostic.help(help));
}

/// The condition under which somebody else acts for the applicant, if the bundle asks about that.
fn agency_condition(program: &Program<'_>) -> Option<String> {
    let means = |text: &str| text.contains("委托") || text.contains("代理") || text.contains("代办");
    program.questions.iter().find_map(|question| {
        let name = &question.name.value;
        match &question.domain {
            Domain::Choice(options) => {
                let option = options.iter().find(|option| means(&option.name.value))?;
                Some(format!("{name} = {}", option.name.value))
            }
            Domain::YesNo if means(name) => Some(name.to_string()),
            _ => None,
        }
    })
}
