//! Every address of the admin, as a stranger, as a customer, and in every role.

use crate::support::{Process, cookies, header};
use std::collections::{BTreeMap, BTreeSet};

/// Every address with what it asks for. A new one belongs here, with a thought about who may come.
const ADDRESSES: &[(&str, &str, &str)] = &[
    ("GET", "/admin/sign-in", "nothing"),
    ("POST", "/admin/sign-in", "nothing"),
    ("GET", "/admin/sign-in/code", "half-in"),
    ("POST", "/admin/sign-in/code", "half-in"),
    ("POST", "/admin/sign-out", "half-in"),
    ("GET", "/admin/forgot", "nothing"),
    ("POST", "/admin/forgot", "nothing"),
    ("GET", "/admin/password/{token}", "nothing"),
    ("POST", "/admin/password/{token}", "nothing"),
    ("GET", "/admin/confirm", "staff"),
    ("POST", "/admin/confirm", "staff"),
    ("GET", "/admin/me", "staff"),
    ("POST", "/admin/me/password", "staff"),
    ("POST", "/admin/me/sessions", "staff"),
    ("GET", "/admin/me/second-factor", "half-in"),
    ("POST", "/admin/me/second-factor", "half-in"),
    ("POST", "/admin/me/second-factor/end", "staff"),
    ("GET", "/admin", "staff"),
    ("GET", "/admin/orders/{number}", "orders.view"),
    ("POST", "/admin/orders/{number}/notes", "orders.edit"),
    ("POST", "/admin/orders/{number}/mails", "orders.edit"),
    ("GET", "/admin/orders/{number}/address", "orders.edit"),
    ("POST", "/admin/orders/{number}/address", "orders.edit"),
    ("GET", "/admin/orders/{number}/fulfil", "orders.fulfil"),
    ("POST", "/admin/orders/{number}/fulfil", "orders.fulfil"),
    ("GET", "/admin/orders/{number}/refund", "orders.refund"),
    ("POST", "/admin/orders/{number}/refund", "orders.refund"),
    ("GET", "/admin/orders/{number}/cancel", "orders.refund"),
    ("POST", "/admin/orders/{number}/cancel", "orders.refund"),
    ("GET", "/admin/orders/{number}/invoice", "orders.view"),
    ("POST", "/admin/orders/{number}/invoice", "orders.edit"),
    ("GET", "/admin/orders/{number}/packing-slip", "orders.view"),
    ("GET", "/admin/inventory", "products.view"),
    ("GET", "/admin/inventory/{sku}", "products.view"),
    ("POST", "/admin/inventory/{sku}", "stock.edit"),
    ("GET", "/admin/products", "products.view"),
    ("POST", "/admin/products/bulk", "products.edit"),
    ("GET", "/admin/products/new", "products.edit"),
    ("POST", "/admin/products/new", "products.edit"),
    ("GET", "/admin/products/table", "products.edit"),
    ("POST", "/admin/products/table", "products.edit"),
    ("GET", "/admin/products/export.csv", "products.edit"),
    ("GET", "/admin/products/{id}", "products.view"),
    ("POST", "/admin/products/{id}", "products.edit"),
    ("POST", "/admin/products/{id}/duplicate", "products.edit"),
    ("GET", "/admin/products/{id}/preview", "products.view"),
    ("POST", "/admin/products/{id}/pictures", "products.edit"),
    ("POST", "/admin/products/{id}/upload", "products.edit"),
    ("GET", "/admin/categories", "products.view"),
    ("GET", "/admin/categories/{id}", "products.view"),
    ("POST", "/admin/categories/{id}", "products.edit"),
    ("POST", "/admin/categories/{id}/raise", "products.edit"),
    ("POST", "/admin/categories/{id}/delete", "products.edit"),
    ("GET", "/admin/brands", "products.view"),
    ("GET", "/admin/brands/{id}", "products.view"),
    ("POST", "/admin/brands/{id}", "products.edit"),
    ("POST", "/admin/brands/{id}/delete", "products.edit"),
    ("GET", "/admin/search", "staff"),
    ("GET", "/admin/search.json", "staff"),
    ("GET", "/admin/customers", "customers.view"),
    ("GET", "/admin/customers/{id}", "customers.view"),
    ("POST", "/admin/customers/{id}", "customers.edit"),
    ("POST", "/admin/customers/{id}/sign-out", "customers.edit"),
    ("POST", "/admin/customers/{id}/delete", "customers.edit"),
    ("GET", "/admin/staff", "staff.manage"),
    ("POST", "/admin/staff", "staff.manage"),
    ("POST", "/admin/staff/{id}", "staff.manage"),
    ("GET", "/admin/audit", "audit.view"),
    ("GET", "/admin/orders", "orders.view"),
    ("GET", "/admin/orders.csv", "orders.view"),
    ("GET", "/admin/jobs", "jobs.manage"),
    ("POST", "/admin/jobs/{id}", "jobs.manage"),
    ("GET", "/admin/coupons", "discounts.edit"),
    ("POST", "/admin/coupons", "discounts.edit"),
    ("POST", "/admin/coupons/{code}", "discounts.edit"),
    ("GET", "/admin/pages", "content.edit"),
    ("GET", "/admin/pages/new", "content.edit"),
    ("POST", "/admin/pages/new", "content.edit"),
    ("GET", "/admin/pages/{handle}", "content.edit"),
    ("POST", "/admin/pages/{handle}", "content.edit"),
    ("GET", "/admin/welcome", "nothing"),
    ("POST", "/admin/welcome", "nothing"),
    ("GET", "/admin/welcome/shop", "settings.edit"),
    ("POST", "/admin/welcome/shop", "settings.edit"),
    ("POST", "/admin/welcome/demo", "settings.edit"),
    ("GET", "/admin/settings", "settings.edit"),
    ("POST", "/admin/settings", "settings.edit"),
    ("GET", "/admin/settings/taxes", "settings.edit"),
    ("POST", "/admin/settings/taxes", "settings.edit"),
    ("POST", "/admin/settings/taxes/{id}", "settings.edit"),
    ("GET", "/admin/settings/shipping", "settings.edit"),
    ("GET", "/admin/settings/shipping/new", "settings.edit"),
    ("POST", "/admin/settings/shipping/new", "settings.edit"),
    ("GET", "/admin/settings/shipping/{id}", "settings.edit"),
    ("POST", "/admin/settings/shipping/{id}", "settings.edit"),
    (
        "POST",
        "/admin/settings/shipping/{id}/delete",
        "settings.edit",
    ),
    (
        "GET",
        "/admin/settings/shipping/{id}/methods",
        "settings.edit",
    ),
    (
        "POST",
        "/admin/settings/shipping/{id}/methods",
        "settings.edit",
    ),
    ("GET", "/admin/settings/methods/{id}", "settings.edit"),
    ("POST", "/admin/settings/methods/{id}", "settings.edit"),
    (
        "POST",
        "/admin/settings/methods/{id}/raise",
        "settings.edit",
    ),
    (
        "POST",
        "/admin/settings/methods/{id}/delete",
        "settings.edit",
    ),
    ("GET", "/admin/settings/mail", "settings.edit"),
    ("POST", "/admin/settings/mail", "settings.edit"),
    ("GET", "/admin/settings/legal", "settings.edit"),
    ("POST", "/admin/settings/legal", "settings.edit"),
];

