use super::*;
use crate::source::{At, Sources};
use crate::syntax::{Entry, Kind, Node, Style};

crate::code! {
    /// # 措辞含糊
    static VAGUE = "vague-wording", Wording, Warning, allowable;
    /// # 材料重复
    static DUPLICATE = "duplicate-materials", Materials, Error, allowable;
    /// # 没有这个键
    static UNKNOWN_KEY = "unknown-keys", Keys, Error;
}

const KNOWN: &[&Code] = &[&VAGUE, &DUPLICATE, &UNKNOWN_KEY];
const ID: SourceId = SourceId(0);

/// Reads the little YAML of these tests: block maps and lists of bare words, and comments.
struct Reader<'a> {
    source: &'a Source,
    /// Start, indent and text of each line with content.
    lines: Vec<(usize, usize, &'a str)>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn read(source: &'a Source) -> Document {
        let mut comments = Vec::new();
        let mut lines = Vec::new();
        for line in 0..source.line_starts().len() {
            let range = source.line_range(line);
            let mut text = &source.text()[range.clone()];
            if let Some(hash) = text.find('#') {
                let own_line = text[..hash].trim().is_empty();
                let span = Span::new(ID, range.start + hash..range.end);
                comments.push(Comment { text: text[hash + 1..].trim().into(), span, own_line });
                text = &text[..hash];
            }
            let indent = text.len() - text.trim_start().len();
            if !text.trim().is_empty() {
                lines.push((range.start + indent, indent, text.trim()));
            }
        }
        let mut reader = Reader { source, lines, at: 0 };
        let root = (!reader.lines.is_empty()).then(|| reader.node());
        Document { source: ID, root, comments, damaged: false }
    }

    fn scalar(&self, start: usize, text: &str) -> Node {
        let kind = Kind::Scalar { text: text.into(), style: Style::Plain };
        Node { span: Span::new(ID, start..start + text.len()), kind }
    }

    fn node(&mut self) -> Node {
        let (start, indent, text) = self.lines[self.at];
        if !text.starts_with("- ") && !text.contains(':') {
            self.at += 1;
            return self.scalar(start, text);
        }
        let (mut items, mut entries) = (Vec::new(), Vec::new());
        while let Some(&(start, depth, text)) = self.lines.get(self.at) {
            if depth != indent {
                break;
            }
            if let Some(rest) = text.strip_prefix("- ") {
                self.lines[self.at] = (start + 2, depth + 2, rest);
                items.push(self.node());
            } else {
                let (key, value) = text.split_once(':').expect("an entry");
                let after = start + key.len() + 1;
                self.at += 1;
                let value = match value.trim() {
                    "" if self.lines.get(self.at).is_some_and(|line| line.1 > indent) => self.node(),
                    "" => Node { span: Span::new(ID, after..after), kind: Kind::Null },
                    value => self.scalar(after + self.source.text()[after..].find(value).unwrap(), value),
                };
                entries.push(Entry { key: At::new(key.into(), Span::new(ID, start..start + key.len())), value });
            }
        }
        let end = items.last().or(entries.last().map(|entry| &entry.value)).expect("a child").span.end;
        let kind = if entries.is_empty() {
            Kind::Seq { items, flow: false }
        } else {
            Kind::Map { entries, flow: false, damaged: false }
        };
        Node { span: Span::new(ID, start..end as usize), kind }
    }
}

/// Every “等” and every “重复” of a text is a finding.
fn findings(text: &str) -> Vec<Diagnostic> {
    let find = |code: &'static Code, word: &'static str| {
        text.match_indices(word).map(move |(start, it)| code.at(Span::new(ID, start..start + it.len()), word))
    };
    find(&VAGUE, "等").chain(find(&DUPLICATE, "重复")).collect()
}

/// What is left, what was allowed (with reasons), and what is said about the comments.
fn run(text: &str) -> (Vec<String>, Vec<String>, Vec<Diagnostic>) {
    let source = Source::new("a.yaml", text);
    let document = Reader::read(&source);
    let mut sink = Sink::new();
    let mut allows = Allows::default();
    allows.merge(Allows::collect(&document, &source, KNOWN, &mut sink));
    let line = |diagnostic: &Diagnostic| source.place(diagnostic.span.start as usize).line;
    let left = allows.apply(findings(text));
    allows.unused(&mut sink);
    let allowed = allows.allowed().iter().map(|it| format!("{} {}", line(&it.diagnostic), it.reason)).collect();
    (left.iter().map(|it| format!("{} {}", line(it), it.code.name)).collect(), allowed, sink.finish())
}

fn said(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code.name).collect()
}

#[test]
fn a_comment_on_its_own_line_covers_the_next_item_and_what_is_in_it() {
    let (left, allowed, said) =
        run("事项:\n  # 允许(vague-wording): 照省级清单\n\n  # 旁注\n  甲:\n    材料:\n      - 照片等\n  乙: 表格等\n");
    assert_eq!((left, allowed), (vec!["8 vague-wording".into()], vec!["7 照省级清单".to_owned()]));
    assert!(said.is_empty());
}

#[test]
fn a_list_element_is_covered_with_its_dash() {
    let (left, allowed, _) =
        run("材料:\n  # 允许(vague-wording): 一\n  - 名称: 照片等\n    形式: 原件等\n  - 表格等\n");
    assert_eq!((left.len(), allowed), (1, vec!["3 一".into(), "4 一".to_owned()]));
}

