use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::facts::lists::{Paper, PaperKind, compiled, differences, name, published};
use crate::model::Str;
use crate::reform::{Fate, Mechanism};
use rustc_hash::FxHashSet;

code! {
    /// # 几处的材料清单不一样
    ///
    /// 指南里的清单、前后对比表里改革后的清单、按事项和举措算出来的清单，说的是同一件事，应当一样。
    /// 不一样时，申请人照一张准备，窗口照另一张收件，就要白跑一趟。
    ///
    /// 比的是材料目录里的文件和持有人，名称写法不同不要紧；几张申请表算一张。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明]}
    /// 公布:
    ///   指南清单:
    ///     - {名称: 基本材料, 材料: [申请人照片, 健康证明]}
    ///   对比表:
    ///     登记: {改革前: [申请人照片, 健康证明], 改革后: [健康证明]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [申请人照片, 健康证明]}
    /// 公布:
    ///   指南清单:
    ///     - {名称: 基本材料, 材料: [一寸照片, 健康证明]}
    ///   对比表:
    ///     登记: {改革前: [申请人照片, 健康证明], 改革后: [申请人照片, 健康证明]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M23：公布的清单、对比表、窗口手册的清单一致。某市“我要开小餐馆”的指南列了15份，对比表列了14份。
    pub static CODE = "differing-lists", Materials, Error, allowable;
}

/// Compares the guide's list with the comparison table, and what was published with the compiled list.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(written) = facts.published() else { return };
    let guide = published(program, written.guide_list.iter().flat_map(|group| group.rows.iter()));
    let table = published(program, written.comparison.iter().flat_map(|entry| entry.value.after.iter()));
    let mut said = Said::default();
    if !guide.is_empty() && !table.is_empty() {
        report(facts, ("指南清单", &guide), ("对比表", &table), &mut said, sink);
    }
    let complete =
        facts.trusts_all() && facts.widest().ledger.silent.is_empty() && !facts.widest().ledger.entries.is_empty();
    let (here, first) = if guide.is_empty() { ("对比表", &table) } else { ("指南清单", &guide) };
    if complete && !first.is_empty() {
        // What an item of the bundle produces is said by its own rule.
        for entry in &facts.widest().ledger.entries {
            if let (Fate::Goes(Mechanism::ProducedInBundle, _), Some(identity)) = (&entry.fate, &entry.identity) {
                said.insert((PaperKind::Document(identity.any_of.clone()), identity.holder.clone()));
                said.insert((PaperKind::Document(identity.any_of.clone()), None));
            }
        }
        report(facts, (here, first), ("按事项和举措算出的清单", &compiled(program, facts.widest())), &mut said, sink);
    }
}

/// The papers that an earlier comparison found in one list only.
type Said = FxHashSet<(PaperKind, Option<Str>)>;

fn report(
    facts: &Facts<'_>,
    (here, first): (&str, &[Paper]),
    (there, second): (&str, &[Paper]),
    said: &mut Said,
    sink: &mut Sink,
) {
    let (mut only_first, mut only_second) = differences(first, second);
    for list in [&mut only_first, &mut only_second] {
        list.retain(|paper| said.insert((paper.kind.clone(), paper.holder.clone())));
    }
    let Some(at) = only_first.first().or(only_second.first()) else { return };
    let names = |papers: &[&Paper]| {
        let names: Vec<_> = papers.iter().take(6).map(|paper| format!("“{}”", name(facts.program, paper))).collect();
        format!("{}{}", names.join("、"), if papers.len() > 6 { "等" } else { "" })
    };
    let mut parts = Vec::new();
    if !only_first.is_empty() {
        parts.push(format!("只在{here}里有{}", names(&only_first)));
    }
    if !only_second.is_empty() {
        parts.push(format!("只在{there}里有{}", names(&only_second)));
    }
    // The place of the finding is in the first list.
    let published_span = first[0].span;
    let span = only_first.first().map_or(published_span, |paper| paper.span);
    let mut diagnostic = CODE.at(span, format!("{here}与{there}不一致：{}", parts.join("；")));
    diagnostic = match only_first.is_empty() {
        true => diagnostic.label(format!("{here}从这里开始")).related(at.span, format!("只在{there}里")),
        false => diagnostic.label(format!("{there}里没有")),
    };
    let rest = only_first.iter().skip(1).map(|paper| (paper.span, here));
    let others = only_second.iter().skip(usize::from(only_first.is_empty())).map(|paper| (paper.span, there));
    for (span, list) in rest.chain(others).take(12) {
        diagnostic = diagnostic.related(span, format!("只在{list}里"));
    }
    sink.push(
        diagnostic.help(
            "逐份核对，以实际要交的为准改成一样；只是叫法不同的，在材料目录里登记别名，不是同一个人的写明“持有人”",
        ),
    );
}
