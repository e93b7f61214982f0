//! What the command line tells.

use crate::support::{Process, mercer};
use std::collections::BTreeMap;

#[tokio::test]
async fn a_check_tries_everything_and_its_exit_code_is_the_result() {
    let shop = Process::start().await;
    let (code, told) = shop.run(&["check"], &[]).await;
    assert_eq!(code, 0, "{told}");
    for name in [
        "postgres", "queue", "storage", "schema", "site", "stripe", "mail",
    ] {
        assert!(told.contains(&format!("ok    {name} ")), "{name}: {told}");
    }
    let another_build = [("LEPTOS_HASH_FILE_NAME", "of-no-build.txt")];
    let (code, told) = shop.run(&["check"], &another_build).await;
    assert_eq!(code, 1);
    assert!(
        told.contains("fault site ")
            && told.contains("of-no-build.txt cannot be read; `make build` makes it"),
        "{told}"
    );
}

#[tokio::test]
async fn jobs_are_listed_tried_again_and_given_up() {
    let shop = Process::start().await;
    let (code, told) = shop.run(&["jobs", "list"], &[]).await;
    assert!(code == 0 && told.contains("dead 0"), "{told}");
    let (code, told) = shop.run(&["jobs", "dead"], &[]).await;
    assert_eq!((code, told.as_str()), (0, ""));
    let nobody = "00000000-0000-7000-8000-000000000001";
    for command in ["retry", "discard"] {
        let (code, told) = shop.run(&["jobs", command, nobody], &[]).await;
        assert_eq!((code, told.trim()), (1, "there is no dead job of this id"));
    }
}

#[test]
fn settings_that_cannot_be_right_are_all_named() {
    let environment: BTreeMap<String, String> =
        [("PUBLIC_URL", "nonsense"), ("STRIPE_SECRET_KEY", "hunter2")]
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .into();
    let ended = mercer(&environment).arg("serve").output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2));
    for name in [
        "PUBLIC_URL holds `nonsense`",
        "DATABASE_URL is not set",
        "STRIPE_SECRET_KEY holds `***`",
        "SMTP_URL is not set",
    ] {
        assert!(told.contains(name), "{name}: {told}");
    }
    assert!(!told.contains("hunter2"));
}

#[tokio::test]
async fn what_is_no_shop_for_real_customers_is_refused_line_by_line() {
    let shop = Process::start().await;
    let (code, told) = shop.run(&["check", "--production"], &[]).await;
    assert_eq!(code, 1, "{told}");
    for name in [
        "public",
        "proxies",
        "stripe key",
        "pay page",
        "webhooks",
        "database",
        "sender",
    ] {
        assert!(
            told.contains(&format!("fault {name:<12} ")),
            "{name}: {told}"
        );
    }
    assert!(
        told.contains("ok    connections ") && told.contains("note  staff "),
        "{told}"
    );
    let too_many = [("DATABASE_CONNECTIONS", "100000")];
    let (_, told) = shop.run(&["check", "--production"], &too_many).await;
    assert!(told.contains("fault connections "), "{told}");
}

#[tokio::test]
async fn whether_it_lives_is_asked_without_any_tool() {
    let mut shop = Process::start().await;
    assert_eq!(shop.run(&["health"], &[]).await, (0, "alive\n".to_owned()));
    shop.terminate();
    assert!(shop.ended().await.success());
    assert_eq!(shop.run(&["health"], &[]).await.0, 1);
}
