//! Whether what an engine was given are answers: each dialect's words for it. Every check is true or false, or makes the engine stop;
//! what is missing or unknown is never taken for a no.

use super::dialect::Dialect;
use super::formula::LEFT_OUT;
use yijianshi_core::plan::QuestionKind;

impl Dialect {
    /// Whether there is an answer that a question of this kind can have.
    pub(super) fn known(self, answer: &str, kind: &QuestionKind) -> String {
        match (kind, self) {
            (QuestionKind::YesNo, Dialect::Camunda8) => format!("(({answer} instance of boolean) = true)"),
            // Their “==” makes a no of any text.
            (QuestionKind::YesNo, Dialect::Camunda7 | Dialect::Flowable) => {
                format!("({answer} != null and ({answer}.toString() == 'true' or {answer}.toString() == 'false'))")
            }
            (QuestionKind::YesNo, Dialect::Spiff) => format!("isinstance({answer}, bool)"),
            (QuestionKind::YesNo, Dialect::BpmnEngine) => format!("typeof {answer} === \"boolean\""),
            (QuestionKind::Choice { .. }, Dialect::Camunda8) => {
                format!("(list contains({}, {answer}) = true)", self.options(kind))
            }
            (QuestionKind::Choice { options }, Dialect::Camunda7 | Dialect::Flowable) => {
                let options = options.iter().map(|option| format!("{answer} == {}", self.text(&option.id)));
                format!("({})", options.collect::<Vec<_>>().join(" or "))
            }
            (QuestionKind::Choice { .. }, Dialect::Spiff) => format!("({answer} in {})", self.options(kind)),
            (QuestionKind::Choice { .. }, Dialect::BpmnEngine) => format!("{}.includes({answer})", self.options(kind)),
            (QuestionKind::Choices { options }, _) => {
                let options: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
                match self {
                    Dialect::Spiff => format!("(isinstance({answer}, list) and {})", self.each(answer, &options)),
                    Dialect::BpmnEngine => format!("(Array.isArray({answer}) && {})", self.each(answer, &options)),
                    Dialect::Camunda7 | Dialect::Flowable => {
                        format!("({answer} != null and {})", self.each(answer, &options))
                    }
                    Dialect::Camunda8 => self.each(answer, &options),
                }
            }
            (QuestionKind::Number { min, max, .. }, Dialect::Camunda8) => {
                format!("(({answer} >= {min} and {answer} <= {max}) = true)")
            }
            (QuestionKind::Number { min, max, .. }, Dialect::Camunda7 | Dialect::Flowable) => {
                format!("({answer} != null and {answer} >= {min} and {answer} <= {max})")
            }
            (QuestionKind::Number { min, max, .. }, Dialect::Spiff) => {
                format!(
                    "(isinstance({answer}, (int, float)) and not isinstance({answer}, bool) and {min} <= {answer} <= {max})"
                )
            }
            (QuestionKind::Number { min, max, .. }, Dialect::BpmnEngine) => {
                format!("(typeof {answer} === \"number\" && {answer} >= {min} && {answer} <= {max})")
            }
            (QuestionKind::Date { min, max }, _) => {
                let day = match self {
                    Dialect::Camunda8 => format!("((date({answer}) instance of date) = true)"),
                    Dialect::Camunda7 | Dialect::Flowable => {
                        let pattern = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
                        format!("({answer} != null and {answer}.matches('{pattern}'))")
                    }
                    Dialect::Spiff => format!(
                        "(isinstance({answer}, str) and len({answer}) == 10 and {answer}[4] == \"-\" and {answer}[7] == \"-\" and \
                         ({answer}[:4] + {answer}[5:7] + {answer}[8:]).isdigit())"
                    ),
                    Dialect::BpmnEngine => format!("/^\\d{{4}}-\\d\\d-\\d\\d$/.test({answer})"),
                };
                let bounds = [(">=", min), ("<=", max)].into_iter().filter_map(|(sign, day)| {
                    let day = self.text(day.as_ref()?);
                    Some(match self {
                        Dialect::Camunda8 => format!("((date({answer}) {sign} date({day})) = true)"),
                        _ => format!("{answer} {sign} {day}"),
                    })
                });
                let and = if self == Dialect::BpmnEngine { " && " } else { " and " };
                format!("({})", std::iter::once(day).chain(bounds).collect::<Vec<_>>().join(and))
            }
        }
    }

    /// Whether no other questions are answered than these.
    pub(super) fn only_answers(self, questions: &[String]) -> String {
        let list = self.list(questions);
        match self {
            Dialect::Camunda8 => {
                format!("((every entry in get entries(answers) satisfies list contains({list}, entry.key)) = true)")
            }
            Dialect::Camunda7 | Dialect::Flowable => {
                let known = questions.iter().map(|id| format!("(answers.containsKey('{id}') ? 1 : 0)"));
                format!("(answers.size() == {})", sum(known))
            }
            Dialect::Spiff => format!("all(key in {list} for key in answers)"),
            Dialect::BpmnEngine => format!("Object.keys(v.answers).every((key) => {list}.includes(key))"),
        }
    }

    /// Whether an item is left out.
    pub(super) fn left_out(self, item: &str) -> String {
        let (item, all) = (self.text(item), self.all_left_out());
        match self {
            Dialect::Camunda8 => format!("(list contains({all}, {item}) = true)"),
            Dialect::Camunda7 | Dialect::Flowable => format!("({all} != null and {all}.contains({item}))"),
            Dialect::Spiff => format!("({item} in {all})"),
            Dialect::BpmnEngine => format!("{all}.includes({item})"),
        }
    }

    /// Whether no other items are left out than these.
    pub(super) fn only_left_out(self, items: &[String]) -> String {
        let all = self.all_left_out();
        let each = self.each(all, &items.iter().map(String::as_str).collect::<Vec<_>>());
        match self {
            Dialect::Camunda8 => format!("({all} = null or {each})"),
            Dialect::Camunda7 | Dialect::Flowable => format!("({all} == null or {each})"),
            Dialect::Spiff | Dialect::BpmnEngine => each,
        }
    }

    /// The list of what is left out; nothing is if nobody says so.
    fn all_left_out(self) -> &'static str {
        match self {
            Dialect::Camunda8 | Dialect::Spiff => LEFT_OUT,
            // A variable that is not there cannot be named.
            Dialect::Camunda7 | Dialect::Flowable => "execution.getVariable('left_out')",
            Dialect::BpmnEngine => "(v.left_out || [])",
        }
    }

    /// Whether each of a list is one of these.
    fn each(self, list: &str, known: &[&str]) -> String {
        let these = self.list(known);
        match self {
            Dialect::Camunda8 => format!("((every one in {list} satisfies list contains({these}, one)) = true)"),
            Dialect::Camunda7 | Dialect::Flowable => {
                format!("{list}.size() == {}", sum(known.iter().map(|id| format!("({list}.contains('{id}') ? 1 : 0)"))))
            }
            Dialect::Spiff => format!("all(one in {these} for one in {list})"),
            Dialect::BpmnEngine => format!("{list}.every((one) => {these}.includes(one))"),
        }
    }

    fn options(self, kind: &QuestionKind) -> String {
        self.list(&kind.options().iter().map(|option| option.id.as_str()).collect::<Vec<_>>())
    }

    fn list(self, ids: &[impl AsRef<str>]) -> String {
        let ids: Vec<String> = ids.iter().map(|id| self.text(id.as_ref())).collect();
        format!("[{}]", ids.join(", "))
    }
}

fn sum(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") }
}
