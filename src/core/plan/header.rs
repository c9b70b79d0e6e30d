//! Workspace, bundle, agencies, questions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::condition::When;
use crate::expr::{Duration, Number};
use crate::model::{self, CaseType, List, PartialFailure, Status};
use crate::program::{self, Domain, Program, QuestionId};

/// 工作区。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Workspace {
    /// 英文标识。
    pub id: String,
    /// 名称。
    pub title: String,
    /// 地区。
    pub region: Option<Region>,
    /// 环节的计数口径。
    pub steps_convention: Convention,
    /// 跑动的计数口径。
    pub visits_convention: Convention,
    /// 时限单位的换算。
    pub conversions: Vec<String>,
    /// 成果发布的网址。
    pub base_url: Option<String>,
    /// 原文：清单里的全部内容，键名改为英文。
    pub written: serde_json::Value,
}

/// 地区。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// 名称。
    pub name: String,
    /// 行政区划代码。
    pub code: Option<String>,
}

/// 计数口径。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Convention {
    /// 英文名。
    pub name: String,
    /// 中文名。
    pub label: String,
    /// 怎样数。
    pub rule: String,
}

/// 一件事的基本情况。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bundle {
    /// 英文标识。
    pub id: String,
    /// 名称。
    pub title: String,
    /// 规范名称。
    pub official_name: Option<String>,
    /// 主题编码。
    pub code: Option<String>,
    /// 版本。
    pub version: Option<String>,
    /// 发布日期。
    pub issued_on: Option<String>,
    /// 实施日期。
    pub effective_on: Option<String>,
    /// 责任人。
    pub responsible: Option<String>,
    /// 网上地址：发布以后在哪里看，二维码指向这里；清单没有写网址的没有。
    pub address: Option<String>,
    /// 状态。
    pub status: Status,
    /// 服务对象。
    pub audience: Vec<String>,
    /// 主题。
    pub theme: Option<String>,
    /// 生命周期阶段。
    pub life_stage: Option<String>,
    /// 牵头单位。
    pub lead: Option<String>,
    /// 承诺时限。
    pub promise: Option<Duration>,
    /// 法定时限。
    pub statutory: Option<Duration>,
    /// 承诺的跑动次数。
    pub visits: Option<u32>,
    /// 到场原因。
    pub visit_reason: Option<String>,
    /// 办件类型。
    pub case_type: Option<CaseType>,
    /// 设定依据。
    pub basis: Vec<Basis>,
    /// 受理条件。
    pub eligibility: Vec<String>,
    /// 收费。
    pub fees: Vec<Fee>,
    /// 办理形式。
    pub channels: Vec<String>,
    /// 通办范围。
    pub coverage: Option<String>,
    /// 办理地点。
    pub places: Vec<Place>,
    /// 办理时间。
    pub hours: Vec<String>,
    /// 网上办理入口。
    pub online: Option<String>,
    /// 咨询方式。
    pub enquiries: Vec<String>,
    /// 监督投诉方式。
    pub complaints: Vec<String>,
    /// 结果送达。
    pub delivery: Vec<String>,
    /// 救济渠道。
    pub remedies: Vec<String>,
    /// 权利和义务。
    pub rights: Vec<String>,
    /// 常见问题。
    pub faq: Vec<Faq>,
    /// 说明。
    pub notes: Vec<String>,
    /// 部分不予许可时的处理。
    pub partial_failure: Option<PartialFailure>,
}

/// 依据。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// 法律法规或文件。
    pub law: String,
    /// 文号。
    pub number: Option<String>,
    /// 条款。
    pub article: Option<String>,
    /// 原文。
    pub text: Option<String>,
    /// 网址。
    pub link: Option<String>,
}

impl Basis {
    /// 名称（文号）条款, on one line.
    pub fn line(&self) -> String {
        let number = self.number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
        format!("{}{number}{}", self.law, self.article.as_deref().unwrap_or_default())
    }
}

/// 收费。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fee {
    /// 项目。
    pub name: String,
    /// 标准。
    pub rate: Option<String>,
    /// 依据。
    pub basis: Vec<Basis>,
    /// 缴费方式。
    pub payment: Option<String>,
    /// 减免。
    pub relief: Option<String>,
}

/// 办理地点。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// 名称。
    pub name: Option<String>,
    /// 地址。
    pub address: String,
    /// 窗口。
    pub counter: Option<String>,
    /// 电话。
    pub phone: Option<String>,
    /// 办理时间。
    pub hours: Option<String>,
}

/// 常见问题。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Faq {
    /// 问。
    pub question: String,
    /// 答。
    pub answer: String,
}

