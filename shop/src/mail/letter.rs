//! What every mail looks like: the shop's name above, and how to reach it below.

use domain::content::Chrome;
use maud::{DOCTYPE, Markup, html};

// Mail programs know no style sheets: colours and spaces stand where they are used.
const GROUND: &str = "margin:0;padding:0;background:#f6f3ee;color:#26221d;font:16px/1.5 -apple-system,'Segoe UI',Helvetica,Arial,sans-serif";
const SHEET: &str = "width:100%;max-width:560px;margin:0 auto;border-collapse:collapse";
pub(super) const CELL: &str = "padding:12px 24px;vertical-align:top";
pub(super) const AMOUNT: &str =
    "padding:12px 24px;vertical-align:top;text-align:right;white-space:nowrap";
pub(super) const SOFT: &str = "color:#6b645a";
pub(super) const RULE: &str = "border-top:1px solid #ddd6cb";
pub(super) const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:4px;background:#1f4a47;color:#ffffff;text-decoration:none";
pub(super) const TITLE: &str = "margin:0;font:28px/1.2 Georgia,'Times New Roman',serif";

/// A mail made of these rows, each of two columns.
pub(super) fn letter(title: &str, chrome: &Chrome, rows: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { (title) }
            }
            body style=(GROUND) {
                table role="presentation" style=(SHEET) {
                    tr { td style="padding:32px 24px 8px" colspan="2" {
                        p style="margin:0;font:20px/1 Georgia,serif" { (chrome.name) }
                    } }
                    (rows)
                    tr { td style=(format!("padding:24px;{SOFT};font-size:14px")) colspan="2" {
                        p { "Questions? Answer this mail, or write to " a href=(format!("mailto:{}", chrome.email)) { (chrome.email) } "." }
                        p { (chrome.name) ", " (chrome.address.join(", ")) }
                    } }
                }
            }
        }
    }
}

/// The last lines of a mail as plain text.
pub(super) fn plain_end(chrome: &Chrome) -> String {
    format!(
        "Questions? Answer this mail, or write to {}.\n{}, {}\n",
        chrome.email,
        chrome.name,
        chrome.address.join(", ")
    )
}
