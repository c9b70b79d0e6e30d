//! Conditions, rewritten so that they hold only where their questions are asked.

use crate::diagnostic::Fix;
use crate::expr::Expr;
use crate::program::{Program, QuestionId};
use crate::scenario::Part;
use crate::source::Sources;

/// What to write instead of the condition of `part`, so that `question` is looked at only where it is asked; and the change, where
/// the text can be changed.
pub fn ask_first(sources: &Sources, program: &Program<'_>, part: Part, question: QuestionId) -> (String, Option<Fix>) {
    let asked = &program.question(question).when;
    let (Some(when), Some(asked)) = (part.when(program), asked) else { return (String::new(), None) };
    let name = &program.question(question).name.value;
    let text = guarded(&when.written.expr, name, &asked.written.expr).to_string();
    let span = when.written.span;
    let before = sources.get(span.source).text()[..span.start as usize].chars().next_back();
    let plain = !text.contains(['[', ']', '{', '}', ',', ':', '#', '"', '\'']);
    let quoted = matches!(before, Some('"' | '\'')) && !text.contains(['"', '\'', '\\']);
    let title = format!("改为“{text}”");
    let fix = (plain || quoted).then(|| Fix::replace(span, text.clone(), title).to_be_confirmed());
    (format!("写成“{text}”"), fix)
}

/// `expr`, in which every look at `question` stands beside `guard`.
fn guarded(expr: &Expr, question: &str, guard: &Expr) -> Expr {
    let mentions = |expr: &Expr| expr.questions().any(|name| &*name.value == question);
    match expr {
        Expr::All(parts) => {
            let direct = parts.iter().any(|part| !matches!(part, Expr::Any(_) | Expr::All(_)) && mentions(part));
            match direct {
                true => with_guard(guard, parts.clone()),
                false => Expr::All(parts.iter().map(|part| guarded(part, question, guard)).collect()),
            }
        }
        Expr::Any(parts) => Expr::Any(parts.iter().map(|part| guarded(part, question, guard)).collect()),
        other if mentions(other) => with_guard(guard, vec![other.clone()]),
        other => other.clone(),
    }
}

fn with_guard(guard: &Expr, rest: Vec<Expr>) -> Expr {
    let mut parts = match guard {
        Expr::All(parts) => parts.clone(),
        other => vec![other.clone()],
    };
    parts.extend(rest);
    Expr::All(parts)
}
