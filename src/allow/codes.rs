//! What can be said about allow-comments.

use crate::code;
use crate::diagnostic::Code;

code! {
    /// # “允许”没有用处
    ///
    /// 写了“允许”的地方，已经没有它要放过的问题了：也许问题已经改好，也许注释写错了位置。留着它，日后真的出了同样的问题，就没有人看得见了。
    ///
    /// “允许”单独占一行时，管的是紧接着的下一项（连同这一项里面的全部内容）；写在一行的末尾时，管的是从这一行开始的那一项。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   营业执照:
    ///     名称: 个体工商户营业执照核发
    ///     单位: 市场监管部门
<<<<<<< HEAD:src/allow/codes.rs
    ///     材料:
    ///       # 允许(catch-all-materials): 名称以省级清单为准
    ///       - 健康证明
=======
    ///     说明:
    ///       # 允许(vague-words): 照省级指南的用语
    ///       - 材料齐全的两个工作日内办结
>>>>>>> rules-b:src/diagnostic/allow/codes.rs
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   营业执照:
    ///     名称: 个体工商户营业执照核发
    ///     单位: 市场监管部门
<<<<<<< HEAD:src/allow/codes.rs
    ///     材料:
    ///       # 允许(catch-all-materials): 名称以省级清单为准
    ///       - 健康证明等相关材料
=======
    ///     说明:
    ///       # 允许(vague-words): 照省级指南的用语
    ///       - 材料齐全的尽快办结
>>>>>>> rules-b:src/diagnostic/allow/codes.rs
    /// ```
    pub static UNUSED_ALLOWS = "unused-allows", Warning;

    /// # “允许”没有写理由
    ///
    /// 放过一个问题，要写明为什么可以放过：理由会印在报告里，后来接手的人和审核的人都靠它判断。没有理由的“允许”不起作用，原来的问题照样报告。
    ///
    /// 理由写在冒号后面，一句话就够：依据哪一份文件、由谁定的、什么时候再改。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   营业执照:
    ///     名称: 个体工商户营业执照核发
    ///     单位: 市场监管部门
<<<<<<< HEAD:src/allow/codes.rs
    ///     材料:
    ///       - 健康证明等相关材料  # 允许(catch-all-materials)
=======
    ///     说明:
    ///       - 材料齐全的尽快办结  # 允许(vague-words)
>>>>>>> rules-b:src/diagnostic/allow/codes.rs
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   营业执照:
    ///     名称: 个体工商户营业执照核发
    ///     单位: 市场监管部门
<<<<<<< HEAD:src/allow/codes.rs
    ///     材料:
    ///       - 健康证明等相关材料  # 允许(catch-all-materials): 省级清单用语，待其修订后一并改
=======
    ///     说明:
    ///       - 材料齐全的尽快办结  # 允许(vague-words): 照省级指南的用语，待其修订后一并改
>>>>>>> rules-b:src/diagnostic/allow/codes.rs
    /// ```
    pub static ALLOWS_WITHOUT_REASONS = "allows-without-reasons", Error;

    /// # 不能这样“允许”
    ///
    /// 括号里写的不是一个可以放过的问题：名称写错了，或者这个问题不许放过。让程序读不懂文件的问题（写错的键、找不到的材料、重复的名称）只能改正，不能放过。
    ///
<<<<<<< HEAD:src/allow/codes.rs
    /// 名称照抄报告里方括号中的那一个，例如 `警告[catch-all-materials]` 就写 `允许(catch-all-materials)`。要同时放过几个，用顿号隔开。
=======
    /// 名称照抄报告里方括号中的那一个，例如 `警告[vague-words]` 就写 `允许(vague-words)`。要同时放过几个，用顿号隔开。
>>>>>>> rules-b:src/diagnostic/allow/codes.rs
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   营业执照:
    ///     名称: 个体工商户营业执照核发
    ///     单位: 市场监管部门
<<<<<<< HEAD:src/allow/codes.rs
    ///     材料:
    ///       # 允许(catch-all-material): 名称以省级清单为准
    ///       - 健康证明等相关材料
=======
    ///     说明:
    ///       # 允许(vague-wording): 照省级指南的用语
    ///       - 材料齐全的尽快办结
>>>>>>> rules-b:src/diagnostic/allow/codes.rs
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   营业执照:
    ///     名称: 个体工商户营业执照核发
    ///     单位: 市场监管部门
<<<<<<< HEAD:src/allow/codes.rs
    ///     材料:
    ///       # 允许(catch-all-materials): 名称以省级清单为准
    ///       - 健康证明等相关材料
=======
    ///     说明:
    ///       # 允许(vague-words): 照省级指南的用语
    ///       - 材料齐全的尽快办结
>>>>>>> rules-b:src/diagnostic/allow/codes.rs
    /// ```
    pub static UNKNOWN_ALLOWS = "unknown-allows", Error;
}

/// Codes of allow-comments.
pub static CODES: &[&Code] = &[&ALLOWS_WITHOUT_REASONS, &UNKNOWN_ALLOWS, &UNUSED_ALLOWS];
