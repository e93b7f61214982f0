//! Sales as the rows of the database that tell of them.

use super::{
    chance::Chance,
    market::{Market, Person},
    sale::{Refund, Sale, accounts},
};
use domain::{
    Currency, Money,
    checkout::{Address, Arrival},
    fulfilment::{LineAccount, fulfilment_status},
    orders::{EventKind, FulfilmentStatus, OrderStatus, PaymentStatus},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
pub(super) struct CartRow {
    id: Uuid,
    token_hash: Option<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
    completed_at: Option<Timestamp>,
}

#[derive(Serialize)]
pub(super) struct OrderRow<'a> {
    pub(super) id: Uuid,
    number: i64,
    token: String,
    cart_id: Uuid,
    customer_id: Option<Uuid>,
    status: OrderStatus,
    payment_status: PaymentStatus,
    fulfilment_status: FulfilmentStatus,
    email: &'a str,
    currency: Currency,
    subtotal: i64,
    discount: i64,
    shipping: i64,
    shipping_tax: i64,
    tax_name: &'a str,
    tax_rate: u32,
    tax_included: i64,
    tax_added: i64,
    total: i64,
    coupon_code: Option<&'a str>,
    shipping_code: &'a str,
    shipping_name: &'a str,
    arrival: Arrival,
    shipping_address: &'a Address,
    skus: String,
    items: i32,
    placed_at: Timestamp,
    paid_at: Option<Timestamp>,
    cancelled_at: Option<Timestamp>,
    updated_at: Timestamp,
    version: usize,
}

#[derive(Serialize)]
pub(super) struct LineRow {
    id: Uuid,
    order_id: Uuid,
    position: usize,
    variant_id: Uuid,
    unit_price: i64,
    quantity: i32,
    subtotal: i64,
    discount: i64,
    tax: i64,
    fulfilled: i32,
    withdrawn: i32,
    refunded: i32,
}

#[derive(Serialize)]
pub(super) struct EventRow {
    order_id: Uuid,
    kind: EventKind,
    detail: String,
    note: &'static str,
    at: Timestamp,
    staff_id: Option<Uuid>,
    staff_name: String,
}

#[derive(Serialize)]
pub(super) struct PaymentRow {
    id: Uuid,
    order_id: Uuid,
    status: &'static str,
    amount: i64,
    currency: Currency,
    card_brand: Option<&'static str>,
    card_last4: Option<String>,
    created_at: Timestamp,
    expires_at: Timestamp,
    ended_at: Timestamp,
}

#[derive(Serialize)]
pub(super) struct ParcelRow {
    id: Uuid,
    order_id: Uuid,
    position: usize,
    carrier: &'static str,
    tracking: String,
    staff_id: Option<Uuid>,
    created_at: Timestamp,
}

#[derive(Serialize)]
pub(super) struct ParcelLineRow {
    fulfilment_id: Uuid,
    order_line_id: Uuid,
    quantity: i32,
}

#[derive(Serialize)]
pub(super) struct RefundRow {
    id: Uuid,
    payment_id: Uuid,
    order_id: Uuid,
    amount: i64,
    shipping: i64,
    adjustment: i64,
    reason: &'static str,
    staff_id: Option<Uuid>,
    staff_name: String,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Serialize)]
pub(super) struct RefundLineRow {
    refund_id: Uuid,
    order_line_id: Uuid,
    quantity: i32,
    unsent: i32,
    amount: i64,
    restocked: bool,
}

/// The rows of some sales, table by table.
#[derive(Default)]
pub(super) struct Rows<'a> {
    pub(super) carts: Vec<CartRow>,
    pub(super) orders: Vec<OrderRow<'a>>,
    pub(super) lines: Vec<LineRow>,
    pub(super) events: Vec<EventRow>,
    pub(super) payments: Vec<PaymentRow>,
    pub(super) parcels: Vec<ParcelRow>,
    pub(super) parcel_lines: Vec<ParcelLineRow>,
    pub(super) refunds: Vec<RefundRow>,
    pub(super) refund_lines: Vec<RefundLineRow>,
}

/// What the rows of a sale are made with.
pub(super) struct Books<'a> {
    pub(super) market: &'a Market,
    pub(super) currency: Currency,
    pub(super) zone: &'a TimeZone,
    /// Who worked here: nobody, or some of the staff.
    pub(super) staff: Vec<(Uuid, String)>,
}

