//! Between what is kept of a product and what its editor shows.

use crate::catalog::{
    NewOption, NewProduct, NewValue, NewVariant,
    kept::{Kept, KeptVariant},
    write::{Picture, Which},
};
use domain::{
    Currency, Money, OptionValueId,
    catalog::{
        ProductStatus,
        edit::{CheckedProduct, CheckedVariant, OptionForm, ProductForm, ValueForm, VariantForm},
    },
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// What the editor shows of a product.
pub(super) fn form_of(kept: &Kept, currency: Currency, zone: &TimeZone) -> ProductForm {
    let product = &kept.product;
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    // What goes on sale later is active, from a time on.
    let status = match product.status {
        ProductStatus::Scheduled => ProductStatus::Active,
        status => status,
    };
    let mut form = ProductForm {
        version: kept.version.to_string(),
        title: product.title.clone(),
        subtitle: product.subtitle.clone(),
        description_html: product.description_html.clone(),
        materials: product.materials.clone(),
        care: product.care.clone(),
        dimensions: product.dimensions.clone(),
        product_type: product.product_type.clone(),
        tags: product.tags.join(", "),
        brand: id(kept.brand),
        category: id(kept.category),
        status: status.to_string(),
        published_at: product
            .published_at
            .map(|at| typed(at, zone))
            .unwrap_or_default(),
        handle: product.handle.to_string(),
        seo_title: product.seo_title.clone(),
        seo_description: product.seo_description.clone(),
        options: product.options.iter().map(option_form).collect(),
        variants: Vec::new(),
    };
    form.variants = kept
        .variants
        .iter()
        .map(|variant| variant_form(kept, variant, currency))
        .collect();
    form.fill_grid();
    form
}

fn option_form(option: &NewOption) -> OptionForm {
    let value = |value: &NewValue| ValueForm {
        key: key(value),
        name: value.name.clone(),
        swatch: value.swatch.clone().unwrap_or_default(),
    };
    OptionForm {
        name: option.name.clone(),
        values: option.values.iter().map(value).collect(),
    }
}

fn key(value: &NewValue) -> String {
    value.id.map(|id| id.to_string()).unwrap_or_default()
}

fn variant_form(kept: &Kept, variant: &KeptVariant, currency: Currency) -> VariantForm {
    let variant = &variant.variant;
    let amount = |minor| Money::new(minor, currency).decimal();
    let values = kept.product.options.iter().zip(&variant.values);
    let picture = variant.picture.and_then(|at| kept.pictures.get(at));
    VariantForm {
        keys: values
            .filter_map(|(option, at)| option.values.get(*at).map(key))
            .collect(),
        id: variant.id.map(|id| id.to_string()).unwrap_or_default(),
        made: true,
        sku: variant.sku.clone(),
        price: amount(variant.price),
        compare_at: variant.compare_at.map(amount).unwrap_or_default(),
        barcode: variant.barcode.clone().unwrap_or_default(),
        weight: variant.weight_grams.to_string(),
        picture: picture
            .map(|picture| picture.media.to_string())
            .unwrap_or_default(),
        stock: String::new(),
    }
}

/// A moment by the shop's clock on the wall, as a form writes it.
fn typed(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

/// What a checked form says a product shall be. `kept` is what it is, where it is there already.
pub(super) fn product_of(
    checked: &CheckedProduct,
    kept: Option<&Kept>,
    (brand, category): (String, Option<String>),
    position: i32,
    zone: &TimeZone,
) -> NewProduct {
    let kept_at = kept.and_then(|kept| kept.product.published_at);
    let published_at = checked
        .published_at
        .and_then(|typed| moment(typed, kept_at, zone));
    NewProduct {
        which: kept.map_or(Which::New, |kept| Which::Known(kept.id)),
        handle: checked.handle.clone(),
        status: checked.status,
        published_at,
        title: checked.title.clone(),
        subtitle: checked.subtitle.clone(),
        description_html: ammonia::clean(&checked.description_html),
        materials: checked.materials.clone(),
        care: checked.care.clone(),
        dimensions: checked.dimensions.clone(),
        product_type: checked.product_type.clone(),
        tags: checked.tags.clone(),
        brand,
        category,
        position,
        seo_title: checked.seo_title.clone(),
        seo_description: checked.seo_description.clone(),
        options: checked
            .options
            .iter()
            .map(|option| NewOption {
                name: option.name.clone(),
                values: option
                    .values
                    .iter()
                    .map(|value| NewValue {
                        id: value.key.parse::<OptionValueId>().ok(),
                        name: value.name.clone(),
                        swatch: value.swatch.clone(),
                    })
                    .collect(),
            })
            .collect(),
        variants: checked
            .variants
            .iter()
            .map(|variant| new_variant(variant, kept))
            .collect(),
        pictures: kept.map(pictures).unwrap_or_default(),
    }
}

/// The moment that somebody typed; the one that is kept where they left it alone, which is told to the minute.
fn moment(date: DateTime, kept: Option<Timestamp>, zone: &TimeZone) -> Option<Timestamp> {
    let shown = kept.and_then(|at| typed(at, zone).parse::<DateTime>().ok());
    if shown == Some(date) {
        return kept;
    }
    let zoned = date.to_zoned(zone.clone()).ok()?;
    Some(zoned.timestamp())
}

fn new_variant(variant: &CheckedVariant, kept: Option<&Kept>) -> NewVariant {
    let pictures = kept.map_or(&[][..], |kept| &kept.pictures);
    NewVariant {
        id: variant.id,
        sku: variant.sku.clone(),
        values: variant.values.clone(),
        price: variant.price,
        compare_at: variant.compare_at,
        barcode: variant.barcode.clone(),
        weight_grams: variant.weight_grams,
        picture: pictures
            .iter()
            .position(|known| Some(known.media) == variant.picture),
    }
}

fn pictures(kept: &Kept) -> Vec<Picture> {
    kept.product.pictures.clone()
}
