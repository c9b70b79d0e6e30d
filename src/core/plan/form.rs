//! The one form: groups of fields, where each comes from, and who gets what.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::condition::When;
use super::header::{text, texts};
use crate::expr::Number;
use crate::model::{ElementType, ExemptionWay};
use crate::program::{Cond, Program};
use crate::reform::MergedField;

/// 一张申请表。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// 名称。
    pub name: String,
    /// 分组的字段。
    pub groups: Vec<FieldGroup>,
    /// 分发对照：各部门的表从这张表取哪些字段。
    pub shares: Vec<FormShare>,
}

/// 一组字段。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldGroup {
    /// 组名。
    pub name: String,
    /// 字段。
    pub fields: Vec<Field>,
}

/// 一个字段。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// 英文标识。
    pub id: String,
    /// 名称。
    pub label: String,
    /// 类型。
    pub kind: ElementType,
    /// 最多多少个字。
    pub max_length: Option<u32>,
    /// 选项。
    pub options: Vec<String>,
    /// 单位。
    pub unit: Option<String>,
    /// 最小值。
    pub min: Option<Number>,
    /// 最大值。
    pub max: Option<Number>,
    /// 填写说明。
    pub help: Vec<String>,
    /// 代码标准。
    pub standard: Option<String>,
    /// 什么情形下要填；不写就是都要。
    pub when: Option<When>,
    /// 是否必填。
    pub required: Requirement,
    /// 由系统预填。
    pub prefill: Option<Prefill>,
    /// 出自哪些表。
    pub sources: Vec<FieldSource>,
}

/// 是否必填。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "when", rename_all = "kebab-case")]
pub enum Requirement {
    /// 要填的时候就必填。
    Always,
    /// 选填。
    Never,
    /// 在这样的情形下必填。
    When(When),
}

/// 由系统预填。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Prefill {
    /// 从哪里取。
    pub way: ExemptionWay,
    /// 从哪份证照取。
    pub document: Option<String>,
}

/// 字段的一个出处。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldSource {
    /// 事项（英文标识）。
    pub item: String,
    /// 表名。
    pub form: String,
    /// 那张表上的名称。
    pub label: String,
    /// 那张表是否必填。
    pub required: bool,
}

/// 一个部门的表从这张表取哪些字段。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FormShare {
    /// 事项（英文标识）。
    pub item: String,
    /// 单位。
    pub agency: Option<String>,
    /// 表名。
    pub form: String,
    /// 取哪些字段：字段的英文标识和那张表上的名称。
    pub fields: Vec<FormShareField>,
}

/// 取的一个字段。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FormShareField {
    /// 字段的英文标识。
    pub field: String,
    /// 那张表上的名称。
    pub label: String,
    /// 那张表是否必填。
    pub required: bool,
    /// 事项适用时，什么情形下才要；不写就是都要。
    pub when: Option<When>,
}

const UNGROUPED: &str = "其他信息";

impl Form {
    pub(super) fn of(program: &Program<'_>, fields: &[MergedField], ids: &[String], name: &str) -> Form {
        let mut groups: IndexMap<String, Vec<Field>> = IndexMap::new();
        let mut shares: IndexMap<(usize, usize), Vec<FormShareField>> = IndexMap::new();
        for (item, program_item) in program.items.iter().enumerate() {
            for form in 0..program_item.forms.len() {
                shares.insert((item, form), Vec::new());
            }
        }
        for merged in fields {
            let element = program.workspace.element(merged.element);
            let id = element.id.to_string();
            for occurrence in &merged.occurrences {
                // The item's own conditions come first and are said of the item.
                let own = occurrence.when.iter().skip(program.item(occurrence.item).when.iter().count());
                let share = FormShareField {
                    field: id.clone(),
                    label: occurrence.label.to_string(),
                    required: occurrence.required,
                    when: When::any(program, &[own.collect()]),
                };
                shares.entry((occurrence.item.index(), occurrence.form)).or_default().push(share);
            }
            let group = text(&element.written.group).unwrap_or_else(|| UNGROUPED.to_owned());
            groups.entry(group).or_default().push(field(program, merged, id, ids));
        }
        let share = |((item, form), fields): ((usize, usize), Vec<FormShareField>)| FormShare {
            item: ids[item].clone(),
            agency: program.items[item].agency.map(|id| program.workspace.agency_of(id.value).name.value.to_string()),
            form: program.items[item].forms[form].name.value.to_string(),
            fields,
        };
        Form {
            name: name.to_owned(),
            groups: groups.into_iter().map(|(name, fields)| FieldGroup { name, fields }).collect(),
            shares: shares.into_iter().map(share).collect(),
        }
    }

    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }
}

fn field(program: &Program<'_>, merged: &MergedField, id: String, ids: &[String]) -> Field {
    let element = program.workspace.element(merged.element);
    let written = &element.written;
    let when = |alternatives: Option<Vec<&[Cond]>>| {
        alternatives
            .and_then(|list| When::any(program, &list.into_iter().map(|all| all.iter().collect()).collect::<Vec<_>>()))
    };
    let visible = when(merged.visible_when());
    let demanded = merged.occurrences.iter().any(|occurrence| occurrence.required);
    let required_when = when(merged.required_when());
    let required = match (demanded, required_when) {
        (false, _) => Requirement::Never,
        (true, None) => Requirement::Always,
        // Whenever it is shown it is demanded.
        (true, Some(required)) if visible.as_ref().is_some_and(|visible| visible.text == required.text) => {
            Requirement::Always
        }
        (true, Some(required)) => Requirement::When(required),
    };
    let document = element.document;
    let capability = document.and_then(|document| program.workspace.capability(document));
    let prefill = match (capability, &written.prefill) {
        (Some((_, capability)), _) => Some(Prefill {
            way: capability.way,
            document: document.map(|id| program.workspace.material(id).name.value.to_string()),
        }),
        (None, Some(way)) => Some(Prefill { way: way.value, document: None }),
        (None, None) => None,
    };
    let mut help = texts(&written.help.iter().cloned().collect::<Vec<_>>());
    let mut sources = Vec::new();
    for occurrence in &merged.occurrences {
        let item = program.item(occurrence.item);
        let form = &item.forms[occurrence.form];
        let own = form
            .fields
            .iter()
            .find(|field| field.element == merged.element)
            .and_then(|field| text(&field.written.help));
        help.extend(own.filter(|own| !help.contains(own)));
        sources.push(FieldSource {
            item: ids[occurrence.item.index()].clone(),
            form: form.name.value.to_string(),
            label: occurrence.label.to_string(),
            required: occurrence.required,
        });
    }
    Field {
        id,
        label: element.name.value.to_string(),
        kind: written.kind.map_or(ElementType::Text, |kind| kind.value),
        max_length: merged.max_length.map(|(length, _)| length),
        options: merged.options.iter().flatten().map(ToString::to_string).collect(),
        unit: text(&written.unit),
        min: written.min.map(|at| at.value),
        max: written.max.map(|at| at.value),
        help,
        standard: text(&written.standard),
        when: visible,
        required,
        prefill,
        sources,
    }
}