#[test]
fn a_comment_after_an_item_covers_the_outermost_that_begins_there() {
    let (left, allowed, _) =
        run("甲:  # 允许(vague-wording): 整项\n  名称: 照片等\n乙: 表格等 # 允许(vague-wording): 二\n丙: 等\n");
    assert_eq!((left, allowed), (vec!["4 vague-wording".into()], vec!["2 整项".into(), "3 二".to_owned()]));
}

#[test]
fn full_width_punctuation_and_several_names() {
    for words in [
        "允许（vague-wording、duplicate-materials）：照旧",
        "允许(vague-wording, duplicate-materials): 照旧",
        "允许 (vague-wording，duplicate-materials) ： 照旧",
        "允许(vague-wording 、 duplicate-materials) 照旧",
        "允许（vague-wording、duplicate-materials：照旧",
    ] {
        let (left, allowed, said) = run(&format!("# {words}\n甲: 重复等\n"));
        assert_eq!((left.len(), allowed), (0, vec!["2 照旧".into(), "2 照旧".to_owned()]), "{words}");
        assert!(said.is_empty(), "{words}: {said:?}");
    }
}

#[test]
fn prose_is_no_allow() {
    let (left, _, said) = run("# 允许的材料\n# 允许（经办人）代为提交\n甲: 等 # 一律不允许(vague-wording): 理由\n");
    assert_eq!((left.len(), said.len()), (1, 0));
}

#[test]
fn the_innermost_allow_acts_and_the_other_is_unused() {
    let text = "# 允许(vague-wording): 外\n甲:\n  # 允许(vague-wording): 内\n  名称: 照片等\n";
    let (_, allowed, reports) = run(text);
    assert_eq!(allowed, ["4 内"]);
    assert_eq!(said(&reports), ["unused-allows"]);
    let fixed = crate::diagnostic::apply_fixes(text, ID, &reports).0;
    assert_eq!(fixed, "甲:\n  # 允许(vague-wording): 内\n  名称: 照片等\n");
}

#[test]
fn unused_allows_are_taken_away_and_nothing_else() {
    for (text, fixed) in [
        ("甲: 照片  # 允许(vague-wording): 一\n", "甲: 照片\n"),
        ("甲: 一\n  # 允许(vague-wording): 末尾\n", "甲: 一\n"),
        ("\u{feff}# 允许(vague-wording): 一\r\n甲: 照片\r\n", "\u{feff}甲: 照片\r\n"),
        ("甲: 等 # 允许(duplicate-materials、vague-wording): 一\n", "甲: 等 # 允许(vague-wording): 一\n"),
        ("# 允许(vague-wording、vague-wording): 一\n甲: 等\n", "# 允许(vague-wording): 一\n甲: 等\n"),
        ("- 一\n# 允许(vague-wording): 三", "- 一\n"),
    ] {
        let (_, _, reports) = run(text);
        assert_eq!(said(&reports), ["unused-allows"], "{text}");
        assert_eq!(crate::diagnostic::apply_fixes(text, ID, &reports).0, fixed);
    }
}

#[test]
fn an_allow_without_reason_does_not_act() {
    for comment in ["允许(vague-wording)", "允许(vague-wording):", "允许(vague-wording)： ——"] {
        let (left, allowed, reports) = run(&format!("甲: 等 # {comment}\n"));
        assert_eq!((left.len(), allowed.len(), said(&reports)), (1, 0, vec!["allows-without-reasons"]), "{comment}");
    }
}

#[test]
fn names_are_checked() {
    let (left, _, reports) = run("甲: 等 # 允许(vauge-wording): 一\n");
    assert_eq!((left.len(), said(&reports)), (1, vec!["unknown-allows"]));
    assert_eq!(reports[0].fix.as_ref().unwrap().edits[0].text, "vague-wording");
    let source = Source::new("a.yaml", "甲: 等 # 允许(vauge-wording): 一\n");
    assert_eq!(Sources::from_texts([source]).slice(reports[0].span), "vauge-wording");
    assert_eq!(run("# 允许(措辞含糊): 一\n甲: 等\n").2[0].fix.as_ref().unwrap().edits[0].text, "vague-wording");
    let reports = run("# 允许(unknown-keys): 一\n甲: 等\n").2;
    assert_eq!(reports[0].message, "unknown-keys（没有这个键）不能放过，只能改正");
    assert_eq!(said(&run("# 允许(): 一\n甲: 等\n").2), ["unknown-allows"]);
    assert!(run("# 允许(zzz): 一\n甲: 等\n").2[0].fix.is_none());
}

#[test]
fn allows_act_in_their_own_text() {
    let source = Source::new("a.yaml", "甲: 等 # 允许(vague-wording): 一\n");
    let document = Reader::read(&source);
    let mut sink = Sink::new();
    let mut allows = Allows::collect(&document, &source, KNOWN, &mut sink);
    let elsewhere = VAGUE.at(Span::new(SourceId(1), 5..8), "等");
    assert_eq!(allows.apply(vec![elsewhere]).len(), 1);
    allows.unused(&mut sink);
    assert_eq!(sink.len(), 1);
}

#[test]
fn nothing_is_called_unused_in_a_damaged_text() {
    let source = Source::new("a.yaml", "甲: 一 # 允许(vague-wording): 一\n");
    let document = Document { damaged: true, ..Reader::read(&source) };
    let mut sink = Sink::new();
    Allows::collect(&document, &source, KNOWN, &mut sink).unused(&mut sink);
    assert!(sink.is_empty());
}
