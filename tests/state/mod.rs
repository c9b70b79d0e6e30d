//! The state of a case by brute force, straight from what the language means: nothing of the compiler is used, nothing is clever.
//! The compiler's figures, ledgers and proofs are to be held against it. What is written here is a reading; where the language
//! leaves a choice, the one is taken that states nothing false, and named here.
//!
//! **Before** is `state` without causes, **after** is `state` with all of them; a ledger is what causes change one after the other.
//! A count (papers, kinds, forms, fields, steps, visits) is a list of entries, each whose it is before and after and why that
//! differs, so a count and its ledger are one thing. A time is a length in one unit or the list of what is missing for it.
//!
//! **Time of an item.** The sum of the counted stages that are there, if there is at least one and each has a length; else its
//! 时限, unless the condition of a stage does not hold in this case; else unknown. The same after the measures: a stage that a
//! measure drops, or moves behind the decision, is not there, but that alone does not make a 时限 invalid; if measures leave no
//! counted stage at all, the length is unknown. min(own, 至) of an unknown length is unknown.
//!
//! **Order.** An item whose counted stages have lengths is a row of tasks, else it is one block. Who waits for a stage inside a
//! block waits for something of unknown length; for the last stage, or if a measure really shortened the item, for its end; for a
//! stage that is behind the decision, for the end. Who waits for a stage that is not there waits for the one before it, or for what
//! the item waits for. An item merged into another leaves no edges to it: who waited for it waits for the other, and the other, if it
//! did so itself, for what the merged one waited for. Joint work is one task if at least two of its members have the stage and all of
//! them are rows of stages, lengths included that the work itself gives; else it changes no time, but is one visit and one activity.
//!
//! **Papers.** Passed on is what an item issues for whose end the asking item waits in the very graph from which the time comes.
//! Who took over a row that asks for his own paper asks nobody. Of originals and of copies as many stay as the one wants who wants
//! most. A declared capability exempts by itself. Rows that are not necessary count. A list of the bundle that is complete stands
//! for items that list nothing, after; before, they are unknown. Forms are known where materials are. No field is taken for filled in
//! unless 数据免填写 says so.
//!
//! **Visits and steps.** An item is done online if its 办理形式 is nothing but 网上, or a measure says so. Being there to hand in,
//! for acceptance or delivery is no visit of its own. Agencies or stages that are not written make both sides unknown.

mod activity;
mod build;
mod calendar;
mod checks;
mod duration;
mod figures;
mod generate;
mod golden;
mod laws;
mod ledger;
mod model;
mod order;
mod papers;
mod view;
mod write;
mod written;
