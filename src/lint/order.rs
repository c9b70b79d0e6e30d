//! What comes out of one item and is asked for by another.

use crate::program::{Item, ItemId, Produced, Program, Row};

/// The other item that produces what `row` asks for, if the item that asks does not wait for it in any way.
pub fn hidden_producer<'p>(program: &'p Program<'_>, id: ItemId, row: &Row) -> Option<(ItemId, &'p Produced)> {
    // Of several documents another one may be at hand.
    let [document] = row.any_of[..] else { return None };
    let mut hidden = None;
    for (producer, result) in program.producers(document) {
        if result.holder != row.holder || never_together(program.item(id), row, program.item(producer), result) {
            continue;
        }
        if producer == id || program.preconditions.waits_for(id, producer) {
            return None;
        }
        hidden = hidden.or(Some((producer, result)));
    }
    hidden
}

/// Whether the material is never asked for in a case in which the other item produces it.
fn never_together(item: &Item, row: &Row, producer: &Item, result: &Produced) -> bool {
    let asked = [&item.when, &row.when];
    let produced = [&producer.when, &result.when];
    asked.into_iter().flatten().any(|a| produced.into_iter().flatten().any(|b| a.test.excludes(&b.test)))
}
