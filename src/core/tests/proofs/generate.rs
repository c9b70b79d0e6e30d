//! Random small bundles: questions and conditions of every form, items with all their parts, measures.

use proptest::prelude::*;
use proptest::sample::Index;

/// The questions on offer: name, how it is written, tests on it, how many answers it has.
const QUESTIONS: [(&str, &str, &[&str], usize); 8] = [
    ("甲", "问: 甲？", &["甲", "非 甲", "甲 = 否"], 2),
    ("乙", "问: 乙？, 选项: [红, 黄, 蓝]", &["乙 = 红", "乙 ≠ 黄", "乙 属于 [红, 蓝]", "乙 不属于 [蓝]"], 3),
    ("丙", "问: 丙？, 选项: [东, 西, 南], 多选: 是", &["丙 包含 东", "丙 包含 南", "丙 不包含 西"], 8),
    (
        "丁",
        "问: 丁？, 数值: {最小: 1, 最大: 6}",
        &["丁 ≤ 3", "丁 < 3", "丁 > 3", "丁 ≥ 3", "丁 = 5", "丁 ≠ 5", "丁 > 100", "丁 ≤ 4 且 丁 ≥ 2"],
        6,
    ),
    (
        "戊",
        "问: 戊？, 数值: {最小: 0.8, 最大: 1.4, 小数位: 1}",
        &["戊 ≤ 1.25", "戊 > 1.2", "戊 = 1", "戊 < 1.3", "戊 ≥ 0.9"],
        7,
    ),
    (
        "己",
        "问: 己？, 日期: {最早: 2026-02-26, 最晚: 2026-03-03}",
        &["己 < 2026-03-01", "己 ≥ 2026-02-28", "己 = 2026-03-03", "己 > 2026-02-27"],
        6,
    ),
    ("庚", "问: 庚？", &["庚", "非 庚"], 2),
    ("辛", "问: 辛？, 选项: [大, 小, 不需要]", &["辛 = 大", "辛 = 小", "辛 ≠ 不需要"], 3),
];

const DOCUMENTS: [&str; 4] = ["营业执照", "许可证", "健康证明", "授权委托书"];

/// Choices that become a text: each index picks from whatever is on offer where it is used.
#[derive(Debug, Clone)]
struct Draft {
    questions: Vec<(Index, Option<Index>)>,
    constraints: Vec<Tree>,
    exits: Vec<Tree>,
    items: Vec<ItemDraft>,
    measures: Vec<(usize, Vec<Index>, Option<Tree>)>,
}

#[derive(Debug, Clone)]
struct ItemDraft {
    when: Option<Tree>,
    before: Vec<Index>,
    rows: Vec<(Index, Index, Option<Tree>)>,
    results: Vec<(Index, Option<Tree>)>,
    stages: Vec<Option<Tree>>,
    form: Option<(Option<Tree>, Option<Tree>)>,
    mandatory: bool,
}

/// A condition; its leaves pick a question and a test on it.
#[derive(Debug, Clone)]
enum Tree {
    Leaf(Index, Index),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = any::<(Index, Index)>().prop_map(|(question, test)| Tree::Leaf(question, test));
    leaf.prop_recursive(2, 5, 3, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Tree::All),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(Tree::Any),
            1 => inner.prop_map(|part| Tree::Not(Box::new(part))),
        ]
    })
}

fn when(weight: f64) -> impl Strategy<Value = Option<Tree>> {
    prop::option::weighted(weight, tree())
}

fn item() -> impl Strategy<Value = ItemDraft> {
    (
        when(0.6),
        prop::collection::vec(any::<Index>(), 0..3),
        prop::collection::vec((any::<Index>(), any::<Index>(), when(0.5)), 0..4),
        prop::collection::vec((any::<Index>(), when(0.25)), 0..3),
        prop::collection::vec(when(0.6), 0..2),
        prop::option::weighted(0.3, (when(0.4), when(0.4))),
        prop::bool::weighted(0.15),
    )
        .prop_map(|(when, before, rows, results, stages, form, mandatory)| ItemDraft {
            when,
            before,
            rows,
            results,
            stages,
            form,
            mandatory,
        })
}

