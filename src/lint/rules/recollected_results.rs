use rustc_hash::FxHashMap;

use crate::code;
use crate::diagnostic::Sink;
use crate::lint::Cx;
use crate::outcome::{Content, Fate, Mechanism, Reason};
use crate::program::{Identity, ItemId, MaterialId};
use crate::source::Span;

code! {
    /// # 前面刚办出来的结果，后面又要申请人交
    ///
    /// 同一件事里，前一事项办出来的证照直接转给后一事项就行。让申请人领了再交，等于白跑一趟，也算不上“一件事一次办”。
    ///
    /// 这里报告两种情况：改革举措里又把它作为新材料加了回来；公布的材料清单里还列着它。
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
    pub static CODE = "recollected-results", Error, allowable;
}

/// Reports what measures add and what the published list keeps.
pub fn check(cx: &Cx<'_>, sink: &mut Sink) {
    let program = cx.program;
    let mut produced: FxHashMap<MaterialId, (&Identity, ItemId)> = FxHashMap::default();
    for entry in &cx.widest.ledger.entries {
        let (Fate::Goes(Mechanism::ProducedInBundle, Reason::Item(producer)), Some(identity)) =
            (&entry.fate, &entry.identity)
        else {
            continue;
        };
        if let [document] = identity.any_of[..] {
            produced.entry(document).or_insert((identity, *producer));
        }
        if matches!(entry.content, Content::Added(_)) {
            let message = format!(
                "新增的“{}”就是“{}”办出来的结果\u{ff0c}不必再交给“{}”",
                program.row_name(identity),
                program.item(*producer).name.value,
                program.item(entry.item).name.value
            );
            let found = CODE.at(entry.span, message).related(result_span(cx, *producer, identity), "在这里办出来");
            sink.push(found.help("删去这条“新增材料”\u{ff0c}由前一事项直接转过来"));
        }
    }
    // A document that somebody still has to hand in is on the list for that reason.
    for identity in cx.widest.ledger.entries.iter().filter(|entry| entry.is_after()).filter_map(|e| e.identity.as_ref())
    {
        for document in &identity.any_of {
            produced.remove(document);
        }
    }
    let lists = program.bundle.published.iter().flat_map(|published| published.guide_list.iter());
    for row in lists.flat_map(|group| group.rows.iter()) {
        let Some(label) = &row.material else { continue };
        let document = program.workspace.find_document(&label.value);
        let Some((identity, producer)) = document.and_then(|document| produced.get(&document)) else { continue };
        let holder = row.holder.as_ref().map(|holder| &holder.value);
        if holder.is_some() && holder != identity.holder.as_ref() {
            continue;
        }
        let item = &program.item(*producer).name.value;
        sink.push(
            CODE.at(label.span, format!("公布的清单还收“{}”\u{ff0c}它是“{item}”办出来的结果", label.value))
                .related(result_span(cx, *producer, identity), "在这里办出来")
                .help("从公布的清单里删去这一行"),
        );
    }
}

fn result_span(cx: &Cx<'_>, producer: ItemId, identity: &Identity) -> Span {
    let item = cx.program.item(producer);
    let result = item.results.iter().find(|result| identity.any_of.contains(&result.document));
    result.map_or(item.name.span, |result| result.label.span)
}
