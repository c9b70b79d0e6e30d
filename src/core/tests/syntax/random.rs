//! Properties on mutilated bundles.

use proptest::prelude::*;

use super::tools::{fixed, read, spans};

const BUNDLE: &str = "\
# 目录
一件事: 我要开小餐馆
标识: small-restaurant            # ASCII
承诺时限: 8工作日
情形:
  办理方式: {问: \"由谁办理\", 选项: [本人办理, 委托办理]}
  经营面积: {问: 面积, 数值: {单位: 平方米, 最小: 1}}
联办事项:
  营业执照:
    名称: '个体工商户核发'
    材料:
      - {材料: 身份证, 持有人: 经营者}
      - 照片
      - 材料: 委托书
        当: 办理方式 = 委托办理
    说明: |
      第一行
      第二行
    结果: 营业执照
";

const BITS: &[&str] = &[
    "：", "，", "\u{3000}", "－", "＃", "“", "”", "［", "｝", "\u{a0}", "\u{200b}", "\t", "\n", " ", "  ", ":", "-",
    "- ", "\"", "'", "[", "]", "{", "}", ",", "#", "&a ", "*a", "!", "|", ">", "%", "\r", "\r\n", "? ", "---\n",
    "\u{feff}", "\0", "\\", "甲: 乙", "`", "@", "...\n",
];

#[derive(Debug, Clone)]
enum Change {
    Insert(usize, usize),
    Remove(usize),
    Replace(usize, usize),
    RemoveLine(usize),
    Indent(usize, i8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..400usize, 0..BITS.len()).prop_map(|(at, bit)| Change::Insert(at, bit)),
        (0..400usize).prop_map(Change::Remove),
        (0..400usize, 0..BITS.len()).prop_map(|(at, bit)| Change::Replace(at, bit)),
        (0..20usize).prop_map(Change::RemoveLine),
        (0..20usize, -2..3i8).prop_map(|(line, by)| Change::Indent(line, by)),
    ]
}

fn apply(text: &str, changes: &[Change]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for change in changes {
        match *change {
            Change::Insert(at, bit) => {
                let at = at.min(chars.len());
                chars.splice(at..at, BITS[bit].chars());
            }
            Change::Remove(at) if at < chars.len() => {
                chars.remove(at);
            }
            Change::Replace(at, bit) if at < chars.len() => {
                chars.splice(at..=at, BITS[bit].chars());
            }
            Change::RemoveLine(line) | Change::Indent(line, _) => {
                let text: String = chars.iter().collect();
                let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
                if line < lines.len() {
                    match *change {
                        Change::Indent(_, by) if by > 0 => lines[line].insert_str(0, &" ".repeat(by as usize)),
                        Change::Indent(_, by) => {
                            let blank = lines[line].len() - lines[line].trim_start_matches(' ').len();
                            lines[line].drain(..blank.min(by.unsigned_abs() as usize));
                        }
                        _ => lines[line].clear(),
                    }
                }
                chars = lines.concat().chars().collect();
            }
            _ => {}
        }
    }
    chars.into_iter().collect()
}

fn hold(text: &str) -> Result<(), TestCaseError> {
    let first = read(text);
    let mut bad = None;
    spans(&first, &mut |span| {
        if text.get(span.range()).is_none() {
            bad = Some(span);
        }
    });
    prop_assert!(bad.is_none(), "{bad:?} in {text:?}");
    prop_assert!(first.document.root.is_some() || !first.list.is_empty(), "fails closed: {text:?}");
    // Fixing comes to an end, and then there is nothing left to fix.
    let once = fixed(text);
    prop_assert!(once.is_some(), "fixes do not end: {text:?}");
    let once = once.unwrap_or_default();
    prop_assert_eq!(fixed(&once), Some(once.clone()));
    // The tree that recovery gave is the tree of the mended text.
    let then = read(&once);
    let safe = first.list.iter().all(|d| d.fix.as_ref().is_some_and(|fix| fix.safe));
    // (Fixes that touch each other are made one after the other, and the later ones are found anew.)
    let (_, count) = crate::diagnostic::apply_fixes(text, super::tools::ID, &first.list);
    if safe && count == first.list.len() && then.list.is_empty() {
        prop_assert_eq!(first.shape(), then.shape(), "{:?} -> {:?}", text, once);
    }
    Ok(())
}

/// More cases by `PROPTEST_CASES`.
fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..given }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn few_changes(changes in prop::collection::vec(change(), 1..4)) {
        hold(&apply(BUNDLE, &changes))?;
    }
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn many_changes(changes in prop::collection::vec(change(), 4..40)) {
        hold(&apply(BUNDLE, &changes))?;
    }

    #[test]
    fn any_text(text in "\\PC{0,60}") {
        hold(&text)?;
    }

    #[test]
    fn odd_text(bits in prop::collection::vec(0..BITS.len(), 0..30)) {
        hold(&bits.iter().map(|&bit| BITS[bit]).collect::<String>())?;
    }
}
