//! Program and states → plan.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::condition::When;
use super::decision::Decision;
use super::extremes::{self, PromiseProof};
use super::flow::Flow;
use super::form::Form;
use super::header::{self, Agency, Bundle, Question, Role, Workspace};
use super::item::{Item, Measure};
use super::material;
use super::reconcile::Reconciliation;
use super::report::{Scenario, Summary, SummaryRow};
use super::{Plan, SourceRef, VERSION};
use crate::allow::Allowed;
use crate::facts::Facts;
use crate::program::{AgencyId, Program};
use crate::scenario::Intractable;
use crate::source::{Sources, Span};

/// 编制人说明理由后保留的问题。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AllowedFinding {
    /// 规则。
    pub code: String,
    /// 问题。
    pub message: String,
    /// 理由。
    pub reason: String,
    /// 出处。
    pub source: SourceRef,
}

/// Where spans are, as people find them.
pub(super) struct Sourcing<'a> {
    sources: &'a Sources,
    root: &'a str,
}

impl Sourcing<'_> {
    /// File (from the workspace's folder) and line of a span.
    pub(super) fn at(&self, span: Span) -> SourceRef {
        let source = self.sources.get(span.source);
        let file = source.name().strip_prefix(self.root).unwrap_or(source.name()).to_owned();
        SourceRef { file, line: source.place(span.start as usize).line }
    }
}

/// The plan of a bundle without errors.
///
/// # Errors
/// [`Intractable`] if its scenarios take more than the budget.
pub fn build(facts: &Facts<'_>, allowed: &[Allowed]) -> Result<Plan, Intractable> {
    tractable(facts, allowed).ok_or_else(|| facts.intractable())
}

fn tractable(facts: &Facts<'_>, allowed: &[Allowed]) -> Option<Plan> {
    let (program, widest, named) = (facts.program, facts.widest(), facts.named());
    let questionnaire = facts.questionnaire()?;
    let sourcing = Sourcing { sources: facts.sources, root: &program.workspace.root };
    let ids: Vec<String> = program.items.iter().map(|item| item.id.to_string()).collect();
    let form_name = header::text(&program.bundle.form_name).unwrap_or_else(|| format!("“{}”一次申请表", program.title));
    let redundant = program.redundant_preconditions().into_iter().map(|(link, _)| (link.item, link.first)).collect();
    let item = |id| Item::of(program, facts.timing(), id, &ids, &redundant, sourcing.at(program.item(id).name.span));
    let items: Vec<Item> = program.item_ids().map(item).collect();
    let scenarios: Vec<Scenario> =
        named.iter().map(|state| Scenario::of(program, state, &items, &ids, &sourcing, &form_name)).collect();
    let agencies = agencies(program, &ids);
    let widest_report = Scenario::of(program, widest, &items, &ids, &sourcing, &form_name);
    Some(Plan {
        version: VERSION,
        workspace: Workspace::of(program),
        bundle: Bundle::of(program),
        summary: Summary {
            scenarios: scenarios.iter().map(SummaryRow::of).collect(),
            widest: SummaryRow::of(&widest_report),
            ranges: extremes::ranges(program, facts.extremes()?),
            promise: PromiseProof::of(facts, &ids),
        },
        decision: Decision::of(facts, questionnaire, &ids)?,
        questionnaire: super::Questionnaire::of(program, questionnaire),
        questions: (0..program.questions.len()).map(|index| Question::of(program, index.into())).collect(),
        constraints: program.constraints.iter().map(|(never, _)| When::of(program, never)).collect(),
        exits: program
            .exits
            .iter()
            .map(|(when, advice)| header::Exit { when: When::of(program, when), advice: advice.value.to_string() })
            .collect(),
        materials: material::list(program, widest, named, &ids, &sourcing, &form_name),
        form: Form::of(program, facts.fields(), &ids, &form_name),
        measures: program
            .measures
            .iter()
            .map(|measure| Measure::of(program, measure, &ids, sourcing.at(measure.written.head)))
            .collect(),
        flow: Flow::of(facts, facts.coexistence()?, &items, &agencies, &form_name),
        agencies,
        reconciliation: Reconciliation::of(facts, &sourcing),
        allowed: allowed
            .iter()
            .map(|finding| AllowedFinding {
                code: finding.diagnostic.code.name.to_owned(),
                message: finding.diagnostic.message.clone(),
                reason: finding.reason.clone(),
                source: sourcing.at(finding.diagnostic.span),
            })
            .collect(),
        written: crate::model::export(&program.bundle),
        items,
        scenarios,
        widest: widest_report,
    })
}

/// Lead agency first, then those that run items, then the other co-agencies.
fn agencies(program: &Program<'_>, ids: &[String]) -> Vec<Agency> {
    let mut order: Vec<AgencyId> = Vec::new();
    let running = program.items.iter().filter_map(|item| item.agency);
    for id in program.lead.iter().copied().chain(running).chain(program.partners.iter().copied()) {
        if !order.contains(&id.value) {
            order.push(id.value);
        }
    }
    order
        .into_iter()
        .map(|id| {
            let agency = program.workspace.agency_of(id);
            let own = program.items.iter().enumerate().filter(|(_, item)| item.agency.is_some_and(|at| at.value == id));
            Agency {
                id: agency.id.to_string(),
                name: agency.name.value.to_string(),
                full_name: header::text(&agency.written.full_name),
                role: if program.lead.is_some_and(|lead| lead.value == id) { Role::Lead } else { Role::Partner },
                items: own.map(|(index, _)| ids[index].clone()).collect(),
                credit_code: header::text(&agency.written.credit_code),
                address: header::text(&agency.written.address),
                phone: header::text(&agency.written.phone),
            }
        })
        .collect()
}