/// 单位。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agency {
    /// 英文标识。
    pub id: String,
    /// 名称。
    pub name: String,
    /// 全称。
    pub full_name: Option<String>,
    /// 角色。
    pub role: Role,
    /// 承办的事项（英文标识）。
    pub items: Vec<String>,
    /// 统一社会信用代码。
    pub credit_code: Option<String>,
    /// 地址。
    pub address: Option<String>,
    /// 电话。
    pub phone: Option<String>,
}

/// 单位的角色。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 牵头。
    Lead,
    /// 联办。
    Partner,
}

/// 情形问题。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// 英文标识。
    pub id: String,
    /// 名称，条件里用的就是它。
    pub name: String,
    /// 向申请人提的问题。
    pub ask: String,
    /// 回答的种类。
    #[serde(flatten)]
    pub kind: QuestionKind,
    /// 什么情形下才问。
    pub when: Option<When>,
    /// 说明。
    pub help: Option<String>,
    /// 依据。
    pub basis: Vec<Basis>,
}

/// 回答的种类。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum QuestionKind {
    /// 是或否。
    YesNo,
    /// 单选。
    Choice {
        /// 选项。
        options: Vec<QuestionOption>,
    },
    /// 多选。
    Choices {
        /// 选项。
        options: Vec<QuestionOption>,
    },
    /// 数值。
    Number {
        /// 最小（含）。
        min: Number,
        /// 最大（含）。
        max: Number,
        /// 单位。
        unit: Option<String>,
        /// 小数位数。
        decimals: u32,
    },
    /// 日期。
    Date {
        /// 最早（含）。
        min: Option<String>,
        /// 最晚（含）。
        max: Option<String>,
    },
}

impl QuestionKind {
    /// The options; none if it is answered otherwise.
    pub fn options(&self) -> &[QuestionOption] {
        match self {
            QuestionKind::Choice { options } | QuestionKind::Choices { options } => options,
            QuestionKind::YesNo | QuestionKind::Number { .. } | QuestionKind::Date { .. } => &[],
        }
    }

    /// What the options are called.
    pub fn option_names(&self) -> Vec<&str> {
        self.options().iter().map(|option| option.name.as_str()).collect()
    }
}

/// 情形问题的选项。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionOption {
    /// 英文标识，回答里用的就是它。
    pub id: String,
    /// 名称，条件里用的就是它。
    pub name: String,
}

/// 不适用的情形。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exit {
    /// 什么情形。
    pub when: When,
    /// 建议。
    pub advice: String,
}

pub(super) fn text(text: &Option<impl AsRef<str>>) -> Option<String> {
    text.as_ref().map(|text| text.as_ref().to_owned())
}

pub(super) fn texts(list: &[impl AsRef<str>]) -> Vec<String> {
    list.iter().map(|text| text.as_ref().to_owned()).collect()
}

pub(super) fn bases(list: &List<model::LegalBasis>) -> Vec<Basis> {
    let basis = |basis: &model::LegalBasis| {
        Some(Basis {
            law: text(&basis.law)?,
            number: text(&basis.number),
            article: text(&basis.article),
            text: text(&basis.text),
            link: text(&basis.link),
        })
    };
    list.iter().filter_map(basis).collect()
}

pub(super) fn fees(list: &List<model::Fee>) -> Vec<Fee> {
    let fee = |fee: &model::Fee| {
        Some(Fee {
            name: text(&fee.name)?,
            rate: text(&fee.rate),
            basis: bases(&fee.basis),
            payment: text(&fee.payment),
            relief: text(&fee.relief),
        })
    };
    list.iter().filter_map(fee).collect()
}

