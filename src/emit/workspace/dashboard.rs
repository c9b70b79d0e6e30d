//! `工作台.html` and `工作台.md`: for those who run the reform in a region, over all bundles: how far each is, what is reduced in
//! total, what was found, which data and licences are wanted, and who has left what open.

use super::catalogue::{Catalogue, Entry, FOUR, Finding, Total, totals};
use super::look::{DASHBOARD, DASHBOARD_MARKDOWN, figure, lead};
use crate::page::{self, Block, Cell, Column, Figure, Page, Row, Section, Table, Text};
use crate::words::sharing::Way;
use crate::words::view::{Measured, Worded, duration, place, unsaid};
use crate::write::Files;
use crate::write::html::Url;
use yijianshi_core::expr::percent_saved;
use yijianshi_core::model::Status;
use yijianshi_core::plan::PromiseVerdict;

/// Writes both.
pub fn emit(catalogue: &Catalogue, files: &mut Files) {
    let sections = [
        Section::new("progress", "进展", progress(catalogue)),
        Section::new("reductions", "四减合计", reductions(catalogue)),
        Section::new("promises", "承诺时限", promises(catalogue)),
        Section::new("findings", "检查发现的问题", findings(catalogue)),
        Section::new("kept", "说明理由后保留的问题", kept(catalogue)),
        Section::new("rules", "调整过的规则", rules(catalogue)),
        Section::new("needs", "数据共享和电子证照需求", needs(catalogue)),
        Section::new("gaps", "各单位要补齐的内容", gaps(catalogue)),
    ];
    let workspace = &catalogue.workspace;
    let region = workspace.region.as_ref().map(|region| region.name.clone());
    let page = Page {
        kind: "工作台",
        title: Text::of(&workspace.title),
        subtitle: Text::of(region.unwrap_or_default()),
        notice: Some(Text::of("供编制和推进改革的人员使用，不对外公布")),
        figures: figures(catalogue),
        sections: sections.into_iter().flatten().collect(),
        foot: vec![Text::of("本页由全部一件事的原文编译生成，每个数字都能在各件事的改革成效和工作簿里逐条查到。")],
        landscape: false,
    };
    let lead = lead(&|_| {});
    files.insert(DASHBOARD.to_owned(), page::html_with(&page, Some(&lead)));
    files.insert(DASHBOARD_MARKDOWN.to_owned(), page::markdown(&page));
}

impl Catalogue {
    /// Every warning once: what is wrong with a parent is found in each of its children.
    pub(crate) fn warnings(&self) -> Vec<&Finding> {
        once(self.entries.iter().map(|entry| &entry.findings).chain([&self.findings]).flat_map(|own| &own.warnings))
    }

    /// Everything allowed, once.
    pub(crate) fn allowed(&self) -> Vec<&Finding> {
        once(self.entries.iter().map(|entry| &entry.findings).chain([&self.findings]).flat_map(|own| &own.allowed))
    }
}

fn once<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<&'f Finding> {
    let mut findings: Vec<&Finding> = findings.collect();
    findings.sort();
    findings.dedup();
    findings
}

fn figures(catalogue: &Catalogue) -> Vec<Figure> {
    let entries = &catalogue.entries;
    let published = entries.iter().filter(|entry| entry.status == Status::Published).count();
    let needs = entries.iter().flat_map(|entry| &entry.needs);
    let gaps = entries.iter().map(|entry| entry.gaps.len()).sum();
    let kept = format!("另有{}个说明理由后保留", catalogue.allowed().len());
    vec![
        figure("一件事", entries.len(), "件", Some(format!("已发布{published}件"))),
        figure("警告", catalogue.warnings().len(), "个", Some(kept)),
        figure("还没有接通的证照和数据", needs.filter(|need| !need.connected).count(), "份", None),
        figure("要补齐内容的地方", gaps, "处", None),
    ]
}

/// A bundle's name, as a link to its guide.
fn name(entry: &Entry) -> Text {
    let guide = Url::below(&format!("{}/办事指南.html", entry.id)).filter(|_| entry.has("办事指南.html"));
    match guide {
        Some(url) => Text::default().link(url, &entry.title),
        None => Text::bold(&entry.title),
    }
}

fn names(entries: &[&Entry]) -> String {
    entries.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>().join("、")
}

