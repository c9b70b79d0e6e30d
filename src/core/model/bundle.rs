//! A bundle file: one life event.

use super::catalogue::Agency;
use super::collection::{List, Table};
use super::item::{Fee, Item, LegalBasis};
use super::kind::{
    Address, Choice, Code, Contact, Eligibility, Hours, Id, Instruction, Link, Name, Person, Phone, Prose, Ref, Term,
    Title,
};
use super::measure::Measure;
use super::published::{Expected, Published};
use super::record::{choices, record};
use super::scalar::{Condition, Count, DateText, Duration, Number, YesNo};
use crate::source::At;

choices! {
    /// 状态：草案还在编，试行可以对外试用，发布要求要素齐全。
    pub enum Status ("状态") {
        /// Still being written.
        Draft = "草案" / "draft",
        /// Open to the public on trial.
        Trial = "试行" / "trial",
        /// Published: every element has to be there.
        Published = "发布" / "published",
    }
}

choices! {
    /// 办件类型。
    pub enum CaseType ("办件类型") {
        /// Done at once.
        Immediate = "即办件" / "immediate",
        /// Done within the promised time.
        Promised = "承诺件" / "promised",
        /// Something else.
        Other = "其他" / "other",
    }
}

choices! {
    /// 部分事项不予许可时，其余事项怎么办。
    pub enum PartialFailure ("部分不予许可时的处理") {
        /// The others' results are issued.
        IssueOthers = "其余照发" / "issue-others",
        /// Nothing is issued until all are decided in favour.
        WithholdAll = "全部不发" / "withhold-all",
        /// The applicant is asked.
        AskApplicant = "征求申请人意见" / "ask-applicant",
    }
}

record! {
    /// 一件事。
    pub struct Bundle {
        /// 一件事的名称，用群众的话写，例如“我要开小餐馆”。
        title: Option<Title> = "一件事", required;
        /// 英文标识，小写字母、数字和连字符；用作网址、文件夹名和编号。
        id: Option<Id> = "标识", required;
        /// 规范名称，与上级清单一致的正式名称。
        official_name: Option<Title> = "规范名称";
        /// 主题编码。
        code: Option<Code> = "主题编码";
        /// 在上级文件的基础上扩充：写上级文件的路径（从工作区文件夹算起）。
        extends: Option<Ref<Bundle>> = "继承";
        /// 版本。
        version: Option<Term> = "版本";
        /// 发布日期。
        issued_on: Option<At<DateText>> = "发布日期";
        /// 实施日期。
        effective_on: Option<At<DateText>> = "实施日期";
        /// 责任人：谁负责保持本文件与各渠道一致。
        responsible: Option<Person> = "责任人";
        /// 状态；不写按草案处理。
        status: Option<At<Status>> = "状态";
        /// 服务对象，例如个体工商户、自然人、企业法人。
        audience: List<Term> = "服务对象";
        /// 面向主题，例如企业准营。
        theme: Option<Term> = "主题";
        /// 所处的生命周期阶段，例如企业开办阶段。
        life_stage: Option<Term> = "阶段";
        /// 牵头单位。
        lead: Option<Ref<Agency>> = "牵头单位";
        /// 配合单位（不含牵头单位）。
        partners: List<Ref<Agency>> = "配合单位";
        /// 对外承诺的办结时限，从受理之日算起。
        promise: Option<At<Duration>> = "承诺时限";
        /// 一件事整体的法定办结时限（如有）。
        statutory: Option<At<Duration>> = "法定时限";
        /// 对外承诺的到现场次数。
        visits: Option<At<Count>> = "跑动";
        /// 必须到现场的原因。
        visit_reason: Option<Prose> = "到场原因";
        /// 办件类型。
        case_type: Option<At<CaseType>> = "办件类型";
        /// 设定依据：一件事改革的政策依据。
        basis: List<LegalBasis> = "设定依据";
        /// 受理条件。
        eligibility: List<Eligibility> = "受理条件";
        /// 收费。
        fees: List<Fee> = "收费";
        /// 办理形式，例如窗口、网上、自助终端、快递。
        channels: List<Term> = "办理形式";
        /// 通办范围，例如全市通办。
        coverage: Option<Term> = "通办范围";
        /// 办理地点。
        places: List<ServicePlace> = "办理地点";
        /// 办理时间。
        hours: List<Hours> = "办理时间";
        /// 网上办理入口的网址。
        online: Option<Link> = "网上办理";
        /// 咨询方式。
        enquiries: List<Contact> = "咨询";
        /// 监督投诉方式。
        complaints: List<Contact> = "监督";
        /// 结果送达方式。
        delivery: List<Instruction> = "结果送达";
        /// 法律救济：行政复议、行政诉讼的机关和期限。
        remedies: List<Prose> = "救济渠道";
        /// 申请人的权利和义务。
        rights: List<Prose> = "权利义务";
        /// 常见问题。
        faq: List<Faq> = "常见问题";
        /// 相关事项说明。
        notes: List<Prose> = "说明";
        /// 部分事项不予许可时，其余事项怎么办。
        partial_failure: Option<At<PartialFailure>> = "部分不予许可";
        /// 合并后的申请表叫什么；不写则叫“〈一件事〉一次申请表”。
        form_name: Option<Title> = "申请表名称";
        /// 综合窗口受理用时，计入总时限。
        acceptance: Option<At<Duration>> = "受理时限";
        /// 统一出件用时，计入总时限。
        issuing: Option<At<Duration>> = "出件时限";
        /// 情形：决定适用哪些内容的问题。
        questions: Table<Name<Question>, Question> = "情形";
        /// 约束：不会一起出现的回答。
        constraints: List<Constraint> = "约束";
        /// 不适用：哪些申请人不走这件事、该去哪里办。
        exits: List<Exit> = "不适用";
        /// 联办事项：各部门今天怎样办。
        items: Table<Name<Item>, Item> = "联办事项", required;
        /// 改革举措：合并之外还做了什么。
        measures: List<Measure> = "改革举措";
        /// 典型情形：报告里的栏目，也是检查的样例。
        scenarios: List<Scenario> = "典型情形";
        /// 公布：对外公布的数字和清单，逐项核对。
        published: Option<Published> = "公布";
        /// 年办件量，用于估算减负。
        yearly_cases: Option<At<Count>> = "年办件量";
        /// 减负测算参数。
        burden: Option<Burden> = "减负测算";
    }
}

