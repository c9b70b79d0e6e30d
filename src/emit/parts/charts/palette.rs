//! The colours. Every text stands out from its ground by at least 4.5 to 1, every outline from white by as much; colour is never
//! the only thing that tells two things apart.

use crate::page::Tone;
use crate::write::svg::Colour;
use yijianshi_core::plan::LaneKind;

/// What most is written with.
pub const INK: Colour = "#1F2933";
/// What matters less.
pub const QUIET: Colour = "#4A5763";
/// Edges.
pub const EDGE: Colour = "#3E4C59";
/// Grid lines.
pub const GRID: Colour = "#D5DCE4";
/// Frames.
pub const FRAME: Colour = "#B9C4D0";
/// Headings.
pub const BLUE: Colour = "#1257A8";
/// Headings, every other.
pub const LIGHT_BLUE: Colour = "#1B66BC";
/// Headings on light ground.
pub const DEEP: Colour = "#0C3C75";
/// Light ground.
pub const TINT: Colour = "#F3F7FC";
/// Light ground of head columns.
pub const HEAD: Colour = "#E6EEF9";
/// What was before the reform.
pub const BEFORE: Colour = "#66727F";
/// Its heading.
pub const BEFORE_HEAD: Colour = "#5A6773";
/// White.
pub const WHITE: Colour = "#FFFFFF";

/// Ground, outline and text of a kind of symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// Ground.
    pub fill: Colour,
    /// Outline.
    pub stroke: Colour,
    /// Text.
    pub text: Colour,
}

impl Role {
    /// Ground, outline, text.
    pub fn colours(self) -> [Colour; 3] {
        [self.fill, self.stroke, self.text]
    }
}

const fn role(fill: Colour, stroke: Colour, text: Colour) -> Role {
    Role { fill, stroke, text }
}

/// What begins or ends.
pub const TERMINAL: Role = role("#2F3B47", "#2F3B47", "#FFFFFF");
/// What ends early.
pub const ASIDE: Role = role("#FFFFFF", "#4A5763", "#1F2933");
/// A question.
pub const DECISION: Role = role("#FFF6DF", "#9A6700", "#5C3E00");
/// The applicant's.
pub const APPLICANT: Role = role("#FDF1EA", "#B4501F", "#7A3313");
/// The counter's.
pub const WINDOW: Role = role("#E6F3F3", "#0F6E74", "#0A4B4F");
/// What is saved.
pub const SAVED: Role = role("#EAF5EC", "#2B7A3F", "#1C5229");
/// The agencies', in turn.
pub const AGENCIES: [Role; 5] = [
    role("#E8F1FB", "#1257A8", "#0C3C75"),
    role("#EAF5EC", "#2B7A3F", "#1C5229"),
    role("#F2ECFA", "#6B46A8", "#483073"),
    role("#FBEFF4", "#A63A6B", "#71274A"),
    role("#F4F1E4", "#7D6608", "#574706"),
];

/// Whose colours.
pub fn tone(tone: Tone) -> Role {
    match tone {
        Tone::Plain => ASIDE,
        Tone::Applicant => APPLICANT,
        Tone::Window => WINDOW,
        Tone::Agency(index) => AGENCIES[index % AGENCIES.len()],
    }
}

/// A lane's colours; agencies are counted by `agency`.
pub fn lane(kind: LaneKind, agency: usize) -> Role {
    match kind {
        LaneKind::Applicant => APPLICANT,
        LaneKind::Window => WINDOW,
        LaneKind::Lead | LaneKind::Agency => AGENCIES[agency % AGENCIES.len()],
        LaneKind::Unassigned => ASIDE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of a colour, in millionths, after the gamma of sRGB in integer steps.
    fn luminance(colour: &str) -> u64 {
        let channel = |at: usize| {
            let value = u64::from_str_radix(&colour[at..at + 2], 16).unwrap();
            // (value / 255) ^ 2.2 as (value / 255) ^ 2 * (value / 255) ^ (1 / 5), the fifth root by search.
            let fifth = (0..=1000u64).find(|root| root.pow(5) * 255 >= value * 1_000_000_000_000_000).unwrap_or(1000);
            value * value * fifth * 1000 / (255 * 255)
        };
        (2126 * channel(1) + 7152 * channel(3) + 722 * channel(5)) / 10_000
    }

    fn contrast(a: &str, b: &str) -> u64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 50_000) * 100 / (a.min(b) + 50_000)
    }

    #[test]
    fn texts_and_outlines_stand_out() {
        let roles = [TERMINAL, ASIDE, DECISION, APPLICANT, WINDOW, SAVED];
        for role in roles.iter().chain(&AGENCIES) {
            assert!(contrast(role.fill, role.text) >= 450, "{role:?}");
            assert!(contrast(role.stroke, WHITE) >= 450, "{role:?}");
        }
        for (text, ground) in [
            (INK, WHITE),
            (QUIET, WHITE),
            (QUIET, TINT),
            (DEEP, HEAD),
            (WHITE, BLUE),
            (WHITE, LIGHT_BLUE),
            (WHITE, BEFORE),
            (WHITE, BEFORE_HEAD),
        ] {
            assert!(contrast(text, ground) >= 450, "{text} on {ground}");
        }
    }
}
