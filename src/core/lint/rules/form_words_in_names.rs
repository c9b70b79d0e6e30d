use crate::code;
use crate::diagnostic::{Edit, Fix, Sink};
use crate::facts::Facts;
use crate::lint::edits;
use crate::model::MaterialUse;
use crate::program::{Row, bare};

code! {
    /// # 形式写进了名称
    ///
    /// 要原件还是复印件，有“形式”这个键。写进名称里，“身份证复印件”和“身份证”就成了两种材料，合并不了；
    /// 名称说复印件、形式又说原件，窗口和群众各看各的。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [健康证明复印件]}
    /// # 文件: 目录/材料.yaml
    /// 材料目录:
    ///   居民身份证: {核发: 公安部门}
    ///   健康证明: {别名: [健康证明复印件]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [{材料: 健康证明, 形式: 复印件}]}
    /// ```
    ///
    /// ## 依据
    ///
    /// 审查规则 M09：已有形式一栏的，名称中不写“复印件”“原件”。
    pub static CODE = "form-words-in-names", Materials, Warning, allowable;
}

/// Words in names, and the form that they mean; longer ones first.
const WORDS: [(&str, &str); 7] = [
    ("原件及复印件", "原件和复印件"),
    ("原件和复印件", "原件和复印件"),
    ("原件与复印件", "原件和复印件"),
    ("原件或复印件", "原件或复印件"),
    ("复印件", "复印件"),
    ("扫描件", "电子"),
    ("原件", "原件"),
];

/// Reports rows whose name says in which form the paper is wanted.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for entry in &facts.widest().ledger.entries {
        let Some(row) = entry.row(facts.program) else { continue };
        let word = WORDS.iter().find(|(word, _)| row.label.value.contains(word));
        if let Some(&(word, form)) = word {
            report(facts, row, word, form, sink);
        }
    }
}

fn report(facts: &Facts<'_>, row: &Row, word: &str, form: &str, sink: &mut Sink) {
    let label = &row.label;
    let declared = row.written.form.as_ref();
    let message = match declared {
        Some(at) if at.value.word() != form => {
            format!("名称“{}”说是{word}，形式又写“{}”", label.value, at.value)
        }
        _ => format!("“{word}”写进了名称“{}”", label.value),
    };
    let name = bare(&label.value).name;
    let same = row.any_of.len() == 1 && facts.program.workspace.find_document(&name) == row.any_of.first().copied();
    let own = MaterialUse::form.with(form);
    let mut diagnostic = CODE.at(label.span, message).help(match same {
        true => format!("材料写“{name}”，另写“{own}”"),
        false => format!("从名称里去掉“{word}”（目录里也一样），另写“{own}”"),
    });
    if let Some(at) = declared.filter(|at| at.value.word() != form) {
        sink.push(diagnostic.related(at.span, "形式写在这里"));
        return;
    }
    let edits = match declared {
        Some(_) => Some(vec![Edit { span: label.span, text: name.clone() }]),
        None => edits::extend_row(facts.sources, &row.written, &name, &own),
    };
    // What a measure adds is written in another way.
    if let (true, Some(edits), false) = (same, edits, row.written.material.is_none()) {
        diagnostic =
            diagnostic.fix(Fix { title: format!("改为“{name}”，形式写“{form}”"), edits, safe: true });
    }
    sink.push(diagnostic);
}
