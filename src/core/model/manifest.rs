//! The manifest `yijianshi.yaml` of a workspace.

use super::collection::{List, Table};
use super::kind::{Code, Day, Id, Link, Output, Prose, Ref, Rule, Term, Title};
use super::record::{choices, record};
use super::scalar::DateText;
use crate::source::At;

choices! {
    /// 怎样数环节。
    pub enum StepConvention ("环节的计数口径") {
        /// One a stage (GB/T 39216: an activity that one unit or counter completes by itself).
        ByActivity = "按活动" / "by-activity",
        /// One an item.
        ByItem = "按事项" / "by-item",
        /// One an agency.
        ByAgency = "按单位" / "by-agency",
    }
}

choices! {
    /// 怎样数跑动。
    pub enum VisitConvention ("跑动的计数口径") {
        /// The declared visits of each item, one if none is declared.
        ByItem = "按事项" / "by-item",
        /// One an agency.
        ByAgency = "按单位" / "by-agency",
    }
}

choices! {
    /// 规则的级别。
    pub enum RuleLevel ("规则级别") {
        /// Error.
        Error = "错误" / "error",
        /// Warning.
        Warning = "警告" / "warning",
        /// Not said at all.
        Off = "关闭" / "off",
    }
}

record! {
    /// 工作区清单。
    pub struct Manifest {
        /// 工作区的名称。
        title: Option<Title> = "工作区", required;
        /// 英文标识，用作输出文件夹名。
        id: Option<Id> = "标识", required;
        /// 地区。
        region: Option<Region> = "地区";
        /// 计数口径。
        counting: Option<Counting> = "计数口径", required;
        /// 换算：时限单位怎样换算，例如“1工作日 = 8小时”。
        conversions: List<Term> = "换算";
        /// 编码规则：按哪种约定检查事项编码。
        code_profile: Option<Term> = "编码规则";
        /// 今天：条件里的“今天”是哪一天；不写的，条件里不能用“今天”。
        today: Option<At<DateText>> = "今天";
        /// 日历：本地区在全国节假日之外的安排。
        calendar: Table<Day, CalendarDay> = "日历";
        /// 规则：调整规则的级别。
        rules: Table<Ref<Rule>, RuleSetting> = "规则";
        /// 输出：缺省生成哪些成果。
        outputs: List<Ref<Output>> = "输出";
        /// 网址：成果文件夹发布到哪里，用来生成二维码；一件事的二维码指向“网址/工作区标识/一件事标识/”。
        base_url: Option<Link> = "网址";
    }
}

record! {
    /// 地区。
    pub struct Region short "名称" {
        /// 名称。
        name: Option<Title> = "名称", required;
        /// 行政区划代码（六位）。
        code: Option<Code> = "代码";
    }
}

record! {
    /// 计数口径。
    pub struct Counting {
        /// 环节。
        steps: Option<At<StepConvention>> = "环节", required;
        /// 跑动。
        visits: Option<At<VisitConvention>> = "跑动", required;
    }
}

record! {
    /// 日历里的一天。
    pub struct CalendarDay short "安排" {
        /// 安排：放假或上班。
        kind: Option<Term> = "安排", required;
        /// 名称，例如三月三。
        name: Option<Title> = "名称";
    }
}

record! {
    /// 规则的设置。
    pub struct RuleSetting short "级别" {
        /// 级别。
        level: Option<At<RuleLevel>> = "级别", required;
        /// 为什么这样设。
        reason: Option<Prose> = "理由";
    }
}
