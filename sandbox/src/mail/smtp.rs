//! The SMTP dialogue (RFC 5321), as far as a shop's mailer needs it. Every sender and recipient is welcome.

use std::sync::Arc;

use smtp_proto::request::receiver::DataReceiver;
use smtp_proto::{AUTH_LOGIN, Error, Request};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::store::{Envelope, MailFault};
use crate::sim::Sim;

/// As large as a mail may be.
const MOST_BYTES: usize = 25 * 1024 * 1024;
/// As long as a command may be.
const LONGEST_LINE: u64 = 4096;
const MOST_RECIPIENTS: usize = 100;

/// Takes connections for ever.
pub(crate) async fn serve(listener: TcpListener, sim: Arc<Sim>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(talk(stream, sim.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn talk(stream: TcpStream, sim: Arc<Sim>) {
    let (read, write) = stream.into_split();
    let mut dialogue = Dialogue {
        reader: BufReader::new(read),
        writer: write,
        sim,
        envelope: None,
        fault: None,
    };
    if let Err(error) = dialogue.run().await {
        tracing::debug!(%error, "a mail connection ended early");
    }
}

/// One connection.
struct Dialogue {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    sim: Arc<Sim>,
    /// The mail that is being sent, after `MAIL FROM`.
    envelope: Option<Envelope>,
    /// What this mail is to meet.
    fault: Option<MailFault>,
}

impl Dialogue {
    async fn run(&mut self) -> std::io::Result<()> {
        self.say("220 sandbox ESMTP").await?;
        while let Some(line) = self.read_line().await? {
            let request = match Request::parse(&mut line.iter()) {
                Ok(request) => request.into_owned(),
                Err(error) => {
                    self.say(complaint(&error)).await?;
                    continue;
                }
            };
            if !self.answer(request).await? {
                break;
            }
        }
        Ok(())
    }

    /// Answers a command; `false` ends the connection.
    async fn answer(&mut self, request: Request<String>) -> std::io::Result<bool> {
        match request {
            Request::Ehlo { .. } => {
                self.envelope = None;
                let size = format!("250-SIZE {MOST_BYTES}");
                for line in [
                    "250-sandbox",
                    "250-PIPELINING",
                    &size,
                    "250-8BITMIME",
                    "250-SMTPUTF8",
                ] {
                    self.say(line).await?;
                }
                self.say("250 AUTH PLAIN LOGIN").await?;
            }
            Request::Helo { .. } => self.say("250 sandbox").await?,
            Request::Auth {
                mechanism,
                initial_response,
            } => self.authenticate(mechanism, &initial_response).await?,
            Request::Mail { from } => self.begin(from.address, from.size).await?,
            Request::Rcpt { to } => self.recipient(to.address).await?,
            Request::Data => self.data().await?,
            Request::Rset => {
                self.envelope = None;
                self.say("250 2.0.0 Reset").await?;
            }
            Request::Noop { .. } => self.say("250 2.0.0 OK").await?,
            Request::Vrfy { .. } => self.say("252 2.5.2 Send it and see").await?,
            Request::Quit => {
                self.say("221 2.0.0 Goodbye").await?;
                return Ok(false);
            }
            _ => self.say("502 5.5.1 Not implemented").await?,
        }
        Ok(true)
    }

    /// Any name and password will do; neither is looked at.
    async fn authenticate(&mut self, mechanism: u64, initial: &str) -> std::io::Result<()> {
        let mut prompts: Vec<&str> = Vec::new();
        if mechanism == AUTH_LOGIN {
            if initial.is_empty() {
                prompts.push("334 VXNlcm5hbWU6");
            }
            prompts.push("334 UGFzc3dvcmQ6");
        } else if initial.is_empty() {
            prompts.push("334 ");
        }
        for prompt in prompts {
            self.say(prompt).await?;
            if self
                .read_line()
                .await?
                .is_none_or(|line| line.starts_with(b"*"))
            {
                return self.say("501 5.7.0 Cancelled").await;
            }
        }
        self.say("235 2.7.0 Welcome").await
    }

    async fn begin(&mut self, from: String, size: usize) -> std::io::Result<()> {
        if self.envelope.is_some() {
            return self.say("503 5.5.1 A mail is already begun").await;
        }
        if size > MOST_BYTES {
            return self.say("552 5.3.4 Too large").await;
        }
        self.fault = self.sim.mail.take_fault();
        if self.fault == Some(MailFault::Refuse) {
            return self.say("451 4.3.0 Try again later").await;
        }
        self.envelope = Some(Envelope {
            from,
            to: Vec::new(),
        });
        self.say("250 2.1.0 OK").await
    }

    async fn recipient(&mut self, address: String) -> std::io::Result<()> {
        let answer = match &mut self.envelope {
            None => "503 5.5.1 MAIL first",
            Some(_) if self.fault == Some(MailFault::Reject) => "550 5.1.1 No such mailbox",
            Some(envelope) if envelope.to.len() == MOST_RECIPIENTS => {
                "452 4.5.3 Too many recipients"
            }
            Some(envelope) => {
                envelope.to.push(address);
                "250 2.1.5 OK"
            }
        };
        self.say(answer).await
    }

    async fn data(&mut self) -> std::io::Result<()> {
        let Some(envelope) = self
            .envelope
            .take()
            .filter(|envelope| !envelope.to.is_empty())
        else {
            return self.say("503 5.5.1 RCPT first").await;
        };
        self.say("354 Go on, end with a dot").await?;
        let Some(source) = self.read_mail().await? else {
            return self.say("552 5.3.4 Too large").await;
        };
        if self.fault == Some(MailFault::Hang) {
            std::future::pending::<()>().await;
        }
        let id = self
            .sim
            .mail
            .add(envelope, &source, self.sim.clock.now_ms());
        self.say(&format!("250 2.0.0 Kept as {id}")).await
    }

    /// The mail up to its final dot, dots unstuffed. `None` when it is too large.
    async fn read_mail(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let (mut receiver, mut mail, mut too_large) = (DataReceiver::new(), Vec::new(), false);
        loop {
            let chunk = self.reader.fill_buf().await?;
            if chunk.is_empty() {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let mut bytes = chunk.iter();
            let complete = receiver.ingest(&mut bytes, &mut mail);
            let used = chunk.len() - bytes.as_slice().len();
            self.reader.consume(used);
            too_large |= mail.len() > MOST_BYTES;
            if complete {
                return Ok((!too_large).then_some(mail));
            }
            if too_large {
                // Read on to the end without keeping it; the receiver looks back two bytes at most.
                let keep = mail.len().saturating_sub(2);
                mail.drain(..keep);
            }
        }
    }

    /// One line with its end. `None` at the end of the connection or after too long a line.
    async fn read_line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        (&mut self.reader)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .await?;
        Ok(line.ends_with(b"\n").then_some(line))
    }

    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        self.writer
            .write_all(format!("{line}\r\n").as_bytes())
            .await
    }
}

fn complaint(error: &Error) -> &'static str {
    match error {
        Error::UnknownCommand => "500 5.5.2 Unknown command",
        Error::InvalidSenderAddress => "553 5.1.7 Bad sender address",
        Error::InvalidRecipientAddress => "553 5.1.3 Bad recipient address",
        Error::UnsupportedParameter { .. } => "555 5.5.4 Unsupported parameter",
        _ => "501 5.5.4 Syntax error",
    }
}
