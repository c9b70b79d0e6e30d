//! What was published (公布): claims that are recomputed and reconciled, never taken over.

use super::bundle::Scenario;
use super::catalogue::{Agency, Material};
use super::collection::{List, Table};
use super::item::Item;
use super::kind::{Holder, Instruction, Mention, Prose, Ref, Term, Title};
use super::record::record;
use super::scalar::{Condition, Count, Duration, Number};
use crate::source::At;

record! {
    /// 公布的内容。
    pub struct Published {
        /// 出处：在哪里公布的。
        source: Option<Term> = "出处";
        /// 改革前的数字。
        before: Option<Figures> = "改革前";
        /// 改革后的数字。
        after: Option<Figures> = "改革后";
        /// 公布的减少数。
        saved: Option<Figures> = "减少";
        /// 指南里的材料清单，按公布的分组。
        guide_list: List<ListGroup> = "指南清单";
        /// 前后对比表，按事项。
        comparison: Table<Ref<Item>, ComparisonRow> = "对比表";
        /// 指南里各事项的叫法和单位。
        items: List<PublishedItem> = "联办事项";
        /// 办理流程的文字。
        steps: List<PublishedStep> = "办理流程";
        /// 送达的结果。
        results: List<Title> = "办理结果";
        /// 公布了标题却没有内容的栏目。
        empty_sections: List<Term> = "空白栏目";
    }
}

record! {
    /// 一组公布的数字。
    pub struct Figures {
        /// 情形：这组数字说的是哪个典型情形；不写就是没有说明。
        scenario: Option<Ref<Scenario>> = "情形";
        /// 材料数。
        materials: Option<At<Count>> = "材料";
        /// 时限。
        days: Option<At<Duration>> = "时限";
        /// 表单数。
        forms: Option<At<Count>> = "表单";
        /// 环节数。
        steps: Option<At<Count>> = "环节";
        /// 跑动次数。
        visits: Option<At<Count>> = "跑动";
        /// 部门数。
        agencies: Option<At<Count>> = "部门";
        /// 减少的百分比，例如46.15%。
        percent: Option<At<Number>> = "百分比";
    }
}

record! {
    /// 清单里的一组。
    pub struct ListGroup keyed name {
        /// 组名。
        name: Option<Title> = "名称", required;
        /// 公布的份数。
        count: Option<At<Count>> = "份数";
        /// 公布用的量词，例如份、个。
        unit: Option<Term> = "量词";
        /// 列出的材料。
        rows: List<ListRow> = "材料", required;
    }
}

record! {
    /// 清单里的一行。
    pub struct ListRow short "材料" keyed material holder {
        /// 公布的材料名称。
        material: Option<Mention<Material>> = "材料", required;
        /// 持有人。
        holder: Option<Holder> = "持有人";
        /// 公布的条件。
        when: Option<Condition> = "当";
        /// 公布的文字条件，不能写成条件的。
        remark: Option<Prose> = "备注";
    }
}

record! {
    /// 对比表里的一个事项。
    pub struct ComparisonRow {
        /// 表里的叫法。
        name: Option<Title> = "名称";
        /// 表里的单位。
        agency: Option<Ref<Agency>> = "单位";
        /// 改革前的材料。
        before: List<ListRow> = "改革前";
        /// 改革后的材料。
        after: List<ListRow> = "改革后";
        /// 公布的减少份数。
        saved: Option<At<Count>> = "减少";
        /// 改革前的时限。
        days: Option<At<Duration>> = "时限";
    }
}

record! {
    /// 公布的一个联办事项。
    pub struct PublishedItem keyed name {
        /// 公布的叫法。
        name: Option<Title> = "名称", required;
        /// 公布的单位。
        agency: Option<Ref<Agency>> = "单位";
        /// 对应的事项（联办事项里的名称）。
        item: Option<Ref<Item>> = "事项", required;
    }
}

record! {
    /// 公布的一步流程。
    pub struct PublishedStep short "文字" {
        /// 文字。
        text: Option<Instruction> = "文字", required;
        /// 说到的事项。
        items: List<Ref<Item>> = "事项";
    }
}

record! {
    /// 期望的数字。
    pub struct Expected {
        /// 改革后的材料件数。
        materials: Option<At<Count>> = "材料";
        /// 改革后的材料种类数。
        distinct: Option<At<Count>> = "种类";
        /// 改革前的材料件数。
        materials_before: Option<At<Count>> = "改革前材料";
        /// 关键路径。
        days: Option<At<Duration>> = "时限";
        /// 跑动次数。
        visits: Option<At<Count>> = "跑动";
        /// 适用的事项。
        items: List<Ref<Item>> = "事项";
        /// 申请表的字段数。
        fields: Option<At<Count>> = "字段";
    }
}