const PASSWORD: &str = "kettle-window-otter";

impl Process {
    /// Somebody of the staff, in this role; `None` where they are not.
    pub(crate) async fn cookie_of(&self, role: Option<&str>) -> String {
        let Some(role) = role else {
            return String::new();
        };
        let email = format!("{role}@example.com");
        let (status, link) = self
            .run(&["admin", "create", &email, "Somebody of the staff"], &[])
            .await;
        assert_eq!(status, 0, "{link}");
        let path = link.trim().trim_start_matches(&self.url).to_owned();
        let chosen = [("password", PASSWORD), ("again", PASSWORD)];
        let answer = self.post(&path, &chosen).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        sqlx::query("update staff set role_id = (select id from role where handle = $1) where email = $2::text::citext")
            .bind(role)
            .bind(&email)
            .execute(&self.db)
            .await
            .unwrap();
        let form = [("email", email.as_str()), ("password", PASSWORD)];
        let answer = self.post("/admin/sign-in", &form).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "location")),
            (303, "/admin")
        );
        cookies(&answer)
    }

    /// What each role may do, from the database; the owner everything.
    async fn roles(&self) -> BTreeMap<String, BTreeSet<String>> {
        let rows: Vec<(String, Vec<String>)> =
            sqlx::query_as("select handle, permissions from role")
                .fetch_all(&self.db)
                .await
                .unwrap();
        rows.into_iter()
            .map(|(role, words)| (role, words.into_iter().collect()))
            .collect()
    }
}

