//! A product for machines: JSON-LD of schema.org.

use crate::Frame;
use domain::catalog::{Format, ProductPage, Variant};
use serde_json::{Value, json};

/// A product with its offers; one with options is a group of variants.
pub(super) fn product(frame: &Frame, page: &ProductPage) -> Value {
    let pictures: Vec<String> = page
        .pictures
        .iter()
        .map(|picture| frame.absolute(&picture.url_near(1_200, Format::Jpeg)))
        .collect();
    let mut thing = json!({
        "@context": "https://schema.org",
        "name": page.title,
        "description": page.seo.description,
        "url": frame.absolute(&page.href()),
        "image": pictures,
    });
    if let Some(brand) = &page.brand {
        thing["brand"] = json!({ "@type": "Brand", "name": brand.name });
    }
    match page.choices.variants.as_slice() {
        [only] if page.choices.options.is_empty() => {
            thing["@type"] = json!("Product");
            thing["sku"] = json!(only.sku);
            thing["offers"] = offer(frame, page, only);
        }
        variants => {
            thing["@type"] = json!("ProductGroup");
            thing["productGroupID"] = json!(page.handle);
            thing["variesBy"] = page
                .choices
                .options
                .iter()
                .map(|option| option.name.clone())
                .collect();
            thing["hasVariant"] = variants
                .iter()
                .map(|variant| one_of(frame, page, variant))
                .collect();
        }
    }
    thing
}

fn one_of(frame: &Frame, page: &ProductPage, variant: &Variant) -> Value {
    json!({
        "@type": "Product",
        "name": format!("{}, {}", page.title, page.choices.label(variant)),
        "sku": variant.sku,
        "gtin": variant.barcode,
        "image": variant.picture.and_then(|at| page.pictures.get(at)).map(|picture| frame.absolute(&picture.url_near(1_200, Format::Jpeg))),
        "offers": offer(frame, page, variant),
    })
}

fn offer(frame: &Frame, page: &ProductPage, variant: &Variant) -> Value {
    let availability = if variant.stock.can_buy() {
        "InStock"
    } else {
        "OutOfStock"
    };
    json!({
        "@type": "Offer",
        "url": frame.absolute(&format!("{}?variant={}", page.href(), variant.sku)),
        "price": variant.price.decimal(),
        "priceCurrency": variant.price.currency,
        "availability": format!("https://schema.org/{availability}"),
    })
}
