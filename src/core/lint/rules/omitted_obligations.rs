use crate::code;
use crate::diagnostic::Sink;
use crate::facts::Facts;

code! {
    /// # 典型情形不办必办的事项
    ///
    /// 事项写明了必办和依据，典型情形却说申请人不办它。两处有一处错：照公布的办，就少办了法律规定的一项。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 必办: {法规: 《中华人民共和国市场主体登记管理条例》, 条款: 第三条}}
    ///   备案: {名称: 例子备案, 单位: 公安部门}
    /// 典型情形:
    ///   - {名称: 只办备案, 不办: [登记]}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 例子
    /// 标识: example
    /// 联办事项:
    ///   登记: {名称: 例子登记, 单位: 市场监管部门, 必办: {法规: 《中华人民共和国市场主体登记管理条例》, 条款: 第三条}}
    ///   备案: {名称: 例子备案, 单位: 公安部门}
    /// 典型情形:
    ///   - {名称: 只办登记, 不办: [备案]}
    /// ```
    pub static CODE = "omitted-obligations", Items, Error, allowable;
}

/// Looks at what each named scenario leaves out.
pub fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let program = facts.program;
    for scenario in &program.scenarios {
        for at in scenario.without.iter().filter(|at| program.item(at.value).is_mandatory()) {
            let item = program.item(at.value);
            let message = format!("典型情形“{}”不办“{}”，它却是必办的", scenario.name.value, item.name.value);
            let law = item.written.mandatory.iter().find_map(|basis| basis.law.as_ref());
            let place = law.map_or(item.name.span, |law| law.span);
            sink.push(
                CODE.at(at.span, message)
                    .related(place, "必办的依据")
                    .help("从“不办”里删去它；其实可以不办的，删去“必办”"),
            );
        }
    }
}
