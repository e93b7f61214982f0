//! The screens of the catalogue's editors as a browser reads them.

use super::{BulkShown, PicturesShown, TableShown, product_editor, products, products_table};
use crate::{
    admin::{
        AdminFrame,
        screens::{brand_editor, brands, categories, category_editor},
    },
    screens::{
        fixtures::{HOSTILE, catalogue, frame, pounds},
        product_preview,
        reading::{Read, tag, words},
    },
};
use domain::{
    Currency, MediaId, ProductId,
    catalog::{
        Picture, ProductStatus,
        edit::{
            BrandEdit, BrandForm, BrandRow, BulkForm, CategoryEdit, CategoryForm, CategoryRow,
            Difference, EditPicture, FormErrors, ProductEdit, ProductFilter, ProductForm,
            ProductList, ProductRow, VariantStock,
        },
    },
    staff::Permissions,
};
use scraper::ElementRef;

mod live;

const ID: &str = "01900000-0000-7000-8000-000000000001";

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
    ID.parse().unwrap()
}

fn staff(permissions: Permissions) -> AdminFrame {
    AdminFrame {
        frame: frame("/admin/products"),
        name: "Wren Calder".into(),
        role: "Manager".into(),
        permissions,
        done: None,
        to_send: 0,
    }
}

fn manager() -> AdminFrame {
    staff(Permissions::all())
}

/// Somebody who may look only.
fn visitor() -> AdminFrame {
    staff(Permissions::from_words(["products.view"]))
}

fn row(available: i64, status: ProductStatus) -> ProductRow {
    ProductRow {
        id: id(),
        handle: "mug".into(),
        title: HOSTILE.into(),
        picture: None,
        status,
        scheduled: None,
        category: "Mugs".into(),
        brand: "Ines".into(),
        available,
        variants: 2,
        low: 1,
        price_from: pounds(2_200),
        price_to: pounds(2_800),
    }
}

fn list(rows: Vec<ProductRow>) -> ProductList {
    ProductList {
        total: 66,
        rows,
        previous: None,
        next: Some("a1".into()),
        categories: vec![("kitchen".into(), "Kitchen".into())],
        currency: Currency::GBP,
    }
}

/// A mug in two glazes and two sizes, of which three are made.
fn form() -> ProductForm {
    let mut form = ProductForm::empty();
    form.version = "4".into();
    form.title = HOSTILE.into();
    form.description_html = format!("</textarea>{HOSTILE}");
    for (at, (option, values)) in [("Glaze", ["Sage", "Bone"]), ("Size", ["S", "L"])]
        .into_iter()
        .enumerate()
    {
        form.step("add-option");
        form.step(&format!("add-value-{at}"));
        form.options[at].name = option.into();
        for (value, name) in form.options[at].values.iter_mut().zip(values) {
            value.name = name.into();
        }
    }
    form.options[0].values[0].swatch = "#8a9678".into();
    for (at, variant) in form.variants.iter_mut().enumerate() {
        variant.made = at != 3;
        variant.sku = format!("M-{at}");
        variant.price = "22.00".into();
    }
    form.variants[0].id = ID.into();
    form.variants[0].picture = ID.into();
    form
}

fn edit() -> ProductEdit {
    let picture = Picture {
        hash: "0123456789abcdef0123".into(),
        widths: vec![160, 800],
        width: 800,
        height: 1000,
        tone: "#c9bfb0".into(),
        alt: HOSTILE.into(),
    };
    ProductEdit {
        id: Some(id::<ProductId>()),
        title: "Mug".into(),
        handle: "mug".into(),
        status: ProductStatus::Active,
        published: Some("4 March 2026, 09:00".into()),
        form: form(),
        errors: FormErrors::default(),
        stale: None,
        pictures: vec![EditPicture {
            id: id::<MediaId>(),
            picture,
        }],
        stock: vec![VariantStock {
            variant: id(),
            available: 3,
        }],
        brands: vec![(ID.into(), HOSTILE.into())],
        categories: vec![(ID.into(), "Kitchen > Mugs & Cups".into())],
        currency: Currency::GBP,
    }
}

