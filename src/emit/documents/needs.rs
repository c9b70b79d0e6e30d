//! `数据共享和电子证照应用需求清单`: which papers agencies could get from one another instead of asking for them, from whom, for
//! what, and whether that works already.

use crate::page::{Block, Cell, Column, Page, Row, Section, Table, Text};
use crate::parts::{code, document};
use crate::words::sharing::{Need, Way, needs, users};
use crate::words::view::{View, bases, unsaid, when};
use crate::write::{Files, Painter};
use yijianshi_core::model::ExemptionWay;
use yijianshi_core::plan::Plan;

/// Writes it in all formats.
pub fn emit(plan: &Plan, painter: Painter<'_>, files: &mut Files) {
    let view = View { plan };
    let needs = needs(view);
    let of = |way: Way| -> Vec<&Need<'_>> { needs.iter().filter(|need| need.way == way).collect() };
    let sections = [
        Section::new("summary", "总体情况", summary(view, &needs)),
        Section::new("licences", "电子证照应用需求", table(view, "电子证照应用需求", &of(Way::ELicence))),
        Section::new("data", "数据共享和核验需求", table(view, "数据共享和核验需求", &of(Way::Data))),
        Section::new("results", "办理结果在部门间传递", table(view, "办理结果在部门间传递", &of(Way::Result))),
        Section::new("fields", "申请表预填的数据项", fields(view)),
        Section::new("commitments", "告知承诺的核查需求", commitments(view)),
        Section::new("open", "需要供需双方确认的内容", open(&needs)),
    ];
    let page =
        Page { landscape: true, ..document::about(view, "数据共享和电子证照应用需求清单", sections) };
    page.with_code(code::of(plan)).write("数据共享和电子证照应用需求清单", painter, files);
}

fn summary(view: View<'_>, needs: &[Need<'_>]) -> Vec<Block> {
    let mut blocks = vec![Block::Para(Text::of(
        "政府部门核发的材料，能够共享数据、调用或者核验电子证照的，申请人免于提交。本清单由一件事的材料清单编译，逐份列明向谁要、给谁用、免了没有。",
    ))];
    let count =
        |way: Way, connected: bool| needs.iter().filter(move |need| need.way == way && need.connected == connected);
    let rows = [Way::ELicence, Way::Data, Way::Result].into_iter().map(|way| {
        let (on, off) = (count(way, true).count(), count(way, false).count());
        Row::new(vec![
            Cell::head(Text::of(way.label())),
            Cell::of((on + off).to_string()),
            Cell::of(on.to_string()),
            Cell::of(off.to_string()),
        ])
    });
    let columns = vec![
        Column::new("种类"),
        Column::number("需求（份）"),
        Column::number("免于提交"),
        Column::number("仍由申请人提交"),
    ];
    blocks.push(Block::Table(Table::new("需求汇总", columns, rows.collect())));
    if !view.plan.widest.silent_items.is_empty() {
        let items = view.item_names(&view.plan.widest.silent_items);
        blocks.push(Block::Alert(Text::of(format!("{items}没有列出材料，这些事项的需求还不清楚。"))));
    }
    let silent: Vec<&str> = view
        .plan
        .materials
        .iter()
        .filter(|material| material.exemption.is_none() && !material.is_form)
        .filter(|material| material.origin.is_none() && material.issuer.is_none())
        .map(|material| material.name.as_str())
        .collect();
    if !silent.is_empty() {
        let names = silent.join("、");
        blocks.push(Block::Note(Text::of(format!(
            "没有写明由谁出具、也没有登记核发部门的材料不在本清单内：{names}。确属政府部门核发的，应当写明核发单位，列入本清单。"
        ))));
    }
    blocks
}

