//! `窗口业务手册`: for the people at the counter: whom to serve, what to ask, what to take in and how to look at it, what not to
//! ask for, what to do when something is missing, and the notice to hand out (`一次告知单`, also by itself).

mod notice;
mod papers;

use papers::{condition, due};

use crate::page::{Block, Cell, Column, Row, Section, Table, Text};
use crate::parts::{code, document, gaps, questions, service, steps};
use crate::words::view::{View, duration, material_name, shape, stage_line, unsaid};
use crate::write::{Files, Painter};
use yijianshi_core::plan::{Material, Mechanism, Plan, ReportRow, Scenario};

/// Writes it in all formats.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let sections = [
        Section::new("scope", "受理范围", scope(view)),
        Section::new("questions", "询问情形", questions(view)),
        Section::new("standards", "收件标准和审查要点", standards(view)).map(Section::landscape),
        Section::new("lists", "分情形收件清单", lists(view)),
        Section::new("exempt", "不得要求提交的材料", exempt(view)),
        Section::new("later", "容缺和告知承诺", later(view)),
        Section::new("counter", "窗口操作", counter(view)),
        Section::new("stages", "各事项审查要点", stages(view)),
        Section::new("forms", "申请表分发对照", forms(view)),
        Section::new("places", "窗口设置", service::places(view)),
        Section::new("faq", "常见问题", service::faq(view)),
        Section::new("gaps", "尚未明确的内容", gaps::blocks(view)),
        Section::new("notice", "一次告知单（样式）", notice::blocks(view)),
    ];
    let page = document::about(view, "窗口业务手册", sections);
    page.with_code(code::of(plan)).write("窗口业务手册", painter, files);
    notice::page(view).with_code(code::of(plan)).write("一次告知单", painter, files);
}

fn scope(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let mut blocks = Vec::new();
    let whom = match bundle.audience.is_empty() {
        true => "没有写明".to_owned(),
        false => bundle.audience.join("、"),
    };
    let items: Vec<Text> = view
        .plan
        .items
        .iter()
        .map(|item| {
            let text = Text::of(&item.name).quiet(
                item.agency.as_ref().map_or_else(|| "（单位没有写明）".to_owned(), |agency| format!("（{agency}）")),
            );
            match &item.when {
                Some(when) => text.then(format!("：{}的才办", when.words)),
                None => text,
            }
        })
        .collect();
    let facts = vec![
        (Text::of("服务对象"), Text::of(whom)),
        (Text::of("收哪些事项"), Text::lines(items)),
        (Text::of("承诺时限"), bundle.promise.map_or_else(|| Text::of("没有写明"), |limit| Text::of(duration(limit)))),
        (
            Text::of("办理形式"),
            Text::of(if bundle.channels.is_empty() { "没有写明".to_owned() } else { bundle.channels.join("、") }),
        ),
    ];
    blocks.push(Block::Facts(facts));
    let conditions = service::eligibility(view);
    if !conditions.is_empty() {
        blocks.push(Block::Heading(Text::of("受理条件")));
        blocks.extend(conditions);
    }
    blocks.push(Block::Note(Text::of(
        "除法律法规规定必须一并办理的以外，申请人可以只办其中的部分事项，不得要求全部办理。",
    )));
    blocks
}