fn editor(edit: &ProductEdit) -> Read {
    Read::admin(&product_editor(&manager(), edit, &PicturesShown::default()))
}

/// What a browser would send of the product's form.
fn sent(page: &Read) -> Vec<(String, String)> {
    let belongs = |field: &ElementRef<'_>| {
        let own = field.attr("form").map(|form| form == "product");
        own.unwrap_or_else(|| {
            let mut around = field.ancestors().filter_map(ElementRef::wrap);
            around.any(|element| element.attr("id") == Some("product"))
        })
    };
    let fields = page.all("input[name], textarea[name], select[name]");
    let value = |field: ElementRef<'_>| match field.value().name() {
        // A browser drops the first line break.
        "textarea" => {
            let text: String = field.text().collect();
            Some(text.strip_prefix('\n').map_or(text.clone(), str::to_owned))
        }
        "select" => {
            let chosen = field.descendent_elements();
            let mut chosen = chosen.filter(|option| option.attr("selected").is_some());
            Some(chosen.next()?.attr("value")?.to_owned())
        }
        _ if field.attr("type") == Some("checkbox") && field.attr("checked").is_none() => None,
        _ if field.attr("type") == Some("file") => None,
        _ => Some(field.attr("value").unwrap_or("on").to_owned()),
    };
    fields
        .into_iter()
        .filter(belongs)
        .filter_map(|field| Some((field.attr("name")?.to_owned(), value(field)?)))
        .collect()
}

#[test]
fn the_list_shows_what_there_is_and_leads_on() {
    let filter = ProductFilter {
        q: HOSTILE.into(),
        status: "active".into(),
        sort: "price".into(),
        ..ProductFilter::default()
    };
    let rows = vec![
        row(7, ProductStatus::Active),
        ProductRow {
            scheduled: Some("1 May 2026, 09:00".into()),
            ..row(0, ProductStatus::Scheduled)
        },
    ];
    let page = Read::admin(&products(
        &manager(),
        &filter,
        &list(rows),
        &BulkShown::default(),
    ));
    assert_eq!(page.attribute("#q", "value"), HOSTILE);
    let badges: Vec<String> = page.all(".badge").into_iter().map(words).collect();
    assert_eq!(
        badges,
        ["Active", "Low", "Scheduled, 1 May 2026, 09:00", "Sold out"]
    );
    assert_eq!(page.count("tbody input[type='checkbox'][name='id']"), 2);
    let sorted = page.all("th[aria-sort] a")[0];
    assert!(
        sorted
            .attr("href")
            .unwrap()
            .contains("status=active&sort=price-desc")
    );
    let next = page.all(".pagination a")[0].attr("href").unwrap();
    assert!(
        next.ends_with("status=active&sort=price&after=a1"),
        "{next}"
    );
    assert!(words(page.all("tbody tr")[0]).contains("£22.00 – £28.00"));
}

#[test]
fn who_may_look_only_is_offered_nothing_else() {
    let rows = vec![row(7, ProductStatus::Active)];
    let list = list(rows);
    let page = products(
        &visitor(),
        &ProductFilter::default(),
        &list,
        &BulkShown::default(),
    );
    let page = Read::admin(&page);
    assert_eq!(
        page.count("main form[method='post'], main input[type='checkbox']"),
        0
    );
    assert_eq!(page.count("a[href='/admin/products/new']"), 0);
    let page = product_editor(&visitor(), &edit(), &PicturesShown::default());
    let page = Read::admin(&page);
    assert_eq!(page.count(".save-bar, input[type='file'], button[form]"), 0);
}

