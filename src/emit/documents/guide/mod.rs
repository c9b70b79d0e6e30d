//! `办事指南` in Word, as a page and as Markdown: what applicants and the people at the counter read. What a bundle does not say
//! has no section of its own; what is lacking is named at the end.

mod materials;
mod picker;
mod process;
mod questions;

use crate::page::{self, Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::{code, document, figures, gaps, ranges, schedule, service};
use crate::words::view::{Measured, View, bases, basis, duration};
use crate::write::html::{Html, Name, Url, attr};
use crate::write::text::display;
use crate::write::{Files, Painter};
use yijianshi_core::model::PartialFailure;
use yijianshi_core::plan::{Fee, Item, Plan};

/// Writes it in all formats.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let page = page(View { plan });
    files.insert("办事指南.docx".to_owned(), page::docx(&page, painter));
    files.insert("办事指南.md".to_owned(), page::markdown(&page));
    files.insert("办事指南.html".to_owned(), picker::page(View { plan }, &page));
    if plan.bundle.address.is_some() {
        files.insert("index.html".to_owned(), doorway(plan));
    }
}

/// Where the QR code leads: the folder's own page, which goes on to the guide.
fn doorway(plan: &Plan) -> Vec<u8> {
    const GUIDE: &str = "%E5%8A%9E%E4%BA%8B%E6%8C%87%E5%8D%97.html";
    Html::page(|html| {
        html.el("head", &[], |html| {
            html.void("meta", &[attr(Name::Charset, "utf-8")]);
            html.void("meta", &[attr(Name::HttpEquiv, "refresh"), attr(Name::Content, format!("0; url={GUIDE}"))]);
            html.leaf("title", &[], &format!("{} 办事指南", display(&plan.bundle.title)));
        });
        html.el("body", &[], |html| {
            html.el("p", &[], |html| html.link(&Url::file(GUIDE), &[], |html| html.text("打开办事指南")));
        });
    })
}

fn page(view: View<'_>) -> Page {
    let bundle = &view.plan.bundle;
    let list = |texts: &[String]| -> Vec<Block> {
        match texts {
            [] => Vec::new(),
            [only] => vec![Block::Para(Text::of(only))],
            many => vec![Block::Numbered(many.iter().map(Text::of).collect())],
        }
    };
    let sections = [
        Section::new("basics", "基本信息", basics(view)),
        Section::new("scenarios", "先看您属于哪种情形", questions::blocks(view)),
        Section::new("items", "联办事项", items(view)),
        Section::new("materials", "材料清单", materials::blocks(view)),
        Section::new("process", "办理流程", process::blocks(view)),
        Section::new("time", "办理时限", time(view)),
        Section::new("results", "结果送达", results(view)),
        Section::new("places", "办理地点和时间", service::places(view)),
        Section::new("fees", "收费", fees(view)),
        Section::new("conditions", "受理条件", service::eligibility(view)),
        Section::new("basis", "设定依据", legal(view)),
        Section::new("help", "咨询、监督和救济", service::remedies(view)),
        Section::new("rights", "权利和义务", list(&bundle.rights)),
        Section::new("figures", "改革前后", comparison(view)),
        Section::new("faq", "常见问题", service::faq(view)),
        Section::new("notes", "说明", notes(view)),
        Section::new("gaps", "还没有写明的内容", unsaid(view)),
    ];
    Page { figures: figures::cards(view), ..document::about(view, "办事指南", sections) }
}

fn time(view: View<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(spread) = ranges::spread(view, Measured::Days) {
        blocks.push(Block::Para(Text::of("情形不同，办理时间不同：从受理起").strong(spread).then("。")));
    }
    blocks.extend(ranges::promise(view));
    blocks.extend(schedule::blocks(view, &view.typical()));
    blocks
}

