//! Published figures as claims, each to be compared with what a case really comes to.

use std::cmp::Ordering;

use super::{CaseState, Figure, Figures};
use crate::expr::{Duration, Number};
use crate::model::{self, Count};
use crate::program::Program;
use crate::source::{At, Span};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measured {
    /// Material rows (件次), or kinds where those are what was published.
    Materials,
    /// Time.
    Days,
    /// Application forms.
    Forms,
    /// 环节.
    Steps,
    /// 跑动.
    Visits,
    /// Agencies.
    Agencies,
}

impl Measured {
    /// All.
    pub const ALL: [Measured; 6] =
        [Measured::Materials, Measured::Days, Measured::Forms, Measured::Steps, Measured::Visits, Measured::Agencies];

    /// The key under which it is written.
    pub fn label(self) -> &'static str {
        match self {
            Measured::Materials => "材料",
            Measured::Days => "时限",
            Measured::Forms => "表单",
            Measured::Steps => "环节",
            Measured::Visits => "跑动",
            Measured::Agencies => "部门",
        }
    }

    /// What one of it is called; time has its own units.
    pub fn counter(self) -> &'static str {
        let figure = match self {
            Measured::Materials => Figure::Materials,
            Measured::Days => Figure::Days,
            Measured::Forms => Figure::Forms,
            Measured::Steps => Figure::Steps,
            Measured::Visits => Figure::Visits,
            Measured::Agencies => return "个",
        };
        figure.unit()
    }
}

/// How much is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// A count.
    Count(u32),
    /// A length of time.
    Time(Duration),
}

impl Amount {
    /// The number, whatever its unit.
    pub fn number(self) -> Number {
        match self {
            Amount::Count(count) => Number::from(count),
            Amount::Time(duration) => duration.amount(),
        }
    }

    /// With its unit, for messages.
    pub fn text(self, measured: Measured) -> String {
        match self {
            Amount::Count(count) => format!("{count}{}", measured.counter()),
            Amount::Time(duration) => duration.to_string(),
        }
    }
}

/// A published figure.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Whether it speaks of things after the reform.
    pub after: bool,
    /// What is counted.
    pub measured: Measured,
    /// How much of it.
    pub amount: Amount,
    /// Where.
    pub span: Span,
    /// The named scenario that it speaks of, if it says so.
    pub scenario: Option<usize>,
}

/// The figure of a published group, with its place.
pub fn figure(figures: &model::Figures, measured: Measured) -> Option<At<Amount>> {
    let count = |at: &Option<At<Count>>| at.map(|at| At::new(Amount::Count(at.value.0), at.span));
    match measured {
        Measured::Materials => count(&figures.materials),
        Measured::Days => figures.days.map(|at| At::new(Amount::Time(at.value), at.span)),
        Measured::Forms => count(&figures.forms),
        Measured::Steps => count(&figures.steps),
        Measured::Visits => count(&figures.visits),
        Measured::Agencies => count(&figures.agencies),
    }
}

impl Claim {
    /// The figures published for before (`after: false`) or after the reform, in the order of [`Measured::ALL`].
    pub fn all(program: &Program<'_>, after: bool) -> Vec<Claim> {
        let (Some(written), Some(resolved)) = (&program.bundle.published, &program.published) else {
            return Vec::new();
        };
        let (figures, scenario) =
            if after { (&written.after, resolved.after) } else { (&written.before, resolved.before) };
        let Some(figures) = figures else { return Vec::new() };
        let claim = |measured| {
            let at = figure(figures, measured)?;
            Some(Claim { after, measured, amount: at.value, span: at.span, scenario })
        };
        Measured::ALL.into_iter().filter_map(claim).collect()
    }

    /// Whether a case comes to just this; `None` if that is not known. For materials the rows (件次) or the kinds (去重种类) may be
    /// meant; time after the reform is a promise and is never derived.
    pub fn holds(&self, program: &Program<'_>, state: &CaseState) -> Option<bool> {
        let figures = self.side(state);
        let is = |count: Option<u32>| count.map(|count| self.amount == Amount::Count(count));
        match self.measured {
            Measured::Materials => match (is(figures.materials), is(figures.distinct_materials)) {
                (Some(rows), Some(kinds)) => Some(rows || kinds),
                (rows, kinds) => rows.or(kinds),
            },
            Measured::Days if self.after => None,
            Measured::Days => {
                let Amount::Time(claimed) = self.amount else { return None };
                let serial = Duration::new(figures.days?, state.schedule.unit)?;
                let conversions = &program.workspace.settings.conversions;
                serial.compare(claimed, conversions).map(|order| order == Ordering::Equal)
            }
            Measured::Forms => is(figures.forms),
            Measured::Steps => is(figures.steps),
            Measured::Visits => is(figures.visits),
            Measured::Agencies if self.after => None,
            Measured::Agencies => is(state.agencies),
        }
    }

    /// What a case comes to, for messages.
    pub fn computed(&self, state: &CaseState) -> Option<String> {
        let figures = self.side(state);
        let counted = |count: Option<u32>| Some(Amount::Count(count?).text(self.measured));
        match self.measured {
            Measured::Materials => {
                let (rows, kinds) = (figures.materials?, figures.distinct_materials?);
                Some(if rows == kinds { format!("{rows}件") } else { format!("{rows}件（去重{kinds}种）") })
            }
            Measured::Days => Some(format!("{}{}", figures.days?, state.schedule.unit)),
            Measured::Forms => counted(figures.forms),
            Measured::Steps => counted(figures.steps),
            Measured::Visits => counted(figures.visits),
            Measured::Agencies => counted(state.agencies),
        }
    }

    fn side<'o>(&self, state: &'o CaseState) -> &'o Figures {
        if self.after { &state.after } else { &state.before }
    }
}
