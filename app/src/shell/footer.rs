//! The footer.

use super::wordmark;
use crate::Frame;
use domain::content::Link;
use leptos::prelude::*;

pub(super) fn footer(frame: &Frame) -> impl IntoView + use<> {
    let chrome = &frame.chrome;
    let columns = chrome.footer.iter().map(|column| {
        view! {
            <div>
                <h2>{column.title.clone()}</h2>
                <ul>{links(&column.links)}</ul>
            </div>
        }
    });
    let columns = (!chrome.footer.is_empty()).then(|| {
        view! {
            <nav class="site-footer__cols" aria-label="Footer">
                {columns.collect_view()}
            </nav>
        }
    });
    let tagline = (!chrome.tagline.is_empty())
        .then(|| view! { <p class="display display--xl">{chrome.tagline.clone()}</p> });
    let phone = (!chrome.phone.is_empty()).then(|| {
        let number: String = chrome
            .phone
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .collect();
        view! {
            <br />
            <a href=format!("tel:{number}")>{chrome.phone.clone()}</a>
        }
    });
    let address = chrome
        .address
        .iter()
        .map(|line| view! { {line.clone()} <br /> });
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <div class="site-footer__top">
                    <div class="site-footer__who">
                        {tagline}
                        <address>
                            {address.collect_view()} {email(&chrome.email)}
                            {phone}
                        </address>
                    </div>
                    {columns}
                </div>
                <div class="site-footer__base">{wordmark(&chrome.name)} {legal(frame)}</div>
            </div>
        </footer>
    }
}

/// The footer of the checkout.
pub(super) fn slim(frame: &Frame) -> impl IntoView + use<> {
    view! {
        <footer class="site-footer site-footer--slim">
            <div class="wrap">
                <ul class="row">
                    {links(&frame.chrome.legal)} <li>
                        {email(&frame.chrome.email)}
                    </li>
                </ul>
            </div>
        </footer>
    }
}

fn legal(frame: &Frame) -> impl IntoView + use<> {
    let links = frame.chrome.legal.iter().map(|link| {
        view! {
            <a href=link.href.clone()>{link.label.clone()}</a>
        }
    });
    let tax = frame.chrome.tax_name.as_ref();
    let tax = tax.map(|tax| format!(" Prices include {tax}."));
    view! { <p class="row"><span>"© " {frame.chrome.name.clone()} "." {tax}</span> <a href="/account">"Your account"</a> {links.collect_view()}</p> }
}

/// The address that shoppers write to; nothing where it is not known.
fn email(address: &str) -> impl IntoView + use<> {
    (!address.is_empty())
        .then(|| view! { <a href=format!("mailto:{address}")>{address.to_owned()}</a> })
}

fn links(links: &[Link]) -> impl IntoView + use<> {
    links
        .iter()
        .map(|link| {
            view! {
                <li>
                    <a href=link.href.clone()>{link.label.clone()}</a>
                </li>
            }
        })
        .collect_view()
}