/// How long a pay page was open.
const OPEN: SignedDuration = SignedDuration::from_mins(35);

impl<'a> Books<'a> {
    /// Writes a sale down, under this number.
    pub(super) fn write(
        &self,
        rows: &mut Rows<'a>,
        chance: &mut Chance,
        sale: &'a Sale,
        person: &'a Person,
        (id, number): (Uuid, i64),
    ) {
        let cart = carts(rows, chance, sale);
        let lines: Vec<Uuid> = sale
            .lines
            .iter()
            .map(|_| chance.id(sale.placed.as_millisecond()))
            .collect();
        let after = after(sale);
        let worker = self.worker(chance);
        let events = rows.events.len();
        self.events(rows, sale, id, worker);
        let order = self.order(sale, person, cart, (id, number), &after);
        rows.orders.push(OrderRow {
            version: rows.events.len() - events,
            ..order
        });
        self.lines(rows, sale, id, &lines, &after);
        parcels(rows, chance, sale, id, &lines, worker);
        self.money(rows, chance, sale, id, &lines, worker);
    }

    fn worker(&self, chance: &mut Chance) -> (Option<Uuid>, &str) {
        if self.staff.is_empty() {
            return (None, "The shop");
        }
        let (id, name) = chance.of(&self.staff);
        (Some(*id), name)
    }