fn standards(view: View<'_>) -> Vec<Block> {
    let due = due(view);
    let mut blocks = Vec::new();
    let total = due.iter().filter(|material| material.exemption.is_none()).count();
    for (what, lacking) in gaps::of_materials(view, None) {
        let count = lacking.len();
        if what != "原件或复印件" {
            blocks.push(Block::Alert(Text::of(format!("{total}份材料中有{count}份没有写明{what}，由联办单位补齐。"))));
        }
    }
    if due.is_empty() {
        blocks.push(Block::Para(Text::of("没有列出要收的材料。")));
        return blocks;
    }
    let lines = |list: &[String]| match list {
        [] => unsaid(),
        list => Text::lines(list.iter().map(Text::of)),
    };
    let rows = due.iter().enumerate().map(|(index, material)| {
        let mut name = Text::bold(material_name(material));
        if material.is_form && material.labels.len() > 1 {
            name = name.line().quiet(format!("代替：{}", material.labels.join("、")));
        }
        if let Some(help) = &material.instructions {
            name = name.line().quiet(help);
        }
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(name),
            Cell::of(shape(material)),
            Cell::new(condition(material, "都要收")),
            Cell::new(lines(&criteria(material))),
            Cell::new(lines(&material.checkpoints)),
            Cell::of(view.item_names(&material.items)),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::long("材料"),
        Column::new("形式和份数"),
        Column::new("什么情形下收"),
        Column::long("收件标准"),
        Column::long("审查要点"),
        Column::new("用于事项"),
    ];
    blocks.push(Block::Table(Table::new("收件标准和审查要点", columns, rows.collect()).headed()));
    blocks
}

/// What is looked at when a paper is taken in: its standard, and what else is demanded of it.
fn criteria(material: &Material) -> Vec<String> {
    let mut list = material.acceptance_criteria.clone();
    let more = [("出具时间", &material.validity), ("规格", &material.paper), ("签章", &material.seal)];
    list.extend(more.iter().filter_map(|(name, value)| Some(format!("{name}：{}", value.as_ref()?))));
    list
}

/// What to take in, scenario by scenario.
fn lists(view: View<'_>) -> Vec<Block> {
    if view.plan.scenarios.is_empty() {
        return vec![Block::Para(Text::of("没有列出典型情形，按“收件标准和审查要点”表中“什么情形下收”逐份核对。"))];
    }
    let mut blocks = Vec::new();
    for scenario in &view.plan.scenarios {
        blocks.push(Block::Heading(Text::of(&scenario.name)));
        let answers = view.answers(scenario);
        if !answers.is_empty() {
            blocks.push(Block::Note(answers));
        }
        blocks.push(Block::Table(list(view, scenario)));
        if !scenario.silent_items.is_empty() {
            let items = view.item_names(&scenario.silent_items);
            blocks.push(Block::Alert(Text::of(format!("{items}没有列出材料，本清单不完整。"))));
        }
    }
    blocks
}

fn list(view: View<'_>, scenario: &Scenario) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    for report in &scenario.item_reports {
        for (index, own) in report.after.iter().enumerate() {
            let mut cells = vec![Cell::of((rows.len() + 1).to_string())];
            if index == 0 {
                cells.push(Cell::head(Text::of(view.item_name(&report.item))).over(report.after.len()));
            }
            let material = find(view, own);
            let mut remarks = Text::default();
            if own.deferred {
                remarks = remarks.tag("容缺").then(material.and_then(|own| own.deferral.clone()).unwrap_or_default());
            }
            if own.added {
                remarks = remarks.line().tag("新增");
            }
            cells.extend([
                Cell::of(&own.name),
                Cell::of(material.map(shape).unwrap_or_default()),
                Cell::new(remarks),
                Cell::of("□"),
            ]);
            rows.push(Row::new(cells));
        }
    }
    let number = rows.len();
    rows.push(Row::total(vec![
        Cell::of("合计").across(2),
        Cell::of(format!("{number}件")),
        Cell::of(""),
        Cell::of(""),
        Cell::of(""),
    ]));
    let columns = vec![
        Column::number("序号"),
        Column::new("事项"),
        Column::long("材料"),
        Column::new("形式和份数"),
        Column::new("备注"),
        Column::short("已收"),
    ];
    Table::new(format!("收件清单（{}）", scenario.name), columns, rows).headed()
}

/// The material of a row in a scenario.
fn find<'a>(view: View<'a>, row: &ReportRow) -> Option<&'a Material> {
    let full = |material: &Material| match &material.holder {
        Some(holder) => format!("{}（{holder}）", material.name),
        None => material.name.clone(),
    };
    view.plan.materials.iter().filter(|own| own.exemption.is_none()).find(|own| full(own) == row.name)
}

