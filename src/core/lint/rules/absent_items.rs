use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::name_search::NameSearch;
use crate::program::{Item, Workspace};

code! {
    /// # 流程或结果里漏了事项
    ///
    /// 说好几个事项一起办，公布的办理流程却从头到尾没提其中一个，或者最后送达的结果里没有它的证照：
    /// 申请人不知道这一项到底办没办、什么时候拿到什么。
    ///
    /// 流程的文字里提到事项的名称、别称、结果文书，或者在“事项”里写上它，都算提到。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门}
    /// 公布:
    ///   办理流程:
    ///     - 申请人在窗口一次交齐材料
    ///     - 市场监管部门办理登记，窗口通知领证
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    ///   涉税: {名称: 例子涉税事项, 单位: 税务部门}
    /// 公布:
    ///   办理流程:
    ///     - 申请人在窗口一次交齐材料
    ///     - 文字: 窗口分给两个部门同时办理，办好通知领证
    ///       事项: [登记, 涉税]
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 G07：每个联办事项都出现在办理流程中，并有办理结果。
    pub static CODE = "absent-items", Items, Error, allowable;
}

/// Looks for each item in the published steps and for each result among the published results.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let (Some(written), Some(resolved)) = (facts.published(), &program.published) else { return };
    let mut in_steps = vec![written.steps.is_empty(); program.items.len()];
    let mut in_results = vec![written.results.is_empty(); program.items.len()];
    resolved.steps.iter().flatten().for_each(|id| in_steps[id.index()] = true);
    let mut names = NameSearch::default();
    for (index, item) in program.items.iter().enumerate() {
        item_names(item).for_each(|name| names.add(name, index));
        result_names(item, program.workspace).for_each(|name| names.add(name, index));
    }
    for text in written.steps.iter().filter_map(|step| step.text.as_ref()) {
        names.find(text, &mut |index| in_steps[index] = true);
    }
    for text in written.results.iter() {
        names.find(text, &mut |index| in_results[index] = true);
    }
    for (index, item) in program.items.iter().enumerate() {
        let no_result = item.results.is_empty();
        let (step, result) = (in_steps[index], in_results[index] || no_result);
        let name = &item.name.value;
        let (words, place) = match (step, result) {
            (true, true) => continue,
            (false, true) => ("办理流程没有提到", written.steps.span),
            (true, false) => ("办理结果里没有", written.results.span),
            (false, false) => ("办理流程没有提到、办理结果里也没有", written.steps.span),
        };
        let mut diagnostic = CODE.at(item.name.span, format!("公布的{words}“{name}”"));
        if let Some(place) = place {
            let text = facts.sources.slice(place);
            let line = text
                .find(['\n', '\r'])
                .map_or(place, |length| crate::source::Span { end: place.start + length as u32, ..place });
            diagnostic = diagnostic.related(line, "公布的内容从这里开始");
        }
        sink.push(diagnostic.help("在公布的流程和结果里补上它；已经说到了的，在那一步的“事项”里写上它"));
    }
}

fn item_names(item: &Item) -> impl Iterator<Item = &str> {
    let aliases = item.written.aliases.iter().map(|alias| &*alias.value);
    [&*item.name.value, &*item.official_name].into_iter().chain(aliases)
}

fn result_names<'p>(item: &'p Item, workspace: &'p Workspace) -> impl Iterator<Item = &'p str> {
    item.results.iter().flat_map(|result| {
        let material = workspace.material(result.document);
        let aliases = material.written.aliases.iter().map(|alias| &*alias.value);
        [&*result.label.value, &*material.name.value].into_iter().chain(aliases)
    })
}
