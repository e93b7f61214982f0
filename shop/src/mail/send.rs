//! Handing mail over to a server.

use super::Message;
use crate::{Error, Result, Shop, content::mailbox, core::settings::MailSettings};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message as Letter, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use std::time::Duration;
use uuid::Uuid;

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(20);

impl Shop {
    /// Hands a mail over, from whom the settings say.
    pub(crate) async fn post(&self, id: Uuid, message: &Message) -> Result<()> {
        let from = match mailbox(self.db()).await? {
            Some((name, email)) => {
                let name = (!name.is_empty()).then_some(name);
                let address = email.parse().map_err(|_| {
                    Error::Mail("the sender of the settings is no address".to_owned())
                })?;
                Some(Mailbox::new(name, address))
            }
            None => None,
        };
        self.mailer().send(id, from, message).await
    }
}

/// The mail server.
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    pub(crate) fn new(settings: &MailSettings) -> Result<Self> {
        let fault = |error: &dyn std::fmt::Display| Error::Mail(error.to_string());
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.smtp_url.0)
            .map_err(|error| fault(&error))?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self {
            transport,
            from: settings.from.parse().map_err(|error| fault(&error))?,
        })
    }

    /// Hands a mail over. Its id is what tells a mail that comes twice from two; its sender is the one that the owner set,
    /// or else the one that the process was started with.
    async fn send(&self, id: Uuid, from: Option<Mailbox>, message: &Message) -> Result<()> {
        let letter = Letter::builder()
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .from(from.unwrap_or_else(|| self.from.clone()))
            .to(message.to.parse().map_err(|_| {
                Error::Mail("the recipient's address cannot be written to".to_owned())
            })?)
            .subject(&message.subject)
            .multipart(MultiPart::alternative_plain_html(
                message.text.clone(),
                message.html.clone(),
            ))
            .map_err(|error| Error::Mail(error.to_string()))?;
        match tokio::time::timeout(PATIENCE, self.transport.send(letter)).await {
            Ok(Ok(_)) => Ok(()),
            // The server's text may hold the address.
            Ok(Err(error)) if error.is_permanent() => {
                Err(Error::Mail("the server refused it".to_owned()))
            }
            Ok(Err(_)) => Err(Error::Mail("the server did not take it".to_owned())),
            Err(_) => Err(Error::Mail("the server took too long".to_owned())),
        }
    }

    /// Whether the server answers.
    pub(crate) async fn check(&self) -> Result<()> {
        match tokio::time::timeout(PATIENCE, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(_) => Err(Error::Mail("the server does not answer".to_owned())),
            Err(_) => Err(Error::Mail("the server took too long".to_owned())),
        }
    }
}
