//! How facts are put into Chinese. Knows no format.

pub mod form;
pub mod sharing;
pub mod view;
