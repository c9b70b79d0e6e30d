//! Generated workspaces: the same bytes on every machine.

#![allow(dead_code, reason = "each benchmark uses its part")]

use std::fmt::Write;

pub mod scenarios;

/// Manifest and catalogues.
pub fn shared() -> Vec<(String, String)> {
    let agencies =
        "机构目录:\n".to_owned() + &(0..12).map(|n| format!("  {}部门: {{}}\n", word(n))).collect::<String>();
    let mut materials = "材料目录:\n".to_owned();
    for n in 0..120 {
        writeln!(materials, "  {}证明: {{别名: [{}材料]}}", word(n), word(n)).unwrap();
    }
    let mut elements = "数据项目录:\n".to_owned();
    for n in 0..120 {
        writeln!(elements, "  {}名称: {{类型: 文本, 长度: 50, 分组: 申请人信息, 别名: [{}]}}", word(n), word(n))
            .unwrap();
    }
    let manifest = "工作区: 测速\n标识: bench\n计数口径: {环节: 按事项, 跑动: 按事项}\n";
    vec![
        ("yijianshi.yaml".to_owned(), manifest.to_owned()),
        ("目录/机构.yaml".to_owned(), agencies),
        ("目录/材料.yaml".to_owned(), materials),
        ("目录/数据项.yaml".to_owned(), elements),
    ]
}

/// A name of its own for each number.
pub fn word(n: usize) -> String {
    const PARTS: [&str; 12] =
        ["营业", "经营", "场所", "食品", "卫生", "消防", "施工", "规划", "用地", "税务", "社保", "公积金"];
    match n {
        n if n < 12 => PARTS[n].to_owned(),
        n => format!("{}{}", word(n / 12 - 1), PARTS[n % 12]),
    }
}

/// A bundle of `items` items, about 1.1 KB each; each third waits for the one before it.
pub fn bundle(number: usize, items: usize) -> String {
    let mut text = format!(
        "# yaml-language-server: $schema=schema/bundle.json\n一件事: 我要办第{number}件事\n标识: bundle-{number}\n状态: 草案\n\
         服务对象: [个体工商户, 企业法人]\n牵头单位: {}部门\n承诺时限: {}工作日\n跑动: 1\n到场原因: 到综合窗口一次提交全部材料\n\n情形:\n\
         \x20 办理方式:\n    问: 由本人办理，还是委托他人办理？\n    选项: [本人办理, 委托办理]\n\
         \x20 经营面积:\n    问: 经营面积是多少平方米？\n    数值: {{单位: 平方米, 最小: 1, 最大: 10000}}\n\
         \x20 门头装修:\n    问: 是否装修门头，需要临时占用街道？\n\n联办事项:\n",
        word(number % 12),
        items * 2,
    );
    for item in 0..items {
        let n = number * 7 + item * 5;
        let material = |offset: usize| word((n + offset) % 120);
        let own = format!("{}第{item}项", word(n % 12));
        writeln!(text, "  {own}:    # 由{}部门实施，照现行办法录入", word(n % 12)).unwrap();
        writeln!(text, "    名称: {own}许可核发").unwrap();
        writeln!(text, "    单位: {}部门", word(n % 12)).unwrap();
        if item % 4 == 3 {
            writeln!(text, "    当: 经营面积 ≤ {} 且 门头装修", 50 + n % 100).unwrap();
        }
        if item % 3 == 1 {
            let before = format!("{}第{}项", word((n - 5) % 12), item - 1);
            writeln!(text, "    前置: [{before}]").unwrap();
        }
        writeln!(text, "    时限: {}工作日\n    法定时限: 20工作日", 2 + n % 5).unwrap();
        writeln!(
            text,
            "    设定依据:\n      - {{法规: 《中华人民共和国{}法》, 条款: 第{}条}}",
            word(n % 12),
            1 + n % 90
        )
        .unwrap();
        writeln!(text, "    受理条件: [申请人具有完全民事行为能力, 经营场所符合安全和卫生的要求]").unwrap();
        writeln!(text, "    表单:\n      名称: {own}许可申请表\n      字段: [{}]", fields(n)).unwrap();
        writeln!(text, "    材料:").unwrap();
        writeln!(text, "      - {{材料: {}证明, 持有人: 经营者, 形式: 复印件}}", material(0)).unwrap();
        writeln!(text, "      - {}材料                # 照原文的叫法", material(1)).unwrap();
        writeln!(text, "      - {{材料: {}证明, 份数: 2, 填报须知: 复印件加盖公章并注明与原件一致}}", material(2))
            .unwrap();
        writeln!(text, "      - {{材料: {}证明, 当: 办理方式 = 委托办理}}", material(3)).unwrap();
        writeln!(text, "    结果: {}证明", material(4)).unwrap();
    }
    text += "\n典型情形:\n  - {名称: 本人办理, 答案: {办理方式: 本人办理, 经营面积: 40, 门头装修: 是}}\n  \
             - {名称: 委托办理, 答案: {办理方式: 委托办理, 经营面积: 200, 门头装修: 否}}\n";
    text
}

fn fields(n: usize) -> String {
    let fields: Vec<_> = (0..6).map(|offset| format!("{}名称", word((n + offset * 3) % 120))).collect();
    fields.join(", ")
}

/// A workspace of `bundles` bundles of about 11 KB.
pub fn workspace(bundles: usize) -> Vec<(String, String)> {
    let mut files = shared();
    files.extend((0..bundles).map(|number| (format!("县区/{:03}/{number}.yaml", number / 100), bundle(number, 10))));
    files
}

/// A workspace of one bundle of `items` items.
pub fn large(items: usize) -> Vec<(String, String)> {
    let mut files = shared();
    files.push(("大.yaml".to_owned(), bundle(0, items)));
    files
}
