//! Published figures against computed ones.

use super::Outcome;
use crate::expr::Number;
use crate::model::{self, Text};
use crate::program::Program;
use crate::source::Span;

/// A published figure.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Which side it is about.
    pub side: Side,
    /// Which figure.
    pub figure: Figure,
    /// The scenario that it names.
    pub scenario: Option<Text>,
    /// What was published; time in the schedule's unit, `None` if it cannot be converted.
    pub published: Option<Number>,
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// What each scenario gives, the widest last; `None` where it is not known.
    pub computed: Vec<Option<Number>>,
}

/// Which side a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 改革前.
    Before,
    /// 改革后.
    After,
    /// 减少.
    Saved,
}

/// Which figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// 材料 (件次).
    Materials,
    /// 时限.
    Days,
    /// 表单.
    Forms,
    /// 环节.
    Steps,
    /// 跑动.
    Visits,
}

impl Figure {
    /// The official term.
    pub fn label(self) -> &'static str {
        match self {
            Figure::Materials => "材料",
            Figure::Days => "时限",
            Figure::Forms => "表单",
            Figure::Steps => "环节",
            Figure::Visits => "跑动",
        }
    }
}

impl Side {
    /// The official term.
    pub fn label(self) -> &'static str {
        match self {
            Side::Before => "改革前",
            Side::After => "改革后",
            Side::Saved => "减少",
        }
    }
}

impl Claim {
    /// The outcomes (indices into named scenarios, then the widest) that give the published figure.
    pub fn matches(&self) -> Vec<usize> {
        let published = self.published;
        self.computed
            .iter()
            .enumerate()
            .filter(|(_, own)| own.is_some() && **own == published)
            .map(|(index, _)| index)
            .collect()
    }
}

/// All published figures, each with what every scenario (the widest last) gives.
pub fn claims(program: &Program<'_>, named: &[Outcome], widest: &Outcome) -> Vec<Claim> {
    let mut claims = Vec::new();
    let Some(published) = &program.bundle.published else { return claims };
    let sides = [(Side::Before, &published.before), (Side::After, &published.after), (Side::Saved, &published.saved)];
    let outcomes: Vec<&Outcome> = named.iter().chain([widest]).collect();
    for (side, figures) in sides {
        let Some(figures) = figures else { continue };
        let counts: [(Figure, &Option<crate::source::At<model::Count>>); 4] = [
            (Figure::Materials, &figures.materials),
            (Figure::Forms, &figures.forms),
            (Figure::Steps, &figures.steps),
            (Figure::Visits, &figures.visits),
        ];
        for (figure, count) in counts {
            let Some(count) = count else { continue };
            let published = Some(Number::from(count.value.0));
            claims.push(claim(side, figure, figures, published, count.value.to_string(), count.span, &outcomes));
        }
        if let Some(days) = &figures.days {
            let published = program.workspace.settings.conversions.convert(days.value, widest.schedule.unit);
            claims.push(claim(side, Figure::Days, figures, published, days.value.to_string(), days.span, &outcomes));
        }
    }
    claims
}

fn claim(
    side: Side,
    figure: Figure,
    figures: &model::Figures,
    published: Option<Number>,
    text: String,
    span: Span,
    outcomes: &[&Outcome],
) -> Claim {
    let computed = outcomes.iter().map(|outcome| computed(side, figure, outcome)).collect();
    Claim { side, figure, scenario: figures.scenario.clone(), published, text, span, computed }
}

fn computed(side: Side, figure: Figure, outcome: &Outcome) -> Option<Number> {
    let one = |figures: &super::Figures| match figure {
        Figure::Materials => figures.materials.map(Number::from),
        Figure::Days => figures.days,
        Figure::Forms => figures.forms.map(Number::from),
        Figure::Steps => figures.steps.map(Number::from),
        Figure::Visits => figures.visits.map(Number::from),
    };
    match side {
        Side::Before => one(&outcome.before),
        Side::After => one(&outcome.after),
        Side::Saved => one(&outcome.before)?.checked_sub(one(&outcome.after)?),
    }
}
