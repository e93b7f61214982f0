//! Taking a mail apart.

use mail_parser::{Address, MessageParser, MimeHeaders};

use super::store::{Envelope, Mail};

/// Reads a mail. One that is no mail at all keeps at least its envelope and source.
pub(super) fn mail(id: u64, envelope: Envelope, source: &[u8], now_ms: i64) -> Mail {
    let mut mail = Mail {
        id,
        received_at: jiff::Timestamp::from_millisecond(now_ms)
            .unwrap_or_default()
            .to_string(),
        from: envelope.from.clone(),
        envelope_from: envelope.from,
        to: envelope.to,
        subject: String::new(),
        text: None,
        html: None,
        headers: Vec::new(),
        attachments: Vec::new(),
        source: String::from_utf8_lossy(source).into_owned(),
    };
    let Some(message) = MessageParser::default().parse(source) else {
        return mail;
    };
    message
        .subject()
        .unwrap_or_default()
        .clone_into(&mut mail.subject);
    if let Some(from) = message.from().map(readable) {
        mail.from = from;
    }
    // A part that is only HTML also answers for the text, and the other way round: ask for the part itself.
    mail.text = message
        .text_bodies()
        .find(|part| part.is_text())
        .and_then(|part| part.text_contents())
        .map(str::to_owned);
    mail.html = message
        .html_bodies()
        .find(|part| part.is_text_html())
        .and_then(|part| part.text_contents())
        .map(str::to_owned);
    mail.headers = message
        .headers_raw()
        .map(|(name, value)| (name.to_owned(), unfold(value)))
        .collect();
    mail.attachments = message
        .attachments()
        .map(|part| part.attachment_name().unwrap_or("unnamed").to_owned())
        .collect();
    mail
}

fn readable(address: &Address<'_>) -> String {
    let one = |name: Option<&str>, mailbox: Option<&str>| match (name, mailbox) {
        (Some(name), Some(mailbox)) => format!("{name} <{mailbox}>"),
        (name, mailbox) => mailbox.or(name).unwrap_or_default().to_owned(),
    };
    address
        .iter()
        .map(|addr| one(addr.name(), addr.address()))
        .collect::<Vec<_>>()
        .join(", ")
}

fn unfold(value: &str) -> String {
    value
        .split("\r\n")
        .flat_map(|line| line.split('\n'))
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Envelope, mail};

    #[test]
    fn parts_and_encodings_are_read() {
        let source = b"From: =?utf-8?q?T=C3=A4rn?= <a@b.example>\r\nSubject: Your order\r\n =?utf-8?b?wqMxMg==?=\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\r\nTotal =C2=A312\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Total</p>\r\n--x--\r\n";
        let to = vec!["c@d.example".to_owned()];
        let mail = mail(
            1,
            Envelope {
                from: "a@b.example".to_owned(),
                to: to.clone(),
            },
            source,
            0,
        );
        assert_eq!(mail.from, "Tärn <a@b.example>");
        assert_eq!(mail.subject, "Your order £12");
        assert_eq!(mail.text.as_deref().map(str::trim), Some("Total £12"));
        assert_eq!(mail.html.as_deref().map(str::trim), Some("<p>Total</p>"));
        assert_eq!(mail.to, to);
        assert_eq!(mail.received_at, "1970-01-01T00:00:00Z");
    }

    #[test]
    fn a_plain_mail_has_no_html() {
        let mail = mail(1, Envelope::default(), b"Subject: x\r\n\r\nHello\r\n", 0);
        assert_eq!(
            (mail.text.as_deref().map(str::trim), mail.html),
            (Some("Hello"), None)
        );
    }
}