fn exempt(view: View<'_>) -> Vec<Block> {
    let exempt = view.plan.materials.iter().filter_map(|material| Some((material, material.exemption.as_ref()?)));
    let rows: Vec<Row> = exempt
        .filter(|(_, own)| own.mechanism != Mechanism::Commitment)
        .map(|(material, own)| {
            let from = match (&own.system, &own.provider, own.mechanism) {
                (Some(system), ..) => Text::of(system),
                (None, Some(provider), _) => Text::of(provider),
                (None, None, Mechanism::ELicence | Mechanism::DataShare) => unsaid(),
                _ => Text::default(),
            };
            Row::new(vec![
                Cell::head(Text::bold(material_name(material))),
                Cell::of(view.item_names(&material.items)),
                Cell::of(&own.label),
                Cell::of(&own.reason),
                Cell::new(from),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::long("材料"),
        Column::new("原来哪些事项收"),
        Column::new("为什么免交"),
        Column::long("理由"),
        Column::new("从哪里取得"),
    ];
    vec![
        Block::Para(Text::of("下列材料申请人不用交，窗口和各单位都不得要求提交：")),
        Block::Table(Table::new("不得要求提交的材料", columns, rows).without_empty_columns().headed()),
    ]
}

fn later(view: View<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let deferred: Vec<Text> = due(view)
        .into_iter()
        .filter_map(|material| {
            let deferral = material.deferral.as_ref()?;
            Some(Text::of(format!("{}：{deferral}。", material_name(material))))
        })
        .collect();
    if !deferred.is_empty() {
        blocks.push(Block::Heading(Text::of("容缺受理")));
        blocks.push(Block::Para(Text::of("下列材料暂缺的，先受理，并一次告知补交期限和方式：")));
        blocks.push(Block::Numbered(deferred));
    }
    let mut promised = Vec::new();
    for material in &view.plan.materials {
        let Some(own) = material.exemption.as_ref().and_then(|own| own.commitment.as_ref()) else { continue };
        let said = |text: &Option<String>| text.as_ref().map_or_else(unsaid, Text::of);
        promised.push(Block::Facts(vec![
            (Text::of("代替的材料"), Text::of(material_name(material))),
            (Text::of("承诺书"), said(&own.letter)),
            (Text::of("核查方式"), said(&own.verification)),
            (Text::of("违诺责任"), said(&own.liability)),
            (Text::of("不适用"), if own.excluded.is_empty() { unsaid() } else { Text::of(own.excluded.join("；")) }),
        ]));
    }
    if !promised.is_empty() {
        blocks.push(Block::Heading(Text::of("告知承诺")));
        blocks.push(Block::Para(Text::of(
            "申请人可以选择签承诺书，也可以选择交材料。窗口应当书面告知承诺的内容、核查方式和违诺责任。",
        )));
        blocks.extend(promised);
    }
    blocks
}

/// What the people at the counter do, in order.
fn counter(view: View<'_>) -> Vec<Block> {
    let steps = steps::counter(view).into_iter().map(|(what, how)| {
        let text = Text::default().strong(what);
        if how.is_empty() { text } else { text.then("：").then(how.join("；")) }
    });
    let steps: Vec<Text> = steps.collect();
    if steps.is_empty() { Vec::new() } else { vec![Block::Numbered(steps)] }
}

/// What to ask first: whom the bundle is not for, and which answers decide what is taken in.
fn questions(view: View<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for exit in &view.plan.exits {
        let words = Text::bold(format!("{}的，不在受理范围。", exit.when.words));
        blocks.push(Block::Alert(words.then("告知申请人：").then(&exit.advice)));
    }
    if view.plan.questions.is_empty() {
        return blocks;
    }
    blocks.push(Block::Para(Text::of("按次序询问申请人，按回答确定办哪些事项、收哪些材料：")));
    blocks.push(questions::table(view));
    let never: Vec<Text> = view.plan.constraints.iter().map(|never| Text::of(&never.words)).collect();
    if !never.is_empty() {
        blocks.push(Block::Para(Text::of("下列回答不会同时出现，出现的应当重新询问：")));
        blocks.push(Block::List(never));
    }
    blocks
}

fn stages(view: View<'_>) -> Vec<Block> {
    let rows: Vec<Row> = view
        .plan
        .items
        .iter()
        .map(|item| {
            let lines = Text::lines(item.stages.iter().filter(|stage| !stage.dropped).map(stage_line));
            let known = item.stages.iter().any(|stage| !stage.checkpoints.is_empty());
            Row::new(vec![
                Cell::head(Text::bold(&item.name)),
                Cell::of(item.agency.as_deref().unwrap_or("没有写明")),
                Cell::new(match (item.stages.is_empty(), known) {
                    (true, _) => Text::default().tag("环节未写明"),
                    (false, true) => lines,
                    (false, false) => lines.line().tag("审查要点未写明"),
                }),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![Column::new("事项"), Column::new("单位"), Column::long("环节和审查要点")];
    vec![Block::Table(Table::new("各事项审查要点", columns, rows).headed())]
}

/// Which agency's form takes what from the one form.
fn forms(view: View<'_>) -> Vec<Block> {
    let form = &view.plan.form;
    if form.shares.is_empty() {
        return Vec::new();
    }
    let label = |id: &str| {
        let fields = form.groups.iter().flat_map(|group| &group.fields);
        fields.into_iter().find(|field| field.id == id).map_or("", |field| field.label.as_str())
    };
    let rows = form.shares.iter().map(|share| {
        let fields: Vec<String> = share
            .fields
            .iter()
            .map(|own| match label(&own.field) {
                name if name == own.label => name.to_owned(),
                name => format!("{name}（原称“{}”）", own.label),
            })
            .collect();
        Row::new(vec![
            Cell::of(share.agency.as_deref().unwrap_or("没有写明")),
            Cell::head(Text::of(&share.form)),
            Cell::of(if fields.is_empty() { "未写明".to_owned() } else { fields.len().to_string() }),
            Cell::of(fields.join("、")),
        ])
    });
    let columns = vec![
        Column::new("单位"),
        Column::new("原来的表"),
        Column::number("填写项"),
        Column::long("从统一申请表取哪些项"),
    ];
    vec![
        Block::Para(Text::of(format!(
            "申请人只填一张《{}》，分发各单位时按下表对照：",
            form.name.trim_matches(['《', '》'])
        ))),
        Block::Table(Table::new("申请表分发对照", columns, rows.collect()).without_empty_columns().headed()),
    ]
}
