//! What can be said about the scenarios as a whole.

use super::Intractable;
use crate::code;
use crate::diagnostic::{Code, Diagnostic};

code! {
    /// # 条件太复杂，算不清所有情形
    ///
    /// 检查要对每一种回答都成立，所以把所有条件放在一起算。条件里的问题一个牵着一个、牵得太多时，算不完；
    /// 算不完就不能说这件事没有问题，也不能发布。
    ///
    /// 把一个很长的条件拆开：先问一个能概括它的问题（例如“属于哪一类经营者”），后面的条件只用这一个问题。
    pub static INTRACTABLE_CONDITIONS = "intractable-conditions", Conditions, Error;
}

/// All codes of this stage.
pub static CODES: &[&Code] = &[&INTRACTABLE_CONDITIONS];

impl Intractable {
    /// Says which conditions to simplify.
    pub fn diagnostic(&self) -> Diagnostic {
        // Without conditions there is nothing to compute.
        let at = self.conditions.first().expect("only conditions make scenarios intractable").0;
        let mut diagnostic = INTRACTABLE_CONDITIONS
            .at(at, "这些条件牵连太多，没法算清所有情形，不能判断是否正确".to_owned())
            .help("把最长的条件拆开：先问一个能概括它的问题，别的条件只用这一个问题");
        for (span, questions) in &self.conditions {
            diagnostic = diagnostic.related(*span, format!("这个条件牵连{questions}个问题"));
        }
        diagnostic
    }
}
