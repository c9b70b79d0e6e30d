//! A bundle in short.

use super::Findings;
use crate::parts::gaps;
use crate::words::sharing::{self, Way};
use crate::words::view::View;
use yijianshi_core::expr::Duration;
use yijianshi_core::model::Status;
use yijianshi_core::plan::{Figures, Plan, PromiseVerdict, Scenario};

/// What is kept of a bundle.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id, which is the name of its folder.
    pub id: String,
    /// Its file, from the workspace's folder.
    pub file: String,
    /// Its name.
    pub title: String,
    /// Its official name.
    pub official_name: Option<String>,
    /// Its code.
    pub code: Option<String>,
    /// How far it is.
    pub status: Status,
    /// Its version.
    pub version: Option<String>,
    /// From when on it is in force.
    pub effective_on: Option<String>,
    /// Its theme.
    pub theme: Option<String>,
    /// The stage of life, or of an enterprise's life.
    pub life_stage: Option<String>,
    /// Who leads.
    pub lead: Option<String>,
    /// The other agencies.
    pub partners: Vec<String>,
    /// For whom.
    pub audience: Vec<String>,
    /// What it is made of.
    pub items: Vec<Item>,
    /// What papers are called in it: names and aliases.
    pub materials: Vec<String>,
    /// The time promised.
    pub promise: Option<Duration>,
    /// Whether the promise is kept in every case, if there is one.
    pub verdict: Option<PromiseVerdict>,
    /// CaseFigures of the typical scenarios.
    pub scenarios: Vec<CaseFigures>,
    /// CaseFigures over everything.
    pub widest: CaseFigures,
    /// Papers that agencies could get without the applicant.
    pub needs: Vec<Need>,
    /// What is not said, by whom it would have to be said.
    pub gaps: Vec<Gap>,
    /// What was found in it.
    pub findings: Findings,
    /// The files made of it, from its folder.
    pub files: Vec<String>,
}

/// An item.
#[derive(Debug, Clone)]
pub struct Item {
    /// What the bundle calls it.
    pub name: String,
    /// Its official name.
    pub official_name: String,
    /// Who runs it.
    pub agency: Option<String>,
}

/// CaseFigures before and after, of one case.
#[derive(Debug, Clone)]
pub struct CaseFigures {
    /// The case.
    pub name: String,
    /// Before.
    pub before: Figures,
    /// After.
    pub after: Figures,
    /// The unit of time.
    pub unit: &'static str,
}

/// A paper that agencies could get without the applicant.
#[derive(Debug, Clone)]
pub struct Need {
    /// The paper.
    pub material: String,
    /// How.
    pub way: Way,
    /// Whether it works already.
    pub connected: bool,
    /// Who provides it.
    pub provider: Option<String>,
    /// From which system.
    pub system: Option<String>,
    /// Who uses it.
    pub users: Vec<String>,
}

/// What is not said.
#[derive(Debug, Clone)]
pub struct Gap {
    /// Who would have to say it.
    pub agency: Option<String>,
    /// About what.
    pub about: String,
    /// What.
    pub lacks: Vec<String>,
}

impl Entry {
    /// Of a plan; `file` is its text's, from the workspace's folder, and `files` are what was made of it.
    pub fn of(plan: &Plan, file: &str, findings: Findings, files: Vec<String>) -> Entry {
        let view = View { plan };
        let bundle = &plan.bundle;
        let lead = bundle.lead.as_deref();
        let mut materials: Vec<String> = Vec::new();
        for name in plan.materials.iter().flat_map(|own| std::iter::once(&own.name).chain(&own.labels)) {
            if !materials.contains(name) {
                materials.push(name.clone());
            }
        }
        let need = |need: sharing::Need<'_>| Need {
            material: need.name(),
            way: need.way,
            connected: need.connected,
            provider: need.provider.map(str::to_owned),
            system: need.system().map(str::to_owned),
            users: sharing::users(view, &need.material.items).into_iter().map(str::to_owned).collect(),
        };
        let gap =
            |gap: gaps::Gap<'_>| Gap { agency: gap.agency.map(str::to_owned), about: gap.about, lacks: gap.lacks };
        Entry {
            id: bundle.id.clone(),
            file: file.to_owned(),
            title: bundle.title.clone(),
            official_name: bundle.official_name.clone(),
            code: bundle.code.clone(),
            status: bundle.status,
            version: bundle.version.clone(),
            effective_on: bundle.effective_on.clone(),
            theme: bundle.theme.clone(),
            life_stage: bundle.life_stage.clone(),
            lead: bundle.lead.clone(),
            partners: plan
                .agencies
                .iter()
                .map(|agency| agency.name.as_str())
                .filter(|name| Some(*name) != lead)
                .map(str::to_owned)
                .collect(),
            audience: bundle.audience.clone(),
            items: plan
                .items
                .iter()
                .map(|item| Item {
                    name: item.name.clone(),
                    official_name: item.official_name.clone(),
                    agency: item.agency.clone(),
                })
                .collect(),
            materials,
            promise: bundle.promise,
            verdict: plan.summary.promise.as_ref().map(|proof| proof.verdict),
            scenarios: plan.scenarios.iter().map(CaseFigures::of).collect(),
            widest: CaseFigures::of(&plan.widest),
            needs: sharing::needs(view).into_iter().map(need).collect(),
            gaps: gaps::all(view).into_iter().map(gap).collect(),
            findings,
            files,
        }
    }

    /// Whether a file of this name was made of it, so that it can be linked.
    pub fn has(&self, file: &str) -> bool {
        self.files.iter().any(|own| own == file)
    }
}

impl CaseFigures {
    fn of(scenario: &Scenario) -> CaseFigures {
        CaseFigures {
            name: scenario.name.clone(),
            before: scenario.comparison.before.clone(),
            after: scenario.comparison.after.clone(),
            unit: scenario.schedule.unit.label(),
        }
    }
}