fn table(view: View<'_>, caption: &str, needs: &[&Need<'_>]) -> Vec<Block> {
    if needs.is_empty() {
        return vec![Block::Para(Text::of("无。"))];
    }

    let rows = needs.iter().enumerate().map(|(index, need)| {
        let material = need.material;
        let exemption = material.exemption.as_ref();
        let items: Vec<String> = material
            .items
            .iter()
            .filter_map(|id| view.item(id))
            .map(|item| match &item.agency {
                Some(agency) => format!("{}（{agency}）", item.name),
                None => item.name.clone(),
            })
            .collect();
        let or_unsaid = |text: Option<&str>| text.map_or_else(unsaid, Text::of);
        let read: Vec<&str> = prefilled(view, &material.name);
        let mut source = match need.way {
            Way::Result => {
                let producer = exemption.and_then(|own| own.producer.as_ref()).map(|id| view.item_name(id));
                producer.map_or_else(unsaid, |item| Text::of(format!("“{item}”的办理结果")))
            }
            _ => or_unsaid(need.system()),
        };
        if let Some(since) = exemption.and_then(|own| own.since.as_ref()) {
            source = source.line().quiet(format!("{since}起"));
        }
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(Text::bold(&material.name)),
            Cell::of(material.holder.as_deref().unwrap_or_default()),
            Cell::new(or_unsaid(need.provider)),
            Cell::new(source),
            Cell::new(Text::lines(items.iter().map(Text::of))),
            Cell::new(when(material.when.as_ref())),
            Cell::of(read.join("、")),
            Cell::new(exemption.map_or_else(Text::default, |own| bases(&own.basis))),
            Cell::new(match need.connected {
                true => Text::default().good("免于提交"),
                false => Text::default().tag("未接通").line().then("仍由申请人提交"),
            }),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::new("材料"),
        Column::new("持有人"),
        Column::new("提供单位"),
        Column::new("取自哪里"),
        Column::long("使用事项（单位）"),
        Column::new("什么情形下用"),
        Column::new("可预填的数据项"),
        Column::new("依据"),
        Column::new("现状"),
    ];
    vec![Block::Table(Table::new(caption, columns, rows.collect()).without_empty_columns().headed())]
}

/// The fields of the form that are read from a document.
fn prefilled<'a>(view: View<'a>, document: &str) -> Vec<&'a str> {
    let fields = view.plan.form.groups.iter().flat_map(|group| &group.fields);
    let read = |field: &&yijianshi_core::plan::Field| {
        field.prefill.as_ref().is_some_and(|own| own.document.as_deref() == Some(document))
    };
    fields.filter(read).map(|field| field.label.as_str()).collect()
}

fn fields(view: View<'_>) -> Vec<Block> {
    let fields: Vec<_> = view.plan.form.groups.iter().flat_map(|group| &group.fields).collect();
    if fields.is_empty() {
        return vec![Block::Para(Text::of("申请表的填写项没有写明。"))];
    }
    let filled: Vec<_> = fields.iter().filter_map(|field| Some((field, field.prefill.as_ref()?))).collect();
    let all = fields.len();
    if filled.is_empty() {
        return vec![Block::Para(Text::of(format!(
            "统一申请表共{all}个填写项，还没有一项写明由系统预填，都由申请人填写。"
        )))];
    }
    let rows = filled.iter().enumerate().map(|(index, (field, prefill))| {
        let mut forms: Vec<&str> = field.sources.iter().map(|source| source.form.as_str()).collect();
        forms.dedup();
        Row::new(vec![
            Cell::of((index + 1).to_string()),
            Cell::head(Text::of(&field.label)),
            Cell::of(field.kind.word()),
            Cell::of(field.standard.as_deref().unwrap_or_default()),
            Cell::of(match prefill.way {
                ExemptionWay::ELicence => "电子证照",
                ExemptionWay::DataShare => "数据共享",
                ExemptionWay::Verification => "核验",
            }),
            Cell::of(prefill.document.as_deref().unwrap_or_default()),
            Cell::of(forms.join("、")),
        ])
    });
    let columns = vec![
        Column::number("序号"),
        Column::new("数据项"),
        Column::short("类型"),
        Column::new("代码标准"),
        Column::new("取得方式"),
        Column::new("取自哪份证照"),
        Column::long("用在哪些表"),
    ];
    let number = filled.len();
    vec![
        Block::Para(Text::of(format!("统一申请表共{all}个填写项，其中{number}项由系统预填："))),
        Block::Table(Table::new("预填的数据项", columns, rows.collect()).without_empty_columns().headed()),
    ]
}

fn commitments(view: View<'_>) -> Vec<Block> {
    let rows: Vec<Row> = view
        .plan
        .materials
        .iter()
        .filter_map(|material| Some((material, material.exemption.as_ref()?.commitment.as_ref()?)))
        .map(|(material, commitment)| {
            Row::new(vec![
                Cell::head(Text::of(&material.name)),
                Cell::of(material.issuer.as_deref().unwrap_or("没有写明")),
                Cell::of(users(view, &material.items).join("、")),
                Cell::of(commitment.verification.as_deref().unwrap_or("没有写明怎样核查")),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::new("以承诺代替的材料"),
        Column::new("出具单位"),
        Column::new("核查单位"),
        Column::long("怎样核查"),
    ];
    vec![Block::Table(Table::new("告知承诺的核查需求", columns, rows).headed())]
}

fn open(needs: &[Need<'_>]) -> Vec<Block> {
    let mut list = Vec::new();
    for need in needs {
        let name = need.name();
        let mut lacks: Vec<&str> = Vec::new();
        if need.provider.is_none() {
            lacks.push("由哪个单位提供");
        }
        if need.way != Way::Result && need.system().is_none() {
            lacks.push("从哪个系统取得");
        }
        if !need.connected {
            lacks.push(if need.way == Way::ELicence {
                "何时接通电子证照"
            } else {
                "共享还是核验、何时接通"
            });
        }
        if !lacks.is_empty() {
            list.push(Text::of(format!("{name}：{}。", lacks.join("，"))));
        }
    }
    if list.is_empty() { Vec::new() } else { vec![Block::Numbered(list)] }
}
