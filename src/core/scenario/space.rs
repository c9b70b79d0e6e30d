//! Questions as variables: each answer is a value; numbers and dates are cut where conditions look.

use rustc_hash::FxHashMap;

use super::diagram::Var;
use super::order::{joined, order};
use crate::expr::{Number, Op};
use crate::program::{Assignment, Domain, Program, QuestionId, Test, Value};
use crate::source::Date;

/// The variables of a bundle's questions.
#[derive(Debug)]
pub struct Space {
    variables: Vec<Variable>,
    /// The variables of each question; a multiple-choice question has one for each option.
    of: Vec<Vec<Var>>,
}

/// A variable: a question, or one option of a multiple-choice question.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Which question.
    pub question: QuestionId,
    /// Its values.
    pub values: Vec<Answer>,
}

/// A value of a variable: answers that no condition tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 否 or 是.
    Yes(bool),
    /// The option with this index.
    Option(usize),
    /// Of a multiple-choice question: whether the option with this index is chosen.
    Chosen(usize, bool),
    /// A number in a range.
    Number(Range<Number>),
    /// A date in a range.
    Date(Range<Date>),
}

/// A range of answers, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range<T> {
    /// The smallest that can be answered.
    pub low: T,
    /// The largest.
    pub high: T,
    /// What cuts it off below; `None`: the question itself.
    pub above: Option<Cut<T>>,
    /// What cuts it off above; `None`: the question itself.
    pub below: Option<Cut<T>>,
}

/// Where a range ends: at a threshold that some condition names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut<T> {
    /// The threshold.
    pub at: T,
    /// Whether the cut is after the threshold (it belongs to the lower range) or before it.
    pub after: bool,
}

/// What can be cut: numbers with some decimals, and days.
trait Grid: Copy + Ord {
    /// The smallest value on the grid that is after the cut.
    fn after(self, cut: Cut<Self>) -> Option<Self>;
    /// The largest value on the grid that is before the cut.
    fn before(self, cut: Cut<Self>) -> Option<Self>;
}

impl Grid for Date {
    fn after(self, cut: Cut<Date>) -> Option<Date> {
        if cut.after { cut.at.plus_days(1) } else { Some(cut.at) }
    }
    fn before(self, cut: Cut<Date>) -> Option<Date> {
        if cut.after { Some(cut.at) } else { cut.at.plus_days(-1) }
    }
}

impl Grid for Number {
    /// `self` is the step of the grid.
    fn after(self, cut: Cut<Number>) -> Option<Number> {
        let down = cut.at.checked_div(self)?.floor().checked_mul(self)?;
        if down < cut.at || cut.after { down.checked_add(self) } else { Some(down) }
    }
    fn before(self, cut: Cut<Number>) -> Option<Number> {
        let down = cut.at.checked_div(self)?.floor().checked_mul(self)?;
        if down == cut.at && !cut.after { down.checked_sub(self) } else { Some(down) }
    }
}

impl Answer {
    /// Where something that compares so with the answer changes: the ranges from `low` to `high` between the cuts.
    fn ranges<T: Grid>(low: T, high: T, step: T, cuts: &mut Vec<Cut<T>>) -> Vec<Range<T>> {
        cuts.sort_unstable();
        cuts.dedup();
        let mut ranges: Vec<Range<T>> = Vec::new();
        let mut above = None;
        let mut from = low;
        for &cut in cuts.iter() {
            let Some(to) = step.before(cut).filter(|to| from <= *to) else {
                // Nothing can be answered between two cuts.
                above = above.map(|_| cut);
                continue;
            };
            if to >= high {
                break;
            }
            ranges.push(Range { low: from, high: to, above, below: Some(cut) });
            above = Some(cut);
            from = step.after(cut).unwrap_or(high);
        }
        ranges.push(Range { low: from, high, above, below: None });
        ranges
    }

    /// An answer that it stands for: the one next to the threshold that cuts it off.
    pub fn example(&self) -> Value {
        fn pick<T: Copy>(range: &Range<T>) -> T {
            if range.above.is_some() || range.below.is_none() { range.low } else { range.high }
        }
        match self {
            Answer::Yes(yes) => Value::Yes(*yes),
            Answer::Option(option) => Value::Option(*option),
            Answer::Chosen(option, chosen) => Value::Options(chosen.then_some(*option).into_iter().collect()),
            Answer::Number(range) => Value::Number(pick(range)),
            Answer::Date(range) => Value::Date(pick(range)),
        }
    }

    /// Whether it stands for this answer.
    pub fn includes(&self, value: &Value) -> bool {
        match (self, value) {
            (Answer::Yes(this), Value::Yes(that)) => this == that,
            (Answer::Option(this), Value::Option(that)) => this == that,
            (Answer::Chosen(option, chosen), Value::Options(list)) => list.contains(option) == *chosen,
            (Answer::Number(range), Value::Number(number)) => (range.low..=range.high).contains(number),
            (Answer::Date(range), Value::Date(date)) => (range.low..=range.high).contains(date),
            _ => false,
        }
    }
}

