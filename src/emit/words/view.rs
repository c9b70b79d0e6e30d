//! The plan in the words of documents for people: names for ids, amounts with units, figures that may be unknown.

use crate::page::{Text, Tone};
use yijianshi_core::expr::{Duration, Number};
use yijianshi_core::model::Status;
pub use yijianshi_core::plan::Figure as Measured;
use yijianshi_core::plan::{Basis, COUNTER, Figures, Item, Material, Node, Plan, Scenario, SourceRef, Stage, When};

/// A look at a plan.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The plan.
    pub plan: &'a Plan,
}

impl<'a> View<'a> {
    /// What is called `id` among the items.
    pub fn item(self, id: &str) -> Option<&'a Item> {
        self.plan.items.iter().find(|item| item.id == id)
    }

    /// The item's short name.
    pub fn item_name(self, id: &str) -> &'a str {
        self.item(id).map_or("", |item| &item.name)
    }

    /// Names of items in a row.
    pub fn item_names(self, ids: &[String]) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.item_name(id)).collect();
        names.join("、")
    }

    /// Whose colour: the applicant's, the counter's, an agency's.
    pub fn tone(self, actor: &str) -> Tone {
        match self.plan.agencies.iter().position(|agency| agency.name == actor) {
            Some(index) => Tone::Agency(index),
            None if actor == COUNTER => Tone::Window,
            None if actor.is_empty() => Tone::Plain,
            None => Tone::Applicant,
        }
    }

    /// Who does a step, all of those who take part.
    pub fn actors(self, node: &Node) -> String {
        let lanes = &self.plan.flow.lanes;
        let name = |id: &String| lanes.iter().find(|lane| lane.id == *id).map(|lane| lane.name.as_str());
        match node.lanes.len() {
            0 | 1 => node.actor.clone(),
            _ => node.lanes.iter().filter_map(name).collect::<Vec<_>>().join("、"),
        }
    }

    /// Whose colour an item has.
    pub fn item_tone(self, id: &str) -> Tone {
        self.tone(self.item(id).and_then(|item| item.agency.as_deref()).unwrap_or_default())
    }

    /// The typical scenarios; the widest count if there are none.
    pub fn typical(self) -> Vec<&'a Scenario> {
        if self.plan.scenarios.is_empty() { vec![&self.plan.widest] } else { self.plan.scenarios.iter().collect() }
    }

    /// The typical scenarios and the widest count.
    pub fn all(self) -> Vec<&'a Scenario> {
        self.plan.scenarios.iter().chain([&self.plan.widest]).collect()
    }

    /// The title of a document.
    pub fn title(self) -> Text {
        Text::of(format!("“{}”一件事", self.plan.bundle.title))
    }

    /// For whom, and who leads.
    pub fn subtitle(self) -> Text {
        let bundle = &self.plan.bundle;
        let mut parts = Vec::new();
        parts.extend(self.plan.workspace.region.as_ref().map(|region| region.name.clone()));
        parts.extend(bundle.lead.as_ref().map(|lead| format!("{lead}牵头")));
        if !bundle.audience.is_empty() {
            parts.push(format!("面向{}", bundle.audience.join("、")));
        }
        Text::of(parts.join(" · "))
    }

    /// That it is a draft or on trial.
    pub fn notice(self) -> Option<Text> {
        match self.plan.bundle.status {
            Status::Draft => Some(Text::of("草案：还在编制，不作为办事依据")),
            Status::Trial => Some(Text::of("试行：内容可能调整，以窗口答复为准")),
            Status::Published => None,
        }
    }

    /// Version, dates, who answers for it.
    pub fn foot(self) -> Vec<Text> {
        let bundle = &self.plan.bundle;
        let parts = [
            ("版本", &bundle.version),
            ("发布日期", &bundle.issued_on),
            ("实施日期", &bundle.effective_on),
            ("责任人", &bundle.responsible),
        ];
        let parts: Vec<String> =
            parts.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}：{value}"))).collect();
        let mut foot = Vec::new();
        if !parts.is_empty() {
            foot.push(Text::of(parts.join("\u{3000}")));
        }
        foot.push(Text::of(format!(
            "本文件由一件事的原文编译生成，各项数字都能在改革成效的账目里逐条查到。{}",
            if bundle.status == Status::Published { "" } else { "正式发布前请核对原文。" }
        )));
        foot
    }

    /// When the same words are said in each answer: the scenario's answers.
    pub fn answers(self, scenario: &Scenario) -> Text {
        if scenario.answers.is_empty() {
            return Text::default();
        }
        let answers: Vec<String> = scenario.answers.iter().map(|(name, value)| format!("{name}：{value}")).collect();
        Text::of(answers.join("；"))
    }
}

