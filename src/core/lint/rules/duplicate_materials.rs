use rustc_hash::{FxHashMap, FxHashSet};

use crate::code;
use crate::diagnostic::{Level, Sink};
use crate::facts::Facts;
use crate::facts::naming::{same_person, told_apart};
use crate::model::{MaterialForm, MaterialUse};
use crate::program::{Bare, Identity, ItemId, MaterialId, Row, bare};

code! {
    /// # 同一种材料收了两次
    ///
    /// 同一种文件换了个叫法，程序就当成两种：合并时去不掉重复，群众要多交一份，公布的份数也跟着虚高。
    /// “身份证”和“居民身份证”、“授权委托书”和“委托代理人证明”都是常见的例子。
    ///
    /// 程序只提醒、不自作主张：名称相近的，由您确认；确实是同一种，在材料目录里登记别名，各处就自动合并。
    /// 持有人不同的（男方、女方，本人、代理人）是两份材料，不会提醒。同一事项里把同一份材料列了两遍，也在这里报告。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 城管部门, 材料: [场所使用证明, 效果图, 租房合同]}
    /// ```
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 城管部门, 材料: [住所使用证明]}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 材料: [租赁合同]}
    /// # 文件: 目录/材料.yaml
    /// 材料目录:
    ///   居民身份证: {核发: 公安部门}
    ///   住所使用证明: {}
    ///   租赁合同: {}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 城管部门, 材料: [住所使用证明]}
    ///   许可: {名称: 例子许可, 单位: 市场监管部门, 材料: [租赁合同]}
    /// # 文件: 目录/材料.yaml
    /// 材料目录:
    ///   居民身份证: {核发: 公安部门}
    ///   住所使用证明: {别名: [租赁合同]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M05：同一持有人的同一种材料只收一次；济源市实施方案（2023年）：精简合并重复的申报材料。
    pub static CODE = "duplicate-materials", Materials, Warning, allowable;
}

/// A material as some row asks for it.
struct Asked<'a> {
    row: &'a Row,
    item: ItemId,
    document: MaterialId,
    bare: &'a Bare,
    /// Whose, by the row or by its name.
    holder: Option<&'a str>,
}

/// Reports materials listed twice in one item, and used documents whose names are alike.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    twice_in_one_item(facts, sink);
    let program = facts.program;
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for entry in &facts.widest().ledger.entries {
        let Some(row) = entry.row(program) else { continue };
        let [document] = row.any_of[..] else { continue };
        let canonical = facts.names.bare(document);
        let named = || bare(&row.label.value).holder.or(canonical.holder);
        let holder = row.holder.as_deref().or_else(named);
        asked.push(Asked { row, item: entry.item, document, bare: canonical, holder });
    }
    // The first row of each document and holder, under everything that its name has in common with others.
    let mut known: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut seen: FxHashSet<(MaterialId, Option<&str>)> = FxHashSet::default();
    for (index, this) in asked.iter().enumerate() {
        if !seen.insert((this.document, this.row.holder.as_deref())) {
            continue;
        }
        let mut keys = facts.names.keys(this.document).to_vec();
        keys.push(format!("# {}", this.document.0));
        let other = keys.iter().filter_map(|key| known.get(key)).flatten().find(|&&other| {
            let other = &asked[other];
            match this.document == other.document {
                true => same_person(this.row.holder.as_deref(), other.row.holder.as_deref()),
                false => same_person(this.holder, other.holder) && !told_apart(this.bare, other.bare),
            }
        });
        if let Some(&other) = other {
            report(facts, this, &asked[other], sink);
        }
        for key in keys {
            let rows = known.entry(key).or_default();
            // Enough to tell: the others were reported against these.
            if rows.len() < 8 {
                rows.push(index);
            }
        }
    }
}

fn report(facts: &Facts<'_>, this: &Asked<'_>, other: &Asked<'_>, sink: &mut Sink) {
    let program = facts.program;
    let name = |id| &program.workspace.material(id).name.value;
    let item = |id| &program.item(id).name.value;
    let (label, theirs) = (&this.row.label, &other.row.label);
    if this.document == other.document {
        let holder = this.row.holder.as_ref().or(other.row.holder.as_ref());
        let holder = holder.map_or("申请人", |holder| holder);
        let message = format!("“{}”有一处没有写持有人，不会与{holder}的那一份合并", name(this.document));
        let diagnostic = CODE.at(label.span, message).label(format!("“{}”在这里收", item(this.item)));
        let diagnostic = diagnostic.related(theirs.span, format!("“{}”也收，持有人写法不同", item(other.item)));
        sink.push(diagnostic.help(format!("是同一个人的，两处都写“{}”", MaterialUse::holder.with(holder))));
        return;
    }
    let message = format!("“{}”和“{}”看起来是同一种材料", label.value, theirs.value);
    let canonical = name(other.document);
    sink.push(
        CODE.at(label.span, message)
            .label(format!("“{}”要这一份", item(this.item)))
            .related(theirs.span, format!("“{}”要这一份", item(other.item)))
            .help(format!(
                "是同一种的，在材料目录里把“{}”登记为“{canonical}”的别名，只留一个条目；\
                 不是同一种的，写明“允许”和理由",
                name(this.document)
            )),
    );
}

/// Two rows of an item that are both asked for whenever one of them is.
fn twice_in_one_item(facts: &Facts<'_>, sink: &mut Sink) {
    for item in &facts.program.items {
        let mut first: FxHashMap<Identity, &Row> = FxHashMap::default();
        for row in &item.materials {
            let Some(other) = first.insert(row.identity(), row) else { continue };
            let apart = match (&row.when, &other.when) {
                (Some(this), Some(that)) => this.test != that.test,
                _ => false,
            };
            if apart {
                continue;
            }
            let message = format!("“{}”把同一份材料“{}”列了两次", item.name.value, row.label.value);
            let mut diagnostic = CODE.at(row.label.span, message).related(other.label.span, "第一次写在这里").help(
                match row.written.form.is_some() || other.written.form.is_some() {
                    true => {
                        let both = MaterialUse::form.with(MaterialForm::OriginalAndCopy);
                        format!("并成一行：原件和复印件都要的，写“{both}”")
                    }
                    false => "删去其中一行".to_owned(),
                },
            );
            diagnostic.level = Level::Error;
            sink.push(diagnostic);
        }
    }
}
