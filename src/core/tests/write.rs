//! Records as YAML: what is written is read back as the same record.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{self, Bundle, File, Kind, Record, Shape, Thing};
use crate::source::{Source, SourceId};
use crate::syntax;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

fn read(name: &str, text: &str) -> (Option<File>, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let source = Source::new(name, text);
    let document = syntax::parse(SourceId(0), &source, &mut sink);
    let file = model::read(&document, &source, &mut sink);
    (file, sink.finish())
}

fn text(file: &File) -> String {
    match file {
        File::Manifest(file) => model::write(file),
        File::Materials(file) => model::write(file),
        File::Agencies(file) => model::write(file),
        File::Elements(file) => model::write(file),
        File::Capabilities(file) => model::write(file),
        File::Bundle(file) => model::write(file),
    }
}

/// Reads `original`, writes it, and reads that again.
fn there_and_back(name: &str, original: &str) -> Result<(), String> {
    let (file, said) = read(name, original);
    let Some(file) = file else { return Ok(()) };
    let written = text(&file);
    let (again, faults) = read(name, &written);
    let again = again.ok_or_else(|| format!("{name} cannot be read back:\n{written}"))?;
    // What was wrong with the original may be wrong still; nothing else.
    if said.is_empty() && !faults.is_empty() {
        return Err(format!("{name}: {faults:?}\n{written}"));
    }
    if file.export() != again.export() {
        return Err(format!("{name} differs:\n{:#}\n{:#}\n{written}", file.export(), again.export()));
    }
    match text(&again) == written {
        true => Ok(()),
        false => Err(format!("{name} is written in another way the second time:\n{written}")),
    }
}

#[test]
fn what_is_shipped_is_written_and_read_back() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut folders: Vec<_> =
        ["bundles", "examples", "tests/flows", "tests/forms", "tests/ui"].map(|name| root.join(name)).into();
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                let name = path.to_string_lossy();
                // Some are there to show what happens to bytes that are no text.
                let Ok(text) = fs::read_to_string(&path) else { continue };
                there_and_back(&name, &text).unwrap();
                count += 1;
            }
        }
    }
    assert!(count > 100, "{count} files");
}

#[test]
fn it_looks_as_people_write_it() {
    let text = "\
一件事: 我要试
标识: my-try
服务对象: [自然人]
咨询: [\"12345（工作时间: 9点）\"]
联办事项:
  登记:
    名称: 设立登记
    单位: 市场监管部门
    前置:
      - 预审
      - 事项: 核名
        环节: 受理
        依据: [《登记条例》]
    时限: 3工作日
    材料: [身份证, 效果图]
  占道: 删除
改革举措:
  - 全程网办: [登记]
";
    let (file, faults) = read("甲.yaml", text);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(self::text(&file.unwrap()), text);
}

/// A stream of choices.
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % count as u64) as usize
    }

    fn text(&mut self) -> String {
        const PARTS: &[&str] = &[
            "营业执照",
            "甲",
            "删除",
            "增加",
            "是",
            "null",
            "~",
            "true",
            "1",
            "2.50",
            "0x10",
            "2026-01-01",
            "- ",
            ": ",
            ":",
            "：",
            "，",
            " #",
            "#",
            "'",
            "\"",
            "\\",
            "\\n",
            "\n",
            "\n\n",
            "\t",
            "  ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "&a",
            "*a",
            "!t",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "---",
            "...",
            "《法》",
            "“引”",
            "\u{a0}",
            "\u{3000}",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
            "😀",
            "\u{7f}",
            "a-b",
            "=",
            "<<",
        ];
        let mut text: String = (0..=self.below(5)).map(|_| PARTS[self.below(PARTS.len())]).collect();
        // A text of blanks is no text.
        text.push_str(if text.trim().is_empty() { "乙" } else { "" });
        text
    }

    fn value(&mut self, shape: &'static Shape) -> Json {
        match shape {
            Shape::Text(_) => Json::from(self.text()),
            Shape::Condition => {
                Json::from(["甲", "甲 = 乙", "甲 属于 [乙, 丙] 且 非 丁", "戊 ≥ 2.5 或 己 < 2026-01-31"][self.below(4)])
            }
            Shape::Duration => Json::from(["即办", "2.5工作日", "20自然日", "3小时", "1个月"][self.below(5)]),
            Shape::Date => Json::from("2026-01-31"),
            Shape::Count => Json::from(self.below(100).to_string()),
            Shape::Number => Json::from(["0", "2.5", "-3", "46.15"][self.below(4)]),
            Shape::YesNo => Json::from(["是", "否"][self.below(2)]),
            Shape::Word(_, words) => Json::from(words[self.below(words.len())]),
            Shape::Record(record) if record.one_of => {
                let key = &record.keys[self.below(record.keys.len())];
                json!({ key.key: self.value(key.shape) })
            }
            Shape::Record(record) => {
                let mut object = Map::new();
                for key in record.keys {
                    let parent = matches!(key.shape, Shape::Text(Kind::Ref(Thing::Bundle)));
                    if !parent && (key.required || self.below(3) == 0) {
                        object.insert(key.key.to_owned(), self.value(key.shape));
                    }
                }
                object.into()
            }
            Shape::List(item) => (0..self.below(4)).map(|_| self.value(item)).collect(),
            Shape::Table(_, item) => {
                let entries = (0..self.below(3)).map(|_| (self.text().trim().to_owned(), self.value(item)));
                Json::Object(entries.collect())
            }
        }
    }
}

static BUNDLE: Shape = Shape::Record(Bundle::RECORD);

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn hostile_records_are_written_and_read_back(seed in any::<u64>()) {
        // JSON is YAML, too.
        let original = Choices(seed).value(&BUNDLE).to_string();
        prop_assert!(matches!(read("甲.yaml", &original).0, Some(File::Bundle(_))));
        prop_assert_eq!(there_and_back("甲.yaml", &original), Ok(()));
    }
}
