//! Generated bundles with many questions: the same bytes on every machine.

use std::fmt::Write;
use std::hint::black_box;

use yijianshi_core::compile::{self, Goal};
use yijianshi_core::source::{Source, Sources};

use super::word;

/// A small generator of numbers (Lehmer): the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 as usize % limit
    }
}

/// A bundle of questions of all kinds (a quarter asked only after certain answers), items (half of them conditional, each third
/// waiting for an earlier one) and conditional materials, spread over the items. Conditions join one to three questions, chosen
/// from all of them: nothing keeps what belongs to one item together.
pub fn entangled(questions: usize, items: usize, rows: usize) -> String {
    let mut dice = Dice(20_261_122);
    let mut text = "一件事: 我要办一件复杂的事\n标识: entangled\n状态: 草案\n牵头单位: 营业部门\n情形:\n".to_owned();
    for number in 0..questions {
        let when = match number {
            4.. if dice.below(4) == 0 => {
                let earlier = dice.below(number);
                format!("当: \"{}\", ", test(earlier, &mut dice))
            }
            _ => String::new(),
        };
        let kind = match number % 8 {
            0 | 2 | 4 | 6 => String::new(),
            1 | 5 => ", 选项: [红, 黄, 蓝, 绿]".to_owned(),
            3 => ", 数值: {单位: 平方米, 最小: 1, 最大: 10000}".to_owned(),
            _ => ", 选项: [东, 西, 南, 北], 多选: 是".to_owned(),
        };
        writeln!(text, "  问题{number}: {{{when}问: 第{number}个问题？{kind}}}").unwrap();
    }
    text += "约束:\n";
    for number in (8..questions).step_by(8) {
        writeln!(text, "  - 不会出现: {} 且 {}", test(number - 7, &mut dice), test(number, &mut dice)).unwrap();
    }
    if questions >= 4 {
        text += "不适用:\n  - {当: 问题3 > 5000, 建议: 到别处办理}\n";
    }
    text += "联办事项:\n";
    for item in 0..items {
        let agency = word(item % 12);
        write!(text, "  第{item}项: {{名称: {agency}第{item}项许可, 单位: {agency}部门, ").unwrap();
        if item % 2 == 1 {
            write!(text, "当: \"{}\", ", condition(questions, 2, &mut dice)).unwrap();
        }
        if item % 3 == 2 {
            write!(text, "前置: [第{}项], ", dice.below(item)).unwrap();
        }
        writeln!(text, "时限: {}工作日, 结果: {}证明, 材料: [", 1 + dice.below(9), word(item % 100)).unwrap();
        writeln!(text, "      {{材料: {}证明, 持有人: 经营者}},", word(100 + item % 20)).unwrap();
        for row in (0..rows).filter(|row| row % items == item) {
            let condition = condition(questions, 3, &mut dice);
            writeln!(text, "      {{材料: {}证明, 持有人: 第{row}人, 当: \"{condition}\"}},", word(row % 100)).unwrap();
        }
        text += "    ]}\n";
    }
    text
}

/// One to `most` questions, joined by 且 and 或.
fn condition(questions: usize, most: usize, dice: &mut Dice) -> String {
    let count = [1, 1, 1, 2, 2, 3][dice.below(6)].min(most);
    let join = if dice.below(3) == 0 { " 或 " } else { " 且 " };
    let tests: Vec<_> = (0..count)
        .map(|_| {
            let question = dice.below(questions);
            test(question, dice)
        })
        .collect();
    tests.join(join)
}

fn test(question: usize, dice: &mut Dice) -> String {
    let pick = |dice: &mut Dice, list: [&str; 4]| list[dice.below(4)].to_owned();
    match question % 8 {
        0 | 2 | 4 | 6 => [format!("问题{question}"), format!("非 问题{question}")][dice.below(2)].clone(),
        1 | 5 => format!("问题{question} = {}", pick(dice, ["红", "黄", "蓝", "绿"])),
        3 => format!("问题{question} {}", pick(dice, ["≤ 50", "> 50", "≥ 200", "< 1000"])),
        _ => format!("问题{question} 包含 {}", pick(dice, ["东", "西", "南", "北"])),
    }
}

/// One condition that no order of the questions keeps small: each of many cases joins answers that stand far apart.
pub fn intractable() -> String {
    let mut dice = Dice(7);
    let mut text = "一件事: 我要办一件算不清的事\n标识: intractable\n情形:\n".to_owned();
    for number in 0..80 {
        writeln!(text, "  问题{number}: {{问: 第{number}个问题？}}").unwrap();
    }
    let parts: Vec<_> = (0..400)
        .map(|_| format!("问题{} 且 问题{} 且 问题{}", dice.below(80), dice.below(80), dice.below(80)))
        .collect();
    writeln!(text, "联办事项:\n  登记:\n    名称: 例子登记\n    单位: 营业部门\n    当: \"{}\"", parts.join(" 或 "))
        .unwrap();
    text
}

/// Everything that is worked out about a bundle over all its scenarios; whether the budget was enough.
pub fn analyse(text: String) -> bool {
    let mut files = super::shared();
    files.push(("复杂.yaml".to_owned(), text));
    let sources = Sources::from_texts(files.into_iter().map(|(name, text)| Source::new(name, text)));
    let opened = compile::open(sources.clone());
    let (_, done) = opened.examine(&sources, opened.bundles[0], Goal::Check, |facts, _| {
        black_box(facts.proofs()).is_some()
            && black_box(facts.extremes()).is_some()
            && black_box(facts.questionnaire()).is_some()
    });
    done.unwrap_or(false)
}
