//! The seven figures that are counted before and after the reform: the one table of them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::expr::{Number, percent_saved};

macro_rules! figures {
    ($( $(#[doc = $doc:literal])* $Figure:ident, $key:ident: $Number:ty, $name:literal, $unit:literal, $rule:expr; )*) => {
        /// 数字。
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Figure { $( $(#[doc = $doc])* $Figure, )* }

        impl Figure {
            /// All, in the order of documents.
            pub const ALL: [Figure; [$($name),*].len()] = [$(Figure::$Figure),*];

            /// Its name.
            pub fn label(self) -> &'static str {
                match self { $( Figure::$Figure => $name, )* }
            }

            /// What one of it is called; time has the unit of the schedule.
            pub fn unit(self) -> &'static str {
                match self { $( Figure::$Figure => $unit, )* }
            }

            /// How it is counted; `None` where that goes without saying or the workspace names its convention.
            pub fn rule(self) -> Option<&'static str> {
                match self { $( Figure::$Figure => $rule, )* }
            }

            /// The figure among others.
            pub fn of(self, figures: &Figures) -> Option<Number> {
                match self { $( Figure::$Figure => figures.$key.map(Number::from), )* }
            }

            /// How much less it became.
            pub fn saved(self, savings: &Savings) -> Option<&Saved> {
                match self { $( Figure::$Figure => savings.$key.as_ref(), )* }
            }
        }

        /// 一组数字；没有依据的为空，不当作零。
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
        pub struct Figures { $( $(#[doc = $doc])* pub $key: Option<$Number>, )* }

        /// 减少了多少。
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
        pub struct Savings { $( $(#[doc = $doc])* pub $key: Option<Saved>, )* }

        impl Savings {
            /// What became less from one side to the other.
            pub fn of(before: &Figures, after: &Figures) -> Savings {
                Savings { $( $key: Saved::of(before.$key.map(Number::from), after.$key.map(Number::from)), )* }
            }
        }
    };
}

figures! {
    /// 材料件次：各事项分别计。
    Materials, materials: u32, "材料（件次）", "件",
        Some("材料件次：各事项分别计数，申请表也算一件；几个事项都要的同一份材料，改革前每个事项各算一件。");
    /// 材料去重种类：同一文件、同一持有人只计一次。
    DistinctMaterials, distinct_materials: u32, "材料（去重种类）", "种",
        Some("材料去重种类：同一持有人的同一文件只算一种。两种数分别列出，不混用。");
    /// 时限：改革前为串联合计，改革后为关键路径。
    Days, days: Number, "办理时限", "",
        Some("办理时限：改革前为各事项时限之和（串联合计），改革后为最长的一条先后链（关键路径）；即办算零。");
    /// 申请表张数。
    Forms, forms: u32, "申请表", "张", None;
    /// 申请表要填的项数。
    Fields, fields: u32, "填写项", "项", None;
    /// 环节数（口径见工作区）。
    Steps, steps: u32, "办理环节", "个", None;
    /// 跑动次数（口径见工作区）。
    Visits, visits: u32, "跑动次数", "次", None;
}

/// 减少的数和百分比。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
pub struct Saved {
    /// 减少的数；负数为增加。
    pub amount: Number,
    /// 百分比（占改革前的，两位小数，四舍五入）；改革前为零的没有。
    pub percent: Option<String>,
}

impl Saved {
    fn of(before: Option<Number>, after: Option<Number>) -> Option<Saved> {
        let (before, after) = (before?, after?);
        Some(Saved {
            amount: before.checked_sub(after)?,
            percent: percent_saved(before, after).map(|percent| percent.two_places()),
        })
    }
}
