//! What a terminal can show.

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Theme {
    /// Colours.
    pub colour: bool,
    /// Lines and arrows beyond ASCII. Not for old Windows consoles, which draw them two columns wide.
    pub unicode: bool,
}
