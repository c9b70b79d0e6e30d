//! Render.
/// x
pub struct Renderer;
/// x
pub struct Theme;
