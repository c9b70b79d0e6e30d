//! `工作规程`: for the agencies: who is responsible for what, to which standard, in which order, and within what time.

use crate::models;
use crate::page::{Block, Cell, Column, Row, Section, Table, Text};
use crate::parts::{charts, code, document, gaps, ranges, schedule, service, steps};
use crate::words::sharing;
use crate::words::view::{View, bases, duration, material_name, stage_line, unsaid};
use crate::write::{Files, Painter};
use yijianshi_core::plan::{COUNTER, EdgeKind, Item, Node, NodeKind, Phase, Plan, Role};

/// Writes it in all formats.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let sections = [
        Section::new("general", "适用范围和依据", general(view)),
        Section::new("duties", "职责分工", duties(view)),
        Section::new("standards", "办理标准", standards(view)),
        Section::new("flow", "工作流程", flow(view)).map(Section::landscape),
        Section::new("time", "办理时限", time(view)),
        Section::new("joint", "联合办理", joint(view)),
        Section::new("special", "特殊情况的处理", special(view)),
        Section::new("results", "出件和送达", results(view)),
        Section::new("help", "咨询、监督和救济", service::remedies(view)),
        Section::new("gaps", "尚未明确的内容", gaps::blocks(view)),
    ];
    let page = document::about(view, "工作规程", sections);
    page.with_code(code::of(plan)).write("工作规程", painter, files);
}

fn general(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let items: Vec<String> = view
        .plan
        .items
        .iter()
        .map(|item| match item.official_name == item.name {
            true => item.name.clone(),
            false => format!("{}（{}）", item.name, item.official_name),
        })
        .collect();
    let whom = match bundle.audience.is_empty() {
        true => "服务对象没有写明".to_owned(),
        false => format!("服务对象为{}", bundle.audience.join("、")),
    };
    let mut blocks = vec![
        Block::Para(Text::of(format!(
            "本规程适用于“{}”一件事的收件、受理、办理和出件，{whom}。共{}个联办事项：{}。",
            bundle.title,
            items.len(),
            items.join("、")
        ))),
        Block::Para(Text::of(
            "除法律法规规定必须一并办理的以外，申请人可以只办其中的部分事项，各单位只办申请人选择的事项。",
        )),
    ];
    match bundle.basis.is_empty() {
        true => blocks.push(Block::Para(Text::of("依据：没有写明。"))),
        false => {
            blocks.push(Block::Para(Text::of("依据：")));
            blocks.push(Block::Numbered(bundle.basis.iter().map(crate::words::view::basis).collect()));
        }
    }
    blocks
}

fn duties(view: View<'_>) -> Vec<Block> {
    let counter = Text::lines(steps::counter(view).into_iter().map(|(what, how)| match how.is_empty() {
        true => Text::of(what),
        false => Text::of(format!("{what}：{}", how.join("；"))),
    }));
    let mut rows = vec![Row::new(vec![Cell::head(Text::bold(COUNTER)), Cell::of("收件、出件"), Cell::new(counter)])];
    for agency in &view.plan.agencies {
        let lead = agency.role == Role::Lead;
        let mut lines: Vec<Text> = Vec::new();
        if lead {
            lines.push(Text::of("会同联办单位落实本规程，按承诺时限督促办结"));
        }
        for node in sharing::steps(view, &agency.name) {
            lines.push(duty(view, node, &agency.name));
        }
        if lines.is_empty() {
            lines.push(Text::of("没有承办的事项，职责没有写明"));
        }
        rows.push(Row::new(vec![
            Cell::head(Text::bold(agency.full_name.as_deref().unwrap_or(&agency.name))),
            Cell::of(if lead { "牵头" } else { "联办" }),
            Cell::new(Text::lines(lines)),
        ]));
    }
    let columns = vec![Column::new("单位"), Column::short("角色"), Column::long("职责")];
    let mut blocks = vec![Block::Table(Table::new("职责分工", columns, rows).headed())];
    let nobody: Vec<&str> =
        view.plan.items.iter().filter(|item| item.agency.is_none()).map(|item| item.name.as_str()).collect();
    if !nobody.is_empty() {
        blocks.push(Block::Alert(Text::of(format!("{}由哪个单位办理没有写明。", nobody.join("、")))));
    }
    blocks
}

