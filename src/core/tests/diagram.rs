//! The decision diagram against a BDD library and against enumeration.

use std::collections::BTreeSet;

use crate::scenario::{Budget, Diagram, Full, Set, Var};
use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use proptest::prelude::*;

/// What makes a set of others.
#[derive(Debug, Clone)]
enum Expr {
    /// The variable has one of these values.
    Literal(usize, BTreeSet<u32>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Forget(Box<Expr>, BTreeSet<usize>),
    Given(Box<Expr>, usize, u32),
}

const VARS: usize = 6;

fn expr() -> impl Strategy<Value = Expr> {
    let leaf =
        (0..VARS, prop::collection::btree_set(0..5u32, 0..4)).prop_map(|(var, values)| Expr::Literal(var, values));
    leaf.prop_recursive(6, 48, 2, |inner| {
        let boxed = inner.prop_map(Box::new);
        prop_oneof![
            3 => (boxed.clone(), boxed.clone()).prop_map(|(a, b)| Expr::And(a, b)),
            3 => (boxed.clone(), boxed.clone()).prop_map(|(a, b)| Expr::Or(a, b)),
            1 => (boxed.clone(), boxed.clone()).prop_map(|(a, b)| Expr::Minus(a, b)),
            1 => boxed.clone().prop_map(Expr::Not),
            1 => (boxed.clone(), prop::collection::btree_set(0..VARS, 0..3)).prop_map(|(a, vars)| Expr::Forget(a, vars)),
            1 => (boxed, 0..VARS, 0..5u32).prop_map(|(a, var, value)| Expr::Given(a, var, value)),
        ]
    })
}

fn domains() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(1..5u32, VARS)
}

fn ours(diagram: &mut Diagram, expr: &Expr) -> Result<Set, Full> {
    match expr {
        Expr::Literal(var, values) => diagram.literal(*var, |value| values.contains(&value)),
        Expr::And(a, b) => {
            let (a, b) = (ours(diagram, a)?, ours(diagram, b)?);
            diagram.and(a, b)
        }
        Expr::Or(a, b) => {
            let (a, b) = (ours(diagram, a)?, ours(diagram, b)?);
            diagram.or(a, b)
        }
        Expr::Minus(a, b) => {
            let (a, b) = (ours(diagram, a)?, ours(diagram, b)?);
            diagram.minus(a, b)
        }
        Expr::Not(a) => {
            let a = ours(diagram, a)?;
            diagram.not(a)
        }
        Expr::Forget(a, vars) => {
            let a = ours(diagram, a)?;
            diagram.forget(a, &|var: Var| vars.contains(&var))
        }
        Expr::Given(a, var, value) => {
            let a = ours(diagram, a)?;
            let value = value % diagram.values(*var);
            diagram.given(a, *var, value)
        }
    }
}

/// The same over one Boolean a value, exactly one of which is true for each variable.
struct Theirs {
    set: BddVariableSet,
    of: Vec<Vec<BddVariable>>,
    /// Each variable has exactly one value.
    valid: Bdd,
}

impl Theirs {
    fn new(domains: &[u32]) -> Self {
        let set = BddVariableSet::new_anonymous(domains.iter().sum::<u32>() as u16);
        let mut all = set.variables().into_iter();
        let of: Vec<Vec<_>> = domains.iter().map(|&n| all.by_ref().take(n as usize).collect()).collect();
        let valid = of.iter().fold(set.mk_true(), |valid, own| {
            let one = own.iter().fold(set.mk_false(), |one, &chosen| {
                let only = own.iter().fold(set.mk_true(), |only, &var| only.and(&set.mk_literal(var, var == chosen)));
                one.or(&only)
            });
            valid.and(&one)
        });
        Theirs { set, of, valid }
    }

    fn make(&self, expr: &Expr) -> Bdd {
        match expr {
            Expr::Literal(var, values) => {
                let own = self.of[*var].iter().enumerate().filter(|(value, _)| values.contains(&(*value as u32)));
                own.fold(self.set.mk_false(), |any, (_, &var)| any.or(&self.set.mk_var(var))).and(&self.valid)
            }
            Expr::And(a, b) => self.make(a).and(&self.make(b)),
            Expr::Or(a, b) => self.make(a).or(&self.make(b)),
            Expr::Minus(a, b) => self.make(a).and_not(&self.make(b)),
            Expr::Not(a) => self.valid.and_not(&self.make(a)),
            Expr::Forget(a, vars) => {
                let forgotten: Vec<_> = vars.iter().flat_map(|&var| self.of[var].clone()).collect();
                self.make(a).exists(&forgotten).and(&self.valid)
            }
            Expr::Given(a, var, value) => {
                let own = &self.of[*var];
                let chosen = own[*value as usize % own.len()];
                self.make(a).and(&self.set.mk_var(chosen)).exists(own).and(&self.valid)
            }
        }
    }

