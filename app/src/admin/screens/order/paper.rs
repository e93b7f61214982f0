//! Sheets to print: the invoice, and the slip that lies in the parcel.

use crate::{Frame, admin::sheet};
use domain::orders::{Invoice, InvoiceLine, PackingSlip};
use leptos::prelude::*;

fn block(title: &'static str, lines: &[String]) -> AnyView {
    let lines = lines
        .iter()
        .map(|line| view! { {line.clone()} <br /> })
        .collect_view();
    view! {
        <div>
            <h2 class="soft tiny">{title}</h2>
            <address>{lines}</address>
        </div>
    }
    .into_any()
}

fn back(number: i64) -> AnyView {
    let href = format!("/admin/orders/{number}");
    view! {
        <p class="no-print">
            <a href=href>{format!("Back to order {number}")}</a>
            <span class="soft">" — print this page with your browser."</span>
        </p>
    }
    .into_any()
}

/// An invoice, as it was issued.
pub fn invoice(frame: &Frame, invoice: &Invoice) -> String {
    let title = format!("Invoice {}", invoice.number);
    sheet(frame, &title, || {
        let mut seller = vec![invoice.seller.clone()];
        seller.extend(invoice.seller_address.iter().cloned());
        seller.push(invoice.seller_email.clone());
        let paid = invoice
            .paid_at
            .as_ref()
            .map_or_else(String::new, |at| format!("Paid by card on {at}."));
        let rows = invoice.lines.iter().map(invoice_line).collect_view();
        let sent_elsewhere =
            (invoice.send_to != invoice.bill_to).then(|| block("Sent to", &invoice.send_to));
        view! {
            {back(invoice.order_number)}
            <header class="sheet__head">
                <div>
                    <h1>{title.clone()}</h1>
                    <p>{invoice.issued_on.clone()}</p>
                    <p class="soft">
                        {format!("Order {} of {}", invoice.order_number, invoice.ordered_on)}
                    </p>
                </div>
                {block("From", &seller)}
            </header>
            <div class="sheet__row">{block("To", &invoice.bill_to)} {sent_elsewhere}</div>
            <table class="sheet__table">
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col" class="end">
                            "Each"
                        </th>
                        <th scope="col" class="end">
                            "Quantity"
                        </th>
                        <th scope="col" class="end">
                            "Amount"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>{sums(invoice)}</tfoot>
            </table>
            <p>{paid}</p>
        }
    })
}

fn invoice_line(line: &InvoiceLine) -> AnyView {
    view! {
        <tr>
            <th scope="row">
                {line.name.clone()} <br /> <span class="soft tiny">{line.sku.clone()}</span>
            </th>
            <td class="end num">{line.unit.to_string()}</td>
            <td class="end num">{line.quantity}</td>
            <td class="end num">{line.subtotal.to_string()}</td>
        </tr>
    }
    .into_any()
}

fn sums(invoice: &Invoice) -> AnyView {
    let rate = f64::from(invoice.tax_rate) / 100.0;
    let mut rows = vec![("Things".to_owned(), invoice.subtotal.to_string())];
    if let Some((code, off)) = &invoice.discount {
        rows.push((format!("Code {code}"), format!("−{off}")));
    }
    let delivery = format!("Delivery, {}", invoice.shipping_name.to_lowercase());
    rows.push((delivery, invoice.shipping.to_string()));
    if !invoice.tax_added.is_zero() {
        let name = format!("{} at {rate}%", invoice.tax_name);
        rows.push((name, invoice.tax_added.to_string()));
    }
    rows.push(("Total".to_owned(), invoice.total.to_string()));
    if !invoice.tax_included.is_zero() {
        let name = format!("Of which {} at {rate}%", invoice.tax_name);
        rows.push((name, invoice.tax_included.to_string()));
    }
    rows.into_iter()
        .map(|(name, amount)| {
            let class = (name == "Total").then_some("strong");
            view! {
                <tr class=class>
                    <th scope="row" colspan="3" class="end">
                        {name}
                    </th>
                    <td class="end num">{amount}</td>
                </tr>
            }
        })
        .collect_view()
        .into_any()
}

/// What lies in the parcel.
pub fn packing_slip(frame: &Frame, slip: &PackingSlip) -> String {
    let title = format!("Packing slip of order {}", slip.order_number);
    sheet(frame, &title, || {
        let rows = slip
            .lines
            .iter()
            .map(|(sku, name, quantity)| {
                view! {
                    <tr>
                        <td class="sheet__tick" aria-hidden="true">
                            "☐"
                        </td>
                        <th scope="row">{name.clone()}</th>
                        <td class="num">{sku.clone()}</td>
                        <td class="end num">{*quantity}</td>
                    </tr>
                }
            })
            .collect_view();
        let parcel = match &slip.parcel {
            Some((position, by)) if by.is_empty() => format!("Parcel {position}"),
            Some((position, by)) => format!("Parcel {position}, by {by}"),
            None => format!("To be packed. {}", slip.shipping_name),
        };
        let elsewhere = (slip.elsewhere > 0).then(|| {
            let words = match slip.elsewhere {
                1 => "One more thing of this order comes by itself.".to_owned(),
                count => format!("{count} more things of this order come by themselves."),
            };
            view! { <p>{words}</p> }
        });
        view! {
            {back(slip.order_number)}
            <header class="sheet__head">
                <div>
                    <h1>{format!("Order {}", slip.order_number)}</h1>
                    <p>{slip.ordered_on.clone()}</p>
                    <p class="soft">{parcel}</p>
                </div>
                {block("To", &slip.send_to)}
            </header>
            <table class="sheet__table">
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="sr">"Packed"</span>
                        </th>
                        <th scope="col">"What"</th>
                        <th scope="col">"SKU"</th>
                        <th scope="col" class="end">
                            "Quantity"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {elsewhere}
        }
    })
}