/// A condition in words; nothing where there is none.
pub fn when(condition: Option<&When>) -> Text {
    condition.map_or_else(Text::default, |when| Text::of(&when.words))
}

/// The name of a material with its holder.
pub fn material_name(material: &Material) -> String {
    match &material.holder {
        Some(holder) if !material.name.contains(holder.as_str()) => {
            format!("{}（{holder}）", material.name)
        }
        _ => material.name.clone(),
    }
}

/// That nobody wrote it.
pub fn unsaid() -> Text {
    Text::default().tag("未写明")
}

/// In which shape a material is handed in, and how many of it.
pub fn shape(material: &Material) -> String {
    format!("{}{}份", material.form.map(|form| form.word()).unwrap_or_default(), material.copies)
}

/// Where something is written.
pub fn place(source: &SourceRef) -> String {
    format!("{}:{}", source.file, source.line)
}

/// A duration in words.
pub fn duration(duration: Duration) -> String {
    if duration.is_immediate() { "即办".to_owned() } else { amount(duration.amount(), duration.unit().label()) }
}

/// An amount of time in words.
pub fn amount(number: Number, unit: &str) -> String {
    let measure = if unit.ends_with('日') { "个" } else { "" };
    format!("{number}{measure}{unit}")
}

/// A stage with its time and what is looked at.
pub fn stage_line(stage: &Stage) -> Text {
    let mut marks: Vec<String> = Vec::new();
    marks.extend(stage.limit_after.map(duration));
    if stage.off_clock {
        marks.push("依法不计时".to_owned());
    }
    if stage.presence {
        marks.push("申请人到场".to_owned());
    }
    marks.extend(stage.office.clone());
    let mut text = Text::of(&stage.name);
    if !marks.is_empty() {
        text = text.quiet(format!("（{}）", marks.join("，")));
    }
    if !stage.checkpoints.is_empty() {
        text = text.then("：").then(stage.checkpoints.join("；"));
    }
    text
}

/// A legal basis on one line, as a link where there is an address.
pub fn basis(basis: &Basis) -> Text {
    let mut text = Text::of(basis.line());
    if let Some(words) = &basis.text {
        text = text.then("：").quiet(words);
    }
    match &basis.link {
        Some(link) => text.then("\u{3000}").address(link),
        None => text,
    }
}

/// Several bases, each on its line.
pub fn bases(list: &[Basis]) -> Text {
    Text::lines(list.iter().map(basis))
}

/// Figures in the words of documents.
pub trait Worded {
    /// Its unit; of time, the scenario's.
    fn unit_in(self, scenario: &Scenario) -> String;
    /// Its unit; `time` is that of time.
    fn unit_of(self, time: &str) -> String;
    /// The number with its unit, or that it is not known and what it would take.
    fn text(self, view: View<'_>, scenario: &Scenario, figures: &Figures) -> String;
    /// That it is not known, and what is missing.
    fn unknown(self, view: View<'_>, scenario: &Scenario) -> String;
}

impl Worded for Measured {
    fn unit_in(self, scenario: &Scenario) -> String {
        self.unit_of(&scenario.schedule.unit_label)
    }

    fn unit_of(self, time: &str) -> String {
        match self {
            Measured::Days if time.ends_with('日') => format!("个{time}"),
            Measured::Days => time.to_owned(),
            _ => self.unit().to_owned(),
        }
    }

    fn text(self, view: View<'_>, scenario: &Scenario, figures: &Figures) -> String {
        match self.of(figures) {
            Some(number) => format!("{number}{}", self.unit_in(scenario)),
            None => self.unknown(view, scenario),
        }
    }

    fn unknown(self, view: View<'_>, scenario: &Scenario) -> String {
        let of = |lacks: &dyn Fn(&Item) -> bool| -> Vec<String> {
            let items = scenario.items.iter().filter_map(|id| view.item(id));
            items.filter(|item| lacks(item)).map(|item| item.id.clone()).collect()
        };
        let unlisted =
            |item: &Item| view.plan.form.shares.iter().any(|share| share.item == item.id && share.fields.is_empty());
        let (items, what) = match self {
            Measured::Materials | Measured::DistinctMaterials | Measured::Forms => {
                (scenario.silent_items.clone(), "材料")
            }
            Measured::Days => (scenario.schedule.untimed_items.clone(), "时限"),
            Measured::Fields => (of(&unlisted), "申请表字段"),
            Measured::Steps if view.plan.workspace.steps_convention.name == "by-agency" => {
                (of(&|item| item.agency.is_none()), "单位")
            }
            Measured::Steps => (of(&|item| item.stages.is_empty()), "环节"),
            Measured::Visits => (Vec::new(), "跑动"),
        };
        match items.is_empty() {
            true => format!("未知（缺{what}）"),
            false => format!("未知（缺{}的{what}）", view.item_names(&items)),
        }
    }
}
