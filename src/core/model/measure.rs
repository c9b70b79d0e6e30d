//! Reform measures (改革举措): what is done beyond merging.

use super::catalogue::{Agency, Material};
use super::closest;
use super::codes::{UNKNOWN_KEYS, WRONG_TYPES};
use super::collection::List;
use super::decode::{Decoder, Inheritance, Text};
use super::item::{Item, Stage};
use super::item::{LegalBasis, MaterialForm};
use super::kind::{Holder, Prose, Ref, Term};
use super::record::{Value, choices, key_named, record};
use super::scalar::{Condition, Duration};
use super::shape::{Group, Key, RecordShape, Shape, Visitor};
use crate::diagnostic::Fix;
use crate::source::{At, Span};
use crate::syntax::{Kind, Node};

choices! {
    /// 免提交的方式。
    pub enum ExemptionWay ("免提交的方式") {
        /// Read from the e-licence library.
        ELicence = "电子证照" / "e-licence",
        /// Fetched by shared data.
        DataShare = "数据共享" / "data-share",
        /// Checked against the issuer's records.
        Verification = "核验" / "verification",
    }
}

record! {
    /// 压缩时限。
    pub struct CompressTime {
        /// 事项。
        item: Option<Ref<Item>> = "事项", required;
        /// 环节；不写就是整个事项。
        stage: Option<Ref<Stage>> = "环节";
        /// 压缩到多长。
        to: Option<At<Duration>> = "至", required;
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 说明：凭什么压得下来。
        reason: Option<Prose> = "说明";
    }
}

record! {
    /// 联合办理一个环节（联合勘验、联合评审、联合验收）。
    pub struct JointStage short "事项" {
        /// 参加的事项。
        items: List<Ref<Item>> = "事项", required;
        /// 联合办理用时；不写取各事项中最长的。
        limit: Option<At<Duration>> = "时限";
        /// 牵头单位。
        lead: Option<Ref<Agency>> = "牵头单位";
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 说明。
        reason: Option<Prose> = "说明";
    }
}

record! {
    /// 新增材料。
    pub struct AddMaterial {
        /// 事项。
        item: Option<Ref<Item>> = "事项", required;
        /// 材料名称。
        material: Option<Ref<Material>> = "材料", required;
        /// 持有人。
        holder: Option<Holder> = "持有人";
        /// 当：什么情形下才要。
        when: Option<Condition> = "当";
        /// 形式。
        form: Option<At<MaterialForm>> = "形式";
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 说明：为什么要加。
        reason: Option<Prose> = "说明";
    }
}

record! {
    /// 对事项的一份材料采取的举措。
    pub struct MaterialMeasure {
        /// 事项；不写就是所有收这份材料的事项。
        items: List<Ref<Item>> = "事项";
        /// 材料名称。
        material: Option<Ref<Material>> = "材料", required;
        /// 持有人；不写就是不论谁的。
        holder: Option<Holder> = "持有人";
        /// 免提交的方式。
        way: Option<At<ExemptionWay>> = "方式";
        /// 补交时限（容缺用）。
        supply_within: Option<At<Duration>> = "补交时限";
        /// 补交方式（容缺用）。
        supply_by: Option<Prose> = "补交方式";
        /// 逾期不补怎样处理（容缺用）。
        overdue: Option<Prose> = "逾期处理";
        /// 承诺书（告知承诺用）。
        commitment: Option<Term> = "承诺书";
        /// 事后怎样核查（告知承诺用）。
        verification: Option<Prose> = "核查方式";
        /// 违诺责任（告知承诺用）。
        liability: Option<Prose> = "违诺责任";
        /// 哪些人不适用（告知承诺用）。
        excluded: List<Prose> = "不适用";
        /// 从哪个系统取（免提交用）。
        system: Option<Term> = "系统";
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 说明。
        reason: Option<Prose> = "说明";
    }
}

record! {
    /// 取消环节。
    pub struct DropStage {
        /// 事项。
        item: Option<Ref<Item>> = "事项", required;
        /// 环节。
        stage: Option<Ref<Stage>> = "环节", required;
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 说明。
        reason: Option<Prose> = "说明";
    }
}

record! {
    /// 解除前置：不必等前一事项办结。
    pub struct LiftPrecondition {
        /// 事项。
        item: Option<Ref<Item>> = "事项", required;
        /// 不再等待的事项。
        precondition: Option<Ref<Item>> = "前置", required;
        /// 改为等到哪个环节；不写就是完全不等。
        stage: Option<Ref<Stage>> = "改为环节";
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 说明。
        reason: Option<Prose> = "说明";
    }
}

record! {
    /// 全程网办。
    pub struct FullyOnline short "事项" {
        /// 哪些事项；不写就是全部。
        items: List<Ref<Item>> = "事项";
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 说明。
        reason: Option<Prose> = "说明";
    }
}

/// A reform measure: one key that says what kind it is, and what it is about.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Where its key stands.
    pub head: Span,
    /// What is done.
    pub kind: MeasureKind,
}