    fn valuation(&self, values: &[u32]) -> biodivine_lib_bdd::BddValuation {
        let bits =
            self.of.iter().zip(values).flat_map(|(own, &chosen)| (0..own.len()).map(move |v| v == chosen as usize));
        biodivine_lib_bdd::BddValuation::new(bits.collect())
    }
}

/// All assignments of values.
fn scenarios(domains: &[u32]) -> Vec<Vec<u32>> {
    domains.iter().fold(vec![Vec::new()], |all, &n| {
        all.into_iter().flat_map(|values| (0..n).map(move |value| [&values[..], &[value]].concat())).collect()
    })
}

fn matches(values: &[u32], path: &[(Var, u32)]) -> bool {
    path.iter().all(|&(var, value)| values[var] == value)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn sets_are_what_a_bdd_library_says((domains, expr) in (domains(), expr())) {
        let mut diagram = Diagram::new(domains.clone(), Budget::default());
        let set = ours(&mut diagram, &expr).unwrap();
        let theirs = Theirs::new(&domains);
        let bdd = theirs.make(&expr);
        let inside: Vec<_> = scenarios(&domains)
            .into_iter()
            .filter(|values| {
                let inside = diagram.contains(set, values);
                assert_eq!(inside, bdd.eval_in(&theirs.valuation(values)), "{values:?}");
                inside
            })
            .collect();
        prop_assert_eq!(diagram.count(set), Some(inside.len() as u128));
        prop_assert_eq!(bdd.exact_cardinality().to_string(), inside.len().to_string());
        prop_assert_eq!(set.is_empty(), bdd.is_false());
        // Membership depends on a variable if and only if changing it alone can matter.
        let depends = |var: usize| scenarios(&domains).iter().any(|values| {
            (0..domains[var]).any(|value| {
                let mut other = values.clone();
                other[var] = value;
                diagram.contains(set, values) != diagram.contains(set, &other)
            })
        });
        prop_assert_eq!(diagram.support(set), (0..VARS).filter(|&var| depends(var)).collect::<Vec<_>>());
        match diagram.shortest(set) {
            None => prop_assert!(inside.is_empty()),
            Some(path) => {
                let all = scenarios(&domains);
                prop_assert!(all.iter().filter(|values| matches(values, &path)).all(|values| diagram.contains(set, values)));
                prop_assert!(!inside.is_empty());
            }
        }
    }

    #[test]
    fn one_set_has_one_representation((domains, a, b) in (domains(), expr(), expr())) {
        let mut diagram = Diagram::new(domains.clone(), Budget::default());
        let (first, second) = (ours(&mut diagram, &a).unwrap(), ours(&mut diagram, &b).unwrap());
        let equal = scenarios(&domains).iter().all(|v| diagram.contains(first, v) == diagram.contains(second, v));
        prop_assert_eq!(first == second, equal);
        prop_assert_eq!(diagram.within(first, second).unwrap(), {
            scenarios(&domains).iter().all(|v| !diagram.contains(first, v) || diagram.contains(second, v))
        });
    }

    #[test]
    fn a_budget_is_kept((domains, expr, children, steps) in (domains(), expr(), 0..60usize, 0..60usize)) {
        let budget = Budget { children, steps };
        let mut small = Diagram::new(domains.clone(), budget);
        let mut large = Diagram::new(domains.clone(), Budget::default());
        let whole = ours(&mut large, &expr).unwrap();
        // What a small budget still allows is right.
        if let Ok(set) = ours(&mut small, &expr) {
            prop_assert!(scenarios(&domains).iter().all(|v| small.contains(set, v) == large.contains(whole, v)));
        }
    }
}

/// Pairs that stand far apart: the textbook case in which a diagram grows exponentially.
#[test]
fn entangled_sets_end_at_the_budget() {
    let count = 26;
    let mut diagram = Diagram::new(vec![2; 2 * count], Budget::default());
    let found = (0..count).try_fold(Set::NONE, |found, pair| {
        let (a, b) = (diagram.literal(pair, |value| value == 1)?, diagram.literal(pair + count, |value| value == 1)?);
        let both = diagram.and(a, b)?;
        diagram.or(found, both)
    });
    assert_eq!(found, Err(Full));
}