fn progress(catalogue: &Catalogue) -> Vec<Block> {
    let mut counts = Vec::new();
    for status in Status::ALL {
        let own: Vec<&Entry> = catalogue.entries.iter().filter(|entry| entry.status == *status).collect();
        counts.push(Row::new(vec![
            Cell::head(Text::of(status.word())),
            Cell::of(own.len().to_string()),
            Cell::of(if own.is_empty() { "无".to_owned() } else { names(&own) }),
        ]));
    }
    let columns = vec![Column::new("状态"), Column::number("件数"), Column::long("一件事")];
    let summary = Table::new("各状态的件数", columns, counts);
    let rows = catalogue.entries.iter().map(|entry| {
        let mut cells = vec![Cell::head(name(entry))];
        cells.extend(Status::ALL.iter().map(|status| Cell::of(step(entry.status, *status))));
        cells.extend([
            Cell::of(entry.findings.warnings.len().to_string()),
            Cell::of(entry.findings.allowed.len().to_string()),
            Cell::of(entry.gaps.len().to_string()),
            Cell::of(entry.lead.as_deref().unwrap_or("没有写明")),
            Cell::of(entry.version.as_deref().unwrap_or_default()),
            Cell::of(entry.effective_on.as_deref().unwrap_or_default()),
        ]);
        Row::new(cells)
    });
    let mut columns = vec![Column::new("一件事")];
    columns.extend(Status::ALL.iter().map(|status| Column::number(status.word())));
    columns.extend([
        Column::number("警告"),
        Column::number("保留的问题"),
        Column::number("要补齐的地方"),
        Column::new("牵头单位"),
        Column::short("版本"),
        Column::short("实施日期"),
    ]);
    let table = Table::new("每件事到了哪一步", columns, rows.collect()).without_empty_columns();
    vec![
        Block::Para(Text::of("每件事从草案到试行再到发布；越往后，检查越严：发布要求要素齐全。")),
        Block::Table(summary),
        Block::Table(table),
        Block::Note(Text::of("●现在的状态；✓已经走过；—还没有到。")),
    ]
}

/// How a step is marked for a bundle that is at `now`.
fn step(now: Status, step: Status) -> &'static str {
    let rank = |status: Status| Status::ALL.iter().position(|own| *own == status);
    match rank(step).cmp(&rank(now)) {
        std::cmp::Ordering::Less => "✓",
        std::cmp::Ordering::Equal => "●",
        std::cmp::Ordering::Greater => "—",
    }
}

fn reductions(catalogue: &Catalogue) -> Vec<Block> {
    let all = catalogue.entries.len();
    let mut rows = Vec::new();
    let mut left_out: Vec<Text> = Vec::new();
    for measured in FOUR {
        let (sums, unknown) = totals(catalogue, measured);
        for sum in &sums {
            rows.push(total(sum, all));
        }
        if sums.is_empty() {
            let mut cells = vec![Cell::head(Text::of(measured.label())), Cell::of(format!("0／{all}"))];
            cells.extend(std::iter::repeat_with(|| Cell::of("未知")).take(4));
            rows.push(Row::new(cells));
        }
        if !unknown.is_empty() {
            left_out.push(Text::of(format!("{}没有计入：{}。", measured.label(), names(&unknown))));
        }
    }
    let columns = vec![
        Column::new("数字"),
        Column::number("计入件数"),
        Column::number("改革前合计"),
        Column::number("改革后合计"),
        Column::number("减少"),
        Column::number("减幅"),
    ];
    let workspace = &catalogue.workspace;
    let mut blocks = vec![
        Block::Para(Text::of(format!(
            "每件事按全口径计：所有事项、所有有条件的内容都计入。只把改革前、改革后都已知的一件事相加，没有写明的不当作零，不计入并在下面列出。时限按单位分别相加，不同单位不换算；材料为件次，环节{}，跑动{}。",
            workspace.steps_convention.label, workspace.visits_convention.label
        ))),
        Block::Table(Table::new("四减合计", columns, rows).headed()),
    ];
    if !left_out.is_empty() {
        blocks.push(Block::List(left_out));
    }
    let each = catalogue.entries.iter().map(|entry| {
        let mut cells = vec![Cell::head(name(entry))];
        for measured in FOUR {
            let unit = measured.unit_of(entry.widest.unit);
            let side = |counts| measured.of(counts).map_or_else(|| "未知".to_owned(), |number| number.to_string());
            let (before, after) = (side(&entry.widest.before), side(&entry.widest.after));
            cells.push(Cell::of(match before == "未知" && after == "未知" {
                true => "未知".to_owned(),
                false => format!("{before} → {after}{unit}"),
            }));
        }
        Row::new(cells)
    });
    let mut columns = vec![Column::new("一件事")];
    columns.extend(FOUR.iter().map(|measured| Column::number(measured.label())));
    blocks.push(Block::Table(Table::new("每件事改革前后（全口径）", columns, each.collect())));
    blocks
}