fn comparison(view: View<'_>) -> Vec<Block> {
    let measured = [
        Measured::Materials,
        Measured::DistinctMaterials,
        Measured::Days,
        Measured::Forms,
        Measured::Steps,
        Measured::Visits,
    ];
    vec![
        Block::Note(figures::cards_note(view)),
        Block::Table(figures::table(view, &view.all(), &measured).headed()),
        Block::Heading(Text::of("这些数字怎样数")),
        Block::List(figures::conventions(view)),
    ]
}

fn basics(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let mut facts: Vec<(Text, Text)> = Vec::new();
    let mut fact = |name: &str, value: Text| {
        if !value.is_empty() {
            facts.push((Text::of(name), value));
        }
    };
    let text = |text: &Option<String>| text.as_ref().map_or_else(Text::default, Text::of);
    fact("规范名称", text(&bundle.official_name));
    fact("主题编码", text(&bundle.code));
    fact("服务对象", Text::of(bundle.audience.join("、")));
    fact("主题", text(&bundle.theme));
    fact("阶段", text(&bundle.life_stage));
    let name = |lead: bool| -> String {
        let agencies =
            view.plan.agencies.iter().filter(|agency| (agency.role == yijianshi_core::plan::Role::Lead) == lead);
        agencies
            .map(|agency| agency.full_name.clone().unwrap_or_else(|| agency.name.clone()))
            .collect::<Vec<_>>()
            .join("、")
    };
    fact("牵头单位", Text::of(name(true)));
    fact("联办单位", Text::of(name(false)));
    fact("办件类型", bundle.case_type.map_or_else(Text::default, |kind| Text::of(kind.word())));
    fact("承诺时限", bundle.promise.map_or_else(Text::default, |limit| Text::of(duration(limit))));
    fact("法定时限", bundle.statutory.map_or_else(Text::default, |limit| Text::of(duration(limit))));
    if let Some(visits) = bundle.visits {
        let reason = bundle.visit_reason.as_ref().map(|reason| format!("：{reason}")).unwrap_or_default();
        fact("跑动", Text::of(if visits == 0 { "不用跑".to_owned() } else { format!("最多{visits}次{reason}") }));
    }
    fact("办理形式", Text::of(bundle.channels.join("、")));
    fact("通办范围", text(&bundle.coverage));
    fact("网上办理", bundle.online.as_ref().map_or_else(Text::default, |online| Text::default().address(online)));
    let facts = if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] };
    let code = code::of(view.plan).map(|code| Block::Code(Box::new(code)));
    facts.into_iter().chain(code).collect()
}

