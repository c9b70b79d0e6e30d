//! A sub-item (事项) as its agency runs it today, with its stages, materials, forms and results.

use super::bundle::CaseType;
use super::catalogue::{Agency, Element, Material};
use super::collection::List;
use super::kind::{
    Alias, Article, Choice, Code, Contact, DocumentNumber, Eligibility, Holder, Id, Instruction, Law, Link, Mention,
    Name, Path, Prose, Quote, Ref, Term, Title,
};
use super::record::{choices, record};
use super::scalar::{Condition, Count, Duration, YesNo};
use crate::source::At;

choices! {
    /// 环节的种类。
    pub enum StageKind ("环节") {
        /// Receipt of the papers.
        Receipt = "收件" / "receipt",
        /// Acceptance of the case.
        Acceptance = "受理" / "acceptance",
        /// Review of the papers.
        Review = "审查" / "review",
        /// On-site inspection.
        Inspection = "勘验" / "inspection",
        /// Expert assessment.
        Assessment = "评审" / "assessment",
        /// Final inspection of works.
        FinalInspection = "验收" / "final-inspection",
        /// Laboratory or technical test.
        Testing = "检测" / "testing",
        /// Public notice.
        PublicNotice = "公示" / "public-notice",
        /// Decision.
        Decision = "决定" / "decision",
        /// Making of the certificate.
        CertificateMaking = "制证" / "certificate-making",
        /// Delivery.
        Delivery = "送达" / "delivery",
    }
}

choices! {
    /// 材料形式。
    pub enum MaterialForm ("材料形式") {
        /// Original.
        Original = "原件" / "original",
        /// Copy.
        Copy = "复印件" / "copy",
        /// Original and copy.
        OriginalAndCopy = "原件和复印件" / "original-and-copy",
        /// Original or copy.
        OriginalOrCopy = "原件或复印件" / "original-or-copy",
        /// Electronic.
        Electronic = "电子" / "electronic",
    }
}

choices! {
    /// 材料必要性。
    pub enum Necessity ("材料必要性") {
        /// Always.
        Required = "必要" / "required",
        /// In some cases only.
        Optional = "非必要" / "optional",
        /// May follow later.
        Deferrable = "容缺后补" / "deferrable",
    }
}

choices! {
    /// 来源渠道。
    pub enum Origin ("来源渠道") {
        /// The applicant's own.
        Applicant = "申请人自备" / "applicant",
        /// Issued by a government body.
        Government = "政府部门核发" / "government",
        /// Somebody else's.
        Other = "其他" / "other",
    }
}

choices! {
    /// 审批结果的种类。
    pub enum ResultKind ("结果类型") {
        /// A certificate or licence.
        Certificate = "证照" / "certificate",
        /// An approval document.
        Approval = "批文" / "approval",
        /// Something else.
        Other = "其他" / "other",
    }
}

choices! {
    /// 事项类型（行政权力和公共服务的种类）。
    pub enum ItemType ("事项类型") {
        /// 01
        Licence = "行政许可" / "licence",
        /// 02
        Penalty = "行政处罚" / "penalty",
        /// 03
        Compulsion = "行政强制" / "compulsion",
        /// 04
        Levy = "行政征收" / "levy",
        /// 05
        Payment = "行政给付" / "payment",
        /// 06
        Check = "行政检查" / "check",
        /// 07
        Confirmation = "行政确认" / "confirmation",
        /// 08
        Reward = "行政奖励" / "reward",
        /// 09
        Ruling = "行政裁决" / "ruling",
        /// 10
        OtherPower = "其他行政权力" / "other-power",
        /// 20
        PublicService = "公共服务" / "public-service",
    }
}

choices! {
    /// 行使层级。
    pub enum Tier ("行使层级") {
        /// 1
        Nation = "国家级" / "nation",
        /// 2
        Province = "省级" / "province",
        /// 3
        City = "市级" / "city",
        /// 4
        County = "县级" / "county",
        /// 5
        Town = "镇级" / "town",
        /// 6
        Village = "村级" / "village",
        /// 7
        Several = "分级" / "several",
    }
}