#[test]
fn an_empty_list_says_what_to_do() {
    let empty = |filter: &ProductFilter| {
        let html = products(&manager(), filter, &list(Vec::new()), &BulkShown::default());
        Read::admin(&html).text(".nothing")
    };
    assert!(empty(&ProductFilter::default()).starts_with("No products yet"));
    let filter = ProductFilter {
        stock: "out".into(),
        ..ProductFilter::default()
    };
    assert!(empty(&filter).starts_with("Nothing fits"));
}

#[test]
fn what_was_chosen_stays_chosen_when_it_is_refused() {
    let shown = BulkShown {
        form: BulkForm {
            ids: vec![ID.into()],
            action: "percent".into(),
            by: "ten".into(),
        },
        errors: FormErrors::one("by", "Please give a percentage."),
    };
    let rows = list(vec![row(7, ProductStatus::Active)]);
    let page = Read::admin(&products(
        &manager(),
        &ProductFilter::default(),
        &rows,
        &shown,
    ));
    assert_eq!(page.text(".refusal"), "Please give a percentage.");
    assert_eq!(page.count("input[name='id'][checked]"), 1);
    assert_eq!(page.attribute("#by", "value"), "ten");
    assert_eq!(
        page.text("#action option[selected]"),
        "Change prices by percent"
    );
}

#[test]
fn the_editor_sends_back_what_it_was_given() {
    let edit = edit();
    let read = ProductForm::read(sent(&editor(&edit)));
    // A variant that is there has no field for how many there are to begin with.
    assert_eq!(
        read,
        ProductForm {
            category: String::new(),
            ..edit.form
        }
    );
}

#[test]
fn the_grid_shows_every_combination_and_what_there_is() {
    let page = editor(&edit());
    assert_eq!(page.count(".table--grid .is-group"), 2);
    assert_eq!(page.count(".table--grid input[type='checkbox']"), 4);
    assert_eq!(page.count(".table--grid .is-never"), 1);
    assert_eq!(page.text("#variants .card__head .soft"), "3 of 4 made");
    assert_eq!(
        page.count("input[name='variant-0-stock']"),
        0,
        "it is counted elsewhere"
    );
    assert_eq!(page.count("input[name='variant-1-stock']"), 1);
    let steps = page.all("button[name='step']");
    assert!(
        steps
            .iter()
            .any(|step| step.attr("value") == Some("up-value-1-1"))
    );
    // Enter saves: the first button of the form is that one.
    let first = page.all("button[form='product'], #product button")[0];
    assert_eq!(words(first), "Save", "{}", tag(first));
}

#[test]
fn faults_stand_beside_their_fields() {
    let mut edit = edit();
    for field in [
        "title",
        "status",
        "option-0-value-1-name",
        "variant-1-sku",
        "variants",
        "handle",
    ] {
        edit.errors.add(field, HOSTILE);
    }
    let page = editor(&edit);
    for field in ["title", "option-0-value-1-name", "variant-1-sku", "handle"] {
        let described =
            format!("[id='{field}'][aria-invalid='true'][aria-describedby='{field}-error']");
        assert_eq!(page.count(&described), 1, "{field}");
        assert_eq!(page.text(&format!("[id='{field}-error']")), HOSTILE);
    }
    assert_eq!(page.text("#variants-error"), HOSTILE);
    assert_eq!(page.count(".refusal"), 1);
}

#[test]
fn both_sides_of_a_stale_save_are_shown() {
    let mut edit = edit();
    edit.stale = Some(vec![Difference {
        what: "Title".into(),
        yours: HOSTILE.into(),
        theirs: "Cup".into(),
    }]);
    let page = editor(&edit);
    let sides = page.all("[aria-label='Both sides'] tbody td");
    assert_eq!(
        sides.into_iter().map(words).collect::<Vec<_>>(),
        [HOSTILE, "Cup"]
    );
    assert_eq!(page.attribute("input[name='version']", "value"), "4");
}

