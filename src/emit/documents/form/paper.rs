//! The form on paper: to be printed and filled in by hand, or filled in on the screen as a Word file. Conditions are said in words,
//! what is filled in by the system is marked, and the applicant signs at the end.

use crate::page::{Block, Entry, Fill, Grid, Page, Section, Text};
use crate::words::form as words;
use crate::words::view::View;
use yijianshi_core::model::ElementType;
use yijianshi_core::plan::{Field, FieldGroup, Question, QuestionKind, Requirement, When};

/// Boxes are ticked up to this many options; more are picked from a list.
const BOXES: usize = 8;
/// A name of more characters, and what is longer than so many characters when filled in, has a row of its own.
const LONG_NAME: usize = 14;
const LONG: u32 = 60;

/// The form as a document.
pub(super) fn paper(view: View<'_>) -> Page {
    let plan = view.plan;
    let mut number = 0;
    let mut sections = Vec::new();
    if !plan.questions.is_empty() || !plan.exits.is_empty() {
        let mut blocks: Vec<Block> = plan
            .exits
            .iter()
            .map(|exit| Block::Alert(Text::of(format!("{}的，不适用这张表。{}", exit.when.words, exit.advice))))
            .collect();
        let entries: Vec<Entry> = plan.questions.iter().map(|question| asked(question, &mut number)).collect();
        if !entries.is_empty() {
            blocks.push(Block::Grid(Grid::new(Text::of("先选办理情形，再填与情形有关的内容"), entries)));
        }
        sections.extend(Section::new("situation", "办理情形", blocks));
    }
    let mut blocks = Vec::new();
    for group in &plan.form.groups {
        blocks.push(Block::Grid(grid(group, &mut number)));
    }
    if blocks.is_empty() {
        blocks.push(Block::Para(Text::of("各部门的表还没有列出字段，请按各表填写。")));
    }
    sections.extend(Section::new("fields", "填写内容", blocks));
    sections.extend(Section::new("promise", "承诺和签字", vec![Block::Grid(promise(view)), Block::Grid(counter())]));
    sections.extend(Section::new("notes", "填表说明", vec![Block::Numbered(notes(view))]));
    let region = plan.workspace.region.as_ref().map(|region| format!(" · {}", region.name));
    Page {
        kind: "",
        title: Text::of(&plan.form.name),
        subtitle: view.title().then(region.unwrap_or_default()),
        notice: view.notice(),
        sections,
        foot: view.foot(),
        ..Page::default()
    }
}

/// A group of fields. What most of them wait for is said once, above them.
fn grid(group: &FieldGroup, number: &mut usize) -> Grid {
    let (common, all) = common(group);
    let title = match common {
        Some(when) => {
            let but = if all { "" } else { "除另有写明的外，" };
            Text::of(&group.name).then(format!("（{but}{}）", words::only(&when.words, "填写")))
        }
        None => Text::of(&group.name),
    };
    let entries = group.fields.iter().map(|field| entry(field, common, number)).collect();
    Grid::new(title, entries)
}

/// What most fields of a group wait for, and whether all do. A field that waits for nothing would be missed.
fn common(group: &FieldGroup) -> (Option<&When>, bool) {
    let conditions: Option<Vec<&When>> = group.fields.iter().map(|field| field.when.as_ref()).collect();
    let conditions = conditions.unwrap_or_default();
    let count = |when: &When| conditions.iter().filter(|other| other.text == when.text).count();
    let most = conditions.iter().find(|when| count(when) * 2 > conditions.len()).copied();
    (most, most.is_some_and(|when| count(when) == conditions.len()))
}

fn asked(question: &Question, number: &mut usize) -> Entry {
    let fill = match &question.kind {
        QuestionKind::YesNo => Fill::Tick(vec![Text::of("是"), Text::of("否")]),
        QuestionKind::Choice { .. } | QuestionKind::Choices { .. } => chosen(&question.kind.option_names()),
        QuestionKind::Number { unit, .. } => {
            Fill::Write { lines: 1, unit: Text::of(unit.as_deref().unwrap_or_default()) }
        }
        QuestionKind::Date { .. } => Fill::Day,
    };
    let several = matches!(question.kind, QuestionKind::Choices { .. });
    let asks = Text::of(&question.ask).then(if several { "（可多选，没有的不选）" } else { "" });
    let mut notes: Vec<Text> = Vec::new();
    notes.extend(question.help.as_ref().map(|help| Text::default().quiet(help)));
    notes.extend(question.when.as_ref().map(|when| Text::default().quiet(words::only(&when.words, "填写"))));
    Entry {
        label: label(&question.name, true, number),
        asks,
        fill,
        notes,
        tag: tag('q', &question.id, *number),
        wide: true,
    }
}

