//! What programs read: processes, flow charts in text, schemas, the plan itself.

pub mod bpmn;
pub mod flow;
pub mod form;
pub mod plan;
pub mod questionnaire;
