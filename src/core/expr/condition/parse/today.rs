//! Days counted from today, among the values of a condition.

use super::{Input, advance, here, rest};
use crate::expr::condition::{Literal, offset};
use crate::source::At;

/// `今天` or a day counted from it, if one stands here; `None` inside if it was reported.
pub(super) fn take(input: &mut Input<'_>) -> Option<Option<At<Literal>>> {
    let context = input.state;
    let start = here(input);
    let found = offset::read(rest(input))?;
    let range = advance(input, found.length);
    let error = found.error.map(|error| error.shifted(start));
    match found.offset {
        Some(offset) => {
            error.into_iter().for_each(|error| context.note(error));
            Some(Some(context.at(Literal::Today(offset, None), range)))
        }
        None => {
            error.into_iter().for_each(|error| context.fail(error));
            Some(None)
        }
    }
}

/// How many bytes it takes at the start of `text`; `None` if none begins there.
pub(super) fn length(text: &str) -> Option<usize> {
    offset::read(text).map(|found| found.length)
}