fn entry(field: &Field, said: Option<&When>, number: &mut usize) -> Entry {
    let unit = field.unit.as_deref().or((field.kind == ElementType::Money).then_some("元")).unwrap_or_default();
    let write = |lines| Fill::Write { lines, unit: Text::of(unit) };
    let fill = match field.kind {
        ElementType::YesNo => Fill::Tick(vec![Text::of("是"), Text::of("否")]),
        ElementType::Choice | ElementType::Choices => chosen(&field.options),
        ElementType::Date => Fill::Day,
        ElementType::LongText => write(if field.max_length.is_some_and(|length| length > 200) { 4 } else { 2 }),
        _ => write(1),
    };
    let mut notes: Vec<Text> = Vec::new();
    notes.extend(field.prefill.iter().map(|prefill| Text::default().quiet(words::prefill(prefill))));
    if field.kind == ElementType::Choices {
        notes.push(Text::default().quiet("可多选"));
    }
    notes.extend(field.help.iter().map(|help| Text::default().quiet(help)));
    if let Some(when) = field.when.as_ref().filter(|when| said.is_none_or(|said| said.text != when.text)) {
        notes.push(Text::default().quiet(words::only(&when.words, "填写")));
    }
    if let Requirement::When(when) = &field.required {
        notes.push(Text::default().quiet(words::only(&when.words, "必填")));
    }
    let crowded = match &fill {
        Fill::Tick(list) => list.iter().map(|option| option.words().chars().count() + 2).sum::<usize>() > 12,
        Fill::Pick(_) => true,
        Fill::Write { .. } => field.max_length.is_some_and(|length| length > LONG),
        Fill::Day | Fill::Sign(_) | Fill::Read(_) => false,
    };
    let wide = crowded
        || field.kind == ElementType::LongText
        || field.label.chars().count() > LONG_NAME
        || notes.iter().any(|note| note.words().chars().count() > 30);
    // Where only some must fill it in, that is said in words.
    let must = matches!(field.required, Requirement::Always);
    Entry {
        label: label(&field.label, must, number),
        asks: Text::default(),
        fill,
        notes,
        tag: tag('f', &field.id, *number),
        wide,
    }
}

fn chosen(options: &[impl AsRef<str>]) -> Fill {
    let words = options.iter().map(|option| Text::of(option.as_ref())).collect();
    if options.len() <= BOXES { Fill::Tick(words) } else { Fill::Pick(words) }
}

/// Numbered through the whole form, so that one can say over the telephone which field is meant.
fn label(name: &str, must: bool, number: &mut usize) -> Text {
    *number += 1;
    Text::of(format!("{number}. {name}{}", if must { "*" } else { "" }))
}

/// The field's id as the other forms have it, or its number where that is too long for Word.
fn tag(kind: char, id: &str, number: usize) -> String {
    // Options add a number of their own.
    if id.len() <= 56 { format!("{kind}-{id}") } else { format!("{kind}-{number}") }
}

fn promise(view: View<'_>) -> Grid {
    let mut lines = vec![Text::of("申请人承诺：")];
    let promised = words::promise(view.plan);
    lines.extend(promised.iter().enumerate().map(|(index, line)| Text::of(format!("{}. {line}", index + 1))));
    let read = |lines| Entry {
        label: Text::default(),
        asks: Text::default(),
        fill: Fill::Read(lines),
        notes: Vec::new(),
        tag: String::new(),
        wide: true,
    };
    let sign = |label: &str| Entry {
        label: Text::of(label),
        asks: Text::default(),
        fill: Fill::Sign(2),
        notes: Vec::new(),
        tag: String::new(),
        wide: false,
    };
    let day = |tag: &str| Entry {
        label: Text::of("日期"),
        asks: Text::default(),
        fill: Fill::Day,
        notes: Vec::new(),
        tag: tag.to_owned(),
        wide: false,
    };
    let entries =
        vec![read(lines), sign(words::SIGNING[0]), day("signed-on"), sign(words::SIGNING[1]), day("agent-signed-on")];
    Grid::new(Text::of("申请人承诺和签字"), entries)
}

fn counter() -> Grid {
    let write = |label: &str, tag: &str| Entry {
        label: Text::of(label),
        asks: Text::default(),
        fill: Fill::Write { lines: 1, unit: Text::default() },
        notes: Vec::new(),
        tag: tag.to_owned(),
        wide: false,
    };
    let day = Entry {
        label: Text::of("收件日期"),
        asks: Text::default(),
        fill: Fill::Day,
        notes: Vec::new(),
        tag: "received-on".to_owned(),
        wide: false,
    };
    let entries = vec![
        write("收件编号", "received-number"),
        day,
        write("收件人", "received-by"),
        write("联系电话", "counter-phone"),
    ];
    Grid::new(Text::of("以下由受理窗口填写"), entries)
}

fn notes(view: View<'_>) -> Vec<Text> {
    let plan = view.plan;
    let mut notes = Vec::new();
    let fields = plan.form.fields().count();
    if plan.form.shares.len() > 1 && fields > 0 {
        let before: usize = plan.form.shares.iter().map(|share| share.fields.len()).sum();
        notes.push(Text::of(format!(
            "这张表合并了{}张表：原来一共要填{before}项，合并后{fields}项，相同的只填一次。各部门取哪些内容，见“分发对照表”。",
            plan.form.shares.len()
        )));
    }
    notes.push(Text::of("带*的必填；写明“……的填写”的，符合的才填，不符合的空着。“□”里打“√”。"));
    let filled = plan.form.fields().filter(|field| field.prefill.is_some()).count();
    if filled > 0 {
        notes.push(Text::of(format!(
            "有{filled}项由系统从电子证照或者共享数据预填，在窗口和网上办理时请核对，与实际不符的当场提出；手工填写的照填。"
        )));
    }
    notes.push(Text::of("用黑色签字笔填写，字迹清楚，涂改的地方由申请人签字或者盖章；也可以在电脑上填好再打印。"));
    notes
}