fn total(sum: &Total<'_>, all: usize) -> Row {
    let saved = sum.before.checked_sub(sum.after);
    let percent = percent_saved(sum.before, sum.after).map(|percent| format!("{}%", percent.two_places()));
    let unit = &sum.unit;
    Row::new(vec![
        Cell::head(match sum.measured {
            Measured::Days => Text::of(format!("{}（{}）", sum.measured.label(), unit.trim_start_matches('个'))),
            other => Text::of(other.label()),
        }),
        Cell::of(format!("{}／{all}", sum.counted.len())),
        Cell::of(format!("{}{unit}", sum.before)),
        Cell::of(format!("{}{unit}", sum.after)),
        Cell::of(saved.map_or_else(|| "未知".to_owned(), |saved| format!("{saved}{unit}"))),
        Cell::of(percent.unwrap_or_else(|| "—".to_owned())),
    ])
}

fn promises(catalogue: &Catalogue) -> Vec<Block> {
    let rows = catalogue.entries.iter().map(|entry| {
        let verdict = match (entry.promise, entry.verdict) {
            (None, _) => Text::of("没有承诺"),
            (Some(_), Some(PromiseVerdict::Proved)) => Text::default().good("所有情形都办得到"),
            (Some(_), Some(PromiseVerdict::Refuted)) => Text::default().tag("有的情形办不到"),
            (Some(_), Some(PromiseVerdict::Unknown) | None) => Text::of("有的时限没有写明，不能断定"),
        };
        Row::new(vec![
            Cell::head(name(entry)),
            Cell::of(entry.promise.map_or_else(|| "没有写明".to_owned(), duration)),
            Cell::new(verdict),
        ])
    });
    let columns = vec![Column::new("一件事"), Column::number("承诺时限"), Column::long("能不能兑现")];
    vec![Block::Table(Table::new("承诺时限", columns, rows.collect()).headed())]
}

fn findings(catalogue: &Catalogue) -> Vec<Block> {
    let warnings = catalogue.warnings();
    if warnings.is_empty() {
        return vec![Block::Para(Text::of("没有错误，也没有警告。"))];
    }
    let mut kinds: Vec<(&str, &str, usize)> = Vec::new();
    for finding in &warnings {
        match kinds.iter_mut().find(|(code, ..)| *code == finding.code) {
            Some((.., count)) => *count += 1,
            None => kinds.push((finding.code, finding.title, 1)),
        }
    }
    kinds.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
    let rows = kinds.iter().map(|(code, title, count)| {
        Row::new(vec![Cell::head(Text::of(title).line().quiet(code)), Cell::of(count.to_string())])
    });
    let columns = vec![Column::long("规则"), Column::number("警告")];
    let summary = Table::new("按规则", columns, rows.collect());
    let rows = warnings.iter().map(|finding| {
        Row::new(vec![
            Cell::of(place(&finding.source)),
            Cell::head(Text::of(&finding.message)),
            Cell::of(finding.help.as_deref().unwrap_or_default()),
            Cell::of(finding.code),
        ])
    });
    let columns = vec![Column::new("出处"), Column::long("问题"), Column::long("怎样改"), Column::new("规则")];
    vec![Block::Table(summary), Block::Table(Table::new("逐个列出", columns, rows.collect()).without_empty_columns())]
}

fn kept(catalogue: &Catalogue) -> Vec<Block> {
    let allowed = catalogue.allowed();
    if allowed.is_empty() {
        return Vec::new();
    }
    let rows = allowed.iter().map(|finding| {
        Row::new(vec![
            Cell::of(place(&finding.source)),
            Cell::head(Text::of(&finding.message)),
            Cell::of(finding.reason.as_deref().unwrap_or_default()),
            Cell::of(finding.code),
        ])
    });
    let columns = vec![Column::new("出处"), Column::long("问题"), Column::long("保留的理由"), Column::new("规则")];
    vec![
        Block::Para(Text::of("下列问题由编制人说明理由后暂时保留，正式发布前应当整改或者再次确认。")),
        Block::Table(Table::new("说明理由后保留的问题", columns, rows.collect()).headed()),
    ]
}

fn rules(catalogue: &Catalogue) -> Vec<Block> {
    if catalogue.settings.is_empty() {
        return Vec::new();
    }
    let rows = catalogue.settings.iter().map(|setting| {
        Row::new(vec![
            Cell::head(Text::of(setting.title).line().quiet(setting.code)),
            Cell::of(setting.level),
            Cell::of(setting.reason.as_deref().unwrap_or_default()),
        ])
    });
    let columns = vec![Column::long("规则"), Column::short("级别"), Column::long("理由")];
    vec![Block::Table(Table::new("调整过的规则", columns, rows.collect()).without_empty_columns().headed())]
}

/// A paper wanted by one bundle or several.
struct Want<'c> {
    material: &'c str,
    way: Way,
    provider: Option<&'c str>,
    systems: Vec<&'c str>,
    users: Vec<&'c str>,
    connected: Vec<&'c Entry>,
    open: Vec<&'c Entry>,
}

