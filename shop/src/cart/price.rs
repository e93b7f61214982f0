//! What a cart costs in the shop's own country.

use super::db::{Snapshot, SnapshotLine};
use domain::{
    Currency, Money,
    cart::{Adjustment, CartLine, CartView, FreeDelivery, Quantity},
    checkout::{PricedLine, Totals},
};

/// The cart as its page shows it.
pub(crate) fn view(snapshot: &Snapshot, currency: Currency) -> CartView {
    let money = |minor| Money::new(minor, currency);
    let priced: Vec<PricedLine> = snapshot
        .lines
        .iter()
        .map(|line| PricedLine {
            unit: line.price,
            quantity: line.quantity,
        })
        .collect();
    let subtotal: i64 = priced
        .iter()
        .map(|line| line.unit * i64::from(line.quantity))
        .sum();
    let discount = snapshot
        .coupon
        .as_ref()
        .map_or(0, |coupon| coupon.discount(subtotal));
    let totals = Totals::of(&priced, discount, 0, &snapshot.home_tax);
    CartView {
        currency,
        count: snapshot.lines.iter().map(|line| line.quantity).sum(),
        subtotal: money(totals.subtotal),
        discount: snapshot
            .coupon
            .as_ref()
            .map(|coupon| (coupon.code.clone(), money(totals.discount))),
        ended_code: snapshot.ended_code.clone(),
        total: money(totals.total),
        tax_included: money(totals.tax_included),
        free_delivery: snapshot.free_over.map(|from| FreeDelivery {
            from: money(from),
            missing: money((from - totals.total).max(0)),
        }),
        lines: snapshot
            .lines
            .iter()
            .map(|line| cart_line(line, line.price, currency))
            .collect(),
    }
}

/// A row as a page shows it, one costing `unit`.
pub(crate) fn cart_line(line: &SnapshotLine, unit: i64, currency: Currency) -> CartLine {
    let available = if line.for_sale {
        line.available.clamp(0, Quantity::MAX)
    } else {
        0
    };
    CartLine {
        id: line.id,
        variant: line.variant,
        sku: line.sku.clone(),
        handle: line.handle.clone(),
        title: line.title.clone(),
        label: line.label.clone(),
        picture: line.picture.clone(),
        unit: Money::new(unit, currency),
        quantity: line.quantity,
        total: Money::new(unit * i64::from(line.quantity), currency),
        available,
        adjustment: adjustment(line, currency),
    }
}

fn adjustment(line: &SnapshotLine, currency: Currency) -> Option<Adjustment> {
    if !line.for_sale {
        Some(Adjustment::Withdrawn)
    } else if line.available <= 0 {
        Some(Adjustment::SoldOut)
    } else if line.available < line.quantity {
        Some(Adjustment::Only(line.available))
    } else if line.price != line.price_then {
        Some(Adjustment::PriceWas(Money::new(line.price_then, currency)))
    } else {
        None
    }
}
