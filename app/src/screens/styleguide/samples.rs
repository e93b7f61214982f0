//! Things to show the pieces with.

use domain::{
    Currency, Money,
    cart::{Adjustment, CartLine},
    catalog::{
        CategoryLink, Choices, OptionValue, Picture, ProductCard, ProductOption, Swatch, Variant,
    },
    inventory::Stock,
};
use std::{fmt::Debug, str::FromStr};

pub(super) const fn pounds(minor: i64) -> Money {
    Money::new(minor, Currency::GBP)
}

fn id<T: FromStr<Err: Debug>>(number: usize) -> T {
    let id = format!("019ab000-0000-7000-8000-0000000000{number:02}");
    id.parse().expect("it has the form of an id")
}

/// Two glazes in three sizes: one is sold out, one is not made in every glaze.
pub(super) fn choices() -> Choices {
    let value = |name: &str, swatch: Option<&str>| OptionValue {
        name: name.into(),
        swatch: swatch.map(str::to_owned),
    };
    let variant = |number: usize, values: [usize; 2], stock| Variant {
        id: id(number),
        sku: format!("SG-{number}"),
        values: values.to_vec(),
        price: pounds(2_200 + 600 * i64::try_from(values[1]).unwrap_or(0)),
        compare_at: (values[1] == 1).then(|| pounds(3_200)),
        stock,
        picture: None,
        barcode: None,
    };
    Choices {
        options: vec![
            ProductOption {
                name: "Glaze".into(),
                values: vec![
                    value("Sage", Some("#8b9080")),
                    value("Bone", Some("#ddd2be")),
                ],
            },
            ProductOption {
                name: "Size".into(),
                values: vec![
                    value("Small", None),
                    value("Medium", None),
                    value("Large", None),
                ],
            },
        ],
        variants: vec![
            variant(0, [0, 0], Stock::Plenty),
            variant(1, [0, 1], Stock::Low(3)),
            variant(2, [0, 2], Stock::SoldOut),
            variant(3, [1, 0], Stock::Plenty),
        ],
    }
}

/// A row of a basket.
pub(super) fn line(number: usize, adjustment: Option<Adjustment>) -> CartLine {
    CartLine {
        id: id(number),
        variant: id(number),
        sku: "SG-1".into(),
        handle: "styleguide".into(),
        title: "Ridge Mug".into(),
        label: "Sage, Medium".into(),
        picture: None,
        unit: pounds(2_200),
        quantity: 2,
        total: pounds(4_400),
        available: 3,
        adjustment,
    }
}

pub(super) fn categories() -> Vec<CategoryLink> {
    let category = |name: &str, count| CategoryLink {
        name: name.into(),
        href: "#main".into(),
        picture: None::<Picture>,
        count,
    };
    vec![category("Kitchen", 19), category("Table", 1)]
}

pub(super) fn cards() -> Vec<ProductCard> {
    let card = |title: &str, price: i64, compare_at: Option<i64>, sold_out: bool| ProductCard {
        handle: "styleguide".into(),
        title: title.into(),
        subtitle: "Stoneware, 350 ml".into(),
        picture: None::<Picture>,
        price: pounds(price),
        is_from: false,
        compare_at: compare_at.map(pounds),
        swatches: ["#8b9080", "#ddd2be"]
            .map(|colour| Swatch {
                name: "Sage".into(),
                colour: colour.into(),
            })
            .to_vec(),
        sold_out,
    };
    vec![
        card("Ridge Mug", 2_800, None, false),
        card("On sale", 2_200, Some(2_800), false),
        card("Sold out", 4_400, None, true),
        card(
            "Something with a name so long that it needs three lines of a narrow card to be told",
            0,
            None,
            false,
        ),
    ]
}