record! {
    /// 联办事项。
    pub struct Item {
        /// 事项名称，与基本目录一致。
        name: Option<Title> = "名称", required;
        /// 英文标识，小写字母、数字和下划线；不写就用“联办事项”下面名称的拼音。
        id: Option<Id> = "标识";
        /// 别称：同一事项在别处的叫法。
        aliases: List<Alias<Item>> = "别称";
        /// 实施单位。
        agency: Option<Ref<Agency>> = "单位", required;
        /// 承办机构（内设处室、窗口）。
        office: Option<Term> = "承办机构";
        /// 共同实施的单位。
        joint_agencies: List<Ref<Agency>> = "共同实施";
        /// 基本编码。
        base_code: Option<Code> = "基本编码";
        /// 实施编码。
        implementation_code: Option<Code> = "实施编码";
        /// 业务办理项编码。
        variant_code: Option<Code> = "业务办理项编码";
        /// 事项类型。
        item_type: Option<At<ItemType>> = "事项类型";
        /// 行使层级。
        tier: Option<At<Tier>> = "行使层级";
        /// 权力来源，例如法定本级行使。
        power_source: Option<Term> = "权力来源";
        /// 行使内容：本级办哪些。
        powers: Option<Prose> = "行使内容";
        /// 服务对象。
        audience: List<Term> = "服务对象";
        /// 办件类型。
        case_type: Option<At<CaseType>> = "办件类型";
        /// 当：什么情形下需要办。
        when: Option<Condition> = "当";
        /// 可选：申请人可以不办（缺省如此）。
        optional: Option<At<YesNo>> = "可选";
        /// 必办：不能单独去掉的，写法律依据。
        mandatory: List<LegalBasis> = "必办";
        /// 前置：先办完哪个事项（或它的哪个环节）才能开始。
        preconditions: List<Precondition> = "前置";
        /// 今天对外承诺的办结时限。
        limit: Option<At<Duration>> = "时限";
        /// 法定办结时限。
        statutory: Option<At<Duration>> = "法定时限";
        /// 没有法定时限的，写“是”。
        no_statutory: Option<At<YesNo>> = "无法定时限";
        /// 受理时限：收件后多久决定是否受理。
        acceptance_limit: Option<At<Duration>> = "受理时限";
        /// 环节：办理过程，可各有时限。
        stages: List<Stage> = "环节";
        /// 表单：要填的申请表。
        forms: List<Form> = "表单";
        /// 材料。
        materials: List<MaterialUse> = "材料";
        /// 无需材料的，写“是”。
        no_materials: Option<At<YesNo>> = "无需材料";
        /// 结果：办成后得到什么。
        results: List<Outcome> = "结果";
        /// 没有证照或批文的，写“是”。
        no_result: Option<At<YesNo>> = "无结果文书";
        /// 设定依据。
        basis: List<LegalBasis> = "设定依据";
        /// 受理条件。
        eligibility: List<Eligibility> = "受理条件";
        /// 数量限制。
        quota: Option<Prose> = "数量限制";
        /// 中介服务。
        intermediaries: List<Intermediary> = "中介服务";
        /// 收费。
        fees: List<Fee> = "收费";
        /// 今天办这个事项要跑几次；不写按一次算。
        visits: Option<At<Count>> = "跑动";
        /// 必须到现场的原因。
        visit_reason: Option<Prose> = "到场原因";
        /// 办理形式。
        channels: List<Term> = "办理形式";
        /// 通办范围。
        coverage: Option<Term> = "通办范围";
        /// 咨询方式。
        enquiries: List<Contact> = "咨询";
        /// 监督投诉方式。
        complaints: List<Contact> = "监督";
        /// 行政复议机关。
        reconsideration: Option<Term> = "行政复议";
        /// 行政诉讼法院。
        litigation: Option<Term> = "行政诉讼";
        /// 说明。
        notes: List<Prose> = "说明";
    }
}

record! {
    /// 前置。
    pub struct Precondition short "事项" keyed item stage {
        /// 先办的事项。
        item: Option<Ref<Item>> = "事项", required;
        /// 只要先办到哪个环节；不写就是办结。
        stage: Option<Ref<Stage>> = "环节";
        /// 依据。
        basis: List<LegalBasis> = "依据";
    }
}

record! {
    /// 环节。
    pub struct Stage short "环节" keyed kind name {
        /// 环节的种类。
        kind: Option<At<StageKind>> = "环节", required;
        /// 名称，例如现场核查；不写就用种类。
        name: Option<Name<Stage>> = "名称";
        /// 英文标识，小写字母、数字和下划线；不写就用名称的拼音。
        id: Option<Id> = "标识";
        /// 办理处室。
        office: Option<Term> = "处室";
        /// 时限。
        limit: Option<At<Duration>> = "时限";
        /// 不计时：依法不计入办理时限（听证、检测、公示等）。
        off_clock: Option<At<YesNo>> = "不计时";
        /// 当：什么情形下才有这个环节。
        when: Option<Condition> = "当";
        /// 到场：申请人必须到场。
        presence: Option<At<YesNo>> = "到场";
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 审查要点。
        checkpoints: List<Prose> = "审查要点";
    }
}