#[test]
fn pictures_have_forms_of_their_own() {
    let shown = PicturesShown {
        errors: vec![format!("{HOSTILE}: too large")],
    };
    let page = Read::admin(&product_editor(&manager(), &edit(), &shown));
    assert_eq!(page.count("form form"), 0);
    let upload = page.attribute("#upload-form", "enctype");
    assert_eq!(upload, "multipart/form-data");
    assert_eq!(page.attribute("input[type='file']", "form"), "upload-form");
    assert!(page.text("#picture-error").contains(HOSTILE));
    assert_eq!(
        page.attribute(&format!("input[name='{ID}-alt']"), "value"),
        HOSTILE
    );
    let new = ProductEdit {
        id: None,
        pictures: Vec::new(),
        ..edit()
    };
    let page = editor(&new);
    assert_eq!(page.count("input[type='file'], #upload-form"), 0);
    assert_eq!(page.attribute("#product", "action"), "/admin/products/new");
}

#[test]
fn a_preview_says_that_it_is_one_and_is_kept_out_of_search_engines() {
    let product = catalogue::product();
    let page = Read::page(&product_preview(
        &frame("/products/mug"),
        &product,
        "/admin/products/1",
    ));
    assert_eq!(page.attribute("meta[name='robots']", "content"), "noindex");
    assert_eq!(page.count("a[href='/admin/products/1']"), 1);
    assert_eq!(page.text("h1"), product.title);
}

#[test]
fn a_table_is_told_row_by_row() {
    let shown = TableShown {
        dry_run: true,
        summary: Some("1 product new.".into()),
        faults: vec![(3, "Vendor".into(), HOSTILE.into())],
        refused: None,
    };
    let page = Read::admin(&products_table(&manager(), &shown));
    let cells: Vec<String> = page.all("tbody tr > *").into_iter().map(words).collect();
    assert_eq!(cells, ["3", "Vendor", HOSTILE]);
    assert_eq!(page.count("button[name='dry_run']"), 2);
}

#[test]
fn categories_and_makers_are_listed_and_edited() {
    let category = |depth, is_first| CategoryRow {
        id: id(),
        name: HOSTILE.into(),
        path: "kitchen".into(),
        depth,
        products: 1,
        is_first,
    };
    let rows = [category(0, true), category(1, false)];
    let page = Read::admin(&categories(&manager(), &rows));
    assert_eq!(page.count(".tree__row"), 2);
    assert_eq!(
        page.count(".tree__row form"),
        1,
        "the first goes no further up"
    );
    assert_eq!(
        Read::admin(&categories(&visitor(), &rows)).count("main form"),
        0
    );

    let edit = CategoryEdit {
        id: Some(id()),
        name: HOSTILE.into(),
        path: "kitchen".into(),
        form: CategoryForm {
            description: format!("</textarea>{HOSTILE}"),
            ..CategoryForm::default()
        },
        errors: FormErrors::one("parent", "A ring."),
        parents: vec![(ID.into(), "Table".into())],
        is_empty: false,
    };
    let page = Read::admin(&category_editor(&manager(), &edit));
    assert_eq!(page.text("#parent-error"), "A ring.");
    assert_eq!(page.count("form[action$='/delete']"), 0);

    let brand = BrandRow {
        id: id(),
        name: HOSTILE.into(),
        handle: "ines".into(),
        place: HOSTILE.into(),
        products: 0,
    };
    assert_eq!(
        Read::admin(&brands(&manager(), &[brand])).count("tbody tr"),
        1
    );
    let edit = BrandEdit {
        id: Some(id()),
        name: "Ines".into(),
        form: BrandForm::default(),
        errors: FormErrors::one("version", "Somebody else saved."),
        products: 0,
    };
    let page = Read::admin(&brand_editor(&manager(), &edit));
    assert_eq!(page.text(".refusal"), "Somebody else saved.");
    assert_eq!(page.count("form[action$='/delete']"), 1);
}