/// An address with something in its places.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{token}" => "00000000000000000000000000000000",
            "{id}" => "01900000-0000-7000-8000-00000000ffff",
            "{number}" => "999999",
            part if part.starts_with('{') => "nothing-of-this-name",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_address_of_the_admin_is_known_and_kept() {
    let process = Process::with(&[("LIMIT_SIGN_IN", "0")]).await;
    let (_, list) = process.run(&["admin", "routes"], &[]).await;
    let there: BTreeSet<&str> = list.lines().collect();
    let known: Vec<String> = ADDRESSES
        .iter()
        .map(|(method, path, needs)| format!("{method} {path} {needs}"))
        .collect();
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    assert_eq!(there, known, "the table of this test is not the admin's");

    let roles = process.roles().await;
    assert_eq!(roles.len(), 4);
    let mut people: Vec<(Option<&str>, String)> = vec![(None, String::new())];
    for role in roles.keys() {
        people.push((Some(role), process.cookie_of(Some(role)).await));
    }
    for (role, cookie) in &people {
        for (method, path, needs) in ADDRESSES {
            // These end the session that walks.
            if matches!(*path, "/admin/sign-out" | "/admin/me/sessions") {
                continue;
            }
            let path = filled(path);
            let asked = match *method {
                "GET" => process.get(&path),
                _ => process.post(&path, &[]),
            };
            let answer = asked.header("cookie", cookie).send().await.unwrap();
            let status = answer.status().as_u16();
            let to = header(&answer, "location");
            let allowed = match (*needs, role) {
                (_, None) => *needs == "nothing",
                ("nothing" | "half-in" | "staff", Some(_)) => true,
                (needs, Some(role)) => *role == "owner" || roles[*role].contains(needs),
            };
            let who = role.unwrap_or("a stranger");
            if allowed {
                assert_ne!(status, 403, "{who} may {method} {path}");
                assert!(status < 500, "{who}: {method} {path} answers {status}");
                assert!(
                    !to.starts_with("/admin/sign-in?"),
                    "{who}: {method} {path} leads to {to}"
                );
            } else if role.is_none() {
                assert_eq!(status, 303, "{who}: {method} {path}");
                assert!(
                    to.starts_with("/admin/sign-in"),
                    "{who}: {method} {path} leads to {to}"
                );
            } else {
                assert_eq!(status, 403, "{who} may not {method} {path}");
            }
            assert_eq!(
                header(&answer, "cache-control"),
                "private, no-store",
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_write_of_the_admin_comes_from_its_own_pages() {
    let process = Process::start().await;
    let cookie = process.cookie_of(Some("owner")).await;
    let form = [
        ("email", "tom@example.com"),
        ("name", "Tom"),
        ("role", "owner"),
    ];
    let foreign = process
        .client
        .post(format!("{}/admin/staff", process.url))
        .header("sec-fetch-site", "cross-site")
        .header("cookie", &cookie)
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(foreign.status(), 403);
    assert_eq!(process.number("select count(*) from staff").await, 1);
}

#[tokio::test]
async fn a_session_is_a_cookie_that_scripts_do_not_see_and_that_changes_at_each_door() {
    let process = Process::start().await;
    let first = process.cookie_of(Some("owner")).await;
    let form = [
        ("email", "owner@example.com"),
        ("password", PASSWORD),
        ("to", "https://evil.example/"),
    ];
    let answer = process
        .post("/admin/sign-in", &form)
        .header("cookie", &first)
        .send()
        .await
        .unwrap();
    assert_eq!(header(&answer, "location"), "/admin", "nothing leads out");
    let cookie = header(&answer, "set-cookie").to_owned();
    assert!(cookie.contains("; HttpOnly; SameSite=Lax") && cookie.contains("Path=/"));
    assert_ne!(first, cookies(&answer));
    let old = process
        .get("/admin/me")
        .header("cookie", &first)
        .send()
        .await
        .unwrap();
    assert_eq!(old.status(), 303, "the session of before is over");
    let out = process
        .post("/admin/sign-out", &[])
        .header("cookie", cookies(&answer))
        .send()
        .await
        .unwrap();
    assert_eq!(out.status(), 303);
    let gone = process
        .get("/admin/me")
        .header("cookie", cookies(&answer))
        .send()
        .await
        .unwrap();
    assert_eq!(header(&gone, "location"), "/admin/sign-in?to=%2Fadmin%2Fme");
}

#[tokio::test]
async fn what_was_done_is_told_once() {
    let process = Process::start().await;
    let cookie = process.cookie_of(Some("owner")).await;
    let form = [
        ("email", "tom@example.com"),
        ("name", "Tom"),
        ("role", "manager"),
    ];
    let answer = process
        .post("/admin/staff", &form)
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    let both = format!("{cookie}; {}", cookies(&answer));
    let page = process
        .get("/admin/staff")
        .header("cookie", &both)
        .send()
        .await
        .unwrap();
    assert!(header(&page, "set-cookie").starts_with("admin_done=;"));
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("Tom was sent an invitation.")
    );
}