    fn order(
        &self,
        sale: &'a Sale,
        person: &'a Person,
        cart_id: Uuid,
        (id, number): (Uuid, i64),
        after: &[LineAccount],
    ) -> OrderRow<'a> {
        let terms = &self.market.terms[person.place];
        let (totals, course) = (&sale.totals, &sale.course);
        let skus: Vec<&str> = sale
            .lines
            .iter()
            .map(|line| self.market.wares[line.ware].sku.as_str())
            .collect();
        let today = sale.placed.to_zoned(self.zone.clone()).date();
        OrderRow {
            id,
            number,
            token: crate::Token::generate().into_text(),
            cart_id,
            customer_id: person.account.map(|(id, _)| id),
            status: status(sale, after),
            payment_status: payment_status(sale),
            fulfilment_status: fulfilment_status(after),
            email: &person.email,
            currency: self.currency,
            subtotal: totals.subtotal,
            discount: totals.discount,
            shipping: totals.shipping,
            shipping_tax: totals.shipping_tax,
            tax_name: &terms.tax.name,
            tax_rate: terms.tax.rate,
            tax_included: totals.tax_included,
            tax_added: totals.tax_added,
            total: totals.total,
            coupon_code: sale.coupon.as_deref(),
            shipping_code: &sale.method.code,
            shipping_name: &sale.method.name,
            arrival: Arrival::between(today, sale.method.min_days, sale.method.max_days),
            shipping_address: &person.address,
            skus: skus.join(" "),
            items: sale.lines.iter().map(|line| line.quantity).sum(),
            placed_at: sale.placed,
            paid_at: course.paid,
            cancelled_at: course.cancelled,
            updated_at: latest(sale),
            version: 1,
        }
    }

    fn lines(
        &self,
        rows: &mut Rows<'_>,
        sale: &Sale,
        order: Uuid,
        ids: &[Uuid],
        after: &[LineAccount],
    ) {
        for (at, line) in sale.lines.iter().enumerate() {
            let total = sale.totals.lines[at];
            rows.lines.push(LineRow {
                id: ids[at],
                order_id: order,
                position: at + 1,
                variant_id: self.market.wares[line.ware].variant,
                unit_price: total.unit,
                quantity: total.quantity,
                subtotal: total.subtotal,
                discount: total.discount,
                tax: total.tax,
                fulfilled: after[at].fulfilled,
                withdrawn: after[at].withdrawn,
                refunded: after[at].refunded,
            });
        }
    }

    /// The payment and what of it went back. Neither has a name at Stripe: nobody can ask Stripe about them, and nobody does.
    fn money(
        &self,
        rows: &mut Rows<'_>,
        chance: &mut Chance,
        sale: &Sale,
        order: Uuid,
        lines: &[Uuid],
        (staff_id, staff_name): (Option<Uuid>, &str),
    ) {
        let payment = chance.id(sale.placed.as_millisecond());
        let paid = sale.course.paid;
        rows.payments.push(PaymentRow {
            id: payment,
            order_id: order,
            status: if paid.is_some() {
                "succeeded"
            } else {
                "expired"
            },
            amount: sale.totals.total,
            currency: self.currency,
            card_brand: paid.map(|_| *chance.of(&["visa", "visa", "mastercard", "amex"])),
            card_last4: paid.map(|_| format!("{:04}", chance.between(0, 9_999))),
            created_at: sale.placed,
            expires_at: sale.placed + OPEN,
            ended_at: paid.unwrap_or(sale.placed + OPEN),
        });
        let Some(refund) = &sale.course.refund else {
            return;
        };
        let id = chance.id(refund.at.as_millisecond());
        rows.refunds.push(RefundRow {
            id,
            payment_id: payment,
            order_id: order,
            amount: refund.amount(),
            shipping: refund.shipping,
            adjustment: refund.adjustment,
            reason: refund.reason,
            staff_id,
            staff_name: staff_name.to_owned(),
            created_at: refund.at,
            updated_at: refund.at,
        });
        let unsent = sale.course.parcels.is_empty();
        let units = refund.units.iter().zip(lines);
        rows.refund_lines
            .extend(units.filter(|((quantity, _), _)| *quantity > 0).map(
                |((quantity, amount), line)| RefundLineRow {
                    refund_id: id,
                    order_line_id: *line,
                    quantity: *quantity,
                    unsent: if unsent { *quantity } else { 0 },
                    amount: *amount,
                    restocked: refund.restocked,
                },
            ));
    }

    /// Its timeline, in the words that the shop itself uses.
    fn events(
        &self,
        rows: &mut Rows<'_>,
        sale: &Sale,
        order: Uuid,
        (staff_id, staff_name): (Option<Uuid>, &str),
    ) {
        let course = &sale.course;
        let mut events: Vec<(Timestamp, EventKind, String, &'static str, bool)> = vec![
            (sale.placed, EventKind::Placed, String::new(), "", false),
            (
                sale.placed,
                EventKind::PaymentStarted,
                String::new(),
                "",
                false,
            ),
        ];
        if let Some(at) = course.paid {
            events.push((at, EventKind::Paid, String::new(), "", false));
        }
        match (course.cancelled, &course.refund) {
            (Some(at), Some(refund)) => {
                let back = self.money_of(refund);
                let did = format!("cancelled the order and refunded {back}");
                events.push((at, EventKind::Cancelled, did, refund.reason, true));
            }
            (Some(at), None) => {
                events.push((at, EventKind::PaymentExpired, String::new(), "", false));
                let why = "Not paid in time.".to_owned();
                events.push((at, EventKind::Cancelled, why, "", false));
            }
            (None, Some(refund)) => {
                let did = format!("refunded {}", self.money_of(refund));
                events.push((refund.at, EventKind::RefundAsked, did, refund.reason, true));
            }
            (None, None) => {}
        }
        if let Some(refund) = &course.refund {
            let told = format!("{} went back.", self.money_of(refund));
            events.push((refund.at, EventKind::Refunded, told, "", false));
        }
        for parcel in &course.parcels {
            events.push((
                parcel.at,
                EventKind::Fulfilled,
                sent_in_words(sale, parcel),
                "",
                true,
            ));
        }
        if let Some(at) = course.disputed {
            let told = "The buyer’s bank asks for the money back.".to_owned();
            events.push((at, EventKind::Disputed, told, "", false));
        }
        if let Some((at, note)) = course.note {
            events.push((at, EventKind::Noted, String::new(), note, true));
        }
        events.sort_by_key(|event| event.0);
        rows.events.extend(
            events
                .into_iter()
                .map(|(at, kind, detail, note, by_staff)| EventRow {
                    order_id: order,
                    kind,
                    detail,
                    note,
                    at,
                    staff_id: staff_id.filter(|_| by_staff),
                    staff_name: if by_staff {
                        staff_name.to_owned()
                    } else {
                        String::new()
                    },
                }),
        );
    }

    fn money_of(&self, refund: &Refund) -> Money {
        Money::new(refund.amount(), self.currency)
    }
}

const CARRIER: &str = "Royal Mail";

