//! Each fault on each line of a bundle: one finding, on that line, and the fix gives the bundle back.

use super::tools::{fixed, read};

const BUNDLE: &str = "\
一件事: 我要开小餐馆
标识: small-restaurant            # ASCII
承诺时限: 8工作日

情形:                              # 问题
  办理方式: {问: \"由谁办理\", 选项: [本人办理, 委托办理]}
  经营面积: {问: 面积, 数值: {单位: 平方米, 最小: 1}}
联办事项:
  营业执照:
    名称: '个体工商户核发'
    时限: 2.5工作日
    材料:
      - {材料: 身份证, 持有人: 经营者}
      - 照片
      - 材料: 委托书
        当: 办理方式 = 委托办理
      - 住所证明
    说明: |
      第一行
      第二行
    结果: 营业执照
  小餐饮许可:
    前置: [营业执照, 平面图]
    单位: 市场监管部门
公布:
  改革前: {材料: 26, 时限: 14.5工作日}
  改革后: {材料: 14, 时限: 8工作日}
";

/// A way to spoil a line: what it is called, and the line made worse (or nothing, if it does not apply).
type Spoil = (&'static str, fn(&str) -> Option<String>);

fn once(line: &str, from: &str, to: &str) -> Option<String> {
    line.contains(from).then(|| line.replacen(from, to, 1))
}

fn last(line: &str, mark: char) -> Option<String> {
    line.rfind(mark).map(|at| format!("{}{}", &line[..at], &line[at + mark.len_utf8()..]))
}

fn indented(line: &str) -> bool {
    line.starts_with(' ')
}

const SPOILS: &[Spoil] = &[
    ("full-width colon", |line| once(line, ": ", "：").or_else(|| once(line, ":", "："))),
    ("no space", |line| once(line, ": ", ":").filter(|line| !line.contains(": "))),
    ("wide space", |line| once(line, ": ", ":\u{3000}")),
    ("full-width dash", |line| once(line, "- ", "－")),
    ("no space after the dash", |line| once(line, "- ", "-")),
    ("wide space after the dash", |line| once(line, "- ", "-\u{3000}")),
    ("full-width comma", |line| once(line, ", ", "，")),
    ("full-width bracket", |line| once(line, "[", "［")),
    ("full-width closing bracket", |line| once(line, "]", "］")),
    ("full-width brace", |line| once(line, "{", "｛")),
    ("full-width closing brace", |line| once(line, "}", "｝")),
    ("no closing bracket", |line| last(line, ']')),
    ("no closing brace", |line| last(line, '}')),
    ("no closing quote", |line| last(line, '"')),
    ("no closing single quote", |line| last(line, '\'')),
    ("two closing braces", |line| line.trim_end().ends_with('}').then(|| line.replacen("}\n", "}}\n", 1))),
    ("wide indentation", |line| indented(line).then(|| line.replace("  ", "\u{3000}"))),
    ("tab", |line| indented(line).then(|| format!("\t{}", line.trim_start()))),
    ("one space more", |line| indented(line).then(|| format!(" {line}"))),
    ("one space less", |line| indented(line).then(|| line[1..].to_owned())),
    ("invisible", |line| once(line, ":", "\u{200b}:")),
];

#[test]
fn one_finding_for_one_fault() {
    let lines: Vec<&str> = BUNDLE.split_inclusive('\n').collect();
    let good = read(BUNDLE).shape();
    assert_eq!(read(BUNDLE).said(), [""; 0]);
    let (mut count, mut wrong) = (0, Vec::new());
    for (name, spoil) in SPOILS {
        for (index, line) in lines.iter().enumerate() {
            // The text of a block scalar may hold anything.
            if (18..20).contains(&index) {
                continue;
            }
            let Some(worse) = spoil(line).filter(|worse| worse != line) else { continue };
            let mut all = lines.clone();
            all[index] = &worse;
            let text = all.concat();
            let read = read(&text);
            let here = |d: &crate::diagnostic::Diagnostic| read.source.place(d.span.start as usize).line == index + 1;
            let said = read.list.len() == 1 && here(&read.list[0]);
            let mended = fixed(&text).map(|text| super::tools::read(&text));
            let back = mended.as_ref().is_some_and(|read| read.list.is_empty() && read.shape() == good);
            let asks = read.list.iter().any(|d| d.fix.as_ref().is_none_or(|fix| !fix.safe));
            count += 1;
            if !said || (!back && !asks) {
                wrong.push(format!("{name} in line {}: {worse:?} {:?} back: {back}", index + 1, read.said()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}