/// The text of a bundle.
pub fn bundle() -> impl Strategy<Value = String> {
    draft().prop_map(|draft| text(&draft))
}

fn draft() -> impl Strategy<Value = Draft> {
    let questions = prop::collection::vec((any::<Index>(), prop::option::weighted(0.4, any::<Index>())), 1..5);
    let measure = (0..10usize, prop::collection::vec(any::<Index>(), 4), when(0.4));
    (
        questions,
        prop::collection::vec(tree(), 0..3),
        prop::collection::vec(tree(), 0..3),
        prop::collection::vec(item(), 2..6),
        prop::collection::vec(measure, 0..4),
    )
        .prop_map(|(questions, constraints, exits, items, measures)| Draft {
            questions,
            constraints,
            exits,
            items,
            measures,
        })
}

/// The questions chosen, each at most once, and few enough to try all answers.
fn chosen(draft: &Draft) -> Vec<(usize, Option<Index>)> {
    let mut list: Vec<(usize, Option<Index>)> = Vec::new();
    let mut product = 1;
    for (pick, when) in &draft.questions {
        let index = pick.index(QUESTIONS.len());
        if list.iter().all(|(known, _)| *known != index) && product * QUESTIONS[index].3 <= 700 {
            product *= QUESTIONS[index].3;
            list.push((index, *when));
        }
    }
    list
}

fn condition(tree: &Tree, questions: &[usize]) -> String {
    let inner = |part: &Tree| match part {
        Tree::Leaf(..) => condition(part, questions),
        _ => format!("({})", condition(part, questions)),
    };
    let join = |parts: &[Tree], word: &str| parts.iter().map(inner).collect::<Vec<_>>().join(word);
    match tree {
        Tree::Leaf(question, test) => {
            let tests = QUESTIONS[questions[question.index(questions.len())]].2;
            let test = tests[test.index(tests.len())];
            if test.contains(" 且 ") { format!("({test})") } else { test.to_owned() }
        }
        Tree::All(parts) => join(parts, " 且 "),
        Tree::Any(parts) => join(parts, " 或 "),
        Tree::Not(part) => format!("非 ({})", condition(part, questions)),
    }
}

