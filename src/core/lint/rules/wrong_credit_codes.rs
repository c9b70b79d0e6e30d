use crate::code;
use crate::diagnostic::Sink;
use crate::expr::check_credit_code;
use crate::lint::WorkspaceFacts;

code! {
    /// # 统一社会信用代码或行政区划代码写错了
    ///
    /// 统一社会信用代码有18位，最后一位是校验位，抄错一位就能看出来。代码错了，实施编码、电子印章、数据共享都接不上。
    /// 字母 I、O、S、V、Z 不会出现在代码里，多半是数字 1、0、5、2 写错了。
    ///
    /// 行政区划代码是六位数字。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 文件: 目录/单位.yaml
    /// 机构目录:
    ///   民政部门: {统一社会信用代码: 12441500196720244X}
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 民政部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// # 文件: 目录/单位.yaml
    /// 机构目录:
    ///   民政部门: {统一社会信用代码: 12441500196720244T}
    /// # 文件: 例子.yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 民政部门}
    /// ```
    ///
    /// ## 依据
    ///
    /// GB 32100—2015《法人和其他组织统一社会信用代码编码规则》；GB/T 2260 行政区划代码为六位数字。
    pub static CODE = "wrong-credit-codes", Agencies, Error, allowable;
}

/// Looks at the agencies and at the region.
pub fn check(facts: &WorkspaceFacts<'_>, sink: &mut Sink) {
    for agency in &facts.workspace.agencies {
        let Some(code) = &agency.written.credit_code else { continue };
        if let Err(fault) = check_credit_code(&code.value) {
            let message = format!("“{}”的统一社会信用代码{fault}", agency.name.value);
            sink.push(CODE.at(code.span, message).help("对照登记证书改正，字母用半角大写"));
        }
    }
    let Some(code) = facts.workspace.manifest.region.as_ref().and_then(|region| region.code.as_ref()) else { return };
    let digits = code.value.len() == 6 && code.value.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        let message = format!("行政区划代码应当是六位数字，写的是“{code}”");
        sink.push(CODE.at(code.span, message).help("写省、市、县各两位，例如 430600；用引号括起来"));
    } else if !('1'..='9').contains(&code.value.chars().next().unwrap_or('0')) {
        let message = format!("行政区划代码不会以0开头，写的是“{code}”");
        sink.push(CODE.at(code.span, message).help("写省、市、县各两位，例如 430600"));
    }
}