record! {
    /// 表单。
    pub struct Form short "名称" keyed name {
        /// 表单的名称。
        name: Option<Title> = "名称", required;
        /// 字段：表上要填的内容。
        fields: List<FormField> = "字段";
        /// 当：什么情形下才要填这张表。
        when: Option<Condition> = "当";
        /// 空白表。
        blank: Option<Path> = "空白表";
        /// 样表。
        sample: Option<Path> = "样表";
        /// 依据。
        basis: List<LegalBasis> = "依据";
    }
}

record! {
    /// 字段。
    pub struct FormField short "字段" keyed element {
        /// 字段名，数据项目录里的名称或别名。
        element: Option<Ref<Element>> = "字段", required;
        /// 表上印的名称，与目录不同的才写。
        label: Option<Term> = "标签";
        /// 必填；不写就是必填。
        required: Option<At<YesNo>> = "必填";
        /// 当：什么情形下才填。
        when: Option<Condition> = "当";
        /// 最多多少个字，比目录更严的才写。
        max_length: Option<At<Count>> = "长度";
        /// 只能从这些里选，比目录更窄的才写。
        options: List<Mention<Choice>> = "选项";
        /// 填写说明。
        help: Option<Prose> = "说明";
    }
}

record! {
    /// 材料。
    pub struct MaterialUse short "材料" keyed material holder {
        /// 材料名称，材料目录里的名称或别名。
        material: Option<Ref<Material>> = "材料";
        /// 任一：几种文件交一种就行。
        any_of: List<Ref<Material>> = "任一";
        /// 持有人：谁的，例如经营者、代理人。
        holder: Option<Holder> = "持有人";
        /// 当：什么情形下才要。
        when: Option<Condition> = "当";
        /// 形式。
        form: Option<At<MaterialForm>> = "形式";
        /// 份数；不写按一份算。
        copies: Option<At<Count>> = "份数";
        /// 必要性；不写就是必要。
        necessity: Option<At<Necessity>> = "必要性";
        /// 来源渠道。
        origin: Option<At<Origin>> = "来源渠道";
        /// 出具单位。
        issuer: Option<Ref<Agency>> = "出具单位";
        /// 出具时间要求，例如一个月内。
        validity: Option<Prose> = "出具时间要求";
        /// 纸质规格，例如A4。
        paper: Option<Prose> = "规格";
        /// 签章要求。
        seal: Option<Prose> = "签章";
        /// 要求提供这份材料的依据。
        basis: List<LegalBasis> = "依据";
        /// 受理标准：收件时看什么。
        acceptance_criteria: List<Instruction> = "受理标准";
        /// 审查要点：审查时看什么。
        checkpoints: List<Prose> = "审查要点";
        /// 填报须知。
        instructions: Option<Prose> = "填报须知";
        /// 空白表。
        blank: Option<Path> = "空白表";
        /// 样表。
        sample: Option<Path> = "样表";
        /// 同一份：与另一事项收的是同一份材料但目录没有登记别名时，写对方的名称。
        note: Option<Prose> = "说明";
    }
}

record! {
    /// 结果。
    pub struct Outcome short "结果" keyed document {
        /// 结果文书的名称，材料目录里的名称或别名。
        document: Option<Ref<Material>> = "结果", required;
        /// 英文标识，小写字母、数字和下划线；不写就用材料目录里的，写了持有人的加上持有人的拼音。
        id: Option<Id> = "标识";
        /// 类型。
        kind: Option<At<ResultKind>> = "类型";
        /// 持有人。
        holder: Option<Holder> = "持有人";
        /// 样本。
        sample: Option<Path> = "样本";
        /// 有效期。
        validity: Option<Prose> = "有效期";
        /// 当：什么情形下才有。
        when: Option<Condition> = "当";
    }
}

record! {
    /// 依据。
    pub struct LegalBasis short "法规" keyed law article {
        /// 法律法规或文件的名称，例如《中华人民共和国食品安全法》。
        law: Option<Law> = "法规", required;
        /// 文号，例如国办发〔2022〕32号。
        number: Option<DocumentNumber> = "文号";
        /// 条款，例如第三十五条第一款。
        article: Option<Article> = "条款";
        /// 原文。
        text: Option<Quote> = "原文";
        /// 网址。
        link: Option<Link> = "网址";
    }
}

record! {
    /// 收费。
    pub struct Fee short "项目" keyed name {
        /// 收费项目；不收费的写“不收费”。
        name: Option<Term> = "项目", required;
        /// 标准，例如每件20元。
        rate: Option<Prose> = "标准";
        /// 依据。
        basis: List<LegalBasis> = "依据";
        /// 缴费方式。
        payment: Option<Prose> = "缴费方式";
        /// 减免。
        relief: Option<Prose> = "减免";
    }
}

record! {
    /// 中介服务。
    pub struct Intermediary short "名称" keyed name {
        /// 名称。
        name: Option<Title> = "名称", required;
        /// 依据。
        basis: List<LegalBasis> = "依据";
    }
}
