//! Search in the demo shop: whatever is typed, and however.

use crate::support::TestShop;
use domain::catalog::{SearchPage, Sort};

/// What is typed, and what is meant by it.
const TYPOS: [(&str, &str); 40] = [
    ("mgu", "mug"),
    ("muug", "mug"),
    ("kettel", "kettle"),
    ("ketle", "kettle"),
    ("kettlle", "kettle"),
    ("teapto", "teapot"),
    ("stonewear lamp", "stoneware lamp"),
    ("stonware lamp", "stoneware lamp"),
    ("candel", "candle"),
    ("candlestik", "candlestick"),
    ("blankit", "blanket"),
    ("balnket", "blanket"),
    ("cusion", "cushion"),
    ("cushoin", "cushion"),
    ("lantren", "lantern"),
    ("latern", "lantern"),
    ("vaze", "vase"),
    ("lapm", "lamp"),
    ("notbook", "notebook"),
    ("noteboook", "notebook"),
    ("pencl tray", "pencil tray"),
    ("towle", "towel"),
    ("lienn napkins", "linen napkins"),
    ("linen napkisn", "linen napkins"),
    ("wolnut", "walnut"),
    ("carrafe", "carafe"),
    ("sauspan", "saucepan"),
    ("skilet", "skillet"),
    ("caserole", "casserole"),
    ("plater", "platter"),
    ("tumbelr", "tumbler"),
    ("expresso", "espresso"),
    ("morter", "mortar"),
    ("baskett", "basket"),
    ("mirrow", "mirror"),
    ("bokends", "bookends"),
    ("plnater", "planter"),
    ("lether", "leather"),
    ("herringbown", "herringbone"),
    ("Hurricaine Lantern", "hurricane lantern"),
];

async fn search(test: &TestShop, query: &str) -> SearchPage {
    test.shop
        .search(query, Sort::Featured, None)
        .await
        .unwrap_or_else(|error| panic!("{query:?}: {error}"))
}

fn titles(page: &SearchPage) -> Vec<&str> {
    page.listing
        .cards
        .iter()
        .map(|card| card.title.as_str())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_wrongly_is_found_and_nonsense_is_not() {
    let test = TestShop::seeded().await;
    for (typed, meant) in TYPOS {
        let (page, rightly) = (search(&test, typed).await, search(&test, meant).await);
        assert!(page.instead.is_some(), "{typed} is a word of the shop");
        assert!(rightly.instead.is_none(), "{meant} is none");
        assert_eq!(
            titles(&page),
            titles(&rightly),
            "{typed}: {:?}",
            page.instead
        );
    }
    for nonsense in [
        "xylophone",
        "zzz",
        "qwerty",
        "asdfghjk",
        "blorptang flibber",
        "laptop",
        "hippo",
        "the",
        "",
        "ⵣⵣⵣⵣ",
    ] {
        let page = search(&test, nonsense).await;
        assert_eq!(titles(&page), [""; 0], "{nonsense}: {:?}", page.instead);
        assert!(page.instead.is_none() && !page.categories.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_the_words_goes_first() {
    let test = TestShop::seeded().await;
    let tea = search(&test, "tea").await;
    assert!(tea.instead.is_none());
    let whole: Vec<bool> = titles(&tea)
        .iter()
        .map(|title| title.contains("Tea "))
        .collect();
    assert!(whole[0] && whole.contains(&false), "{:?}", titles(&tea));
    assert!(
        titles(&search(&test, "stonew").await).len() > 20,
        "a word that is not finished"
    );
    assert_eq!(titles(&search(&test, "Ridge Mug").await)[0], "Ridge Mug");

    let partly = search(&test, "xylophone kettle").await;
    assert_eq!(partly.instead.as_deref(), Some("kettle"));
    assert!(titles(&partly).contains(&"Stove Kettle"));
    let never_together = search(&test, "skillet cushion").await;
    assert!(titles(&never_together).contains(&"Iron Skillet"));
    assert!(titles(&never_together).contains(&"Linen Cushion"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_can_be_typed_is_an_error() {
    let test = TestShop::seeded().await;
    let odd = [
        "⑴",
        "ŉ",
        "½ ㏒ ℀ ﷺ ﬁ",
        "'",
        "''",
        "\"",
        "\\",
        "a\\",
        "\\'",
        "a & b | !",
        ":*",
        "mug:*",
        "mug:A",
        "!mug",
        "<->",
        "mug <2> cup",
        "(",
        "((((",
        "%",
        "_",
        "\0",
        "mug\0",
        "mug\u{1F600}",
        "e\u{301}",
        "\u{202E}gum",
        "\u{FEFF}",
        "؟ ١٢٣",
        "カップ",
        "İı",
        "ß",
        "http://mug.example/a?b=c&d",
        "a@b.example",
        "/usr/bin",
        "-1e400",
        "1/2",
        "<b>mug</b>",
        "&amp;",
        "mug'); drop table product; --",
        "a-b-c--d",
        "ABC-123/XL",
        "the and of",
    ];
    for typed in odd {
        search(&test, typed).await;
    }
    for long in ["mug ", "x", "'", "ŉ", "⑴ ", "㍿", "\u{301}", "😀 "] {
        search(&test, &long.repeat(50_000)).await;
    }
    // Every letter and sign that there is, twelve words of eight at a time.
    let signs: Vec<char> = ('\0'..='\u{2FFF}').chain('\u{A000}'..='\u{FFFF}').collect();
    for block in signs.chunks(96) {
        let typed: Vec<String> = block.chunks(8).map(|word| word.iter().collect()).collect();
        search(&test, &typed.join(" ")).await;
    }
}