macro_rules! measures {
    ($( $(#[doc = $doc:expr])* $Variant:ident($Record:ty) = $key:literal / $english:literal; )*) => {
        /// What a measure does.
        #[derive(Debug, Clone)]
        pub enum MeasureKind { $( $(#[doc = $doc])* $Variant($Record), )* }

        #[allow(non_upper_case_globals, missing_docs)]
        impl Measure {
            $( pub const $Variant: &'static Key = key_named(Measure::RECORD.keys, $english); )*
        }

        impl Measure {
            /// The kinds, as keys of which one is written.
            pub const RECORD: &'static RecordShape = &RecordShape {
                name: "Measure",
                doc: "改革举措。",
                keys: &[ $( Key {
                    key: $key, name: $english, doc: concat!($($doc, "\n"),*), required: false, shape: &<$Record as Value>::SHAPE,
                }, )* ],
                short: None,
                one_of: true,
            };

            /// The key under which it is written.
            pub fn key(&self) -> &'static str {
                match &self.kind { $( MeasureKind::$Variant(_) => $key, )* }
            }

            /// The English name, as in `plan.json`.
            pub fn name(&self) -> &'static str {
                match &self.kind { $( MeasureKind::$Variant(_) => $english, )* }
            }

            /// What it rests on: 依据 and 说明.
            pub fn grounds(&self) -> (&List<LegalBasis>, Option<&Text>) {
                match &self.kind { $( MeasureKind::$Variant(record) => (&record.basis, record.reason.as_deref()), )* }
            }
        }

        impl Value for Measure {
            const SHAPE: Shape = Shape::Record(Measure::RECORD);
            fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
                let keys: Vec<&str> = Measure::RECORD.keys.iter().map(|key| key.key).collect();
                let Kind::Map { entries, .. } = &node.kind else {
                    cx.wrong_type(node, &format!("“举措: 内容”，举措有{}", keys.join("、")));
                    return None;
                };
                if let [first, second, ..] = &entries[..] {
                    cx.sink.push(
                        WRONG_TYPES
                            .at(second.key.span, "一条举措只能写一种")
                            .related(first.key.span, "这条举措已经写了这一种")
                            .help("如果是这条举措的内容，多缩进两格；如果是另一条举措，前面加“- ”"),
                    );
                }
                let entry = entries.first()?;
                let head = entry.key.span;
                let kind = match &*entry.key.value {
                    $( $key => MeasureKind::$Variant(<$Record as Value>::decode(&entry.value, cx)?), )*
                    other => {
                        let mut diagnostic = UNKNOWN_KEYS.at(head, format!("没有“{other}”这种改革举措"));
                        diagnostic = match closest(other, keys.iter().copied()) {
                            Some(word) => diagnostic
                                .label(format!("是不是“{word}”？"))
                                .fix(Fix::replace(head, word, format!("改为“{word}”")).to_be_confirmed()),
                            None => diagnostic.help(format!("可以写的举措：{}", keys.join("、"))),
                        };
                        cx.sink.push(diagnostic);
                        return None;
                    }
                };
                Some(Measure { head, kind })
            }
            fn check(&self, cx: &mut Inheritance<'_>) {
                match &self.kind { $( MeasureKind::$Variant(record) => record.check(cx), )* }
            }
            fn place(&self) -> Option<Span> {
                Some(self.head)
            }
            fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
                visitor.open(Group::Record(Measure::RECORD, self));
                visitor.key(key_named(Measure::RECORD.keys, self.name()));
                match &self.kind { $( MeasureKind::$Variant(record) => record.visit(visitor), )* }
                visitor.close();
            }
        }
    };
}

measures! {
    /// 压缩一个事项或环节的时限。
    CompressTime(CompressTime) = "压缩时限" / "compress-time";
    /// 几个事项的现场勘验一次做完。
    JointInspection(JointStage) = "联合勘验" / "joint-inspection";
    /// 几个事项的评审一次做完。
    JointAssessment(JointStage) = "联合评审" / "joint-assessment";
    /// 几个事项的验收一次做完。
    JointFinalInspection(JointStage) = "联合验收" / "joint-final-inspection";
    /// 改革后新要求的材料。
    AddMaterial(AddMaterial) = "新增材料" / "add-material";
    /// 不再要求的材料。
    AbolishMaterial(MaterialMeasure) = "取消材料" / "abolish-material";
    /// 以书面承诺代替材料。
    Commitment(MaterialMeasure) = "告知承诺" / "commitment";
    /// 先受理、后补交的材料。
    Defer(MaterialMeasure) = "容缺" / "deferred";
    /// 由部门自己取得、申请人不必交的材料。
    Exempt(MaterialMeasure) = "免提交" / "exempt";
    /// 不再有的环节。
    DropStage(DropStage) = "取消环节" / "drop-stage";
    /// 不必再等前一事项。
    LiftPrecondition(LiftPrecondition) = "解除前置" / "lift-precondition";
    /// 从申请到领证都不用到现场。
    FullyOnline(FullyOnline) = "全程网办" / "fully-online";
}
