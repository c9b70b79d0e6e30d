//! Catalogue files: what several bundles of a workspace share.

use super::collection::{List, Table};
use super::item::LegalBasis;
use super::kind::{Address, Alias, Choice, Code, Former, Id, Name, Phone, Prose, Ref, Term};
use super::measure::ExemptionWay;
use super::record::{choices, record};
use super::scalar::{Count, DateText, Number, YesNo};
use crate::source::At;

choices! {
    /// 材料的种类。
    pub enum MaterialKind ("材料类型") {
        /// A certificate or proof.
        Certificate = "证照证明" / "certificate",
        /// An application form.
        Form = "申请表" / "form",
        /// Something else.
        Other = "其他" / "other",
    }
}

choices! {
    /// 数据项的类型。
    pub enum ElementType ("数据项类型") {
        /// One line of text.
        Text = "文本" / "text",
        /// Several lines.
        LongText = "长文本" / "long-text",
        /// Whole number.
        Integer = "整数" / "integer",
        /// Decimal number.
        Decimal = "数值" / "decimal",
        /// Amount of money in yuan.
        Money = "金额" / "money",
        /// Date.
        Date = "日期" / "date",
        /// 是/否.
        YesNo = "是否" / "yes-no",
        /// One of several.
        Choice = "单选" / "choice",
        /// Some of several.
        Choices = "多选" / "choices",
        /// Citizen identity number (GB 11643).
        CitizenId = "身份证号" / "citizen-id",
        /// Unified social credit code (GB 32100).
        CreditCode = "统一社会信用代码" / "credit-code",
        /// Mobile phone number.
        Mobile = "手机号" / "mobile",
        /// Administrative division code (GB/T 2260).
        Division = "行政区划" / "division",
        /// An attached file.
        Attachment = "附件" / "attachment",
    }
}

record! {
    /// 材料目录文件。
    pub struct MaterialFile {
        /// 材料目录：一种文件一个名称。
        materials: Table<Name<Material>, Material> = "材料目录", required;
    }
}

record! {
    /// 目录里的一种材料。
    pub struct Material {
        /// 英文标识，小写字母、数字和下划线；不写就用名称的拼音。
        id: Option<Id> = "标识";
        /// 别名：各处的不同叫法，写上才会合并。
        aliases: List<Alias<Material>> = "别名";
        /// 核发：由哪个政府部门核发；不写就不是政府核发的。
        issuer: Option<Ref<Agency>> = "核发";
        /// 电子证照：核发部门是否已经有电子证照。
        e_licence: Option<At<YesNo>> = "电子证照";
        /// 类型。
        kind: Option<At<MaterialKind>> = "类型";
        /// 材料编码。
        code: Option<Code> = "编码";
        /// 已废止：哪一天起不再使用。
        abolished: Option<Term> = "废止";
        /// 说明。
        note: Option<Prose> = "说明";
    }
}

record! {
    /// 机构目录文件。
    pub struct AgencyFile {
        /// 机构目录：一个单位一个名称。
        agencies: Table<Name<Agency>, Agency> = "机构目录", required;
    }
}

record! {
    /// 目录里的一个机构。
    pub struct Agency {
        /// 英文标识，小写字母、数字和下划线；不写就用名称的拼音。
        id: Option<Id> = "标识";
        /// 全称。
        full_name: Option<Alias<Agency>> = "全称";
        /// 别名。
        aliases: List<Alias<Agency>> = "别名";
        /// 曾用名：机构改革前的名称，文中出现即提醒。
        former: List<Former> = "曾用名";
        /// 统一社会信用代码。
        credit_code: Option<Code> = "统一社会信用代码";
        /// 外部：不是政府部门，例如银行、法院、学校。
        outside: Option<At<YesNo>> = "外部";
        /// 上级单位。
        parent: Option<Ref<Agency>> = "上级";
        /// 地址。
        address: Option<Address> = "地址";
        /// 电话。
        phone: Option<Phone> = "电话";
    }
}

record! {
    /// 数据项目录文件。
    pub struct ElementFile {
        /// 数据项目录：申请表上的每一项内容。
        elements: Table<Name<Element>, Element> = "数据项目录", required;
    }
}

record! {
    /// 目录里的一个数据项。
    pub struct Element {
        /// 英文标识，小写字母、数字和下划线；不写就用名称的拼音。
        id: Option<Id> = "标识";
        /// 类型；不写就是文本。
        kind: Option<At<ElementType>> = "类型";
        /// 最多多少个字。
        max_length: Option<At<Count>> = "长度";
        /// 选项。
        options: List<Name<Choice>> = "选项";
        /// 单位。
        unit: Option<Term> = "单位";
        /// 最小值。
        min: Option<At<Number>> = "最小";
        /// 最大值。
        max: Option<At<Number>> = "最大";
        /// 分组，例如申请人信息。
        group: Option<Term> = "分组";
        /// 别名：各部门表上的不同叫法。
        aliases: List<Alias<Element>> = "别名";
        /// 来源：从哪份材料上可以读到。
        document: Option<Ref<Material>> = "来源材料";
        /// 预填：有电子证照或共享数据时由系统填好。
        prefill: Option<At<ExemptionWay>> = "预填";
        /// 代码标准，例如GB/T 2261.1。
        standard: Option<Term> = "标准";
        /// 填写说明。
        help: Option<Prose> = "说明";
    }
}

record! {
    /// 共享能力文件。
    pub struct CapabilityFile {
        /// 共享能力：本地区已经接通、可以代替提交材料的能力。
        capabilities: List<Capability> = "共享能力", required;
    }
}

record! {
    /// 一项共享能力。
    pub struct Capability keyed material way {
        /// 能取得哪种材料。
        material: Option<Ref<Material>> = "材料", required;
        /// 方式。
        way: Option<At<ExemptionWay>> = "方式", required;
        /// 系统。
        system: Option<Term> = "系统";
        /// 由哪个单位提供。
        provider: Option<Ref<Agency>> = "提供单位";
        /// 启用日期。
        since: Option<At<DateText>> = "启用日期";
        /// 依据。
        basis: List<LegalBasis> = "依据";
    }
}