record! {
    /// 办理地点。
    pub struct ServicePlace short "地址" keyed name {
        /// 名称，例如市政务服务中心。
        name: Option<Title> = "名称";
        /// 地址，写到窗口。
        address: Option<Address> = "地址", required;
        /// 窗口。
        counter: Option<Address> = "窗口";
        /// 电话。
        phone: Option<Phone> = "电话";
        /// 办理时间。
        hours: Option<Hours> = "时间";
    }
}

record! {
    /// 常见问题。
    pub struct Faq {
        /// 问。
        question: Option<Instruction> = "问", required;
        /// 答。
        answer: Option<Prose> = "答", required;
    }
}

record! {
    /// 情形问题；什么都不写就是“是/否”题。
    pub struct Question {
        /// 英文标识，小写字母、数字和下划线；不写就用名称的拼音。
        id: Option<Id> = "标识";
        /// 问：向申请人提的问题。
        ask: Option<Instruction> = "问";
        /// 选项：单选或多选的回答。
        options: List<QuestionOption> = "选项";
        /// 多选：是否可以选几项。
        multiple: Option<At<YesNo>> = "多选";
        /// 数值：回答是一个数。
        number: Option<NumberRange> = "数值";
        /// 日期：回答是一个日期。
        date: Option<DateRange> = "日期";
        /// 当：什么情形下才问。
        when: Option<Condition> = "当";
        /// 为什么问、怎样判断。
        help: Option<Prose> = "说明";
        /// 依据，例如面积标准出自哪里。
        basis: List<LegalBasis> = "依据";
        /// 各种回答所占的份额，用来安排提问的先后；不写则视为一样多。
        shares: Table<Ref<Choice>, Share> = "份额";
    }
}

record! {
    /// 选项。
    pub struct QuestionOption short "选项" keyed name {
        /// 选项的名称。
        name: Option<Name<Choice>> = "选项", required;
        /// 英文标识，小写字母、数字和下划线；不写就用名称的拼音。
        id: Option<Id> = "标识";
    }
}

record! {
    /// 一种回答的份额；键是回答：是、否、选项，数值和日期写成条件。
    pub struct Share short "占" {
        /// 占：百分数，或者件数。
        part: Option<Term> = "占", required;
    }
}

record! {
    /// 数值的范围。
    pub struct NumberRange {
        /// 单位。
        unit: Option<Term> = "单位";
        /// 最小值（含）。
        min: Option<At<Number>> = "最小", required;
        /// 最大值（含）。
        max: Option<At<Number>> = "最大", required;
        /// 小数位数；不写只能填整数。
        decimals: Option<At<Count>> = "小数位";
    }
}

record! {
    /// 日期的范围。
    pub struct DateRange {
        /// 最早（含）。
        min: Option<At<DateText>> = "最早";
        /// 最晚（含）。
        max: Option<At<DateText>> = "最晚";
    }
}

record! {
    /// 约束。
    pub struct Constraint short "不会出现" {
        /// 不会一起出现的回答，写成条件。
        never: Option<Condition> = "不会出现", required;
        /// 为什么。
        reason: Option<Prose> = "说明";
    }
}

record! {
    /// 不适用的情形。
    pub struct Exit {
        /// 当：什么情形下不适用。
        when: Option<Condition> = "当", required;
        /// 建议：这样的申请人该去哪里、办什么。
        advice: Option<Instruction> = "建议", required;
    }
}

record! {
    /// 典型情形。
    pub struct Scenario keyed name {
        /// 名称。
        name: Option<Name<Scenario>> = "名称", required;
        /// 答案：对每个问题的回答。
        answers: Table<Ref<Question>, Answer> = "答案";
        /// 不办的可选事项。
        without: List<Ref<Item>> = "不办";
        /// 期望：编制人认为应当是多少，由检查核对。
        expect: Option<Expected> = "期望";
    }
}

record! {
    /// 对一个问题的回答。
    pub struct Answer short "答" {
        /// 回答；多选题可以写几项。
        values: List<Ref<Choice>> = "答";
    }
}

record! {
    /// 减负测算参数。
    pub struct Burden {
        /// 申请人跑一次平均要花的时间。
        visit_time: Option<At<Duration>> = "每次跑动用时";
        /// 准备一份材料平均要花的时间。
        material_time: Option<At<Duration>> = "每份材料用时";
        /// 跑一次平均要花的钱，单位元。
        visit_cost: Option<At<Number>> = "每次跑动费用";
        /// 参数从哪里来。
        source: Option<Term> = "来源";
    }
}