fn items(view: View<'_>) -> Vec<Block> {
    let rows = view.plan.items.iter().enumerate().map(|(index, item)| {
        let agencies: Vec<&str> =
            item.agency.iter().chain(&item.joint_agencies).chain(&item.office).map(String::as_str).collect();
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(item_title(item)),
            Cell::new(Text::lines(agencies.into_iter().map(Text::of))),
            Cell::of(item.limit.map(duration).unwrap_or_default()),
            Cell::of(item.limit_after.map(duration).unwrap_or_default()),
            Cell::new(condition(view, item)),
            Cell::new(outcomes(item)),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::long("事项"),
        Column::new("单位"),
        Column::number("改革前时限"),
        Column::number("改革后时限"),
        Column::new("什么情形下办"),
        Column::new("结果"),
    ];
    let mut blocks =
        vec![Block::Table(Table::new("联办事项", columns, rows.collect()).without_empty_columns().headed())];
    let remarks: Vec<Text> = view
        .plan
        .items
        .iter()
        .flat_map(|item| {
            let quota = item.quota.iter().map(|quota| format!("{}：数量限制，{quota}", item.name));
            let notes = item.notes.iter().map(|note| format!("{}：{note}", item.name));
            quota.chain(notes).map(Text::of).collect::<Vec<_>>()
        })
        .collect();
    if !remarks.is_empty() {
        blocks.push(Block::List(remarks));
    }
    blocks
}

fn item_title(item: &Item) -> Text {
    let mut text = Text::bold(&item.name);
    if item.official_name != item.name {
        text = text.line().quiet(&item.official_name);
    }
    for code in item.base_code.iter().chain(&item.implementation_code) {
        text = text.line().quiet(code);
    }
    text
}

fn condition(view: View<'_>, item: &Item) -> Text {
    let mut text = match &item.when {
        Some(when) => Text::of(&when.words),
        None => Text::of("都要办"),
    };
    if !item.preconditions.is_empty() {
        text = text.line().quiet(format!("{}办结后", view.item_names(&item.preconditions)));
    }
    for law in &item.mandatory {
        text = text.line().quiet(format!("必须办，依据：{}", law.line()));
    }
    text
}

fn outcomes(item: &Item) -> Text {
    Text::lines(item.results.iter().map(|result| {
        let mut text = Text::of(&result.name);
        if let Some(when) = &result.when {
            text = text.quiet(format!("（{}）", when.words));
        }
        if let Some(validity) = &result.validity {
            text = text.quiet(format!("，有效期{validity}"));
        }
        text
    }))
}

fn results(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let mut blocks = Vec::new();
    let results: Vec<Text> = view
        .plan
        .items
        .iter()
        .flat_map(|item| {
            item.results.iter().map(move |result| Text::of(&result.name).quiet(format!("（{}）", item.name)))
        })
        .collect();
    if !results.is_empty() {
        blocks.push(Block::Para(Text::of("办好后您会拿到：")));
        blocks.push(Block::List(results));
    }
    if !bundle.delivery.is_empty() {
        blocks.push(Block::Para(Text::of(format!("送达方式：{}。", bundle.delivery.join("、")))));
    }
    if let Some(policy) = bundle.partial_failure {
        blocks.push(Block::Para(Text::of(match policy {
            PartialFailure::IssueOthers => "部分事项不予许可的，其余事项的结果照常发放。",
            PartialFailure::WithholdAll => "部分事项不予许可的，全部结果都不发放。",
            PartialFailure::AskApplicant => "部分事项不予许可的，其余事项怎么办，先征求您的意见。",
        })));
    }
    blocks
}

fn fees(view: View<'_>) -> Vec<Block> {
    let own = view.plan.bundle.fees.iter().map(|fee| ("", fee));
    let of_items = view.plan.items.iter().flat_map(|item| item.fees.iter().map(move |fee| (item.name.as_str(), fee)));
    let all: Vec<(&str, &Fee)> = own.chain(of_items).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let text = |text: &Option<String>| Cell::of(text.as_deref().unwrap_or_default());
    let rows = all.iter().map(|(item, fee)| {
        Row::new(vec![
            Cell::of(item),
            Cell::of(&fee.name),
            text(&fee.rate),
            Cell::new(bases(&fee.basis)),
            text(&fee.payment),
            text(&fee.relief),
        ])
    });
    let columns = ["事项", "项目", "标准", "依据", "缴费方式", "减免"].map(Column::new).into();
    vec![Block::Table(Table::new("收费项目", columns, rows.collect()).without_empty_columns().headed())]
}

fn legal(view: View<'_>) -> Vec<Block> {
    let mut list: Vec<Text> = view.plan.bundle.basis.iter().map(basis).collect();
    for item in &view.plan.items {
        list.extend(item.basis.iter().map(|law| Text::of(format!("{}：", item.name)).join(basis(law))));
    }
    if list.is_empty() { Vec::new() } else { vec![Block::List(list)] }
}

fn notes(view: View<'_>) -> Vec<Block> {
    let mut list: Vec<Text> = view.plan.bundle.notes.iter().map(Text::of).collect();
    list.push(Text::of("除法律法规规定必须一并办理的以外，您可以只办其中的部分事项，材料相应减少。"));
    vec![Block::List(list)]
}

/// What the guide lacks, until it is published; a published one has to be complete.
fn unsaid(view: View<'_>) -> Vec<Block> {
    let lacks = gaps::of_bundle(view);
    if lacks.is_empty() || view.plan.bundle.status == yijianshi_core::model::Status::Published {
        return Vec::new();
    }
    vec![Block::Para(Text::of(format!("{}还没有写明，以窗口答复为准。", lacks.join("、"))))]
}
