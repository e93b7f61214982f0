//! What pages answer.

use crate::support::{Process, header};

const PUBLIC: [&str; 6] = [
    "/",
    "/categories/kitchen",
    "/products/mug",
    "/search?q=mug",
    "/pages/about",
    "/products/odd",
];

#[tokio::test]
async fn public_pages_are_the_same_bytes_for_everybody_and_set_no_cookie() {
    let shop = Process::start().await;
    for path in PUBLIC {
        let stranger = shop.get(path).send().await.unwrap();
        assert_eq!(stranger.status(), 200, "{path}");
        assert!(
            stranger.headers().get("set-cookie").is_none(),
            "{path} sets a cookie"
        );
        assert!(
            header(&stranger, "cache-control").starts_with("public, max-age=0"),
            "{path}"
        );
        let tag = header(&stranger, "etag").to_owned();
        let known = shop
            .get(path)
            .header(
                "cookie",
                "cart=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; cart_count=3; session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            )
            .header("user-agent", "another browser")
            .send()
            .await
            .unwrap();
        assert_eq!(
            stranger.text().await.unwrap(),
            known.text().await.unwrap(),
            "{path} differs"
        );
        let again = shop
            .get(path)
            .header("if-none-match", &tag)
            .send()
            .await
            .unwrap();
        assert_eq!(
            (again.status().as_u16(), header(&again, "etag")),
            (304, tag.as_str()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn personal_pages_are_kept_by_nobody() {
    let shop = Process::start().await;
    for (path, status) in [
        ("/cart", 200),
        ("/checkout", 303),
        ("/orders/find", 200),
        ("/nothing", 404),
        ("/products/none", 404),
    ] {
        let answer = shop.get(path).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "cache-control")),
            (status, "private, no-store"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_a_careful_site() {
    let shop = Process::start().await;
    let answer = shop.get("/").send().await.unwrap();
    let named = [
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    ];
    insta::assert_snapshot!(
        named.map(|name| format!("{name}: {}", header(&answer, name))).join("\n"),
        @"
    x-content-type-options: nosniff
    x-frame-options: DENY
    referrer-policy: same-origin
    cross-origin-opener-policy: same-origin
    cross-origin-resource-policy: same-origin
    "
    );
    let policy = header(&answer, "content-security-policy").to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"));
    assert!(!header(&answer, "x-request-id").is_empty());
    // The one inline script is the one that is allowed.
    let page = answer.text().await.unwrap();
    let inline: Vec<&str> = page
        .split("<script")
        .skip(1)
        .filter(|script| !script.contains("application/ld+json"))
        .filter_map(|script| script.split_once('>')?.1.split_once("</script>"))
        .map(|(text, _)| text)
        .collect();
    assert_eq!(inline.len(), 1);
    let hash = <sha2::Sha256 as sha2::Digest>::digest(inline[0]);
    let hash = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, hash);
    assert!(
        policy.contains(&format!("'sha256-{hash}'")),
        "the script's hash is not the policy's"
    );
}

#[tokio::test]
async fn what_merchants_write_is_shown_and_not_run() {
    let shop = Process::start().await;
    let (_, mug) = shop.page("/products/mug").await;
    assert!(mug.contains("<p>Thrown.</p>") && !mug.contains("alert(1)"));
    let (_, odd) = shop.page("/products/odd").await;
    assert!(odd.contains("&lt;b&gt;") && !odd.contains("<b>\""));
    let (_, found) = shop
        .page("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
        .await;
    assert!(!found.contains("<script>alert(1)"));
    for page in [&mug, &odd, &found] {
        assert!(!page.contains(" style=") && !page.contains(" onclick="));
    }
}

#[tokio::test]
async fn machines_find_their_way() {
    let shop = Process::start().await;
    let (status, robots) = shop.page("/robots.txt").await;
    assert!(
        status == 200 && robots.contains("Disallow: /checkout") && robots.contains("/sitemap.xml")
    );
    let (_, map) = shop.page("/sitemap.xml").await;
    for path in ["/products/mug", "/categories/kitchen", "/pages/about"] {
        assert!(map.contains(&format!("{}{path}<", shop.url)), "{path}");
    }
    let (_, page) = shop.page("/products/mug?utm_source=x&variant=MUG-S").await;
    assert!(page.contains(&format!(
        "<link rel=\"canonical\" href=\"{}/products/mug\"",
        shop.url
    )));
    assert_eq!(
        shop.page("/styleguide").await.0,
        404,
        "the style guide is for development"
    );
}

#[tokio::test]
async fn files_under_hashed_names_are_kept_for_ever() {
    let shop = Process::start().await;
    let answer = shop.get("/pkg/mercer.a.css").send().await.unwrap();
    assert_eq!(
        header(&answer, "cache-control"),
        "public, max-age=31536000, immutable"
    );
    for path in [
        "/pkg/",
        "/pkg/../../Cargo.toml",
        "/pkg/%2e%2e/%2e%2e/etc/passwd",
        "/media/zz/160.webp",
        "/media/x/y.exe",
    ] {
        assert_eq!(shop.page(path).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn a_picture_is_not_sent_twice() {
    let shop = Process::start().await;
    let hash = "0123456789abcdef0123";
    let folder = shop.files.path().join("media/01").join(hash);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("160.webp"), "a picture").unwrap();
    let path = format!("/media/{hash}/160.webp");
    let first = shop.get(&path).send().await.unwrap();
    let tag = header(&first, "etag").to_owned();
    assert_eq!(
        (first.status().as_u16(), header(&first, "content-type")),
        (200, "image/webp")
    );
    for (known, status) in [
        (tag.clone(), 304),
        (format!("\"x\", W/{tag}"), 304),
        ("\"x\"".into(), 200),
    ] {
        let again = shop.get(&path).header("if-none-match", &known);
        let again = again.send().await.unwrap();
        assert_eq!(again.status(), status, "{known}");
        assert_eq!(header(&again, "etag"), tag);
        assert!(header(&again, "cache-control").ends_with("immutable"));
    }
}

#[tokio::test]
async fn a_slash_too_much_leads_to_the_page() {
    let shop = Process::start().await;
    for (given, right) in [
        (
            "/products/mug/?variant=MUG-S&a=%20",
            "/products/mug?variant=MUG-S&a=%20",
        ),
        (
            "/categories/kitchen//?sort=title",
            "/categories/kitchen?sort=title",
        ),
        ("/pages/about/", "/pages/about"),
        ("/search/?q=mug", "/search?q=mug"),
        ("/cart/", "/cart"),
    ] {
        let answer = shop.get(given).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "location")),
            (308, right)
        );
    }
    assert_eq!(shop.page("/nothing/").await.0, 404);
}

#[tokio::test]
async fn a_listing_is_sent_in_few_bytes_or_none() {
    let shop = Process::start().await;
    let path = "/categories/kitchen";
    let plain = shop.get(path).send().await.unwrap();
    let tag = header(&plain, "etag").to_owned();
    let plain = plain.bytes().await.unwrap();
    let small = shop.get(path).header("accept-encoding", "gzip, br");
    let small = small.send().await.unwrap();
    assert_eq!(
        (header(&small, "content-encoding"), header(&small, "etag")),
        ("br", &*tag)
    );
    assert!(header(&small, "vary").contains("accept-encoding"));
    assert!(small.bytes().await.unwrap().len() * 2 < plain.len());
    let head = shop.client.head(format!("{}{path}", shop.url));
    let head = head.send().await.unwrap();
    assert_eq!(
        (head.status().as_u16(), header(&head, "etag")),
        (200, &*tag)
    );
    assert!(head.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn searching_too_often_is_told_to_wait() {
    let shop = Process::with(&[("LIMIT_SEARCH", "3")]).await;
    let mut last = 0;
    for _ in 0..4 {
        last = shop.page("/search?q=mug").await.0;
    }
    assert_eq!(last, 429);
    assert!(shop.page("/search?q=mug").await.1.contains("One moment"));
    assert_eq!(shop.page("/products/mug").await.0, 200);
}
