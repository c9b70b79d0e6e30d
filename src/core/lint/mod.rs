//! Rules: one file each, with its page. A rule reads facts and pushes diagnostics; rules do not see each
//! other. Adding one: a file in `rules/` with `CODE` and `check`, and its name in the list below.

mod because;
mod completeness;
mod edits;
mod guards;
mod issued;
mod laws;
mod mentions;
mod phrases;
mod roles;
mod rules;
mod wording;
mod words;

use crate::diagnostic::{Code, Sink};
use crate::facts::Facts;
use crate::program::{Program, Workspace};

/// A code with a check.
#[derive(Debug)]
pub struct Rule {
    /// What it says.
    pub code: &'static Code,
    /// How it finds out.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Check {
    /// One bundle.
    Bundle(fn(&Facts<'_>, &mut Sink)),
    /// Manifest and catalogues, once all bundles have been seen.
    Workspace(fn(&WorkspaceFacts<'_>, &mut Sink)),
}

/// What a rule may read about a workspace.
#[derive(Debug)]
pub struct WorkspaceFacts<'a> {
    /// Manifest and catalogues.
    pub workspace: &'a Workspace,
    /// What the bundles use of the catalogues; `None` unless every bundle of the workspace was seen.
    pub uses: Option<&'a Uses>,
    /// The bundles seen, in the order of their files: id, and the place where it is written.
    pub bundles: &'a [BundleId],
}

/// The id of a bundle and its place, as text: its source may no longer be at hand.
#[derive(Debug, Clone)]
pub struct BundleId {
    /// The id.
    pub id: crate::model::Str,
    /// `file:line:column`.
    pub place: String,
}

/// Which entries of the catalogues are used, by id.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// Agencies.
    pub agencies: Vec<bool>,
    /// Documents.
    pub materials: Vec<bool>,
    /// Data elements.
    pub elements: Vec<bool>,
    /// Some bundle could not be read in full: what seems unused may be used there.
    pub partial: bool,
}

impl Uses {
    /// What a bundle uses.
    pub fn of(program: &Program<'_>) -> Self {
        let workspace = program.workspace;
        let mut uses = Uses {
            agencies: vec![false; workspace.agencies.len()],
            materials: vec![false; workspace.materials.len()],
            elements: vec![false; workspace.elements.len()],
            partial: false,
        };
        for id in program.partners.iter().chain(&program.lead) {
            uses.agencies[id.index()] = true;
        }
        for item in &program.items {
            let written = &item.written;
            let others = written.joint_agencies.iter().filter_map(|name| workspace.find_agency(name));
            for id in item.agency.iter().map(|at| at.value).chain(others) {
                uses.agencies[id.index()] = true;
            }
            for row in &item.materials {
                row.any_of.iter().for_each(|id| uses.materials[id.index()] = true);
            }
            item.results.iter().for_each(|result| uses.materials[result.document.index()] = true);
            for field in item.forms.iter().flat_map(|form| &form.fields) {
                uses.elements[field.element.index()] = true;
            }
        }
        for measure in &program.measures {
            match &measure.kind {
                crate::program::MeasureKind::AddMaterial { row, .. } => {
                    row.any_of.iter().for_each(|id| uses.materials[id.index()] = true);
                }
                crate::program::MeasureKind::Material { document, .. } => uses.materials[document.index()] = true,
                _ => {}
            }
        }
        uses
    }

    /// Adds what another bundle uses.
    pub fn add(&mut self, other: &Uses) {
        let merge = |mine: &mut Vec<bool>, theirs: &[bool]| {
            mine.resize(theirs.len().max(mine.len()), false);
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine |= theirs);
        };
        merge(&mut self.agencies, &other.agencies);
        merge(&mut self.materials, &other.materials);
        merge(&mut self.elements, &other.elements);
        self.partial |= other.partial;
    }
}

macro_rules! rules {
    (bundle: $($bundle:ident)*; workspace: $($workspace:ident)*;) => {
        /// All rules.
        pub static RULES: &[Rule] = &[
            $( Rule { code: &rules::$bundle::CODE, check: Check::Bundle(rules::$bundle::check) }, )*
            $( Rule { code: &rules::$workspace::CODE, check: Check::Workspace(rules::$workspace::check) }, )*
        ];
    };
}

rules! {
    bundle:
        abolished_documents
        absent_items
        assumed_answers
        catch_all_materials
        circular_preconditions
        conflicting_fields
        contradictory_constraints
        differing_lists
        doubled_words
        duplicate_materials
        empty_sections
        form_words_in_names
        former_institutions
        government_issued_materials
        half_width_punctuation
        hidden_conditions
        hidden_preconditions
        idle_measures
        idle_partners
        impossible_answers
        impossible_joint_stages
        impossible_promises
        impossible_scenarios
        incomplete_commitments
        incomplete_deferrals
        incomplete_fees
        inconsistent_agencies
        inconsistent_item_names
        inconvertible_units
        miscounted_groups
        missing_articles
        missing_elements
        mixed_counters
        mixed_scenarios
        needless_answers
        omitted_obligations
        overlapping_items
        overlong_promises
        placeholders
        pointless_conditions
        recollected_results
        redundant_preconditions
        repeated_items
        repeated_partners
        self_issued_materials
        separate_inspections
        slow_acceptance
        slow_immediate_items
        stray_spaces
        unanswered_questions
        unasked_questions
        unbalanced_stages
        unconditional_agent_papers
        uncovered_answers
        unfounded_obligations
        universal_exits
        unlisted_partners
        unmet_expectations
        unmet_preconditions
        unquoted_laws
        unreachable_parts
        unreconciled_figures
        unused_questions
        useless_compressions
        useless_constraints
        useless_exits
        useless_promises
        vague_words
        wrong_applicant_terms
        wrong_differences
        wrong_document_numbers
        wrong_item_codes
        wrong_terms
    ;
    workspace:
        duplicate_bundles
        unused_entries
        wrong_credit_codes
    ;
}

/// Runs the rules about one bundle.
pub fn check_bundle(facts: &Facts<'_>, sink: &mut Sink) {
    for rule in RULES {
        if let Check::Bundle(check) = rule.check {
            check(facts, sink);
        }
    }
}

/// Runs the rules about a workspace.
pub fn check_workspace(facts: &WorkspaceFacts<'_>, sink: &mut Sink) {
    for rule in RULES {
        if let Check::Workspace(check) = rule.check {
            check(facts, sink);
        }
    }
}
