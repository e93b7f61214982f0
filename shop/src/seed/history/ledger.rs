//! What the sales did to the stock, and the deliveries that made them possible.

use super::{chance::Chance, sale::Sale};
use domain::inventory::MovementKind;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// One movement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub(super) at: Timestamp,
    pub(super) ware: usize,
    pub(super) kind: MovementKind,
    pub(super) quantity: i32,
    pub(super) order: Option<Uuid>,
    pub(super) reason: &'static str,
}

/// Every movement of these sales, by time. Deliveries come in before something would be short; what is left of them at the end
/// is counted away, so that there is as much to be had as there was before.
pub(super) fn ledger(
    chance: &mut Chance,
    sales: &[(Uuid, Sale)],
    wares: usize,
    now: Timestamp,
) -> Vec<Move> {
    let mut moves: Vec<Move> = sales
        .iter()
        .flat_map(|(order, sale)| of_sale(*order, sale))
        .collect();
    moves.sort_by_key(|movement| movement.at);
    let supplied = supplies(chance, &moves, wares, now);
    moves.extend(supplied);
    // What comes in goes before what is taken at the same moment.
    moves.sort_by_key(|movement| (movement.at, availability(movement) < 0));
    moves
}

fn of_sale(order: Uuid, sale: &Sale) -> Vec<Move> {
    let course = &sale.course;
    let mut moves = Vec::with_capacity(sale.lines.len() * 3);
    let mut each = |at, kind, reason, quantities: &mut dyn Iterator<Item = i32>| {
        for (line, quantity) in sale.lines.iter().zip(quantities) {
            if quantity > 0 {
                moves.push(Move {
                    at,
                    ware: line.ware,
                    kind,
                    quantity,
                    order: Some(order),
                    reason,
                });
            }
        }
    };
    let bought = || sale.lines.iter().map(|line| line.quantity);
    each(sale.placed, MovementKind::Reserved, "", &mut bought());
    if let Some(paid) = course.paid {
        each(paid, MovementKind::Allocated, "", &mut bought());
    }
    match (course.cancelled, &course.refund) {
        (Some(at), Some(refund)) => {
            each(at, MovementKind::Deallocated, refund.reason, &mut bought());
        }
        (Some(at), None) => each(
            at,
            MovementKind::Released,
            "Not paid in time.",
            &mut bought(),
        ),
        (None, Some(refund)) if refund.restocked => {
            let mut units = refund.units.iter().map(|(units, _)| *units);
            each(
                refund.at,
                MovementKind::Restocked,
                refund.reason,
                &mut units,
            );
        }
        (None, _) => {}
    }
    for parcel in &course.parcels {
        let mut sent = parcel.quantities.iter().copied();
        each(parcel.at, MovementKind::Shipped, "", &mut sent);
    }
    moves
}

/// What a movement does to what is available.
fn availability(movement: &Move) -> i32 {
    let [on_hand, allocated, reserved] = movement.kind.deltas(movement.quantity);
    on_hand - allocated - reserved
}

/// The deliveries, and the counting at the end.
fn supplies(chance: &mut Chance, sold: &[Move], count: usize, now: Timestamp) -> Vec<Move> {
    let mut still_wanted = vec![0_i32; count];
    for step in sold {
        still_wanted[step.ware] -= availability(step).min(0);
    }
    let batches: Vec<i32> = still_wanted
        .iter()
        .map(|wanted| (wanted / 9).max(4))
        .collect();
    let mut available = vec![0_i32; count];
    let mut supplies = Vec::new();
    for step in sold {
        let (at, moved) = (step.ware, availability(step));
        if available[at] + moved < 0 {
            let short = -(available[at] + moved);
            let quantity = batches[at].min(still_wanted[at] - available[at]).max(short);
            let earlier = SignedDuration::from_mins(chance.between(60, 3 * 24 * 60));
            supplies.push(delivery(chance, step.at - earlier, at, quantity));
            available[at] += quantity;
        }
        available[at] += moved;
        still_wanted[at] += moved.min(0);
    }
    let left = (0_usize..).zip(available).filter(|(_, left)| *left > 0);
    supplies.extend(left.map(|(ware, left)| Move {
        at: now,
        ware,
        kind: MovementKind::Adjusted,
        quantity: -left,
        order: None,
        reason: "Counted the shelves: chipped, or sold as seconds",
    }));
    supplies
}

fn delivery(chance: &mut Chance, at: Timestamp, ware: usize, quantity: i32) -> Move {
    let reason = chance.of(&[
        "From the workshop",
        "A kiln load",
        "Ordered again",
        "Carried over by the maker",
    ]);
    Move {
        at,
        ware,
        kind: MovementKind::Received,
        quantity,
        order: None,
        reason,
    }
}
