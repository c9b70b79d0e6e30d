//! Why something holds in every scenario, or in none: the places that make it so.

use crate::diagnostic::Diagnostic;
use crate::program::Program;
use crate::scenario::Part;
use crate::source::Span;

/// Points at what makes it so. `others`: what constraints rule out is all else, rather than this.
pub fn with_causes(program: &Program<'_>, diagnostic: Diagnostic, parts: &[Part], others: bool) -> Diagnostic {
    parts.iter().fold(diagnostic, |diagnostic, &part| {
        let note = match part {
            Part::Constraint(_) if others => "这条约束排除了别的回答".to_owned(),
            Part::Constraint(_) => "这条约束排除了这样的回答".to_owned(),
            Part::Exit(_) => "这样的申请人不适用，在这里就请走了".to_owned(),
            other => format!("{}只在这时才有", other.words(program)),
        };
        diagnostic.related(condition_span(program, part), note)
    })
}

/// Where the condition of a part stands; its name if it has none.
pub fn condition_span(program: &Program<'_>, part: Part) -> Span {
    part.when(program).map_or_else(|| part.span(program), |when| when.written.span)
}
