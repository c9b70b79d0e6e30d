//! `任务分工清单`: what each agency has to do for the reform to hold: items, measures, data, forms, and what it has left open.

use crate::page::{Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::{code, document, gaps};
use crate::words::sharing::{Need, Way, needs, users};
use crate::words::view::{View, bases, duration};
use crate::write::{Files, Painter};
use yijianshi_core::plan::{Item, Measure, Plan, Role};

/// Writes it in all formats.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let work: Vec<Work<'_>> = agencies(view).into_iter().map(|agency| Work::of(view, agency)).collect();
    let sections = [
        Section::new("summary", "分工总表", summary(view, &work)),
        Section::new("tasks", "各单位任务", tasks(&work)),
        Section::new("unassigned", "还没有确定单位的事项", unassigned(view)),
        Section::new("kept", "保留问题的整改", kept(view)),
    ];
    let page = Page { landscape: true, ..document::about(view, "任务分工清单", sections) };
    page.with_code(code::of(plan)).write("任务分工清单", painter, files);
}

/// The tasks of an agency.
struct Work<'a> {
    agency: &'a str,
    role: &'static str,
    items: Vec<&'a Item>,
    tasks: Vec<Task>,
}

struct Task {
    kind: Kind,
    what: String,
    why: Text,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Lead,
    Item,
    Measure,
    Provide,
    Use,
    Form,
    Gap,
}

impl Kind {
    const SUMMED: [Kind; 5] = [Kind::Measure, Kind::Provide, Kind::Use, Kind::Form, Kind::Gap];

    fn label(self) -> &'static str {
        match self {
            Kind::Lead => "牵头",
            Kind::Item => "承办事项",
            Kind::Measure => "落实改革举措",
            Kind::Provide => "提供数据和证照",
            Kind::Use => "对接使用",
            Kind::Form => "改用统一申请表",
            Kind::Gap => "补齐内容",
        }
    }
}

/// The agencies of the plan, then those that only provide papers.
fn agencies(view: View<'_>) -> Vec<&str> {
    let mut all: Vec<&str> = view.plan.agencies.iter().map(|agency| agency.name.as_str()).collect();
    for material in &view.plan.materials {
        let provider = material.exemption.as_ref().and_then(|own| own.provider.as_deref());
        let issuer = material.issuer.as_deref().filter(|_| {
            material.exemption.is_none() && material.origin == Some(yijianshi_core::model::Origin::Government)
        });
        for agency in provider.into_iter().chain(issuer) {
            if !all.contains(&agency) {
                all.push(agency);
            }
        }
    }
    all
}

