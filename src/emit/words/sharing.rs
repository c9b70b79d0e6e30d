//! Which e-licences and shared data a bundle needs, connected or not.

use super::view::{View, material_name};
use yijianshi_core::model::Origin;
use yijianshi_core::plan::{Material, Mechanism, Node, NodeKind};

/// A paper that an agency can get without the applicant.
#[derive(Debug)]
pub struct Need<'a> {
    /// Which.
    pub material: &'a Material,
    /// In what way.
    pub way: Way,
    /// Whether it works already: the applicant need not hand it in.
    pub connected: bool,
    /// Who provides it, if that is said.
    pub provider: Option<&'a str>,
}

/// How an agency gets a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From a library of e-licences.
    ELicence,
    /// As shared data, or checked against the issuer's.
    Data,
    /// From the agency that makes it within the bundle.
    Result,
}

impl Way {
    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Way::ELicence => "电子证照",
            Way::Data => "数据共享或核验",
            Way::Result => "办理结果传递",
        }
    }
}

/// All of them, in the order of the material list.
pub fn needs(view: View<'_>) -> Vec<Need<'_>> {
    view.plan.materials.iter().filter_map(need).collect()
}

fn need(material: &Material) -> Option<Need<'_>> {
    let issuer = material.issuer.as_deref();
    let Some(exemption) = &material.exemption else {
        let way = if material.e_licence { Way::ELicence } else { Way::Data };
        return (material.origin == Some(Origin::Government)).then_some(Need {
            material,
            way,
            connected: false,
            provider: issuer,
        });
    };
    let way = match exemption.mechanism {
        Mechanism::ELicence => Way::ELicence,
        Mechanism::DataShare => Way::Data,
        Mechanism::ProducedInBundle => Way::Result,
        _ => return None,
    };
    Some(Need { material, way, connected: true, provider: exemption.provider.as_deref().or(issuer) })
}

impl Need<'_> {
    /// The paper, with its holder.
    pub fn name(&self) -> String {
        material_name(self.material)
    }

    /// The system that it comes from.
    pub fn system(&self) -> Option<&str> {
        self.material.exemption.as_ref()?.system.as_deref()
    }
}

/// The agencies that run items, without repetition.
pub fn users<'a>(view: View<'a>, items: &[String]) -> Vec<&'a str> {
    let mut users = Vec::new();
    for agency in items.iter().filter_map(|id| view.item(id)?.agency.as_deref()) {
        if !users.contains(&agency) {
            users.push(agency);
        }
    }
    users
}

/// The steps that an agency takes part in.
pub fn steps<'a>(view: View<'a>, agency: &str) -> Vec<&'a Node> {
    let flow = &view.plan.flow;
    let lane = flow.lanes.iter().find(|lane| lane.name == agency);
    let takes = |node: &&Node| lane.is_some_and(|lane| node.lanes.contains(&lane.id));
    let work = |node: &&Node| matches!(node.kind, NodeKind::Item | NodeKind::Joint);
    flow.nodes.iter().filter(takes).filter(work).collect()
}
