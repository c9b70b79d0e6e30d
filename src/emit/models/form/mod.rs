//! The form for programs: JSON Schema and Formily. Both say when a field belongs to it by the same conditions.

mod expression;
pub mod formily;
pub mod patterns;
pub mod schema;
