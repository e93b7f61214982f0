//! The mails about an account.

use super::{
    Message,
    letter::{BUTTON, SOFT, TITLE, letter, plain_end},
};
use crate::accounts::Letter;
use domain::content::Chrome;
use maud::html;

/// What a mail says.
struct Words {
    subject: String,
    text: String,
    /// What the button says that leads on.
    button: &'static str,
    /// What to do about a mail that nobody waited for.
    unasked: &'static str,
}

impl Words {
    fn of(of: Letter, shop: &str) -> Self {
        const LEAVE_IT: &str = "If this was not you, leave it: nothing happens.";
        let (subject, text, button, unasked) = match of {
            Letter::Confirm => (
                format!("Your account at {shop}"),
                "One more step: confirm that this address is yours, with the password that you chose. The link holds for a day.".to_owned(),
                "Confirm the address",
                LEAVE_IT,
            ),
            Letter::Taken => (
                format!("You have an account at {shop} already"),
                "Somebody, probably you, has just asked for an account with this address. You have one already: sign in with it. If you have forgotten the password, the page has a way to choose another.".to_owned(),
                "Sign in",
                LEAVE_IT,
            ),
            Letter::Reset => (
                "Choose another password".to_owned(),
                format!("Somebody, probably you, has asked for another password at {shop}. The link holds for an hour, and once."),
                "Choose another password",
                "If this was not you, leave it: your password stays as it is.",
            ),
            Letter::NewEmail => (
                "Confirm your new address".to_owned(),
                format!("This address is to be that of an account at {shop}. Confirm it in the browser in which you are signed in. The link holds for a day."),
                "Confirm the address",
                LEAVE_IT,
            ),
            Letter::EmailAsked => (
                "Your account is to get another address".to_owned(),
                format!("Somebody who knows your password at {shop} has asked for mail to go to another address from now on. A mail there asks to confirm it."),
                "Look at your account",
                "If this was not you, choose another password now: that undoes it, and signs everybody out.",
            ),
            Letter::PasswordChanged => (
                "Your password was changed".to_owned(),
                format!("You have another password at {shop} from now on, and all other browsers were signed out."),
                "Look at your account",
                "If this was not you, choose another password by “Forgotten your password?”, and write to us.",
            ),
        };
        Self {
            subject,
            text,
            button,
            unasked,
        }
    }
}

pub(crate) fn account(of: Letter, to: &str, name: &str, way_on: &str, chrome: &Chrome) -> Message {
    let words = Words::of(of, &chrome.name);
    let hello = format!("Hello {name},");
    let rows = html! {
        tr { td style="padding:16px 24px" colspan="2" {
            h1 style=(TITLE) { (words.subject) }
            p { (hello) }
            p { (words.text) }
            p { a href=(way_on) style=(BUTTON) { (words.button) } }
            p style=(SOFT) { (words.unasked) }
        } }
    };
    Message {
        to: to.to_owned(),
        html: letter(&words.subject, chrome, &rows).into_string(),
        text: format!(
            "{hello}\n\n{}\n\n{}: {way_on}\n\n{}\n\n{}",
            words.text,
            words.button,
            words.unasked,
            plain_end(chrome)
        ),
        subject: words.subject,
    }
}
