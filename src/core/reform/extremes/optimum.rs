//! The scenario in which a sum over sets is greatest.
//!
//! Branch and bound over the answers: what is left of each set under the answers so far; parts that share no question are solved by
//! themselves, a part that was met before is not solved again, and an answer that is nowhere better than another is left out. The
//! bound counts sets that exclude each other only once (as in the maximum satisfiability problem: C. M. Li, F. Manyà, J. Planes,
//! *New Inference Rules for Max-SAT*, 2007). The work is limited: what was not decided then is bounded.
//!
//! It is then said as found value and bound, never as an exact figure.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::scenario::{Diagram, Full, Set, Var};

/// How good a variable is to branch on: settled, how much its values disagree, how much hangs on it.
type Rank = (bool, i64, i64);

/// Less than any sum: the bound where nobody is. Far from the end of the numbers, so that it can be added.
const NOBODY: i64 = -(1 << 50);

/// What was found.
#[derive(Debug, Clone)]
pub struct Optimum {
    /// The greatest sum that was found; none may be found only if the effort was used up, or nobody is there.
    pub best: Option<i64>,
    /// No sum is greater; the same if the search came to its end.
    pub bound: i64,
    /// Answers that give the best one, whatever the others are.
    pub answers: Vec<(Var, u32)>,
}

/// The greatest sum of the weights (none negative) of the sets that a scenario is in, over the scenarios that are in all of `within`.
/// `effort`: how much may be computed.
pub fn greatest(diagram: &mut Diagram, sets: &[(i64, Set)], within: &[Set], effort: usize) -> Result<Optimum, Full> {
    let mut search = Search { diagram, looks: FxHashMap::default(), solved: FxHashMap::default(), left: effort };
    let mut state = State { sets: sets.to_vec(), within: within.to_vec(), sure: 0 };
    if !search.settle(&mut state) {
        return Ok(Optimum { best: None, bound: NOBODY, answers: Vec::new() });
    }
    let Found { best, bound, answers } = search.solve_all(state, NOBODY)?;
    Ok(Optimum { best, bound, answers })
}

/// What is left to decide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct State {
    /// Sets with their weights, by set, each once; neither empty nor everything.
    sets: Vec<(i64, Set)>,
    /// Sets that the scenario has to be in, likewise.
    within: Vec<Set>,
    /// What is sure already.
    sure: i64,
}

#[derive(Debug, Clone)]
struct Found {
    /// The greatest sum met; `None` if none was met that counts.
    best: Option<i64>,
    bound: i64,
    answers: Vec<(Var, u32)>,
}

/// A set from the side of one of its variables.
#[derive(Debug)]
struct Look {
    var: Var,
    /// What is left of the set for each value.
    left: Vec<Set>,
    /// For each value those whose rest is within this one's.
    over: Vec<u64>,
}

struct Search<'d> {
    diagram: &'d mut Diagram,
    looks: FxHashMap<Set, Rc<[Look]>>,
    /// Parts solved, with their bounds: exact if they have a best.
    solved: FxHashMap<State, Found>,
    left: usize,
}