/// The draft as a bundle.
fn text(draft: &Draft) -> String {
    let questions = chosen(draft);
    let known: Vec<usize> = questions.iter().map(|(index, _)| *index).collect();
    let clause = |tree: &Option<Tree>| match tree {
        Some(tree) => format!(", 当: \"{}\"", condition(tree, &known)),
        None => String::new(),
    };
    let mut text = String::from("一件事: 例子\n标识: example\n情形:\n");
    for (place, (index, when)) in questions.iter().enumerate() {
        let (name, written, ..) = QUESTIONS[*index];
        let when = match when {
            Some(pick) if place > 0 => {
                let tests = QUESTIONS[questions[pick.index(place)].0].2;
                format!(", 当: \"{}\"", tests[pick.index(tests.len())])
            }
            _ => String::new(),
        };
        text += &format!("  {name}: {{{written}{when}}}\n");
    }
    if !draft.constraints.is_empty() {
        text += "约束:\n";
    }
    for tree in &draft.constraints {
        text += &format!("  - {{不会出现: \"{}\"}}\n", condition(tree, &known));
    }
    if !draft.exits.is_empty() {
        text += "不适用:\n";
    }
    for tree in &draft.exits {
        text += &format!("  - {{当: \"{}\", 建议: 到别处办}}\n", condition(tree, &known));
    }
    text += "联办事项:\n";
    let holder = |index: usize| ["", "", ", 持有人: 代理人"][index % 3];
    let count = draft.items.len();
    for (number, item) in draft.items.iter().enumerate() {
        text += &format!("  事项{number}:\n    名称: 第{number}号事项\n    单位: 城管部门\n");
        if let Some(tree) = &item.when {
            text += &format!("    当: \"{}\"\n", condition(tree, &known));
        }
        if item.mandatory {
            text += "    必办: 《中华人民共和国行政许可法》\n";
        }
        let mut before: Vec<usize> = item.before.iter().map(|pick| pick.index(count)).collect();
        before.sort_unstable();
        before.dedup();
        if !before.is_empty() {
            text += "    前置:\n";
        }
        for first in before {
            // Waits for the whole item, or now and then for its only stage.
            let stage = !draft.items[first].stages.is_empty() && (number + first) % 3 == 0;
            text += &format!("      - {{事项: 事项{first}{}}}\n", if stage { ", 环节: 勘验" } else { "" });
        }
        if let [stage] = &item.stages[..] {
            text += &format!("    环节:\n      - {{环节: 勘验{}}}\n", clause(stage));
        }
        if let Some((form, field)) = &item.form {
            text += &format!(
                "    表单: {{名称: 表{number}{}, 字段: [{{字段: 联系电话{}}}]}}\n",
                clause(form),
                clause(field)
            );
        }
        if !item.rows.is_empty() {
            text += "    材料:\n";
        }
        for (document, whose, when) in &item.rows {
            let agent = whose.index(5) == 0;
            let name = if agent { "居民身份证" } else { DOCUMENTS[document.index(4)] };
            let whose = if agent { ", 持有人: 代理人" } else { holder(whose.index(7)) };
            text += &format!("      - {{材料: {name}{whose}{}}}\n", clause(when));
        }
        if !item.results.is_empty() {
            text += "    结果:\n";
        }
        for (document, when) in &item.results {
            let whose = holder(document.index(7));
            text += &format!("      - {{结果: {}{whose}{}}}\n", DOCUMENTS[document.index(4)], clause(when));
        }
    }
    if !draft.measures.is_empty() {
        text += "改革举措:\n";
    }
    for (kind, picks, when) in &draft.measures {
        let item = |at: usize| format!("事项{}", picks[at].index(count));
        let document = DOCUMENTS[picks[2].index(4)];
        let staged: Vec<usize> = (0..count).filter(|&number| !draft.items[number].stages.is_empty()).collect();
        let whose = holder(picks[3].index(7));
        let line = match kind {
            0 => format!("新增材料: {{事项: {}, 材料: {document}{whose}{}}}", item(0), clause(when)),
            1 => format!("免提交: {{事项: [{}], 材料: {document}, 方式: 数据共享{whose}}}", item(0)),
            2 => format!("取消材料: {{材料: {document}{whose}}}"),
            8 => format!("容缺: {{事项: [{}], 材料: {document}{whose}}}", item(0)),
            9 => format!("告知承诺: {{材料: {document}{whose}}}"),
            3 => format!("解除前置: {{事项: {}, 前置: {}}}", item(0), item(1)),
            4 | 7 if staged.len() < 2 => continue,
            4 | 7 => {
                let first = picks[0].index(staged.len());
                let second = (first + 1 + picks[1].index(staged.len() - 1)) % staged.len();
                format!("联合勘验: {{事项: [事项{}, 事项{}]}}", staged[first], staged[second])
            }
            _ if staged.is_empty() => continue,
            5 => format!("取消环节: {{事项: 事项{}, 环节: 勘验}}", staged[picks[0].index(staged.len())]),
            _ => format!("压缩时限: {{事项: 事项{}, 环节: 勘验, 至: 1工作日}}", staged[picks[0].index(staged.len())]),
        };
        text += &format!("  - {line}\n");
    }
    if text.ends_with("改革举措:\n") {
        text.truncate(text.len() - "改革举措:\n".len());
    }
    text
}
