//! An agent's papers: the letter of authority and the agent's identity belong together.

use super::Part;
use super::part::rows;
use crate::program::AgentPaper;
use crate::scenario::{Full, Scenarios, Set, Witness};

/// One of an agent's papers is asked for where the other is not.
#[derive(Debug)]
pub struct Unpaired {
    /// A row that asks for the one.
    pub row: Part,
    /// Which it is.
    pub paper: AgentPaper,
    /// Rows that ask for the other, but not there.
    pub others: Vec<Part>,
    /// Who is asked for the one only.
    pub witness: Witness,
}

impl Scenarios<'_, '_> {
    /// Rows without any condition are asked of everybody, which is a fault of its own: they have to be paired by nobody.
    pub(super) fn prove_papers(&mut self) -> Result<Vec<Unpaired>, Full> {
        let program = self.program;
        let mut papers: Vec<(AgentPaper, Part)> = Vec::new();
        for id in program.item_ids() {
            for part in rows(program, id) {
                let paper = part.row(program).and_then(|row| program.agent_paper(row));
                papers.extend(paper.filter(|paper| *paper != AgentPaper::Other).map(|paper| (paper, part)));
            }
        }
        let mut found = Vec::new();
        for paper in [AgentPaper::Letter, AgentPaper::Identity] {
            let of =
                |this: bool| papers.iter().filter(move |(other, _)| (*other == paper) == this).map(|(_, part)| *part);
            let others: Vec<Part> = of(false).collect();
            let given = self.diagram.any(others.iter().map(|&part| self.set_of(part)).collect::<Vec<_>>())?;
            let mut bad = Set::NONE;
            let mut first = None;
            for part in of(true) {
                let alone = others.is_empty();
                let item = part.item(program).map(Part::Item);
                let free = [Some(part), item].into_iter().flatten().all(|part| part.when(program).is_none());
                if free && !alone {
                    continue;
                }
                let set = self.diagram.and(self.set_of(part), self.served)?;
                let set = self.diagram.minus(set, given)?;
                first = first.or((!set.is_empty()).then_some(part));
                bad = self.diagram.or(bad, set)?;
            }
            let Some(row) = first else { continue };
            if let Some(witness) = self.witness(bad, self.served)? {
                found.push(Unpaired { row, paper, others, witness });
            }
        }
        Ok(found)
    }
}
