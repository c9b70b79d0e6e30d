use indexmap::IndexMap;

use crate::code;
use crate::diagnostic::Sink;
use crate::lint::WorkspaceFacts;

code! {
    /// # 两件事用了同一个标识
    ///
    /// 标识用作网址、文件夹名和编号。两件事的标识相同，后生成的就会盖掉先生成的，二维码也会指错。
    /// 复制一份来改的时候最容易忘记换标识。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 文件: 甲.yaml
    /// 一件事: 例子甲
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// # 文件: 乙.yaml
    /// 一件事: 例子乙
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// # 文件: 甲.yaml
    /// 一件事: 例子甲
    /// 标识: example-a
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// # 文件: 乙.yaml
    /// 一件事: 例子乙
    /// 标识: example-b
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    pub static CODE = "duplicate-bundles", Workspace, Error;
}

/// Reports each id that several bundles have, at the manifest: their texts may no longer be at hand.
pub fn check(facts: &WorkspaceFacts<'_>, sink: &mut Sink) {
    let mut places: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for bundle in facts.bundles {
        places.entry(&*bundle.id).or_default().push(&*bundle.place);
    }
    let manifest = &facts.workspace.manifest;
    let at = manifest.title.as_ref().map_or(manifest.head, |title| title.span);
    for (id, places) in places.iter().filter(|(_, places)| places.len() > 1) {
        let shown = places.iter().take(5).copied().collect::<Vec<_>>().join("、");
        let more = if places.len() > 5 { "等" } else { "" };
        let message = format!("有 {} 件事的标识都是“{id}”：{shown}{more}", places.len());
        sink.push(CODE.at(at, message).help("每件事换一个标识，例如在后面加上地区"));
    }
}
