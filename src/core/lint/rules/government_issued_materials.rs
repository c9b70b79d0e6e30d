use crate::code;
use crate::diagnostic::{Level, Sink};
use crate::facts::Facts;
use crate::lint::government_papers::{self_issued, still_asked_for};
use crate::model::{ExemptionWay, MaterialMeasure, Measure, Status};

code! {
    /// # 政府部门核发的材料还要申请人交
    ///
    /// 证照、批文、证明是政府部门自己发出去的，政府之间查得到，就不该再让群众找出来、复印好、送回来。
    /// 改革以后，凡是政府部门核发的材料，都要写明怎样免交：电子证照、数据共享，或者向核发部门核验。
    /// 申请人随身出示的身份证也一样，出示可以，收复印件不行。
    ///
    /// 状态是“发布”时算错误，之前是警告：还没有接通的，先查清楚何时接通。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [居民身份证]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 材料: [居民身份证]}
    /// 改革举措:
    ///   - 免提交: {材料: 居民身份证, 方式: 电子证照}
    /// ```
    ///
    /// ## 依据
    ///
    /// 济源市实施方案（2023年）：政府部门核发的材料一律免于提交，能够提供或核验电子证照的一律免于提交实体证照。
    pub static CODE = "government-issued-materials", Materials, Warning, allowable;
}

/// Reports each such paper once, where it is asked for first.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let rows = still_asked_for(facts);
    let by_issuer = self_issued(&rows);
    for row in rows.iter().filter(|row| row.entry.is_after() && !by_issuer.contains(row.identity)) {
        let name = facts.program.row_name(row.identity);
        let mut diagnostic = CODE
            .at(row.row.label.span, format!("“{name}”由{}核发，改革后仍要申请人提交", row.issuer))
            .label(format!("“{}”收这份材料", facts.program.item(row.entry.item).name.value))
            .help(format!(
                "已经能查到的，在“改革举措”里写“{}: {{{}, {}}}”（或数据共享、核验）；还不能的，写明“允许”和接通的日期",
                Measure::Exempt.key,
                MaterialMeasure::material.with(&row.row.label.value),
                MaterialMeasure::way.with(ExemptionWay::ELicence)
            ));
        if facts.program.status == Status::Published {
            diagnostic.level = Level::Error;
        }
        if let [document] = row.identity.any_of[..]
            && let Some(issuer) = facts.program.workspace.material(document).issuer
        {
            diagnostic = diagnostic.related(issuer.span, "材料目录写明由它核发");
        }
        sink.push(diagnostic);
    }
}
