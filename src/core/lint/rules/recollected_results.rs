use rustc_hash::{FxHashMap, FxHashSet};

use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;
use crate::lint::causes::condition_span;
use crate::program::{Identity, MaterialId, Program};
use crate::reform::{Fate, Mechanism};
use crate::scenario::{Part, Reclaimed};
use crate::source::Span;

code! {
    /// # 前面刚办出来的结果，后面又要申请人交
    ///
    /// 同一件事里，前一事项办出来的证照直接转给后一事项就行。让申请人领了再交，等于白跑一趟，也算不上“一件事一次办”。
    ///
    /// 这里报告三种情况：改革举措里又把它作为新材料加了回来；公布的材料清单里还列着它；
    /// 材料的“当”写反了，只在前一事项刚办出来时才收，没有一起办、真要用它的人反而不收。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [效果图], 结果: 营业执照}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 前置: [登记], 材料: [健康证明]}
    /// 改革举措:
    ///   - 新增材料: {事项: 占道, 材料: 营业执照}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [效果图], 结果: 营业执照}
    ///   占道: {名称: 例子占道审批, 单位: 城管部门, 前置: [登记], 材料: [健康证明, 营业执照]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M02：前序事项的结果不得再作为材料收取。
    pub static CODE = "recollected-results", Materials, Error, allowable;
}

/// Reports rows that are asked for only when what they ask for has just been made, and what the published list keeps of it.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    let Some(proofs) = facts.proofs() else { return };
    let mut produced: FxHashMap<MaterialId, (Identity, &Reclaimed)> = FxHashMap::default();
    for reclaimed in &proofs.order.reclaimed {
        let (Some(row), Some(item)) = (reclaimed.row.row(program), reclaimed.row.item(program)) else { continue };
        let identity = row.identity();
        let name = program.row_name(&identity);
        let (producer, item) = (&program.item(reclaimed.producer).name.value, &program.item(item).name.value);
        let found = match reclaimed.row {
            Part::Added(_) => {
                let message = format!("新增的“{name}”就是“{producer}”办出来的结果，不必再交给“{item}”");
                Some(CODE.at(row.label.span, message).help("删去这条“新增材料”，由前一事项直接转过来"))
            }
            // Today everybody hands it in; that it goes is what the reform is about. But not if that is all that it is asked for.
            _ if row.when.is_some() && !reclaimed.throughout => {
                let message = format!("“{item}”只在“{producer}”刚办出“{name}”时才收它，真要用的时候反而不收");
                let span = condition_span(program, reclaimed.row);
                Some(CODE.at(span, message).help("改正这个“当”：一起办的自动免交，不用写进条件"))
            }
            _ => None,
        };
        sink.extend(found.map(|found| found.related(result_span(program, reclaimed), "在这里办出来")));
        if let [document] = identity.any_of[..] {
            produced.entry(document).or_insert((identity, reclaimed));
        }
    }
    // A document that somebody still has to hand in is on the list for that reason.
    let spans: FxHashSet<Span> = proofs.order.reclaimed.iter().map(|found| found.row.span(program)).collect();
    for entry in facts.widest().ledger.entries.iter().filter(|entry| !spans.contains(&entry.span)) {
        let handed_in = entry.is_after() || matches!(entry.fate, Fate::Goes(Mechanism::ProducedInBundle, _));
        for document in entry.identity.iter().filter(|_| handed_in).flat_map(|identity| &identity.any_of) {
            produced.remove(document);
        }
    }
    let lists = program.bundle.published.iter().flat_map(|published| published.guide_list.iter());
    for row in lists.flat_map(|group| group.rows.iter()) {
        let Some(label) = &row.material else { continue };
        let document = program.workspace.find_document(&label.value);
        let Some((identity, reclaimed)) = document.and_then(|document| produced.get(&document)) else { continue };
        let holder = row.holder.as_ref().map(|holder| &holder.value);
        if holder.is_some() && holder != identity.holder.as_ref() {
            continue;
        }
        let item = &program.item(reclaimed.producer).name.value;
        sink.push(
            CODE.at(label.span, format!("公布的清单还收“{}”，它是“{item}”办出来的结果", label.value))
                .related(result_span(program, reclaimed), "在这里办出来")
                .help("从公布的清单里删去这一行"),
        );
    }
}

fn result_span(program: &Program<'_>, reclaimed: &Reclaimed) -> Span {
    program.item(reclaimed.producer).results[reclaimed.result].label.span
}
