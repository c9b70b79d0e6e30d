//! Rules: one file each, with its page. A rule reads facts and pushes diagnostics; rules do not see each
//! other. Adding one: a file in `rules/` with `CODE` and `check`, and its name in the list below.

mod causes;
mod completeness;
mod edits;
mod government_papers;
mod guarded_conditions;
mod laws;
mod name_search;
mod participants;
mod rules;
mod text;

use crate::diagnostic::{Code, Sink};
use crate::facts::{Aspect, Facts, Needs, Trust};
use crate::program::{Occurrence, Program, Target, Workspace};

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
    /// One bundle, as far as it is trusted.
    Bundle(Needs, fn(&Facts<'_>, &mut Sink)),
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
    /// About what some bundle cannot be relied upon: what seems unused may be used there.
    pub unsure: Vec<Aspect>,
}

impl Uses {
    /// What a bundle uses.
    pub fn of(program: &Program<'_>) -> Self {
        let mut uses = Uses::default();
        uses.note(&program.references);
        uses
    }

    /// Notes what is referred to.
    pub fn note(&mut self, names: &[Occurrence]) {
        let used = |list: &mut Vec<bool>, index: usize| {
            list.resize(list.len().max(index + 1), false);
            list[index] = true;
        };
        for name in names.iter().filter(|name| !name.declares) {
            match name.target {
                Target::Agency(id) => used(&mut self.agencies, id.index()),
                Target::Document(id) => used(&mut self.materials, id.index()),
                Target::Element(id) => used(&mut self.elements, id.index()),
                _ => {}
            }
        }
    }

    /// Whether every use is known.
    pub fn knows(&self, aspect: Aspect) -> bool {
        !self.unsure.contains(&aspect)
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
        self.unsure.extend(&other.unsure);
        self.unsure.sort_unstable();
        self.unsure.dedup();
    }
}

/// What stands in brackets is what a rule needs of the facts it reads: `all` of the bundle, or `each` thing that it speaks of, has to be
/// trusted so far, in these aspects (none: in all).
macro_rules! rules {
    (bundle: $($bundle:ident $([$($needs:tt)*])?)*; workspace: $($workspace:ident)*;) => {
        /// All rules.
        pub static RULES: &[Rule] = &[
            $( Rule {
                code: &rules::$bundle::CODE,
                check: Check::Bundle(rules!(@needs $($($needs)*)?), rules::$bundle::check),
            }, )*
            $( Rule { code: &rules::$workspace::CODE, check: Check::Workspace(rules::$workspace::check) }, )*
        ];
    };
    (@needs) => { Needs::NOTHING };
    (@needs all $trust:ident $($aspect:ident)*) => {
        Needs { aspects: &[$(Aspect::$aspect),*], trust: Some(Trust::$trust), all: true }
    };
    (@needs each $trust:ident $($aspect:ident)*) => {
        Needs { aspects: &[$(Aspect::$aspect),*], trust: Some(Trust::$trust), all: false }
    };
}

rules! {
    bundle:
        abolished_documents
        absent_items [each Resolved]
        assumed_answers [all Proved Conditions]
        catch_all_materials
        circular_preconditions
        conflicting_fields
        contradictory_constraints [all Proved Conditions]
        differing_lists [each Resolved Papers Conditions]
        doubled_words
        duplicate_materials
        empty_sections
        form_words_in_names
        former_institutions
        government_issued_materials
        half_width_punctuation
        hidden_conditions
        hidden_preconditions [each Resolved Order]
        idle_measures [all Proved Conditions Papers Order]
        idle_partners [all Resolved Agencies Papers]
        impossible_answers [all Proved Conditions]
        impossible_joint_stages [each Read Order]
        impossible_promises [all Resolved Conditions Order]
        impossible_scenarios [all Proved Conditions]
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
        mixed_scenarios [each Resolved]
        needless_answers [each Resolved]
        omitted_obligations
        overlapping_items [all Proved Conditions Papers]
        overlong_promises
        placeholders
        pointless_conditions [all Proved Conditions]
        recollected_results [all Proved Conditions Papers Order]
        redundant_preconditions
        repeated_items
        repeated_measures
        repeated_partners
        self_issued_materials
        separate_inspections [all Read Order]
        slow_acceptance
        slow_immediate_items
        stray_spaces
        unanswered_questions [each Resolved]
        unasked_questions [all Proved Conditions]
        unbalanced_stages [each Read Time]
        unconditional_agent_papers [all Proved Conditions Papers]
        uncovered_answers [all Proved Conditions]
        unfounded_obligations [each Read]
        universal_exits [all Proved Conditions]
        unlisted_partners [all Resolved Agencies]
        unmet_expectations [each Resolved]
        unmet_preconditions [all Proved Conditions Papers Order]
        unquoted_laws
        unreachable_parts [all Proved Conditions]
        unreconciled_figures [each Resolved]
        unused_questions [all Resolved Conditions Papers]
        useless_compressions
        useless_constraints [all Proved Conditions]
        useless_exits [all Proved Conditions]
        useless_promises [all Resolved Time]
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
        if let Check::Bundle(needs, check) = rule.check
            && let Some(trusted) = facts.trusted(needs)
        {
            check(&trusted, sink);
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