impl<'a> Work<'a> {
    fn of(view: View<'a>, agency: &'a str) -> Work<'a> {
        let own = view.plan.agencies.iter().find(|own| own.name == agency);
        let lead = own.is_some_and(|own| own.role == Role::Lead);
        let items: Vec<&Item> = view.plan.items.iter().filter(|item| item.agency.as_deref() == Some(agency)).collect();
        let mut work = Work {
            agency,
            role: match own {
                Some(_) if lead => "牵头",
                Some(_) => "联办",
                None => "数据和证照提供",
            },
            items,
            tasks: Vec::new(),
        };
        if lead {
            work.add(
                Kind::Lead,
                "会同联办单位落实本清单，办事指南、工作规程、窗口业务手册随原文同步更新",
                Text::default(),
            );
        }
        work.items(view);
        let measures: Vec<&Measure> =
            view.plan.measures.iter().filter(|measure| work.takes_part(view, measure, lead)).collect();
        for measure in measures {
            let mut why = measure.reason.as_ref().map_or_else(Text::default, Text::of);
            if !measure.basis.is_empty() {
                why = why.line().join(bases(&measure.basis));
            }
            if let Some(own) = &measure.lead {
                why = why.line().quiet(format!("由{own}牵头"));
            }
            work.add(Kind::Measure, format!("{}：{}", measure.label, measure.text), why);
        }
        for need in needs(view) {
            work.share(view, &need);
        }
        work.forms(view);
        for gap in gaps::all(view).into_iter().filter(|gap| gap.agency == Some(agency)) {
            work.add(Kind::Gap, format!("{}：写明{}", gap.about, gap.lacks.join("；")), Text::default());
        }
        // Nothing that a counter or an applicant need ask about: it is for the one who publishes.
        if view.plan.bundle.address.is_none() && view.plan.bundle.lead.as_deref() == Some(agency) {
            let what = "一码：在工作区清单里写明发布的网址，生成二维码";
            work.add(Kind::Gap, what, Text::default());
        }
        if own.is_some() && work.items.is_empty() && work.tasks.is_empty() {
            work.add(Kind::Gap, "没有承办的事项，写明在这件事里做什么", Text::default());
        }
        work.tasks.sort_by_key(|task| task.kind);
        work
    }

    fn add(&mut self, kind: Kind, what: impl Into<String>, why: Text) {
        self.tasks.push(Task { kind, what: what.into(), why });
    }

    fn items(&mut self, view: View<'_>) {
        for item in self.items.clone() {
            let limit = match (item.limit_after, item.limit) {
                (Some(limit), _) if limit.is_immediate() => "当场办结".to_owned(),
                (Some(limit), _) => format!("{}内办结", duration(limit)),
                _ => "时限没有写明".to_owned(),
            };
            let mut why = Text::default();
            if !item.preconditions.is_empty() {
                why = why.line().then(format!("{}办结后开始", view.item_names(&item.preconditions)));
            }
            if let Some(when) = &item.when {
                why = why.line().quiet(format!("{}的才办", when.words));
            }
            let results: Vec<&str> = item.results.iter().map(|result| result.name.as_str()).collect();
            let results = match results.is_empty() {
                true => String::new(),
                false => format!("，{}交综合窗口统一出件", results.join("、")),
            };
            self.add(Kind::Item, format!("{}：{limit}{results}", item.name), why);
        }
    }

    fn takes_part(&self, view: View<'_>, measure: &Measure, lead: bool) -> bool {
        let own = |id: &String| self.items.iter().any(|item| item.id == *id);
        let asked = |name: &str| {
            let same = |own: &&yijianshi_core::plan::Material| {
                own.name == name && measure.holder.as_ref().is_none_or(|holder| own.holder.as_ref() == Some(holder))
            };
            view.plan.materials.iter().filter(same).flat_map(|own| &own.items).any(own)
        };
        let nobody = || !measure.items.iter().any(|id| view.item(id).is_some_and(|item| item.agency.is_some()));
        match measure.items.is_empty() {
            true => measure.material.as_ref().map_or(!self.items.is_empty(), |name| asked(name)) || lead,
            false => measure.items.iter().any(own) || measure.lead.as_deref() == Some(self.agency) || lead && nobody(),
        }
    }

    fn share(&mut self, view: View<'_>, need: &Need<'_>) {
        let users = users(view, &need.material.items);
        let others: Vec<&str> = users.iter().copied().filter(|user| *user != self.agency).collect();
        let name = need.name();
        let way = need.way.label();
        if need.provider == Some(self.agency) {
            let what = match (need.way, need.connected) {
                (Way::Result, _) if others.is_empty() => format!("{name}在本单位内部传递，不再收取"),
                (Way::Result, _) => format!("{name}办出后即传给{}", others.join("、")),
                (_, true) => format!("保障{name}的{way}稳定可用"),
                (_, false) => format!("接通{name}的{way}"),
            };
            let whom =
                if others.is_empty() { Text::default() } else { Text::of(format!("供{}使用", others.join("、"))) };
            self.add(Kind::Provide, what, whom);
        }
        if users.contains(&self.agency) && (need.provider != Some(self.agency) || need.way != Way::Result) {
            let from = match (need.system(), need.provider) {
                (Some(system), _) => format!("通过{system}"),
                (None, Some(provider)) if provider != self.agency => format!("从{provider}"),
                _ => String::new(),
            };
            let what = match need.connected {
                true => format!("{from}取得{name}，不再要求申请人提交"),
                false => format!("{name}还由申请人提交：对接以后免收"),
            };
            self.add(Kind::Use, what, Text::default().quiet(way));
        }
    }

    fn forms(&mut self, view: View<'_>) {
        for share in &view.plan.form.shares {
            if share.agency.as_deref() != Some(self.agency) {
                continue;
            }
            let count = match share.fields.len() {
                0 => "填写项没有写明".to_owned(),
                count => format!("接收分发的{count}个填写项"),
            };
            let what = format!("《{}》改用统一申请表，{count}", share.form.trim_matches(['《', '》']));
            self.add(Kind::Form, what, Text::default().quiet(view.item_name(&share.item)));
        }
    }

    fn count(&self, kind: Kind) -> usize {
        self.tasks.iter().filter(|task| task.kind == kind).count()
    }
}