/// The cuts that conditions make, by question.
#[derive(Default)]
struct Cuts {
    numbers: FxHashMap<QuestionId, Vec<Cut<Number>>>,
    dates: FxHashMap<QuestionId, Vec<Cut<Date>>>,
}

impl Cuts {
    fn collect(&mut self, test: &Test) {
        match test {
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| self.collect(part)),
            Test::Not(part) => self.collect(part),
            Test::Number(question, op, at) => cut(self.numbers.entry(*question).or_default(), *op, *at),
            Test::Date(question, op, at) => cut(self.dates.entry(*question).or_default(), *op, at.date),
            Test::Yes(_) | Test::OneOf(..) | Test::Includes(..) | Test::Unknown => {}
        }
    }
}

impl Cuts {
    /// A number or a date in ranges, cut for all that was collected; empty for other questions.
    fn ranges(&mut self, id: QuestionId, domain: &Domain) -> Vec<Answer> {
        match domain {
            Domain::Number { min, max, decimals, .. } => {
                let step = Number::fraction(1, 10i64.pow((*decimals).min(9))).unwrap_or(Number::ONE);
                let (low, high) = on_grid(*min, *max, step);
                let cuts = self.numbers.entry(id).or_default();
                Answer::ranges(low, high, step, cuts).into_iter().map(Answer::Number).collect()
            }
            Domain::Date { min, max } => {
                let (low, high) = (min.unwrap_or(Date::FIRST), max.unwrap_or(Date::LAST));
                let cuts = self.dates.entry(id).or_default();
                Answer::ranges(low, high, low, cuts).into_iter().map(Answer::Date).collect()
            }
            Domain::YesNo | Domain::Choice(_) | Domain::Choices(_) => Vec::new(),
        }
    }
}

fn cut<T>(cuts: &mut Vec<Cut<T>>, op: Op, at: T)
where
    T: Copy,
{
    if matches!(op, Op::Lt | Op::Ge | Op::Eq | Op::Ne) {
        cuts.push(Cut { at, after: false });
    }
    if matches!(op, Op::Le | Op::Gt | Op::Eq | Op::Ne) {
        cuts.push(Cut { at, after: true });
    }
}

/// The smallest and the largest number that can be answered. Bounds between which there is none are left as they are: that was
/// reported when they were read.
fn on_grid(min: Number, max: Number, step: Number) -> (Number, Number) {
    let low = step.after(Cut { at: min, after: false });
    let high = step.before(Cut { at: max, after: true });
    match (low, high) {
        (Some(low), Some(high)) if low <= high => (low, high),
        _ => (min, max),
    }
}

impl Space {
    /// The variables of the questions, in an order in which those that conditions join stand close together.
    pub fn new(program: &Program<'_>) -> Self {
        let mut cuts = Cuts::default();
        program.conditions().iter().for_each(|(_, cond)| cuts.collect(&cond.test));
        let mut variables = Vec::new();
        let mut of: Vec<Vec<Var>> = Vec::new();
        for (index, question) in program.questions.iter().enumerate() {
            let id = QuestionId::from(index);
            let first = variables.len();
            let mut add = |values: Vec<Answer>| variables.push(Variable { question: id, values });
            match &question.domain {
                Domain::YesNo => add(vec![Answer::Yes(false), Answer::Yes(true)]),
                Domain::Choice(options) => add((0..options.len()).map(Answer::Option).collect()),
                Domain::Choices(options) => {
                    for option in 0..options.len() {
                        add(vec![Answer::Chosen(option, false), Answer::Chosen(option, true)]);
                    }
                }
                Domain::Number { .. } | Domain::Date { .. } => add(cuts.ranges(id, &question.domain)),
            }
            of.push((first..variables.len()).collect());
        }
        let order = order(variables.len(), &joined(program, &of));
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, &from)| place[from] = to);
        of.iter_mut().flatten().for_each(|var| *var = place[*var]);
        let variables = order.iter().map(|&from| variables[from].clone()).collect();
        Space { variables, of }
    }

    /// The answers to a number or date question, cut finer: for these tests, too.
    pub(super) fn refined<'t>(
        program: &Program<'_>,
        question: QuestionId,
        tests: impl Iterator<Item = &'t Test>,
    ) -> Vec<Answer> {
        let mut cuts = Cuts::default();
        program.conditions().iter().for_each(|(_, cond)| cuts.collect(&cond.test));
        tests.for_each(|test| cuts.collect(test));
        cuts.ranges(question, &program.question(question).domain)
    }

    /// All variables, in order.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The variables of a question; of a multiple-choice question one for each option, in their order.
    pub fn of(&self, question: QuestionId) -> &[Var] {
        &self.of[question.index()]
    }

    /// Answers for these values, by variable, as if every question were asked.
    pub fn answers(&self, values: &[u32]) -> Assignment {
        let mut answers = Assignment::new(self.of.len());
        for (variable, &value) in self.variables.iter().zip(values) {
            let mut answer = variable.values[value as usize].example();
            if let (Value::Options(more), Some(Value::Options(known))) = (&mut answer, answers.get(variable.question)) {
                more.extend(known);
                more.sort_unstable();
            }
            answers.set(variable.question, answer);
        }
        answers
    }
}
