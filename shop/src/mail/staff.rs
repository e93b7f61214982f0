//! The mails to the staff: links by which a password is chosen.

use super::{
    Message,
    letter::{BUTTON, TITLE, letter, plain_end},
};
use crate::staff::LinkKind;
use domain::content::Chrome;
use maud::html;

/// The mail with a link.
pub(crate) fn staff_link(
    to: &str,
    name: &str,
    kind: LinkKind,
    link: &str,
    chrome: &Chrome,
) -> Message {
    let (title, words, button) = match kind {
        LinkKind::Invitation => (
            format!("{} invites you", chrome.name),
            format!(
                "Hello {name}, you have been asked to help run {}. Choose a password, and you are in. The link holds for seven days.",
                chrome.name
            ),
            "Choose a password",
        ),
        LinkKind::Reset => (
            "Choose another password".to_owned(),
            format!(
                "Hello {name}, somebody asked for another password for you at {}. The link holds for an hour. If that was not you, leave it: your password stays as it is.",
                chrome.name
            ),
            "Choose another password",
        ),
    };
    let rows = html! {
        tr { td style="padding:16px 24px" colspan="2" {
            h1 style=(TITLE) { (title) }
            p { (words) }
            p { a href=(link) style=(BUTTON) { (button) } }
        } }
    };
    Message {
        to: to.to_owned(),
        subject: title.clone(),
        html: letter(&title, chrome, &rows).into_string(),
        text: format!("{words}\n\n{link}\n\n{}", plain_end(chrome)),
    }
}