fn wants(catalogue: &Catalogue) -> Vec<Want<'_>> {
    let mut wants: Vec<Want<'_>> = Vec::new();
    for entry in &catalogue.entries {
        for need in &entry.needs {
            let provider = need.provider.as_deref();
            let is = |own: &Want<'_>| own.material == need.material && own.way == need.way && own.provider == provider;
            let place = wants.iter().position(is).unwrap_or_else(|| {
                wants.push(Want {
                    material: &need.material,
                    way: need.way,
                    provider,
                    systems: Vec::new(),
                    users: Vec::new(),
                    connected: Vec::new(),
                    open: Vec::new(),
                });
                wants.len() - 1
            });
            let want = &mut wants[place];
            for system in need.system.iter().map(String::as_str) {
                if !want.systems.contains(&system) {
                    want.systems.push(system);
                }
            }
            for user in need.users.iter().map(String::as_str) {
                if !want.users.contains(&user) {
                    want.users.push(user);
                }
            }
            let side = if need.connected { &mut want.connected } else { &mut want.open };
            if !side.iter().any(|own| std::ptr::eq(*own, entry)) {
                side.push(entry);
            }
        }
    }
    // What most applicants still hand in comes first.
    wants.sort_by_key(|want| std::cmp::Reverse(want.open.len()));
    wants
}

fn needs(catalogue: &Catalogue) -> Vec<Block> {
    let wants = wants(catalogue);
    if wants.is_empty() {
        return vec![Block::Para(Text::of("没有一件事写明要共享数据或者应用电子证照。"))];
    }

    let rows = wants.iter().map(|want| {
        let mut state = Text::default();
        if !want.open.is_empty() {
            state = state.tag("未接通").then(format!("{}件：{}", want.open.len(), names(&want.open)));
        }
        if !want.connected.is_empty() {
            let text = format!("{}件：{}", want.connected.len(), names(&want.connected));
            state = state.line().good("免于提交").then(text);
        }
        let system = match want.systems.is_empty() {
            true if want.way == Way::Result => Text::of("办理结果"),
            true => unsaid(),
            false => Text::of(want.systems.join("、")),
        };
        Row::new(vec![
            Cell::head(Text::bold(want.material)),
            Cell::of(want.way.label()),
            Cell::new(want.provider.map_or_else(unsaid, Text::of)),
            Cell::new(system),
            Cell::of(want.users.join("、")),
            Cell::new(state),
        ])
    });
    let columns = vec![
        Column::new("材料"),
        Column::new("种类"),
        Column::new("提供单位"),
        Column::new("取自"),
        Column::new("使用单位"),
        Column::long("在哪些一件事里"),
    ];
    let open = wants.iter().filter(|want| !want.open.is_empty()).count();
    vec![
        Block::Para(Text::of(format!(
            "全部一件事一共用到{}种可以由部门之间取得的材料，其中{open}种还要申请人提交，排在前面；接通一种，用到它的每件事都少交一份。",
            wants.len()
        ))),
        Block::Table(Table::new("数据共享和电子证照需求", columns, rows.collect()).headed()),
    ]
}

fn gaps(catalogue: &Catalogue) -> Vec<Block> {
    let mut agencies: Vec<(Option<&str>, Vec<Row>)> = Vec::new();
    for entry in &catalogue.entries {
        for gap in &entry.gaps {
            let agency = gap.agency.as_deref();
            let place = agencies.iter().position(|(own, _)| *own == agency).unwrap_or_else(|| {
                agencies.push((agency, Vec::new()));
                agencies.len() - 1
            });
            agencies[place].1.push(Row::new(vec![
                Cell::head(name(entry)),
                Cell::of(&gap.about),
                Cell::new(Text::lines(gap.lacks.iter().map(Text::of))),
            ]));
        }
    }
    if agencies.is_empty() {
        return vec![Block::Para(Text::of("没有要补齐的内容。"))];
    }
    // Those with most to do come first, nobody last.
    agencies.sort_by_key(|(agency, rows)| (agency.is_none(), std::cmp::Reverse(rows.len())));
    let mut blocks =
        vec![Block::Para(Text::of("原文没有写明的内容，按负责补齐的单位列出；补齐以前，有关的数字写未知。"))];
    for (agency, rows) in agencies {
        let count = rows.len();
        let label = agency.unwrap_or("没有确定单位");
        blocks.push(Block::Heading(Text::of(format!("{label}（{count}处）"))));
        let columns = vec![Column::new("一件事"), Column::new("涉及"), Column::long("没有写明的内容")];
        blocks.push(Block::Table(Table::new(format!("{label}要补齐的内容"), columns, rows).headed()));
    }
    blocks
}