fn summary(view: View<'_>, work: &[Work<'_>]) -> Vec<Block> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, own) in work.iter().enumerate() {
        let items: Vec<Text> = own.items.iter().map(|item| Text::of(&item.name)).collect();
        let mut cells = vec![
            Cell::of((index + 1).to_string()),
            Cell::head(Text::of(own.agency)),
            Cell::of(own.role),
            Cell::new(if items.is_empty() { Text::of("—") } else { Text::lines(items) }),
        ];
        cells.extend(Kind::SUMMED.iter().map(|kind| Cell::of(own.count(*kind).to_string())));
        rows.push(Row::new(cells));
    }
    let mut total = vec![Cell::of("合计").across(4)];
    let sum = |kind: &Kind| work.iter().map(|own| own.count(*kind)).sum::<usize>().to_string();
    total.extend(Kind::SUMMED.iter().map(|kind| Cell::of(sum(kind))));
    rows.push(Row::total(total));
    let mut columns =
        vec![Column::number("序号"), Column::new("单位"), Column::short("角色"), Column::long("承办事项")];
    columns.extend(Kind::SUMMED.iter().map(|kind| Column::number(kind.label())));
    let mut blocks = vec![
        Block::Para(Text::of(
            "改革前后的数字要靠下列任务落实。任务由一件事的原文编译，一项也不另加；责任人和完成时限由各单位填写。表中数字为任务项数。",
        )),
        Block::Table(Table::new("分工总表", columns, rows).headed()),
    ];
    let broken = view.plan.scenarios.iter().filter_map(|scenario| {
        let check = scenario.schedule.promise.as_ref().filter(|check| !check.holds)?;
        let excess = check.excess?;
        Some(Text::of(format!(
            "{}：承诺兑现不了，超出{}。",
            scenario.name,
            crate::words::view::amount(excess, &scenario.schedule.unit_label)
        )))
    });
    blocks.extend(broken.map(Block::Alert));
    blocks
}

fn tasks(work: &[Work<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for own in work.iter().filter(|own| !own.tasks.is_empty()) {
        blocks.push(Block::Heading(Text::of(format!("{}（{}）", own.agency, own.role))));
        let mut rows = Vec::new();
        let mut kinds: Vec<Kind> = Vec::new();
        for (index, task) in own.tasks.iter().enumerate() {
            let mut cells = vec![Cell::of((index + 1).to_string())];
            if kinds.last() != Some(&task.kind) {
                kinds.push(task.kind);
                let height = own.tasks[index..].iter().take_while(|other| other.kind == task.kind).count();
                cells.push(Cell::head(Text::of(task.kind.label())).over(height));
            }
            cells.extend([Cell::of(&task.what), Cell::new(task.why.clone()), Cell::of(""), Cell::of("")]);
            rows.push(Row::new(cells));
        }
        let columns = vec![
            Column::number("序号"),
            Column::new("类别"),
            Column::long("任务"),
            Column::long("说明和依据"),
            Column::short("责任人"),
            Column::short("完成时限"),
        ];
        blocks.push(Block::Table(Table::new(format!("{}的任务", own.agency), columns, rows).headed()));
    }
    if blocks.is_empty() {
        vec![Block::Alert(Text::of("原文没有写明单位，任务无法分工。"))]
    } else {
        blocks
    }
}

fn unassigned(view: View<'_>) -> Vec<Block> {
    let items: Vec<Text> =
        view.plan.items.iter().filter(|item| item.agency.is_none()).map(|item| Text::of(&item.name)).collect();
    if items.is_empty() { Vec::new() } else { vec![Block::List(items)] }
}

fn kept(view: View<'_>) -> Vec<Block> {
    if view.plan.allowed.is_empty() {
        return Vec::new();
    }
    let rows = view.plan.allowed.iter().enumerate().map(|(index, finding)| {
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::of(&finding.message),
            Cell::of(&finding.reason),
            Cell::of(""),
            Cell::of(""),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::long("问题"),
        Column::long("暂时保留的理由"),
        Column::short("责任人"),
        Column::short("完成时限"),
    ];
    vec![
        Block::Para(Text::of("下列问题经编制人说明理由后暂时保留，正式发布前应当整改或者再次确认。")),
        Block::Table(Table::new("保留问题的整改", columns, rows.collect()).headed()),
    ]
}