impl Search<'_> {
    /// Brings a state into its one form; `false` if nobody is left.
    fn settle(&mut self, state: &mut State) -> bool {
        state.within.retain(|set| *set != Set::ALL);
        state.within.sort_unstable();
        state.within.dedup();
        if state.within.first().is_some_and(|set| set.is_empty()) {
            return false;
        }
        state.sure += state.sets.iter().filter(|(_, set)| *set == Set::ALL).map(|(weight, _)| weight).sum::<i64>();
        state.sets.retain(|(weight, set)| *set != Set::ALL && !set.is_empty() && *weight != 0);
        state.sets.sort_unstable_by_key(|(_, set)| *set);
        state.sets.dedup_by(|next, kept| {
            let same = next.1 == kept.1;
            kept.0 += if same { next.0 } else { 0 };
            same
        });
        true
    }

    fn looks(&mut self, set: Set) -> Result<Rc<[Look]>, Full> {
        if let Some(known) = self.looks.get(&set) {
            return Ok(known.clone());
        }
        let mut looks = Vec::new();
        for var in self.diagram.support(set) {
            let count = self.diagram.values(var);
            let mut left = Vec::with_capacity(count as usize);
            for value in 0..count {
                left.push(self.diagram.given(set, var, value)?);
            }
            // Where there are very many values, only equal ones are known to be no better.
            let mut over = vec![0u64; left.len()];
            for (a, over) in over.iter_mut().enumerate().take(64) {
                for (b, other) in left.iter().enumerate().take(64) {
                    if left[a] == *other || self.diagram.within(*other, left[a])? {
                        *over |= 1 << b;
                    }
                }
            }
            self.left = self.left.saturating_sub(left.len());
            looks.push(Look { var, left, over });
        }
        let looks: Rc<[Look]> = looks.into();
        self.looks.insert(set, looks.clone());
        Ok(looks)
    }

    /// Splits a state into parts that share no variable.
    fn parts(&mut self, state: State) -> Result<Vec<State>, Full> {
        let mut group_of: FxHashMap<Var, usize> = FxHashMap::default();
        let mut groups: Vec<usize> = Vec::new();
        fn root(groups: &[usize], mut group: usize) -> usize {
            while groups[group] != group {
                group = groups[group];
            }
            group
        }
        let mut own = Vec::with_capacity(state.sets.len() + state.within.len());
        for set in state.sets.iter().map(|(_, set)| *set).chain(state.within.iter().copied()) {
            let looks = self.looks(set)?;
            let mut group = groups.len();
            groups.push(group);
            for look in looks.iter() {
                let other = root(&groups, *group_of.entry(look.var).or_insert(group));
                let (low, high) = (group.min(other), group.max(other));
                groups[high] = low;
                group = low;
            }
            own.push(group);
        }
        let mut parts: Vec<(usize, State)> = Vec::new();
        for (index, group) in own.into_iter().enumerate() {
            let group = root(&groups, group);
            let place = match parts.iter().position(|(other, _)| *other == group) {
                Some(place) => place,
                None => {
                    parts.push((group, State { sets: Vec::new(), within: Vec::new(), sure: 0 }));
                    parts.len() - 1
                }
            };
            match state.sets.get(index) {
                Some(&entry) => parts[place].1.sets.push(entry),
                None => parts[place].1.within.push(state.within[index - state.sets.len()]),
            }
        }
        Ok(parts.into_iter().map(|(_, part)| part).collect())
    }

    /// Which sets want which values of each variable: those for which something is left of them. Only where that is not all.
    fn wants(&mut self, state: &State) -> Result<Vec<Vec<(usize, u64)>>, Full> {
        let mut wants: Vec<Vec<(usize, u64)>> = vec![Vec::new(); self.diagram.variables()];
        for (index, &(_, set)) in state.sets.iter().enumerate() {
            for look in self.looks(set)?.iter().filter(|look| look.left.len() <= 64) {
                let values = look.left.iter().enumerate();
                let mask = values.fold(0u64, |mask, (value, left)| mask | (u64::from(!left.is_empty()) << value));
                if mask.count_ones() as usize != look.left.len() {
                    wants[look.var].push((index, mask));
                }
            }
        }
        Ok(wants)
    }

    /// At most so much: everything, less what sets take from each other that want different values of one variable.
    fn bound(&mut self, state: &State) -> Result<i64, Full> {
        let wants = self.wants(state)?;
        let mut free: Vec<i64> = state.sets.iter().map(|(weight, _)| *weight).collect();
        let total: i64 = free.iter().sum();
        let mut vars: Vec<(i64, Var)> =
            wants.iter().enumerate().map(|(var, wants)| (quarrel(wants, &free).0, var)).collect();
        vars.retain(|(loss, _)| *loss > 0);
        // Where the quarrel is greatest it is settled first; what a set gives there it cannot lose elsewhere.
        vars.sort_unstable_by_key(|&(loss, var)| (std::cmp::Reverse(loss), var));
        let mut lost = 0;
        for (_, var) in vars {
            let (loss, kept, mut spare) = quarrel(&wants[var], &free);
            if loss == 0 {
                continue;
            }
            lost += loss;
            for &(index, mask) in &wants[var] {
                // What wins by more than it has to keeps the rest.
                let back = if mask == 1 << kept { spare.min(free[index]) } else { 0 };
                free[index] = back;
                spare -= back;
            }
        }
        Ok(total - lost)
    }

    /// The variable to decide next, with the values that are not surely worse than others.
    fn choose(&mut self, state: &State) -> Result<Option<(Var, Vec<u32>)>, Full> {
        let count = self.diagram.variables();
        let mut over: Vec<Option<Vec<u64>>> = vec![None; count];
        let mut weight = vec![0i64; count];
        let weights = state.sets.iter().copied().chain(state.within.iter().map(|set| (0, *set)));
        for (own, set) in weights {
            for look in self.looks(set)?.iter() {
                weight[look.var] += own;
                match &mut over[look.var] {
                    Some(known) => known.iter_mut().zip(&look.over).for_each(|(known, own)| *known &= own),
                    none => *none = Some(look.over.clone()),
                }
            }
        }
        let wants = self.wants(state)?;
        let free: Vec<i64> = state.sets.iter().map(|(weight, _)| *weight).collect();
        let mut chosen: Option<(Rank, Var, Vec<u32>)> = None;
        for (var, over) in over.iter().enumerate() {
            let Some(over) = over else { continue };
            let worse = |b: usize| {
                (0..over.len().min(64)).any(|a| {
                    let (covers, back) = (over[a] >> b & 1 == 1, over[b] >> a & 1 == 1);
                    b < 64 && a != b && covers && (!back || a < b)
                })
            };
            let values: Vec<u32> = (0..over.len()).filter(|&value| !worse(value)).map(|value| value as u32).collect();
            let rank = (values.len() == 1, quarrel(&wants[var], &free).0, weight[var]);
            if chosen.as_ref().is_none_or(|(known, ..)| *known < rank) {
                chosen = Some((rank, var, values));
            }
        }
        Ok(chosen.map(|(_, var, values)| (var, values)))
    }

    /// Solves parts that share no variable, if together they may come to more than `enough`.
    fn solve_all(&mut self, state: State, enough: i64) -> Result<Found, Full> {
        let sure = state.sure;
        let parts = self.parts(state)?;
        let mut bounds = Vec::with_capacity(parts.len());
        for part in &parts {
            bounds.push(self.bound(part)?);
        }
        let mut all = Found { best: Some(sure), bound: sure + bounds.iter().sum::<i64>(), answers: Vec::new() };
        for (part, bound) in parts.into_iter().zip(bounds) {
            if all.bound <= enough {
                return Ok(Found { best: None, ..all });
            }
            let found = self.solve(part, enough.saturating_sub(all.bound - bound))?;
            all.bound -= bound - found.bound;
            all.best = all.best.zip(found.best).map(|(all, own)| all + own);
            all.answers.extend(found.answers);
            if all.best.is_none() {
                return Ok(all);
            }
        }
        Ok(all)
    }

    /// Solves a part, if it may come to more than `enough`; without a best it does not, or the effort is used up.
    fn solve(&mut self, state: State, enough: i64) -> Result<Found, Full> {
        if let Some(known) = self.solved.get(&state)
            && (known.best.is_some() || known.bound <= enough)
        {
            return Ok(known.clone());
        }
        let bound = self.bound(&state)?;
        let none = Found { best: None, bound, answers: Vec::new() };
        let cost = 1 + state.sets.len() / 8;
        if bound <= enough || self.left < cost {
            return Ok(none);
        }
        self.left -= cost;
        let Some((var, values)) = self.choose(&state)? else {
            return Ok(Found { best: Some(0), bound: 0, answers: Vec::new() });
        };
        let mut children = Vec::new();
        for value in values {
            let mut child = state.clone();
            for set in child.sets.iter_mut().map(|(_, set)| set).chain(&mut child.within) {
                let looks = self.looks(*set)?;
                *set = looks.iter().find(|look| look.var == var).map_or(*set, |look| look.left[value as usize]);
            }
            if self.settle(&mut child) {
                children.push((child.sure + self.bound(&child)?, value, child));
            }
        }
        children.sort_by_key(|(bound, value, _)| (std::cmp::Reverse(*bound), *value));
        let mut found = Found { best: None, bound: NOBODY, answers: Vec::new() };
        for (bound, value, child) in children {
            let least = enough.max(found.best.unwrap_or(NOBODY));
            if bound <= least {
                found.bound = found.bound.max(bound);
                continue;
            }
            let mut own = self.solve_all(child, least)?;
            found.bound = found.bound.max(own.bound);
            if own.best > found.best {
                found.best = own.best;
                own.answers.push((var, value));
                found.answers = own.answers;
            }
        }
        // Nobody is here.
        found.bound = found.bound.max(found.best.unwrap_or(NOBODY));
        if (found.best.is_none() || found.best == Some(found.bound)) && self.left > 0 && state.sets.len() <= 64 {
            self.solved.insert(state, found.clone());
        }
        Ok(found)
    }
}

/// How much is lost at least where sets want these values of one variable; the value that loses least, and by how much it is ahead.
fn quarrel(wants: &[(usize, u64)], free: &[i64]) -> (i64, u32, i64) {
    let mut loads = [0i64; 64];
    let mut total = 0;
    for &(index, mask) in wants {
        total += free[index];
        let mut rest = mask;
        while rest != 0 {
            loads[rest.trailing_zeros() as usize] += free[index];
            rest &= rest - 1;
        }
    }
    let (mut kept, mut second) = (0, i64::MIN);
    for value in 1..64 {
        if loads[value] > loads[kept] {
            second = loads[kept];
            kept = value;
        } else {
            second = second.max(loads[value]);
        }
    }
    (total - loads[kept], kept as u32, loads[kept] - second.max(0))
}