/// One step as a duty of one of those who take part.
fn duty(view: View<'_>, node: &Node, agency: &str) -> Text {
    let joint = node.kind == NodeKind::Joint;
    let mut words = match joint {
        true if node.actor == agency => format!("组织{}", node.label),
        true => format!("参加{}", node.label),
        false => format!("办理{}", node.label),
    };
    if joint {
        let items: Vec<&str> = node.items().map(|id| view.item_name(id)).collect();
        words += &format!("（{}）", items.join("、"));
    }
    if let Some(limit) = node.duration {
        words += &match limit.is_immediate() {
            true => "，当场办结".to_owned(),
            false => format!("，{}{}内完成", if node.whole_item { "全部环节" } else { "" }, duration(limit)),
        };
    }
    let results: Vec<&str> = node.results.iter().map(|result| result.name.as_str()).collect();
    if !results.is_empty() {
        words += &format!("，办出{}", results.join("、"));
    }
    Text::of(words)
}

fn standards(view: View<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let conditions = service::eligibility(view);
    blocks.push(Block::Heading(Text::of("受理条件")));
    match conditions.is_empty() {
        true => blocks.push(Block::Para(Text::of("没有写明。"))),
        false => blocks.extend(conditions),
    }
    blocks.push(Block::Heading(Text::of("事项办理标准")));
    let rows = view.plan.items.iter().enumerate().map(|(index, item)| {
        let stages = Text::lines(item.stages.iter().filter(|stage| !stage.dropped).map(stage_line));
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(Text::bold(&item.name)),
            Cell::new(item.agency.as_ref().map_or_else(unsaid, |agency| {
                Text::lines([agency].into_iter().chain(&item.joint_agencies).chain(&item.office).map(Text::of))
            })),
            Cell::new(if item.basis.is_empty() { unsaid() } else { bases(&item.basis) }),
            Cell::new(if stages.is_empty() { unsaid() } else { stages }),
            Cell::new(outcome(item)),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::new("事项"),
        Column::new("实施单位"),
        Column::long("设定依据"),
        Column::new("环节和审查要点"),
        Column::new("结果"),
    ];
    blocks.push(Block::Table(Table::new("事项办理标准", columns, rows.collect()).headed()));
    blocks.push(Block::Note(Text::of("材料的收件标准和审查要点，按《窗口业务手册》执行。")));
    blocks
}

fn outcome(item: &Item) -> Text {
    match item.results.is_empty() {
        false => Text::lines(item.results.iter().map(|result| Text::of(&result.name))),
        true if item.no_result => Text::of("无结果文书"),
        true => unsaid(),
    }
}

fn flow(view: View<'_>) -> Vec<Block> {
    let flow = &view.plan.flow;
    let mut rows: Vec<Row> = Vec::new();
    let told = |node: &&Node| {
        !matches!(node.kind, NodeKind::Start | NodeKind::Parallel)
            && (node.kind == NodeKind::End || !node.kind.is_end())
    };
    let nodes: Vec<&Node> = flow.nodes.iter().filter(told).collect();
    for phase in Phase::ALL {
        let own: Vec<&&Node> = nodes.iter().filter(|node| node.phase == phase).collect();
        for (index, node) in own.iter().enumerate() {
            let mut cells = Vec::new();
            if index == 0 {
                cells.push(Cell::head(Text::of(phase.label())).over(own.len()));
            }
            let before: Vec<&str> = flow
                .steps_before(&node.id)
                .filter(|first| matches!(node.kind, NodeKind::Item | NodeKind::Joint) && told(first))
                .map(|first| first.label.as_str())
                .collect();
            let mut lines: Vec<Text> = match node.kind {
                NodeKind::Questions => vec![Text::of(format!("回答{}个问题", node.details.len()))],
                _ => node.details.iter().map(Text::of).collect(),
            };
            lines.extend(ways(view, node));
            lines.extend(node.when.as_ref().map(|when| Text::default().quiet(format!("{}的才办", when.words))));
            let results: Vec<&str> = node.results.iter().map(|result| result.name.as_str()).collect();
            if !results.is_empty() {
                lines.push(Text::of(format!("办出：{}", results.join("、"))));
            }
            cells.extend([
                Cell::of((rows.len() + 1).to_string()),
                Cell::new(Text::of(&node.label)),
                Cell::of(view.actors(node)),
                Cell::new(step_limit(view, node)),
                Cell::of(before.join("、")),
                Cell::new(Text::lines(lines)),
            ]);
            rows.push(Row::new(cells));
        }
    }
    let columns = vec![
        Column::short("阶段"),
        Column::number("步骤"),
        Column::new("做什么"),
        Column::new("由谁做"),
        Column::new("用时"),
        Column::new("先要完成"),
        Column::long("要求"),
    ];
    let mut blocks = vec![Block::Table(Table::new("工作流程", columns, rows).headed())];
    blocks.push(Block::Chart(Box::new(charts::internal(view.plan))));
    blocks.push(Block::Mermaid(models::flow::mermaid(view.plan)));
    blocks
}

/// Where a decision leads, in words.
fn ways(view: View<'_>, node: &Node) -> Vec<Text> {
    if !node.kind.is_decision() {
        return Vec::new();
    }
    let flow = &view.plan.flow;
    let out = flow.edges.iter().filter(|edge| edge.from == node.id);
    out.filter_map(|edge| {
        let to = flow.node(&edge.to)?;
        let label = match edge.kind {
            EdgeKind::Yes => "是",
            EdgeKind::No => "否",
            _ => edge.label.as_deref().unwrap_or_default(),
        };
        let words = match to.kind {
            NodeKind::Parallel => "各单位同时办理".to_owned(),
            _ => to.label.clone(),
        };
        let details = if to.kind.is_end() { to.details.join("；") } else { String::new() };
        let details = if details.is_empty() { details } else { format!("（{details}）") };
        Some(Text::of(format!("{label}：{words}{details}")))
    })
    .collect()
}

/// The time of a step; where it is a part of the item's whole time, or nobody said, that is said.
fn step_limit(view: View<'_>, node: &Node) -> Text {
    let known = limit(node);
    let agencies = matches!(node.kind, NodeKind::Item | NodeKind::Joint);
    let whole = |id: &str| view.plan.flow.nodes.iter().any(|own| own.whole_item && own.items().any(|item| item == id));
    match known.is_empty() {
        false => Text::of(known),
        true if agencies && node.items().all(whole) => Text::default().quiet("计入事项时限"),
        true if agencies || matches!(node.kind, NodeKind::Receipt | NodeKind::Acceptance | NodeKind::Issuing) => {
            unsaid()
        }
        true => Text::default(),
    }
}

fn limit(node: &Node) -> String {
    match node.duration {
        Some(limit) if limit.is_immediate() => "当场".to_owned(),
        Some(limit) if node.whole_item => format!("{}（全部环节）", duration(limit)),
        Some(limit) => duration(limit),
        None if node.off_clock => "依法不计时".to_owned(),
        None => String::new(),
    }
}

fn time(view: View<'_>) -> Vec<Block> {
    let silent = "未写明".to_owned();
    let rows = view.plan.items.iter().enumerate().map(|(index, item)| {
        let words = |limit: Option<yijianshi_core::expr::Duration>| limit.map_or(silent.clone(), duration);
        let statutory = if item.no_statutory { "无法定时限".to_owned() } else { words(item.statutory) };
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::of(&item.name),
            Cell::of(item.agency.as_deref().unwrap_or(&silent)),
            Cell::of(statutory),
            Cell::of(words(item.limit)),
            Cell::of(words(item.limit_after)),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::new("事项"),
        Column::new("单位"),
        Column::number("法定时限"),
        Column::number("改革前"),
        Column::number("改革后"),
    ];
    let mut blocks = Vec::new();
    if let Some(promise) = view.plan.bundle.promise {
        blocks.push(Block::Para(Text::of(format!("整件事承诺{}办结，自受理之日起算。", duration(promise)))));
    }
    blocks.extend(ranges::promise(view));
    blocks.push(Block::Heading(Text::of("各事项时限")));
    blocks.push(Block::Table(Table::new("各事项时限", columns, rows.collect()).headed()));
    blocks.push(Block::Heading(Text::of("时间安排")));
    // Below this heading the scenarios' own are one level lower.
    blocks.extend(schedule::blocks(view, &view.typical()).into_iter().map(|block| match block {
        Block::Heading(words) => Block::Subheading(words),
        other => other,
    }));
    blocks
}

/// What is done jointly: who takes part, and what is looked at together.
fn joint(view: View<'_>) -> Vec<Block> {
    let nodes: Vec<&Node> = view.plan.flow.nodes.iter().filter(|node| node.kind == NodeKind::Joint).collect();
    let mut blocks = Vec::new();
    for node in nodes {
        blocks.push(Block::Heading(Text::of(&node.label)));
        let items: Vec<&str> = node.items().map(|id| view.item_name(id)).collect();
        let mut facts = vec![
            (Text::of("涉及事项"), Text::of(items.join("、"))),
            (Text::of("组织单位"), Text::of(&node.actor)),
            (Text::of("参加单位"), Text::of(view.actors(node))),
            (
                Text::of("用时"),
                Text::of(match limit(node) {
                    words if words.is_empty() => "没有写明".to_owned(),
                    words => words,
                }),
            ),
        ];
        if let Some(when) = &node.when {
            facts.push((Text::of("什么情形下做"), Text::of(&when.words)));
        }
        let mut points: Vec<Text> = Vec::new();
        for part in &node.parts {
            let Some(item) = view.item(&part.item) else { continue };
            let stages = item.stages.iter().filter(|stage| part.stages.contains(&stage.kind));
            for point in stages.flat_map(|stage| &stage.checkpoints) {
                points.push(Text::of(format!("{}：{point}", item.name)));
            }
        }
        let points = if points.is_empty() { unsaid() } else { Text::lines(points) };
        facts.push((Text::of("共同核查的要点"), points));
        blocks.push(Block::Facts(facts));
        let own = |measure: &&yijianshi_core::plan::Measure| {
            measure.kind.starts_with("joint-") && node.items().all(|id| measure.items.iter().any(|own| own == id))
        };
        if let Some(reason) = view.plan.measures.iter().find(own).and_then(|measure| measure.reason.as_ref()) {
            blocks.push(Block::Para(Text::of(reason)));
        }
    }
    blocks
}

fn results(view: View<'_>) -> Vec<Block> {
    let bundle = &view.plan.bundle;
    let mut blocks = Vec::new();
    let rows: Vec<Row> = view
        .plan
        .items
        .iter()
        .flat_map(|item| item.results.iter().map(move |result| (item, result)))
        .map(|(item, result)| {
            Row::new(vec![
                Cell::head(Text::of(&result.name)),
                Cell::of(&item.name),
                Cell::of(item.agency.as_deref().unwrap_or("未写明")),
                Cell::of(result.kind.map(|kind| kind.word()).unwrap_or_default()),
                Cell::of(result.validity.as_deref().unwrap_or_default()),
            ])
        })
        .collect();
    if !rows.is_empty() {
        let columns = ["结果", "事项", "单位", "类型", "有效期"].map(Column::new).into();
        blocks.push(Block::Table(Table::new("办理结果", columns, rows).without_empty_columns().headed()));
    }
    let ways = match bundle.delivery.is_empty() {
        true => "送达方式没有写明。".to_owned(),
        false => format!("送达方式：{}。", bundle.delivery.join("、")),
    };
    blocks.push(Block::Para(Text::of(format!("各单位办出的结果交综合窗口，由综合窗口统一出件。{ways}"))));
    blocks
}

fn special(view: View<'_>) -> Vec<Block> {
    let flow = &view.plan.flow;
    let mut list: Vec<Text> = view
        .plan
        .exits
        .iter()
        .map(|exit| Text::of(format!("{}的，不适用本规程：{}", exit.when.words, exit.advice)))
        .collect();
    for kind in [NodeKind::Supplement, NodeKind::Rejected, NodeKind::Refusal, NodeKind::Refused] {
        for node in flow.nodes.iter().filter(|node| node.kind == kind && !node.details.is_empty()) {
            list.push(Text::of(format!("{}：{}。", node.label, node.details.join("；"))));
        }
    }
    for material in &view.plan.materials {
        if let Some(deferral) = &material.deferral {
            list.push(Text::of(format!("{}：{deferral}。", material_name(material))));
        }
        if let Some(commitment) = material.exemption.as_ref().and_then(|own| own.commitment.as_ref()) {
            let parts = [("核查", &commitment.verification), ("违诺责任", &commitment.liability)];
            let parts: Vec<String> = parts
                .iter()
                .map(|(name, value)| format!("{name}：{}", value.as_deref().unwrap_or("没有写明")))
                .collect();
            let name = material_name(material);
            list.push(Text::of(format!("{name}：以告知承诺代替。{}。", parts.join("；"))));
        }
    }
    if list.is_empty() { Vec::new() } else { vec![Block::Numbered(list)] }
}
