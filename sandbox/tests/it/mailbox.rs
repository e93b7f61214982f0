//! The mailbox, by lettre and by hand.

use std::time::Duration;

use lettre::message::MultiPart;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sandbox::{MailFault, Sandbox};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::common::{Bench, SOON};

fn mailer(sandbox: &Sandbox) -> AsyncSmtpTransport<Tokio1Executor> {
    let addr = sandbox.smtp_addr();
    AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(addr.ip().to_string())
        .port(addr.port())
        .timeout(Some(Duration::from_secs(1)))
        .build()
}

fn mail(to: &str) -> Message {
    let text = "Thank you.\n\n.A line with a dot\n2 × Belly mug — £48.00";
    let html = "<html><head></head><body><p>Thank you, <a href=\"http://shop.example/\">see your order</a></p></body></html>";
    Message::builder()
        .from("Tarn & Tallow <orders@shop.example>".parse().unwrap())
        .to(to.parse().unwrap())
        .subject("Your order №1042 — thank you")
        .multipart(MultiPart::alternative_plain_html(
            text.to_owned(),
            html.to_owned(),
        ))
        .unwrap()
}

#[tokio::test]
async fn a_mail_comes_and_is_shown() {
    let bench = Bench::start().await;
    let waiting = bench.control.wait_for_mail("shopper@example.com", SOON);
    let sending = async {
        mailer(&bench.sandbox)
            .send(mail("Ada <shopper@example.com>"))
            .await
            .unwrap();
    };
    let (mail, ()) = tokio::join!(waiting, sending);
    let mail = mail.unwrap();
    assert_eq!(mail.subject, "Your order №1042 — thank you");
    assert_eq!(mail.from, "Tarn & Tallow <orders@shop.example>");
    assert_eq!(mail.envelope_from, "orders@shop.example");
    assert!(
        mail.text
            .as_deref()
            .unwrap()
            .contains("\n.A line with a dot"),
        "{:?}",
        mail.text
    );
    assert!(mail.html.as_deref().unwrap().contains("see your order"));

    let list = bench.page("/mail").await;
    assert!(
        list.text.contains("Your order №1042 — thank you")
            && list.text.contains("shopper@example.com")
    );
    let page = bench.page("/mail/1").await;
    assert!(page.text.contains("sandbox=\"allow-popups") && page.text.contains("2 × Belly mug"));
    let html = bench.page("/mail/1/html").await;
    assert!(
        html.header("content-security-policy")
            .unwrap()
            .contains("sandbox allow-popups")
    );
    assert!(html.text.contains("<base target=\"_blank\">"));
    assert!(
        bench
            .page("/mail/1/source")
            .await
            .text
            .contains("Content-Type: multipart/alternative")
    );
    let json = bench.page("/mail/1.json").await.json();
    assert_eq!(json["to"][0], "shopper@example.com");
    assert!(
        json["headers"]
            .as_array()
            .unwrap()
            .iter()
            .any(|header| header[0] == "Subject")
    );
    assert_eq!(
        bench
            .page("/mail.json")
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    bench.submit("/mail/delete", &[]).await;
    assert!(bench.control.mails().is_empty());
}

#[tokio::test]
async fn a_mail_that_is_there_already_is_found() {
    let bench = Bench::start().await;
    mailer(&bench.sandbox)
        .send(mail("Shopper@Example.com"))
        .await
        .unwrap();
    assert!(
        bench
            .control
            .wait_for_mail("shopper@example.com", SOON)
            .await
            .is_some()
    );
    assert!(
        bench
            .control
            .wait_for_mail("nobody@example.com", Duration::from_millis(50))
            .await
            .is_none()
    );
}

#[tokio::test]
async fn names_and_passwords_are_accepted() {
    let bench = Bench::start().await;
    for mechanism in [Mechanism::Plain, Mechanism::Login] {
        let addr = bench.sandbox.smtp_addr();
        let mailer = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(addr.ip().to_string())
            .port(addr.port())
            .credentials(Credentials::new(
                "anybody".to_owned(),
                "anything".to_owned(),
            ))
            .authentication(vec![mechanism])
            .build();
        mailer.send(mail("a@example.com")).await.unwrap();
    }
    assert_eq!(bench.control.mails().len(), 2);
}

#[tokio::test]
async fn mail_is_refused_rejected_or_left_hanging() {
    let bench = Bench::start().await;
    bench.control.mail_fault(MailFault::Refuse, 2);
    for _ in 0..2 {
        let refused = mailer(&bench.sandbox)
            .send(mail("a@example.com"))
            .await
            .unwrap_err();
        assert!(refused.is_transient(), "{refused:?}");
    }
    bench.control.mail_fault(MailFault::Reject, 1);
    assert!(
        mailer(&bench.sandbox)
            .send(mail("a@example.com"))
            .await
            .unwrap_err()
            .is_permanent()
    );
    bench.control.mail_fault(MailFault::Hang, 1);
    // The mailer's own timeout is for connecting only.
    let hanging = mailer(&bench.sandbox);
    let hanging = hanging.send(mail("a@example.com"));
    assert!(
        tokio::time::timeout(Duration::from_millis(300), hanging)
            .await
            .is_err()
    );
    let over_http = bench
        .http
        .post(bench.url("/_control/mail/faults"))
        .json(&serde_json::json!({ "fault": "refuse", "times": 9 }));
    assert_eq!(over_http.send().await.unwrap().status(), 200);
    bench.control.clear_mail_faults();
    mailer(&bench.sandbox)
        .send(mail("a@example.com"))
        .await
        .unwrap();
    assert_eq!(bench.control.mails().len(), 1);
}

#[tokio::test]
async fn the_dialogue_is_held_to_its_order() {
    let bench = Bench::start().await;
    let stream = TcpStream::connect(bench.sandbox.smtp_addr()).await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let steps = [
        ("", "220"),
        ("HELO here", "250"),
        ("DATA", "503"),
        ("RCPT TO:<a@example.com>", "503"),
        ("NONSENSE", "500"),
        ("MAIL FROM:<me@example.com> SIZE=99999999", "552"),
        ("MAIL FROM:<me@example.com> BODY=8BITMIME SMTPUTF8", "250"),
        ("MAIL FROM:<me@example.com>", "503"),
        ("RSET", "250"),
        ("mail from:<>", "250"),
        ("rcpt to:<grün@example.com>", "250"),
        ("DATA", "354"),
        ("Subject: bounce\r\n\r\n..\r\n.two\r\n.", "250"),
        ("NOOP", "250"),
        ("VRFY somebody", "252"),
        ("STARTTLS", "502"),
        ("QUIT", "221"),
    ];
    for (said, wanted) in steps {
        if !said.is_empty() {
            write
                .write_all(format!("{said}\r\n").as_bytes())
                .await
                .unwrap();
        }
        let answer = lines.next_line().await.unwrap().unwrap();
        assert!(answer.starts_with(wanted), "{said}: {answer}");
    }
    assert_eq!(lines.next_line().await.unwrap(), None);
    let mail = &bench.control.mails()[0];
    assert_eq!(
        (mail.envelope_from.as_str(), mail.to[0].as_str()),
        ("", "grün@example.com")
    );
    assert_eq!(mail.text.as_deref().map(str::trim_end), Some(".\r\ntwo"));
}

#[tokio::test]
async fn a_mail_that_is_too_large_is_refused_and_the_next_is_not() {
    let bench = Bench::start().await;
    let stream = TcpStream::connect(bench.sandbox.smtp_addr()).await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let line = format!("{}\r\n", "x".repeat(998));
    for round in 0..2 {
        write
            .write_all(
                b"EHLO here\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n",
            )
            .await
            .unwrap();
        while !lines.next_line().await.unwrap().unwrap().starts_with("354") {}
        for _ in 0..if round == 0 { 27_000 } else { 1 } {
            write.write_all(line.as_bytes()).await.unwrap();
        }
        write.write_all(b".\r\n").await.unwrap();
        let answer = lines.next_line().await.unwrap().unwrap();
        assert!(
            answer.starts_with(if round == 0 { "552" } else { "250" }),
            "{answer}"
        );
    }
    assert_eq!(bench.control.mails().len(), 1);
}
