//! The small languages inside values: exact numbers, durations and conditions. Knows texts, not bundles.

mod condition;
mod conversion;
mod credit_code;
mod duration;
mod number;

use std::ops::Range;

pub use condition::{AsOf, Condition, Expr, Literal, Names, Offset, OffsetUnit, Op, Parsed, Quoted, parse};
pub use conversion::{ConversionError, Conversions};
pub use credit_code::{CreditCodeFault, check_credit_code};
pub use duration::{Duration, DurationError, DurationFault, Provable, Unit};
pub use number::{Number, NumberError, NumberFault, Percent, percent_saved};

/// What is wrong with a small text, and where in it. Byte ranges lie in the text and on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprError {
    /// The exact characters that are wrong; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong, one line.
    pub message: String,
    /// What to do, imperative.
    pub help: Option<String>,
    /// A change that mends it.
    pub fix: Option<Replacement>,
}

/// A change of a small text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes to replace; empty to insert.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
    /// Whether the meaning is beyond doubt, so that it may be applied unasked.
    pub safe: bool,
}

impl ExprError {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        ExprError { range, message: message.into(), help: None, fix: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A change that keeps the meaning.
    fn fix(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.fix = Some(Replacement { range, text: text.into(), safe: true });
        self
    }

    /// A change that a person should look at.
    fn propose(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.fix = Some(Replacement { range, text: text.into(), safe: false });
        self
    }

    /// The same about a longer text in which this one begins at `offset`.
    fn shifted(mut self, offset: usize) -> Self {
        let shift = |range: Range<usize>| range.start + offset..range.end + offset;
        self.range = shift(self.range);
        self.fix = self.fix.map(|fix| Replacement { range: shift(fix.range), ..fix });
        self
    }
}
