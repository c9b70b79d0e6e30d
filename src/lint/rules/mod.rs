//! The rules, one file each.

pub mod abolished_documents;
pub mod catch_all_materials;
pub mod circular_preconditions;
pub mod conflicting_fields;
pub mod duplicate_bundles;
pub mod duplicate_materials;
pub mod form_words_in_names;
pub mod former_institutions;
pub mod government_issued_materials;
pub mod hidden_conditions;
pub mod hidden_preconditions;
pub mod idle_partners;
pub mod incomplete_commitments;
pub mod incomplete_deferrals;
pub mod missing_elements;
pub mod recollected_results;
pub mod redundant_preconditions;
pub mod repeated_items;
pub mod repeated_partners;
pub mod self_issued_materials;
pub mod unanswered_questions;
pub mod unconditional_agent_papers;
pub mod unlisted_partners;
pub mod unused_entries;
pub mod unused_questions;
pub mod wrong_applicant_terms;