impl Workspace {
    pub(super) fn of(program: &Program<'_>) -> Workspace {
        let workspace = program.workspace;
        let manifest = &workspace.manifest;
        let settings = &workspace.settings;
        let steps_rule = match settings.steps {
            model::StepConvention::ByActivity => {
                "一个部门或窗口能独立完成的一个活动算一个环节；联合办理的环节合为一个，收件、受理、送达由综合窗口统一做，各算一个"
            }
            model::StepConvention::ByItem => "改革前一个事项算一个环节；改革后由综合窗口一次受理，算一个环节",
            model::StepConvention::ByAgency => "改革前一个部门算一个环节；改革后由综合窗口一次受理，算一个环节",
        };
        let visits_rule = match settings.visits {
            model::VisitConvention::ByItem => {
                "改革前按各事项要跑的次数相加（没有写明的按一次）；改革后一次提交算一次，必须到场的环节另计，全程网办为零"
            }
            model::VisitConvention::ByAgency => {
                "改革前一个部门算跑一次；改革后一次提交算一次，必须到场的环节另计，全程网办为零"
            }
        };
        let name = |english: serde_json::Value| english.as_str().unwrap_or_default().to_owned();
        Workspace {
            id: text(&manifest.id).unwrap_or_default(),
            title: text(&manifest.title).unwrap_or_default(),
            region: manifest
                .region
                .as_ref()
                .and_then(|region| Some(Region { name: text(&region.name)?, code: text(&region.code) })),
            steps_convention: Convention {
                name: name(serde_json::json!(settings.steps)),
                label: settings.steps.word().to_owned(),
                rule: steps_rule.to_owned(),
            },
            visits_convention: Convention {
                name: name(serde_json::json!(settings.visits)),
                label: settings.visits.word().to_owned(),
                rule: visits_rule.to_owned(),
            },
            conversions: texts(&manifest.conversions),
            base_url: text(&manifest.base_url),
            written: model::export(manifest),
        }
    }
}

impl Bundle {
    pub(super) fn of(program: &Program<'_>) -> Bundle {
        let written = &program.bundle;
        let places = written.places.iter().filter_map(|place| {
            Some(Place {
                name: text(&place.name),
                address: text(&place.address)?,
                counter: text(&place.counter),
                phone: text(&place.phone),
                hours: text(&place.hours),
            })
        });
        let faq = written
            .faq
            .iter()
            .filter_map(|entry| Some(Faq { question: text(&entry.question)?, answer: text(&entry.answer)? }));
        Bundle {
            id: program.id.to_string(),
            title: program.title.to_string(),
            official_name: text(&written.official_name),
            code: text(&written.code),
            version: text(&written.version),
            issued_on: written.issued_on.map(|date| date.value.0.to_string()),
            effective_on: written.effective_on.map(|date| date.value.0.to_string()),
            responsible: text(&written.responsible),
            address: address(program),
            status: program.status,
            audience: texts(&written.audience),
            theme: text(&written.theme),
            life_stage: text(&written.life_stage),
            lead: program.lead.map(|lead| program.workspace.agency_of(lead.value).name.value.to_string()),
            promise: written.promise.map(|promise| promise.value),
            statutory: written.statutory.map(|limit| limit.value),
            visits: written.visits.map(|visits| visits.value.0),
            visit_reason: text(&written.visit_reason),
            case_type: written.case_type.map(|kind| kind.value),
            basis: bases(&written.basis),
            eligibility: texts(&written.eligibility),
            fees: fees(&written.fees),
            channels: texts(&written.channels),
            coverage: text(&written.coverage),
            places: places.collect(),
            hours: texts(&written.hours),
            online: text(&written.online),
            enquiries: texts(&written.enquiries),
            complaints: texts(&written.complaints),
            delivery: texts(&written.delivery),
            remedies: texts(&written.remedies),
            rights: texts(&written.rights),
            faq: faq.collect(),
            notes: texts(&written.notes),
            partial_failure: written.partial_failure.map(|policy| policy.value),
        }
    }
}

/// Where the bundle's folder is published.
fn address(program: &Program<'_>) -> Option<String> {
    let workspace = text(&program.workspace.manifest.id)?;
    let base = program.workspace.settings.address.as_ref()?;
    Some(format!("{base}/{workspace}/{}/", program.id))
}

impl Question {
    pub(super) fn of(program: &Program<'_>, id: QuestionId) -> Question {
        let question = program.question(id);
        let written = &program.bundle.questions.entries[id.index()].value;
        let options = |options: &[program::QuestionOption]| {
            options
                .iter()
                .map(|own| QuestionOption { id: own.id.to_string(), name: own.name.value.to_string() })
                .collect()
        };
        let kind = match &question.domain {
            Domain::YesNo => QuestionKind::YesNo,
            Domain::Choice(list) => QuestionKind::Choice { options: options(list) },
            Domain::Choices(list) => QuestionKind::Choices { options: options(list) },
            Domain::Number { min, max, unit, decimals } => QuestionKind::Number {
                min: *min,
                max: *max,
                unit: unit.as_ref().map(ToString::to_string),
                decimals: *decimals,
            },
            Domain::Date { min, max } => {
                QuestionKind::Date { min: min.map(|date| date.to_string()), max: max.map(|date| date.to_string()) }
            }
        };
        Question {
            id: question.id.to_string(),
            name: question.name.value.to_string(),
            ask: question.ask.to_string(),
            kind,
            when: question.when.as_ref().map(|when| When::of(program, when)),
            help: text(&written.help),
            basis: bases(&written.basis),
        }
    }
}