fn sent_in_words(sale: &Sale, parcel: &super::sale::Parcel) -> String {
    let count: i32 = parcel.quantities.iter().sum();
    let all: i32 = sale.lines.iter().map(|line| line.quantity).sum();
    let things = if all == 1 { "thing" } else { "things" };
    let what = if count == all {
        format!("all {all}")
    } else {
        format!("{count} of {all}")
    };
    format!("sent {what} {things} by {CARRIER}, {}", parcel.tracking)
}

/// The cart that it was, and those that others left standing at about the same time.
fn carts(rows: &mut Rows<'_>, chance: &mut Chance, sale: &Sale) -> Uuid {
    let begun = sale.placed - SignedDuration::from_secs(chance.between(60, 7_200));
    let id = chance.id(begun.as_millisecond());
    let paid = sale.course.paid;
    rows.carts.push(CartRow {
        id,
        token_hash: paid.is_none().then(|| left_standing(chance)),
        created_at: begun,
        updated_at: paid.unwrap_or(sale.placed),
        completed_at: paid,
    });
    for _ in 0..chance.between(1, 3) {
        let at = sale.placed - SignedDuration::from_secs(chance.between(0, 20_000));
        rows.carts.push(CartRow {
            id: chance.id(at.as_millisecond()),
            token_hash: Some(left_standing(chance)),
            created_at: at,
            updated_at: at,
            completed_at: None,
        });
    }
    id
}

fn parcels(
    rows: &mut Rows<'_>,
    chance: &mut Chance,
    sale: &Sale,
    order: Uuid,
    lines: &[Uuid],
    (staff_id, _): (Option<Uuid>, &str),
) {
    for (at, parcel) in sale.course.parcels.iter().enumerate() {
        let id = chance.id(parcel.at.as_millisecond());
        rows.parcels.push(ParcelRow {
            id,
            order_id: order,
            position: at + 1,
            carrier: CARRIER,
            tracking: parcel.tracking.clone(),
            staff_id,
            created_at: parcel.at,
        });
        let sent = lines.iter().zip(&parcel.quantities);
        rows.parcel_lines
            .extend(
                sent.filter(|(_, quantity)| **quantity > 0)
                    .map(|(line, quantity)| ParcelLineRow {
                        fulfilment_id: id,
                        order_line_id: *line,
                        quantity: *quantity,
                    }),
            );
    }
}

/// What a cookie that nobody has any more would hash to.
fn left_standing(chance: &mut Chance) -> String {
    let half = |chance: &mut Chance| chance.id(0).simple().to_string();
    format!("\\x{}{}", half(chance), half(chance))
}

/// What became of each row.
fn after(sale: &Sale) -> Vec<LineAccount> {
    let mut lines = accounts(sale);
    for parcel in &sale.course.parcels {
        for (line, quantity) in lines.iter_mut().zip(&parcel.quantities) {
            line.fulfilled += quantity;
        }
    }
    if let Some(refund) = &sale.course.refund {
        for (line, (units, worth)) in lines.iter_mut().zip(&refund.units) {
            line.refunded = *units;
            line.given_back = *worth;
            if line.fulfilled == 0 {
                line.withdrawn = *units;
            } else {
                line.returned = *units;
                line.restocked = if refund.restocked { *units } else { 0 };
            }
        }
    }
    lines
}

fn status(sale: &Sale, after: &[LineAccount]) -> OrderStatus {
    if sale.course.cancelled.is_some() {
        OrderStatus::Cancelled
    } else if after.iter().any(|line| line.to_send() > 0) {
        OrderStatus::Open
    } else {
        OrderStatus::Completed
    }
}

fn payment_status(sale: &Sale) -> PaymentStatus {
    match (&sale.course.refund, sale.course.disputed, sale.course.paid) {
        (_, _, None) => PaymentStatus::Unpaid,
        (_, Some(_), _) => PaymentStatus::Disputed,
        (Some(refund), ..) if refund.amount() >= sale.totals.total => PaymentStatus::Refunded,
        (Some(_), ..) => PaymentStatus::PartiallyRefunded,
        _ => PaymentStatus::Paid,
    }
}

/// When something happened to it last.
fn latest(sale: &Sale) -> Timestamp {
    let course = &sale.course;
    let moments = [
        course.paid,
        course.cancelled,
        course.disputed,
        course.refund.as_ref().map(|refund| refund.at),
        course.parcels.last().map(|parcel| parcel.at),
    ];
    moments.into_iter().flatten().fold(sale.placed, Ord::max)
}
