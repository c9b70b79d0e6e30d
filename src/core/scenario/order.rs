//! In which order a diagram asks: what conditions join should stand close together, or diagrams grow (F. A. Aloul, I. L. Markov,
//! K. A. Sakallah, *FORCE: A Fast and Easy-To-Implement Variable-Ordering Heuristic*, 2003).

use super::diagram::Var;
use crate::program::{Program, Test};

/// Rounds after which the order is taken as it is.
const ROUNDS: usize = 32;
/// Places are multiples of this, so that means of places can be whole numbers.
const UNIT: u64 = 1 << 20;

/// The variables that each condition joins, with those of the item that it belongs to and of the questions that decide whether its
/// own are asked. `of`: the variables of each question.
pub fn joined(program: &Program<'_>, of: &[Vec<Var>]) -> Vec<Vec<Var>> {
    let mut groups = Vec::new();
    for (item, cond) in program.conditions() {
        let mut vars = Vec::new();
        let outer = item.and_then(|item| program.item(item).when.as_ref());
        for test in std::iter::once(&cond.test).chain(outer.map(|outer| &outer.test)) {
            variables(test, of, &mut vars);
        }
        groups.push(vars);
    }
    for (index, question) in program.questions.iter().enumerate() {
        let mut vars = of[index].clone();
        question.when.iter().for_each(|when| variables(&when.test, of, &mut vars));
        groups.push(vars);
    }
    for group in &mut groups {
        group.sort_unstable();
        group.dedup();
    }
    groups.retain(|group| group.len() > 1);
    groups.sort_unstable();
    groups.dedup();
    groups
}

fn variables(test: &Test, of: &[Vec<Var>], found: &mut Vec<Var>) {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| variables(part, of, found)),
        Test::Not(part) => variables(part, of, found),
        Test::Includes(question, option) => found.push(of[question.index()][*option]),
        Test::Yes(question) | Test::OneOf(question, _) | Test::Number(question, ..) | Test::Date(question, ..) => {
            found.extend(&of[question.index()]);
        }
        Test::Unknown => {}
    }
}

/// The order: each group is pulled together towards its middle, until that brings nothing more. Starts from the order given.
pub fn order(count: usize, groups: &[Vec<Var>]) -> Vec<Var> {
    let mut best: Vec<Var> = (0..count).collect();
    let mut least = span(&best, groups);
    let mut order = best.clone();
    for _ in 0..ROUNDS {
        let mut place = vec![0u64; count];
        order.iter().enumerate().for_each(|(at, &var)| place[var] = at as u64 * UNIT);
        let mut pulled = vec![(0u64, 0u64); count];
        for group in groups {
            let middle = group.iter().map(|&var| place[var]).sum::<u64>() / group.len() as u64;
            for &var in group {
                pulled[var].0 += middle;
                pulled[var].1 += 1;
            }
        }
        let to = |var: Var| pulled[var].0.checked_div(pulled[var].1).unwrap_or(place[var]);
        order.sort_by_key(|&var| (to(var), place[var]));
        let reached = span(&order, groups);
        if reached >= least {
            break;
        }
        least = reached;
        best.clone_from(&order);
    }
    best
}

/// How far apart the groups' variables stand, all together.
fn span(order: &[Var], groups: &[Vec<Var>]) -> u64 {
    let mut place = vec![0u64; order.len()];
    order.iter().enumerate().for_each(|(at, &var)| place[var] = at as u64);
    let of = |group: &Vec<Var>| {
        let places = group.iter().map(|&var| place[var]);
        places.clone().max().unwrap_or(0) - places.min().unwrap_or(0)
    };
    groups.iter().map(of).sum()
}
