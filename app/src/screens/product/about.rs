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
        "url": frame.absolute(&page.href()),
        "image": pictures,
    });
    if !page.seo.description.is_empty() {
        thing["description"] = json!(page.seo.description);
    }
    if let Some(brand) = &page.brand {
        thing["brand"] = json!({ "@type": "Brand", "name": brand.name });
    }
    match page.choices.variants.as_slice() {
        [only] if page.choices.options.is_empty() => {
            thing["@type"] = json!("Product");
            thing["sku"] = json!(only.sku);
            if let Some(gtin) = &only.barcode {
                thing["gtin"] = json!(gtin);
            }
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
    let mut thing = json!({
        "@type": "Product",
        "name": format!("{}, {}", page.title, page.choices.label(variant)),
        "sku": variant.sku,
        "offers": offer(frame, page, variant),
    });
    if let Some(gtin) = &variant.barcode {
        thing["gtin"] = json!(gtin);
    }
    if let Some(picture) = variant.picture.and_then(|at| page.pictures.get(at)) {
        thing["image"] = json!(frame.absolute(&picture.url_near(1_200, Format::Jpeg)));
    }
    thing
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
