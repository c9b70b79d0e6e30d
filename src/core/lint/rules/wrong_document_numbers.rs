use crate::code;
use crate::diagnostic::{Fix, Sink};
use crate::facts::Facts;
use crate::lint::text::{is_han, place, place_or_text};
use crate::model::Kind;

code! {
    /// # 发文字号写得不规范
    ///
    /// 发文字号里的年份用六角括号“〔〕”，写全四位；序号不加“第”，前面不补零。
    /// 写成圆括号、方头括号，照着字号去查文件就查不到。
    ///
    /// 单位名称里的〔〕不是发文字号，不管。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 设定依据:
    ///   - {法规: 关于加快推进“一件事一次办”的指导意见, 文号: 国办发（2022）第032号}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 设定依据:
    ///   - {法规: 关于加快推进“一件事一次办”的指导意见, 文号: 国办发〔2022〕32号}
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// GB/T 9704—2012《党政机关公文格式》7.2.5：年份、发文顺序号用阿拉伯数字标注；年份应标全称，用六角括号“〔〕”括入；
    /// 发文顺序号不加“第”字，不编虚位。
    pub static CODE = "wrong-document-numbers", Laws, Error, allowable;
}

/// A document number in a text: the bytes from its bracket to 号, and how it should read.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    range: std::ops::Range<usize>,
    right: String,
    /// Whether the year has its four digits.
    whole_year: bool,
}

/// Looks through all texts.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for wording in facts.texts() {
        let text = wording.text;
        for found in numbers(&text.value) {
            let written = &text.value[found.range.clone()];
            let right = written == found.right && found.whole_year;
            if right || !found.whole_year && wording.kind != Kind::DocumentNumber {
                continue;
            }
            let span = place_or_text(facts.sources, text, found.range.clone());
            if !found.whole_year {
                let message = format!("发文字号“{written}”的年份没有写全四位");
                sink.push(CODE.at(span, message).help("把年份写全，例如〔2022〕"));
                continue;
            }
            let mut diagnostic = CODE
                .at(span, format!("发文字号“{written}”应当写成“{}”", found.right))
                .help("年份用六角括号“〔〕”，序号不加“第”、不补零");
            if let Some(exact) = place(facts.sources, text, found.range.clone()).filter(|_| !wording.published) {
                diagnostic = diagnostic.fix(Fix::replace(exact, found.right.clone(), format!("改为“{}”", found.right)));
            }
            sink.push(diagnostic);
        }
    }
}

/// The document numbers in a text: brackets with a year, directly after a Chinese character, and a number before 号.
fn numbers(text: &str) -> Vec<Found> {
    const OPEN: [char; 5] = ['（', '(', '[', '【', '〔'];
    const WIDE: [char; 2] = ['［', '〈'];
    const CLOSE: [char; 7] = ['）', ')', ']', '】', '〕', '］', '〉'];
    let mut found = Vec::new();
    let mut before = None;
    for (start, c) in text.char_indices() {
        let follows_name = before.is_some_and(is_han);
        before = Some(c);
        if !(OPEN.contains(&c) || WIDE.contains(&c)) || !follows_name {
            continue;
        }
        let inner = &text[start + c.len_utf8()..];
        let year: String = inner.chars().map_while(digit).collect();
        let Some(rest) = inner.get(year.chars().zip(inner.chars()).map(|(_, c)| c.len_utf8()).sum::<usize>()..) else {
            continue;
        };
        let Some(close) = rest.chars().next().filter(|c| CLOSE.contains(c)) else { continue };
        let rest = &rest[close.len_utf8()..];
        let numbered = rest.trim_start_matches(' ');
        let numbered = numbered.strip_prefix('第').unwrap_or(numbered);
        let number: String = numbered.chars().map_while(digit).collect();
        let Some(tail) = numbered.get(number.chars().zip(numbered.chars()).map(|(_, c)| c.len_utf8()).sum::<usize>()..)
        else {
            continue;
        };
        let plausible = match year.len() {
            4 => year.starts_with("19") || year.starts_with("20"),
            2 => true,
            _ => false,
        };
        if !plausible || number.is_empty() || !tail.starts_with('号') {
            continue;
        }
        let end = text.len() - tail.len() + '号'.len_utf8();
        let short = number.trim_start_matches('0');
        let right = format!("〔{year}〕{}号", if short.is_empty() { "0" } else { short });
        found.push(Found { range: start..end, right, whole_year: year.len() == 4 });
    }
    found
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - 0xff10, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn published_numbers() {
        let right = |text| numbers(text).into_iter().map(|found| found.right).collect::<Vec<_>>();
        assert_eq!(right("湘医保函（2022）71号"), ["〔2022〕71号"]);
        assert_eq!(right("湘市监注【2020】180号; 黑办发(2022)15号"), ["〔2020〕180号", "〔2022〕15号"]);
        assert_eq!(right("大市监联发[2022]10号"), ["〔2022〕10号"]);
        assert_eq!(right("区人社局〔区就业创业中心〕"), [""; 0]);
        assert_eq!(right("（2022）京01民初123号"), [""; 0]);
        assert_eq!(right("电话(2022)见12345"), [""; 0]);
    }
}
